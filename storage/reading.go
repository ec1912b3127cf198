package storage

import (
	"context"
	"time"

	"backstop/flows/reply"
)

// Reading is what a patient said about the back, and when it holds.
type Reading struct {
	ID        string
	ClinicID  string
	PatientID string
	SessionID string      // the session it answers about; empty for none
	MessageID string      // the text it was read from; empty for none
	Kind      reply.Asked // the question it answers
	At        Time

	Answer Answer `db:"-"`
}

// Answer is the part of a reading that says how somebody feels: it is sealed.
type Answer struct {
	Pain         *float64           `json:"pain,omitempty"` // 0-10
	Interference reply.Interference `json:"interference,omitempty"`
	Flare        *bool              `json:"flare,omitempty"`
	DaysOff      *float64           `json:"days_off,omitempty"`
}

// InsertReading keeps a reading.
func (t *Tx) InsertReading(ctx context.Context, in Reading) error {
	in.ID = orNewID(in.ID)
	s := t.sealer("readings", in.ID, in.ClinicID)
	answer := s.sealJSON("answer", in.Answer)
	if s.err != nil {
		return s.err
	}
	_, err := t.exec(ctx, `
		INSERT INTO readings (id, clinic_id, patient_id, session_id, message_id, kind, at, answer)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		in.ID, in.ClinicID, in.PatientID, in.SessionID, in.MessageID, in.Kind, in.At, answer)
	return doing(err, "insert reading of patient %s", in.PatientID)
}

// Readings reads a patient's readings at or after a time, oldest first.
func (r Reader) Readings(ctx context.Context, clinicID, patientID string, since time.Time) ([]Reading, error) {
	var rows []struct {
		Reading
		Sealed []byte `db:"answer"`
	}
	err := r.all(ctx, &rows, `
		SELECT id, clinic_id, patient_id, session_id, message_id, kind, at, answer
		FROM readings
		WHERE patient_id = $1 AND clinic_id = $2 AND at >= $3
		ORDER BY at, id`,
		patientID, clinicID, since.UnixMicro())
	if err != nil {
		return nil, doing(err, "readings of patient %s", patientID)
	}
	readings := make([]Reading, len(rows))
	for i, row := range rows {
		s := r.sealer("readings", row.ID, row.ClinicID)
		if s.openJSON("answer", row.Sealed, &row.Reading.Answer); s.err != nil {
			return nil, s.err
		}
		readings[i] = row.Reading
	}
	return readings, nil
}
