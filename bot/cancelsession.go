package bot

import (
	"context"
	"errors"
	"fmt"

	"backstop/flows"
	"backstop/storage"
)

// CancelSession takes back a session that did not take place or was logged by
// mistake: nothing is asked about it any more, and its lifts leave the record.
// A session that is not known, or was taken back before, is a FieldErrors.
func (b *Bot) CancelSession(ctx context.Context, clinicID, session, by string) error {
	clinic, err := b.clinicNamed(clinicID)
	if err != nil {
		return FieldErrors{{Field: "clinic", Reason: err.Error()}}
	}
	err = b.store.InTx(ctx, func(tx *storage.Tx) error { return b.cancelSession(ctx, tx, clinic, session, by) })
	if err != nil {
		return fmt.Errorf("cancel session: %w", err)
	}
	return nil
}

func (b *Bot) cancelSession(ctx context.Context, tx *storage.Tx, clinic *flows.Clinic, session, by string) error {
	s, err := tx.SessionByID(ctx, clinic.ID, session)
	if errors.Is(err, storage.ErrNotFound) {
		return FieldErrors{{Field: "session", Reason: "no session of this clinic has this id"}}
	}
	if err != nil {
		return err
	}
	p, err := tx.LockPatient(ctx, clinic.ID, s.PatientID)
	if err != nil {
		return err
	}
	taken, err := tx.CancelSession(ctx, clinic.ID, p.ID, s.ID, b.now())
	if err != nil {
		return err
	}
	if !taken {
		return FieldErrors{{Field: "session", Reason: "it was cancelled already"}}
	}
	if err := b.audit(ctx, tx, clinic.ID, by, "cancel session", s.ID); err != nil {
		return err
	}
	return b.step(ctx, tx, p, flows.SessionCancelled{Session: s.ID}, b.now())
}
