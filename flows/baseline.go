package flows

import (
	"math"
	"slices"
	"time"

	"backstop/flows/reply"
)

// Mark is a baseline and since when it held; the last weeks' marks keep an
// automatic baseline from drifting up unseen.
type Mark struct {
	At       time.Time `json:"at"`
	Baseline float64   `json:"baseline"`
}

// Baseline is the patient's usual pain B at a time, 0-10 in halves: the median
// of the recent morning and weekly readings outside flares, once there are
// enough of them; else what the clinician entered. It rises by no more than
// the protocol allows in four weeks, so that a slow decline is not hidden.
func (c *Clinic) Baseline(p Patient, now time.Time) float64 {
	rules := c.Protocol.Baseline
	var room [32]float64
	recent := room[:0]
	for i := range p.Readings {
		r := &p.Readings[i]
		if !usual(r) {
			continue
		}
		if age := now.Sub(r.At); age >= 0 && age <= rules.Window {
			recent = append(recent, r.Pain)
		}
	}
	if len(recent) < rules.MinReadings {
		return c.lastBaseline(p, now)
	}
	slices.Sort(recent)
	mid := len(recent) / 2
	median := recent[mid]
	if len(recent)%2 == 0 {
		median = (recent[mid-1] + recent[mid]) / 2
	}
	b := math.Round(median/rules.Round) * rules.Round
	return min(b, c.lowestBaseline(p, now)+rules.MaxAutoRise)
}

// usual reports whether a reading says what is usual: of a morning or a week,
// outside flares.
func usual(r *Reading) bool {
	return !r.InFlare && (r.Kind == reply.AskedNextMorning || r.Kind == reply.AskedWeekly)
}

// lastBaseline is the baseline in force when there are too few recent readings:
// the last computed one while readings still come, else the intake value.
func (c *Clinic) lastBaseline(p Patient, now time.Time) float64 {
	if n := len(p.Marks); n > 0 {
		for i := len(p.Readings) - 1; i >= 0; i-- {
			if r := &p.Readings[i]; usual(r) && now.Sub(r.At) <= c.Protocol.Baseline.Stale {
				return p.Marks[n-1].Baseline
			}
		}
	}
	return p.Usual
}

// lowestBaseline is the lowest baseline that was in force at some moment of the last four weeks.
func (c *Clinic) lowestBaseline(p Patient, now time.Time) float64 {
	from := now.Add(-c.Protocol.Baseline.Stale)
	lowest, before := math.Inf(1), p.Usual
	for _, m := range p.Marks {
		if m.At.Before(from) {
			before = m.Baseline
			continue
		}
		lowest = min(lowest, m.Baseline)
	}
	return min(lowest, before)
}

// keepReading adds a reading to the patient's last weeks and marks a changed baseline.
func (t *turn) keepReading(kind reply.Asked, pain float64, at time.Time) {
	oldest := t.now.Add(-2 * t.clinic.Protocol.Baseline.Stale)
	t.p.Readings = slices.DeleteFunc(t.p.Readings, func(r Reading) bool { return r.At.Before(oldest) })
	t.p.Readings = append(t.p.Readings, Reading{At: at, Kind: kind, Pain: pain, InFlare: t.p.Episode.Kind != EpisodeNone})
	t.markBaseline(oldest)
}

// markBaseline remembers the baseline when it has changed.
func (t *turn) markBaseline(oldest time.Time) {
	b := t.clinic.Baseline(t.p, t.now)
	if n := len(t.p.Marks); (n == 0 && b != t.p.Usual) || (n > 0 && t.p.Marks[n-1].Baseline != b) {
		t.p.Marks = append(t.p.Marks, Mark{At: t.now, Baseline: b})
	}
	for len(t.p.Marks) > 1 && t.p.Marks[1].At.Before(oldest) {
		t.p.Marks = t.p.Marks[1:]
	}
}

// forgetReading takes back the last reading of a kind, because the patient corrected it.
func (t *turn) forgetReading(kind reply.Asked) {
	for i := len(t.p.Readings) - 1; i >= 0; i-- {
		if t.p.Readings[i].Kind == kind {
			t.p.Readings = slices.Delete(t.p.Readings, i, i+1)
			return
		}
	}
}
