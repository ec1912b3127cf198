package bot

import (
	"context"
	"fmt"
	"time"

	"backstop/flows"
	"backstop/storage"
)

// Handle lets one event happen to one patient, in one transaction: either
// everything that follows from it is kept and enqueued, or nothing is.
func (b *Bot) Handle(ctx context.Context, clinicID, patientID string, event flows.Event) error {
	return b.store.InTx(ctx, func(tx *storage.Tx) error {
		p, err := tx.LockPatient(ctx, clinicID, patientID)
		if err != nil {
			return err
		}
		return b.step(ctx, tx, p, event, b.now())
	})
}

// step lets the flows decide on an event and carries out the effects in the
// transaction that holds the patient's lock.
func (b *Bot) step(ctx context.Context, tx *storage.Tx, p storage.Patient, event flows.Event, now time.Time) error {
	clinic, err := b.clinic(p.ClinicID)
	if err != nil {
		return err
	}
	var effects []flows.Effect
	said := saysOfTexts(clinic, p)
	p.Snapshot, effects = flows.Step(clinic, p.Snapshot, event, now)
	kind, payload, err := flows.EncodeEvent(event)
	if err != nil {
		return err
	}
	p, err = tx.SavePatient(ctx, p, storage.Event{At: storage.At(now), Kind: kind, Payload: payload})
	if err != nil {
		return err
	}
	c := carrier{bot: b, tx: tx, clinic: clinic, patient: p, now: now}
	if e, ok := event.(flows.TextReceived); ok {
		c.inReplyTo, c.forAll = e.Message, e.Shared
	}
	if err := c.carryOutAll(ctx, effects); err != nil {
		return fmt.Errorf("after %s: %w", kind, err)
	}
	if said != "" && saysOfTexts(clinic, p) != said {
		if err := c.refreshCards(ctx); err != nil {
			return fmt.Errorf("after %s: %w", kind, err)
		}
	}
	b.log.InfoContext(ctx, "decided", "clinic", p.ClinicID, "patient", p.ID, "seq", p.Seq, "event", kind, "effects", len(effects))
	return nil
}

// Replay reads a patient's event log and steps through it from an empty
// snapshot. It returns what the snapshot should be.
func (b *Bot) Replay(ctx context.Context, clinicID, patientID string) (flows.Patient, error) {
	clinic, err := b.clinic(clinicID)
	if err != nil {
		return flows.Patient{}, err
	}
	const page = 500
	replayed := flows.Patient{ID: patientID}
	for after := int64(0); ; {
		events, err := b.store.Events(ctx, clinicID, patientID, after, page)
		if err != nil {
			return flows.Patient{}, err
		}
		for _, logged := range events {
			event, err := flows.DecodeEvent(logged.Kind, logged.Payload)
			if err != nil {
				return flows.Patient{}, fmt.Errorf("replay patient %s at %d: %w", patientID, logged.Seq, err)
			}
			replayed, _ = flows.Step(clinic, replayed, event, logged.At.Time)
			after = logged.Seq
		}
		if len(events) < page {
			return replayed, nil
		}
	}
}
