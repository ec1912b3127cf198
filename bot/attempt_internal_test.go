package bot

import (
	"context"
	"errors"
	"testing"
	"time"

	"backstop/storage"
)

// A call that begins after its attempt may have been given up would be the second one.
func TestACallNeverBeginsOnceItsAttemptIsLookedInto(t *testing.T) {
	b := &Bot{settleAfter: 30 * time.Second, clock: WallClock{}}
	for slept, may := range map[time.Duration]bool{0: true, 20 * time.Second: true, 23 * time.Second: false, time.Hour: false} {
		ctx, cancel := b.inTime(context.Background(), storage.At(time.Now().Add(-slept)))
		if err := ctx.Err(); (err == nil) != may || !may && !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s after the mark: %v, want a call to begin: %v", slept, err, may)
		}
		if ends, ok := ctx.Deadline(); !ok || may && time.Until(ends) > 30*time.Second-slept {
			t.Errorf("%s after the mark a call may last until %s", slept, ends)
		}
		cancel()
	}
}
