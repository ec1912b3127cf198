package bot_test

import (
	"fmt"
	"regexp"
	"slices"
	"testing"

	"backstop/bot"
	"backstop/bot/sandbox"
	"backstop/flows/protocol"
	"backstop/flows/reply"
	"backstop/storage"
	"backstop/storage/storagetest"
)

// bigClinic enrols so many patients who lift, each with a session that ended this
// afternoon, and lets the evening's questions leave.
func bigClinic(tb testing.TB, w *world, patients int) {
	tb.Helper()
	for i := range patients {
		p, _, err := w.bot.Enrol(w.ctx, bot.NewPatient{Name: fmt.Sprintf("Pat%d Doe", i), Phone: fmt.Sprintf("+1312555%04d", i), Baseline: new(1.0), Stage: "S5",
			ExternalID: fmt.Sprint("MRN-", i), Consent: bot.ConsentEvidence{Method: "written", At: tuesday}}, "test")
		w.must(err)
		for _, days := range []int{-14, 0} {
			_, _, err = w.bot.LogSession(w.ctx, bot.NewSession{Patient: p.ID, EndedAt: w.clock.Now().AddDate(0, 0, days),
				Lifts: []reply.Lift{{Exercise: "deadlift", Sets: 3, Reps: []int{5}, Load: float64(185 + days + i%3), Unit: reply.Pound, RPE: new(8.0)}}}, "test")
			w.must(err)
		}
	}
}

// pages walks through all pages of a part of the home view and returns whom it shows.
func (w *world) pages(part string, pages int) (rows []string) {
	w.t.Helper()
	for n := range pages {
		home, _ := w.sandbox.Slack().Home(michael)
		action := fmt.Sprintf("home:%s/%d", part, n)
		if d := w.sandbox.Slack().PressIn(michael, home.ID, action); !d.OK() {
			w.t.Fatalf("press %s: %+v", action, d)
		}
		w.waitForHome(michael, fmt.Sprintf("page %d of %d", n+1, pages))
		home, _ = w.sandbox.Slack().Home(michael)
		for _, wrong := range sandbox.ValidateView(home.Raw) {
			w.t.Errorf("%s: %s", action, wrong)
		}
		found := aRow.FindAllStringSubmatch(string(home.Blocks), -1)
		if len(found) > 20 {
			w.t.Errorf("%s shows %d patients at once", action, len(found))
		}
		for _, m := range found {
			rows = append(rows, m[1])
		}
	}
	return rows
}

var aRow = regexp.MustCompile(`Pat(\d+) Doe`)

// Home of a clinic with hundreds of patients: every page of every part is one that Slack
// takes, and the pages together show everybody once. Who is in a flare-up lifts for
// no personal best.
func TestHomeOfHundredsOfPatients(t *testing.T) {
	w := newWorld(t, storagetest.Open(t, storage.SQLite))
	w.clinic.Slack.Show = protocol.ShowName
	const patients, worse = 160, 45
	bigClinic(t, w, patients)
	for i := range worse {
		if r := w.sandbox.Twilio().Text(fmt.Sprintf("+1312555%04d", i), "my back is a 7 today"); !r.Delivery.OK() {
			t.Fatalf("text: %+v", r.Delivery)
		}
	}
	w.settle()
	w.seesAtHome(michael, "Due today (160)", "Show all 160")
	home, _ := w.sandbox.Slack().Home(michael)
	for _, wrong := range sandbox.ValidateView(home.Raw) {
		t.Errorf("the overview: %s", wrong)
	}
	for part, want := range map[string]int{"now": worse, "flare": worse, "due": patients, "best": patients - worse} {
		rows := w.pages(part, (want+19)/20)
		slices.Sort(rows)
		if once := slices.Compact(slices.Clone(rows)); len(rows) != want || len(once) != want {
			t.Errorf("the pages of %s show %d rows, %d patients, want %d once each", part, len(rows), len(once), want)
		}
		home, _ := w.sandbox.Slack().Home(michael)
		w.sandbox.Slack().PressIn(michael, home.ID, "home:")
		w.waitForHome(michael, "Show all 160")
	}
}

// BenchmarkHome measures what a clinician waits for who opens the home tab of a
// clinic with 500 patients, all of whom lift.
func BenchmarkHome(b *testing.B) {
	for _, engine := range storagetest.Engines {
		b.Run(string(engine), func(b *testing.B) {
			w := newWorldPolling(b, storagetest.Open(b, engine), 0)
			bigClinic(b, w, 500)
			w.settle()
			b.ResetTimer()
			for b.Loop() {
				home, err := w.bot.HomeOf(w.ctx, "T0SANDBOX", michael, "")
				w.must(err)
				if len(home.Sections) != 5 {
					b.Fatalf("shows %+v", home.Sections)
				}
			}
		})
	}
}
