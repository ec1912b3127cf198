package bot

import (
	"context"
	"time"

	"backstop/storage"
)

// tellOperator posts a line about the machinery itself, the same at most once an hour.
func (b *Bot) tellOperator(ctx context.Context, clinicID, line string) {
	clinic, err := b.clinic(clinicID)
	if err != nil {
		return
	}
	now := b.now()
	err = b.store.InTx(ctx, func(tx *storage.Tx) error {
		first, err := tx.FirstTime(ctx, "operator:"+clinicID+":"+now.Format("2006-01-02T15")+":"+line, now)
		if err != nil || !first {
			return err
		}
		c := carrier{bot: b, tx: tx, clinic: clinic, now: now}
		return c.line(ctx, "", line, "")
	})
	if err != nil {
		b.log.ErrorContext(ctx, "could not tell the operator", "clinic", clinicID, "error", err)
	}
	b.log.ErrorContext(ctx, "operator", "clinic", clinicID, "says", line, "at", now.Format(time.RFC3339))
}
