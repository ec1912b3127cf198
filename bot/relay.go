package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"backstop/flows"
	"backstop/storage"
)

// A clinician texts a patient from a form: in Slack where the clinic file lets
// it (Slack's own terms want no patient texts there), else on a page of ours
// that a sealed ticket opens once. Nothing typed in a thread is ever sent.

const (
	// TextPath is the page, followed by a ticket.
	TextPath = "/text/"

	relayFor   = 30 * time.Minute // how long a form may be filled in
	relaySaid  = 8                // texts of the conversation that are shown
	relayMost  = 640              // characters, about four segments
	formText   = "text"
	postRelay  = "relay" // what became of a text, in the thread; its id is the text's
	kindRelay  = "relay"
	textTicket = "text"

	// ActionHandBack gives a conversation back to the bot.
	ActionHandBack = "hand_back"
)

// relay is one text that a clinician may write: a ticket's content.
type relay struct {
	clinic  *flows.Clinic
	patient string
	user    string
	text    string // the id the text will have: it can be written once
}

// relayTicket is the word that opens the form of one text.
func (b *Bot) relayTicket(r relay) (string, error) {
	return b.store.SealTicket(textTicket, storage.Ticket{ClinicID: r.clinic.ID, ID: strings.Join([]string{r.patient, r.user, r.text}, "|"), Until: b.now().Add(relayFor)})
}

// openRelay reads a ticket. An error that is storage.ErrNotFound means that it
// is none of ours, or too old.
func (b *Bot) openRelay(word string) (relay, error) {
	t, err := b.store.OpenTicket(textTicket, word, b.now())
	if err != nil {
		return relay{}, err
	}
	parts := strings.Split(t.ID, "|")
	clinic, err := b.clinic(t.ClinicID)
	if err != nil || len(parts) != 3 || !mayAct(clinic, parts[1]) {
		return relay{}, fmt.Errorf("ticket of a text: %w", storage.ErrNotFound)
	}
	return relay{clinic: clinic, patient: parts[0], user: parts[1], text: parts[2]}, nil
}

// mayNotText says in words why a patient cannot be texted; empty when they can.
func mayNotText(p storage.Patient) string {
	switch p.Snapshot.Consent.State {
	case flows.ConsentGiven:
		return ""
	case flows.ConsentStopped:
		return "They stopped all texts. Ring them instead."
	case flows.ConsentWrong:
		if p.Snapshot.Consent.Unreachable() {
			return "Texts do not reach this number. Ring them instead, and correct it."
		}
		return "This number belongs to somebody else."
	case flows.ConsentAsked, flows.ConsentNone:
	}
	return "They have not agreed to texts. Ring them instead."
}

// sendRelay keeps a text, held as long as it may be taken back. The same form again changes nothing.
func (b *Bot) sendRelay(ctx context.Context, r relay, body string) (TextPage, error) {
	wrong := ""
	switch {
	case body == "":
		wrong = "Write something, or choose an answer."
	case len([]rune(body)) > relayMost:
		wrong = fmt.Sprintf("At most %d characters.", relayMost)
	}
	if wrong == "" {
		err := b.store.InTx(ctx, func(tx *storage.Tx) error {
			wrong = ""
			a := act{bot: b, tx: tx, clinic: r.clinic, user: r.user, about: r.patient, now: b.now()}
			var err error
			wrong, err = a.relay(ctx, r, body)
			return err
		})
		if err != nil {
			return TextPage{}, fmt.Errorf("send text of a clinician: %w", err)
		}
	}
	page, err := b.textPage(ctx, r)
	page.Wrong = wrong
	return page, err
}

func (a *act) relay(ctx context.Context, r relay, body string) (wrong string, err error) {
	p, err := a.tx.LockPatient(ctx, a.clinic.ID, r.patient)
	if err != nil {
		return "", err
	}
	if _, err := a.tx.MessageByID(ctx, a.clinic.ID, r.text); !errors.Is(err, storage.ErrNotFound) {
		return "", err // it was sent before
	}
	if wrong := mayNotText(p); wrong != "" {
		return wrong, nil
	}
	if err := a.bot.step(ctx, a.tx, p, flows.ConversationTaken{By: a.user}, a.now); err != nil {
		return "", err
	}
	m := storage.Message{ID: r.text, ClinicID: a.clinic.ID, PatientID: p.ID, Phone: p.Phone, Body: body, Kind: kindRelay,
		Class: string(flows.ClassAnswer), Number: sender(a.clinic), NotBefore: storage.At(a.now.Add(a.bot.undoFor)), ExpiresAt: storage.At(a.now.Add(12 * time.Hour))}
	if _, err := a.tx.InsertOutgoing(ctx, m, a.now); err != nil {
		return "", err
	}
	if err := a.bot.enqueue(ctx, a.tx, jobOf(m), priorityUrgent); err != nil {
		return "", err
	}
	if err := a.promiseKept(ctx, p); err != nil {
		return "", err
	}
	c := a.carrier(p)
	parent, _, err := c.thread(ctx)
	if err != nil {
		return "", err
	}
	err = c.post(ctx, storage.Post{ID: m.ID, Kind: postRelay, Channel: a.clinic.Slack.Channel},
		postContent{Parent: parent, Line: nameOf(a.clinic, a.user)}, priorityUrgent)
	if err != nil {
		return "", err
	}
	return "", a.audit(ctx, "text patient", m.ID)
}
