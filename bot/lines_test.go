package bot_test

import (
	"strings"
	"testing"
	"time"

	"backstop/bot/sandbox"
)

const tripLine = "trip" // in the silent line about one

// linesShown counts the silent lines in the channel.
func (w *world) linesShown() (count int) {
	for _, m := range w.channel() {
		if m.ThreadTS != "" && strings.Contains(strings.ToLower(m.Text+string(m.Blocks)), tripLine) {
			count++
		}
	}
	return count
}

// Slack takes about one message a second in a channel. The lines beyond that wait,
// without a job, and each is shown in its turn.
func TestSilentLinesWaitForRoomInTheirChannel(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		w.stepped()
		const lines = 12
		for range lines {
			w.hears(alexPhone, "I have a long drive on friday")
			w.clock.set(w.clock.Now().Add(time.Millisecond))
		}
		w.work()
		before := w.linesShown()
		if before >= lines/2 {
			t.Fatalf("%d lines were shown at once", before)
		}
		for second := range 3 * lines {
			w.clock.set(w.clock.Now().Add(time.Second))
			w.work()
			now := w.linesShown()
			if now > before+1 {
				t.Errorf("second %d: %d lines in a second", second, now-before)
			}
			before = now
		}
		if before != lines {
			t.Errorf("%d of %d lines were shown", before, lines)
		}
	})
}

func TestALineOutlivesTheProcess(t *testing.T) {
	each(t, func(w *world) {
		w.enrol()
		w.stepped()
		w.hears(alexPhone, "I have a long drive on friday")
		w.bot.Crash() // the hand that was to show it is gone
		w.work()
		w.work() // after the head of its thread
		if n := w.linesShown(); n != 1 {
			w.t.Errorf("shown %d times", n)
		}
	})
}

func TestALineThatSlackRefusesComesBack(t *testing.T) {
	each(t, func(w *world) {
		w.enrol()
		w.texts("I have a long drive on friday")
		w.eventually("the thread stands", func() bool { return w.linesShown() == 1 })
		w.sandbox.Slack().FailNext("chat.postMessage", 1, sandbox.RateLimited("1"))
		w.texts("I have a long drive on saturday")
		w.eventually("the line is shown after all", func() bool { return w.linesShown() == 2 })
	})
}
