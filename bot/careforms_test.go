package bot_test

import (
	"net/http"
	"strings"
	"testing"

	"backstop/bot"
	"backstop/flows"
	"backstop/storage"
	"backstop/storage/storagetest"
)

// pressInModal presses a button of the dialog somebody has open.
func (w *world) pressInModal(user, action string) {
	w.t.Helper()
	v := w.modal(user)
	if d := w.sandbox.Slack().PressIn(user, v.ID, action); d.Err != nil || d.Status != http.StatusOK {
		w.t.Fatalf("press %s: %+v", action, d)
	}
}

func (w *world) alex() storage.Patient {
	w.t.Helper()
	p, err := w.store.PatientByID(w.ctx, w.clinic.ID, w.patientID())
	w.must(err)
	return p
}

func TestASessionLoggedByMistakeIsTakenBack(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		p := w.enrol()
		w.command(michael, "session alex")
		w.submit(michael, map[string]any{"lifts": "deadlift 3x5 @ 1850", "pain": "2"})
		w.command(michael, "find alex")
		w.pressInModal(michael, "command:cancel "+p.ID)
		w.sees(michael, "Which one?")
		w.submit(michael, nil)
		sessions, err := w.store.Sessions(w.ctx, p.ClinicID, p.ID, tuesday.AddDate(0, 0, -1))
		w.must(err)
		lifts, err := w.store.Lifts(w.ctx, p.ClinicID, p.ID, tuesday.AddDate(0, 0, -1))
		w.must(err)
		if len(sessions) != 0 || len(lifts) != 0 {
			t.Errorf("kept %+v and %+v", sessions, lifts)
		}
		before := len(w.phone())
		w.until(1, "12:00")
		if got := w.phone()[before:]; len(got) != 0 {
			t.Errorf("after it was taken back the phone got %q", got)
		}
		w.command(michael, "cancel alex")
		if got := w.whispers(michael); len(got) == 0 || !strings.Contains(got[len(got)-1], "no session") {
			t.Errorf("whispered %q", got)
		}
	})
}

func TestASessionIsTakenBackOnce(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		s, _, err := w.bot.LogSession(w.ctx, bot.NewSession{Patient: "alex", ExternalID: "visit-1", EndedAt: w.clock.Now()}, "test")
		w.must(err)
		w.must(w.bot.CancelSession(w.ctx, "", s.ID, "test"))
		for _, id := range []string{s.ID, "no session"} {
			if err := w.bot.CancelSession(w.ctx, "", id, "test"); err == nil || !strings.Contains(err.Error(), "session: ") {
				t.Errorf("cancel %s: %v, want what is wrong", id, err)
			}
		}
		// the scheduling system says it once more: it stays taken back
		_, created, err := w.bot.LogSession(w.ctx, bot.NewSession{Patient: "alex", ExternalID: "visit-1", EndedAt: w.clock.Now()}, "test")
		w.must(err)
		if created || w.alex().Snapshot.Session.ID != "" {
			t.Errorf("created %v, followed up %q", created, w.alex().Snapshot.Session.ID)
		}
	})
}

func TestAnotherNumberFromSlackIsAskedFirst(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		w.command(michael, "phone alex")
		if d := w.sandbox.Slack().SubmitModal(michael, map[string]any{"phone": "12"}); d.Err != nil || d.Status != http.StatusOK {
			t.Fatalf("submit: %+v", d)
		}
		if errs := w.modal(michael).Errors; errs["phone"] == "" {
			t.Fatalf("a number that is none was taken: %v", errs)
		}
		w.submit(michael, map[string]any{"phone": "(312) 555-0188"})
		if got := w.sandbox.Twilio().Bodies("+13125550188"); len(got) != 1 || !strings.Contains(got[0], "Reply YES or STOP") {
			t.Errorf("the new number got %q, want the one question", got)
		}
	})
}

func TestADischargeFromSlackTellsThePatientAndIsACliniciansAlone(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		desk := clinician("Front Desk", sam)
		desk.Roles = []string{"front_desk"}
		w.clinic.Slack.Clinicians = append(w.clinic.Slack.Clinicians, desk)
		w.enrol()
		w.command(sam, "discharge alex")
		if got := w.whispers(sam); len(got) != 1 || !strings.Contains(got[0], "Only a clinician") {
			t.Errorf("the front desk was told %q", got)
		}
		w.command(michael, "discharge alex")
		w.submit(michael, nil)
		if w.alex().Snapshot.Course.Discharged.IsZero() {
			t.Fatal("the plan is not finished")
		}
		w.command(michael, "find alex")
		if got := string(w.modal(michael).Blocks); !strings.Contains(got, "Discharged on") {
			t.Errorf("the dialog shows %s", got)
		}
	})
}

func TestTheExitOfAStageIsConfirmedFromSlack(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol(func(n *bot.NewPatient) { n.Stage = "S1" })
		w.command(michael, "find alex")
		if got := string(w.modal(michael).Blocks); !strings.Contains(got, "Confirm: reaches mid-shin") {
			t.Fatalf("the dialog offers %s", got)
		}
		w.submit(michael, map[string]any{"do": "confirm"})
		if got := w.alex().Snapshot.Training.Ticked; got != flows.StageMobility {
			t.Errorf("confirmed is %q", got)
		}
		w.command(michael, "find alex")
		if got := string(w.modal(michael).Blocks); strings.Contains(got, "Confirm: ") {
			t.Errorf("what is confirmed is offered again: %s", got)
		}
	})
}

func TestTheHomeworkIsSetFromSlack(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol(func(n *bot.NewPatient) { n.Stage = "S4" })
		w.command(michael, "plan alex")
		if d := w.sandbox.Slack().SubmitModal(michael, map[string]any{"load": "-3", "sets": "2.5", "examined": "2027-01-01"}); d.Err != nil || d.Status != http.StatusOK {
			t.Fatalf("submit: %+v", d)
		}
		if errs := w.modal(michael).Errors; errs["load"] == "" || errs["sets"] == "" || errs["examined"] == "" {
			t.Fatalf("the dialog says %v", errs)
		}
		w.submit(michael, map[string]any{"load": "135", "sets": "3", "reps": "5", "examined": "2026-11-20", "bodyweight": "180", "excluded": "osteoporosis, ",
			"days": []string{"tuesday", "friday"}, "facts": []string{"adult", "override"}, "gear": []string{"bar"}})
		tr := w.alex().Snapshot.Training
		if len(tr.Choices.LiftDays) != 2 || !tr.Gate.Adult || !tr.Gate.Override || tr.Gate.Bodyweight.Value != 180 || tr.Gate.ExaminedAt.IsZero() ||
			len(tr.Gate.Excluded) != 1 || len(tr.Gate.Gear) != 1 {
			t.Errorf("kept %+v", tr)
		}
		if len(tr.Lifts) == 0 || tr.Lifts[0].Next.Load.Value != 135 || tr.Lifts[0].Next.Sets != 3 {
			t.Errorf("the plan is %+v", tr.Lifts)
		}
	})
}

// The pain a clinician enters is what the rules reckon with, not a note.
func TestPainDuringASessionCounts(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		w.command(michael, "session alex")
		w.submit(michael, map[string]any{"pain": "6"})
		if got := w.alex().Snapshot.Session.During; got == nil || *got != 6 {
			t.Fatalf("kept %v", got)
		}
		w.until(0, "19:05")
		w.texts("1")
		if cards := w.cards(); len(cards) != 1 || !says(cards[0], "P3") {
			t.Errorf("the channel shows %+v, want a flare watch: 6 is worse than the evening's 1", cards)
		}
	})
}

// One press on the alert that asks for it, and the next stage begins.
func TestAStepIsApprovedOnItsAlert(t *testing.T) {
	w := newWorld(t, storagetest.Open(t, storage.SQLite))
	w.waitsForApproval()
	before := w.alex().Snapshot.Stage
	cards := w.cards()
	card := cards[len(cards)-1]
	if !says(card, "Approve S2") {
		t.Fatalf("the card shows %s", card.Blocks)
	}
	w.press(michael, card, bot.ActionApprove)
	if now := w.alex().Snapshot.Stage; now == before || now != flows.StageHinge {
		t.Errorf("stands at %s", now)
	}
	w.eventually("the card is closed", func() bool {
		m, _ := w.sandbox.Slack().Message(card.Channel, card.TS)
		return says(m, "Resolved")
	})
	w.press(michael, card, bot.ActionUseful) // what a resolved card offers
}
