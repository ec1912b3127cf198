package bot_test

import (
	"net/http"
	"strings"
	"testing"

	"backstop/bot"
)

func TestAPlanIsChangedFromTheAlert(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		p := w.enrol()
		card := w.flare()
		w.press(michael, card, bot.ActionPlan)
		w.modal(michael)
		if d := w.sandbox.Slack().SubmitModal(michael, map[string]any{"do": "snooze"}); d.Err != nil || d.Status != http.StatusOK {
			t.Fatalf("submit: %+v", d)
		}
		if errs := w.modal(michael).Errors; errs["up_to"] == "" {
			t.Fatalf("a snooze without a number was taken: %v", errs)
		}
		w.submit(michael, map[string]any{"do": "pause", "stage": "S1"})
		now, err := w.store.PatientByID(w.ctx, p.ClinicID, p.ID)
		w.must(err)
		if now.Snapshot.Stage != "S1" || !now.Snapshot.Paused {
			t.Errorf("stands at %s, paused %v", now.Snapshot.Stage, now.Snapshot.Paused)
		}
		entries, err := w.store.AuditTrail(w.ctx, p.ClinicID, tuesday.AddDate(0, 0, -1), tuesday.AddDate(0, 0, 2), 100)
		w.must(err)
		var done []string
		for _, e := range entries {
			if e.Actor == michael {
				done = append(done, e.Action)
			}
		}
		if got := strings.Join(done, ","); !strings.HasPrefix(got, "view,") || !strings.Contains(got, "stage set,paused") {
			t.Errorf("the record says %s", got)
		}
	})
}

// A known pain is snoozed; worse breaks through, and so does a red flag.
func TestScenario43WorseBreaksTheSnooze(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		w.command(michael, "find alex")
		w.submit(michael, map[string]any{"do": "snooze", "up_to": "7"})
		w.session()
		w.until(0, "19:05")
		w.texts("7")
		if n := len(w.cards()); n != 0 {
			t.Fatalf("%d alerts for a snoozed pain", n)
		}
		w.texts("my crotch is numb and i cant pee")
		if n := len(w.cards()); n != 1 {
			t.Fatalf("%d alerts, want the red flag's: a snooze never holds one back", n)
		}
	})
}

func TestTheFrontDeskChangesNoPlan(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		desk := clinician("Front Desk", sam)
		desk.Roles = []string{"front_desk"}
		w.clinic.Slack.Clinicians = append(w.clinic.Slack.Clinicians, desk)
		p := w.enrol()
		w.command(sam, "find alex")
		w.submit(sam, map[string]any{"stage": "S1"})
		now, err := w.store.PatientByID(w.ctx, p.ClinicID, p.ID)
		w.must(err)
		if now.Snapshot.Stage != "S5" || !strings.Contains(string(w.modal(sam).Blocks), "Only a clinician") {
			t.Errorf("stands at %s; the dialog says %s", now.Snapshot.Stage, w.modal(sam).Blocks)
		}
	})
}
