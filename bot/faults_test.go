package bot_test

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"

	"backstop/bot"
	"backstop/bot/sandbox"
	"backstop/storage"
)

// eventually waits until something holds while time goes by for the bot.
func (w *world) eventually(what string, holds func() bool) {
	w.t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); {
		if holds() {
			return
		}
		w.clock.set(w.clock.Now().Add(200 * time.Millisecond))
		ctx, cancel := context.WithTimeout(w.ctx, 30*time.Second)
		err := w.bot.Settle(ctx)
		cancel()
		w.must(err)
		time.Sleep(5 * time.Millisecond) // snoozed jobs wait in real time
	}
	w.t.Fatalf("never came true: %s; phone %q, channel %d messages", what, w.phone(), len(w.channel()))
}

// outcomes counts the messages of the store by direction and state.
func (w *world) outcomes() map[storage.MessageState]int64 {
	w.t.Helper()
	counts, err := w.store.MessageCounts(w.ctx, w.clinic.ID, tuesday.Add(-time.Hour), tuesday.AddDate(1, 0, 0))
	w.must(err)
	out := map[storage.MessageState]int64{}
	for _, c := range counts {
		out[c.State] += c.Count
	}
	return out
}

// TestScenario24ATextLeavesOnceWhateverTwilioAnswers is scenario 24 and its relatives:
// the outcome of a send is not known, and still the phone gets it once.
func TestScenario24ATextLeavesOnceWhateverTwilioAnswers(t *testing.T) {
	faults := map[string]sandbox.Fault{
		"cut after acceptance":   sandbox.CutAfter(),
		"cut before acceptance":  sandbox.CutBefore(),
		"502 after acceptance":   sandbox.ErrorAfter(http.StatusBadGateway),
		"502 without acceptance": sandbox.HTML(http.StatusBadGateway),
		"201 without a sid":      sandbox.NoSID(),
		"429":                    sandbox.RateLimited("1"),
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			each(t, func(w *world) {
				w.sandbox.Twilio().FailNext(1, fault)
				w.enrol()
				w.eventually("one text arrives", func() bool {
					return len(w.phone()) >= 1 && w.outcomes()[storage.MessageQueued]+w.outcomes()[storage.MessageSending] == 0
				})
				for range 5 { // and nothing more comes
					w.clock.set(w.clock.Now().Add(time.Second))
					w.settle()
				}
				if got := w.phone(); len(got) != 1 {
					w.t.Errorf("the phone shows %q, want one text", got)
				}
			})
		})
	}
}

// TestAnAlertStandsOnceWhateverSlackAnswers is the same for Slack.
func TestAnAlertStandsOnceWhateverSlackAnswers(t *testing.T) {
	faults := map[string]sandbox.Fault{
		"cut after acceptance":  sandbox.CutAfter(),
		"cut before acceptance": sandbox.CutBefore(),
		"502 after acceptance":  sandbox.ErrorAfter(http.StatusBadGateway),
		"ok without a channel":  sandbox.SlackError(""),
		"429":                   sandbox.RateLimited("1"),
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			each(t, func(w *world) {
				w.enrol()
				w.sandbox.Slack().FailNext("chat.postMessage", 1, fault)
				w.texts("chest pain")
				w.eventually("the alert stands", func() bool { return len(w.cards()) >= 1 })
				for range 5 {
					w.clock.set(w.clock.Now().Add(time.Second))
					w.settle()
				}
				if got := w.cards(); len(got) != 1 {
					w.t.Errorf("the channel shows %d alerts, want one", len(got))
				}
			})
		})
	}
}

// TestSlackRefusingAnEmergencyRingsThePhonesAtOnce is scenario 39.
func TestSlackRefusingAnEmergencyRingsThePhonesAtOnce(t *testing.T) {
	each(t, func(w *world) {
		w.enrol()
		w.sandbox.Slack().FailAlways("chat.postMessage", sandbox.SlackError("token_revoked"))
		w.texts("chest pain")
		w.eventually("a phone on call rings", func() bool { return len(w.sandbox.Twilio().Calls()) == 1 })
		if got := w.clock.Now().Sub(tuesday); got > time.Minute {
			w.t.Errorf("the phone rang after %s, want at once", got)
		}
	})
}

// TestScenario18TheSameWebhookManyTimesIsOneText is scenario 18.
func TestScenario18TheSameWebhookManyTimesIsOneText(t *testing.T) {
	each(t, func(w *world) {
		w.enrol()
		before := len(w.phone())
		sid := w.sandbox.Twilio().TextLost(alexPhone, "what's the address?")
		var group sync.WaitGroup
		for range 5 {
			group.Go(func() {
				if d := w.sandbox.Twilio().Redeliver(sid); d.Status != http.StatusOK {
					w.t.Errorf("webhook: %d %v", d.Status, d.Err)
				}
			})
		}
		group.Wait()
		w.settle()
		if got := len(w.phone()) - before; got != 1 {
			w.t.Errorf("%d answers to one text that came five times, want 1", got)
		}
		if got := w.outcomes()[storage.MessageReceived]; got != 1 {
			w.t.Errorf("%d texts stored, want 1", got)
		}
	})
}

// TestScenario21DeliveryReportsNeverMoveATextBackwards is scenario 21.
func TestScenario21DeliveryReportsNeverMoveATextBackwards(t *testing.T) {
	each(t, func(w *world) {
		w.sandbox.Twilio().Hold(true)
		p := w.enrol()
		sent := w.sandbox.Twilio().SentTo(alexPhone)[0]
		for _, status := range []string{"delivered", "sent", "queued", "failed"} {
			w.sandbox.Twilio().Report(sent.SID, status, 0)
		}
		w.settle()
		conversation, err := w.store.Conversation(w.ctx, p.ClinicID, p.ID, 1)
		w.must(err)
		if got := conversation[0].State; got != storage.MessageDelivered {
			w.t.Errorf("the text is %s, want delivered", got)
		}
	})
}

// TestScenario23AnOptOutOnlyTheCarrierKnowsStopsEverything is scenarios 12 of the traps and 23: 21610 at the call, and later.
func TestScenario23AnOptOutOnlyTheCarrierKnowsStopsEverything(t *testing.T) {
	for name, order := range map[string]func(*world){
		"at the call": func(w *world) { w.sandbox.Twilio().FailTo(alexPhone, sandbox.TwilioError(21610)) },
		"later":       func(w *world) { w.sandbox.Twilio().Outcome(alexPhone, "failed", 21610) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			each(t, func(w *world) {
				order(w)
				p := w.enrol()
				stopped := func() bool {
					stored, err := w.store.PatientByID(w.ctx, p.ClinicID, p.ID)
					w.must(err)
					return stored.Snapshot.Consent.State == "stopped"
				}
				w.eventually("the opt-out is known", stopped)
				w.sandbox.Twilio().ClearFaults()
				before := len(w.phone())
				w.session()
				w.until(1, "20:00")
				if got := len(w.phone()) - before; got != 0 {
					w.t.Errorf("%d texts after the opt-out, want none", got)
				}
			})
		})
	}
}

// TestAnUnknownNumberIsShownAndAnsweredOnceADay holds the bad input of an unknown phone.
func TestAnUnknownNumberIsShownAndAnsweredOnceADay(t *testing.T) {
	each(t, func(w *world) {
		const stranger = "+13125550188"
		for _, body := range []string{"hello?", "anybody there", ""} {
			w.sandbox.Twilio().Text(stranger, body)
			w.settle()
		}
		if got := w.sandbox.Twilio().Bodies(stranger); len(got) != 1 {
			w.t.Errorf("the stranger got %q, want one polite answer", got)
		}
		if got := len(w.channel()); got != 3 {
			w.t.Errorf("the channel shows %d lines, want the three texts", got)
		}
	})
}

// TestOddTextsAreStoredWhole holds the bad input of odd texts.
func TestOddTextsAreStoredWhole(t *testing.T) {
	long := make([]byte, 1600)
	for i := range long {
		long[i] = "x y"[i%3]
	}
	for name, body := range map[string]string{
		"1,600 characters": string(long), "emoji": "🙂🏋️‍♀️👍🏽", "null bytes": "a\x00b", "right to left": "\u202eolleh\u202c",
		"zero width": "7\u200b\u200d", "nothing": "",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			each(t, func(w *world) {
				p := w.enrol()
				w.texts(body)
				conversation, err := w.store.Conversation(w.ctx, p.ClinicID, p.ID, 10)
				w.must(err)
				found := false
				for _, m := range conversation {
					found = found || m.Direction == storage.Inbound && m.Body == body
				}
				if !found {
					w.t.Errorf("the text %q is not stored as it came", body)
				}
			})
		})
	}
}

// TestTwoCliniciansPressAtOnce is scenario 34: one wins, the other hears who did.
func TestTwoCliniciansPressAtOnce(t *testing.T) {
	each(t, func(w *world) {
		w.enrol()
		w.texts("chest pain")
		card := w.cards()[0]
		alerts, err := w.store.UnresolvedAlerts(w.ctx, w.clinic.ID)
		w.must(err)
		press := func(key, user string) bot.Pressed {
			pressed, err := w.bot.Press(w.ctx, bot.Press{Key: key, Action: bot.ActionAcknowledge, About: alerts[0].ID,
				Team: w.sandbox.Options().Team.ID, Channel: card.Channel, User: user})
			if err != nil {
				w.t.Error(err)
			}
			return pressed
		}
		var group sync.WaitGroup
		results := make([]bot.Pressed, 4)
		for i := range results {
			group.Go(func() { results[i] = press(string(rune('a'+i)), michael) })
		}
		group.Wait()
		won := 0
		for _, r := range results {
			if r.Done {
				won++
			} else if r.Say == "" {
				w.t.Error("the one who was late hears nothing")
			}
		}
		if won != 1 {
			w.t.Errorf("%d presses won, want 1", won)
		}
		if r := press("z", "U0STRANGER"); r.Done || r.Say == "" {
			w.t.Errorf("a stranger's press: %+v, want a refusal", r)
		}
		if r := press("a", michael); r.Done {
			w.t.Error("the same press again acted again")
		}
	})
}
