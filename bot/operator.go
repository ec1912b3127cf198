package bot

import (
	"context"
	"slices"
	"time"

	"backstop/flows"
	"backstop/storage"
)

// phoneOperator texts whoever runs Backstop at a clinic that Slack does not take
// what we show, the same at most once an hour. It is the clinic's first admin
// with a phone, else whoever is first on call.
func (b *Bot) phoneOperator(ctx context.Context, clinicID, reason string) {
	clinic, err := b.clinic(clinicID)
	if err != nil {
		return
	}
	b.log.ErrorContext(ctx, "Slack does not take alerts", "clinic", clinicID, "reason", reason)
	phone := operatorPhone(clinic)
	if phone == "" {
		return
	}
	now := b.now()
	err = b.store.InTx(ctx, func(tx *storage.Tx) error {
		first, err := tx.FirstTime(ctx, "operator by phone:"+clinicID+":"+now.Format("2006-01-02T15")+":"+reason, now)
		if err != nil || !first {
			return err
		}
		body := clinic.Name + ": Backstop cannot post in Slack: " + reason + ". Emergencies ring the phones on call until it is repaired."
		return b.textTo(ctx, tx, clinic, phone, body, flows.ClassSafety, "", now)
	})
	if err != nil {
		b.log.ErrorContext(ctx, "could not text the operator", "clinic", clinicID, "error", err)
	}
}

func operatorPhone(clinic *flows.Clinic) string {
	for _, c := range clinic.Slack.Clinicians {
		if c.Phone != "" && slices.Contains(c.Roles, "admin") {
			return string(c.Phone)
		}
	}
	if len(clinic.OnCall) > 0 {
		return string(clinic.OnCall[0].Phone)
	}
	return ""
}

// tellOperator posts a line about the machinery itself, the same at most once an hour.
func (b *Bot) tellOperator(ctx context.Context, clinicID, line string) {
	clinic, err := b.clinic(clinicID)
	if err != nil {
		return
	}
	now := b.now()
	err = b.store.InTx(ctx, func(tx *storage.Tx) error {
		first, err := tx.FirstTime(ctx, "operator:"+clinicID+":"+now.Format("2006-01-02T15")+":"+line, now)
		if err != nil || !first {
			return err
		}
		c := carrier{bot: b, tx: tx, clinic: clinic, now: now}
		return c.line(ctx, "", line, "")
	})
	if err != nil {
		b.log.ErrorContext(ctx, "could not tell the operator", "clinic", clinicID, "error", err)
	}
	b.log.ErrorContext(ctx, "operator", "clinic", clinicID, "says", line, "at", now.Format(time.RFC3339))
}
