package bot_test

import (
	"fmt"
	"testing"
	"time"

	"backstop/bot"
	"backstop/flows/protocol"
	"backstop/storage"
)

// paced makes a world whose bot keeps to limits.
func (w *world) paced(change func(*bot.Config)) {
	w.t.Helper()
	w.must(w.bot.Stop(w.ctx))
	change(&w.config)
	w.restart()
}

// enrolMany takes people into care, each with a phone of their own.
func (w *world) enrolMany(count int) []storage.Patient {
	w.t.Helper()
	var people []storage.Patient
	usual := 1.0
	for i := range count {
		p, _, err := w.bot.Enrol(w.ctx, bot.NewPatient{ExternalID: fmt.Sprint(i), Name: "Pat Sample", Phone: fmt.Sprintf("+1312557%04d", 1000+i),
			Baseline: &usual, Stage: "S5", Consent: bot.ConsentEvidence{Method: "written", At: tuesday.Add(-time.Hour)}}, "test")
		w.must(err)
		people = append(people, p)
	}
	return people
}

func (w *world) arrived(people int) (texts int) {
	for i := range people {
		texts += len(w.sandbox.Twilio().Bodies(fmt.Sprintf("+1312557%04d", 1000+i)))
	}
	return texts
}

// TestWhatNobodyAskedForKeepsThePaceAndAnswersOvertakeIt: one text a second may leave.
func TestWhatNobodyAskedForKeepsThePaceAndAnswersOvertakeIt(t *testing.T) {
	each(t, func(w *world) {
		const people = 6
		w.paced(func(c *bot.Config) { c.PerNumber = 1 })
		w.enrolMany(people)
		w.settle()
		if got := w.arrived(people); got != 2 { // the one now, and the burst of a second
			w.t.Fatalf("%d welcomes left at once, want 2", got)
		}
		w.sandbox.Twilio().Text("+13125571005", "my crotch is numb and i cant pee")
		w.settle()
		if got := w.arrived(people); got != 3 {
			w.t.Errorf("%d texts left, want the advice to overtake the welcomes that wait", got)
		}
		// The welcome of the one in danger is called back; the others wait in line.
		w.eventually("the rest leaves", func() bool { return w.arrived(people) == 2+1+3 })
		if took := w.clock.Now().Sub(tuesday); took < 3*time.Second {
			w.t.Errorf("the rest left after %s, want one a second", took)
		}
	})
}

// TestAMorningsQuestionsAreSpread: many sessions end on the same day, and their
// evening questions do not leave in the same minute, nor after hours.
func TestAMorningsQuestionsAreSpread(t *testing.T) {
	each(t, func(w *world) {
		const people = 12
		w.paced(func(c *bot.Config) { c.Spread = 10 * time.Minute })
		w.enrolMany(people)
		w.settle()
		for i := range people {
			_, _, err := w.bot.LogSession(w.ctx, bot.NewSession{Patient: fmt.Sprint(i), EndedAt: w.clock.Now()}, "test")
			w.must(err)
		}
		w.settle()
		at, err := protocol.ParseClock("19:00")
		w.must(err)
		evening := protocol.At(protocol.DateOf(tuesday, w.clinic.TimeZone), at, w.clinic.TimeZone)
		w.clock.set(evening)
		w.settle()
		if got := w.arrived(people) - people; got == people {
			w.t.Errorf("all %d questions left in the same moment", got)
		}
		w.until(0, "19:10")
		if got := w.arrived(people) - people; got != people {
			w.t.Errorf("%d questions left within ten minutes, want %d", got, people)
		}
	})
}
