package bot

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"backstop/flows"
	"backstop/flows/copy"
	"backstop/flows/reply"
	"backstop/storage"
)

// shared deals with a text from a phone that several patients of a clinic use.
// Nobody's answer is taken for another's: where the text does not say whose it
// is, that is asked, without a name, and the text waits for the answer. What
// must not wait (a red flag, the wish to stop) counts for all of them.
type shared struct {
	bot      *Bot
	tx       *storage.Tx
	clinic   *flows.Clinic
	patients []storage.Patient // locked; the oldest first
	phone    string
	now      time.Time
}

// The kinds under which texts from a shared phone are stored.
const (
	kindWaits  = "shared"       // nobody has said yet whose it is
	kindForAll = "shared_all"   // counted for everybody
	kindWhich  = "shared_which" // said whose the waiting ones are
)

// waitsAtMost is how long a text waits for the answer to "which of you?". The
// clinic sees it at once.
const waitsAtMost = 24 * time.Hour

func (s *shared) receive(ctx context.Context, e flows.TextReceived) error {
	r := reply.Understand(reply.AskedWhich, e.Text, s.language())
	if r.RedFlag != reply.NoRedFlag || forAll(r) {
		e.Shared = true // so nobody's reading is made of it
		return s.all(ctx, e)
	}
	if place, rest, ok := mark(e.Text); ok && s.at(place) != nil {
		e.Text = rest
		return s.one(ctx, *s.at(place), e, "")
	}
	waiting, asked, err := s.waiting(ctx, e.Message)
	if err != nil {
		return err
	}
	if place, ok := bare(e.Text); ok && len(waiting) > 0 && s.at(place) != nil {
		return s.settle(ctx, place, e, waiting)
	}
	if active := s.active(); len(active) == 1 {
		return s.one(ctx, active[0], e, "")
	}
	return s.ask(ctx, e, asked)
}

// forAll reports whether a text counts for everybody at the phone.
func forAll(r reply.Reply) bool {
	switch r.Intent {
	case reply.IntentStop, reply.IntentStart, reply.IntentHelp, reply.IntentWrongPerson:
		return true
	}
	return r.Automatic || r.Deceased
}

// all lets a text happen to everybody at the phone.
func (s *shared) all(ctx context.Context, e flows.TextReceived) error {
	if err := s.tx.AssignMessage(ctx, s.clinic.ID, e.Message, s.patients[0].ID, kindForAll); err != nil {
		return err
	}
	for _, p := range s.patients {
		if err := s.bot.step(ctx, s.tx, p, e, s.now); err != nil {
			return err
		}
	}
	return nil
}

// one lets a text happen to the one whose it is.
func (s *shared) one(ctx context.Context, p storage.Patient, e flows.TextReceived, kind string) error {
	if err := s.tx.AssignMessage(ctx, s.clinic.ID, e.Message, p.ID, kind); err != nil {
		return err
	}
	return s.bot.step(ctx, s.tx, p, e, s.now)
}

// settle gives the waiting texts, oldest first, to the one who was named.
func (s *shared) settle(ctx context.Context, place int, e flows.TextReceived, waiting []storage.Message) error {
	p := *s.at(place)
	if err := s.tx.AssignMessage(ctx, s.clinic.ID, e.Message, p.ID, kindWhich); err != nil {
		return err
	}
	for i, m := range waiting {
		if i > 0 { // the step before has moved the patient on
			var err error
			if p, err = s.tx.LockPatient(ctx, s.clinic.ID, p.ID); err != nil {
				return err
			}
		}
		text := flows.TextReceived{Message: m.ID, Text: m.Body, SentAt: m.SentAt.Time}
		if err := s.one(ctx, p, text, ""); err != nil {
			return err
		}
	}
	return nil
}

// ask keeps a text waiting, shows it to the clinic, and asks whose it is unless
// that was asked already.
func (s *shared) ask(ctx context.Context, e flows.TextReceived, asked bool) error {
	if err := s.tx.AssignMessage(ctx, s.clinic.ID, e.Message, "", kindWaits); err != nil {
		return err
	}
	c := carrier{bot: s.bot, tx: s.tx, clinic: s.clinic, now: s.now}
	who := make([]string, len(s.patients))
	for i, p := range s.patients {
		who[i] = calledInSlack(s.clinic, p)
	}
	if err := c.line(ctx, "", "A text from a phone that "+strings.Join(who, " and ")+" share. We asked which of them it is.", e.Text); err != nil {
		return err
	}
	if asked || len(s.active()) == 0 {
		return nil
	}
	vars := copy.VarsOf(s.clinic.Clinic)
	vars.Choices = s.choices()
	return s.bot.putText(ctx, s.tx, storage.Patient{}, storage.Message{
		ClinicID: s.clinic.ID, Phone: s.phone, Number: sender(s.clinic), Class: string(flows.ClassAnswer), Kind: string(copy.Which),
		Body: s.clinic.Copy.Say(s.language(), copy.Which, 0, vars), InReplyTo: e.Message, ExpiresAt: storage.At(s.now.Add(time.Hour)),
	}, s.now)
}

// waiting are the texts that wait for their writer, oldest first, and whether
// that has been asked since the first of them.
func (s *shared) waiting(ctx context.Context, except string) (texts []storage.Message, asked bool, err error) {
	const most = 50
	recent, err := s.tx.UnknownConversation(ctx, s.clinic.ID, s.phone, most)
	if err != nil {
		return nil, false, err
	}
	for i := len(recent) - 1; i >= 0; i-- {
		m := recent[i]
		switch {
		case s.now.Sub(m.CreatedAt.Time) > waitsAtMost || m.ID == except:
		case m.Direction == storage.Outgoing && m.Kind == string(copy.Which):
			asked = len(texts) > 0
		case m.Direction != storage.Outgoing && m.Kind == kindWaits:
			texts = append(texts, m)
		}
	}
	return texts, asked, nil
}

// at is the patient with a place; nil when there is none.
func (s *shared) at(place int) *storage.Patient {
	for i := range s.patients {
		if s.patients[i].Snapshot.Place == place {
			return &s.patients[i]
		}
	}
	return nil
}

// active are those who may be texted or are being asked.
func (s *shared) active() []storage.Patient {
	var active []storage.Patient
	for _, p := range s.patients {
		if state := p.Snapshot.Consent.State; state == flows.ConsentGiven || state == flows.ConsentAsked {
			active = append(active, p)
		}
	}
	return active
}

func (s *shared) language() reply.Lang { return s.patients[0].Snapshot.Language }

// choices are the places to choose from: "1 or 2".
func (s *shared) choices() string {
	or := " or "
	if s.language() == reply.Spanish {
		or = " o "
	}
	var places []string
	for _, p := range s.active() {
		places = append(places, strconv.Itoa(p.Snapshot.Place))
	}
	last := len(places) - 1
	return strings.Join(places[:last], ", ") + or + places[last]
}

var (
	marked   = regexp.MustCompile(`^\s*(?:[(\[]\s*([1-9])\s*[)\]]|([1-9])\s*[):])[\s:.,-]*(\S[\s\S]*)$`)
	bareMark = regexp.MustCompile(`^\s*[(\[#]?\s*([1-9])\s*[)\].!]?\s*$`)
)

// mark takes the place off the front of a text that begins with one, as ours
// do: "(2) 3", "2: fine".
func mark(text string) (place int, rest string, ok bool) {
	m := marked.FindStringSubmatch(text)
	if m == nil {
		return 0, "", false
	}
	place, err := strconv.Atoi(m[1] + m[2])
	return place, m[3], err == nil
}

// bare reads a text that is a place and nothing else.
func bare(text string) (int, bool) {
	m := bareMark.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	place, err := strconv.Atoi(m[1])
	return place, err == nil
}

// numberTheShared gives everybody at a patient's phone their place, when the
// patient is not the only one there.
func (b *Bot) numberTheShared(ctx context.Context, tx *storage.Tx, p storage.Patient, now time.Time) error {
	patients, err := tx.LockPatientsByPhone(ctx, p.ClinicID, p.Phone)
	if err != nil || len(patients) < 2 {
		return err
	}
	highest := 0
	for _, other := range patients {
		highest = max(highest, other.Snapshot.Place)
	}
	for _, other := range patients {
		if other.Snapshot.Place > 0 {
			continue
		}
		highest++
		if err := b.step(ctx, tx, other, flows.PhoneShared{Place: highest}, now); err != nil {
			return fmt.Errorf("number those who share a phone: %w", err)
		}
	}
	return nil
}
