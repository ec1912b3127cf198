package bot

import (
	"context"
	"encoding/json"
	"fmt"

	"backstop/flows"
	"backstop/storage"
)

// alertNews adds what happened to an open alert: the card is brought up to date,
// and a line goes into its thread. News that are no worse notify nobody; worse
// ones are shown in the channel again and call whoever has the alert. A level
// that rises starts the escalation of the new level, also when the old one was
// acknowledged; it never falls.
func (c *carrier) alertNews(ctx context.Context, a storage.Alert, e flows.RaiseAlert, content alertContent) error {
	var known alertContent
	if err := json.Unmarshal(a.Payload, &known); err != nil {
		return fmt.Errorf("read alert %s: %w", a.ID, err)
	}
	worse := worsens(a, e, known)
	urgent := urgencyOf(e.Level) == priorityUrgent // about an emergency everything is worth knowing
	content.keep(known)
	calls := slackIDs(a.AcknowledgedBy)
	if e.Level.MoreUrgentThan(a.Level) {
		a.Level = e.Level
		if a.State == storage.AlertAcknowledged && content.PromiseBy.IsZero() { // what was taken was less
			if err := c.tx.ReopenAlert(ctx, a.ClinicID, a.ID); err != nil {
				return err
			}
			a.State, a.AcknowledgedBy = storage.AlertOpen, ""
		}
		if a.State == storage.AlertOpen {
			a.WakeAt(firstStep(c.clinic, e.Level, c.now), c.now)
		}
	}
	var err error
	if a.Payload, err = json.Marshal(content); err != nil {
		return err
	}
	if err := c.tx.SaveAlert(ctx, a); err != nil {
		return err
	}
	card, err := c.refreshCard(ctx, a)
	if err != nil {
		return err
	}
	if err := c.bot.drawSoon(ctx, c.tx, c.clinic, c.patient.ID, card); err != nil {
		return err
	}
	line := postContent{Parent: card, Line: e.Headline + ". " + e.Reading, Words: c.quoted(e.Words)}
	if worse {
		line.Line = "Worse: " + line.Line
	}
	if worse || urgent {
		line.Broadcast, line.Calls = true, calls
	}
	return c.post(ctx, storage.Post{Kind: postLine, Channel: c.clinic.Slack.Channel}, line, urgencyOf(a.Level))
}

// worsens reports whether news are worse than what the alert told so far: a more
// urgent level, or a higher pain.
func worsens(a storage.Alert, e flows.RaiseAlert, known alertContent) bool {
	return e.Level.MoreUrgentThan(a.Level) || e.Pain != nil && (known.Worst == nil || *e.Pain > *known.Worst)
}
