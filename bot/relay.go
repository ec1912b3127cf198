package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"backstop/flows"
	"backstop/flows/copy"
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

// pressText opens the form, or the way to the page.
func (b *Bot) pressText(ctx context.Context, clinic *flows.Clinic, p Press) (Pressed, error) {
	patient, err := b.aboutPatient(ctx, clinic, p.About)
	if errors.Is(err, storage.ErrNotFound) {
		return Pressed{Say: "This is not known here any more."}, nil
	}
	if err != nil {
		return Pressed{}, err
	}
	r := relay{clinic: clinic, patient: patient.ID, user: p.User, text: storage.NewID()}
	word, err := b.relayTicket(r)
	if err != nil {
		return Pressed{}, err
	}
	if clinic.Slack.RelayReplies {
		form, err := b.textForm(ctx, r, word, "")
		return Pressed{Form: form}, err
	}
	if b.publicURL == "" {
		return Pressed{Say: "PUBLIC_URL is not set: there is no page to write on."}, nil
	}
	return Pressed{Form: &Form{Name: "page", Title: "Text the patient",
		Said: []Said{{Ours: "Texts to patients are written on a page of ours, not in Slack. It opens for you alone, once, within half an hour. What you send and what becomes of it stands in the thread."}},
		Link: &Link{Label: "Write to " + calledInSlack(clinic, patient), URL: b.publicURL + TextPath + word}}}, nil
}

// aboutPatient finds the patient a button is about: its own, or that of its alert.
func (b *Bot) aboutPatient(ctx context.Context, clinic *flows.Clinic, about string) (storage.Patient, error) {
	alert, err := b.store.AlertByID(ctx, clinic.ID, about)
	switch {
	case err == nil:
		about = alert.PatientID
	case !errors.Is(err, storage.ErrNotFound):
		return storage.Patient{}, err
	}
	return b.store.PatientByID(ctx, clinic.ID, about)
}

// textForm is the form in Slack. Its ticket makes sure that it is sent once.
func (b *Bot) textForm(ctx context.Context, r relay, word, typed string) (*Form, error) {
	page, err := b.textPage(ctx, r)
	if err != nil {
		return nil, err
	}
	said := []Said{{Ours: "To " + page.Patient + ". The conversation so far:"}}
	for _, t := range page.Said {
		who := "Clinic"
		if t.Patient {
			who = "Patient"
		}
		said = append(said, Said{Ours: who + ", " + t.At, Words: t.Body})
	}
	for _, note := range page.Notes {
		said = append(said, Said{Ours: note})
	}
	if typed != "" {
		said = append(said, Said{Ours: SegmentsInWords(typed)})
	}
	choices := []Choice{{"own", "My own words below"}}
	for i, canned := range page.Canned {
		choices = append(choices, Choice{fmt.Sprint(i), canned})
	}
	return &Form{Name: formText, About: word, Title: "Text the patient", Submit: "Send", Said: said, Fields: []Field{
		{Name: "canned", Label: "Answer", Kind: FieldChoice, Value: "own", Choices: choices},
		{Name: "body", Label: "Your own words", Kind: FieldLong, Optional: true, Most: relayMost, Live: true, Hint: "Goes out as a text message, as it stands."},
	}}, nil
}

// typing counts the segments of what stands in the form so far.
func (b *Bot) typing(ctx context.Context, p Press) (Pressed, error) {
	r, err := b.openRelay(p.About)
	if err != nil {
		return Pressed{Say: "This form is too old. Press Text patient again."}, nil //nolint:nilerr // a ticket that does not open is an answer
	}
	form, err := b.textForm(ctx, r, p.About, p.Fields["body"])
	return Pressed{Form: form}, err
}

// submitText sends what was entered in Slack.
func (b *Bot) submitText(ctx context.Context, s Submission) (Pressed, error) {
	r, err := b.openRelay(s.About)
	if err != nil || r.user != s.User || !r.clinic.Slack.RelayReplies {
		return Pressed{Say: "This form is too old. Press Text patient again."}, nil //nolint:nilerr // a ticket that does not open is an answer
	}
	body := strings.TrimSpace(s.Fields["body"])
	if i := s.Fields["canned"]; i != "own" && i != "" && body == "" {
		page, err := b.textPage(ctx, r)
		if err != nil {
			return Pressed{}, err
		}
		for n, canned := range page.Canned {
			if fmt.Sprint(n) == i {
				body = canned
			}
		}
	}
	page, err := b.sendRelay(ctx, r, body)
	if page.Wrong != "" {
		return Pressed{Wrong: FieldErrors{{Field: "body", Reason: page.Wrong}}}, err
	}
	return Pressed{Done: true, Say: fmt.Sprintf("It leaves in %g seconds. Undo stands in the thread.", b.undoFor.Seconds())}, err
}

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

// takeBack cancels a text that has not left; false when it has.
func (b *Bot) takeBack(ctx context.Context, clinic *flows.Clinic, id, user string) (bool, error) {
	taken := false
	err := b.store.InTx(ctx, func(tx *storage.Tx) error {
		taken = false
		m, err := tx.LockMessage(ctx, id)
		if err != nil || m.ClinicID != clinic.ID || m.State != storage.MessageQueued {
			return err
		}
		taken = true
		if err := tx.CancelMessage(ctx, id, "taken back by "+nameOf(clinic, user), b.now()); err != nil {
			return err
		}
		if err := b.relayChanged(ctx, tx, m); err != nil {
			return err
		}
		return b.audit(ctx, tx, clinic.ID, user, "undo text", id)
	})
	return taken, err
}

// pressUndo takes a text back from its line in the thread.
func (b *Bot) pressUndo(ctx context.Context, clinic *flows.Clinic, p Press) (Pressed, error) {
	taken, err := b.takeBack(ctx, clinic, p.About, p.User)
	if errors.Is(err, storage.ErrNotFound) || err == nil && !taken {
		return Pressed{Say: "It has left already."}, nil
	}
	return Pressed{Done: true}, err
}

// handBack gives the conversation back to the bot.
func (a *act) handBack(ctx context.Context) (Pressed, error) {
	m, err := a.tx.MessageByID(ctx, a.clinic.ID, a.about)
	if err != nil {
		return Pressed{}, err
	}
	p, err := a.tx.LockPatient(ctx, a.clinic.ID, m.PatientID)
	if err != nil {
		return Pressed{}, err
	}
	if p.Snapshot.Taken.By == "" {
		return Pressed{Say: "Backstop has the conversation already."}, nil
	}
	if err := a.bot.step(ctx, a.tx, p, flows.ConversationHandedBack{By: a.user}, a.now); err != nil {
		return Pressed{}, err
	}
	line := nameOf(a.clinic, a.user) + " handed the conversation back: Backstop asks again."
	if err := a.carrier(p).note(ctx, flows.Note{Line: line}); err != nil {
		return Pressed{}, err
	}
	return Pressed{Done: true}, a.audit(ctx, "hand back", p.ID)
}

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
