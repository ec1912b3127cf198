package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"backstop/flows"
	"backstop/storage"
)

// nextOf says what Backstop will do by itself: what the patient is asked next,
// and what happens when nobody takes the alert or keeps what was promised.
func nextOf(clinic *flows.Clinic, a storage.Alert, content alertContent, p storage.Patient) string {
	if a.State == storage.AlertResolved {
		return ""
	}
	parts := []string{asksNext(clinic, p), bringsUpNext(clinic, a, content)}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " ")
}

// saysOfTexts is what the patient's cards say of the next text; "" where there is no card.
func saysOfTexts(clinic *flows.Clinic, p storage.Patient) string {
	if len(p.Snapshot.Alerts) == 0 {
		return ""
	}
	return asksNext(clinic, p)
}

// asksNext is the next text that is planned to a patient.
func asksNext(clinic *flows.Clinic, p storage.Patient) string {
	if p.ID == "" {
		return ""
	}
	planned := slices.DeleteFunc(slices.Clone(p.Snapshot.Agenda), func(d flows.Due) bool { return dueName(d.Kind) == "" })
	if len(planned) == 0 {
		return "No text to the patient is planned."
	}
	next := slices.MinFunc(planned, func(a, b flows.Due) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Kind, b.Kind)) })
	if leave := flows.MayLeave(clinic, p.Snapshot, flows.ClassCheck, time.Time{}, next.At); leave.Cancel != "" {
		return "No text to the patient leaves: " + leave.Cancel + "."
	}
	return fmt.Sprintf("Text to the patient: %s, %s.", dueName(next.Kind), next.At.In(zoneOf(clinic, p)).Format("Mon 15:04 MST"))
}

// bringsUpNext is the next step of an alert, and when.
func bringsUpNext(clinic *flows.Clinic, a storage.Alert, content alertContent) string {
	if a.NextStepAt.IsZero() {
		return ""
	}
	at := a.NextStepAt.In(clinic.TimeZone).Format("Mon 15:04")
	if a.State == storage.AlertAcknowledged {
		if content.PromiseBy.IsZero() {
			return fmt.Sprintf("Brought up again %s unless it is resolved.", at)
		}
		return fmt.Sprintf("Goes to the next clinician %s unless the call is in the record.", at)
	}
	who, _, ok := nextOnCall(clinic, content, a.NextStepAt.Time)
	urgent := urgencyOf(a.Level) == priorityUrgent
	switch {
	case urgent && ok:
		return fmt.Sprintf("If nobody takes it by %s, %s is rung and texted.", at, who.Name)
	case !urgent && ok && content.Rung > 0:
		return fmt.Sprintf("If nobody takes it by %s, %s is texted.", at, who.Name)
	}
	return fmt.Sprintf("If nobody takes it by %s, there is a reminder in the thread.", at)
}
