package bot

import (
	"context"
	"time"

	"backstop/storage"
)

// setStepsAnew brings forward the next steps of alerts that were set by a clock that
// was ahead and has been put right, a machine's or the database's own. Else nobody
// would be called until the clock has caught up.
func (b *Bot) setStepsAnew(ctx context.Context) error {
	if any, err := b.store.AnyStepSetAfter(ctx, b.now().Add(clocksMayDiffer)); err != nil || !any {
		return err
	}
	for found := true; found; {
		err := b.store.InTx(ctx, func(tx *storage.Tx) error {
			now := b.now()
			alert, known, err := tx.StepSetAfter(ctx, now.Add(clocksMayDiffer))
			if found = known; err != nil || !found {
				return err
			}
			next := alert.NextStepAt.Time
			if anew := b.stepAnew(alert, now); !anew.IsZero() && anew.Before(next) {
				next = anew
			}
			alert.WakeAt(next, now)
			if err := tx.SaveAlert(ctx, alert); err != nil {
				return err
			}
			_, err = b.refreshCard(ctx, tx, alert)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// stepAnew is when an alert's next step would come had it been set now.
func (b *Bot) stepAnew(a storage.Alert, now time.Time) time.Time {
	clinic, err := b.clinic(a.ClinicID)
	content := contentOf(a)
	switch {
	case !content.PromiseBy.IsZero():
		return content.PromiseBy // as the patient was told
	case err != nil || urgencyOf(a.Level) == priorityUrgent:
		return now.Add(a.NextStepAt.Sub(a.StepSetAt.Time))
	case a.State == storage.AlertOpen:
		return firstStep(clinic, a.Level, now)
	case content.Reminded:
		return clinic.AddOfficeHours(now, clinic.Protocol.Alerts.P2Ack)
	}
	return forgottenAt(clinic, a.Level, now)
}
