package lift

import (
	"math"

	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// Plan is what to lift: sets of reps with a load.
type Plan struct {
	Load Load `json:"load"`
	Sets int  `json:"sets"`
	Reps int  `json:"reps"`
}

// Range is what an exercise allows: reps from and to, the hardest effort, and
// the heaviest load (its value is zero where there is no limit).
type Range struct {
	RepsLo, RepsHi int
	RPE            float64
	Max            Load
}

// RangeOf is the range of an exercise in a stage. A share of body weight limits
// the load where the body weight is known in the same unit.
func RangeOf(s protocol.Stage, x protocol.Exercise, bodyweight Load) Range {
	r := Range{RepsLo: x.Reps, RepsHi: max(x.Reps, x.RepsMax), RPE: s.RPEMax}
	if x.BodyweightMax > 0 && bodyweight.Known() {
		r.Max = Load{bodyweight.times(x.BodyweightMax), bodyweight.Unit}
	}
	return r
}

// Progress is the next plan after a session that may be built on (double
// progression): when every set reached the top of the range, the load rises and
// the reps go back; otherwise each set gets one rep more. A set counts when it
// was done with the planned load or more, at or below the effort of the range;
// an effort that was not told counts as right. Who did less than was planned, or
// it harder, gets the same again.
func Progress(n protocol.Lift, g Gear, r Range, last Plan, done []Set) Plan {
	switch {
	case topped(r, last, done):
	case len(done) > 0 && !reached(r, last, done, last.Reps):
		return Plan{last.Load, last.Sets, max(r.RepsLo, last.Reps)}
	default:
		return Plan{last.Load, last.Sets, max(r.RepsLo, min(last.Reps+1, r.RepsHi))}
	}
	if len(g.Bells) > 0 {
		return nextBell(n, g, r, last, done)
	}
	next, ok := g.Floor(last.Load.Value + increment(n, last.Load, hardest(done)))
	if !ok || !next.Above(last.Load) || overMax(r, next) {
		return Plan{last.Load, last.Sets, r.RepsHi}
	}
	return Plan{next, last.Sets, r.RepsLo}
}

// nextBell goes to the next bell, or first to more reps when that bell is far heavier.
func nextBell(n protocol.Lift, g Gear, r Range, last Plan, done []Set) Plan {
	bell, ok := g.heavierBell(last.Load.Value)
	next := Load{bell, g.Unit}
	if !ok || overMax(r, next) {
		return Plan{last.Load, last.Sets, max(last.Reps, r.RepsHi)}
	}
	earned := r.RepsHi
	if bell > last.Load.times(1+n.BellJumpMaxPct)+tiny {
		earned += n.BellExtraReps
	}
	if least := fewest(done); least < earned {
		return Plan{last.Load, last.Sets, min(least+1, earned)}
	}
	return Plan{next, last.Sets, r.RepsLo}
}

// Regress is the plan after a session that was too much: a lighter load and the
// fewest reps. It reports false when there is no lighter load: then an easier
// variant is needed.
func Regress(n protocol.Lift, g Gear, r Range, last Plan) (Plan, bool) {
	lighter, ok := g.Floor(last.Load.times(n.RegressFactor))
	return Plan{lighter, last.Sets, r.RepsLo}, ok
}

// Start is the first load of an exercise: the last one of the exercise before,
// else the exercise's own, rounded down; the empty bar or the lightest bell
// where that is more. It reports false when even these are over the range.
func Start(g Gear, r Range, x protocol.Exercise, before Load) (Load, bool) {
	want := x.StartKg
	if g.Unit == reply.Pound {
		want = x.StartLb
	}
	if before.Known() && before.Unit == g.Unit {
		want = before.Value
	}
	if r.Max.Known() && r.Max.Unit == g.Unit {
		want = math.Min(want, r.Max.Value)
	}
	if load, ok := g.Floor(want); ok {
		return load, true
	}
	lightest := Load{g.Bar, g.Unit}
	if len(g.Bells) > 0 {
		lightest.Value = g.Bells[0]
	}
	return lightest, lightest.Known() && !overMax(r, lightest)
}

// topped reports whether every planned set was done to the top of the range.
func topped(r Range, last Plan, done []Set) bool { return reached(r, last, done, r.RepsHi) }

// reached reports whether every planned set was done with so many reps.
func reached(r Range, last Plan, done []Set, reps int) bool {
	if len(done) == 0 || len(done) < last.Sets {
		return false
	}
	for _, s := range done {
		enough := s.Load.Comparable(last.Load) && s.Load.Value+tiny >= last.Load.Value && s.Reps >= reps
		if !enough || (s.RPE != nil && *s.RPE > r.RPE) {
			return false
		}
	}
	return true
}

// increment is how much a bar rises, by its load and how the hardest set felt.
func increment(n protocol.Lift, load Load, rpe *float64) float64 {
	below, above, light, heavy := n.LightBelowKg, n.HeavyAboveKg, n.LightStepKg, n.HeavyStepKg
	if load.Unit == reply.Pound {
		below, above, light, heavy = n.LightBelowLb, n.HeavyAboveLb, n.LightStepLb, n.HeavyStepLb
	}
	easy := rpe != nil && *rpe <= n.EasyRPE
	if load.Value < below || (load.Value <= above && easy) {
		return light
	}
	return heavy
}

// hardest is the highest effort of the sets; nil when none was told.
func hardest(sets []Set) *float64 {
	var most *float64
	for _, s := range sets {
		if s.RPE != nil && (most == nil || *s.RPE > *most) {
			most = s.RPE
		}
	}
	return most
}

func fewest(sets []Set) int {
	least := sets[0].Reps
	for _, s := range sets {
		least = min(least, s.Reps)
	}
	return least
}

func overMax(r Range, l Load) bool { return r.Max.Known() && (l.Unit != r.Max.Unit || l.Above(r.Max)) }
