package bot_test

import (
	"strings"
	"testing"
	"time"

	"backstop/bot"
	"backstop/flows"
)

// Words that may be an opt-out come with a button that makes them one.
func TestWhatMayBeAnOptOutIsMadeOneByAButton(t *testing.T) {
	each(t, func(w *world) {
		w.enrol()
		w.session()
		w.texts("i used to hate these texts")
		if last := w.lastText(); !strings.Contains(last, "reply STOP") {
			t.Fatalf("the patient was told %q", last)
		}
		before := len(w.phone())
		w.until(0, "20:00")
		if now := len(w.phone()); now != before {
			t.Fatalf("while nobody knows whether it was an opt-out, %q left", w.lastText())
		}
		card := w.cards()[0]
		w.says(card, "May want no more texts", "Opt out")
		w.press(michael, card, bot.ActionOptOut)
		if state := w.alex().Snapshot.Consent.State; state != flows.ConsentStopped {
			t.Errorf("the consent is %q", state)
		}
		w.says(w.cards()[0], "opted out")
		w.until(3, "12:00")
		if now := len(w.phone()); now != before {
			t.Errorf("after the opt-out %q left", w.lastText())
		}
	})
}

// Whoever hears an opt-out on the phone or at the desk can enter it.
func TestTheFrontDeskEntersAnOptOut(t *testing.T) {
	each(t, func(w *world) {
		w.enrol()
		w.session()
		before := len(w.phone())
		desk := clinician("Front Desk", sam)
		desk.Roles = []string{"front_desk"}
		w.clinic.Slack.Clinicians = append(w.clinic.Slack.Clinicians, desk)
		w.command(sam, "find alex")
		w.submit(sam, map[string]any{"do": "opt_out"})
		if state := w.alex().Snapshot.Consent.State; state != flows.ConsentStopped {
			t.Errorf("the consent is %q; they were told %q", state, w.whispers(sam))
		}
		w.until(1, "12:00")
		if now := len(w.phone()); now != before {
			t.Errorf("after the opt-out %q left", w.lastText())
		}
	})
}

// What a card says of the next text is true after an opt-out, while one may be, and
// during a pause.
func TestACardPromisesNoTextThatWillNotLeave(t *testing.T) {
	each(t, func(w *world) {
		w.enrol()
		w.session()
		w.until(0, "19:05")
		w.texts("7")
		w.says(w.cards()[0], "Text to the patient: ")
		w.must(w.bot.Pause(w.ctx, "", "alex", time.Time{}, "test"))
		w.settle()
		w.says(w.cards()[0], "No text to the patient leaves: a clinician has paused the patient.")
		w.must(w.bot.Resume(w.ctx, "", "alex", "test"))
		w.settle()
		w.says(w.cards()[0], "Text to the patient: ")
		w.texts("i used to hate these texts")
		w.says(w.cards()[0], "No text to the patient leaves: the patient may want no more texts.")
		for _, m := range w.channel() {
			if strings.Contains(string(m.Blocks), "May want no more texts") {
				w.says(m, "No text to the patient leaves: the patient may want no more texts.")
			}
		}
		w.texts("STOP")
		w.says(w.cards()[0], "No text to the patient")
	})
}
