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
	lost := flows.TextUndelivered{Kind: m.Kind, Class: flows.Class(m.Class), Reason: reason}
	if verdict == RetryLater {
		if lost.InARow, lost.Since, err = b.unreached(ctx, tx, p); err != nil {
			return err
		}
	}
	return b.step(ctx, tx, p, lost, now)
}

// unreached counts the texts to a patient's phone that found it unreachable since
// one last arrived or came from there, and says when the first was written.
func (b *Bot) unreached(ctx context.Context, tx *storage.Tx, p storage.Patient) (count int, since time.Time, err error) {
	const most = 50 // far more than any clinic waits for
	texts, err := tx.Conversation(ctx, p.ClinicID, p.ID, most)
	if err != nil {
		return 0, time.Time{}, err
	}
	for _, m := range texts {
		switch m.State {
		case storage.MessageReceived, storage.MessageDelivered:
			return count, since, nil
		case storage.MessageUndelivered, storage.MessageFailed:
			if verdict, _ := b.texter.Sort(m.ErrorCode); verdict == RetryLater && m.Phone == p.Phone {
				count++
				since = m.CreatedAt.Time
			}
		default: // under way, or never left: says nothing about the phone
		}
	}
	return count, since, nil
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
