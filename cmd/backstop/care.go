package main

import (
	"context"
	"errors"
	"fmt"

	"backstop/bot"
)

// careSettings name a patient whose care is changed.
type careSettings struct {
	deskSettings

	Patient string `arg:"" help:"Our id, the clinic's own id, or the phone number."`
	Clinic  string `help:"The clinic; may be left out where the clinic file has one." placeholder:"ID"`
}

// change opens the desk, changes one thing, and says so.
func (c careSettings) change(ctx context.Context, std *stdio, did string, f func(*bot.Bot) error) (err error) {
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	if err := f(d.bot); err != nil {
		return asFlags(err)
	}
	_, err = fmt.Fprintf(std.Out, "%s: %s\n", c.Patient, did)
	return err
}

type patientPauseCmd struct {
	careSettings

	Until *moment `help:"Until when, like 2026-03-02T17:30:00-06:00; without it until 'patient resume'." placeholder:"TIME"`
}

// Help shows an example.
func (patientPauseCmd) Help() string {
	return "Example:\n  backstop patient pause MRN-1042 --until 2026-03-02T08:00:00-06:00\nAnswers to what the patient writes still leave."
}

// Run stops what the patient did not ask for.
func (c *patientPauseCmd) Run(ctx context.Context, std *stdio) error {
	return c.change(ctx, std, "paused", func(b *bot.Bot) error {
		var until moment
		if c.Until != nil {
			until = *c.Until
		}
		return b.Pause(ctx, c.Clinic, c.Patient, until.Time, actor)
	})
}

type patientResumeCmd struct{ careSettings }

// Help shows an example.
func (patientResumeCmd) Help() string { return "Example:\n  backstop patient resume MRN-1042" }

// Run ends a pause.
func (c *patientResumeCmd) Run(ctx context.Context, std *stdio) error {
	return c.change(ctx, std, "check-ins go on", func(b *bot.Bot) error { return b.Resume(ctx, c.Clinic, c.Patient, actor) })
}

type patientDischargeCmd struct{ careSettings }

// Help shows an example.
func (patientDischargeCmd) Help() string {
	return "Example:\n  backstop patient discharge MRN-1042\nChecks go on for a year, fewer and fewer."
}

// Run ends a patient's care.
func (c *patientDischargeCmd) Run(ctx context.Context, std *stdio) error {
	return c.change(ctx, std, "discharged; checks go on for a year", func(b *bot.Bot) error { return b.Discharge(ctx, c.Clinic, c.Patient, actor) })
}

type patientPhoneCmd struct {
	careSettings

	Phone     string  `arg:"" help:"The right number, as people write it."`
	Consent   string  `help:"How the patient agreed to texts to it: written, verbal, web. It is asked by text where left out." placeholder:"METHOD"`
	ConsentAt *moment `help:"When they agreed: now, or like 2026-03-02T17:30:00-06:00." placeholder:"TIME"`
}

// Help shows an example.
func (patientPhoneCmd) Help() string {
	return `Example:
  backstop patient phone MRN-1042 "(312) 555-0188"
Nothing more leaves to the old number. The new one is asked before anything else.`
}

// Run corrects a patient's number.
func (c *patientPhoneCmd) Run(ctx context.Context, std *stdio) error {
	evidence := bot.ConsentEvidence{Method: c.Consent}
	if c.ConsentAt != nil {
		evidence.At = c.ConsentAt.Time
	}
	return c.change(ctx, std, "number corrected", func(b *bot.Bot) error {
		return b.CorrectPhone(ctx, c.Clinic, c.Patient, c.Phone, evidence, actor)
	})
}
