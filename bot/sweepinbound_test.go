package bot_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"backstop/bot/sandbox"
	"backstop/storage"
)

// inbound lists what is stored of a patient's own texts, oldest first.
func (w *world) inbound(p storage.Patient) []storage.Message {
	w.t.Helper()
	conversation, err := w.store.Conversation(w.ctx, p.ClinicID, p.ID, 500)
	w.must(err)
	var texts []storage.Message
	for i := len(conversation) - 1; i >= 0; i-- {
		if conversation[i].Direction == storage.Inbound {
			texts = append(texts, conversation[i])
		}
	}
	return texts
}

func (w *world) sweepsInbound() {
	w.t.Helper()
	w.must(w.bot.SweepInbound(w.ctx))
	w.settle()
}

// TestScenario19TextsTheWebhookNeverBroughtAreTakenIn is scenario 19: the server was down
// for hours, and what came meanwhile is heard, oldest first and as late.
func TestScenario19TextsTheWebhookNeverBroughtAreTakenIn(t *testing.T) {
	each(t, func(w *world) {
		p := w.enrol()
		w.sweepsInbound()
		w.session()
		w.until(0, "19:05")
		w.sandbox.Twilio().TextLost(alexPhone, "7")
		answeredAt := w.clock.Now()
		w.clock.set(w.clock.Now().Add(time.Minute))
		w.sandbox.Twilio().TextLost(alexPhone, "what is the address?")
		w.clock.set(w.clock.Now().Add(5 * time.Hour)) // past midnight in Chicago
		w.sweepsInbound()

		texts := w.inbound(p)
		if len(texts) != 2 || texts[0].Body != "7" || texts[1].Body != "what is the address?" {
			w.t.Fatalf("stored: %+v, want both texts, oldest first", texts)
		}
		stored, err := w.store.PatientByID(w.ctx, p.ClinicID, p.ID)
		w.must(err)
		evening := stored.Snapshot.Session.Evening
		if evening == nil || *evening != 7 {
			w.t.Errorf("the evening's answer is %s, want 7 although it came after the evening", mustJSON(evening))
		}
		if got, want := stored.Snapshot.Readings[0].At, answeredAt; !got.Equal(want) {
			w.t.Errorf("the reading is of %s, want %s, when it was sent", got, want)
		}
		if !slices.ContainsFunc(w.cards(), func(m sandbox.Message) bool { return says(m, "Pain 7") }) {
			w.t.Error("the channel shows no alert of the pain")
		}
		before := len(w.phone())
		for range 3 { // what is known is not taken in again, whatever the overlap
			w.clock.set(w.clock.Now().Add(10 * time.Minute))
			w.sweepsInbound()
		}
		if got := len(w.inbound(p)); got != 2 || len(w.phone()) != before {
			w.t.Errorf("after more sweeps %d texts and %d answers, want 2 and %d", got, len(w.phone()), before)
		}
	})
}

// TestTheFirstSweepEverTakesInNothing holds that a number which was in use
// before does not bring its old texts along.
func TestTheFirstSweepEverTakesInNothing(t *testing.T) {
	each(t, func(w *world) {
		p := w.enrol()
		w.sandbox.Twilio().TextLost(alexPhone, "chest pain")
		w.clock.set(w.clock.Now().Add(time.Hour))
		if err := w.store.InTx(w.ctx, func(tx *storage.Tx) error {
			return tx.SetCursor(w.ctx, "inbound:"+string(w.clinic.Sender.Number), "", tuesday.Add(-time.Hour))
		}); err != nil {
			w.t.Fatal(err)
		}
		w.sweepsInbound()
		if got := len(w.inbound(p)); got != 0 {
			w.t.Errorf("%d texts from before the first sweep taken in, want none", got)
		}
	})
}

// TestASweepThatFailsBeginsThereAgain: Twilio is down at the sweep, and again
// half way through its pages.
func TestASweepThatFailsBeginsThereAgain(t *testing.T) {
	each(t, func(w *world) {
		p := w.enrol()
		w.sweepsInbound()
		const texts = 105 // two pages
		for i := range texts {
			w.sandbox.Twilio().TextLost(alexPhone, fmt.Sprintf("what about %d?", i))
		}
		w.sandbox.Twilio().FailAll(sandbox.HTML(http.StatusServiceUnavailable))
		w.clock.set(w.clock.Now().Add(3 * time.Hour))
		if err := w.bot.SweepInbound(w.ctx); err == nil {
			w.t.Fatal("a sweep while Twilio is down reports success")
		}
		w.sandbox.Twilio().ClearFaults()
		w.clock.set(w.clock.Now().Add(3 * time.Hour))
		w.sweepsInbound()
		got := w.inbound(p)
		if len(got) != texts {
			w.t.Fatalf("%d texts taken in, want %d", len(got), texts)
		}
		for i, m := range got {
			if want := fmt.Sprintf("what about %d?", i); m.Body != want {
				w.t.Fatalf("text %d is %q, want %q: oldest first", i, m.Body, want)
			}
		}
	})
}

// TestOneMachineSweepsAPeriod: many ask at once, the webhook comes meanwhile,
// and every text has one effect.
func TestOneMachineSweepsAPeriod(t *testing.T) {
	each(t, func(w *world) {
		p := w.enrol()
		w.sweepsInbound()
		sid := w.sandbox.Twilio().TextLost(alexPhone, "what's the address?")
		before := len(w.phone())
		w.clock.set(w.clock.Now().Add(time.Hour))
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				if err := w.bot.SweepInbound(w.ctx); err != nil {
					w.t.Error(err)
				}
			})
		}
		group.Go(func() { w.sandbox.Twilio().Redeliver(sid) })
		group.Wait()
		w.settle()
		if got := len(w.inbound(p)); got != 1 {
			w.t.Errorf("%d texts stored, want 1", got)
		}
		if got := len(w.phone()) - before; got != 1 {
			w.t.Errorf("%d answers, want 1", got)
		}
	})
}

// TestAnAnswerMissedOvernightIsHeardBeforeItsQuestionCloses: at a start the
// inbound sweep comes before the agenda.
func TestAnAnswerMissedOvernightIsHeardBeforeItsQuestionCloses(t *testing.T) {
	each(t, func(w *world) {
		p := w.enrol()
		w.sweepsInbound()
		w.session()
		w.until(1, "08:35")
		ctx, cancel := context.WithTimeout(w.ctx, 10*time.Second)
		defer cancel()
		w.must(w.bot.Stop(ctx))
		w.sandbox.Twilio().TextLost(alexPhone, "1")
		w.clock.set(w.clock.Now().Add(5 * time.Hour))

		before := len(w.phone())
		w.restart()
		w.must(w.sandbox.Wait(ctx, func() bool { return len(w.phone()) > before }))
		w.settle()
		stored, err := w.store.PatientByID(w.ctx, p.ClinicID, p.ID)
		w.must(err)
		if morning := stored.Snapshot.Session.Morning; morning == nil || *morning != 1 {
			w.t.Errorf("the morning's answer is %v, want 1", morning)
		}
		for _, m := range w.channel() {
			if says(m, "No answer this morning") {
				w.t.Error("the channel says that no answer came")
			}
		}
	})
}

// TestTextsOfAMessagingServiceAreSweptToo: a clinic may have no number of its own.
func TestTextsOfAMessagingServiceAreSweptToo(t *testing.T) {
	each(t, func(w *world) {
		service := w.sandbox.Options().ServiceSID
		w.must(w.bot.Stop(w.ctx)) // nothing may read the clinic while it changes
		w.clinic.Sender.Number, w.clinic.Sender.Service = "", service
		w.restart()
		p := w.enrol()
		w.sweepsInbound()
		w.sandbox.Twilio().Send(sandbox.In{From: alexPhone, Body: "what's the address?", Service: true, Lost: true,
			Media: []sandbox.Media{{ContentType: "image/png"}}})
		w.sandbox.Twilio().Send(sandbox.In{From: alexPhone, Body: "of another app on the account", Lost: true})
		w.clock.set(w.clock.Now().Add(time.Hour))
		w.sweepsInbound()
		got := w.inbound(p)
		if len(got) != 1 || got[0].Body != "what's the address?" || len(got[0].Media) == 0 {
			w.t.Errorf("stored %+v, want the service's one text with its picture", got)
		}
	})
}

// TestAClockThatWasAheadHidesNoText has the clock run hours ahead for a while: what
// the webhook does not bring after it has been put right is found all the same, and
// a text that was on its way when it was ahead is not left to hang until then.
func TestAClockThatWasAheadHidesNoText(t *testing.T) {
	each(t, func(w *world) {
		p := w.enrol()
		w.sweepsInbound()
		right := w.clock.Now()
		w.clock.set(right.Add(5 * time.Hour))
		w.sweepsInbound()
		w.sandbox.Twilio().FailNext(1, sandbox.CutBefore())
		w.texts("what is the address?")
		before := len(w.phone())
		w.clock.set(right.Add(10 * time.Minute))
		w.sandbox.Twilio().TextLost(alexPhone, "can I park there?")
		w.clock.set(right.Add(12 * time.Minute))
		w.sweepsInbound()
		if got := w.inbound(p); len(got) != 2 {
			w.t.Errorf("%d texts are stored, want both", len(got))
		}
		w.eventually("the answer that hung leaves", func() bool { return len(w.phone()) > before })
		if got := w.clock.Now().Sub(right); got > time.Hour {
			w.t.Errorf("it left %s after the clock was put right", got)
		}
	})
}
