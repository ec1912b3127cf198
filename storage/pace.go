package storage

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Pace takes a place in a line that moves on by one every interval, shared by
// all machines: a sending number's, or the account's. Whoever may not wait takes
// a place at once, and everybody behind waits the longer for it; the others get
// none (wait > 0) while the line is longer than burst.
func (t *Tx) Pace(ctx context.Context, name string, interval, burst time.Duration, urgent bool, now time.Time) (wait time.Duration, err error) {
	latest := now.Add(burst)
	if urgent {
		latest = now.Add(24 * time.Hour)
	}
	var next int64
	err = t.get(ctx, &next, `
		INSERT INTO paces (name, next_at) VALUES ($1, CAST($2 AS BIGINT) + CAST($3 AS BIGINT))
		ON CONFLICT (name) DO UPDATE
		SET next_at = CASE WHEN paces.next_at > $2 THEN paces.next_at ELSE CAST($2 AS BIGINT) END + CAST($3 AS BIGINT)
		WHERE paces.next_at <= $4
		RETURNING next_at`,
		name, now.UnixMicro(), interval.Microseconds(), latest.UnixMicro())
	if !errors.Is(err, sql.ErrNoRows) {
		return 0, doing(err, "pace %s", name)
	}
	if err := t.get(ctx, &next, `SELECT next_at FROM paces WHERE name = $1`, name); err != nil {
		return 0, doing(err, "pace %s", name)
	}
	return max(time.UnixMicro(next).Sub(latest), time.Millisecond), nil
}

// HoldPace keeps a line from moving on before a time: whoever runs it has asked
// us to wait.
func (t *Tx) HoldPace(ctx context.Context, name string, until time.Time) error {
	_, err := t.exec(ctx, `
		INSERT INTO paces (name, next_at) VALUES ($1, CAST($2 AS BIGINT))
		ON CONFLICT (name) DO UPDATE
		SET next_at = CASE WHEN paces.next_at > excluded.next_at THEN paces.next_at ELSE excluded.next_at END`,
		name, until.UnixMicro())
	return doing(err, "hold pace %s", name)
}
