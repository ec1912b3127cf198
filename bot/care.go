package bot

import (
	"context"
	"fmt"
	"time"

	"backstop/flows"
	"backstop/storage"
)

// Pause stops what a patient did not ask for, until a time; without one until
// Resume. Who is not found is a FieldErrors.
func (b *Bot) Pause(ctx context.Context, clinicID, patient string, until time.Time, by string) error {
	if !until.IsZero() && !until.After(b.now()) {
		return FieldErrors{{Field: "until", Reason: "lies in the past"}}
	}
	return b.care(ctx, clinicID, patient, "pause", by, flows.Paused{By: by, Until: until})
}

// Resume ends a pause.
func (b *Bot) Resume(ctx context.Context, clinicID, patient, by string) error {
	return b.care(ctx, clinicID, patient, "resume", by, flows.Resumed{By: by})
}

// Discharge ends a patient's care; checks go on for a year.
func (b *Bot) Discharge(ctx context.Context, clinicID, patient, by string) error {
	return b.care(ctx, clinicID, patient, "discharge", by, flows.Discharged{By: by})
}

// care lets a clinician's word happen to a patient, and keeps who said it.
func (b *Bot) care(ctx context.Context, clinicID, patient, action, by string, event flows.Event) error {
	known, err := b.FindPatient(ctx, clinicID, patient)
	if err != nil {
		return err
	}
	return b.store.InTx(ctx, func(tx *storage.Tx) error { return b.careIn(ctx, tx, known, action, by, event) })
}

func (b *Bot) careIn(ctx context.Context, tx *storage.Tx, known storage.Patient, action, by string, event flows.Event) error {
	p, err := tx.LockPatient(ctx, known.ClinicID, known.ID)
	if err != nil {
		return err
	}
	if err := b.audit(ctx, tx, p.ClinicID, by, action, p.ID); err != nil {
		return err
	}
	return b.step(ctx, tx, p, event, b.now())
}

// CorrectPhone gives a patient another number. Whoever has it is asked whether
// they may be texted there, unless the patient has agreed to that number in
// writing. Nothing waits to leave to the old one any more.
func (b *Bot) CorrectPhone(ctx context.Context, clinicID, patient, phone string, consent ConsentEvidence, by string) error {
	known, err := b.FindPatient(ctx, clinicID, patient)
	if err != nil {
		return err
	}
	err = b.store.InTx(ctx, func(tx *storage.Tx) error { return b.correctPhoneIn(ctx, tx, known, phone, consent, by) })
	if err != nil {
		return fmt.Errorf("correct phone: %w", err)
	}
	return nil
}

func (b *Bot) correctPhoneIn(ctx context.Context, tx *storage.Tx, known storage.Patient, phone string, consent ConsentEvidence, by string) error {
	clinic, err := b.clinic(known.ClinicID)
	if err != nil {
		return err
	}
	var wrong FieldErrors
	number, err := phoneNumber(phone, clinic.Country)
	if err != nil {
		wrong.add("phone", "%s", err)
	}
	given := consent.read(b.now(), &wrong)
	if len(wrong) > 0 {
		return wrong
	}
	p, err := tx.LockPatient(ctx, known.ClinicID, known.ID)
	if err != nil {
		return err
	}
	if err := b.audit(ctx, tx, p.ClinicID, by, "correct phone", p.ID); err != nil {
		return err
	}
	p.Phone = number
	if err := b.step(ctx, tx, p, flows.PhoneShared{}, b.now()); err != nil {
		return err
	}
	if err := b.numberTheShared(ctx, tx, p, b.now()); err != nil {
		return err
	}
	if p, err = tx.LockPatient(ctx, p.ClinicID, p.ID); err != nil {
		return err
	}
	return b.step(ctx, tx, p, flows.ContactCorrected{By: by, Consent: given}, b.now())
}
