package bot

import (
	"context"
	"fmt"
	"time"

	"backstop/flows"
	"backstop/storage"
)

// ReceiveDelivery keeps what the provider says became of a text. Reports come in
// any order and more than once; a text never moves backwards.
func (b *Bot) ReceiveDelivery(ctx context.Context, r DeliveryReport) error {
	now := b.now()
	err := b.store.InTx(ctx, func(tx *storage.Tx) error {
		m, changed, err := tx.ApplyDelivery(ctx, storage.DeliveryReport{
			MessageID: r.MessageID, ProviderID: r.ProviderID, Status: r.Status, ErrorCode: r.ErrorCode,
			CarrierDone: r.CarrierDone, At: storage.At(now),
		})
		if err != nil || !changed {
			return err
		}
		if err := b.relayChanged(ctx, tx, m); err != nil {
			return err
		}
		switch m.State {
		case storage.MessageUndelivered, storage.MessageFailed:
			verdict, reason := b.texter.Sort(m.ErrorCode)
			return b.undeliverable(ctx, tx, m, verdict, reason, now)
		default:
			return nil
		}
	})
	if err != nil {
		return fmt.Errorf("receive delivery report of %s: %w", r.ProviderID, err)
	}
	return nil
}

// undeliverable tells the flows and the clinic about a text that did not arrive.
func (b *Bot) undeliverable(ctx context.Context, tx *storage.Tx, m storage.Message, verdict Verdict, reason string, now time.Time) error {
	if m.PatientID == "" {
		b.log.WarnContext(ctx, "text to staff or an unknown number not delivered", "message", m.ID, "reason", reason)
		return nil
	}
	p, err := tx.LockPatient(ctx, m.ClinicID, m.PatientID)
	if err != nil {
		return err
	}
	switch verdict {
	case OptedOut:
		return b.step(ctx, tx, p, flows.CarrierOptedOut{}, now)
	case NumberBad:
		return b.step(ctx, tx, p, flows.NumberFailed{Reason: reason}, now)
	default: // this text is lost, the next one may arrive
	}
	return b.step(ctx, tx, p, flows.TextUndelivered{Kind: m.Kind, Class: flows.Class(m.Class), Reason: reason}, now)
}

// notSent cancels a text that may not leave any more, where the clinic can see it.
func (b *Bot) notSent(ctx context.Context, tx *storage.Tx, m storage.Message, reason string, now time.Time) error {
	if err := tx.CancelMessage(ctx, m.ID, reason, now); err != nil {
		return err
	}
	if err := b.relayChanged(ctx, tx, m); err != nil {
		return err
	}
	b.log.InfoContext(ctx, "text cancelled", "message", m.ID, "reason", reason)
	return nil
}
