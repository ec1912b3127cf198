package bot_test

import (
	"strings"
	"testing"
	"time"

	"backstop/bot"
)

// ahead lets something happen while the clock is hours ahead, and puts the clock right.
func (w *world) ahead(by time.Duration, happens func()) {
	w.t.Helper()
	right := w.clock.Now()
	w.clock.set(right.Add(by))
	happens()
	w.clock.set(right.Add(time.Minute))
	w.settle()
}

func (w *world) after(d time.Duration) {
	w.t.Helper()
	w.clock.set(w.clock.Now().Add(d))
	w.settle()
}

// What an alert's next step was set to by a clock that was ahead comes no later
// than if it had been set when the clock was put right.
func TestAStepSetByAClockThatWasAheadIsNotHoursLate(t *testing.T) {
	rules := func(w *world) (p1, ring, resolve time.Duration) {
		return w.clinic.Protocol.Alerts.P1Ack, w.clinic.Protocol.Alerts.RingNext, w.clinic.Protocol.Alerts.Resolve
	}
	t.Run("the first ring of an emergency", func(t *testing.T) {
		each(t, func(w *world) {
			p1, ring, _ := rules(w)
			w.enrol()
			w.ahead(6*time.Hour, func() { w.redFlag() })
			w.after(p1 - time.Second)
			if n := len(w.sandbox.Twilio().Calls()); n != 0 {
				w.t.Fatalf("%d calls before their time", n)
			}
			w.after(2 * time.Second)
			if n := len(w.sandbox.Twilio().Calls()); n != 1 {
				w.t.Fatalf("%d calls once the clock is right, want one", n)
			}
			w.after(ring + time.Second)
			if n := len(w.sandbox.Twilio().Calls()); n != 2 {
				w.t.Errorf("%d calls after the next step's time, want two", n)
			}
		})
	})
	t.Run("the second ring", func(t *testing.T) {
		each(t, func(w *world) {
			p1, ring, _ := rules(w)
			w.enrol()
			w.redFlag()
			w.ahead(6*time.Hour, func() { w.after(p1 + time.Second) })
			w.after(ring + time.Second)
			if n := len(w.sandbox.Twilio().Calls()); n != 2 {
				w.t.Errorf("%d calls, want two", n)
			}
		})
	})
	t.Run("the reminder of a flare-up", func(t *testing.T) {
		each(t, func(w *world) {
			w.enrol()
			w.session()
			w.ahead(5*time.Hour, func() { // it is 14:10, and the clock says evening
				w.settle()
				w.texts("7")
			})
			card := w.cards()[0]
			if now, _ := w.sandbox.Slack().Message(card.Channel, card.TS); !says(now, "nobody takes it by Tue 16:11") {
				w.t.Errorf("the card says %s", now.Blocks)
			}
			w.after(w.clinic.Protocol.Alerts.P2Ack + time.Second)
			if got := w.thread(card); !strings.Contains(got, "Nobody has acknowledged this yet") {
				w.t.Errorf("the thread says %s, want the reminder", got)
			}
		})
	})
	t.Run("a promise, whose time the patient was told", func(t *testing.T) {
		each(t, func(w *world) {
			w.enrol()
			card := w.redFlag()
			w.ahead(2*time.Hour, func() {
				w.press(michael, card, bot.ActionAcknowledge)
				by := w.clock.Now().Add(time.Hour).UTC().Format(time.RFC3339)
				_, err := w.bot.Submit(w.ctx, bot.Submission{Key: "V1", Form: "promise", About: w.only().ID, Team: "T0SANDBOX", User: michael, Fields: map[string]string{"by": by}})
				w.must(err)
				w.settle()
			})
			w.after(2*time.Hour + 58*time.Minute)
			if got := w.thread(card); strings.Contains(got, "none is in the record") {
				w.t.Errorf("the promise counts as broken before its time: %s", got)
			}
			w.after(2 * time.Minute)
			if got := w.thread(card); !strings.Contains(got, "none is in the record") {
				w.t.Errorf("the thread says %s, want the broken promise", got)
			}
		})
	})
	t.Run("the reminder of whoever took it", func(t *testing.T) {
		each(t, func(w *world) {
			_, _, resolve := rules(w)
			w.enrol()
			card := w.redFlag()
			w.ahead(6*time.Hour, func() { w.press(michael, card, bot.ActionAcknowledge) })
			w.after(resolve + time.Second)
			if got := w.thread(card); !strings.Contains(got, "Still open") {
				w.t.Errorf("the thread says %s, want the reminder", got)
			}
		})
	})
}
