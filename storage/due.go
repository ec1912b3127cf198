package storage

import (
	"context"
	"time"
)

// Now is the database's own time; known is false on SQLite, where it is the
// machine's.
func (r Reader) Now(ctx context.Context) (now time.Time, known bool, err error) {
	if r.engine == SQLite {
		return time.Time{}, false, nil
	}
	err = r.get(ctx, &now, `SELECT CURRENT_TIMESTAMP`)
	return now, true, doing(err, "the database's time")
}

// NextDueAt says when the next follow-up of any patient, or the next step of an
// alert nobody has resolved, is due; the zero time when nothing waits.
func (r Reader) NextDueAt(ctx context.Context) (time.Time, error) {
	var next Time
	err := r.get(ctx, &next, `
		SELECT MIN(due) FROM (
			SELECT MIN(due_at) AS due FROM follow_ups WHERE state = 'pending' AND due_at > $1
			UNION ALL
			SELECT MIN(next_step_at) AS due FROM alerts WHERE state <> 'resolved' AND next_step_at IS NOT NULL
		) AS waiting`,
		0) // a statement with an argument is kept prepared, and a simulation asks all the time
	return next.Time, doing(err, "next due")
}

// NextTextAt says when the next text that waits for its first attempt may leave,
// after a moment; the zero time when none waits.
func (r Reader) NextTextAt(ctx context.Context, after time.Time) (time.Time, error) {
	var next Time
	err := r.get(ctx, &next, `SELECT MIN(not_before) FROM messages WHERE state = 'queued' AND attempts = 0 AND not_before > $1`, At(after))
	return next.Time, doing(err, "next text")
}
