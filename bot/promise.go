package bot

import (
	"context"
	"time"

	"backstop/flows"
	"backstop/storage"
)

// keepPromise keeps by when a patient may expect a call: they are told, and the
// alert wakes at that time to see whether it was kept.
func (a *act) keepPromise(ctx context.Context, alert storage.Alert, p storage.Patient, by time.Time) error {
	alert.WakeAt(by, a.now)
	card, err := a.changeContent(ctx, &alert, func(c *alertContent) { c.PromiseBy = by.UTC() })
	if err != nil || p.ID == "" {
		return err
	}
	line := nameOf(a.clinic, a.user) + " promised the patient a call by " + by.In(a.clinic.TimeZone).Format("Mon 15:04") + "."
	if err := a.bot.inThread(ctx, a.tx, a.clinic, alert, card, line); err != nil {
		return err
	}
	return a.bot.step(ctx, a.tx, p, flows.CallPromised{Alert: alert.Key, By: a.user, At: by.UTC()}, a.now)
}

// forgottenAt is when an acknowledged alert that nobody has resolved is brought
// up again: an emergency after the protocol's time, a flare-up at the end of
// the next working day, anything else a working day later.
func forgottenAt(clinic *flows.Clinic, level flows.Level, now time.Time) time.Time {
	switch level {
	case flows.P1, flows.P1b:
		return now.Add(clinic.Protocol.Alerts.Resolve)
	case flows.P2:
		return clinic.AddWorkingDays(now, 1)
	case flows.P3:
		return clinic.AddWorkingDays(now, 2)
	}
	return time.Time{}
}
