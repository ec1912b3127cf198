package bot

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"

	"github.com/riverqueue/river"

	"backstop/flows"
	"backstop/storage"
)

type followUpWorker struct {
	river.WorkerDefaults[followUpJob]

	bot *Bot
}

// Work lets a follow-up happen that did not succeed when it was due.
func (w *followUpWorker) Work(ctx context.Context, job *river.Job[followUpJob]) error {
	f, err := w.bot.store.FollowUpByID(ctx, job.Args.ClinicID, job.Args.FollowUpID)
	if err != nil {
		return err
	}
	return w.bot.followUp(ctx, f)
}

// followUp lets a follow-up happen whose time has come. It is taken, and
// everything that follows from it decided, in one transaction. One that only a newer
// version knows is left to its machines: it becomes a job, which any of them may work.
func (b *Bot) followUp(ctx context.Context, f storage.FollowUp) error {
	if !flows.FollowUpKind(f.Kind).Known() {
		return fmt.Errorf("follow-up %s: this version does not know %q", f.ID, f.Kind)
	}
	return b.store.InTx(ctx, func(tx *storage.Tx) error {
		now := b.now()
		p, err := tx.LockPatient(ctx, f.ClinicID, f.PatientID) // before the follow-up, as everywhere
		if err != nil {
			return err
		}
		f, taken, err := tx.TakeFollowUp(ctx, f.ID, now)
		if err != nil || !taken {
			return err
		}
		return b.step(ctx, tx, p, flows.FollowUpDue{Key: f.Key, Kind: flows.FollowUpKind(f.Kind)}, now)
	})
}

// sweepFollowUps lets those happen whose time has come, as many at once as there
// are workers, and returns how many it found. They need no job: until one is taken
// it waits in the agenda, for the next sweep or another machine's. One that does
// not succeed gets a job, which tries again and ends in a visible place.
func (b *Bot) sweepFollowUps(ctx context.Context) (int, error) {
	due, err := b.store.DueFollowUps(ctx, b.now(), sweepBatch)
	if err != nil {
		return 0, err
	}
	width := b.workers
	if b.steps != nil {
		width = 1
	} else { // machines that look at the same moment come to the same ones late
		rand.Shuffle(len(due), func(i, j int) { due[i], due[j] = due[j], due[i] })
	}
	var next atomic.Int64
	var group sync.WaitGroup
	errs := make([]error, min(width, len(due)))
	work := func(w int) {
		for i := int(next.Add(1)) - 1; i < len(due) && ctx.Err() == nil && errs[w] == nil; i = int(next.Add(1)) - 1 {
			if err := b.followUpAtOnce(ctx, due[i]); err != nil && ctx.Err() == nil {
				b.log.ErrorContext(ctx, "follow-up left to a job", "follow_up", due[i].ID, "error", err)
				errs[w] = b.leaveToJob(ctx, due[i])
			}
		}
	}
	for w := range errs {
		if b.steps != nil {
			work(w) // where a process may die, it dies in one goroutine
			continue
		}
		group.Go(func() { work(w) })
	}
	group.Wait()
	return len(due), errors.Join(append(errs, ctx.Err())...)
}

// followUpAtOnce turns a panic into an error, as the queue does for a job: one
// poisoned follow-up must not take the process along.
func (b *Bot) followUpAtOnce(ctx context.Context, f storage.FollowUp) (err error) {
	defer func() {
		if r := recover(); r != nil {
			if b.steps != nil {
				panic(r) // the death of a simulated process
			}
			err = fmt.Errorf("panic in follow-up %s: %v", f.ID, r)
		}
	}()
	return b.followUp(ctx, f)
}

func (b *Bot) leaveToJob(ctx context.Context, f storage.FollowUp) error {
	return b.store.InTx(ctx, func(tx *storage.Tx) error {
		waited, err := tx.QueueFollowUp(ctx, f.ID, b.now())
		if err != nil || !waited {
			return err
		}
		return b.enqueue(ctx, tx, followUpJob{ClinicID: f.ClinicID, FollowUpID: f.ID}, priorityNormal)
	})
}
