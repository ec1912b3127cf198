package bot

import (
	"context"
	"time"

	"backstop/flows/protocol"
	"backstop/storage"
)

// sweepBatch is how many of each kind one transaction of a sweep takes.
const sweepBatch = 200

// sweepUntil looks through the agenda again and again until ctx ends.
func (b *Bot) sweepUntil(ctx context.Context) {
	compared := time.Now()
	for {
		if time.Since(compared) >= clocksEvery {
			compared = time.Now()
			if err := b.followClock(ctx); err != nil && ctx.Err() == nil {
				b.log.ErrorContext(ctx, "compare clocks", "error", err)
			}
		}
		if err := b.Sweep(ctx); err != nil && ctx.Err() == nil {
			b.log.ErrorContext(ctx, "sweep", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(b.rest()):
		}
	}
}

// sweepMemory is what a machine remembers from one sweep to the next. It dies with the
// process: whatever must not be forgotten stands in the database.
type sweepMemory struct {
	lookedForStuck time.Time
	forgot         time.Time
	digested       map[string]protocol.Date // by clinic, the last day seen to
	digestsLooked  time.Time                // when the clinics were last looked through for a digest that is due
	nextDigest     time.Time                // before it none will be
	idle           int                      // sweeps in a row that found nothing
}

// idleFor is after how many sweeps that found nothing the next ones may wait longer.
const idleFor = 10

// rest is how long to wait for the next sweep. At night, when nothing is due for
// hours, looking is all a machine does.
func (b *Bot) rest() time.Duration {
	b.sweeping.Lock()
	defer b.sweeping.Unlock()
	if b.swept.idle >= idleFor {
		return 2 * b.sweepEvery
	}
	return b.sweepEvery
}

// Sweep does what is due by the bot's clock: it lets follow-ups happen, shows the
// silent lines that wait, and enqueues the next steps of alerts nobody has
// acknowledged, and sends that a crash left half way. Every machine sweeps; rows
// another one holds are passed over.
func (b *Bot) Sweep(ctx context.Context) error {
	b.sweeping.Lock()
	defer b.sweeping.Unlock()
	found, err := b.sweep(ctx)
	if b.swept.idle++; found > 0 || err != nil {
		b.swept.idle = 0
	}
	return err
}

func (b *Bot) sweep(ctx context.Context) (found int, err error) {
	parts := []sweepPart{{b.store.AnyStepDue, b.sweepAlerts}, {b.maybeDigest, b.sweepDigests}}
	if now := b.now(); now.Sub(b.swept.lookedForStuck) >= b.settleAfter || now.Before(b.swept.lookedForStuck) {
		b.swept.lookedForStuck = now
		if err := b.sweepStuck(ctx); err != nil {
			return found, err
		}
		if err := b.setStepsAnew(ctx); err != nil {
			return found, err
		}
	}
	if now := b.now(); now.Sub(b.swept.forgot) >= forgetEvery || now.Before(b.swept.forgot) {
		b.swept.forgot = now
		parts = append(parts, sweepPart{due: always, do: forgetSeen})
	}
	for {
		steps, err := b.sweepParts(ctx, parts)
		if found += steps; err != nil {
			return found, err
		}
		due, err := b.sweepFollowUps(ctx)
		if found += due; err != nil {
			return found, err
		}
		if due < sweepBatch {
			break
		}
	}
	lines, err := b.sweepLines(ctx)
	return found + lines, err
}

// sweepPart is one thing a sweep does, in transactions of its own.
type sweepPart struct {
	due func(context.Context, time.Time) (bool, error) // whether there may be anything to do: mostly there is not
	do  func(context.Context, *storage.Tx, time.Time) (found int, err error)
}

func always(context.Context, time.Time) (bool, error) { return true, nil }

// sweepParts runs each part until it finds little, and returns how much all found.
func (b *Bot) sweepParts(ctx context.Context, parts []sweepPart) (all int, err error) {
	for _, part := range parts {
		for found := sweepBatch; found == sweepBatch; all += found {
			if found, err = b.sweepOnce(ctx, part); err != nil {
				return all, err
			}
		}
	}
	return all, nil
}

func (b *Bot) sweepOnce(ctx context.Context, part sweepPart) (found int, err error) {
	now := b.now()
	if due, err := part.due(ctx, now); err != nil || !due {
		return 0, err
	}
	err = b.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		found, err = part.do(ctx, tx, now)
		return err
	})
	return found, err
}

const (
	forgetEvery = time.Hour
	// seenFor is how long a delivery that comes more than once is known: Slack
	// and Twilio retry within hours.
	seenFor = 35 * 24 * time.Hour
)

// forgetSeen forgets deliveries so old that they will not come again.
func forgetSeen(ctx context.Context, tx *storage.Tx, now time.Time) (int, error) {
	_, err := tx.ForgetSeen(ctx, now.Add(-seenFor))
	return 0, err
}
