package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// act is anything somebody does on the page. Which fields count depends on
// what it is.
type act struct {
	Phone, Body                string
	Place, User, Thread        string
	Channel, TS, View          string
	Action, Block              string
	Value                      any
	Values                     map[string]any
	Call, Digit, Do, To, Words string
	Index                      int
}

func (p *page) actRoutes(mux *http.ServeMux) {
	for name, do := range map[string]func(act) error{
		"text": p.sendText, "press": p.press, "submit": p.submit, "close": p.closeModal, "say": p.say,
		"home": p.openHome, "call": p.phoneCall, "skip": p.skip, "action": p.action,
	} {
		mux.HandleFunc("POST /page/"+name, func(w http.ResponseWriter, r *http.Request) { p.take(w, r, do) })
	}
}

// take lets only the page itself act: a form or a script of another site cannot
// send JSON here.
func (p *page) take(w http.ResponseWriter, r *http.Request, do func(act) error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if o, err := url.Parse(r.Header.Get("Origin")); kind != jsonType || err != nil || (o.Host != "" && o.Host != r.Host) {
		http.Error(w, "only the page itself may do this", http.StatusForbidden)
		return
	}
	var a act
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&a); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	answer := map[string]any{"ok": true}
	if err := do(a); err != nil {
		answer = map[string]any{"ok": false, "error": err.Error()}
	}
	writeJSON(w, http.StatusOK, answer)
}

// troubled says in plain words that the bot did not take something.
func troubled(d Delivery) error {
	switch {
	case errors.Is(d.Err, ErrIncomplete):
		return nil // the fields say so themselves
	case d.Err != nil && d.URL != "":
		return fmt.Errorf("the bot at %s did not answer", d.URL)
	case d.Err != nil:
		return d.Err
	case d.Attempts > 0 && !d.OK():
		return fmt.Errorf("the bot answered %d at %s", d.Status, d.URL)
	}
	return nil
}

func (p *page) sendText(a act) error {
	if a.Phone == "" || a.Body == "" {
		return nil
	}
	return troubled(p.s.twilio.Send(In{From: a.Phone, To: p.s.twilio.lastSender(a.Phone), Body: a.Body}).Delivery)
}

// lastSender is the number a phone was texted from last: it answers that one.
func (t *Twilio) lastSender(phone string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, x := range slices.Backward(t.texts) {
		if x.To == phone {
			return x.From
		}
	}
	return t.s.opt.Number
}

func (p *page) press(a act) error {
	return troubled(p.s.slack.Do(Act{User: a.User, Channel: a.Channel, TS: a.TS, View: a.View, ActionID: a.Action,
		BlockID: a.Block, Value: a.Value, Values: a.Values}))
}

func (p *page) submit(a act) error {
	return troubled(p.s.slack.SubmitModal(a.User, a.Values))
}

func (p *page) closeModal(a act) error {
	return troubled(p.s.slack.CloseModal(a.User))
}

// say writes into a channel or a thread; a line that begins with / is a command.
func (p *page) say(a act) error {
	words := strings.TrimSpace(a.Words)
	if words == "" {
		return nil
	}
	if strings.HasPrefix(words, "/") && a.Thread == "" {
		command, text, _ := strings.Cut(words, " ")
		return troubled(p.s.slack.Command(a.User, a.Place, command, strings.TrimSpace(text)))
	}
	_, d := p.s.slack.Say(a.User, a.Place, a.Thread, words)
	return troubled(d)
}

func (p *page) openHome(a act) error {
	return troubled(p.s.slack.OpenHome(a.User))
}

func (p *page) phoneCall(a act) error {
	switch a.Do {
	case "answer":
		return troubled(p.s.twilio.Answer(a.Call))
	case "press":
		return troubled(p.s.twilio.Press(a.Call, a.Digit))
	case "hangup":
		p.s.twilio.HangUp(a.Call)
		return nil
	}
	return fmt.Errorf("a phone cannot %q", a.Do)
}

// skip moves the bot's clock on.
func (p *page) skip(a act) error {
	if p.s.opt.Clock == nil {
		return errors.New("the bot has no clock to skip")
	}
	zone := p.s.opt.Zone
	for _, ph := range p.s.opt.Phones {
		if ph.Number == a.Phone && ph.Zone != nil {
			zone = ph.Zone
		}
	}
	to, name, err := skipTarget(p.s.opt.Clock.Now(), zone, a.To)
	if err != nil {
		return err
	}
	return p.run(name, func(context.Context) error {
		err := p.s.opt.Clock.Skip(to)
		p.s.twilio.ExpireCalls()
		return err
	})
}

// skipTarget finds the moment a control means, by the wall clock of a zone.
func skipTarget(now time.Time, zone *time.Location, to string) (time.Time, string, error) {
	local := now.In(zone)
	next := func(hour, minute int) time.Time {
		at := time.Date(local.Year(), local.Month(), local.Day(), hour, minute, 0, 0, zone)
		if !at.After(local) {
			at = time.Date(local.Year(), local.Month(), local.Day()+1, hour, minute, 0, 0, zone)
		}
		return at
	}
	switch to {
	case "evening":
		return next(19, 5), "Skipping to the evening", nil
	case "morning":
		return next(8, 35), "Skipping to the next morning", nil
	case "week":
		return local.AddDate(0, 0, 7), "Skipping a week", nil
	case "hour":
		return now.Add(time.Hour), "Skipping an hour", nil
	}
	return time.Time{}, "", fmt.Errorf("no skip %q", to)
}

func (p *page) action(a act) error {
	if a.Index < 0 || a.Index >= len(p.s.opt.Actions) {
		return fmt.Errorf("no action %d", a.Index)
	}
	do := p.s.opt.Actions[a.Index]
	return p.run(do.Label, do.Run)
}

// run does one long thing at a time, in the background.
func (p *page) run(name string, do func(ctx context.Context) error) error {
	p.mu.Lock()
	if p.running != "" {
		p.mu.Unlock()
		return fmt.Errorf("still busy: %s", p.running)
	}
	p.running, p.failed = name, ""
	p.mu.Unlock()
	p.s.hub.changed()
	p.s.background(func(ctx context.Context) {
		err := do(ctx)
		p.mu.Lock()
		p.running = ""
		if err != nil {
			p.failed = name + ": " + err.Error()
		}
		p.mu.Unlock()
		p.s.hub.changed()
	})
	return nil
}
