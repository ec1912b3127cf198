package storage

import (
	"context"
	"time"
)

// Stuck names a text, a post or a call whose call to its provider began a while
// ago and whose outcome nobody wrote down: the provider has to be asked.
type Stuck struct {
	ID          string
	ClinicID    string
	AttemptedAt Time
}

// AnyUnderWay reports whether the outcome of any call to a provider is not written
// down: most of the time nothing is, and nothing can be stuck.
func (r Reader) AnyUnderWay(ctx context.Context) (bool, error) {
	var any bool
	err := r.get(ctx, &any, `
		SELECT EXISTS (SELECT 1 FROM messages WHERE state = 'sending')
		    OR EXISTS (SELECT 1 FROM posts WHERE state = 'posting')
		    OR EXISTS (SELECT 1 FROM calls WHERE state = 'calling')`)
	return any, doing(err, "calls under way")
}

// StuckTexts lists up to limit texts whose call began before a time, the longest
// ago first, from the one after another on (the zero value for the first page).
// Those that another transaction is looking at are passed over.
func (t *Tx) StuckTexts(ctx context.Context, after Stuck, before time.Time, limit int) ([]Stuck, error) {
	var stuck []Stuck
	err := t.all(ctx, &stuck, `
		SELECT id, clinic_id, attempted_at FROM messages
		WHERE state = 'sending' AND attempted_at < $1 AND (attempted_at, id) > ($2, $3)
		ORDER BY attempted_at, id
		LIMIT $4
		/*pg: FOR UPDATE SKIP LOCKED */`,
		before.UnixMicro(), after.since(), after.ID, limit)
	return stuck, doing(err, "stuck texts")
}

// StuckPosts is StuckTexts for posts.
func (t *Tx) StuckPosts(ctx context.Context, after Stuck, before time.Time, limit int) ([]Stuck, error) {
	var stuck []Stuck
	err := t.all(ctx, &stuck, `
		SELECT id, clinic_id, attempted_at FROM posts
		WHERE state = 'posting' AND attempted_at < $1 AND (attempted_at, id) > ($2, $3)
		ORDER BY attempted_at, id
		LIMIT $4
		/*pg: FOR UPDATE SKIP LOCKED */`,
		before.UnixMicro(), after.since(), after.ID, limit)
	return stuck, doing(err, "stuck posts")
}

// StuckCalls is StuckTexts for calls.
func (t *Tx) StuckCalls(ctx context.Context, after Stuck, before time.Time, limit int) ([]Stuck, error) {
	var stuck []Stuck
	err := t.all(ctx, &stuck, `
		SELECT id, clinic_id, attempted_at FROM calls
		WHERE state = 'calling' AND attempted_at < $1 AND (attempted_at, id) > ($2, $3)
		ORDER BY attempted_at, id
		LIMIT $4
		/*pg: FOR UPDATE SKIP LOCKED */`,
		before.UnixMicro(), after.since(), after.ID, limit)
	return stuck, doing(err, "stuck calls")
}

// since is never NULL, which nothing is greater than.
func (s Stuck) since() int64 {
	if s.AttemptedAt.IsZero() {
		return 0
	}
	return s.AttemptedAt.UnixMicro()
}

// NoAttemptAfter lets attempts that are said to have begun after a time have begun
// now: the clock by which they were marked was ahead, and has been put right. Else
// nobody would ask about them until it has caught up.
func (t *Tx) NoAttemptAfter(ctx context.Context, after, now time.Time) error {
	for _, statement := range [...]string{
		`UPDATE messages SET attempted_at = $1 WHERE state = 'sending' AND attempted_at > $2`,
		`UPDATE posts SET attempted_at = $1 WHERE state = 'posting' AND attempted_at > $2`,
		`UPDATE calls SET attempted_at = $1 WHERE state = 'calling' AND attempted_at > $2`,
	} {
		if _, err := t.exec(ctx, statement, now.UnixMicro(), after.UnixMicro()); err != nil {
			return doing(err, "attempts after %s", after)
		}
	}
	return nil
}
