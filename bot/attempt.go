package bot

import (
	"context"

	"backstop/storage"
)

// inTime is the context of a call to a provider for an attempt that was marked at
// a time. After settleAfter somebody asks what became of the attempt and, where
// the provider knows nothing, makes another: by then the first has ended or will
// never begin, however long its machine slept or waited for the database.
func (b *Bot) inTime(ctx context.Context, marked storage.Time) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, marked.Add(b.settleAfter*3/4).Sub(b.now()))
}
