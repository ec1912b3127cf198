package storage

import (
	"context"
	"time"
)

// NextDueAt says when the next follow-up of any patient, or the next step of an
// alert nobody has resolved, is due; the zero time when nothing waits.
func (r Reader) NextDueAt(ctx context.Context) (time.Time, error) {
	var next Time
	err := r.get(ctx, &next, `
		SELECT MIN(due) FROM (
			SELECT MIN(due_at) AS due FROM follow_ups WHERE state = 'pending'
			UNION ALL
			SELECT MIN(next_step_at) AS due FROM alerts WHERE state <> 'resolved' AND next_step_at IS NOT NULL
		) AS waiting`)
	return next.Time, doing(err, "next due")
}
