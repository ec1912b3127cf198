package bot_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"backstop/bot"
	"backstop/flows/lift"
	"backstop/flows/reply"
)

// TestHomeworkFromPlanToTheNextLoad goes from intake over the plan of a lift day
// and its log to the next load, with the lift in the table of lifts.
func TestHomeworkFromPlanToTheNextLoad(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		p := w.enrol(func(n *bot.NewPatient) {
			n.Stage, n.Unit = "S4", "kg"
			n.Training = bot.NewTraining{Adult: true, ExaminedAt: w.clock.Now(), Gear: []string{"bar", "kettlebell"},
				Bodyweight: 80, Last: 60, LiftDays: everyDay}
		})
		w.until(1, "08:35")
		if got := w.lastText(); !strings.Contains(got, "deadlift 3x5 at 60 kg") {
			t.Fatalf("on the morning of a lift day the phone shows %q", got)
		}
		w.texts("DONE 0 3x8 at 60 kg")
		if got := w.lastText(); !strings.Contains(got, "3x8 at 60 kg") {
			t.Errorf("the answer is %q", got)
		}
		w.until(1, "08:40")
		w.texts("0")
		if got := w.lastText(); !strings.Contains(got, "deadlift 3x5 at 62.5 kg") {
			t.Errorf("after a calm morning the phone shows %q", got)
		}
		lifts, err := w.store.Lifts(w.ctx, p.ClinicID, p.ID, p.CreatedAt.Time)
		w.must(err)
		if len(lifts) != 1 || lifts[0].Work.Exercise != "deadlift" || lifts[0].Work.Load != 60 || lifts[0].MessageID == "" {
			t.Errorf("lifts: %+v", lifts)
		}
		replayed, err := w.bot.Replay(w.ctx, p.ClinicID, p.ID)
		w.must(err)
		if next := replayed.Training.Lifts[0].Next; next.Load != (lift.Load{Value: 62.5, Unit: reply.Kilogram}) {
			t.Errorf("replayed, the next plan is %+v", next)
		}
	})
}

var everyDay = []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

func TestWrongTrainingIsRefusedByName(t *testing.T) {
	each(t, func(w *world) {
		usual := 1.0
		_, _, err := w.bot.Enrol(w.ctx, bot.NewPatient{Phone: alexPhone, Baseline: &usual, Training: bot.NewTraining{
			Letter: "z", Gear: []string{"barbell"}, LiftDays: []string{"someday"}, ExaminedAt: w.clock.Now().AddDate(1, 0, 0)}}, "test")
		var wrong bot.FieldErrors
		if !errors.As(err, &wrong) {
			w.t.Fatalf("got %v", err)
		}
		for _, field := range []string{"training.letter", "training.gear", "training.lift_days", "training.examined_at"} {
			if !slices.ContainsFunc(wrong, func(f bot.FieldError) bool { return f.Field == field }) {
				w.t.Errorf("%s is not named in %v", field, wrong)
			}
		}
	})
}
