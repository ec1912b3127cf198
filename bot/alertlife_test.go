package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"backstop/bot"
)

// Whoever comes back from holiday reads the whole life of an alert in its thread.
func TestTheThreadTellsTheLifeOfAnAlert(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		card := w.flare()
		w.press(michael, card, bot.ActionAcknowledge)
		form := w.sees(michael, "You have it")
		w.submit(michael, map[string]any{"by": firstPromise(string(form.Raw))})
		w.until(0, "21:00") // the call never came: the next on call is Michael or Sam, whoever did not let it lie
		w.press(michael, card, bot.ActionResolve)
		w.submit(michael, map[string]any{"outcome": "seen", "note": "Rang <!channel>, settling."})
		steps := []string{"Michael Torres took this.", "Michael Torres promised the patient a call by Tue 20:05.", "promised the patient a call by Tue 20:05, and none is in the record",
			"Michael Torres resolved this: Seen or spoken to. Rang"}
		var told []string
		w.eventually("the thread tells it all", func() bool {
			w.clock.set(w.clock.Now().Add(2 * time.Second)) // silent lines keep the channel's pace
			w.settle()
			told = nil
			for _, m := range w.sandbox.Slack().Thread(card.Channel, card.TS) {
				if m.TS != card.TS {
					told = append(told, string(m.Blocks))
				}
			}
			return len(told) > 0 && strings.Contains(strings.Join(told, "|"), steps[len(steps)-1])
		})
		at := -1
		for _, step := range steps {
			next := slices.IndexFunc(told, func(line string) bool { return strings.Contains(line, step) })
			if next <= at {
				t.Fatalf("%q is not told after the step before it: %q", step, told)
			}
			at = next
		}
	})
}

// firstPromise is the first time that a dialog offers, as its value.
func firstPromise(view string) string {
	_, rest, _ := strings.Cut(view, "I will call by")
	_, rest, _ = strings.Cut(rest, `"value":"`)
	value, _, _ := strings.Cut(rest, `"`)
	return value
}
