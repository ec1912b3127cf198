package storage

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// CallState is where a voice call stands.
type CallState string

// The states of a call.
const (
	CallQueued  CallState = "queued"
	CallCalling CallState = "calling" // marked just before the provider is called; found so later, the outcome is not known
	CallPlaced  CallState = "placed"  // the provider has it
	CallDone    CallState = "done"    // over; Result says how
	CallFailed  CallState = "failed"  // given up; Result says why
)

// Call rings a clinician about an alert.
type Call struct {
	ID          string
	ClinicID    string
	AlertID     string
	ClinicianID string
	Phone       string // E.164, theirs
	ProviderID  string
	State       CallState
	Result      string // "completed", "no-answer", ...
	Attempts    int
	CreatedAt   Time
	AttemptedAt Time
	PlacedAt    Time
	DoneAt      Time
}

func (r Reader) openCalls(calls []Call, err error) ([]Call, error) {
	if err != nil {
		return nil, err
	}
	for i := range calls {
		s := r.sealer("calls", calls[i].ID, calls[i].ClinicID)
		if s.open("phone", &calls[i].Phone); s.err != nil {
			return nil, s.err
		}
	}
	return calls, nil
}

// InsertCall stores a call that is to be placed, queued, and returns its id.
// The job that places it belongs into the same transaction.
func (t *Tx) InsertCall(ctx context.Context, c Call, now time.Time) (string, error) {
	c.ID = orNewID(c.ID)
	s := t.sealer("calls", c.ID, c.ClinicID)
	phone := s.seal("phone", c.Phone)
	if s.err != nil {
		return "", s.err
	}
	_, err := t.exec(ctx, `
		INSERT INTO calls (id, clinic_id, alert_id, clinician_id, phone, provider_id, state, result, attempts, created_at)
		VALUES ($1, $2, $3, $4, $5, '', 'queued', '', 0, $6)`,
		c.ID, c.ClinicID, c.AlertID, c.ClinicianID, phone, At(now))
	return c.ID, doing(err, "insert call")
}

// LockCall reads a call and keeps others from changing it until the
// transaction ends.
func (t *Tx) LockCall(ctx context.Context, id string) (Call, error) {
	var c Call
	err := t.get(ctx, &c, `
		SELECT id, clinic_id, alert_id, clinician_id, phone, provider_id, state, result,
		       attempts, created_at, attempted_at, placed_at, done_at
		FROM calls
		WHERE id = $1
		/*pg: FOR UPDATE */`,
		id)
	if err != nil {
		return Call{}, doing(err, "lock call %s", id)
	}
	s := t.sealer("calls", c.ID, c.ClinicID)
	s.open("phone", &c.Phone)
	return c, s.err
}

// MarkCalling says that the provider is about to be called; commit it before
// the call. ErrState: the call does not wait any more.
func (t *Tx) MarkCalling(ctx context.Context, id string, at time.Time) error {
	n, err := t.exec(ctx, `
		UPDATE calls SET state = 'calling', attempts = attempts + 1, attempted_at = $2
		WHERE id = $1 AND state = 'queued'`,
		id, At(at))
	return doing(changedOne(n, err, ErrState), "mark call %s calling", id)
}

// MarkPlaced says that the provider took the call.
func (t *Tx) MarkPlaced(ctx context.Context, id, providerID string, at time.Time) error {
	n, err := t.exec(ctx, `
		UPDATE calls
		SET state = CASE WHEN state IN ('queued', 'calling') THEN 'placed' ELSE state END,
		    provider_id = CASE WHEN provider_id = '' THEN $2 ELSE provider_id END,
		    placed_at = COALESCE(placed_at, $3)
		WHERE id = $1 AND state <> 'failed'`,
		id, providerID, at.UnixMicro())
	return doing(changedOne(n, err, ErrState), "mark call %s placed", id)
}

// RequeueCall lets a call wait again that the provider did not take.
func (t *Tx) RequeueCall(ctx context.Context, id, reason string) error {
	n, err := t.exec(ctx, `
		UPDATE calls SET state = 'queued', result = $2
		WHERE id = $1 AND state IN ('queued', 'calling')`,
		id, reason)
	return doing(changedOne(n, err, ErrState), "requeue call %s", id)
}

// FinishCall says how a call ended. first is false when that was known.
func (t *Tx) FinishCall(ctx context.Context, id, providerID, result string, at time.Time) (first bool, err error) {
	n, err := t.exec(ctx, `
		UPDATE calls
		SET state = 'done', result = $3, done_at = $4,
		    provider_id = CASE WHEN provider_id = '' THEN $2 ELSE provider_id END
		WHERE id = $1 AND state <> 'done'`,
		id, providerID, result, At(at))
	return n > 0, doing(err, "finish call %s", id)
}

// FailCall gives a call up.
func (t *Tx) FailCall(ctx context.Context, id, reason string, at time.Time) error {
	n, err := t.exec(ctx, `
		UPDATE calls SET state = 'failed', result = $2, done_at = $3
		WHERE id = $1 AND state IN ('queued', 'calling')`,
		id, reason, At(at))
	return doing(changedOne(n, err, ErrState), "fail call %s", id)
}

// CallByProvider reads a call by the provider's id.
func (r Reader) CallByProvider(ctx context.Context, providerID string) (Call, error) {
	var c Call
	err := r.get(ctx, &c, `
		SELECT id, clinic_id, alert_id, clinician_id, phone, provider_id, state, result,
		       attempts, created_at, attempted_at, placed_at, done_at
		FROM calls
		WHERE provider_id = $1 AND provider_id <> ''`,
		providerID)
	if errors.Is(err, sql.ErrNoRows) {
		return Call{}, doing(ErrNotFound, "call %s", providerID)
	}
	if err != nil {
		return Call{}, doing(err, "call %s", providerID)
	}
	s := r.sealer("calls", c.ID, c.ClinicID)
	s.open("phone", &c.Phone)
	return c, s.err
}

// CallsOfAlert reads the calls made about an alert, oldest first.
func (r Reader) CallsOfAlert(ctx context.Context, clinicID, alertID string) ([]Call, error) {
	var calls []Call
	err := r.all(ctx, &calls, `
		SELECT id, clinic_id, alert_id, clinician_id, phone, provider_id, state, result,
		       attempts, created_at, attempted_at, placed_at, done_at
		FROM calls
		WHERE alert_id = $1 AND clinic_id = $2
		ORDER BY created_at, id`,
		alertID, clinicID)
	calls, err = r.openCalls(calls, err)
	return calls, doing(err, "calls of alert %s", alertID)
}
