package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/riverqueue/river"

	"backstop/storage"
)

// steps is the queue of a simulation: the same jobs and the same workers, one
// after the other by the bot's clock. A job is kept as a database would keep it;
// what a hand has taken is gone with the process.
type steps struct {
	workers []func(context.Context, river.JobArgs) (mine bool, err error)
	waiting []step
	count   int
}

type step struct {
	at       time.Time
	priority int
	number   int // of all, in the order they were enqueued
	attempt  int
	job      river.JobArgs
	once     bool                  // there is one of it at a time
	hand     func(context.Context) // in place of a job
}

func (s *steps) add(w func(context.Context, river.JobArgs) (bool, error)) {
	s.workers = append(s.workers, w)
}

func (s *steps) insert(tx *storage.Tx, job river.JobArgs, priority int, now time.Time) {
	tx.WhenKept(func() { s.put(step{at: now, priority: priority, job: job}) })
}

// insertOnce is insert for a job of which there is one at a time.
func (s *steps) insertOnce(tx *storage.Tx, job river.JobArgs, priority int, now time.Time) {
	tx.WhenKept(func() {
		if !slices.ContainsFunc(s.waiting, func(other step) bool { return other.once && other.job == job }) {
			s.put(step{at: now, priority: priority, job: job, once: true})
		}
	})
}

// hand comes before every job: nothing waits for it.
func (s *steps) hand(now time.Time, do func(context.Context)) { s.put(step{at: now, hand: do}) }

func (s *steps) put(next step) {
	s.count++
	next.number = s.count
	i, _ := slices.BinarySearchFunc(s.waiting, next, inOrder)
	s.waiting = slices.Insert(s.waiting, i, next)
}

func inOrder(a, b step) int {
	if c := a.at.Compare(b.at); c != 0 {
		return c
	}
	if a.priority != b.priority {
		return a.priority - b.priority
	}
	return a.number - b.number
}

// NextStepAt is when the next job of a stepped bot is due; the zero time for none.
func (b *Bot) NextStepAt() time.Time {
	if len(b.steps.waiting) == 0 {
		return time.Time{}
	}
	return b.steps.waiting[0].at
}

// Step works the first job that is due, and reports whether there was one. If
// the process dies in it (a panic that crashed recognises), the job is taken up
// again after as long as a lost job takes; what a hand held is gone.
func (b *Bot) Step(ctx context.Context, crashed func(any) bool) (did bool, err error) {
	now := b.now()
	if at := b.NextStepAt(); at.IsZero() || at.After(now) {
		return false, nil
	}
	next := b.steps.waiting[0]
	b.steps.waiting = slices.Delete(b.steps.waiting, 0, 1)
	defer func() {
		if r := recover(); r != nil {
			if !crashed(r) {
				panic(r)
			}
			b.Crash()
			if next.job != nil {
				next.at = now.Add(rescueAfter)
				b.steps.put(next)
			}
		}
	}()
	if next.hand != nil {
		next.hand(ctx)
		return true, nil
	}
	for _, work := range b.steps.workers {
		mine, err := work(ctx, next.job)
		if !mine {
			continue
		}
		var snooze *river.JobSnoozeError
		switch {
		case errors.As(err, &snooze):
			next.at = now.Add(max(snooze.Duration, time.Millisecond))
			b.steps.put(next)
		case err != nil:
			if next.attempt++; next.attempt >= maxAttempts {
				return true, fmt.Errorf("%s given up: %w", next.job.Kind(), err)
			}
			next.at = now.Add(time.Second << min(next.attempt, 8))
			b.steps.put(next)
		}
		return true, nil
	}
	return true, fmt.Errorf("no worker for %s", next.job.Kind())
}

// Crash forgets what the process had in hand, as a kill would.
func (b *Bot) Crash() {
	b.steps.waiting = slices.DeleteFunc(b.steps.waiting, func(s step) bool { return s.hand != nil })
	b.channels.forget()
	b.sweeping.Lock()
	defer b.sweeping.Unlock()
	b.swept = sweepMemory{}
}
