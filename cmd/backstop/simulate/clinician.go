package simulate

import (
	"context"
	"time"

	"backstop/bot"
	"backstop/flows"
)

// alerter sees the cards that reach the channel, and lets clinicians act on them.
type alerter struct {
	bot.Alerter
	w *world
}

// Post shows a post, and somebody sees it.
func (a alerter) Post(ctx context.Context, p bot.Post) (bot.Posted, error) {
	at, err := a.Alerter.Post(ctx, p)
	if err == nil && p.Card != nil {
		a.w.clinicianSees(*p.Card, at)
	}
	return at, err
}

// caller sees the phones that are rung.
type caller struct {
	bot.Caller
	w *world
}

// Call rings somebody on call, who answers more often than not.
func (c caller) Call(ctx context.Context, call bot.OutgoingCall) (bot.Accepted, error) {
	accepted, err := c.Caller.Call(ctx, call)
	if err == nil {
		w := c.w
		w.Calls++
		w.rang[call.AlertID] = true
		report := bot.CallReport{CallID: call.ID, AlertID: call.AlertID, ProviderID: accepted.ProviderID, Status: "no-answer"}
		if w.rng.Float64() < 0.7 {
			report.Status, report.Digits = "in-progress", "1"
		}
		w.at(w.now.Add(25*time.Second), func() {
			w.must(w.retrying(func() error {
				_, err := w.bot.ReceiveCall(w.ctx, report)
				return err
			}))
		})
	}
	return accepted, err
}

// clinicianSees lets a clinician take an alert, and deal with it later.
func (w *world) clinicianSees(card bot.Card, at bot.Posted) {
	w.Alerts++
	zone := w.o.Clinic.TimeZone
	user := w.o.Clinic.Slack.Clinicians[0].SlackID
	wait := time.Minute + time.Duration(w.rng.ExpFloat64()*540)*time.Second
	if card.Level != flows.P1 && card.Level != flows.P1b {
		wait = max(wait, w.o.Clinic.NextOfficeOpen(w.now).Sub(w.now)) + wait
	}
	opened := card.OpenedAt
	w.at(w.now.Add(wait), func() {
		w.must(w.retrying(func() error {
			_, err := w.bot.Press(w.ctx, bot.Press{Key: card.AlertID, Action: bot.ActionAcknowledge, About: card.AlertID,
				Team: w.o.Clinic.Slack.Team, Channel: at.Channel, User: user})
			return err
		}))
		w.Acknowledged = append(w.Acknowledged, w.now.Sub(opened))
	})
	w.at(w.now.In(zone).Add(wait+time.Duration(1+w.rng.IntN(20))*time.Hour), func() {
		w.must(w.retrying(func() error {
			sent, err := w.bot.Submit(w.ctx, bot.Submission{Key: card.AlertID, Form: bot.ActionResolve, About: card.AlertID,
				Team: w.o.Clinic.Slack.Team, User: user, Fields: map[string]string{"outcome": "seen"}})
			if len(sent.Wrong) > 0 {
				err = sent.Wrong
			}
			return err
		}))
		w.resolved(card)
	})
}
