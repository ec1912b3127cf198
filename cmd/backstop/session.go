package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"backstop/bot"
	"backstop/bot/api"
	"backstop/flows"
	"backstop/flows/reply"
	"backstop/storage"
)

// sessionCmd is about sessions.
type sessionCmd struct {
	Add    sessionAddCmd    `cmd:"" help:"Say that a session has ended, which starts its follow-up."`
	Cancel sessionCancelCmd `cmd:"" help:"Take back a session that did not take place, or was logged by mistake."`
}

type sessionAddCmd struct {
	deskSettings

	Patient    string   `arg:"" help:"Our id, the clinic's own id, or the phone number."`
	EndedAt    *moment  `required:"" help:"When it ended: now, or like 2026-03-02T17:30:00-06:00." placeholder:"TIME"`
	Clinic     string   `help:"The clinic; may be left out where the clinic file has one." placeholder:"ID"`
	ExternalID string   `name:"external-id" help:"Your own id of the session; the same again is the same session." placeholder:"ID"`
	Kind       string   `help:"visit, gym, ..."`
	Lift       []string `sep:"none" help:"What was lifted, once for each lift." placeholder:"LIFT"`
	Pain       *float64 `help:"The worst pain during it, as the clinician saw it, 0 to 10." placeholder:"PAIN"`
	Note       string   `help:"The clinician's; never texted."`
	JSON       bool     `help:"As JSON."`
}

// Help shows an example.
func (sessionAddCmd) Help() string {
	return `Example:
  backstop session add MRN-1042 --ended-at now --kind visit --lift "deadlift 3x5 @ 185 lb" --note "Good hinge."`
}

// Run logs a session, once for each external id.
func (c *sessionAddCmd) Run(ctx context.Context, std *stdio) (err error) {
	n := bot.NewSession{Clinic: c.Clinic, Patient: c.Patient, ExternalID: c.ExternalID, EndedAt: c.EndedAt.Time,
		Kind: c.Kind, Note: c.Note, PainDuring: c.Pain}
	var wrong []string
	for _, text := range c.Lift {
		l, err := readLift(text)
		if err != nil {
			wrong = append(wrong, fmt.Sprintf("--lift %q: %v", text, err))
			continue
		}
		n.Lifts = append(n.Lifts, l)
	}
	if len(wrong) > 0 {
		return errors.New(strings.Join(wrong, "; "))
	}
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	s, created, err := d.bot.LogSession(ctx, n, actor)
	if err != nil {
		return asFlags(err)
	}
	if c.JSON {
		lifts, err := d.store.LiftsOfSession(ctx, s.ClinicID, s.PatientID, s.ID)
		if err != nil {
			return err
		}
		return printJSON(std.Out, api.SessionOf(s, lifts))
	}
	did := "known already; nothing was changed"
	if created {
		when, err := firstQuestion(ctx, d.store, s)
		if err != nil {
			return err
		}
		did = "logged; " + when
	}
	_, err = fmt.Fprintf(std.Out, "%s: %s\n", s.ID, did)
	return err
}

type sessionCancelCmd struct {
	deskSettings

	Session string `arg:"" help:"Our id of the session, as 'session add' and 'patient show' print it."`
	Clinic  string `help:"The clinic; may be left out where the clinic file has one." placeholder:"ID"`
}

// Help shows an example.
func (sessionCancelCmd) Help() string {
	return "Example:\n  backstop session cancel 01a228eb-2d37-72cf-a91b-7046dc8ff833\nNothing more is asked about it, and its lifts leave the record."
}

// Run takes a session back.
func (c *sessionCancelCmd) Run(ctx context.Context, std *stdio) (err error) {
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	if err := d.bot.CancelSession(ctx, c.Clinic, c.Session, actor); err != nil {
		return asFlags(err)
	}
	_, err = fmt.Fprintf(std.Out, "%s: cancelled\n", c.Session)
	return err
}

// firstQuestion says when the patient is asked about a session: whoever logs one
// late in the evening sees that the question waits for the morning.
func firstQuestion(ctx context.Context, store *storage.Store, s storage.Session) (string, error) {
	p, err := store.PatientByID(ctx, s.ClinicID, s.PatientID)
	if err != nil {
		return "", err
	}
	agenda, err := store.Agenda(ctx, s.ClinicID, s.PatientID)
	if err != nil {
		return "", err
	}
	for _, due := range agenda {
		switch flows.FollowUpKind(due.Kind) {
		case flows.DueEvening, flows.DueNextMorning, flows.DueH48, flows.DueDaily:
			zone, err := time.LoadLocation(p.Snapshot.TimeZone)
			if err != nil {
				zone = time.UTC
			}
			return "the first question leaves " + due.DueAt.In(zone).Format("Mon 2 Jan 15:04") + " where the patient is", nil
		default: // other texts are not about the session
		}
	}
	return "nothing is asked about it", nil
}

// readLift reads one lift as people write it.
func readLift(text string) (reply.Lift, error) {
	return theLift(reply.Understand(reply.AskedHomework, text, reply.English))
}

// theLift is the one lift that a text meant. Nothing doubtful goes into a record.
func theLift(meant reply.Reply) (reply.Lift, error) {
	const like = `write it like "deadlift 3x5 @ 185 lb"`
	switch {
	case len(meant.Lifts) == 0:
		return reply.Lift{}, errors.New("is not understood as a lift; " + like)
	case len(meant.Lifts) > 1:
		return reply.Lift{}, errors.New("holds several lifts; give each a --lift of its own")
	case len(meant.LeftOver) > 0:
		return reply.Lift{}, fmt.Errorf("%q is not understood; %s", strings.Join(meant.LeftOver, " "), like)
	}
	l := meant.Lifts[0]
	switch {
	case l.Doubt != "":
		return reply.Lift{}, errors.New("is doubtful: " + l.Doubt)
	case l.Load > 0 && l.Unit == reply.UnitUnknown:
		return reply.Lift{}, errors.New("the load needs its unit, kg or lb")
	}
	return l, nil
}
