package bot

import (
	"context"

	"github.com/riverqueue/river"

	"backstop/flows"
	"backstop/storage"
)

type followUpWorker struct {
	river.WorkerDefaults[followUpJob]

	bot *Bot
}

// Work lets a follow-up happen whose time has come. It is taken, and everything
// that follows from it decided, in one transaction.
func (w *followUpWorker) Work(ctx context.Context, job *river.Job[followUpJob]) error {
	b := w.bot
	return b.store.InTx(ctx, func(tx *storage.Tx) error {
		now := b.now()
		f, err := tx.FollowUpByID(ctx, job.Args.ClinicID, job.Args.FollowUpID)
		if err != nil {
			return err
		}
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
