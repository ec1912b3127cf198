package bot

import (
	"context"
	"time"
)

const (
	// clocksEvery is how often the machine's clock is compared with the database's.
	clocksEvery = time.Minute
	// clocksMayDiffer is far below a quarter of settleAfter, the room between the
	// last moment of a call and the question what became of it.
	clocksMayDiffer = time.Second
)

// followClock compares this machine's clock with the database's and goes by the
// latter from then on. Machines that share a database compare their own time with
// marks that others have set: without this, one whose clock is ahead would take a
// text that has just been marked for one that was left half way.
func (b *Bot) followClock(ctx context.Context) error {
	if !b.databaseTime {
		return nil
	}
	before := b.clock.Now()
	theirs, known, err := b.store.Now(ctx)
	if err != nil || !known {
		return err
	}
	after := b.clock.Now()
	off := theirs.Sub(before.Add(after.Sub(before) / 2))
	if by := off - time.Duration(b.off.Load()); by.Abs() < clocksMayDiffer+after.Sub(before) {
		return nil
	}
	b.off.Store(int64(off))
	b.log.WarnContext(ctx, "this machine's clock is not the database's: going by the database's", "behind", off.Round(time.Millisecond))
	return nil
}
