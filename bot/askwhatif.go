package bot

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/riverqueue/river"

	"backstop/flows"
	"backstop/storage"
)

// historyTime bounds how long a clinic's whole history may be judged.
const historyTime = 5 * time.Minute

// askWhatIf has the question answered in the channel, where everybody who
// decides on thresholds reads it: the history may be long, and Slack waits three
// seconds for a command.
func (b *Bot) askWhatIf(ctx context.Context, clinic *flows.Clinic, user, args string) (Pressed, error) {
	changes := nearby(clinic)
	if args != "" {
		key, value, _ := strings.Cut(strings.ReplaceAll(args, "=", " "), " ")
		changes = []Threshold{{Key: key, Value: strings.TrimSpace(value)}}
	}
	if wrong := refused(clinic, changes); wrong != "" {
		return Pressed{Say: wrong}, nil
	}
	err := b.store.InTx(ctx, func(tx *storage.Tx) error {
		if err := b.audit(ctx, tx, clinic.ID, user, "what if", clinic.ID); err != nil {
			return err
		}
		return b.enqueue(ctx, tx, whatIfJob{ClinicID: clinic.ID, Asked: storage.NewID(), Changes: changes}, priorityBulk)
	})
	return Pressed{Say: "The clinic's last weeks are being judged again. The answer comes into the channel."}, err
}

// refused says which threshold does not exist, or may not have that value; empty
// when all may be asked about.
func refused(clinic *flows.Clinic, changes []Threshold) string {
	for _, c := range changes {
		if _, err := clinic.Protocol.Pain.With(c.Key, c.Value); err != nil {
			return err.Error() + "."
		}
	}
	return ""
}

type whatIfWorker struct {
	river.WorkerDefaults[whatIfJob]

	bot *Bot
}

// Timeout is longer than other jobs': every answer of weeks is judged.
func (*whatIfWorker) Timeout(*river.Job[whatIfJob]) time.Duration { return historyTime }

// Work posts the answer, once.
func (w *whatIfWorker) Work(ctx context.Context, job *river.Job[whatIfJob]) error {
	b := w.bot
	clinic, err := b.clinic(job.Args.ClinicID)
	if err != nil {
		return err
	}
	part, err := b.whatIfPart(ctx, clinic, job.Args.Changes)
	if err != nil {
		return err
	}
	return b.store.InTx(ctx, func(tx *storage.Tx) error {
		now := b.now()
		first, err := tx.FirstTime(ctx, "what if:"+job.Args.Asked, now)
		if err != nil || !first {
			return err
		}
		c := carrier{bot: b, tx: tx, clinic: clinic, now: now}
		return c.post(ctx, storage.Post{Kind: postLine, Channel: clinic.Slack.Channel},
			postContent{Overview: &Overview{Title: part.Title, Parts: []Part{{Lines: part.Lines}}, Foot: []string{WhatIfMethod}}}, priorityNormal)
	})
}

// whatIfPart is what other thresholds would have meant, as a list.
func (b *Bot) whatIfPart(ctx context.Context, clinic *flows.Clinic, changes []Threshold) (Part, error) {
	answers, err := b.WhatIf(ctx, clinic.ID, changes, whatIfDays)
	if err != nil {
		return Part{}, err
	}
	out := Part{Title: fmt.Sprintf("What another threshold would have meant, last %d days", whatIfDays)}
	for _, a := range answers {
		out.Lines = append(out.Lines, a.Say())
	}
	return out, nil
}

// monthly is the part of a digest that comes on a month's first working day:
// what a point more or less would have meant, where there was any pain alert.
func (b *Bot) monthly(ctx context.Context, clinic *flows.Clinic, now time.Time) (*Part, error) {
	local := now.In(clinic.TimeZone)
	firstOfMonth := time.Date(local.Year(), local.Month(), 1, 0, 0, 0, 0, clinic.TimeZone)
	if clinic.WorkingDays(firstOfMonth, now) > 0 {
		return nil, nil
	}
	answers, err := b.WhatIf(ctx, clinic.ID, nearby(clinic), whatIfDays)
	if err != nil {
		return nil, err
	}
	part := Part{Title: fmt.Sprintf("What another threshold would have meant, last %d days", whatIfDays)}
	for _, a := range answers {
		if a.Alerts+a.Would > 0 {
			part.Lines = append(part.Lines, a.Say())
		}
	}
	if len(part.Lines) == 0 {
		return nil, nil
	}
	return &part, nil
}
