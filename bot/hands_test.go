package bot_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"backstop/bot/sandbox"
	"backstop/storage"
)

// TestScenario26TextsLeaveInTheOrderTheyWereDecided is scenario 26: Twilio turns the first
// of two answers away, and the other waits for it.
func TestScenario26TextsLeaveInTheOrderTheyWereDecided(t *testing.T) {
	each(t, func(w *world) {
		w.enrol()
		before := len(w.phone())
		w.sandbox.Twilio().FailNext(1, sandbox.RateLimited("1"))
		asked := []string{"I have a flight on friday", "what's the address?"}
		for _, body := range asked {
			w.sandbox.Twilio().Text(alexPhone, body)
		}
		w.eventually("both are answered", func() bool {
			return len(w.phone())-before == 2 && w.outcomes()[storage.MessageQueued]+w.outcomes()[storage.MessageSending] == 0
		})
		var order []string
		conversation, err := w.store.Conversation(w.ctx, w.clinic.ID, w.patientID(), 20)
		w.must(err)
		for i := len(conversation) - 1; i >= 0; i-- {
			if m := conversation[i]; m.Direction == storage.Outgoing {
				order = append(order, m.Body)
			}
		}
		if got := w.phone(); strings.Join(got, "\n") != strings.Join(order, "\n") {
			w.t.Errorf("the phone shows %q, want them as they were decided: %q", got, order)
		}
	})
}

// TestRedFlagAdviceWaitsForNothing: what a patient in danger must read overtakes
// an answer that Twilio turned away.
func TestRedFlagAdviceWaitsForNothing(t *testing.T) {
	each(t, func(w *world) {
		w.enrol()
		before := len(w.phone())
		w.sandbox.Twilio().FailNext(1, sandbox.RateLimited("60"))
		w.sandbox.Twilio().Text(alexPhone, "I have a flight on friday")
		w.eventually("Twilio has turned the answer away", func() bool { return w.outcomes()[storage.MessageQueued] == 1 })
		w.sandbox.Twilio().Text(alexPhone, "my crotch is numb and i cant pee")
		w.eventually("the advice arrives", func() bool { return len(w.phone()) > before })
		if got := w.lastText(); !strings.Contains(got, "ER now") {
			w.t.Errorf("the phone shows %q, want the advice", got)
		}
	})
}

// TestMoreTextsThanHandsAllLeaveOnce: what finds no free hand goes through the queue.
func TestMoreTextsThanHandsAllLeaveOnce(t *testing.T) {
	each(t, func(w *world) {
		const phones = 80
		w.sandbox.Twilio().FailNext(40, sandbox.Slow(200*time.Millisecond))
		for i := range phones {
			w.sandbox.Twilio().Text("+1312556"+strconv.Itoa(1000+i), "hello?")
		}
		w.eventually("nothing waits", func() bool {
			return w.outcomes()[storage.MessageQueued]+w.outcomes()[storage.MessageSending] == 0
		})
		for i := range phones {
			if got := w.sandbox.Twilio().Bodies("+1312556" + strconv.Itoa(1000+i)); len(got) != 1 {
				w.t.Errorf("phone %d got %q, want one answer", i, got)
			}
		}
	})
}

// TestAStoppedBotHandsNothingOver: after the drain what comes in waits for the next start.
func TestAStoppedBotHandsNothingOver(t *testing.T) {
	each(t, func(w *world) {
		w.enrol()
		before := len(w.phone())
		w.must(w.bot.Stop(w.ctx))
		w.sandbox.Twilio().Text(alexPhone, "I have a flight on friday")
		if got := w.outcomes()[storage.MessageQueued]; got != 1 || len(w.phone()) != before {
			w.t.Errorf("%d texts wait and %d left after the stop, want the answer to wait", got, len(w.phone())-before)
		}
		w.restart()
		w.eventually("the answer arrives", func() bool { return len(w.phone()) == before+1 })
	})
}
