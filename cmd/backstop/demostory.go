package main

import (
	"context"
	"fmt"
	"time"

	"backstop/bot"
	"backstop/flows"
	"backstop/flows/copy"
	"backstop/flows/protocol"
	"backstop/flows/rehearse"
)

// storyPhone is the phone of the patient whose story the demo plays.
const storyPhone = "+13125550173"

// The pauses after each thing that somebody does in the story: the whole course
// is some 500 of them.
const (
	watching = 600 * time.Millisecond
	hurrying = 0
)

// tellStory plays the whole course of care on the page: the patient texts through
// the signed webhooks, the clock moves on between, and what comes back is the
// bot's own. What the people do is taken from the rehearsal of the same course.
func (p *play) tellStory(ctx context.Context, pause time.Duration) error {
	p.clock.hold() // everybody acts at the very moment, as in the rehearsal
	defer p.clock.release()
	id, start, err := p.storyBegins(ctx)
	if err != nil {
		return err
	}
	catalog, err := copy.For(p.clinic)
	if err != nil {
		return err
	}
	story := rehearse.Story(&flows.Clinic{Clinic: p.clinic, Copy: catalog}, start)
	for _, line := range story.Lines[1:] { // the first is the enrolment
		if line.Event == nil {
			continue
		}
		if err := p.clock.Skip(line.At); err != nil {
			return err
		}
		if err := p.act(ctx, id, line); err != nil {
			return fmt.Errorf("%s: %w", line.At.In(p.clinic.TimeZone).Format("Mon 2 Jan 15:04"), err)
		}
		if err := p.bot.Settle(ctx); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
	return nil
}

// storyBegins takes the story's patient into care on the next Monday at ten, and
// lets the demo's others rest meanwhile.
func (p *play) storyBegins(ctx context.Context) (id string, start time.Time, err error) {
	const ten = protocol.Clock(10 * 60)
	day := protocol.DateOf(p.clock.Now(), p.clinic.TimeZone).AddDays(1)
	for day.Weekday() != time.Monday {
		day = day.AddDays(1)
	}
	start = protocol.At(day, ten, p.clinic.TimeZone)
	for _, other := range cast {
		if err := p.bot.Pause(ctx, p.clinic.ID, other.ExternalID, time.Time{}, "demo"); err != nil {
			return "", start, err
		}
	}
	if err := p.clock.Skip(start); err != nil {
		return "", start, err
	}
	e := rehearse.Intake(&flows.Clinic{Clinic: p.clinic}, start)
	n := bot.NewPatient{Clinic: p.clinic.ID, ExternalID: "demo-story-" + day.String(), Name: "Sam Miller", Phone: storyPhone,
		Language: string(e.Language), TimeZone: e.TimeZone, Baseline: &e.Usual, Stage: string(e.Stage), Unit: string(e.Unit),
		Consent: bot.ConsentEvidence{Method: e.Consent.Method, At: start},
		Training: bot.NewTraining{Adult: e.Gate.Adult, ExaminedAt: start, Gear: e.Gate.Gear, Bodyweight: e.Gate.Bodyweight.Value,
			FlaresPerYear: e.History.FlaresPerYear, DaysOff: e.History.DaysOff}}
	patient, _, err := p.bot.Enrol(ctx, n, "demo")
	return patient.ID, start, err
}

// act lets the patient or the clinician of the story do what they do. An alert is
// left to whoever watches: resolving it is a button beside it.
func (p *play) act(ctx context.Context, id string, line rehearse.Line) error {
	switch event := line.Event.(type) {
	case flows.TextReceived:
		if d := p.sandbox.Twilio().Text(storyPhone, event.Text).Delivery; !d.OK() {
			return fmt.Errorf("the bot answered %d: %w", d.Status, d.Err)
		}
	case flows.AlertResolved:
	default:
		return p.bot.Handle(ctx, p.clinic.ID, id, line.Event)
	}
	return nil
}
