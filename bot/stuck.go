package bot

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"backstop/storage"
)

// sweepStuck enqueues what a crash, or a provider that gave no clear answer, left
// half way: its job asks the provider. One that waits already is not doubled, so
// that each is asked about once at a time, however long an outage lasts.
func (b *Bot) sweepStuck(ctx context.Context) error {
	if any, err := b.store.AnyUnderWay(ctx); err != nil || !any {
		return err
	}
	if err := b.store.InTx(ctx, func(tx *storage.Tx) error {
		return tx.NoAttemptAfter(ctx, b.now().Add(clocksMayDiffer), b.now())
	}); err != nil {
		return err
	}
	for _, kind := range [...]struct {
		find func(*storage.Tx, context.Context, storage.Stuck, time.Time, int) ([]storage.Stuck, error)
		job  func(storage.Stuck) river.JobArgs
	}{
		{(*storage.Tx).StuckTexts, func(s storage.Stuck) river.JobArgs { return sendTextJob{s.ClinicID, s.ID} }},
		{(*storage.Tx).StuckPosts, func(s storage.Stuck) river.JobArgs { return postJob{s.ClinicID, s.ID} }},
		{(*storage.Tx).StuckCalls, func(s storage.Stuck) river.JobArgs { return callJob{s.ClinicID, s.ID} }},
	} {
		found := make([]storage.Stuck, 1) // the last of them is where the next page begins
		for page := sweepBatch; page == sweepBatch; page = len(found) {
			last := found[len(found)-1]
			err := b.store.InTx(ctx, func(tx *storage.Tx) (err error) {
				found, err = kind.find(tx, ctx, last, b.now().Add(-2*b.settleAfter), sweepBatch)
				for i := 0; i < len(found) && err == nil; i++ {
					err = b.enqueueOnce(ctx, tx, 0, kind.job(found[i]), priorityUrgent)
				}
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// restAgain is how long to leave an attempt alone, marked at a time, when its
// provider cannot be asked: as long again as it is old, so that an outage meets
// ever fewer questions.
func (b *Bot) restAgain(marked storage.Time) time.Duration {
	const longest = 2 * time.Minute
	return max(b.settleAfter, min(b.now().Sub(marked.Time), longest))
}
