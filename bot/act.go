package bot

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"backstop/flows"
	"backstop/flows/protocol"
	"backstop/storage"
)

// act is one clinician doing one thing, in one transaction.
type act struct {
	bot    *Bot
	tx     *storage.Tx
	clinic *flows.Clinic
	user   string // Slack user id
	about  string // the id of an alert, a patient or a text
	key    string // names the press or dialog
	fields map[string]string
	now    time.Time
}

// notYours is what somebody hears whom the clinic file does not name.
const notYours = "Only this clinic's clinicians can do that. The clinic file says who they are."

// notInChannel is what somebody hears whom the clinic file names and who has left
// the channel, or was never in it.
const notInChannel = "Only members of the clinic's channel can do that. Join it, then try again."

// once runs an act in a transaction, unless the same press or dialog has been
// acted on: then nothing happens. Wrong fields leave the dialog open to be sent again.
func (b *Bot) once(ctx context.Context, clinic *flows.Clinic, a act, do func(*act, context.Context) (Pressed, error)) (Pressed, error) {
	var out Pressed
	err := b.store.InTx(ctx, func(tx *storage.Tx) error {
		out = Pressed{}
		a := a
		a.bot, a.tx, a.clinic, a.now = b, tx, clinic, b.now()
		first, err := tx.FirstTime(ctx, "press:"+a.key, a.now)
		if err != nil || !first {
			return err
		}
		if out, err = do(&a, ctx); err == nil && len(out.Wrong) > 0 {
			return out.Wrong
		}
		return err
	})
	var wrong FieldErrors
	switch {
	case errors.As(err, &wrong):
		return Pressed{Wrong: wrong}, nil
	case errors.Is(err, storage.ErrNotFound):
		return Pressed{Say: "This is not known here any more."}, nil
	}
	return out, err
}

// carrier carries out effects about a patient in the act's transaction.
func (a *act) carrier(p storage.Patient) *carrier {
	return &carrier{bot: a.bot, tx: a.tx, clinic: a.clinic, patient: p, now: a.now}
}

// alertAndPatient locks what an act on an alert is about: the patient before
// the alert, as everywhere. An alert from an unknown number has no patient.
func (a *act) alertAndPatient(ctx context.Context) (alert storage.Alert, p storage.Patient, err error) {
	known, err := a.tx.AlertByID(ctx, a.clinic.ID, a.about)
	if err != nil {
		return alert, p, err
	}
	if known.PatientID != "" {
		if p, err = a.tx.LockPatient(ctx, a.clinic.ID, known.PatientID); err != nil {
			return alert, p, err
		}
	}
	alert, err = a.tx.LockAlert(ctx, a.clinic.ID, a.about)
	return alert, p, err
}

// patient locks the patient an act is about, or the one of the alert it is about.
func (a *act) patient(ctx context.Context) (storage.Patient, error) {
	id := a.about
	alert, err := a.tx.AlertByID(ctx, a.clinic.ID, a.about)
	switch {
	case err == nil && alert.PatientID == "":
		return storage.Patient{}, storage.ErrNotFound
	case err == nil:
		id = alert.PatientID
	case !errors.Is(err, storage.ErrNotFound):
		return storage.Patient{}, err
	}
	return a.tx.LockPatient(ctx, a.clinic.ID, id)
}

// audit keeps who did what to what.
func (a *act) audit(ctx context.Context, action, subject string) error {
	return a.bot.audit(ctx, a.tx, a.clinic.ID, a.user, action, subject)
}

// place is where in Slack somebody acts.
type place struct {
	team    string
	channel string // empty in the home view and in dialogs
	clinic  string // what the home view or the dialog was made for; empty elsewhere
}

// clinicFor finds the clinic somebody acts for: the one that the dialog or the
// home view was made for, that of the channel, or the first they work at. Whoever
// may not act there hears why.
func (b *Bot) clinicFor(ctx context.Context, at place, user string) (clinic *flows.Clinic, why string) {
	ok := true
	switch of, known := b.clinicOfChannel(at); {
	case at.clinic != "":
		clinic, ok = b.clinics[at.clinic]
	case known:
		clinic = of
	default:
		theirs := b.clinicsOf(at.team, user)
		if ok = len(theirs) > 0; ok {
			clinic = theirs[0]
		}
	}
	switch {
	case !ok || !inTeam(clinic, at.team) || !mayAct(clinic, user):
		return nil, notYours
	case !b.inChannel(ctx, clinic, user):
		return nil, notInChannel
	}
	return clinic, ""
}

// clinicOfChannel is the clinic whose alerts a channel shows.
func (b *Bot) clinicOfChannel(at place) (*flows.Clinic, bool) {
	for _, clinic := range b.clinics {
		s := clinic.Slack
		if at.channel != "" && inTeam(clinic, at.team) && (s.Channel == at.channel || s.Fallback == at.channel) {
			return clinic, true
		}
	}
	return nil, false
}

// clinicsOf are the clinics of a workspace that somebody works at, by id.
func (b *Bot) clinicsOf(team, user string) []*flows.Clinic {
	var theirs []*flows.Clinic
	for _, id := range slices.Sorted(maps.Keys(b.clinics)) {
		if clinic := b.clinics[id]; inTeam(clinic, team) && mayAct(clinic, user) {
			theirs = append(theirs, clinic)
		}
	}
	return theirs
}

// mayAct reports whether the clinic file names somebody.
func mayAct(clinic *flows.Clinic, user string) bool {
	if _, ok := clinicianOf(clinic, user); ok {
		return true
	}
	for _, c := range clinic.OnCall {
		if c.SlackID != "" && c.SlackID == user {
			return true
		}
	}
	return false
}

func clinicianOf(clinic *flows.Clinic, user string) (protocol.Clinician, bool) {
	for _, c := range clinic.Slack.Clinicians {
		if c.SlackID == user {
			return c, true
		}
	}
	return protocol.Clinician{}, false
}

// mayDecide reports whether somebody may approve stages and clear red flags: a
// clinician, or somebody on call. The front desk may not.
func mayDecide(clinic *flows.Clinic, user string) bool {
	c, ok := clinicianOf(clinic, user)
	if !ok {
		return mayAct(clinic, user)
	}
	return len(c.Roles) == 0 || slices.Contains(c.Roles, "clinician")
}

// nameOf is how a line of ours names somebody: as the clinic file does, else by
// their Slack id, which Slack shows as a name.
func nameOf(clinic *flows.Clinic, user string) string {
	if c, ok := clinicianOf(clinic, user); ok {
		return c.Name
	}
	for _, c := range clinic.OnCall {
		if c.SlackID != "" && c.SlackID == user {
			return c.Name
		}
	}
	return user
}

func (b *Bot) audit(ctx context.Context, tx *storage.Tx, clinicID, actor, action, subject string) error {
	err := tx.Audit(ctx, storage.AuditEntry{ClinicID: clinicID, At: storage.At(b.now()), Actor: actor, Action: action, Subject: subject})
	if err != nil {
		return fmt.Errorf("audit %s: %w", action, err)
	}
	return nil
}
