package bot

import (
	"context"
	"time"
)

// Overdue is how long the oldest follow-up, or step of an alert, waits beyond
// its time for a sweep to find it; 0 when nothing does.
func (b *Bot) Overdue(ctx context.Context) (time.Duration, error) {
	next, err := b.store.NextDueAt(ctx)
	if err != nil || next.IsZero() {
		return 0, err
	}
	return max(b.now().Sub(next), 0), nil
}
