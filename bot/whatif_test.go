package bot_test

import (
	"strings"
	"testing"

	"backstop/bot"
	"backstop/bot/sandbox"
)

// evenings has Alex come to sessions and answer, and a clinician deal with what
// is alerted; each pair is the evening's and the next morning's answer.
func (w *world) evenings(useful bool, answers ...[2]string) {
	w.t.Helper()
	for _, a := range answers {
		w.until(0, "14:00")
		w.session()
		w.until(0, "19:05")
		w.texts(a[0])
		w.until(1, "08:35")
		w.texts(a[1])
		for _, card := range w.cards() {
			if !isCard(card) {
				continue
			}
			w.press(michael, card, bot.ActionResolve)
			w.submit(michael, map[string]any{"outcome": "settled"})
			if useful {
				w.press(michael, card, bot.ActionUseful)
			}
		}
		w.until(2, "09:00")
	}
}

// answersInTheChannel are what was posted about thresholds.
func (w *world) answersInTheChannel() (out []sandbox.Message) {
	for _, m := range w.channel() {
		if says(m, "What another threshold would have meant") {
			out = append(out, m)
		}
	}
	return out
}

func TestWhatAnotherThresholdWouldHaveMeant(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		w.evenings(true, [2]string{"7", "1"}, [2]string{"8", "1"})
		w.command(michael, "what-if alert_abs 8")
		if got := w.whispers(michael); len(got) != 1 || !strings.Contains(got[0], "comes into the channel") {
			t.Fatalf("whispered %q", got)
		}
		got := w.answersInTheChannel()
		if len(got) != 1 {
			t.Fatalf("%d answers in the channel, want one", len(got))
		}
		w.says(got[0], "alert_abs at 8 instead of 7: pain alerts 2 instead of 2 in 28 days.",
			"Of the flare-ups (2), 1 would have been heard of at the same time, 1 not as flare-ups at all (1 of these were called useful).",
			"1 of them would have come as a note (P3) at once.", "judged again by the rules of today")
		for typed, reason := range map[string]string{
			"what-if alert_ab 8":      "did you mean alert_abs",
			"what-if alert_abs 5":     "must be above amber_max 5",
			"what-if alert_abs eight": "is not a number",
			"what-if alert_abs 80":    "outside 1 to 10",
		} {
			w.command(michael, typed)
			if said := w.whispers(michael); !strings.Contains(said[len(said)-1], reason) {
				t.Errorf("%s: whispered %q, want %q", typed, said[len(said)-1], reason)
			}
		}
		if n := len(w.answersInTheChannel()); n != 1 {
			t.Errorf("%d answers, want none for what is not allowed", n)
		}
	})
}

// The first working day of a month tells what a point more or less would mean.
func TestTheMonthsFirstDigestTellsOfThresholds(t *testing.T) {
	each(t, func(w *world) {
		w.enrol()
		w.evenings(false, [2]string{"7", "1"}, [2]string{"1", "1"})
		w.on("2026-11-30", "08:01")
		w.settle()
		if n := len(w.answersInTheChannel()); n != 0 {
			w.t.Fatal("told before the month began")
		}
		w.on("2026-12-01", "08:01")
		w.settle()
		got := w.answersInTheChannel()
		if len(got) != 1 {
			w.t.Fatalf("%d digests of the month tell of thresholds, want one", len(got))
		}
		w.says(got[0], "This morning, Tue Dec 1", "alert_abs at 8 instead of 7: pain alerts 1 instead of 1", "alert_abs at 6 instead of 7: pain alerts 1 instead of 1")
		w.on("2026-12-02", "08:01")
		w.settle()
		if n := len(w.answersInTheChannel()); n != 1 {
			w.t.Errorf("told on %d days of the month, want one", n)
		}
	})
}
