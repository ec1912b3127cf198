package bot_test

import (
	"slices"
	"testing"
	"time"

	"backstop/bot/sandbox"
	"backstop/flows"
	"backstop/storage"
)

// shows reports whether the channel shows some words.
func (w *world) shows(words string) bool {
	return slices.ContainsFunc(w.channel(), func(m sandbox.Message) bool { return says(m, words) })
}

// undelivered waits until no text is under way, and counts those that did not arrive.
func (w *world) undelivered() (lost int64) {
	w.t.Helper()
	w.eventually("every text has come to an end", func() bool {
		out := w.outcomes()
		lost = out[storage.MessageUndelivered]
		return out[storage.MessageQueued]+out[storage.MessageSending]+out[storage.MessageSent] == 0
	})
	return lost
}

// TestScenario22WhatDidNotArriveIsNeverSent goes through the carrier's reasons:
// none counts as sent, the clinic reads each in plain words, and a number that
// cannot work gets nothing more.
func TestScenario22WhatDidNotArriveIsNeverSent(t *testing.T) {
	for name, test := range map[string]struct {
		code  int
		words string
		halts bool
	}{
		"unreachable":    {30003, "the phone could not be reached: off, without service, or blocking us", false},
		"unknown number": {30005, "the number is unknown or no longer in service", true},
		"landline":       {30006, "the number is a landline or cannot be reached by text", true},
		"carrier filter": {30007, "carrier", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			each(t, func(w *world) {
				w.sandbox.Twilio().Outcome(alexPhone, "undelivered", test.code)
				p := w.enrol()
				if lost := w.undelivered(); lost != 1 {
					w.t.Errorf("%d texts are kept as undelivered, want the welcome", lost)
				}
				w.eventually("the clinic reads why", func() bool { return w.shows(test.words) })
				stored, err := w.store.PatientByID(w.ctx, p.ClinicID, p.ID)
				w.must(err)
				if got := stored.Snapshot.Consent.State == flows.ConsentWrong; got != test.halts {
					w.t.Errorf("texts to this number are halted: %v, want %v", got, test.halts)
				}
				w.sandbox.Twilio().Outcome(alexPhone, "", 0)
				before := len(w.phone())
				w.session()
				w.until(0, "19:05")
				if got := len(w.phone()) - before; (got == 0) != test.halts {
					w.t.Errorf("%d texts afterwards, halted %v", got, test.halts)
				}
			})
		})
	}
}

// TestAPhoneThatIsNeverReachedIsTextedNoMore holds that repeated failure stops
// texts to the number and has the clinic ask for another; and that a phone which
// was off for a while is not given up.
func TestAPhoneThatIsNeverReachedIsTextedNoMore(t *testing.T) {
	each(t, func(w *world) {
		p := w.enrol()
		w.undelivered()
		w.sandbox.Twilio().Outcome(alexPhone, "undelivered", 30003)
		begun := w.clock.Now()
		for range 6 {
			w.session()
			w.until(0, "20:00")
			w.undelivered()
			w.until(1, "11:05")
			w.undelivered()
		}
		const halted = "Texts do not reach this phone"
		if !w.shows(halted) || !w.shows("The last 4 texts did not arrive: the phone could not be reached") {
			w.t.Fatalf("after %s and %d lost texts the channel shows no card that asks for another number", w.clock.Now().Sub(begun), w.undelivered())
		}
		lost := w.undelivered()
		if want := int64(w.clinic.Protocol.Limits.UnreachedMax); lost != want {
			w.t.Errorf("%d texts left to a phone that is never reached, want %d", lost, want)
		}
		stored, err := w.store.PatientByID(w.ctx, p.ClinicID, p.ID)
		w.must(err)
		if !stored.Snapshot.Consent.Unreachable() {
			w.t.Errorf("consent is %+v, want it to say that the number cannot be reached", stored.Snapshot.Consent)
		}
	})
	each(t, func(w *world) {
		w.enrol()
		w.undelivered()
		for range 3 { // off every evening, on again every morning
			w.sandbox.Twilio().Outcome(alexPhone, "undelivered", 30003)
			w.session()
			w.until(0, "20:00")
			w.undelivered()
			w.sandbox.Twilio().Outcome(alexPhone, "", 0)
			w.until(1, "11:05")
			w.undelivered()
			w.clock.set(w.clock.Now().Add(time.Hour))
		}
		if w.shows("Texts do not reach this phone") {
			w.t.Error("a phone that gets a text every morning was given up")
		}
	})
}
