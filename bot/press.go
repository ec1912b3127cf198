package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"backstop/flows"
	"backstop/storage"
)

// The actions a clinician can take on an alert.
const (
	ActionAcknowledge = "acknowledge"
	ActionResolve     = "resolve"
)

// Press lets a clinician act. The same press again does nothing; of two
// clinicians pressing at once one wins, and the other is told who it was. Only
// people whom the clinic file names may act.
func (b *Bot) Press(ctx context.Context, p Press) (Pressed, error) {
	clinic, ok := b.clinicOfSlack(p.Team, p.Channel)
	if !ok || !mayAct(clinic, p.User) {
		b.log.WarnContext(ctx, "press refused", "team", p.Team, "channel", p.Channel, "user", p.User)
		return Pressed{Say: "Only this clinic's clinicians can do that. The clinic file says who they are."}, nil
	}
	var pressed Pressed
	err := b.store.InTx(ctx, func(tx *storage.Tx) error {
		pressed = Pressed{}
		now := b.now()
		first, err := tx.FirstTime(ctx, "press:"+p.Key, now)
		if err != nil || !first {
			return err
		}
		switch p.Action {
		case ActionAcknowledge:
			pressed, err = b.acknowledge(ctx, tx, clinic, p, now)
		case ActionResolve:
			pressed, err = b.resolve(ctx, tx, clinic, p, now)
		default:
			pressed = Pressed{Say: "This button is not in use any more."}
		}
		return err
	})
	if errors.Is(err, storage.ErrNotFound) {
		return Pressed{Say: "This alert is not known here any more."}, nil
	}
	if err != nil {
		return Pressed{}, fmt.Errorf("press %s on alert %s: %w", p.Action, p.AlertID, err)
	}
	return pressed, nil
}

func (b *Bot) acknowledge(ctx context.Context, tx *storage.Tx, clinic *flows.Clinic, p Press, now time.Time) (Pressed, error) {
	a, won, err := tx.AcknowledgeAlert(ctx, clinic.ID, p.AlertID, p.User, now)
	if err != nil {
		return Pressed{}, err
	}
	if !won {
		return Pressed{Say: already(clinic, a)}, nil
	}
	if err := b.audit(ctx, tx, clinic.ID, p.User, "acknowledge", a.ID); err != nil {
		return Pressed{}, err
	}
	_, err = b.refreshCard(ctx, tx, a)
	return Pressed{Done: true}, err
}

func (b *Bot) resolve(ctx context.Context, tx *storage.Tx, clinic *flows.Clinic, p Press, now time.Time) (Pressed, error) {
	known, err := tx.AlertByID(ctx, clinic.ID, p.AlertID)
	if err != nil {
		return Pressed{}, err
	}
	var patient storage.Patient
	if known.PatientID != "" { // before the alert, as everywhere
		if patient, err = tx.LockPatient(ctx, clinic.ID, known.PatientID); err != nil {
			return Pressed{}, err
		}
	}
	a, won, err := tx.ResolveAlert(ctx, clinic.ID, p.AlertID, p.User, p.Fields["outcome"], now)
	if err != nil {
		return Pressed{}, err
	}
	if !won {
		return Pressed{Say: already(clinic, a)}, nil
	}
	if err := b.audit(ctx, tx, clinic.ID, p.User, "resolve", a.ID); err != nil {
		return Pressed{}, err
	}
	if _, err := b.refreshCard(ctx, tx, a); err != nil {
		return Pressed{}, err
	}
	if patient.ID == "" {
		return Pressed{Done: true}, nil
	}
	return Pressed{Done: true}, b.step(ctx, tx, patient, flows.AlertResolved{Key: a.Key, By: p.User, Outcome: a.Outcome}, now)
}

// already says who was first.
func already(clinic *flows.Clinic, a storage.Alert) string {
	at := func(t storage.Time) string { return t.In(clinic.TimeZone).Format("Mon 15:04") }
	if a.State == storage.AlertResolved {
		return fmt.Sprintf("%s resolved this already (%s).", slackName(a.ResolvedBy), at(a.ResolvedAt))
	}
	return fmt.Sprintf("%s acknowledged this already (%s).", slackName(a.AcknowledgedBy), at(a.AcknowledgedAt))
}

// slackName is how a line of ours names somebody who acted.
func slackName(who string) string {
	if who == resolvedByPatient {
		return "The patient's own answer"
	}
	return who
}

// clinicOfSlack finds the clinic whose channel an action came from.
func (b *Bot) clinicOfSlack(team, channel string) (*flows.Clinic, bool) {
	for _, clinic := range b.clinics {
		s := clinic.Slack
		if (s.Team == "" || s.Team == team) && (s.Channel == channel || (s.Fallback != "" && s.Fallback == channel)) {
			return clinic, true
		}
	}
	return nil, false
}

// mayAct reports whether the clinic file names somebody.
func mayAct(clinic *flows.Clinic, user string) bool {
	for _, c := range clinic.Slack.Clinicians {
		if c.SlackID == user {
			return true
		}
	}
	for _, c := range clinic.OnCall {
		if c.SlackID != "" && c.SlackID == user {
			return true
		}
	}
	return false
}

func (b *Bot) audit(ctx context.Context, tx *storage.Tx, clinicID, actor, action, subject string) error {
	return tx.Audit(ctx, storage.AuditEntry{ClinicID: clinicID, At: storage.At(b.now()), Actor: actor, Action: action, Subject: subject})
}

// Seen reports whether something of Slack's has come before, and remembers it.
func (b *Bot) Seen(ctx context.Context, key string) (bool, error) {
	first := false
	err := b.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		first, err = tx.FirstTime(ctx, "slack:"+key, b.now())
		return err
	})
	return !first, err
}

// OpenAlerts counts the alerts that wait at the clinics a Slack user works for.
func (b *Bot) OpenAlerts(ctx context.Context, team, user string) (int, error) {
	open := 0
	for _, clinic := range b.clinics {
		if (clinic.Slack.Team != "" && clinic.Slack.Team != team) || !mayAct(clinic, user) {
			continue
		}
		alerts, err := b.store.UnresolvedAlerts(ctx, clinic.ID)
		if err != nil {
			return 0, err
		}
		open += len(alerts)
	}
	return open, nil
}

// SlackLost is told that a workspace took the app away: nothing can be shown
// there any more, and emergencies go to the phones.
func (b *Bot) SlackLost(ctx context.Context, event, team string) {
	b.log.ErrorContext(ctx, "Slack took the app away; reinstall it and set SLACK_BOT_TOKEN", "event", event, "team", team)
}
