package bot_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"backstop/bot"
	"backstop/flows"
)

// TestPainAfterASessionReachesTheClinician walks one conversation through every
// room of the house: session, evening question, answer, alert, acknowledge,
// resolve, next morning.
func TestPainAfterASessionReachesTheClinician(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		p := w.enrol()
		if got := w.phone(); len(got) != 1 || !strings.Contains(got[0], "STOP to end") {
			t.Fatalf("after enrolment the phone shows %q, want the welcome", got)
		}
		w.session()
		w.until(0, "19:05")
		if got := w.lastText(); !strings.Contains(got, "BACK pain") || len(w.phone()) != 2 {
			t.Fatalf("in the evening the phone shows %q, want the evening question", w.phone())
		}

		w.texts("7")
		if got := w.lastText(); !strings.Contains(got, "Pause lifting") || len(w.phone()) != 3 {
			t.Fatalf("after a 7 the phone shows %q, want the alert's text once", w.phone())
		}
		cards := w.cards()
		if len(cards) != 1 {
			t.Fatalf("the channel shows %d alerts, want 1: %+v", len(cards), w.channel())
		}
		card := cards[0]
		for _, want := range []string{"A.R.", "P2", "Pain 7, usual 1"} {
			if !says(card, want) {
				t.Errorf("the card does not say %q: %s", want, card.Blocks)
			}
		}

		press := w.sandbox.Slack().Press(michael, card.Channel, card.TS, "acknowledge")
		if press.Status != http.StatusOK {
			t.Fatalf("press: %d %v", press.Status, press.Err)
		}
		w.settle()
		if card = w.cards()[0]; !says(card, "cknowledged by") || !says(card, michael) {
			t.Errorf("after the press the card says %s", card.Blocks)
		}
		w.submit(michael, map[string]any{"by": "none"})
		w.press(michael, card, bot.ActionResolve)
		w.submit(michael, map[string]any{"outcome": "seen", "note": "came by <!channel>"})
		if card, _ = w.sandbox.Slack().Message(card.Channel, card.TS); !says(card, "Seen or spoken to") || !says(card, bot.ActionUseful) {
			t.Errorf("after it was resolved the card says %s", card.Blocks)
		}
		alerts, err := w.store.AlertsOf(w.ctx, p.ClinicID, p.ID, 5)
		w.must(err)
		if len(alerts) != 1 || alerts[0].State != "resolved" || alerts[0].ResolvedBy != michael {
			t.Errorf("alerts: %+v, want one resolved by %s", alerts, michael)
		}

		w.until(1, "08:35")
		if got := w.lastText(); !strings.Contains(got, "0-10") {
			t.Errorf("the next morning the phone shows %q, want the daily question", got)
		}
		replayed, err := w.bot.Replay(w.ctx, p.ClinicID, p.ID)
		w.must(err)
		stored, err := w.store.PatientByID(w.ctx, p.ClinicID, p.ID)
		w.must(err)
		if normal(replayed) != normal(stored.Snapshot) {
			t.Errorf("replaying the log gives\n%+v\nwant the snapshot\n%+v", replayed, stored.Snapshot)
		}
	})
}

// normal makes empty and missing lists equal, as JSON does.
func normal(p flows.Patient) string { return mustJSON(p) }

func TestARedFlagIsAnsweredAtOnceAndPagesUntilSomebodyActs(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		w.texts("my crotch is numb and i cant pee")
		if got := w.lastText(); !strings.Contains(got, "ER now") || !strings.Contains(got, "alerting your therapist") {
			t.Fatalf("the phone shows %q, want the advice, with the alert it can claim", got)
		}
		cards := w.cards()
		if len(cards) != 1 || !says(cards[0], "P1") || !says(cards[0], "<!here>") {
			t.Fatalf("the channel shows %+v, want one P1 that calls everybody", w.channel())
		}
		w.session()
		w.until(0, "14:16")
		calls := w.sandbox.Twilio().Calls()
		if len(calls) != 1 || calls[0].To != string(w.clinic.OnCall[0].Phone) {
			t.Fatalf("after five minutes the phones on call got %+v, want one call to %s", calls, w.clinic.OnCall[0].Phone)
		}
		staff := w.sandbox.Twilio().Bodies(string(w.clinic.OnCall[0].Phone))
		if len(staff) != 1 || strings.Contains(staff[0], "Alex") || strings.Contains(staff[0], "numb") {
			t.Fatalf("the on-call phone got %q, want one text without the patient in it", staff)
		}
		w.sandbox.Twilio().AnswerAndPress(calls[0].SID, "1")
		w.until(0, "18:00") // an emergency taken and not resolved is brought up after four hours
		if n := len(w.sandbox.Twilio().Calls()); n != 1 {
			t.Errorf("%d calls after somebody took the alert, want 1", n)
		}
		if got := w.phone(); len(got) != 2 {
			t.Errorf("the phone shows %q: nothing may follow the advice while the red flag is open", got)
		}
	})
}

func mustJSON(v any) string {
	out, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(out)
}
