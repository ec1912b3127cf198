package bot_test

import (
	"strings"
	"testing"
	"time"

	"backstop/bot"
	"backstop/bot/sandbox"
	"backstop/flows/protocol"
)

// digests are the mornings' overviews that stand in the channel.
func (w *world) digests() (out []sandbox.Message) {
	for _, m := range w.channel() {
		if says(m, "This morning, ") {
			out = append(out, m)
		}
	}
	return out
}

// another takes one more patient into care.
func (w *world) another(id, name, phone string) {
	w.t.Helper()
	usual := 1.0
	_, _, err := w.bot.Enrol(w.ctx, bot.NewPatient{ExternalID: id, Name: name, Phone: phone, Baseline: &usual, Stage: "S5",
		Consent: bot.ConsentEvidence{Method: "written", At: tuesday.Add(-time.Hour)}}, "test")
	w.must(err)
	_, _, err = w.bot.LogSession(w.ctx, bot.NewSession{Patient: id, EndedAt: w.clock.Now()}, "test")
	w.must(err)
	w.settle()
}

func (w *world) textFrom(phone, body string) {
	w.t.Helper()
	if r := w.sandbox.Twilio().Text(phone, body); r.Delivery.Err != nil {
		w.t.Fatal(r.Delivery.Err)
	}
	w.settle()
}

// A morning with something of everything: one message, with what a clinician
// needs before the first patient.
func TestTheMorningDigest(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		w.another("kim", "Kim Ito", "+13125550172")
		w.another("lee", "Lee Ray", "+13125550173")
		w.another("max", "Max Orr", "+13125550174")
		w.texts("what's the address of the clinic?")
		card := w.cards()[0]
		w.press(michael, card, bot.ActionResolve)
		w.submit(michael, map[string]any{"outcome": "seen"})
		w.press(michael, card, bot.ActionUseful)
		w.until(0, "19:05")
		w.textFrom("+13125550172", "can i come on friday instead?")
		w.textFrom("+13125550174", "4") // raised, and settled before the digest
		w.textFrom("+13125550174", "no")
		w.until(1, "07:59")
		if n := len(w.digests()); n != 0 {
			t.Fatalf("%d digests before the clinic's time", n)
		}
		w.until(0, "08:00")
		w.says(w.oneDigest(1), "This morning, Wed Nov 25", "Texts to read and answer (1)", "K.I. · About an appointment", "Did not answer (1)", "L.R. · asked Tue 19:00",
			"Alerts per clinician and working day: 0.4 in the last 7 days (2 in all), 0.1 in the last 28 (2)", "1 of 1 called useful (100 %)")
		if d := w.oneDigest(1); says(d, "A.R.") || says(d, "Open alerts") || says(d, "M.O.") || strings.Contains(d.Text, "K.I.") {
			t.Errorf("the digest tells of what is dealt with, or its notification of a patient: %q %s", d.Text, d.Blocks)
		}
		w.settle()
		w.must(w.bot.Stop(w.ctx))
		w.restart() // which remembers nothing but the database
		w.until(0, "10:30")
		w.oneDigest(1)
		w.textFrom("+13125550174", "1")
		w.until(1, "07:58")
		w.texts("my crotch is numb and i cant pee")
		w.until(0, "08:00")
		w.says(w.oneDigest(2), "This morning, Thu Nov 26", "Open alerts (1)", "P1 · A.R. · Red flag", "open since Thu 07:58",
			"Near-flares that settled (1)", "M.O. · raised Tue, settled Wed", "Did not answer (1)", "L.R. · asked Wed 08:30")
	})
}

// oneDigest is the newest of so many digests.
func (w *world) oneDigest(count int) sandbox.Message {
	w.t.Helper()
	all := w.digests()
	if len(all) != count {
		w.t.Fatalf("%d digests, want %d", len(all), count)
	}
	return all[len(all)-1]
}

// says requires a message to show every text.
func (w *world) says(m sandbox.Message, texts ...string) {
	w.t.Helper()
	for _, text := range texts {
		if !says(m, text) {
			w.t.Errorf("the message does not say %q: %s", text, m.Blocks)
		}
	}
}

func TestNothingToSayAndNoDigest(t *testing.T) {
	each(t, func(w *world) {
		w.enrol()
		w.until(1, "08:20")
		if n := len(w.channel()); n != 0 {
			w.t.Errorf("%d messages on a morning on which nothing was", n)
		}
	})
}

// The clinic is closed from Thanksgiving to Monday: Monday tells of all of it.
func TestTheDigestKnowsTheClinicsDays(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.clinic.Holidays = append(w.clinic.Holidays, protocol.Date{Year: 2026, Month: time.November, Day: 26}, protocol.Date{Year: 2026, Month: time.November, Day: 27})
		w.enrol()
		w.on("2026-11-25", "08:00")
		w.settle() // where the last digest ends
		w.on("2026-11-26", "18:00")
		w.texts("what's the address of the clinic?")
		for _, day := range []string{"2026-11-27", "2026-11-28", "2026-11-29"} {
			w.on(day, "08:01")
			w.settle()
			if n := len(w.digests()); n != 0 {
				t.Fatalf("a digest on %s, when the clinic is closed", day)
			}
		}
		w.on("2026-11-30", "08:01")
		w.settle()
		if got := w.digests(); len(got) != 1 || !says(got[0], "Texts to read and answer (1)") {
			t.Errorf("on Monday %d digests", len(got))
		}
	})
}

// A server that was down sends the digest while it is still morning, and else
// leaves it to the next one, which covers both.
func TestADigestAfterDowntime(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		w.texts("what's the address of the clinic?")
		w.on("2026-11-25", "16:00")
		w.settle()
		if n := len(w.digests()); n != 0 {
			t.Fatal("a morning's digest at four in the afternoon")
		}
		w.on("2026-11-26", "10:55")
		w.settle()
		if n := len(w.digests()); n != 1 {
			t.Fatalf("%d digests at 10:55 of the next day, want the one that was late", n)
		}
	})
}

// Slack takes nothing all morning: the digest is taken back, and what it would
// have told of stands in the next.
func TestADigestThatSlackDoesNotTakeInTime(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		w.another("lee", "Lee Ray", "+13125550173")
		w.on("2026-11-24", "19:05")
		w.settle()
		w.on("2026-11-25", "08:00")
		w.sandbox.Slack().FailAlways("chat.postMessage", sandbox.RateLimited("2"))
		w.settle()
		w.on("2026-11-25", "12:00")
		w.sandbox.Slack().ClearFaults()
		w.eventually("the digest is taken back", func() bool {
			cursor, err := w.store.Cursor(w.ctx, "digest:"+w.clinic.ID)
			w.must(err)
			return strings.HasPrefix(cursor, "2026-11-24T14:00")
		})
		if n := len(w.digests()); n != 0 {
			t.Fatal("a morning's digest at noon")
		}
		w.on("2026-11-26", "08:00")
		w.settle()
		if got := w.digests(); len(got) != 1 || !says(got[0], "L.R. · asked ") {
			t.Errorf("the next morning %d digests, want the one that tells of Lee's silence", len(got))
		}
	})
}

// The night the clocks go back shows half past one twice; the one that goes
// forward does not show half past two at all.
func TestADigestInTheNightsTheClocksChange(t *testing.T) {
	for name, night := range map[string]struct {
		at    string
		first time.Time
	}{
		"back":    {"01:30", time.Date(2026, 11, 1, 6, 30, 0, 0, time.UTC)},
		"forward": {"02:30", time.Date(2027, 3, 14, 8, 30, 0, 0, time.UTC)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			each(t, func(w *world) {
				t := w.t
				w.clinic.Slack.Digest = clockAt(t, night.at)
				w.clinic.OfficeHours[time.Sunday] = w.clinic.OfficeHours[time.Monday]
				w.clock.set(night.first.Add(-time.Hour))
				w.enrol(func(n *bot.NewPatient) { n.Consent.At = night.first.AddDate(0, 0, -1) })
				w.texts("what's the address of the clinic?")
				for minutes := -5; minutes <= 130; minutes += 5 {
					w.clock.set(night.first.Add(time.Duration(minutes) * time.Minute))
					w.settle()
					want := 0
					if minutes >= 0 {
						want = 1
					}
					if n := len(w.digests()); n != want {
						t.Fatalf("%d minutes after it was due %d digests, want %d", minutes, n, want)
					}
				}
			})
		})
	}
}
