package bot_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"backstop/bot"
	"backstop/bot/sandbox"
	"backstop/flows"
	"backstop/storage"
)

// rings waits for so many calls and returns the newest, ringing.
func (w *world) rings(count int) sandbox.Call {
	w.t.Helper()
	w.eventually("a phone rings", func() bool {
		calls := w.sandbox.Twilio().Calls()
		return len(calls) == count && calls[count-1].Status == "ringing"
	})
	return w.sandbox.Twilio().Calls()[count-1]
}

// alarm is a red flag that nobody acknowledges in Slack: the first phone rings.
func (w *world) alarm() (card sandbox.Message, first sandbox.Call) {
	w.t.Helper()
	w.enrol()
	card = w.redFlag()
	w.clock.set(w.clock.Now().Add(w.clinic.Protocol.Alerts.P1Ack + time.Second))
	w.settle()
	return card, w.rings(1)
}

// heard is what a phone heard, all of it.
func (w *world) heard(c sandbox.Call) string {
	now, _ := w.sandbox.Twilio().CallBySID(c.SID)
	return strings.Join(now.Said, "|")
}

// only is the one alert there is.
func (w *world) only() storage.Alert {
	w.t.Helper()
	alerts, err := w.store.UnresolvedAlerts(w.ctx, w.clinic.ID)
	w.must(err)
	if len(alerts) != 1 {
		w.t.Fatalf("%d alerts, want one", len(alerts))
	}
	return alerts[0]
}

// A line that is busy, a phone nobody answers and a voicemail hand over to the
// next one at once; only a pressed 1 takes the alert, and then nothing rings any more.
func TestBusyNoAnswerAndVoicemailRingTheNext(t *testing.T) {
	for how, ends := range map[string]func(*sandbox.Twilio, string){
		"busy":      func(tw *sandbox.Twilio, sid string) { tw.Busy(sid) },
		"no answer": func(tw *sandbox.Twilio, sid string) { tw.NoAnswer(sid) },
		"failed":    func(tw *sandbox.Twilio, sid string) { tw.FailCall(sid) },
		"voicemail": func(tw *sandbox.Twilio, sid string) {
			tw.Voicemail(sid)
			tw.HangUp(sid)
		},
		"another key": func(tw *sandbox.Twilio, sid string) {
			tw.AnswerAndPress(sid, "5")
			tw.HangUp(sid)
		},
	} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			each(t, func(w *world) {
				t := w.t
				card, first := w.alarm()
				ends(w.sandbox.Twilio(), first.SID)
				w.settle()
				second := w.rings(2)
				if second.To != string(w.clinic.OnCall[1].Phone) {
					t.Fatalf("then %s rings, want the second on call", second.To)
				}
				if a := w.only(); a.State != storage.AlertOpen {
					t.Fatalf("the alert is %s before anybody pressed 1", a.State)
				}
				w.sandbox.Twilio().AnswerAndPress(second.SID, "1")
				w.settle()
				if a := w.only(); a.State != storage.AlertAcknowledged || a.AcknowledgedBy != w.clinic.OnCall[1].Name {
					t.Fatalf("the alert is %s by %q", a.State, a.AcknowledgedBy)
				}
				if got := w.heard(second); !strings.Contains(got, "The alert is yours") || strings.Contains(got, "Alex") || strings.Contains(got, "numb") {
					t.Errorf("the phone heard %q", got)
				}
				w.sandbox.Twilio().HangUp(second.SID)
				w.clock.set(w.clock.Now().Add(2 * w.clinic.Protocol.Alerts.RingNext))
				w.settle()
				if n := len(w.sandbox.Twilio().Calls()); n != 2 {
					t.Errorf("%d calls, want none after it was taken", n)
				}
				if now, _ := w.sandbox.Slack().Message(card.Channel, card.TS); !says(now, "Acknowledged by "+w.clinic.OnCall[1].Name) {
					t.Errorf("the card says %s", now.Blocks)
				}
			})
		})
	}
}

// The worst night: Slack is down, the first phone is busy, and the second on call
// presses 1. The alert is theirs, the patient hears that somebody has it only then,
// and the card says so once Slack is back.
func TestSlackDownPhoneBusyAndTheSecondPressesOne(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		w.sandbox.Slack().FailAlways("chat.postMessage", sandbox.SlackError("token_revoked"))
		w.texts("my crotch is numb and i cant pee")
		first := w.rings(1)
		if since := w.clock.Now().Sub(tuesday); since > time.Minute {
			t.Errorf("it rang after %s", since)
		}
		w.sandbox.Twilio().Busy(first.SID)
		w.settle()
		second := w.rings(2)
		w.sandbox.Twilio().AnswerAndPress(second.SID, "1")
		w.sandbox.Twilio().HangUp(second.SID)
		w.settle()
		if a := w.only(); a.State != storage.AlertAcknowledged || a.AcknowledgedBy != w.clinic.OnCall[1].Name {
			t.Fatalf("the alert is %s by %q", a.State, a.AcknowledgedBy)
		}
		w.clock.set(w.clock.Now().Add(10 * time.Minute))
		w.settle()
		if n := len(w.sandbox.Twilio().Calls()); n != 2 {
			t.Errorf("%d calls, want none after it was taken", n)
		}
		w.sandbox.Slack().ClearFaults()
		w.eventually("the card stands, taken", func() bool {
			w.clock.set(w.clock.Now().Add(time.Minute))
			w.settle()
			cards := w.cards()
			return len(cards) == 1 && says(cards[0], "Acknowledged by "+w.clinic.OnCall[1].Name)
		})
		trail, err := w.store.AuditTrail(w.ctx, w.clinic.ID, tuesday, w.clock.Now().Add(time.Minute), 100)
		w.must(err)
		if !slices.ContainsFunc(trail, func(e storage.AuditEntry) bool {
			return e.Action == "acknowledge by phone" && e.Actor == w.clinic.OnCall[1].Name
		}) {
			t.Errorf("the record says %+v", trail)
		}
	})
}

// Whoever presses 1 again hears that the alert is theirs; whoever comes second,
// who has it; and after it was closed, that it is.
func TestPressingOneAgainOrSecond(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		card, first := w.alarm()
		w.clock.set(w.clock.Now().Add(w.clinic.Protocol.Alerts.RingNext + time.Second))
		w.settle()
		second := w.rings(2) // while the first still rings
		w.sandbox.Twilio().AnswerAndPress(first.SID, "1")
		w.settle()
		report := func(c sandbox.Call, digits string) string {
			calls, err := w.store.CallByProvider(w.ctx, c.SID)
			w.must(err)
			say, err := w.bot.ReceiveCall(w.ctx, bot.CallReport{CallID: calls.ID, AlertID: calls.AlertID, ProviderID: c.SID, Status: "in-progress", Digits: digits})
			w.must(err)
			return say
		}
		if got := report(first, "1"); got != "The alert is yours already. You find it in Slack." {
			t.Errorf("pressed again, it says %q", got)
		}
		w.sandbox.Twilio().AnswerAndPress(second.SID, "1")
		w.settle()
		if got := w.heard(second); !strings.Contains(got, w.clinic.OnCall[0].Name+" has taken the alert already") {
			t.Errorf("the second phone heard %q", got)
		}
		if a := w.only(); a.AcknowledgedBy != w.clinic.OnCall[0].Name {
			t.Errorf("taken by %q, want the one who pressed first", a.AcknowledgedBy)
		}
		w.press(michael, card, bot.ActionResolve)
		w.submit(michael, map[string]any{"outcome": "emergency"})
		if got := report(second, "1"); !strings.Contains(got, "closed already") {
			t.Errorf("after it was closed it says %q", got)
		}
	})
}

// Two on call press 1 in the same moment: one has it, the other hears who.
func TestTwoOnCallPressOneAtTheSameMoment(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		_, first := w.alarm()
		w.clock.set(w.clock.Now().Add(w.clinic.Protocol.Alerts.RingNext + time.Second))
		w.settle()
		second := w.rings(2)
		var group sync.WaitGroup
		for _, c := range []sandbox.Call{first, second} {
			group.Go(func() { w.sandbox.Twilio().AnswerAndPress(c.SID, "1") })
		}
		group.Wait()
		w.settle()
		heard := []string{w.heard(first), w.heard(second)}
		yours := slices.DeleteFunc(slices.Clone(heard), func(s string) bool { return !strings.Contains(s, "The alert is yours. You find it") })
		late := slices.DeleteFunc(slices.Clone(heard), func(s string) bool { return !strings.Contains(s, "has taken the alert already") })
		if len(yours) != 1 || len(late) != 1 {
			t.Errorf("the phones heard %q, want one to have it and one to hear who", heard)
		}
		trail, err := w.store.AuditTrail(w.ctx, w.clinic.ID, tuesday.AddDate(0, 0, -1), tuesday.AddDate(0, 0, 2), 100)
		w.must(err)
		taken := 0
		for _, e := range trail {
			if e.Action == "acknowledge by phone" {
				taken++
			}
		}
		if taken != 1 {
			t.Errorf("the record says it was taken %d times", taken)
		}
	})
}

// Slack repeats what it got no answer to within three seconds: a press, a form, a
// command and an event each act once, however often they come.
func TestScenario42SlackRepeatsWhatItGotNoAnswerTo(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		card := w.flare()
		press, err := w.sandbox.Slack().Payload(sandbox.Act{User: michael, Channel: card.Channel, TS: card.TS, ActionID: bot.ActionAcknowledge})
		w.must(err)
		for range 4 { // the first and three retries
			w.sandbox.Slack().Again(press)
		}
		w.settle()
		five := clockOn(w, "2026-11-25", "12:00").UTC().Format(time.RFC3339)
		told := len(w.phone())
		promise := bot.Submission{Key: "V42", Form: "promise", About: w.only().ID, Team: "T0SANDBOX", User: michael, Fields: map[string]string{"by": five}}
		for range 4 {
			_, err := w.bot.Submit(w.ctx, promise)
			w.must(err)
		}
		w.settle()
		if got := w.phone()[told:]; len(got) != 1 || !strings.Contains(got[0], "will call you by") {
			t.Errorf("the patient got %q, want the promise once", got)
		}
		seen, err := w.bot.Seen(w.ctx, "Ev42")
		w.must(err)
		again, err := w.bot.Seen(w.ctx, "Ev42")
		w.must(err)
		if seen || !again {
			t.Errorf("an event that came twice: first known %v, then known %v", seen, again)
		}
		page := w.pageOf(card)
		for range 3 {
			w.browse(page, map[string][]string{"body": {"Rest today."}})
		}
		w.undoPasses("the text arrives", func() bool { return slices.Contains(w.phone(), "Rest today.") })
		w.settle()
		counts := map[string]int{}
		for _, text := range w.phone() {
			counts[text]++
		}
		if counts["Rest today."] != 1 {
			t.Errorf("the patient was texted %d times", counts["Rest today."])
		}
		trail, err := w.store.AuditTrail(w.ctx, w.clinic.ID, tuesday.AddDate(0, 0, -1), tuesday.AddDate(0, 0, 2), 100)
		w.must(err)
		done := map[string]int{}
		for _, e := range trail {
			done[e.Action]++
		}
		if done["acknowledge"] != 1 || done["promise"] != 1 {
			t.Errorf("the record says %v", done)
		}
	})
}

func clockOn(w *world, day, at string) time.Time {
	w.t.Helper()
	moment, err := time.ParseInLocation("2006-01-02 15:04", day+" "+at, w.clinic.TimeZone)
	w.must(err)
	return moment
}

// A known pain is snoozed until a time: as bad is silent but for its line, worse
// breaks through, what stops work breaks through, a red flag always does, and
// afterwards the same pain alerts again.
func TestScenario43ASnoozeHasAnEndAndAFloor(t *testing.T) {
	for name, c := range map[string]struct {
		says  string
		days  int
		level flows.Level // empty for no alert
	}{
		"as bad":           {"7", 0, ""},
		"less":             {"5", 0, ""},
		"worse":            {"8", 0, flows.P2},
		"a flare-up, said": {"7, it's a flare-up", 0, flows.P2},
		"after its end":    {"7", 8, flows.P2},
		"a red flag":       {"my crotch is numb and i cant pee", 0, flows.P1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			each(t, func(w *world) {
				t := w.t
				w.enrol()
				w.command(michael, "find alex")
				w.submit(michael, map[string]any{"do": "snooze", "up_to": "7"})
				if c.days > 0 {
					w.until(c.days, "14:00")
				}
				w.session()
				w.until(0, "19:05")
				w.texts(c.says)
				alerts, err := w.store.UnresolvedAlerts(w.ctx, w.clinic.ID)
				w.must(err)
				switch {
				case c.level == "" && len(alerts) > 0:
					t.Errorf("%s for a known pain", alerts[0].Level)
				case c.level != "" && (len(alerts) != 1 || alerts[0].Level != c.level):
					t.Errorf("%d alerts, want one at %s", len(alerts), c.level)
				}
				line := slices.ContainsFunc(w.channel(), func(m sandbox.Message) bool { return says(m, "Pain "+c.says) })
				if c.level == "" && !line {
					t.Error("a known pain left no line: no reported pain is kept from the clinician")
				}
			})
		})
	}
}
