package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"backstop/bot"
	"backstop/bot/sandbox"
	"backstop/flows"
	"backstop/storage"
)

// stepped gives the world a bot that keeps Slack's pace and works its jobs one
// after the other by the world's clock, so that every second can be looked at.
func (w *world) stepped() {
	w.t.Helper()
	w.must(w.bot.Stop(w.ctx))
	w.config.Stepped, w.config.PerChannel = true, 1
	w.restart()
}

// work sweeps and works what is due now.
func (w *world) work() {
	w.t.Helper()
	w.must(w.bot.Sweep(w.ctx))
	for {
		did, err := w.bot.Step(w.ctx, func(any) bool { return false })
		w.must(err)
		if !did {
			return
		}
	}
}

// crowd are patients who all had a session and were asked about it tonight.
func (w *world) crowd(count int) (phones []string) {
	w.t.Helper()
	for i := range count {
		usual := 1.0
		phone := fmt.Sprintf("+1312555%04d", 200+i)
		p, _, err := w.bot.Enrol(w.ctx, bot.NewPatient{Name: fmt.Sprintf("Pat%c %c", 'a'+i%26, 'A'+i/26), Phone: phone, Baseline: &usual, Stage: "S5",
			Consent: bot.ConsentEvidence{Method: "written", At: tuesday.Add(-time.Hour)}}, "test")
		w.must(err)
		_, _, err = w.bot.LogSession(w.ctx, bot.NewSession{Patient: p.ID, EndedAt: w.clock.Now()}, "test")
		w.must(err)
		phones = append(phones, phone)
	}
	w.work()
	w.on("2026-11-24", "19:05")
	w.work()
	return phones
}

// hears takes a text in as the webhook would, without working off what follows.
func (w *world) hears(phone, body string) {
	w.t.Helper()
	w.must(w.bot.ReceiveText(w.ctx, bot.InboundText{ProviderID: fmt.Sprintf("SM%s/%d/%s", phone[1:], w.clock.Now().UnixNano(), body),
		From: phone, To: string(w.clinic.Sender.Number), Body: body, SentAt: w.clock.Now()}))
}

// isCard reports whether a message is an alert that can be taken.
func isCard(m sandbox.Message) bool { return strings.Contains(string(m.Blocks), `"acknowledge"`) }

// A protocol edit gone wrong, or a hard session for everybody: fifty at once.
// The emergency among them stands there at once and alone; no second shows more
// messages than Slack takes; five flare-ups stand for themselves and the rest in
// the thread of one message; each can be taken, and nothing is lost.
func TestScenario38FiftyAlertsAtOnce(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.stepped()
		phones := w.crowd(50)
		before := len(w.channel())
		for i, phone := range phones {
			w.hears(phone, "7")
			if i == 30 {
				w.hears(phone, "my crotch is numb and i cant pee")
			}
		}
		w.work()
		began := w.channel()[before:]
		emergencies := 0
		for _, m := range began {
			if says(m, "P1 Emergency") && m.ThreadTS == "" {
				emergencies++
			}
		}
		if emergencies != 1 {
			t.Fatalf("in the first moment the channel shows %d emergencies, want the one: it overtakes", emergencies)
		}
		const burst = 4 // the one now, and the three seconds a line may run ahead
		if got := len(began) - emergencies; got > burst {
			t.Errorf("%d other messages in the first moment, want at most %d", got, burst)
		}
		shown := len(began)
		for second := range 240 {
			w.clock.set(w.clock.Now().Add(time.Second))
			w.work()
			now := len(w.channel()) - before
			if now-shown > 1 {
				t.Fatalf("%d messages in second %d, want one at most", now-shown, second+1)
			}
			shown = now
		}
		var alone, below, heads int
		var head sandbox.Message
		for _, m := range w.channel() {
			switch {
			case isCard(m) && m.ThreadTS == "" && !says(m, "P1 Emergency"):
				alone++
			case isCard(m) && m.ThreadTS != "":
				below++
			case says(m, "Many alerts at once"):
				heads++
				head = m
			}
		}
		if alone != w.clinic.Protocol.Alerts.FloodAfter || heads != 1 || alone+below != 50 {
			t.Errorf("%d flare-ups stand alone and %d below %d messages, want %d alone and all of 50", alone, below, heads, w.clinic.Protocol.Alerts.FloodAfter)
		}
		if !says(head, fmt.Sprintf("%d more stand in this thread", below)) || !says(head, "come from rule R2c") || !says(head, "and 25 more") {
			t.Errorf("the message above them says %s", head.Blocks)
		}
		alerts, err := w.store.UnresolvedAlerts(w.ctx, w.clinic.ID)
		w.must(err)
		for _, a := range alerts {
			if a.DeliveredAt.IsZero() {
				t.Errorf("alert %s of %s was never shown", a.ID, a.PatientID)
			}
		}
		if len(alerts) != 51 {
			t.Errorf("%d alerts are kept, want 51", len(alerts))
		}
		w.takesOneBelow(head)
	})
}

// takesOneBelow acknowledges an alert in the thread of a flood.
func (w *world) takesOneBelow(head sandbox.Message) {
	w.t.Helper()
	for _, m := range w.sandbox.Slack().Thread(head.Channel, head.TS) {
		if !isCard(m) {
			continue
		}
		if d := w.sandbox.Slack().Press(michael, m.Channel, m.TS, bot.ActionAcknowledge); d.Err != nil {
			w.t.Fatal(d.Err)
		}
		alerts, err := w.store.UnresolvedAlerts(w.ctx, w.clinic.ID)
		w.must(err)
		taken := 0
		for _, a := range alerts {
			if a.State == storage.AlertAcknowledged {
				taken++
			}
		}
		if taken != 1 {
			w.t.Errorf("%d alerts were taken by one press in the thread", taken)
		}
		return
	}
	w.t.Error("no card stands in the thread")
}

func TestAnEmergencyInAFloodIsNeverPutInAThread(t *testing.T) {
	each(t, func(w *world) {
		w.stepped()
		for _, phone := range w.crowd(20) {
			w.hears(phone, "chest pain, cant breathe")
		}
		w.work()
		if got := len(w.channel()); got != 20 {
			w.t.Fatalf("%d messages, want all twenty emergencies at once", got)
		}
		for _, m := range w.channel() {
			if m.ThreadTS != "" || !isCard(m) || !says(m, "<!here>") {
				w.t.Errorf("an emergency stands as %s in thread %q", m.Blocks, m.ThreadTS)
			}
		}
	})
}

// Slack's Retry-After holds the whole channel, not only the message it came for.
func TestScenario38SlackAsksToWait(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.stepped()
		phones := w.crowd(10)
		w.sandbox.Slack().FailNext("chat.postMessage", 1, sandbox.RateLimited("30"))
		for _, phone := range phones {
			w.hears(phone, "7")
		}
		w.work()
		asked := w.sandbox.Slack().Requests("chat.postMessage")
		for range 29 {
			w.clock.set(w.clock.Now().Add(time.Second))
			w.work()
		}
		if got := w.sandbox.Slack().Requests("chat.postMessage"); got != asked {
			t.Errorf("asked %d times within the 30 seconds", got-asked)
		}
		for range 120 {
			w.clock.set(w.clock.Now().Add(time.Second))
			w.work()
		}
		cards := 0
		for _, m := range w.channel() {
			if isCard(m) {
				cards++
			}
		}
		if cards != 10 {
			t.Errorf("%d of 10 alerts stand there in the end", cards)
		}
	})
}

// A patient has one card in the channel: what is no worse goes below it.
func TestASecondAlertOfAPatientStandsInTheThreadOfTheFirst(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		card := w.flare()
		w.texts("what's the address of the clinic?")
		var second sandbox.Message
		for _, m := range w.sandbox.Slack().Thread(card.Channel, card.TS) {
			if m.TS != card.TS && isCard(m) {
				second = m
			}
		}
		if !says(second, "Asks something") {
			t.Fatalf("the thread holds no card of the question: %s", w.thread(card))
		}
		w.press(michael, second, bot.ActionAcknowledge)
		alerts, err := w.store.UnresolvedAlerts(w.ctx, w.clinic.ID)
		w.must(err)
		for _, a := range alerts {
			if a.Level == flows.P2 && a.State != storage.AlertOpen || a.Level == flows.P3 && a.State != storage.AlertAcknowledged {
				t.Errorf("%s is %s after the question was taken", a.Level, a.State)
			}
		}
		w.texts("my crotch is numb and i cant pee")
		for _, m := range w.channel() {
			if says(m, "P1 Emergency") && m.ThreadTS != "" {
				t.Error("the emergency was put in a thread")
			}
		}
	})
}
