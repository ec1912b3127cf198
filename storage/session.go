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

	CancelledAt Time // when it was taken back; zero while it counts
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
		SELECT id, clinic_id, patient_id, external_id, kind, ended_at, note, created_at, cancelled_at
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

// Sessions reads a patient's sessions that ended at or after a time, oldest first,
// without those that were taken back.
func (r Reader) Sessions(ctx context.Context, clinicID, patientID string, since time.Time) ([]Session, error) {
	var sessions []Session
	err := r.all(ctx, &sessions, `
		SELECT id, clinic_id, patient_id, external_id, kind, ended_at, note, created_at, cancelled_at
		FROM sessions
		WHERE patient_id = $1 AND clinic_id = $2 AND ended_at >= $3 AND cancelled_at IS NULL
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

// CancelSession takes a session back, with the lifts that were logged with it;
// what the patient texted stays. It is false for one that was taken back before.
func (t *Tx) CancelSession(ctx context.Context, clinicID, patientID, id string, now time.Time) (bool, error) {
	n, err := t.exec(ctx, `
		UPDATE sessions SET cancelled_at = $4
		WHERE id = $1 AND clinic_id = $2 AND patient_id = $3 AND cancelled_at IS NULL`,
		id, clinicID, patientID, At(now))
	if err != nil || n == 0 {
		return false, doing(err, "cancel session %s", id)
	}
	_, err = t.exec(ctx, `
		DELETE FROM lifts
		WHERE patient_id = $1 AND clinic_id = $2 AND session_id = $3 AND message_id = ''`,
		patientID, clinicID, id)
	return err == nil, doing(err, "cancel the lifts of session %s", id)
}

// SessionByID reads a session.
func (r Reader) SessionByID(ctx context.Context, clinicID, id string) (Session, error) {
	var out Session
	err := r.get(ctx, &out, `
		SELECT id, clinic_id, patient_id, external_id, kind, ended_at, note, created_at, cancelled_at
		FROM sessions
		WHERE id = $1 AND clinic_id = $2`,
		id, clinicID)
	if err != nil {
		return Session{}, doing(err, "session %s", id)
	}
	s := r.sealer("sessions", out.ID, out.ClinicID)
	s.open("note", &out.Note)
	return out, s.err
}
