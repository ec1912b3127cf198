package bot_test

import (
	"strings"
	"testing"
	"time"

	"backstop/bot"
	"backstop/bot/sandbox"
	"backstop/flows/protocol"
)

const sam = "U0SAMLEE"

// on is the clock of a world at a time of a day in Chicago.
func (w *world) on(day, clockTime string) {
	w.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", day+" "+clockTime, w.clinic.TimeZone)
	w.must(err)
	w.clock.set(at)
}

// thread is what stands in an alert's thread, as text and blocks.
func (w *world) thread(card sandbox.Message) string {
	var out strings.Builder
	for _, m := range w.sandbox.Slack().Thread(card.Channel, card.TS) {
		if m.TS != card.TS {
			out.Write(m.Blocks)
		}
	}
	return out.String()
}

// redFlag has Alex report an emergency, and returns its card.
func (w *world) redFlag() sandbox.Message {
	w.t.Helper()
	w.texts("my crotch is numb and i cant pee")
	cards := w.cards()
	if len(cards) != 1 {
		w.t.Fatalf("%d alerts, want one", len(cards))
	}
	return cards[0]
}

// flare has Alex report a 7 after a session, and returns its card.
func (w *world) flare() sandbox.Message {
	w.t.Helper()
	w.session()
	w.until(0, "19:05")
	w.texts("7")
	cards := w.cards()
	if len(cards) != 1 {
		w.t.Fatalf("%d alerts, want one", len(cards))
	}
	return cards[0]
}

func TestScenario34AcknowledgedOnceAndTheSecondHearsWho(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.clinic.Slack.Clinicians = append(w.clinic.Slack.Clinicians, clinician("Sam Lee", sam))
		w.enrol()
		card := w.flare()
		late, err := w.sandbox.Slack().Payload(sandbox.Act{User: sam, Channel: card.Channel, TS: card.TS, ActionID: bot.ActionAcknowledge})
		w.must(err)
		w.press(michael, card, bot.ActionAcknowledge)
		w.sandbox.Slack().Again(late)
		w.settle()
		w.eventually("Sam hears who has it", func() bool {
			return len(w.whispers(sam)) == 1 && strings.Contains(w.whispers(sam)[0], "<@"+michael+"> acknowledged this already")
		})
		if now, _ := w.sandbox.Slack().Message(card.Channel, card.TS); !says(now, "Acknowledged by") {
			t.Errorf("the card says %s", now.Blocks)
		}
		w.seesAtHome(sam, "Michael Torres has it")
	})
}

func TestScenario35ForgottenAfterItWasTaken(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		card := w.redFlag()
		w.press(michael, card, bot.ActionAcknowledge)
		w.clock.set(w.clock.Now().Add(w.clinic.Protocol.Alerts.Resolve - time.Minute))
		w.settle()
		if got := w.thread(card); strings.Contains(got, "Still open") {
			t.Fatalf("reminded before its time: %s", got)
		}
		w.clock.set(w.clock.Now().Add(2 * time.Minute))
		w.settle()
		if got := w.thread(card); !strings.Contains(got, "Still open") || !strings.Contains(got, michael) {
			t.Fatalf("the thread says %s, want a reminder that mentions Michael", got)
		}
		if n := len(w.sandbox.Twilio().Calls()); n != 0 {
			t.Fatalf("%d calls at the reminder, want none", n)
		}
		w.clock.set(w.clock.Now().Add(w.clinic.Protocol.Alerts.P1bAck + time.Minute))
		w.settle()
		calls := w.sandbox.Twilio().Calls()
		if len(calls) != 1 || calls[0].To != string(w.clinic.OnCall[1].Phone) {
			t.Fatalf("rang %+v, want the one who did not let it lie", calls)
		}
		if now, _ := w.sandbox.Slack().Message(card.Channel, card.TS); !says(now, bot.ActionAcknowledge) {
			t.Errorf("the card cannot be taken again: %s", now.Blocks)
		}
	})
}

func TestScenario36NobodyActsOnAHoliday(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		w.on("2026-12-25", "23:10") // Christmas night, and a Friday
		card := w.redFlag()
		told := len(w.phone())
		w.clock.set(w.clock.Now().Add(6 * time.Minute))
		for range 3 { // Michael, Sam, and round again
			w.settle()
			w.missCalls()
			w.clock.set(w.clock.Now().Add(w.clinic.Protocol.Alerts.RingNext + time.Second))
		}
		w.settle()
		rung := map[string]int{}
		for _, c := range w.sandbox.Twilio().Calls() {
			rung[c.To]++
		}
		for _, who := range w.clinic.OnCall {
			if rung[string(who.Phone)] == 0 {
				t.Errorf("%s was never rung: %v", who.Name, rung)
			}
		}
		last := w.phone()[told:]
		if len(last) != 1 || !strings.Contains(last[0], w.clinic.PhoneShown()) || !strings.Contains(last[0], "911") {
			t.Errorf("the patient was told %q, want whom to ring, once", last)
		}
		if got := w.thread(card); !strings.Contains(got, "the patient was told to ring") || !strings.Contains(got, michael) {
			t.Errorf("the thread says %s", got)
		}
	})
}

// missCalls lets every phone that rings go unanswered.
func (w *world) missCalls() {
	w.t.Helper()
	for _, c := range w.sandbox.Twilio().Calls() {
		if c.Status == "ringing" || c.Status == "queued" {
			w.sandbox.Twilio().NoAnswer(c.SID)
		}
	}
	w.settle()
}

func TestAFlareUpIsRemindedOfInOfficeHoursOnly(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		card := w.flare() // Tuesday 19:05, the office is closed
		w.until(1, "09:59")
		if got := w.thread(card); strings.Contains(got, "Nobody has acknowledged") {
			t.Fatalf("reminded before two office hours had passed: %s", got)
		}
		w.until(0, "10:01")
		if got := w.thread(card); !strings.Contains(got, "Nobody has acknowledged") || !strings.Contains(got, michael) {
			t.Fatalf("the thread says %s, want a reminder that mentions who is on call", got)
		}
		if n := len(w.sandbox.Twilio().Calls()); n != 0 {
			t.Errorf("%d phones rang for a flare-up", n)
		}
		w.until(0, "12:02")
		if got := w.sandbox.Twilio().Bodies(string(w.clinic.OnCall[1].Phone)); len(got) != 1 || strings.Contains(got[0], "A.R.") {
			t.Errorf("the second on call got %q, want one text without the patient", got)
		}
	})
}

func TestAPromiseIsToldAndABrokenOneEscalates(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		w.on("2026-11-24", "14:20")
		card := w.redFlag()
		w.press(michael, card, bot.ActionAcknowledge)
		five := protocol.At(protocol.DateOf(w.clock.Now(), w.clinic.TimeZone), clockAt(t, "17:00"), w.clinic.TimeZone).UTC()
		w.submit(michael, map[string]any{"by": five.Format(time.RFC3339)})
		if got := w.lastText(); !strings.Contains(got, "will call you by Tue 17:00") {
			t.Fatalf("the patient was told %q", got)
		}
		if now, _ := w.sandbox.Slack().Message(card.Channel, card.TS); !says(now, "promised a call by Tue 17:00") {
			t.Errorf("the card says %s", now.Blocks)
		}
		w.clock.set(five.Add(time.Minute))
		w.settle()
		if got := w.lastText(); !strings.Contains(got, "has not come yet") {
			t.Errorf("the patient was told %q, want that the call did not come", got)
		}
		calls := w.sandbox.Twilio().Calls()
		if len(calls) != 1 || calls[0].To != string(w.clinic.OnCall[1].Phone) {
			t.Errorf("rang %+v, want the next clinician", calls)
		}
		if got := w.thread(card); !strings.Contains(got, "Michael Torres promised") {
			t.Errorf("the thread says %s", got)
		}
	})
}

func TestAKeptPromiseRests(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		w.on("2026-11-24", "14:20")
		card := w.redFlag()
		w.press(michael, card, bot.ActionAcknowledge)
		five := protocol.At(protocol.DateOf(w.clock.Now(), w.clinic.TimeZone), clockAt(t, "17:00"), w.clinic.TimeZone).UTC()
		w.submit(michael, map[string]any{"by": five.Format(time.RFC3339)})
		w.press(michael, card, bot.ActionCall)
		if got := string(w.modal(michael).Blocks); !strings.Contains(got, "312-555-0171") {
			t.Fatalf("the dialog shows %s, want the number to ring", got)
		}
		w.submit(michael, map[string]any{"result": "reached", "note": "is in the ER"})
		told := len(w.phone())
		w.clock.set(five.Add(time.Minute))
		w.settle()
		if got := w.phone()[told:]; len(got) != 0 || len(w.sandbox.Twilio().Calls()) != 0 {
			t.Errorf("a kept promise was missed: %q", got)
		}
		if got := w.thread(card); !strings.Contains(got, "spoke with them. is in the ER") || strings.Contains(got, "0171") {
			t.Errorf("the thread says %s", got)
		}
	})
}

func TestScenario39SlackIsDownAndPhonesRingAtOnce(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		w.sandbox.Slack().FailAlways("chat.postMessage", sandbox.SlackError("token_revoked"))
		w.texts("my crotch is numb and i cant pee")
		w.eventually("a phone rings", func() bool { return len(w.sandbox.Twilio().Calls()) > 0 })
		if since := w.clock.Now().Sub(tuesday); since > time.Minute {
			t.Errorf("it rang after %s", since)
		}
		operator := w.sandbox.Twilio().Bodies(string(w.clinic.OnCall[0].Phone))
		if !strings.Contains(strings.Join(operator, "|"), "cannot post in Slack") {
			t.Errorf("nobody was told that Slack is down: %q", operator)
		}
		for _, text := range w.phone() {
			if strings.Contains(text, "alerting your therapist") {
				t.Errorf("the patient was promised what nobody saw: %q", text)
			}
		}
	})
}

func TestScenario39ADeletedChannelFallsBack(t *testing.T) {
	each(t, func(w *world) {
		w.clinic.Slack.Fallback = "C0OTHER"
		w.enrol()
		w.sandbox.Slack().FailIn(w.clinic.Slack.Channel, sandbox.SlackError("is_archived"))
		w.texts("my crotch is numb and i cant pee")
		w.eventually("the alert stands in the other channel", func() bool {
			return len(w.sandbox.Slack().Messages("C0OTHER")) > 0
		})
		card := w.sandbox.Slack().Messages("C0OTHER")[0]
		w.press(michael, card, bot.ActionAcknowledge)
		if now, _ := w.sandbox.Slack().Message(card.Channel, card.TS); !says(now, "Acknowledged by") {
			w.t.Errorf("the alert cannot be taken there: %s", now.Blocks)
		}
	})
}

func TestScenario39TheOldButtonAndTheRemovedClinician(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		card := w.flare()
		old, err := w.sandbox.Slack().Payload(sandbox.Act{User: michael, Channel: card.Channel, TS: card.TS, ActionID: bot.ActionAcknowledge})
		w.must(err)
		w.press(michael, card, bot.ActionResolve)
		w.submit(michael, map[string]any{"outcome": "settled"})
		w.clock.set(w.clock.Now().AddDate(1, 0, 0))
		w.sandbox.Slack().Again([]byte(strings.ReplaceAll(string(old), `"action_ts":"`, `"action_ts":"9`)))
		w.eventually("Michael hears that it is over", func() bool {
			said := w.whispers(michael)
			return len(said) > 0 && strings.Contains(said[len(said)-1], "resolved this already")
		})
		w.clinic.Slack.Clinicians, w.clinic.OnCall = nil, nil
		fired := strings.ReplaceAll(string(old), `"action_ts":"`, `"action_ts":"8`)
		w.sandbox.Slack().Again([]byte(fired))
		w.eventually("a removed clinician is refused", func() bool {
			said := w.whispers(michael)
			return strings.Contains(said[len(said)-1], "clinic file")
		})
		if got := w.whispers(michael); t.Failed() {
			t.Logf("whispered %q", got)
		}
	})
}

func TestSlackRepeatsAPressAndItCountsOnce(t *testing.T) {
	each(t, func(w *world) {
		w.enrol()
		card := w.flare()
		payload, err := w.sandbox.Slack().Payload(sandbox.Act{User: michael, Channel: card.Channel, TS: card.TS, ActionID: bot.ActionAcknowledge})
		w.must(err)
		for range 3 {
			w.sandbox.Slack().Again(payload)
		}
		w.settle()
		entries, err := w.store.AuditTrail(w.ctx, w.clinic.ID, tuesday.AddDate(0, 0, -1), tuesday.AddDate(0, 0, 2), 100)
		w.must(err)
		taken := 0
		for _, e := range entries {
			if e.Action == "acknowledge" {
				taken++
			}
		}
		if taken != 1 {
			w.t.Errorf("acknowledged %d times in the record, want once", taken)
		}
	})
}

func clockAt(t testing.TB, s string) protocol.Clock {
	t.Helper()
	c, err := protocol.ParseClock(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func clinician(name, slackID string) protocol.Clinician {
	return protocol.Clinician{Name: name, SlackID: slackID, Roles: []string{"clinician"}}
}
