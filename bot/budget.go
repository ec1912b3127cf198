package bot

import (
	"context"
	"fmt"
	"time"

	"backstop/flows"
	"backstop/storage"
)

// budget says how often the clinic was called of late, and how often it was
// worth it: alerts for each clinician and working day, and the answers to
// "useful?". Alerts at every level count, also those of days the clinic is closed.
func (b *Bot) budget(ctx context.Context, clinic *flows.Clinic, now time.Time) (string, error) {
	const week, month = 7, 28
	alerts, err := b.store.AlertsSince(ctx, clinic.ID, now.AddDate(0, 0, -month))
	if err != nil {
		return "", err
	}
	weekAgo := now.AddDate(0, 0, -week)
	lately := 0
	for _, a := range alerts {
		if !a.OpenedAt.Before(weekAgo) {
			lately++
		}
	}
	line := fmt.Sprintf("Alerts per clinician and working day: %.1f in the last %d days (%d in all), %.1f in the last %d (%d).",
		perClinicianDay(clinic, lately, weekAgo, now), week, lately,
		perClinicianDay(clinic, len(alerts), now.AddDate(0, 0, -month), now), month, len(alerts))
	if useful, answered := calledUseful(alerts); answered > 0 {
		line += fmt.Sprintf(" %d of %d called useful (%d %%).", useful, answered, (100*useful+answered/2)/answered)
	}
	return line, nil
}

// perClinicianDay is a count for each clinician and working day of a stretch of time.
func perClinicianDay(clinic *flows.Clinic, count int, from, to time.Time) float64 {
	clinicians := 0
	for _, c := range clinic.Slack.Clinicians {
		if mayDecide(clinic, c.SlackID) {
			clinicians++
		}
	}
	days := max(1, clinic.WorkingDays(from, to)) * max(1, clinicians)
	return float64(count) / float64(days)
}

// calledUseful counts the answers to "useful?".
func calledUseful(alerts []storage.Alert) (useful, answered int) {
	for _, a := range alerts {
		switch contentOf(a).Useful {
		case "yes":
			useful++
			answered++
		case "no":
			answered++
		}
	}
	return useful, answered
}
