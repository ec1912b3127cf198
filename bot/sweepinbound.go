package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"backstop/storage"
)

// inboundOverlap is how far before the last complete sweep the next one looks:
// the provider may list a text late, and two machines' clocks differ.
const inboundOverlap = 30 * time.Minute

// clockWasAhead is how far to look back when the last sweep is said to lie in the
// future: the clock was ahead then, and nobody knows by how much.
const clockWasAhead = 24 * time.Hour

// sweepInboundFirst looks for what came in while nothing ran, before the agenda
// is looked through: an answer that lies at the provider is heard before the
// follow-up that would say that none came. It does not hold up the rest for long.
func (b *Bot) sweepInboundFirst(ctx context.Context) {
	const most = 10 * time.Second
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	b.sweepInboundLogged(ctx)
}

// sweepInboundUntil looks for texts the webhook never brought, every so often,
// until ctx ends.
func (b *Bot) sweepInboundUntil(ctx context.Context) {
	ticker := time.NewTicker(b.inboundEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			b.sweepInboundLogged(ctx)
		}
	}
}

func (b *Bot) sweepInboundLogged(ctx context.Context) {
	if err := b.SweepInbound(ctx); err != nil && !errors.Is(err, context.Canceled) {
		b.log.ErrorContext(ctx, "sweep of inbound texts", "error", err)
	}
}

// SweepInbound takes in the texts that the provider received for us and whose
// webhook never came, oldest first, through the same door as the webhook's. Of
// all machines one does it in each period. What could not be listed or taken in
// is looked for again the next time: the sweep begins where the last complete
// one began, however long ago that was.
func (b *Bot) SweepInbound(ctx context.Context) error {
	var errs []error
	for _, door := range b.doors() {
		if err := b.sweepDoor(ctx, door); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// doors are the numbers, and the messaging services of clinics without a number
// of their own, that texts come in through; each once.
func (b *Bot) doors() []string {
	var doors []string
	known := map[string]bool{}
	for _, clinic := range b.clinics {
		door := string(clinic.Sender.Number)
		if door == "" {
			door = clinic.Sender.Service
		}
		if door != "" && !known[door] {
			known[door] = true
			doors = append(doors, door)
		}
	}
	return doors
}

func (b *Bot) sweepDoor(ctx context.Context, door string) error {
	began, name := b.now(), "inbound:"+door
	var value string
	var claimed bool
	err := b.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		// A little less than the period, so that a ticker a moment early is not turned away.
		value, claimed, err = tx.ClaimCursor(ctx, name, b.inboundEvery*9/10, began)
		return err
	})
	if err != nil || !claimed {
		return err
	}
	if value != "" { // else nothing was missed: this is the first sweep ever
		since, err := time.Parse(time.RFC3339Nano, value)
		if err != nil {
			return fmt.Errorf("read cursor %s: %w", name, err)
		}
		if since.After(began.Add(clocksMayDiffer)) {
			since = began.Add(-clockWasAhead)
		}
		if err := b.takeMissed(ctx, door, since.Add(-inboundOverlap)); err != nil {
			return err
		}
	}
	return b.store.InTx(ctx, func(tx *storage.Tx) error {
		return tx.SetCursor(ctx, name, began.Format(time.RFC3339Nano), began)
	})
}

// takeMissed takes in what is listed since a time and not stored. One text that
// cannot be taken in keeps none of the others waiting.
func (b *Bot) takeMissed(ctx context.Context, door string, since time.Time) error {
	listed, err := b.texter.TextsReceived(ctx, door, since)
	if err != nil {
		return err
	}
	var errs []error
	for _, text := range listed {
		known, err := b.store.HasMessage(ctx, text.ProviderID)
		if err == nil && !known {
			err = b.ReceiveText(ctx, missedText(text))
			b.log.WarnContext(ctx, "text taken in that the webhook never brought", "text", text.ProviderID,
				"sent", text.SentAt, "error", err)
		}
		if err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// missedText is an inbound text as the provider's list tells it. The list says
// how many attachments there are, not which.
func missedText(t SentText) InboundText {
	in := InboundText{ProviderID: t.ProviderID, From: t.From, To: t.To, Body: t.Body, Segments: t.Segments, SentAt: t.SentAt}
	if t.Media > 0 {
		in.Media = make([]Media, t.Media)
	}
	return in
}
