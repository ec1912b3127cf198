package bot_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"backstop/bot"
	"backstop/bot/sandbox"
)

func TestHelpNamesEveryCommand(t *testing.T) {
	each(t, func(w *world) {
		w.command(michael, "")
		w.command(michael, "what?")
		got := w.whispers(michael)
		if len(got) != 2 || got[0] != got[1] {
			w.t.Fatalf("whispered %q, want the help twice", got)
		}
		for _, c := range bot.CommandsHelp() {
			if !strings.Contains(got[0], c.Usage) {
				w.t.Errorf("the help does not name %s: %s", c.Usage, got[0])
			}
		}
	})
}

func TestAPatientIsEnrolledFromSlack(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.command(michael, "enrol")
		wrong := map[string]any{"name": "Kim Ito", "phone": "12", "baseline": "11", "consent": "written"}
		if d := w.sandbox.Slack().SubmitModal(michael, wrong); d.Err != nil || d.Status != http.StatusOK {
			t.Fatalf("submit: %+v", d)
		}
		if errs := w.modal(michael).Errors; errs["phone"] == "" || errs["baseline"] == "" || len(errs) != 2 {
			t.Fatalf("the dialog says %v, want what is wrong with the phone and the pain", errs)
		}
		w.submit(michael, map[string]any{"phone": "(212) 555-0134", "baseline": "1.5"})
		found, err := w.store.PatientsByPhone(w.ctx, w.clinic.ID, "+12125550134")
		w.must(err)
		if len(found) != 1 || found[0].Name != "Kim Ito" || found[0].Snapshot.TimeZone != "America/New_York" || found[0].Snapshot.Usual != 1.5 {
			t.Fatalf("in care is %+v, want Kim in the zone of their number", found)
		}
		if got := string(w.modal(michael).Blocks); !strings.Contains(got, "K.I. is in care") || !strings.Contains(got, "America/New_York") {
			t.Errorf("the dialog ends with %s", got)
		}
		if got := w.sandbox.Twilio().Bodies("+12125550134"); len(got) != 1 {
			t.Errorf("Kim got %q, want the welcome", got)
		}
	})
}

func TestASessionLoggedFromSlackCountsOnce(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		p := w.enrol()
		w.command(michael, "session alex")
		w.submit(michael, map[string]any{"lifts": "deadlift 3x5 @ 185\n", "pain": "2", "note": "moved well"})
		sessions, err := w.store.Sessions(w.ctx, p.ClinicID, p.ID, tuesday.AddDate(0, 0, -1))
		w.must(err)
		lifts, err := w.store.Lifts(w.ctx, p.ClinicID, p.ID, tuesday.AddDate(0, 0, -1))
		w.must(err)
		if len(sessions) != 1 || len(lifts) != 1 || lifts[0].Work.Load != 185 || lifts[0].Work.Unit != "lb" || !strings.Contains(sessions[0].Note, "moved well") {
			t.Fatalf("kept %+v and %+v", sessions, lifts)
		}
		w.until(0, "19:05")
		if got := w.lastText(); !strings.Contains(got, "BACK pain") {
			t.Errorf("in the evening the phone shows %q", got)
		}
	})
}

func TestAFormSentTwiceIsTakenOnce(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		again := bot.Submission{Key: "V1", Form: "enrol", Team: "T0SANDBOX", User: michael, Fields: map[string]string{
			"name": "Kim Ito", "phone": "2125550134", "baseline": "1", "consent": "written", "language": "en", "stage": "S1", "unit": "lb"}}
		for range 2 {
			out, err := w.bot.Submit(w.ctx, again)
			w.must(err)
			if len(out.Wrong) != 0 {
				t.Fatalf("refused: %v", out.Wrong)
			}
		}
		found, err := w.store.PatientsByPhone(w.ctx, w.clinic.ID, "+12125550134")
		w.must(err)
		if len(found) != 1 {
			t.Errorf("%d patients, want one", len(found))
		}
	})
}

func TestSomebodyIsLookedUp(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		w.command(michael, "find nobody")
		if got := w.whispers(michael); len(got) != 1 || !strings.Contains(got[0], "No patient") {
			t.Errorf("whispered %q", got)
		}
		w.command(michael, "find rivera")
		if got := string(w.modal(michael).Blocks); !strings.Contains(got, "S5 heavy") || strings.Contains(got, "Rivera") {
			t.Errorf("the dialog shows %s, want Alex without the name", got)
		}
		w.command("U0STRANGER", "find rivera")
		if got := w.whispers("U0STRANGER"); len(got) != 1 || !strings.Contains(got[0], "clinic file") {
			t.Errorf("a stranger was told %q", got)
		}
	})
}

// Home shows hundreds of patients by pages, and every page is one Slack takes.
func TestHomeShowsTheCaseload(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		w.session()
		w.seesAtHome(michael, "Due today (1)", "A.R.", "No alerts are open")
		w.until(0, "19:05")
		w.seesAtHome(michael, "Waiting for an answer (1)")
		w.texts("7")
		w.seesAtHome(michael, "P2 · A.R. · ", "flare-up since")
		for i := range 45 {
			n := bot.NewPatient{Name: fmt.Sprintf("Pat %c Doe", 'A'+i%26), Phone: fmt.Sprintf("+1312555%04d", 200+i), Baseline: new(1.0),
				Consent: bot.ConsentEvidence{Method: "written", At: tuesday}}
			p, _, err := w.bot.Enrol(w.ctx, n, "test")
			w.must(err)
			_, _, err = w.bot.LogSession(w.ctx, bot.NewSession{Patient: p.ID, EndedAt: w.clock.Now().AddDate(0, 0, 1)}, "test")
			if err == nil {
				t.Fatal("a session of tomorrow was logged")
			}
			_, _, err = w.bot.LogSession(w.ctx, bot.NewSession{Patient: p.ID, EndedAt: w.clock.Now()}, "test")
			w.must(err)
		}
		w.settle()
		w.until(1, "08:35")
		w.seesAtHome(michael, "Show all 46")
		v, _ := w.sandbox.Slack().Home(michael)
		d := w.sandbox.Slack().Do(sandbox.Act{User: michael, View: v.ID, ActionID: "home:waiting/0"})
		if d.Err != nil || d.Status != http.StatusOK {
			t.Fatalf("press: %+v", d)
		}
		w.waitForHome(michael, "page 1 of 3", "Next page")
	})
}
