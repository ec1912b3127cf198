package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"backstop/flows"
	"backstop/flows/lift"
	"backstop/flows/reply"
	"backstop/storage"
)

// Course is the last weeks of one patient, as a picture shows them. It names nobody.
type Course struct {
	Since, Until time.Time
	Zone         *time.Location // the patient's: decides which day something falls on
	Lang         reply.Lang     // of the labels
	Usual        float64        // usual pain, 0-10
	AlertAt      float64        // from here on a rise is an alert, 0-10
	Pain         []PainAt       // oldest first
	Sessions     []time.Time
	Flares       []Span
	Strength     []StrengthAt // oldest first; the best of each day
	Unit         reply.Unit
}

// PainAt is one reading.
type PainAt struct {
	At   time.Time
	Pain float64 // 0-10
}

// StrengthAt is the top set of a day and the load it says could be lifted once.
type StrengthAt struct {
	At   time.Time
	Load float64 // of the heaviest set, in the course's unit
	E1RM float64 // 0 when the set gives no estimate
}

// Span is a stretch of time; Until is zero while it lasts.
type Span struct{ Since, Until time.Time }

// courseWeeks is how far a picture looks back.
const courseWeeks = 4

// course reads the last weeks of a patient.
func (b *Bot) course(ctx context.Context, clinic *flows.Clinic, p storage.Patient) (Course, error) {
	now := b.now()
	c := Course{
		Since: now.AddDate(0, 0, -7*courseWeeks), Until: now, Zone: zoneOf(clinic, p), Lang: p.Snapshot.Language,
		Usual: p.Snapshot.Usual, AlertAt: clinic.Protocol.Pain.AlertAbs, Unit: p.Snapshot.Unit,
	}
	readings, err := b.store.Readings(ctx, p.ClinicID, p.ID, c.Since)
	if err != nil {
		return Course{}, err
	}
	for _, r := range readings {
		if r.Answer.Pain != nil {
			c.Pain = append(c.Pain, PainAt{r.At.Time, *r.Answer.Pain})
		}
	}
	sessions, err := b.store.Sessions(ctx, p.ClinicID, p.ID, c.Since)
	if err != nil {
		return Course{}, err
	}
	for _, s := range sessions {
		c.Sessions = append(c.Sessions, s.EndedAt.Time)
	}
	flares, err := b.store.FlareUps(ctx, p.ClinicID, p.ID, c.Since)
	if err != nil {
		return Course{}, err
	}
	for _, f := range flares {
		c.Flares = append(c.Flares, Span{f.OnsetAt.Time, f.SettledAt.Time})
	}
	lifts, err := b.store.Lifts(ctx, p.ClinicID, p.ID, c.Since)
	if err != nil {
		return Course{}, err
	}
	c.Strength = strength(clinic, c, lifts)
	return c, nil
}

// strength keeps the heaviest set of each day. Other lifts than the deadlift,
// and loads in another unit, are left out: a line through them would mislead.
func strength(clinic *flows.Clinic, c Course, lifts []storage.Lift) []StrengthAt {
	var out []StrengthAt
	for _, l := range lifts {
		w := l.Work.Lift
		if w.Load <= 0 || w.Unit != c.Unit || (w.Exercise != "" && w.Exercise != "deadlift") {
			continue
		}
		at := StrengthAt{At: l.At.Time, Load: w.Load}
		if len(w.Reps) > 0 {
			set := lift.Set{Load: lift.Load{Value: w.Load, Unit: w.Unit}, Reps: slices.Max(w.Reps), RPE: w.RPE}
			at.E1RM, _ = lift.E1RM(clinic.Protocol.Lift, set)
		}
		if n := len(out); n > 0 && sameDay(out[n-1].At, at.At, c.Zone) {
			if at.Load > out[n-1].Load {
				out[n-1] = at
			}
			continue
		}
		out = append(out, at)
	}
	return out
}

func sameDay(a, b time.Time, zone *time.Location) bool {
	return a.In(zone).Format(time.DateOnly) == b.In(zone).Format(time.DateOnly)
}

// zoneOf is the patient's time zone, or the clinic's where it is empty or unknown.
func zoneOf(clinic *flows.Clinic, p storage.Patient) *time.Location {
	if p.Snapshot.TimeZone != "" {
		if zone, err := time.LoadLocation(p.Snapshot.TimeZone); err == nil {
			return zone
		}
	}
	return clinic.TimeZone
}

// Empty reports whether there is nothing to draw.
func (c Course) Empty() bool { return len(c.Pain) == 0 && len(c.Strength) == 0 }

// Describe says what a picture of the course shows, for who cannot see it.
func (c Course) Describe() string {
	var said []string
	if len(c.Pain) > 0 {
		const last = 7
		shown := c.Pain[max(0, len(c.Pain)-last):]
		parts := make([]string, len(shown))
		for i, p := range shown {
			parts[i] = fmt.Sprintf("%g on %s", p.Pain, p.At.In(c.Zone).Format("Jan 2"))
		}
		said = append(said, fmt.Sprintf("Pain readings of the last %d weeks, usual pain %g. The newest: %s.", courseWeeks, c.Usual, strings.Join(parts, ", ")))
	} else {
		said = append(said, fmt.Sprintf("No pain readings in the last %d weeks.", courseWeeks))
	}
	said = append(said, fmt.Sprintf("Sessions: %d. Flare-ups or flare watches: %d.", len(c.Sessions), len(c.Flares)))
	if n := len(c.Strength); n > 0 {
		top := c.Strength[n-1]
		line := fmt.Sprintf("Last top set %g %s", top.Load, c.Unit)
		if top.E1RM > 0 {
			line += fmt.Sprintf(", estimated maximum %.0f %s", top.E1RM, c.Unit)
		}
		said = append(said, line+".")
	}
	return strings.Join(said, " ")
}
