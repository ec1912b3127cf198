package bot

import (
	"context"
	"errors"
	"strings"
	"time"

	"backstop/flows/copy"
	"backstop/storage"
)

// TextPage is what the page of one text shows.
type TextPage struct {
	Patient string
	Said    []TextSaid // the conversation so far, oldest first
	Notes   []string   // what to know before writing
	Canned  []string   // answers to choose from
	Most    int        // characters
	Blocked string     // why nothing can be sent; empty when it can
	Wrong   string     // what is wrong with what was sent; empty for nothing
	Sent    *TextSent  // once it was
}

// TextSaid is one text of the conversation.
type TextSaid struct {
	Patient bool // the patient's
	At      string
	Body    string // untrusted
}

// TextSent is a text that was written, and what became of it.
type TextSent struct {
	Body    string
	State   string
	UndoFor time.Duration // how long it can still be taken back; 0 when not
}

// TextPage reads the page a ticket opens. storage.ErrNotFound: there is none.
func (b *Bot) TextPage(ctx context.Context, word string) (TextPage, error) {
	r, err := b.openRelay(word)
	if err != nil {
		return TextPage{}, err
	}
	return b.textPage(ctx, r)
}

// SendText sends what was written on the page, once.
func (b *Bot) SendText(ctx context.Context, word, body string) (TextPage, error) {
	r, err := b.openRelay(word)
	if err != nil {
		return TextPage{}, err
	}
	return b.sendRelay(ctx, r, strings.TrimSpace(body))
}

// UndoText takes back what was written on the page, while it has not left.
func (b *Bot) UndoText(ctx context.Context, word string) (TextPage, error) {
	r, err := b.openRelay(word)
	if err != nil {
		return TextPage{}, err
	}
	if _, err := b.takeBack(ctx, r.clinic, r.text, r.user); err != nil {
		return TextPage{}, err
	}
	return b.textPage(ctx, r)
}

func (b *Bot) textPage(ctx context.Context, r relay) (TextPage, error) {
	p, err := b.store.PatientByID(ctx, r.clinic.ID, r.patient)
	if err != nil {
		return TextPage{}, err
	}
	page := TextPage{Patient: calledInSlack(r.clinic, p), Most: relayMost}
	talk, err := b.store.Conversation(ctx, r.clinic.ID, p.ID, relaySaid)
	if err != nil {
		return TextPage{}, err
	}
	for i := len(talk) - 1; i >= 0; i-- {
		m := talk[i]
		page.Said = append(page.Said, TextSaid{Patient: m.Direction == storage.Inbound, At: m.CreatedAt.In(r.clinic.TimeZone).Format("Mon 15:04"), Body: m.Body})
	}
	zone := zoneOf(r.clinic, p)
	if r.clinic.Quiet(b.now(), zone) {
		page.Notes = append(page.Notes, "It is "+b.now().In(zone).Format("15:04")+" where they are: these are quiet hours. A text leaves all the same.")
	}
	page.Notes = append(page.Notes, "While you are texting, Backstop asks nothing by itself; hand back when you are done, or it takes over after a day of silence.")
	for _, key := range []copy.Key{copy.CannedCall, copy.CannedRest, copy.CannedCome, copy.CannedThanks} {
		page.Canned = append(page.Canned, r.clinic.Copy.Say(p.Snapshot.Language, key, 0, copy.VarsOf(r.clinic.Clinic)))
	}
	page.Blocked = mayNotText(p)
	m, err := b.store.MessageByID(ctx, r.clinic.ID, r.text)
	switch {
	case errors.Is(err, storage.ErrNotFound):
		return page, nil
	case err != nil:
		return TextPage{}, err
	}
	page.Sent = &TextSent{Body: m.Body, State: stateInWords(m, b.now())}
	if m.State == storage.MessageQueued && m.NotBefore.After(b.now()) {
		page.Sent.UndoFor = m.NotBefore.Sub(b.now())
	}
	return page, nil
}
