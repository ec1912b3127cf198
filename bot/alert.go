package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"backstop/flows"
	"backstop/flows/protocol"
	"backstop/storage"
)

// alertContent is what an alert says, kept sealed with it.
type alertContent struct {
	Headline  string `json:"headline"`
	Words     string `json:"words,omitempty"`
	Reading   string `json:"reading,omitempty"`
	Trend     string `json:"trend,omitempty"`
	Told      string `json:"told,omitempty"`
	Why       string `json:"why,omitempty"`
	Because   string `json:"because,omitempty"` // a patient's words
	Escalated string `json:"escalated,omitempty"`
	StepsDone int    `json:"steps_done,omitempty"` // steps of the escalation that were taken

	PromiseBy time.Time `json:"promise_by,omitzero"` // when the patient was told to expect a call
	Rung      int       `json:"rung,omitempty"`      // how many on call were called so far
	Dropped   string    `json:"dropped,omitempty"`   // who took it and let it lie
	Reminded  bool      `json:"reminded,omitempty"`  // whoever took it was reminded once
	LastRung  bool      `json:"last_rung,omitempty"` // the patient was told whom to ring
	Outcome   string    `json:"outcome,omitempty"`   // the code of what came of it
	Useful    string    `json:"useful,omitempty"`    // "yes" or "no"; empty while nobody has said

	Under string   `json:"under,omitempty"` // the post in whose thread the card stands; empty for a message of its own
	Worst *float64 `json:"worst,omitempty"` // the highest pain told so far, 0-10

	newer map[string]json.RawMessage // all that was read, where a newer version keeps more in it
}

// raiseAlert opens an alert with its card, or adds news to the open one: the
// card is brought up to date and the news goes into its thread.
func (c *carrier) raiseAlert(ctx context.Context, e flows.RaiseAlert) error {
	content := alertContent{Headline: e.Headline, Words: e.Words, Reading: e.Reading, Trend: e.Trend, Told: e.Told, Why: e.Why, Because: e.Because, Worst: e.Pain}
	payload, err := json.Marshal(content)
	if err != nil {
		return err
	}
	opened := storage.Alert{ClinicID: c.clinic.ID, PatientID: c.patient.ID, Key: e.Key, Level: e.Level, OpenedAt: storage.At(c.now), Payload: payload}
	opened.WakeAt(firstStep(c.clinic, e.Level, c.now), c.now)
	a, created, err := c.tx.OpenAlert(ctx, opened)
	if err != nil {
		return err
	}
	if !created {
		return c.alertNews(ctx, a, e, content)
	}
	if content.Under, err = c.under(ctx, a); err != nil {
		return err
	}
	if content.Under != "" {
		if a.Payload, err = json.Marshal(content); err != nil {
			return err
		}
		if err := c.tx.SaveAlert(ctx, a); err != nil {
			return err
		}
	}
	return c.post(ctx, storage.Post{AlertID: a.ID, Kind: postCard, Channel: c.clinic.Slack.Channel},
		postContent{Parent: content.Under}, urgencyOf(e.Level))
}

// contentOf is what an alert says; nothing of one that cannot be read.
func contentOf(a storage.Alert) alertContent {
	var content alertContent
	if json.Unmarshal(a.Payload, &content) != nil {
		return alertContent{}
	}
	return content
}

func headlineOf(a storage.Alert) string { return contentOf(a).Headline }

// keep takes over what happened to an alert; the news are about the patient.
func (c *alertContent) keep(known alertContent) {
	c.Escalated, c.StepsDone, c.Rung, c.Dropped = known.Escalated, known.StepsDone, known.Rung, known.Dropped
	c.PromiseBy, c.Reminded, c.LastRung, c.Under = known.PromiseBy, known.Reminded, known.LastRung, known.Under
	c.newer = known.newer
	if c.Worst == nil || known.Worst != nil && *known.Worst > *c.Worst {
		c.Worst = known.Worst
	}
}

// withdrawAlert resolves an alert in the patient's own name: what they said took its ground away.
func (c *carrier) withdrawAlert(ctx context.Context, e flows.WithdrawAlert) error {
	alerts, err := c.tx.AlertsOf(ctx, c.clinic.ID, c.patient.ID, 20)
	if err != nil {
		return err
	}
	for _, a := range alerts {
		if a.Key != e.Key || a.State == storage.AlertResolved {
			continue
		}
		a, _, err := c.tx.ResolveAlert(ctx, c.clinic.ID, a.ID, cmp.Or(e.By, resolvedByPatient), e.Outcome, c.now)
		if err != nil {
			return err
		}
		_, err = c.refreshCard(ctx, a)
		return err
	}
	return nil
}

// refreshCards has the cards of the patient's alerts brought up to date: what is texted
// next is another thing now.
func (c *carrier) refreshCards(ctx context.Context) error {
	alerts, err := c.tx.AlertsOf(ctx, c.clinic.ID, c.patient.ID, 20)
	for _, a := range alerts {
		if err == nil && a.State != storage.AlertResolved {
			_, err = c.refreshCard(ctx, a)
		}
	}
	return err
}

// resolvedByPatient stands where a clinician's name would, when the patient's answer closed an alert.
const resolvedByPatient = "patient"

// refreshCard has an alert's card brought up to date and returns the card's post.
func (c *carrier) refreshCard(ctx context.Context, a storage.Alert) (string, error) {
	return c.bot.refreshCard(ctx, c.tx, a)
}

func (b *Bot) refreshCard(ctx context.Context, tx *storage.Tx, a storage.Alert) (string, error) {
	posts, err := tx.PostsOfAlert(ctx, a.ClinicID, a.ID)
	if err != nil || len(posts) == 0 {
		return "", err
	}
	card, err := tx.LockPost(ctx, posts[0].ID) // its picture may be coming
	if err != nil {
		return "", err
	}
	if err := tx.ChangePost(ctx, card); err != nil {
		return "", err
	}
	if above := contentOf(a).Under; above != "" {
		if err := b.refreshFlood(ctx, tx, a.ClinicID, above); err != nil {
			return "", err
		}
	}
	return card.ID, b.showSoon(ctx, tx, a.ClinicID, card.ID, urgencyOf(a.Level))
}

// firstStep is when an alert of a level is escalated if nobody acknowledges it.
func firstStep(clinic *flows.Clinic, level flows.Level, now time.Time) time.Time {
	rules := clinic.Protocol.Alerts
	switch level {
	case flows.P1:
		return now.Add(rules.P1Ack)
	case flows.P1b:
		return now.Add(rules.P1bAck)
	case flows.P2:
		return clinic.AddOfficeHours(now, rules.P2Ack)
	case flows.P3:
		return clinic.AddWorkingDays(now, rules.P3Ack)
	}
	return time.Time{}
}

func urgencyOf(level flows.Level) int {
	if level == flows.P1 || level == flows.P1b {
		return priorityUrgent
	}
	return priorityNormal
}

// cardOf is an alert as clinicians see it, as much of the patient as the clinic file allows.
func cardOf(clinic *flows.Clinic, a storage.Alert, p storage.Patient) (*Card, error) {
	var content alertContent
	if err := json.Unmarshal(a.Payload, &content); err != nil {
		return nil, fmt.Errorf("read alert %s: %w", a.ID, err)
	}
	card := &Card{
		AlertID: a.ID, Level: a.Level, Patient: calledInSlack(clinic, p), Headline: content.Headline,
		Reading: content.Reading, Trend: content.Trend, Told: content.Told, Why: content.Why, OpenedAt: a.OpenedAt.Time,
		State: string(a.State), AcknowledgedBy: a.AcknowledgedBy, AcknowledgedAt: a.AcknowledgedAt.Time,
		ResolvedBy: a.ResolvedBy, ResolvedAt: a.ResolvedAt.Time, Outcome: a.Outcome, Escalated: content.Escalated,
		Useful: content.Useful, NoPatient: a.PatientID == "",
		Zone: clinic.TimeZone, Mention: a.Level == flows.P1 && a.State == storage.AlertOpen,
	}
	card.Next = nextOf(clinic, a, content, p)
	if p.ID != "" {
		card.Stage = stageName(p.Snapshot.Stage)
	}
	if asked := p.Snapshot.Training.Asked.Stage; asked != "" && a.Key == approvalOf(asked) && a.State != storage.AlertResolved {
		card.Approve = stageName(asked)
	}
	card.OptOut = a.Key == flows.MayStopKey && a.State != storage.AlertResolved
	if !content.PromiseBy.IsZero() {
		card.Promised = promised(content.PromiseBy, clinic.TimeZone)
	}
	if clinic.Slack.QuoteWords {
		card.Words = content.Words
		if content.Because != "" {
			card.Why += ", because of: " + content.Because
		}
	}
	return card, nil
}

// calledInSlack is as much of a patient's name as the clinic lets Slack show.
func calledInSlack(clinic *flows.Clinic, p storage.Patient) string {
	if p.ID == "" {
		return "Unknown number"
	}
	const caseDigits = 6
	caseNumber := "case " + p.ID[len(p.ID)-caseDigits:]
	switch {
	case clinic.Slack.Show == protocol.ShowName && p.Name != "":
		return p.Name
	case clinic.Slack.Show == protocol.ShowInitials && initials(p.Name) != "":
		return initials(p.Name)
	}
	return caseNumber
}
