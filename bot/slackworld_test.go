package bot_test

import (
	"context"
	"net/http"
	"strings"
	"time"

	"backstop/bot/sandbox"
)

// press is a clinician pressing a button of a message; Slack must get its 200.
func (w *world) press(user string, m sandbox.Message, action string) {
	w.t.Helper()
	if d := w.sandbox.Slack().Press(user, m.Channel, m.TS, action); d.Err != nil || d.Status != http.StatusOK {
		w.t.Fatalf("press %s: %d %v", action, d.Status, d.Err)
	}
	w.settle()
}

// modal is the dialog somebody has open; there must be one.
func (w *world) modal(user string) sandbox.View {
	w.t.Helper()
	var v sandbox.View
	var ok bool
	ctx, cancel := context.WithTimeout(w.ctx, 30*time.Second)
	defer cancel()
	err := w.sandbox.Wait(ctx, func() bool { // it opens after the press was answered
		v, ok = w.sandbox.Slack().Modal(user)
		return ok
	})
	if err != nil {
		w.t.Fatalf("%s has no dialog open; they were told %q", user, w.whispers(user))
	}
	return v
}

// submit fills the open dialog in and sends it.
func (w *world) submit(user string, values map[string]any) {
	w.t.Helper()
	w.modal(user)
	if d := w.sandbox.Slack().SubmitModal(user, values); d.Err != nil || d.Status != http.StatusOK {
		w.t.Fatalf("submit %v: %d %v %q", values, d.Status, d.Err, d.Body)
	}
	w.settle()
}

// command types /backstop in the clinic's channel.
func (w *world) command(user, text string) {
	w.t.Helper()
	if d := w.sandbox.Slack().Command(user, w.clinic.Slack.Channel, "/backstop", text); d.Err != nil || d.Status != http.StatusOK {
		w.t.Fatalf("/backstop %s: %d %v", text, d.Status, d.Err)
	}
	w.settle()
}

// whispers are what only one user sees in the channel, oldest first.
func (w *world) whispers(user string) []string {
	var out []string
	for _, m := range w.sandbox.Slack().Ephemerals(w.clinic.Slack.Channel, user) {
		out = append(out, m.Text)
	}
	return out
}

// seesAtHome opens somebody's home tab and waits until it shows every text.
func (w *world) seesAtHome(user string, texts ...string) {
	w.t.Helper()
	if d := w.sandbox.Slack().OpenHome(user); d.Err != nil || d.Status != http.StatusOK {
		w.t.Fatalf("open home: %d %v", d.Status, d.Err)
	}
	w.waitForHome(user, texts...)
}

func (w *world) waitForHome(user string, texts ...string) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, 30*time.Second)
	defer cancel()
	var v sandbox.View
	err := w.sandbox.Wait(ctx, func() bool { // it is published after the event was answered
		v, _ = w.sandbox.Slack().Home(user)
		for _, text := range texts {
			if !strings.Contains(string(v.Blocks), text) {
				return false
			}
		}
		return v.ID != ""
	})
	if err != nil {
		w.t.Fatalf("home never showed %q: %s", texts, v.Blocks)
	}
}
