package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"backstop/flows"
	"backstop/storage"
)

const formPatient = "patient"

// openPatient shows one clinician a patient. Looking is in the record.
func (b *Bot) openPatient(ctx context.Context, clinic *flows.Clinic, user string, p storage.Patient) (Pressed, error) {
	err := b.store.InTx(ctx, func(tx *storage.Tx) error { return b.audit(ctx, tx, clinic.ID, user, "view", p.ID) })
	if err != nil {
		return Pressed{}, err
	}
	said, err := b.patientSaid(ctx, clinic, p)
	if err != nil {
		return Pressed{}, err
	}
	return Pressed{Form: &Form{Name: formPatient, About: p.ID, Title: short(calledInSlack(clinic, p)), Submit: "Save",
		Said: said, Also: alsoAbout(p), Fields: patientFields(clinic, p)}}, nil
}

// alsoAbout are the ways from a patient to everything else about them.
func alsoAbout(p storage.Patient) []Button {
	return []Button{
		{ActionText, p.ID, "Text", false},
		{ActionCall, p.ID, "Call", false},
		{ActionCommand, "session " + p.ID, "Log a session", false},
		{ActionCommand, "plan " + p.ID, "Homework", false},
		{ActionCommand, "cancel " + p.ID, "Cancel a session", false},
		{ActionCommand, "phone " + p.ID, "Another number", false},
		{ActionCommand, "discharge " + p.ID, "Discharge", false},
	}
}

// short fits a dialog's title.
func short(s string) string {
	const most = 24
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return string(runes[:most-1]) + "…"
}

// patientSaid is what stands above a patient's fields.
func (b *Bot) patientSaid(ctx context.Context, clinic *flows.Clinic, p storage.Patient) ([]Said, error) {
	s := p.Snapshot
	lines := []string{
		stageName(s.Stage) + fmt.Sprintf(", usual pain %g", s.Usual),
		"Texts: " + consentName(s.Consent) + pausedName(s.Paused),
	}
	if s.Episode.Kind != flows.EpisodeNone {
		lines = append(lines, fmt.Sprintf("In a %s since %s, peak %g", episodeName(s.Episode.Kind), s.Episode.Onset.In(clinic.TimeZone).Format("Mon Jan 2"), s.Episode.Peak))
	}
	if !s.Course.Discharged.IsZero() {
		lines = append(lines, "Discharged on "+s.Course.Discharged.In(clinic.TimeZone).Format("Mon Jan 2")+". Setting a stage takes them back into care.")
	}
	if s.Training.Asked.Stage != "" {
		lines = append(lines, "Waits for your approval: "+stageName(s.Training.Asked.Stage))
	}
	if s.RedFlag.Open() {
		lines = append(lines, "A red flag is open since "+s.RedFlag.At.In(clinic.TimeZone).Format("Mon Jan 2 15:04"))
	}
	course, err := b.course(ctx, clinic, p)
	if err != nil {
		return nil, err
	}
	lines = append(lines, course.Describe())
	if next, ok := dueToday(p, zoneOf(clinic, p), b.now()); ok {
		lines = append(lines, "Next: "+dueName(next.Kind)+" at "+next.At.In(zoneOf(clinic, p)).Format("15:04"))
	}
	return []Said{{Ours: strings.Join(lines, "\n")}}, nil
}

func consentName(c flows.Consent) string {
	switch c.State {
	case flows.ConsentGiven:
		return "agreed"
	case flows.ConsentAsked:
		return "asked, no answer yet"
	case flows.ConsentStopped:
		return "stopped by the patient"
	case flows.ConsentWrong:
		if c.Unreachable() {
			return "do not reach this number"
		}
		return "wrong number"
	case flows.ConsentNone:
	}
	return "not agreed"
}

func pausedName(paused bool) string {
	if paused {
		return ", paused by a clinician"
	}
	return ""
}

// pressPlan opens the patient a button is about.
func (b *Bot) pressPlan(ctx context.Context, clinic *flows.Clinic, p Press) (Pressed, error) {
	id := p.About
	alert, err := b.store.AlertByID(ctx, clinic.ID, p.About)
	switch {
	case err == nil:
		id = alert.PatientID
	case !errors.Is(err, storage.ErrNotFound):
		return Pressed{}, err
	}
	patient, err := b.store.PatientByID(ctx, clinic.ID, id)
	if errors.Is(err, storage.ErrNotFound) {
		return Pressed{Say: "This is not known here any more."}, nil
	}
	if err != nil {
		return Pressed{}, err
	}
	return b.openPatient(ctx, clinic, p.User, patient)
}
