package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

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
		patient, known := whose(patients)
		id, first, err := tx.InsertInbound(ctx, storage.Message{
			ClinicID: clinic.ID, PatientID: patient.ID, ProviderID: in.ProviderID, Phone: in.From, Number: in.To,
			Body: in.Body, Media: media, Segments: in.Segments, SentAt: storage.At(in.SentAt),
		}, now)
		if err != nil || !first {
			return err
		}
		if !known {
			return b.unknownNumber(ctx, tx, clinic, in, id, now)
		}
		return b.step(ctx, tx, patient, flows.TextReceived{Message: id, Text: in.Body, SentAt: in.SentAt, Media: len(in.Media)}, now)
	})
	if err != nil {
		return fmt.Errorf("receive text %s: %w", in.ProviderID, err)
	}
	return nil
}

// lastAsked is when a patient was last asked something; the zero time for never.
func lastAsked(p storage.Patient) time.Time {
	var last time.Time
	for _, q := range p.Snapshot.Questions {
		if q.At.After(last) {
			last = q.At
		}
	}
	return last
}

// whose is the patient a text comes from. Of several who share the phone it is
// the one who was asked last.
func whose(patients []storage.Patient) (storage.Patient, bool) {
	if len(patients) == 0 {
		return storage.Patient{}, false
	}
	best := patients[0]
	for _, p := range patients[1:] {
		if lastAsked(p).After(lastAsked(best)) {
			best = p
		}
	}
	return best, true
}
