package bot_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"backstop/bot"
	"backstop/bot/sandbox"
	"backstop/storage"
	"backstop/storage/storagetest"
)

var restlessSteps = flag.Int("restless-steps", 80, "how much happens in TestARestlessClinicBreaksNothing")
var restlessSeed = flag.Uint64("restless-seed", 1, "what happens in TestARestlessClinicBreaksNothing")

// TestARestlessClinicBreaksNothing has two clinicians press whatever they can, fill in
// whatever is asked, and a patient text anything, in no order that makes sense. Every
// answer is in time and right by Slack's own limits, nothing is logged as an error, and
// nobody is left before a dialog that cannot be shown. More of it:
//
//	go test ./bot -run Restless -restless-steps 1000 -restless-seed 7
func TestARestlessClinicBreaksNothing(t *testing.T) {
	t.Parallel() // most of it is waiting
	w := newWorld(t, storagetest.Open(t, storage.SQLite))
	r := &restless{world: w, rng: rand.New(rand.NewPCG(*restlessSeed, 0))}
	w.enrol()
	for range *restlessSteps {
		r.step()
		if t.Failed() {
			t.Fatalf("seed %d, after:\n%s", *restlessSeed, strings.Join(r.did, "\n"))
		}
	}
	if len(r.pressed) < 5 {
		t.Errorf("pressed only %v", r.pressed)
	}
}

type restless struct {
	*world

	rng     *rand.Rand
	did     []string
	pressed map[string]bool
	stale   int // presses on what had just changed
}

func (r *restless) note(format string, args ...any) {
	r.did = append(r.did, fmt.Sprintf(format, args...))
}

func one[T any](r *restless, from []T) T { return from[r.rng.IntN(len(from))] }

var restlessTexts = []string{"0", "2", "3", "5", "7", "9", "no", "yes", "A", "B", "C", "done 1", "3x5 at 185", "skip", "my back went out", "i cant feel when i wipe",
	"call me", "driving to denver friday", "home now", "can we move my appointment", "thanks", "STOP", "START", "hola, un 4", "sorry, 1", "ok", "how am i doing"}

var restlessCommands = []string{"", "help", "find alex", "find", "session alex", "session", "plan alex", "cancel alex", "phone alex", "discharge alex", "enrol", "due", "whatif pain.alert_abs 6", "find nobody", "nonsense"}

func (r *restless) step() {
	user := one(r, []string{michael, michael, michael, "U0SAMLEE"})
	switch n := r.rng.IntN(20); {
	case n < 4:
		text := one(r, restlessTexts)
		r.note("patient texts %q", text)
		r.texts(text)
	case n < 6:
		d := time.Duration(1+r.rng.IntN(60*14)) * time.Minute
		r.note("%s pass", d)
		r.pass(d)
	case n < 7:
		r.note("a session")
		r.logSession()
	case n < 9:
		c := one(r, restlessCommands)
		r.note("%s types /backstop %s", user, c)
		r.command(user, c)
	case n < 10:
		r.note("%s opens home", user)
		if d := r.sandbox.Slack().OpenHome(user); !d.OK() {
			r.t.Errorf("home: %+v", d)
		}
		r.settle()
	default:
		r.pressSomething(user)
	}
	r.look(user)
}

func (r *restless) logSession() {
	_, _, err := r.bot.LogSession(r.ctx, bot.NewSession{Patient: "alex", EndedAt: r.clock.Now()}, "test")
	if err != nil {
		r.note("no session: %v", err)
	}
	r.settle()
}

// pass lets time pass, with what is due on the way.
func (r *restless) pass(d time.Duration) {
	to := r.clock.Now().Add(d)
	for range 50 {
		next, err := r.bot.NextDueAt(r.ctx)
		r.must(err)
		if next.IsZero() || next.After(to) {
			break
		}
		if next.After(r.clock.Now()) {
			r.clock.set(next)
		}
		r.settle()
	}
	if to.After(r.clock.Now()) {
		r.clock.set(to)
	}
	r.settle()
}

// field is an element that takes something.
type field struct {
	Type, ActionID, URL string
	Options             []any
	Min, Max            string
	Optional            bool
	Multiline           bool
}

// fieldsOf are the elements of blocks with an action id.
func fieldsOf(blocks json.RawMessage) (out []field) {
	var parsed []map[string]any
	if json.Unmarshal(blocks, &parsed) != nil {
		return nil
	}
	for _, b := range parsed {
		elements, _ := b["elements"].([]any)
		for _, key := range []string{"accessory", "element"} {
			if e, ok := b[key]; ok {
				elements = append(elements, e)
			}
		}
		for _, e := range elements {
			e, ok := e.(map[string]any)
			if !ok || e["action_id"] == nil {
				continue
			}
			f := field{Type: fmt.Sprint(e["type"]), ActionID: fmt.Sprint(e["action_id"])}
			f.Optional, _ = b["optional"].(bool)
			f.URL, _ = e["url"].(string)
			f.Min, _ = e["min_value"].(string)
			f.Max, _ = e["max_value"].(string)
			f.Options, _ = e["options"].([]any)
			if groups, ok := e["option_groups"].([]any); ok {
				for _, g := range groups {
					more, _ := g.(map[string]any)["options"].([]any)
					f.Options = append(f.Options, more...)
				}
			}
			out = append(out, f)
		}
	}
	return out
}

// value is something that may be entered in a field; nil leaves it as it is.
func (r *restless) value(f field) any {
	if r.rng.IntN(4) == 0 {
		return nil
	}
	option := func() string { v, _ := one(r, f.Options).(map[string]any)["value"].(string); return v }
	switch f.Type {
	case "static_select", "radio_buttons":
		if len(f.Options) > 0 {
			return option()
		}
	case "checkboxes":
		if len(f.Options) > 0 && r.rng.IntN(2) == 0 {
			return []string{option()}
		}
		return []string{}
	case "datepicker":
		return r.clock.Now().AddDate(0, 0, r.rng.IntN(30)-10).Format(time.DateOnly)
	case "timepicker":
		return fmt.Sprintf("%02d:%02d", r.rng.IntN(24), 5*r.rng.IntN(12))
	case "number_input":
		return one(r, []string{"0", "1", "3", "5", "7", "10", "60", "100", "2.5"})
	case "plain_text_input":
		return one(r, []string{"x", "deadlift 3x5 185 lb", "3125550188", "(312) 555-0190", "alex", "call you at 5, ok? -Dr. M", strings.Repeat("long ", 60), "3x5", "60 kg", "2", "0", "<@U123> *bold* & <b>"})
	}
	return nil
}

func (r *restless) pressSomething(user string) {
	slack := r.sandbox.Slack()
	if v, open := slack.Modal(user); open && r.rng.IntN(4) > 0 {
		r.inModal(user, v)
		return
	}
	if v, ok := slack.Home(user); ok && r.rng.IntN(5) == 0 {
		if f := fieldsOf(v.Blocks); len(f) > 0 {
			r.act(sandbox.Act{User: user, View: v.ID}, one(r, f))
			return
		}
	}
	messages := slices.DeleteFunc(r.channel(), func(m sandbox.Message) bool { return len(fieldsOf(m.Blocks)) == 0 })
	if len(messages) == 0 {
		return
	}
	m := one(r, messages[max(0, len(messages)-6):])
	r.act(sandbox.Act{User: user, Channel: m.Channel, TS: m.TS}, one(r, fieldsOf(m.Blocks)))
}

func (r *restless) act(a sandbox.Act, f field) {
	if f.URL != "" {
		return
	}
	a.ActionID = f.ActionID
	if f.Type != "button" {
		if a.Value = r.value(f); a.Value == nil {
			return
		}
	}
	kind, _, _ := strings.Cut(strings.ReplaceAll(f.ActionID, ":", " "), " ")
	r.note("%s presses %s (%v)", a.User, f.ActionID, a.Value)
	if r.pressed == nil {
		r.pressed = map[string]bool{}
	}
	r.pressed[kind+f.Type] = true
	d := r.sandbox.Slack().Do(a)
	if d.Err != nil && strings.Contains(d.Err.Error(), "nothing with action_id") {
		if r.stale++; r.stale > 5 {
			r.t.Errorf("press %s: what is shown is not there, time and again: %v", f.ActionID, d.Err)
		}
		return // it was brought up to date in the moment between look and press
	}
	if d.Err != nil || d.Status != http.StatusOK {
		r.t.Errorf("press %s: %d %v %s", f.ActionID, d.Status, d.Err, d.Body)
	}
	r.settle()
}

func (r *restless) inModal(user string, v sandbox.View) {
	slack := r.sandbox.Slack()
	fields := fieldsOf(v.Blocks)
	var buttons []field
	values := map[string]any{}
	for _, f := range fields {
		if f.Type == "button" {
			buttons = append(buttons, f)
		} else if value := r.value(f); value != nil {
			values[f.ActionID] = value
		}
	}
	switch {
	case r.rng.IntN(8) == 0:
		r.note("%s closes the dialog", user)
		slack.CloseModal(user)
	case len(buttons) > 0 && r.rng.IntN(2) == 0:
		r.act(sandbox.Act{User: user, View: v.ID, Values: values}, one(r, buttons))
	case strings.Contains(string(v.Raw), `"submit"`):
		r.note("%s submits %s %v", user, v.CallbackID, values)
		d := slack.SubmitModal(user, values)
		if d.Err == nil && d.Status != http.StatusOK {
			r.t.Errorf("submit %s %v: %d %s", v.CallbackID, values, d.Status, d.Body)
		}
		r.settle()
	default:
		slack.CloseModal(user)
	}
}

// look holds what the user sees to Slack's limits.
func (r *restless) look(user string) {
	slack := r.sandbox.Slack()
	if v, open := slack.Modal(user); open {
		for _, wrong := range sandbox.ValidateView(v.Raw) {
			r.t.Errorf("dialog %s: %s", v.CallbackID, wrong)
		}
		if why := v.Errors[""]; why != "" {
			r.t.Errorf("dialog %s: %s", v.CallbackID, why)
		}
	}
	if v, ok := slack.Home(user); ok {
		for _, wrong := range sandbox.ValidateView(v.Raw) {
			r.t.Errorf("home: %s", wrong)
		}
	}
	for _, line := range r.errors.take() {
		r.t.Errorf("logged: %s", line)
	}
}

// errorLog keeps what is logged as an error.
type errorLog struct {
	mu    *sync.Mutex
	lines *[]string
	with  string
}

func newErrorLog() errorLog { return errorLog{mu: &sync.Mutex{}, lines: &[]string{}} }

func (l errorLog) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelError }

func (l errorLog) Handle(_ context.Context, record slog.Record) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	line := record.Message + l.with
	record.Attrs(func(a slog.Attr) bool { line += " " + a.String(); return true })
	*l.lines = append(*l.lines, line)
	return nil
}

func (l errorLog) WithAttrs(attrs []slog.Attr) slog.Handler {
	for _, a := range attrs {
		l.with += " " + a.String()
	}
	return l
}

func (l errorLog) WithGroup(string) slog.Handler { return l }

func (l errorLog) take() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	lines := *l.lines
	*l.lines = nil
	return lines
}
