package storage

import (
	"context"
	"encoding/json"
	"strconv"
)

// Event is one entry of a patient's log: append-only, and complete enough that
// replaying it from an empty snapshot reproduces the patient's.
type Event struct {
	PatientID string
	Seq       int64 // 1, 2, 3 ... without a gap
	ClinicID  string
	At        Time
	Kind      string
	Payload   json.RawMessage
}

func (t *Tx) sealEvent(e Event) ([]byte, error) {
	s := t.sealer("events", eventRow(e), e.ClinicID)
	payload := s.sealBytes("payload", e.Payload)
	return payload, s.err
}

func (t *Tx) appendEvent(ctx context.Context, e Event, payload []byte) error {
	_, err := t.exec(ctx, `
		INSERT INTO events (patient_id, seq, clinic_id, at, kind, payload)
		VALUES ($1, $2, $3, $4, $5, $6)`,
		e.PatientID, e.Seq, e.ClinicID, e.At, e.Kind, payload)
	return doing(err, "append event %d", e.Seq)
}

// Events reads a patient's log from the start, up to limit entries after a Seq.
func (r Reader) Events(ctx context.Context, clinicID, patientID string, after int64, limit int) ([]Event, error) {
	var events []Event
	err := r.all(ctx, &events, `
		SELECT patient_id, seq, clinic_id, at, kind, payload
		FROM events
		WHERE patient_id = $1 AND clinic_id = $2 AND seq > $3
		ORDER BY seq
		LIMIT $4`,
		patientID, clinicID, after, limit)
	if err != nil {
		return nil, doing(err, "events of patient %s", patientID)
	}
	for i := range events {
		s := r.sealer("events", eventRow(events[i]), events[i].ClinicID)
		if s.openRaw("payload", &events[i].Payload); s.err != nil {
			return nil, s.err
		}
	}
	return events, nil
}

// eventRow names the row of an event to the cipher.
func eventRow(e Event) string { return e.PatientID + "/" + strconv.FormatInt(e.Seq, 10) }
