package bot_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"backstop/bot"
)

// Scenario 48: a number that is another's now gets nothing; the corrected one is
// asked before any health word leaves.
func TestScenario48ACorrectedNumberIsAskedAnew(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		p := w.enrol()
		w.session()
		w.texts("wrong number")
		w.until(1, "12:00")
		old := len(w.phone())

		const newPhone = "+13125550188"
		w.must(w.bot.CorrectPhone(w.ctx, "", "alex", "(312) 555-0188", bot.ConsentEvidence{}, "test"))
		w.settle()
		got := w.sandbox.Twilio().Bodies(newPhone)
		if len(got) != 1 || !strings.Contains(got[0], "Reply YES or STOP") || strings.Contains(strings.ToLower(got[0]), "back") {
			t.Fatalf("the new number got %q, want the one question without a health word", got)
		}
		if r := w.sandbox.Twilio().Text(newPhone, "yes"); r.Delivery.Status != 200 {
			t.Fatalf("webhook: %d", r.Delivery.Status)
		}
		w.settle()
		if got = w.sandbox.Twilio().Bodies(newPhone); len(got) != 2 || !strings.Contains(got[1], "STOP to end") {
			t.Errorf("after the yes the new number has %q, want the welcome", got)
		}
		if n := len(w.phone()); n != old {
			t.Errorf("the old number got %q", w.phone()[old:])
		}
		now, err := w.store.PatientByPhone(w.ctx, p.ClinicID, newPhone)
		w.must(err)
		if now.ID != p.ID || now.Snapshot.Consent.State != "given" {
			t.Errorf("the new number belongs to %s with consent %q", now.ID, now.Snapshot.Consent.State)
		}

		err = w.bot.CorrectPhone(w.ctx, "", "alex", "12", bot.ConsentEvidence{Method: "written"}, "test")
		var fields bot.FieldErrors
		if !errors.As(err, &fields) || len(fields) != 2 {
			t.Errorf("a number that is none, with consent at no time: %v", err)
		}
	})
}

func TestWhatWasNotAskedForRestsWhileAPatientIsPaused(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		w.session()
		w.must(w.bot.Pause(w.ctx, "", "alex", w.clock.Now().Add(20*time.Hour), "test"))
		before := len(w.phone())
		w.until(1, "08:00")
		if got := w.phone()[before:]; len(got) != 0 {
			t.Errorf("paused, the phone got %q", got)
		}
		w.until(0, "12:00")
		w.session()
		w.until(0, "19:30")
		if got := w.phone()[before:]; len(got) != 1 || !strings.Contains(got[0], "0-10") {
			t.Errorf("after the pause the phone got %q, want the evening question", got)
		}
		w.must(w.bot.Discharge(w.ctx, "", "alex", "test"))
		w.must(w.bot.Resume(w.ctx, "", "alex", "test"))
		if err := w.bot.Pause(w.ctx, "", "nobody", time.Time{}, "test"); err == nil {
			t.Error("nobody was paused")
		}
		if err := w.bot.Pause(w.ctx, "", "alex", w.clock.Now().Add(-time.Hour), "test"); err == nil {
			t.Error("a pause into the past was taken")
		}
	})
}
