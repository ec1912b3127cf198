package lift

import (
	"math"

	"backstop/flows/protocol"
)

// Set is one set that was done.
type Set struct {
	Load Load     `json:"load"`
	Reps int      `json:"reps"`
	RPE  *float64 `json:"rpe,omitempty"` // 10 is no rep left, 9 is one; nil when not told
}

// Same reports whether two sets are told alike.
func (s Set) Same(o Set) bool {
	return s.Load == o.Load && s.Reps == o.Reps && (s.RPE == nil) == (o.RPE == nil) && (s.RPE == nil || *s.RPE == *o.RPE)
}

// repsInAll is the reps that were done and left together. Without an RPE none
// are left. It reports false for a set that says too little about strength: more
// reps than the formulas carry, or so many left that nobody can tell (Zourdos
// 2021, JSCR 35:S158: estimates are poor far from failure and in long sets).
func repsInAll(n protocol.Lift, s Set) (float64, bool) {
	left := 0.0
	if s.RPE != nil {
		left = 10 - *s.RPE
	}
	all := float64(s.Reps) + left
	return all, s.Reps >= 1 && left >= 0 && left <= n.RIRMax && all <= n.REffMax
}

// E1RM estimates the load that could be lifted once, in the unit of the set,
// not rounded. Brzycki: w * 36 / (37 - r); Epley: w * (1 + r/30), and w itself
// for a single. Both are reported to be low for the deadlift, which is the safe
// side. It reports false for a set that gives no estimate.
func E1RM(n protocol.Lift, s Set) (float64, bool) {
	r, ok := repsInAll(n, s)
	if !ok || !s.Load.Known() {
		return 0, false
	}
	if n.Formula == protocol.Epley {
		if r == 1 {
			return s.Load.Value, true
		}
		return s.Load.Value * (1 + r/30), true
	}
	return s.Load.Value * 36 / (37 - r), true
}

// BestE1RM is the highest estimate of several sets in one unit; false when none
// gives one or the units differ.
func BestE1RM(n protocol.Lift, sets []Set) (float64, bool) {
	best := 0.0
	for _, s := range sets {
		if s.Load.Unit != sets[0].Load.Unit {
			return 0, false
		}
		if e, ok := E1RM(n, s); ok {
			best = math.Max(best, e)
		}
	}
	return best, best > 0
}

// Rated counts the sets that give an estimate.
func Rated(n protocol.Lift, sets []Set) int {
	count := 0
	for _, s := range sets {
		if _, ok := E1RM(n, s); ok {
			count++
		}
	}
	return count
}

// Percent is the share of the e1RM that can be lifted for so many reps at an
// RPE: (37 - (reps + 10 - rpe)) / 36, from Brzycki.
func Percent(reps int, rpe float64) float64 {
	return (37 - (float64(reps) + 10 - rpe)) / 36
}

// Heavy reports whether a set counts as heavy: at or over the protocol's share
// of the e1RM.
func Heavy(n protocol.Lift, s Set, e1rm float64) bool {
	return s.Load.Known() && e1rm > 0 && s.Load.Value+tiny >= e1rm*n.HeavyMinPct
}
