package storage

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// ClaimCursor takes a job that one machine does once in every period. It
// returns how far the job got (empty when it never ran); claimed is false when
// somebody took it less than a period ago. Who took it and died has left the
// value as it was: the next one to claim begins there again.
func (t *Tx) ClaimCursor(ctx context.Context, name string, period time.Duration, now time.Time) (value string, claimed bool, err error) {
	err = t.get(ctx, &value, `
		INSERT INTO cursors (name, value, updated_at) VALUES ($1, '', $2)
		ON CONFLICT (name) DO UPDATE SET updated_at = excluded.updated_at
		WHERE cursors.updated_at <= $3 OR cursors.updated_at > $2 -- a clock that was set back
		RETURNING value`,
		name, now.UnixMicro(), now.Add(-period).UnixMicro())
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return value, err == nil, doing(err, "claim cursor %s", name)
}
