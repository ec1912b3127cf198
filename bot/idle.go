package bot

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// Settle sweeps and returns when everything due by the bot's clock has been
// worked off, the jobs that followed from it too. What waits for a provider is
// not waited for.
func (b *Bot) Settle(ctx context.Context) error {
	b.ended.watch()
	defer b.ended.unwatch()
	for {
		if err := b.Sweep(ctx); err != nil {
			return err
		}
		for {
			busy, err := b.busy(ctx)
			if err != nil {
				return err
			}
			if !busy {
				break
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(10 * time.Millisecond):
			}
		}
		next, err := b.store.NextDueAt(ctx)
		if err != nil {
			return err
		}
		if next.IsZero() || next.After(b.now()) {
			return nil
		}
	}
}

// busy reports whether any job runs or could run now, or whether that cannot be told:
// what ends while the jobs are listed may have enqueued others after the list was made.
func (b *Bot) busy(ctx context.Context) (bool, error) {
	taken, ended := b.hands.taken.Load(), b.ended.soFar()
	if b.hands.busy() {
		return true, nil
	}
	const enough = 1000
	jobs, err := b.queue.JobList(ctx, river.NewJobListParams().First(enough).
		States(rivertype.JobStateAvailable, rivertype.JobStateRunning))
	if err != nil {
		return false, err
	}
	now := time.Now() // jobs wait by the machine's clock
	return b.hands.taken.Load() != taken || slices.ContainsFunc(jobs.Jobs, func(j *rivertype.JobRow) bool {
		if j.State == rivertype.JobStateRunning {
			return !b.ended.rest(j.ID, ended, now)
		}
		return !j.ScheduledAt.After(now)
	}), nil
}

// endedJobs are those that ended while somebody waits for all to end, and when they
// are due again: the queue writes that down in batches, up to a quarter of a second later.
type endedJobs struct {
	mu      sync.Mutex
	waiting int
	byID    map[int64]endedJob
	count   int // of all that ended
}

type endedJob struct {
	number int       // in the order in which they ended, from 1
	due    time.Time // the zero time for never
}

func (e *endedJobs) watch() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.waiting++; e.waiting == 1 {
		e.byID = map[int64]endedJob{}
	}
}

func (e *endedJobs) unwatch() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.waiting--; e.waiting == 0 {
		e.byID = nil
	}
}

// soFar is how many have ended.
func (e *endedJobs) soFar() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.count
}

// rest reports whether a job was among the first so many that ended, and is not due
// again at a time.
func (e *endedJobs) rest(id int64, among int, now time.Time) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	job, ended := e.byID[id]
	return ended && job.number <= among && (job.due.IsZero() || job.due.After(now))
}

// work is the queue's middleware that tells of each end. A job that failed is left to
// the queue, which knows when to try it again.
func (e *endedJobs) work(ctx context.Context, job *rivertype.JobRow, do func(context.Context) error) error {
	err := do(ctx)
	var again *river.JobSnoozeError
	snoozed := errors.As(err, &again)
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.byID == nil || err != nil && !snoozed {
		return err
	}
	e.count++
	how := endedJob{number: e.count}
	if snoozed {
		how.due = time.Now().Add(again.Duration)
	}
	e.byID[job.ID] = how
	return err
}

// ClockMoved is Settle after a clock was moved: texts that wait for a moment look
// at the clock again. Their jobs wait by the machine's, which went on as before.
func (b *Bot) ClockMoved(ctx context.Context) error {
	if err := b.Settle(ctx); err != nil { // none is left that began by the old time
		return err
	}
	const enough = 1000
	jobs, err := b.queue.JobList(ctx, river.NewJobListParams().First(enough).Kinds(sendTextJob{}.Kind()).
		States(rivertype.JobStateAvailable, rivertype.JobStateRetryable, rivertype.JobStateScheduled))
	if err != nil || len(jobs.Jobs) == 0 {
		return err
	}
	for _, j := range jobs.Jobs {
		if _, err := b.queue.JobRetry(ctx, j.ID); err != nil && !errors.Is(err, river.ErrNotFound) {
			return err
		}
	}
	b.bell.Ring()
	return b.Settle(ctx)
}

// NextTextAt is when a text that waits may leave next by the bot's clock, as one a
// clinician may still take back; the zero time for none.
func (b *Bot) NextTextAt(ctx context.Context) (time.Time, error) {
	return b.store.NextTextAt(ctx, b.now())
}

// NextDueAt is when something is due next by the bot's clock; the zero time for nothing.
func (b *Bot) NextDueAt(ctx context.Context) (time.Time, error) { return b.store.NextDueAt(ctx) }
