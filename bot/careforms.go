package bot

import (
	"context"
	"fmt"
	"slices"

	"backstop/flows"
	"backstop/storage"
)

// The forms about a patient's care beside the patient's own.
const (
	formCancel    = "cancel"
	formPhone     = "phone"
	formDischarge = "discharge"
)

// cancellableDays is how far back a session can be taken back from Slack.
const cancellableDays = 28

// cancelForm lists the sessions that can be taken back, the newest first.
func (b *Bot) cancelForm(ctx context.Context, clinic *flows.Clinic, _ string, p storage.Patient) (Pressed, error) {
	sessions, err := b.store.Sessions(ctx, clinic.ID, p.ID, b.now().AddDate(0, 0, -cancellableDays))
	if err != nil {
		return Pressed{}, err
	}
	if len(sessions) == 0 {
		return Pressed{Say: fmt.Sprintf("%s has no session in the last %d days.", calledInSlack(clinic, p), cancellableDays)}, nil
	}
	slices.Reverse(sessions)
	var choices []Choice
	for _, s := range sessions {
		label := s.EndedAt.In(clinic.TimeZone).Format("Mon Jan 2 15:04")
		if s.Kind != "" {
			label += ", " + s.Kind
		}
		choices = append(choices, Choice{s.ID, label})
	}
	return Pressed{Form: &Form{Name: formCancel, About: p.ID, Title: "Cancel a session", Submit: "Take it back",
		Said:   []Said{whose(clinic, p), {Ours: "It did not take place, or was logged by mistake: nothing more is asked about it, and its lifts leave the record. After the newest session the next load and the bests are again what they were; after an older one look at the next load yourself."}},
		Fields: []Field{{Name: "session", Label: "Which one?", Kind: FieldChoice, Value: choices[0].Value, Choices: choices}}}}, nil
}

func (a *act) cancelSession(ctx context.Context) (Pressed, error) {
	s, err := a.tx.SessionByID(ctx, a.clinic.ID, a.fields["session"])
	if err != nil {
		return Pressed{}, err
	}
	if s.PatientID != a.about {
		return Pressed{}, storage.ErrNotFound
	}
	return a.ended(a.bot.cancelSession(ctx, a.tx, a.clinic, s.ID, a.user))
}

// phoneForm takes another number. The one that is known is not shown: looking at
// it is an act of its own, in the record.
func (b *Bot) phoneForm(_ context.Context, clinic *flows.Clinic, _ string, p storage.Patient) (Pressed, error) {
	return Pressed{Form: &Form{Name: formPhone, About: p.ID, Title: "Another number", Submit: "Change",
		Said: []Said{whose(clinic, p), {Ours: "Nothing more leaves to the old number. Whoever has the new one is asked by text before anything else, unless they have agreed already."}},
		Fields: []Field{
			{Name: "phone", Label: "The right number", Kind: FieldText, Most: 30, Hint: "As you would write it."},
			{Name: "consent", Label: "How did they agree to texts there?", Kind: FieldChoice, Value: consentAsk, Choices: consentMethods},
		}}}, nil
}

func (a *act) correctPhone(ctx context.Context) (Pressed, error) {
	p, err := a.tx.PatientByID(ctx, a.clinic.ID, a.about)
	if err != nil {
		return Pressed{}, err
	}
	var consent ConsentEvidence
	if method := a.fields["consent"]; method != consentAsk && method != "" {
		consent = ConsentEvidence{Method: method, At: a.now}
	}
	return a.ended(a.bot.correctPhoneIn(ctx, a.tx, p, a.fields["phone"], consent, a.user))
}

// dischargeForm says what a discharge means, so that nobody does it by accident.
func (b *Bot) dischargeForm(_ context.Context, clinic *flows.Clinic, user string, p storage.Patient) (Pressed, error) {
	switch {
	case !mayDecide(clinic, user):
		return Pressed{Say: onlyClinicians}, nil
	case !p.Snapshot.Course.Discharged.IsZero():
		return Pressed{Say: calledInSlack(clinic, p) + " was discharged on " + p.Snapshot.Course.Discharged.In(clinic.TimeZone).Format("Mon Jan 2") + "."}, nil
	}
	return Pressed{Form: &Form{Name: formDischarge, About: p.ID, Title: "Discharge", Submit: "Discharge",
		Said: []Said{whose(clinic, p), {Ours: "The plan is finished: homework and questions about sessions end, the patient is told, and checks go on for a year, fewer and fewer. An open flare-up is seen to its end. Setting a stage takes them back into care."}}}}, nil
}

func (a *act) discharge(ctx context.Context) (Pressed, error) {
	if !mayDecide(a.clinic, a.user) {
		return Pressed{Say: onlyClinicians}, nil
	}
	p, err := a.tx.PatientByID(ctx, a.clinic.ID, a.about)
	if err != nil {
		return Pressed{}, err
	}
	return a.ended(a.bot.careIn(ctx, a.tx, p, "discharge", a.user, flows.Discharged{By: a.user}))
}

// onlyClinicians is what the front desk hears about decisions on care.
const onlyClinicians = "Only a clinician can change a patient's care."

// ended is what comes of an act: done, or what is wrong at which field.
func (a *act) ended(err error) (Pressed, error) {
	if wrong, ok := asFieldErrors(err); ok {
		return Pressed{Wrong: wrong}, nil
	}
	return Pressed{Done: err == nil}, err
}
