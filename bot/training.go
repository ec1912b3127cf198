package bot

import (
	"slices"
	"strings"
	"time"

	"backstop/flows"
	"backstop/flows/lift"
	"backstop/flows/protocol"
)

// NewTraining is what homework needs to be known at intake. Without it there are
// check-ins, and no lifting homework by text; the clinicians read what is missing.
type NewTraining struct {
	CheckInsOnly  bool      `json:"check_ins_only"` // no homework by text at all
	Letter        string    `json:"letter"`         // the step within S3
	Adult         bool      `json:"adult"`
	ExaminedAt    time.Time `json:"examined_at"` // by the clinician
	Excluded      []string  `json:"excluded"`    // what speaks against lifting: "osteoporosis", ...
	Override      bool      `json:"override"`    // a clinician allows it all the same
	Gear          []string  `json:"gear"`        // "bar", "trap_bar", "kettlebell"
	Bodyweight    float64   `json:"bodyweight"`  // this and the next two in the patient's unit; 0 for not known
	Last          float64   `json:"last"`        // the working load of the main lift, of somebody who lifts already
	Target        float64   `json:"target"`      // the load of the checkpoint, where the clinician sets one
	LiftDays      []string  `json:"lift_days"`   // "tuesday", ...; the protocol's where empty
	FlaresPerYear float64   `json:"flares_per_year"`
	DaysOff       float64   `json:"days_off"` // work, of each flare-up
}

var gear = []string{protocol.Bar, protocol.TrapBar, protocol.Kettlebell}

// into checks what is known of homework and puts it where it belongs.
func (n NewTraining) into(e *flows.Enrolled, now time.Time, wrong *FieldErrors) {
	load := func(value float64) lift.Load {
		if value <= 0 {
			return lift.Load{}
		}
		return lift.Load{Value: value, Unit: e.Unit}
	}
	e.CheckIns, e.Letter, e.Last = n.CheckInsOnly, n.Letter, load(n.Last)
	e.Gate = flows.Gate{ExaminedAt: n.ExaminedAt.UTC(), Adult: n.Adult, Excluded: n.Excluded, Override: n.Override, Gear: n.Gear,
		Bodyweight: load(n.Bodyweight), Target: load(n.Target)}
	e.History = flows.History{FlaresPerYear: n.FlaresPerYear, DaysOff: n.DaysOff}
	if n.ExaminedAt.IsZero() {
		e.Gate.ExaminedAt = time.Time{}
	}
	if n.ExaminedAt.After(now.Add(time.Minute)) {
		wrong.add("training.examined_at", "lies in the future")
	}
	if n.Letter != "" && !slices.Contains([]string{"a", "b", "c", "d"}, n.Letter) {
		wrong.add("training.letter", "not one of a, b, c, d")
	}
	for _, g := range n.Gear {
		if !slices.Contains(gear, g) {
			wrong.add("training.gear", "not one of %s", strings.Join(gear, ", "))
		}
	}
	for _, name := range n.LiftDays {
		day, ok := weekdayNamed(name)
		if !ok {
			wrong.add("training.lift_days", "not a day like tuesday")
			continue
		}
		e.Choices.LiftDays = append(e.Choices.LiftDays, day)
	}
}

func weekdayNamed(name string) (time.Weekday, bool) {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if strings.EqualFold(name, day.String()) {
			return day, true
		}
	}
	return 0, false
}
