package bot

import (
	"context"
	"errors"

	"backstop/flows"
	"backstop/storage"
)

// takeBack cancels a text that has not left; false when it has.
func (b *Bot) takeBack(ctx context.Context, clinic *flows.Clinic, id, user string) (bool, error) {
	taken := false
	err := b.store.InTx(ctx, func(tx *storage.Tx) error {
		taken = false
		m, err := tx.LockMessage(ctx, id)
		if err != nil || m.ClinicID != clinic.ID || m.State != storage.MessageQueued {
			return err
		}
		taken = true
		if err := tx.CancelMessage(ctx, id, "taken back by "+nameOf(clinic, user), b.now()); err != nil {
			return err
		}
		if err := b.relayChanged(ctx, tx, m); err != nil {
			return err
		}
		return b.audit(ctx, tx, clinic.ID, user, "undo text", id)
	})
	return taken, err
}

// pressUndo takes a text back from its line in the thread.
func (b *Bot) pressUndo(ctx context.Context, clinic *flows.Clinic, p Press) (Pressed, error) {
	taken, err := b.takeBack(ctx, clinic, p.About, p.User)
	if errors.Is(err, storage.ErrNotFound) || err == nil && !taken {
		return Pressed{Say: "It has left already."}, nil
	}
	return Pressed{Done: true}, err
}

// handBack gives the conversation back to the bot.
func (a *act) handBack(ctx context.Context) (Pressed, error) {
	m, err := a.tx.MessageByID(ctx, a.clinic.ID, a.about)
	if err != nil {
		return Pressed{}, err
	}
	p, err := a.tx.LockPatient(ctx, a.clinic.ID, m.PatientID)
	if err != nil {
		return Pressed{}, err
	}
	if p.Snapshot.Taken.By == "" {
		return Pressed{Say: "Backstop has the conversation already."}, nil
	}
	if err := a.bot.step(ctx, a.tx, p, flows.ConversationHandedBack{By: a.user}, a.now); err != nil {
		return Pressed{}, err
	}
	line := nameOf(a.clinic, a.user) + " handed the conversation back: Backstop asks again."
	if err := a.carrier(p).note(ctx, flows.Note{Line: line}); err != nil {
		return Pressed{}, err
	}
	return Pressed{Done: true}, a.audit(ctx, "hand back", p.ID)
}
