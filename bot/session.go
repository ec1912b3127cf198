package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"backstop/flows"
	"backstop/flows/reply"
	"backstop/storage"
)

// NewSession is a session that has ended.
type NewSession struct {
	Clinic     string       `json:"clinic"`  // may be empty where there is only one
	Patient    string       `json:"patient"` // our id, the clinic's own id, or a phone number
	ExternalID string       `json:"external_id"`
	EndedAt    time.Time    `json:"ended_at"` // required
	Kind       string       `json:"kind"`     // "visit", "gym", ...
	Lifts      []reply.Lift `json:"lifts"`
	Note       string       `json:"note"`
	PainDuring *float64     `json:"pain_during"` // 0-10, as the clinician saw it; nil when not seen
}

// LogSession keeps a session that ended and starts its follow-up, once for each
// external id: created is false for one that is known. Wrong fields are
// reported together, as FieldErrors.
func (b *Bot) LogSession(ctx context.Context, n NewSession, by string) (s storage.Session, created bool, err error) {
	now := b.now()
	clinic, patient, err := b.checkSession(ctx, n, now)
	if err != nil {
		return storage.Session{}, false, err
	}
	err = b.store.InTx(ctx, func(tx *storage.Tx) error {
		p, err := tx.LockPatient(ctx, clinic.ID, patient.ID)
		if err != nil {
			return err
		}
		s, created, err = tx.InsertSession(ctx, storage.Session{ClinicID: clinic.ID, PatientID: p.ID, ExternalID: n.ExternalID,
			EndedAt: storage.At(n.EndedAt), Kind: n.Kind, Note: n.Note}, now)
		if err != nil {
			return err
		}
		if !created {
			if s.PatientID != p.ID {
				return FieldErrors{{Field: "external_id", Reason: "a session of another patient has this id"}}
			}
			return nil
		}
		for _, l := range n.Lifts {
			if err := tx.InsertLift(ctx, storage.Lift{ClinicID: clinic.ID, PatientID: p.ID, SessionID: s.ID, At: s.EndedAt,
				Work: storage.Work{Lift: l, Source: "clinician"}}); err != nil {
				return err
			}
		}
		if err := b.audit(ctx, tx, clinic.ID, by, "log session", s.ID); err != nil {
			return err
		}
		return b.step(ctx, tx, p, flows.SessionFinished{Session: s.ID, EndedAt: s.EndedAt.Time, Kind: n.Kind,
			Lifts: n.Lifts, PainDuring: n.PainDuring}, now)
	})
	if err != nil {
		return storage.Session{}, false, fmt.Errorf("log session: %w", err)
	}
	return s, created, nil
}

// CheckSession says everything that is wrong with a session, as FieldErrors, and
// changes nothing.
func (b *Bot) CheckSession(ctx context.Context, n NewSession) error {
	_, _, err := b.checkSession(ctx, n, b.now())
	return err
}

// checkSession reads every field and reports all that are wrong.
func (b *Bot) checkSession(ctx context.Context, n NewSession, now time.Time) (*flows.Clinic, storage.Patient, error) {
	var wrong FieldErrors
	clinic, err := b.clinicNamed(n.Clinic)
	if err != nil {
		wrong.add("clinic", "%s", err)
		return nil, storage.Patient{}, wrong
	}
	patient, err := b.findPatient(ctx, clinic, n.Patient)
	if err != nil {
		var field FieldErrors
		if !errors.As(err, &field) {
			return nil, storage.Patient{}, err
		}
		wrong = append(wrong, field...)
	}
	switch {
	case n.EndedAt.IsZero():
		wrong.add("ended_at", "when the session ended is missing")
	case n.EndedAt.After(now.Add(time.Hour)):
		wrong.add("ended_at", "lies in the future; log a session when it has ended")
	}
	if n.PainDuring != nil && !isPain(*n.PainDuring) {
		wrong.add("pain_during", "not a pain from 0 to 10 in halves")
	}
	for i, l := range n.Lifts {
		if l.Load < 0 || (l.Load > 0 && l.Unit != reply.Kilogram && l.Unit != reply.Pound) {
			wrong.add(fmt.Sprintf("lifts[%d].unit", i), "a load needs its unit, kg or lb")
		}
	}
	if len(wrong) > 0 {
		return nil, storage.Patient{}, wrong
	}
	return clinic, patient, nil
}

// FindPatient finds a patient of a clinic (which may be left out where there is
// only one) by our id, the clinic's own id, or their phone. Who is not found is
// a FieldErrors.
func (b *Bot) FindPatient(ctx context.Context, clinicID, name string) (storage.Patient, error) {
	clinic, err := b.clinicNamed(clinicID)
	if err != nil {
		return storage.Patient{}, FieldErrors{{Field: "clinic", Reason: err.Error()}}
	}
	return b.findPatient(ctx, clinic, name)
}

func (b *Bot) findPatient(ctx context.Context, clinic *flows.Clinic, name string) (storage.Patient, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return storage.Patient{}, FieldErrors{{Field: "patient", Reason: "which patient? give our id, your own id, or the phone number"}}
	}
	for _, find := range []func() (storage.Patient, error){
		func() (storage.Patient, error) { return b.store.PatientByID(ctx, clinic.ID, name) },
		func() (storage.Patient, error) { return b.store.PatientByExternalID(ctx, clinic.ID, name) },
		func() (storage.Patient, error) {
			phone, err := phoneNumber(name, clinic.Country)
			if err != nil {
				return storage.Patient{}, storage.ErrNotFound
			}
			return b.store.PatientByPhone(ctx, clinic.ID, phone)
		},
	} {
		p, err := find()
		switch {
		case err == nil:
			return p, nil
		case errors.Is(err, storage.ErrShared):
			return storage.Patient{}, FieldErrors{{Field: "patient", Reason: "several patients share this phone; give an id"}}
		case !errors.Is(err, storage.ErrNotFound):
			return storage.Patient{}, err
		}
	}
	return storage.Patient{}, FieldErrors{{Field: "patient", Reason: "no patient of this clinic has this id or phone"}}
}
