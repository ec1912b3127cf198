package storage

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Cursor reads how far a job of that name got; empty when it never ran.
func (r Reader) Cursor(ctx context.Context, name string) (string, error) {
	var value string
	err := r.get(ctx, &value, `SELECT value FROM cursors WHERE name = $1`, name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, doing(err, "cursor %s", name)
}

// SetCursor keeps how far a job of that name got.
func (t *Tx) SetCursor(ctx context.Context, name, value string, now time.Time) error {
	_, err := t.exec(ctx, `
		INSERT INTO cursors (name, value, updated_at) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
		name, value, At(now))
	return doing(err, "set cursor %s", name)
}
