package bot

import (
	"context"
	"strings"
	"time"

	"backstop/flows"
	"backstop/flows/copy"
	"backstop/flows/reply"
	"backstop/storage"
)

// unknownNumber deals with a text from a phone nobody knows: it is shown to the
// clinic without a guess at who it is, and politely answered at most once a
// day. A red flag is answered with its advice and calls the on-call phones,
// whoever wrote it.
func (b *Bot) unknownNumber(ctx context.Context, tx *storage.Tx, clinic *flows.Clinic, in InboundText, id string, now time.Time) error {
	c := carrier{bot: b, tx: tx, clinic: clinic, inReplyTo: id, now: now}
	lang := reply.Lang(clinic.Language)
	r := reply.Understand(reply.AskedNone, in.Body, lang)
	shown := "A text from a number nobody here has (ending " + lastDigits(in.From) + ")."
	if r.RedFlag != reply.NoRedFlag {
		words := clinic.Copy.Say(lang, copy.RedFlag(r.RedFlag, false), 0, copy.VarsOf(clinic.Clinic))
		if err := c.raiseAlert(ctx, flows.RaiseAlert{Key: "unknown:" + id, Level: flows.P1, Headline: "Red flag from an unknown number",
			Words: in.Body, Told: words, Why: shown}); err != nil {
			return err
		}
		return b.textTo(ctx, tx, clinic, in.From, words, flows.ClassSafety, id, now)
	}
	if err := c.line(ctx, "", shown, in.Body); err != nil {
		return err
	}
	if r.Automatic || r.Intent == reply.IntentStop || r.Intent == reply.IntentHelp || r.Intent == reply.IntentStart {
		return nil
	}
	earlier, err := tx.UnknownConversation(ctx, clinic.ID, in.From, 20)
	if err != nil {
		return err
	}
	answers := 0
	for _, m := range earlier {
		if m.Direction == storage.Outgoing && now.Sub(m.CreatedAt.Time) < 24*time.Hour {
			answers++
		}
	}
	if answers >= clinic.Protocol.Limits.UnknownPerDay {
		return nil
	}
	body := clinic.Copy.Say(lang, copy.Unknown, 0, copy.VarsOf(clinic.Clinic))
	return b.textTo(ctx, tx, clinic, in.From, body, flows.ClassAnswer, id, now)
}

// textTo texts a phone that is no patient's: an unknown number, or staff.
func (b *Bot) textTo(ctx context.Context, tx *storage.Tx, clinic *flows.Clinic, phone, body string, class flows.Class, inReplyTo string, now time.Time) error {
	return b.putText(ctx, tx, storage.Patient{}, storage.Message{
		ClinicID: clinic.ID, Phone: phone, Number: sender(clinic), Body: body, Kind: "staff", Class: string(class),
		InReplyTo: inReplyTo, ExpiresAt: storage.At(now.Add(time.Hour)),
	}, now)
}

// lastDigits is the end of a number, enough to recognise it and too little to ring it.
func lastDigits(number string) string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, number)
	if len(digits) < 4 {
		return digits
	}
	return digits[len(digits)-4:]
}
