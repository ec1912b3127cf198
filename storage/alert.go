package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"backstop/flows"
)

// AlertState is where an alert stands.
type AlertState string

// The states of an alert.
const (
	AlertOpen         AlertState = "open"
	AlertAcknowledged AlertState = "acknowledged"
	AlertResolved     AlertState = "resolved"
)

// Alert calls a human. A patient has at most one unresolved alert for an
// episode; later news is added to it.
type Alert struct {
	ID             string
	ClinicID       string
	PatientID      string // empty for a number nobody knows
	Key            string // the episode, or for an unknown number what names it
	Level          flows.Level
	State          AlertState
	Step           int  // how far it was escalated
	NextStepAt     Time // when it is escalated further; zero for never
	StepSetAt      Time // when NextStepAt was set, by the clock it was set by
	OpenedAt       Time
	DeliveredAt    Time // when a human could first see it; zero before
	AcknowledgedAt Time
	AcknowledgedBy string
	ResolvedAt     Time
	ResolvedBy     string
	Outcome        string          // what came of it, in the words of whoever resolved it: sealed
	Payload        json.RawMessage // what it says: sealed
}

// WakeAt says when the alert is escalated further, and when that was decided.
func (a *Alert) WakeAt(at, now time.Time) {
	a.NextStepAt, a.StepSetAt = At(at), At(now)
}

func (r Reader) openAlert(a *Alert) error {
	s := r.sealer("alerts", a.ID, a.ClinicID)
	s.open("outcome", &a.Outcome)
	s.openRaw("payload", &a.Payload)
	return s.err
}

func (r Reader) openAlerts(alerts []Alert, err error) ([]Alert, error) {
	if err != nil {
		return nil, err
	}
	for i := range alerts {
		if err := r.openAlert(&alerts[i]); err != nil {
			return nil, err
		}
	}
	return alerts, nil
}

// OpenAlert opens an alert. If the patient has an unresolved one under the same
// key, that one is returned, locked and unchanged, and created is false.
func (t *Tx) OpenAlert(ctx context.Context, a Alert) (_ Alert, created bool, err error) {
	a.ID = orNewID(a.ID)
	a.State = AlertOpen
	s := t.sealer("alerts", a.ID, a.ClinicID)
	payload := s.sealBytes("payload", a.Payload)
	if s.err != nil {
		return Alert{}, false, s.err
	}
	for range 3 { // the known one may be resolved between the two statements
		n, err := t.exec(ctx, `
			INSERT INTO alerts (id, clinic_id, patient_id, key, level, state, step, next_step_at, step_set_at, opened_at,
			                    delivered_at, acknowledged_by, resolved_by, outcome, payload)
			VALUES ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $9, $10, '', '', '', $11)
			ON CONFLICT (clinic_id, patient_id, key) WHERE state <> 'resolved' DO NOTHING`,
			a.ID, a.ClinicID, a.PatientID, a.Key, a.Level, a.Step, a.NextStepAt, a.StepSetAt, a.OpenedAt, a.DeliveredAt, payload)
		if err != nil {
			return Alert{}, false, doing(err, "open alert %s", a.Key)
		}
		if n == 1 {
			return a, true, nil
		}
		known, err := t.lockAlertByKey(ctx, a.ClinicID, a.PatientID, a.Key)
		if !errors.Is(err, ErrNotFound) {
			return known, false, err
		}
	}
	return Alert{}, false, doing(ErrConflict, "open alert %s", a.Key)
}

func (t *Tx) lockAlertByKey(ctx context.Context, clinicID, patientID, key string) (Alert, error) {
	var a Alert
	err := t.get(ctx, &a, `
		SELECT id, clinic_id, patient_id, key, level, state, step, next_step_at, step_set_at, opened_at, delivered_at,
		       acknowledged_at, acknowledged_by, resolved_at, resolved_by, outcome, payload
		FROM alerts
		WHERE clinic_id = $1 AND patient_id = $2 AND key = $3 AND state <> 'resolved'
		/*pg: FOR UPDATE */`,
		clinicID, patientID, key)
	if err != nil {
		return Alert{}, doing(err, "lock alert %s", key)
	}
	return a, t.openAlert(&a)
}

// LockAlert reads an alert and keeps others from changing it until the
// transaction ends.
func (t *Tx) LockAlert(ctx context.Context, clinicID, id string) (Alert, error) {
	var a Alert
	err := t.get(ctx, &a, `
		SELECT id, clinic_id, patient_id, key, level, state, step, next_step_at, step_set_at, opened_at, delivered_at,
		       acknowledged_at, acknowledged_by, resolved_at, resolved_by, outcome, payload
		FROM alerts
		WHERE id = $1 AND clinic_id = $2
		/*pg: FOR UPDATE */`,
		id, clinicID)
	if err != nil {
		return Alert{}, doing(err, "lock alert %s", id)
	}
	return a, t.openAlert(&a)
}

// SaveAlert stores what changes while an alert is open: level, step, time of
// the next step, delivery and payload. Lock the alert first.
func (t *Tx) SaveAlert(ctx context.Context, a Alert) error {
	s := t.sealer("alerts", a.ID, a.ClinicID)
	payload := s.sealBytes("payload", a.Payload)
	if s.err != nil {
		return s.err
	}
	n, err := t.exec(ctx, `
		UPDATE alerts SET level = $3, step = $4, next_step_at = $5, step_set_at = $6, delivered_at = $7, payload = $8
		WHERE id = $1 AND clinic_id = $2`,
		a.ID, a.ClinicID, a.Level, a.Step, a.NextStepAt, a.StepSetAt, a.DeliveredAt, payload)
	return doing(changedOne(n, err, ErrNotFound), "save alert %s", a.ID)
}

// AcknowledgeAlert says that somebody takes care, and ends the escalation. won
// is false when another had acknowledged or resolved it: the alert says who.
func (t *Tx) AcknowledgeAlert(ctx context.Context, clinicID, id, by string, at time.Time) (_ Alert, won bool, err error) {
	var a Alert
	err = t.get(ctx, &a, `
		UPDATE alerts SET state = 'acknowledged', acknowledged_at = $3, acknowledged_by = $4, next_step_at = NULL
		WHERE id = $1 AND clinic_id = $2 AND state = 'open'
		RETURNING id, clinic_id, patient_id, key, level, state, step, next_step_at, step_set_at, opened_at, delivered_at,
		          acknowledged_at, acknowledged_by, resolved_at, resolved_by, outcome, payload`,
		id, clinicID, At(at), by)
	if errors.Is(err, sql.ErrNoRows) {
		a, err = t.LockAlert(ctx, clinicID, id)
		return a, false, err
	}
	if err != nil {
		return Alert{}, false, doing(err, "acknowledge alert %s", id)
	}
	return a, true, t.openAlert(&a)
}

// ReopenAlert takes an acknowledged alert from whoever took it. ErrState: it is
// not acknowledged.
func (t *Tx) ReopenAlert(ctx context.Context, clinicID, id string) error {
	n, err := t.exec(ctx, `
		UPDATE alerts SET state = 'open', acknowledged_by = ''
		WHERE id = $1 AND clinic_id = $2 AND state = 'acknowledged'`,
		id, clinicID)
	return doing(changedOne(n, err, ErrState), "reopen alert %s", id)
}

// ResolveAlert closes an alert. won is false when another had resolved it: the
// alert says who.
func (t *Tx) ResolveAlert(ctx context.Context, clinicID, id, by, outcome string, at time.Time) (_ Alert, won bool, err error) {
	s := t.sealer("alerts", id, clinicID)
	sealed := s.seal("outcome", outcome)
	if s.err != nil {
		return Alert{}, false, s.err
	}
	var a Alert
	err = t.get(ctx, &a, `
		UPDATE alerts SET state = 'resolved', resolved_at = $3, resolved_by = $4, outcome = $5, next_step_at = NULL
		WHERE id = $1 AND clinic_id = $2 AND state <> 'resolved'
		RETURNING id, clinic_id, patient_id, key, level, state, step, next_step_at, step_set_at, opened_at, delivered_at,
		          acknowledged_at, acknowledged_by, resolved_at, resolved_by, outcome, payload`,
		id, clinicID, At(at), by, sealed)
	if errors.Is(err, sql.ErrNoRows) {
		a, err = t.LockAlert(ctx, clinicID, id)
		return a, false, err
	}
	if err != nil {
		return Alert{}, false, doing(err, "resolve alert %s", id)
	}
	return a, true, t.openAlert(&a)
}

// AnyStepDue reports whether the time of an alert's next step has come: most of the
// time there is nothing to claim.
func (r Reader) AnyStepDue(ctx context.Context, now time.Time) (bool, error) {
	var any bool
	err := r.get(ctx, &any, `
		SELECT EXISTS (
			SELECT 1 FROM alerts
			WHERE state <> 'resolved' AND next_step_at IS NOT NULL AND next_step_at <= $1)`,
		now.UnixMicro())
	return any, doing(err, "steps due")
}

// ClaimDueEscalations returns up to limit alerts that nobody acknowledged or
// resolved in time, one step further than before, for a job each in this transaction.
// Unless that job says otherwise (SaveAlert) they are claimed again at again,
// so that a lost job delays an escalation but never ends it.
func (t *Tx) ClaimDueEscalations(ctx context.Context, now, again time.Time, limit int) ([]Alert, error) {
	var due []Alert
	err := t.all(ctx, &due, `
		WITH due AS MATERIALIZED ( -- once: a plan that ran it again would claim more
			SELECT id FROM alerts
			WHERE state <> 'resolved' AND next_step_at IS NOT NULL AND next_step_at <= $1
			ORDER BY next_step_at
			LIMIT $3
			/*pg: FOR UPDATE SKIP LOCKED */)
		UPDATE alerts SET step = step + 1, next_step_at = $2, step_set_at = $1
		WHERE id IN (SELECT id FROM due)
		RETURNING id, clinic_id, patient_id, key, level, state, step, next_step_at, step_set_at, opened_at, delivered_at,
		          acknowledged_at, acknowledged_by, resolved_at, resolved_by, outcome, payload`,
		now.UnixMicro(), again.UnixMicro(), limit)
	due, err = t.openAlerts(due, err)
	return due, doing(err, "claim due escalations")
}

// AnyStepSetAfter reports whether the next step of an alert was set after a time.
func (r Reader) AnyStepSetAfter(ctx context.Context, when time.Time) (bool, error) {
	var any bool
	err := r.get(ctx, &any, `
		SELECT EXISTS (
			SELECT 1 FROM alerts
			WHERE state <> 'resolved' AND next_step_at IS NOT NULL AND step_set_at > $1)`,
		when.UnixMicro())
	return any, doing(err, "steps set after %s", when)
}

// StepSetAfter returns one of the alerts whose next step was set after a time,
// locked; found is false when there is none, or others are busy with them.
func (t *Tx) StepSetAfter(ctx context.Context, when time.Time) (_ Alert, found bool, err error) {
	var a Alert
	err = t.get(ctx, &a, `
		SELECT id, clinic_id, patient_id, key, level, state, step, next_step_at, step_set_at, opened_at, delivered_at,
		       acknowledged_at, acknowledged_by, resolved_at, resolved_by, outcome, payload
		FROM alerts
		WHERE state <> 'resolved' AND next_step_at IS NOT NULL AND step_set_at > $1
		LIMIT 1
		/*pg: FOR UPDATE SKIP LOCKED */`,
		when.UnixMicro())
	if errors.Is(err, sql.ErrNoRows) {
		return Alert{}, false, nil
	}
	if err != nil {
		return Alert{}, false, doing(err, "alerts whose step was set after %s", when)
	}
	return a, true, t.openAlert(&a)
}

// AlertByID reads an alert of a clinic.
func (r Reader) AlertByID(ctx context.Context, clinicID, id string) (Alert, error) {
	var a Alert
	err := r.get(ctx, &a, `
		SELECT id, clinic_id, patient_id, key, level, state, step, next_step_at, step_set_at, opened_at, delivered_at,
		       acknowledged_at, acknowledged_by, resolved_at, resolved_by, outcome, payload
		FROM alerts
		WHERE id = $1 AND clinic_id = $2`,
		id, clinicID)
	if err != nil {
		return Alert{}, doing(err, "alert %s", id)
	}
	return a, r.openAlert(&a)
}

// UnresolvedAlerts lists a clinic's alerts that nobody has resolved, oldest first.
func (r Reader) UnresolvedAlerts(ctx context.Context, clinicID string) ([]Alert, error) {
	var alerts []Alert
	err := r.all(ctx, &alerts, `
		SELECT id, clinic_id, patient_id, key, level, state, step, next_step_at, step_set_at, opened_at, delivered_at,
		       acknowledged_at, acknowledged_by, resolved_at, resolved_by, outcome, payload
		FROM alerts
		WHERE clinic_id = $1 AND state <> 'resolved'
		ORDER BY opened_at, id`,
		clinicID)
	alerts, err = r.openAlerts(alerts, err)
	return alerts, doing(err, "unresolved alerts of %s", clinicID)
}

// AlertsSince lists a clinic's alerts that were opened at or after a time, oldest first.
func (r Reader) AlertsSince(ctx context.Context, clinicID string, since time.Time) ([]Alert, error) {
	var alerts []Alert
	err := r.all(ctx, &alerts, `
		SELECT id, clinic_id, patient_id, key, level, state, step, next_step_at, step_set_at, opened_at, delivered_at,
		       acknowledged_at, acknowledged_by, resolved_at, resolved_by, outcome, payload
		FROM alerts
		WHERE clinic_id = $1 AND opened_at >= $2
		ORDER BY opened_at, id`,
		clinicID, since.UnixMicro())
	alerts, err = r.openAlerts(alerts, err)
	return alerts, doing(err, "alerts of %s since a time", clinicID)
}

// AlertsOf reads a patient's last alerts, newest first.
func (r Reader) AlertsOf(ctx context.Context, clinicID, patientID string, limit int) ([]Alert, error) {
	var alerts []Alert
	err := r.all(ctx, &alerts, `
		SELECT id, clinic_id, patient_id, key, level, state, step, next_step_at, step_set_at, opened_at, delivered_at,
		       acknowledged_at, acknowledged_by, resolved_at, resolved_by, outcome, payload
		FROM alerts
		WHERE patient_id = $1 AND clinic_id = $2
		ORDER BY opened_at DESC, id DESC
		LIMIT $3`,
		patientID, clinicID, limit)
	alerts, err = r.openAlerts(alerts, err)
	return alerts, doing(err, "alerts of patient %s", patientID)
}
