package storage

import (
	"context"
	"time"
)

// FirstTime reports whether a key was never seen before, and remembers it: for
// deliveries that come more than once.
func (t *Tx) FirstTime(ctx context.Context, key string, at time.Time) (bool, error) {
	n, err := t.exec(ctx, `
		INSERT INTO seen (key, at) VALUES ($1, $2)
		ON CONFLICT (key) DO NOTHING`,
		key, At(at))
	return n > 0, doing(err, "first time of %s", key)
}

// ForgetSeen forgets the keys that were first seen before a time.
func (t *Tx) ForgetSeen(ctx context.Context, before time.Time) (int64, error) {
	n, err := t.exec(ctx, `DELETE FROM seen WHERE at < $1`, before.UnixMicro())
	return n, doing(err, "forget what was seen")
}
