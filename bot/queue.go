package bot

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"backstop/storage"
)

const (
	// jobTimeout bounds one job: a provider's timeout and room for the database.
	jobTimeout = 20 * time.Second
	// rescueAfter is when a job counts as lost with the machine that ran it.
	rescueAfter = jobTimeout + 5*time.Second
)

// newQueue makes the client that enqueues and works jobs.
func (b *Bot) newQueue(c Config) (*river.Client[*sql.Tx], error) {
	workers := river.NewWorkers()
	addWorker(b, workers, &sendTextWorker{bot: b})
	addWorker(b, workers, &postWorker{bot: b})
	addWorker(b, workers, &pictureWorker{bot: b})
	addWorker(b, workers, &followUpWorker{bot: b})
	addWorker(b, workers, &escalateWorker{bot: b})
	addWorker(b, workers, &callWorker{bot: b})
	addWorker(b, workers, &digestWorker{bot: b})
	addWorker(b, workers, &whatIfWorker{bot: b})
	fetch := c.FetchEvery
	if fetch == 0 {
		fetch = 2 * time.Second
	}
	b.bell = storage.NewBell()
	return river.NewClient(c.Store.QueueDriverWith(b.bell), &river.Config{
		Queues:               map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: b.workers}},
		Workers:              workers,
		Middleware:           []rivertype.Middleware{river.WorkerMiddlewareFunc(b.ended.work)},
		Logger:               b.log.With("part", "queue"),
		FetchPollInterval:    fetch,
		FetchCooldown:        min(fetch, 25*time.Millisecond),
		JobTimeout:           jobTimeout,
		RescueStuckJobsAfter: rescueAfter,
		MaxAttempts:          maxAttempts,
	})
}

func addWorker[T river.JobArgs](b *Bot, workers *river.Workers, w river.Worker[T]) {
	river.AddWorker(workers, w)
	if b.steps != nil {
		b.steps.add(func(ctx context.Context, job river.JobArgs) (bool, error) {
			args, mine := job.(T)
			if !mine {
				return false, nil
			}
			return true, w.Work(ctx, &river.Job[T]{JobRow: &rivertype.JobRow{}, Args: args})
		})
	}
}

// maxAttempts of a job spread over six and a half days before it ends in a visible place.
const maxAttempts = 20

// enqueue puts a job into the queue in the transaction that decided it.
func (b *Bot) enqueue(ctx context.Context, tx *storage.Tx, job river.JobArgs, priority int) error {
	return b.enqueueIn(ctx, tx, 0, job, priority)
}

// enqueueIn is enqueue for a job that is to be worked after a while.
func (b *Bot) enqueueIn(ctx context.Context, tx *storage.Tx, wait time.Duration, job river.JobArgs, priority int) error {
	if b.steps != nil {
		b.steps.insert(tx, job, priority, b.now().Add(wait))
		return nil
	}
	return b.insert(ctx, tx, wait, job, &river.InsertOpts{Priority: priority})
}

// unfinished are the states of a job that has not come to its end.
var unfinished = []rivertype.JobState{rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable,
	rivertype.JobStateRunning, rivertype.JobStateScheduled}

// enqueueOnce is enqueueIn for what may be enqueued again and again: of those that
// have not come to their end there is one.
func (b *Bot) enqueueOnce(ctx context.Context, tx *storage.Tx, wait time.Duration, job river.JobArgs, priority int) error {
	if b.steps != nil {
		b.steps.insertOnce(tx, job, priority, b.now().Add(wait))
		return nil
	}
	return b.insert(ctx, tx, wait, job, &river.InsertOpts{Priority: priority, UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: unfinished}})
}

func (b *Bot) insert(ctx context.Context, tx *storage.Tx, wait time.Duration, job river.JobArgs, opts *river.InsertOpts) error {
	if wait > 0 {
		opts.ScheduledAt = time.Now().Add(wait) // jobs wait by the machine's clock
	}
	if _, err := b.queue.InsertTx(ctx, tx.SQL(), job, opts); err != nil {
		return fmt.Errorf("enqueue %s: %w", job.Kind(), err)
	}
	if wait <= 0 {
		tx.AtEnd(func(committed bool) {
			if committed {
				b.bell.Ring()
			}
		})
	}
	return nil
}
