package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"backstop/flows"
	"backstop/storage"
)

// ReceiveText takes in one inbound text: it is stored once, under the
// provider's id, and everything that follows from it is decided in the same
// transaction. The same text again does nothing. An error means that nothing
// was kept, and the provider may bring the text again.
func (b *Bot) ReceiveText(ctx context.Context, in InboundText) error {
	if in.ProviderID == "" {
		return errors.New("receive text: it has no provider id")
	}
	clinic, err := b.clinicOfNumber(in.To)
	if err != nil {
		return fmt.Errorf("receive text %s: %w", in.ProviderID, err)
	}
	now := b.now()
	if in.SentAt.IsZero() || in.SentAt.After(now) {
		in.SentAt = now
	}
	var media json.RawMessage
	if len(in.Media) > 0 {
		if media, err = json.Marshal(in.Media); err != nil {
			return fmt.Errorf("receive text %s: %w", in.ProviderID, err)
		}
	}
	err = b.store.InTx(ctx, func(tx *storage.Tx) error {
		patients, err := tx.LockPatientsByPhone(ctx, clinic.ID, in.From)
		if err != nil {
			return err
		}
		m := storage.Message{
			ClinicID: clinic.ID, ProviderID: in.ProviderID, Phone: in.From, Number: in.To,
			Body: in.Body, Media: media, Segments: in.Segments, SentAt: storage.At(in.SentAt),
		}
		if len(patients) == 1 {
			m.PatientID = patients[0].ID
		}
		id, first, err := tx.InsertInbound(ctx, m, now)
		if err != nil || !first {
			return err
		}
		text := flows.TextReceived{Message: id, Text: in.Body, SentAt: in.SentAt, Media: len(in.Media)}
		switch len(patients) {
		case 0:
			return b.unknownNumber(ctx, tx, clinic, in, id, now)
		case 1:
			return b.step(ctx, tx, patients[0], text, now)
		}
		s := shared{bot: b, tx: tx, clinic: clinic, patients: patients, phone: in.From, now: now}
		return s.receive(ctx, text)
	})
	if err != nil {
		return fmt.Errorf("receive text %s: %w", in.ProviderID, err)
	}
	return nil
}
