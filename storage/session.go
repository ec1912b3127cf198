package storage

import (
	"context"
	"fmt"
	"time"
)

// Session is a visit with the clinician or at the gym.
type Session struct {
	ID         string
	ClinicID   string
	PatientID  string
	ExternalID string // the scheduling system's id; empty when there is none
	Kind       string
	EndedAt    Time
	Note       string // the clinician's, free text
	CreatedAt  Time
}

// InsertSession stores a session once: the same external id again returns the
// one that is stored, and created is false.
func (t *Tx) InsertSession(ctx context.Context, in Session, now time.Time) (_ Session, created bool, err error) {
	in.ID = orNewID(in.ID)
	in.CreatedAt = At(now)
	s := t.sealer("sessions", in.ID, in.ClinicID)
	note := s.seal("note", in.Note)
	if s.err != nil {
		return Session{}, false, s.err
	}
	n, err := t.exec(ctx, `
		INSERT INTO sessions (id, clinic_id, patient_id, external_id, kind, ended_at, note, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (clinic_id, external_id) WHERE external_id <> '' DO NOTHING`,
		in.ID, in.ClinicID, in.PatientID, in.ExternalID, in.Kind, in.EndedAt, note, in.CreatedAt)
	if err != nil {
		return Session{}, false, doing(err, "insert session")
	}
	if n == 0 {
		known, err := t.SessionByExternalID(ctx, in.ClinicID, in.ExternalID)
		return known, false, err
	}
	return in, true, nil
}

// SessionByExternalID reads a session by the scheduling system's id.
func (r Reader) SessionByExternalID(ctx context.Context, clinicID, externalID string) (Session, error) {
	if externalID == "" {
		return Session{}, fmt.Errorf("session without external id: %w", ErrNotFound)
	}
	var out Session
	err := r.get(ctx, &out, `
		SELECT id, clinic_id, patient_id, external_id, kind, ended_at, note, created_at
		FROM sessions
		WHERE clinic_id = $1 AND external_id = $2 AND external_id <> ''`, // for the partial index
		clinicID, externalID)
	if err != nil {
		return Session{}, doing(err, "session with external id %s", externalID)
	}
	s := r.sealer("sessions", out.ID, out.ClinicID)
	s.open("note", &out.Note)
	return out, s.err
}

// Sessions reads a patient's sessions that ended at or after a time, oldest first.
func (r Reader) Sessions(ctx context.Context, clinicID, patientID string, since time.Time) ([]Session, error) {
	var sessions []Session
	err := r.all(ctx, &sessions, `
		SELECT id, clinic_id, patient_id, external_id, kind, ended_at, note, created_at
		FROM sessions
		WHERE patient_id = $1 AND clinic_id = $2 AND ended_at >= $3
		ORDER BY ended_at, id`,
		patientID, clinicID, since.UnixMicro())
	if err != nil {
		return nil, doing(err, "sessions of patient %s", patientID)
	}
	for i := range sessions {
		s := r.sealer("sessions", sessions[i].ID, sessions[i].ClinicID)
		if s.open("note", &sessions[i].Note); s.err != nil {
			return nil, s.err
		}
	}
	return sessions, nil
}
