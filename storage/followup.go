package storage

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
)

// FollowUpState is where a follow-up stands.
type FollowUpState string

// The states of a follow-up.
const (
	FollowUpPending   FollowUpState = "pending"   // waits for its time
	FollowUpQueued    FollowUpState = "queued"    // its time has come; a job will take it
	FollowUpDone      FollowUpState = "done"      // taken
	FollowUpCancelled FollowUpState = "cancelled" // not wanted any more; Reason says why
)

// FollowUp is something due later. A patient has at most one waiting for a key.
type FollowUp struct {
	ID        string
	ClinicID  string
	PatientID string
	Key       string
	Kind      string
	DueAt     Time
	State     FollowUpState
	Reason    string
	CreatedAt Time
	QueuedAt  Time
	DoneAt    Time
}

// PutFollowUps puts follow-ups on a patient's agenda. One that still waits under
// the same key is replaced: it keeps its id and waits for the new time; where that
// is the old one, nothing is written. Of two with the same key here, the last counts.
func (t *Tx) PutFollowUps(ctx context.Context, followUps []FollowUp, now time.Time) error {
	last := map[string]int{}
	for i, f := range followUps {
		last[f.PatientID+"/"+f.Key] = i
	}
	var args []any
	for i, f := range followUps {
		if last[f.PatientID+"/"+f.Key] == i {
			args = append(args, orNewID(f.ID), f.ClinicID, f.PatientID, f.Key, f.Kind, f.DueAt, At(now))
		}
	}
	if len(args) == 0 {
		return nil
	}
	const row = `(?, ?, ?, ?, ?, ?, 'pending', '', ?)`
	query := strings.Replace(`
		INSERT INTO follow_ups (id, clinic_id, patient_id, key, kind, due_at, state, reason, created_at)
		VALUES (?, ?, ?, ?, ?, ?, 'pending', '', ?)
		ON CONFLICT (patient_id, key) WHERE state IN ('pending', 'queued') DO UPDATE
		SET kind = excluded.kind, due_at = excluded.due_at, state = 'pending', queued_at = NULL
		WHERE follow_ups.due_at <> excluded.due_at OR follow_ups.kind <> excluded.kind OR follow_ups.state <> 'pending'`,
		row, row+strings.Repeat(", "+row, len(last)-1), 1)
	_, err := t.exec(ctx, sqlx.Rebind(sqlx.DOLLAR, query), args...)
	return doing(err, "put follow-ups")
}

// CancelFollowUp takes what waits under some keys off a patient's agenda, and
// returns how many did.
func (t *Tx) CancelFollowUp(ctx context.Context, patientID, reason string, now time.Time, keys ...string) (int64, error) {
	if len(keys) == 0 {
		return 0, nil
	}
	query, args, err := sqlx.In(`
		UPDATE follow_ups SET state = 'cancelled', reason = ?, done_at = ?
		WHERE patient_id = ? AND state IN ('pending', 'queued') AND key IN (?)`,
		reason, At(now), patientID, keys)
	if err != nil {
		return 0, err
	}
	n, err := t.exec(ctx, sqlx.Rebind(sqlx.DOLLAR, query), args...)
	return n, doing(err, "cancel follow-ups of patient %s", patientID)
}

// CancelFollowUps takes everything off a patient's agenda.
func (t *Tx) CancelFollowUps(ctx context.Context, patientID, reason string, now time.Time) (int64, error) {
	n, err := t.exec(ctx, `
		UPDATE follow_ups SET state = 'cancelled', reason = $2, done_at = $3
		WHERE patient_id = $1 AND state IN ('pending', 'queued')`,
		patientID, reason, At(now))
	return n, doing(err, "cancel follow-ups of patient %s", patientID)
}

// DueFollowUps lists up to limit follow-ups whose time has come, the one that has
// been due for longest first.
func (r Reader) DueFollowUps(ctx context.Context, now time.Time, limit int) ([]FollowUp, error) {
	var due []FollowUp
	err := r.all(ctx, &due, `
		SELECT id, clinic_id, patient_id, key, kind, due_at, state, reason, created_at, queued_at, done_at
		FROM follow_ups
		WHERE state = 'pending' AND due_at <= $1
		ORDER BY due_at
		LIMIT $2`,
		now.UnixMicro(), limit)
	return due, doing(err, "due follow-ups")
}

// QueueFollowUp leaves a follow-up that waits to a job, for this very transaction,
// and reports whether it still waited.
func (t *Tx) QueueFollowUp(ctx context.Context, id string, now time.Time) (bool, error) {
	n, err := t.exec(ctx, `
		UPDATE follow_ups SET state = 'queued', queued_at = $2
		WHERE id = $1 AND state = 'pending'`,
		id, At(now))
	return n > 0, doing(err, "queue follow-up %s", id)
}

// TakeFollowUp marks a follow-up done and returns its key and kind. taken is false
// when there is nothing to do: it was done or cancelled before, or put off to later.
func (t *Tx) TakeFollowUp(ctx context.Context, id string, now time.Time) (_ FollowUp, taken bool, err error) {
	var f FollowUp
	err = t.get(ctx, &f, `
		UPDATE follow_ups SET state = 'done', done_at = $2
		WHERE id = $1 AND state IN ('pending', 'queued') AND due_at <= $2
		RETURNING key, kind`,
		id, now.UnixMicro())
	if errors.Is(err, sql.ErrNoRows) {
		return FollowUp{}, false, nil
	}
	return f, err == nil, doing(err, "take follow-up %s", id)
}

// FollowUpByID reads a follow-up.
func (r Reader) FollowUpByID(ctx context.Context, clinicID, id string) (FollowUp, error) {
	var f FollowUp
	err := r.get(ctx, &f, `
		SELECT id, clinic_id, patient_id, key, kind, due_at, state, reason, created_at, queued_at, done_at
		FROM follow_ups
		WHERE id = $1 AND clinic_id = $2`,
		id, clinicID)
	return f, doing(err, "follow-up %s", id)
}

// Agenda reads what a patient still has waiting, soonest first.
func (r Reader) Agenda(ctx context.Context, clinicID, patientID string) ([]FollowUp, error) {
	var agenda []FollowUp
	err := r.all(ctx, &agenda, `
		SELECT id, clinic_id, patient_id, key, kind, due_at, state, reason, created_at, queued_at, done_at
		FROM follow_ups
		WHERE patient_id = $1 AND clinic_id = $2 AND state IN ('pending', 'queued')
		ORDER BY due_at, id`,
		patientID, clinicID)
	return agenda, doing(err, "agenda of patient %s", patientID)
}

// NextFollowUpAt says when the next follow-up of any patient is due; the zero
// time when none waits.
func (r Reader) NextFollowUpAt(ctx context.Context) (time.Time, error) {
	var next Time
	err := r.get(ctx, &next, `SELECT MIN(due_at) FROM follow_ups WHERE state = 'pending'`)
	return next.Time, doing(err, "next follow-up")
}
