package bot_test

import (
	"strings"
	"testing"

	"backstop/bot"
	"backstop/bot/sandbox"
	"backstop/flows"
)

// replies are what stands in a card's thread below the card.
func (w *world) replies(card sandbox.Message) (out []sandbox.Message) {
	for _, m := range w.sandbox.Slack().Thread(card.Channel, card.TS) {
		if m.TS != card.TS {
			out = append(out, m)
		}
	}
	return out
}

// Ten reports in one flare-up are one card that is edited, and one silent line
// each; only what is worse is shown in the channel again, and calls whoever has it.
func TestScenario37TenReportsInOneFlare(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		card := w.flare() // 7 in the evening
		w.press(michael, card, bot.ActionAcknowledge)
		loud := func() (n int) {
			for _, m := range w.replies(card) {
				if m.Broadcast || strings.Contains(string(m.Blocks), "<@") {
					n++
				}
			}
			return n
		}
		for range 8 {
			w.texts("pain is 7")
		}
		if got := w.cards(); len(got) != 1 {
			t.Fatalf("%d cards after nine reports, want one", len(got))
		}
		lines := 0
		for _, m := range w.replies(card) {
			if says(m, "pain is 7") {
				lines++
			}
		}
		if lines != 8 {
			t.Errorf("%d lines for eight reports, want one each: no report is kept from the clinician", lines)
		}
		if n := loud(); n != 0 {
			t.Errorf("%d of them were loud, want none: nothing is worse", n)
		}
		now, _ := w.sandbox.Slack().Message(card.Channel, card.TS)
		if now.Updates == 0 || !says(now, "Acknowledged by") {
			t.Errorf("the card was edited %d times and says %s", now.Updates, now.Blocks)
		}
		w.texts("pain is 9 now")
		if n := loud(); n != 1 {
			t.Fatalf("%d loud lines after it got worse, want one", n)
		}
		last := w.replies(card)
		worse := last[len(last)-1]
		if !worse.Broadcast || !says(worse, "Worse: ") || !says(worse, "<@"+michael+">") || !says(worse, "Pain 9") {
			t.Errorf("the line says %s, broadcast %v", worse.Blocks, worse.Broadcast)
		}
		if now, _ = w.sandbox.Slack().Message(card.Channel, card.TS); !says(now, "Pain 9") {
			t.Errorf("the card still says %s", now.Blocks)
		}
		if got := w.cards(); len(got) != 1 {
			t.Errorf("%d cards, want one", len(got))
		}
	})
}

// Having read "for information" is not having taken a flare-up.
func TestANoteThatBecomesAFlareUpMustBeTakenAnew(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.enrol()
		w.session()
		w.until(0, "19:05")
		w.texts("3")
		w.until(1, "08:35")
		w.texts("4") // well above the usual 1: a flare watch
		card := w.cards()[0]
		w.press(michael, card, bot.ActionAcknowledge)
		w.texts("pain is 8 now")
		alerts, err := w.store.UnresolvedAlerts(w.ctx, w.clinic.ID)
		w.must(err)
		if len(alerts) != 1 || alerts[0].Level != flows.P2 || alerts[0].State != "open" {
			t.Fatalf("%d alerts, the first %s and %s, want it open again as P2", len(alerts), alerts[0].Level, alerts[0].State)
		}
		if now, _ := w.sandbox.Slack().Message(card.Channel, card.TS); !isCard(now) || !says(now, "P2 Flare-up") {
			t.Errorf("the card says %s, want a flare-up to be taken", now.Blocks)
		}
		if got := w.thread(card); !strings.Contains(got, "Worse: ") || !strings.Contains(got, michael) {
			t.Errorf("the thread says %s, want whoever had it called", got)
		}
	})
}
