package bot

import (
	"context"
	"fmt"
	"time"

	"backstop/flows"
	"backstop/flows/protocol"
	"backstop/storage"
)

const (
	formPromise = "promise"
	promiseNone = "none"
)

// acknowledge says that somebody takes care, ends the escalation, and asks
// whether the patient may be told when.
func (a *act) acknowledge(ctx context.Context) (Pressed, error) {
	_, p, err := a.alertAndPatient(ctx)
	if err != nil {
		return Pressed{}, err
	}
	alert, won, err := a.tx.AcknowledgeAlert(ctx, a.clinic.ID, a.about, a.user, a.now)
	if err != nil {
		return Pressed{}, err
	}
	if !won {
		return Pressed{Say: already(a.clinic, alert)}, nil
	}
	if err := a.audit(ctx, "acknowledge", alert.ID); err != nil {
		return Pressed{}, err
	}
	if err := a.bot.taken(ctx, a.tx, a.clinic, alert); err != nil {
		return Pressed{}, err
	}
	out := Pressed{Done: true}
	if p.ID != "" {
		out.Form = a.promiseForm(alert, p)
	}
	return out, nil
}

// taken plans when an acknowledged alert is brought up again, and shows on its
// card who has it.
func (b *Bot) taken(ctx context.Context, tx *storage.Tx, clinic *flows.Clinic, alert storage.Alert) error {
	alert.WakeAt(forgottenAt(clinic, alert.Level, b.now()), b.now())
	if err := tx.SaveAlert(ctx, alert); err != nil {
		return err
	}
	card, err := b.refreshCard(ctx, tx, alert)
	if err != nil {
		return err
	}
	return b.inThread(ctx, tx, clinic, alert, card, nameOf(clinic, alert.AcknowledgedBy)+" took this.")
}

// inThread leaves a step in the life of an alert as a silent line in the thread of
// its card, so that it can be read from its beginning to its end.
func (b *Bot) inThread(ctx context.Context, tx *storage.Tx, clinic *flows.Clinic, alert storage.Alert, card, line string) error {
	if card == "" {
		return nil
	}
	c := carrier{bot: b, tx: tx, clinic: clinic, now: b.now()}
	c.patient.ID = alert.PatientID
	p, err := c.putPost(ctx, storage.Post{Kind: postLine, Channel: clinic.Slack.Channel}, postContent{Parent: card, Line: line})
	if err != nil {
		return err
	}
	b.showInTurn(ctx, tx, p.Channel, clinic.ID, p.ID)
	return nil
}

// promiseForm offers times the clinic can keep.
func (a *act) promiseForm(alert storage.Alert, p storage.Patient) *Form {
	choices := []Choice{{promiseNone, "Nothing yet"}}
	for _, at := range promiseTimes(a.clinic.Clinic, a.now) {
		choices = append(choices, Choice{at.UTC().Format(time.RFC3339), "I will call by " + at.In(a.clinic.TimeZone).Format("Mon 15:04")})
	}
	return &Form{
		Name: formPromise, About: alert.ID, Title: "You have it", Submit: "Tell the patient",
		Said: []Said{{Ours: alertLine(a.clinic, alert, p)}, {Ours: "The alert is yours, and nobody else is called. Shall the patient be told when to expect you? A promise that is not kept calls the next clinician."}},
		Fields: []Field{{
			Name: "by", Label: "Tell the patient", Kind: FieldChoice, Value: promiseNone, Choices: choices,
			Hint: "They get it as a text at once.",
		}},
	}
}

// promiseTimes are the moments offered: within the hour, and the round hours
// and closing times of open days that come next.
func promiseTimes(clinic protocol.Clinic, now time.Time) []time.Time {
	const most = 6
	times := []time.Time{now.Add(time.Hour).Truncate(5 * time.Minute)}
	for at := now.Add(2 * time.Hour).Truncate(time.Hour); len(times) < most && at.Before(now.Add(96*time.Hour)); at = at.Add(time.Hour) {
		hour := at.In(clinic.TimeZone).Hour()
		if (hour == 12 || hour == 15 || hour == 17) && clinic.OfficeOpen(at.Add(-time.Minute)) {
			times = append(times, at)
		}
	}
	return times
}

// promise keeps by when the patient was told to expect a call. The alert wakes
// again at that time.
func (a *act) promise(ctx context.Context) (Pressed, error) {
	if a.fields["by"] == promiseNone || a.fields["by"] == "" {
		return Pressed{Done: true}, nil
	}
	by := momentOf(a.fields["by"])
	if !by.After(a.now) {
		return Pressed{Wrong: FieldErrors{{Field: "by", Reason: "choose a time to come"}}}, nil
	}
	alert, p, err := a.alertAndPatient(ctx)
	if err != nil {
		return Pressed{}, err
	}
	if alert.State != storage.AlertAcknowledged || alert.AcknowledgedBy != a.user {
		return Pressed{Say: "This alert is not yours any more: nothing was promised."}, nil
	}
	if err := a.keepPromise(ctx, alert, p, by); err != nil {
		return Pressed{}, err
	}
	return Pressed{Done: true}, a.audit(ctx, "promise", alert.ID)
}

// momentOf reads a moment a choice of ours stands for; the zero time for none.
func momentOf(value string) time.Time {
	at, err := time.Parse(time.RFC3339, value)
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}

// promised is a promise in a clinician's words.
func promised(by time.Time, zone *time.Location) string {
	return fmt.Sprintf("The patient was promised a call by %s", by.In(zone).Format("Mon 15:04"))
}
