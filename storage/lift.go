package storage

import (
	"context"
	"time"

	"backstop/flows/reply"
)

// Lift is one logged line of lifting.
type Lift struct {
	ID        string
	ClinicID  string
	PatientID string
	SessionID string // the session it belongs to; empty for none
	MessageID string // the text it was read from; empty for none
	At        Time

	Work Work `db:"-"`
}

// Work is what was lifted, as written and as computed: it is sealed.
type Work struct {
	reply.Lift
	LoadKg float64 `json:"load_kg,omitempty"` // 0 when no load was written
	E1RMKg float64 `json:"e1rm_kg,omitempty"` // 0 when it cannot be estimated
	Source string  `json:"source,omitempty"`  // "patient", "clinician"
}

// InsertLift keeps a lift.
func (t *Tx) InsertLift(ctx context.Context, in Lift) error {
	in.ID = orNewID(in.ID)
	s := t.sealer("lifts", in.ID, in.ClinicID)
	work := s.sealJSON("work", in.Work)
	if s.err != nil {
		return s.err
	}
	_, err := t.exec(ctx, `
		INSERT INTO lifts (id, clinic_id, patient_id, session_id, message_id, at, work)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		in.ID, in.ClinicID, in.PatientID, in.SessionID, in.MessageID, in.At, work)
	return doing(err, "insert lift of patient %s", in.PatientID)
}

// Lifts reads a patient's lifts at or after a time, oldest first.
func (r Reader) Lifts(ctx context.Context, clinicID, patientID string, since time.Time) ([]Lift, error) {
	var rows []struct {
		Lift
		Sealed []byte `db:"work"`
	}
	err := r.all(ctx, &rows, `
		SELECT id, clinic_id, patient_id, session_id, message_id, at, work
		FROM lifts
		WHERE patient_id = $1 AND clinic_id = $2 AND at >= $3
		ORDER BY at, id`,
		patientID, clinicID, since.UnixMicro())
	if err != nil {
		return nil, doing(err, "lifts of patient %s", patientID)
	}
	lifts := make([]Lift, len(rows))
	for i, row := range rows {
		s := r.sealer("lifts", row.ID, row.ClinicID)
		if s.openJSON("work", row.Sealed, &row.Lift.Work); s.err != nil {
			return nil, s.err
		}
		lifts[i] = row.Lift
	}
	return lifts, nil
}
