package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"backstop/flows"
	"backstop/flows/copy"
	"backstop/storage"
)

// relayChanged brings the line of a clinician's text up to date.
func (b *Bot) relayChanged(ctx context.Context, tx *storage.Tx, m storage.Message) error {
	if m.Kind != kindRelay {
		return nil
	}
	p, err := tx.LockPost(ctx, m.ID)
	if errors.Is(err, storage.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := tx.ChangePost(ctx, p); err != nil {
		return err
	}
	return b.showSoon(ctx, tx, p.ClinicID, p.ID, priorityNormal)
}

// relayLine is what the thread shows of a clinician's text.
func (b *Bot) relayLine(ctx context.Context, clinic *flows.Clinic, p storage.Post, out *Post, by string) error {
	m, err := b.store.MessageByID(ctx, p.ClinicID, p.ID)
	if err != nil {
		return err
	}
	out.Line = by + " texted the patient: " + stateInWords(m, b.now())
	if clinic.Slack.QuoteWords {
		out.Words = m.Body
	}
	out.Buttons = []Button{{ActionHandBack, m.ID, "Hand back to Backstop", false}}
	if m.State == storage.MessageQueued {
		out.Buttons = append([]Button{{ActionUndo, m.ID, "Undo", false}}, out.Buttons...)
	}
	return nil
}

// stateInWords says what became of a text.
func stateInWords(m storage.Message, now time.Time) string {
	switch m.State {
	case storage.MessageQueued:
		if m.NotBefore.After(now) {
			return "leaves in a few seconds"
		}
		return "waits to leave"
	case storage.MessageDelivered:
		return "delivered"
	case storage.MessageCancelled:
		return "not sent, " + m.Reason
	case storage.MessageFailed, storage.MessageUndelivered:
		if m.Reason == "" {
			return "not delivered"
		}
		return "not delivered, " + m.Reason
	case storage.MessageSending, storage.MessageSent, storage.MessageReceived:
	}
	return "on its way"
}

// SegmentsInWords counts what a text costs.
func SegmentsInWords(body string) string {
	encoding, _, parts := copy.Segments(body)
	line := fmt.Sprintf("%d characters, %d segment", len([]rune(body)), parts)
	if parts != 1 {
		line += "s"
	}
	if encoding == copy.UCS2 {
		line += ", more than plain letters need: an accent, emoji or curly quote is in it"
	}
	return line
}
