package lift

import (
	"math"

	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// Base is the load that a week's rise is measured from: the last top set, and
// for how many weeks that load has been the heaviest (at least one).
type Base struct {
	Load  Load
	Weeks int
}

// TopSet is the load of the heavy set of S5: the share of the e1RM for so many
// reps at an effort, never harder than homework may be, rounded down, and not
// above what a week may add. The e1RM is in the gear's unit. It reports false
// when there is no such load or the base is in another unit.
func TopSet(n protocol.Lift, g Gear, e1rm float64, reps int, rpe float64, base Base) (Load, bool) {
	if base.Load.Known() && base.Load.Unit != g.Unit {
		return Load{0, g.Unit}, false
	}
	target := e1rm * Percent(reps, math.Min(rpe, n.RPECapUnsupervised))
	if base.Load.Known() {
		target = math.Min(target, WeekCap(n, base))
	}
	return g.Floor(target)
}

// WeekCap is the most that may be lifted: the base with its rise for each week,
// by share and by weight. Weeks without a rise add up, since 5 % of a light load
// is less than a plate.
func WeekCap(n protocol.Lift, base Base) float64 {
	weeks := float64(max(base.Weeks, 1))
	most := n.WeekJumpMaxKg
	if base.Load.Unit == reply.Pound {
		most = n.WeekJumpMaxLb
	}
	return math.Min(base.Load.times(math.Pow(1+n.WeekJumpMaxPct, weeks)), base.Load.Value+most*weeks)
}

// BackOff is the load of the lighter sets after the top set: within the
// protocol's share of it, rounded down.
func BackOff(n protocol.Lift, g Gear, top Load, share float64) (Load, bool) {
	share = math.Min(math.Max(share, n.BackOffMin), n.BackOffMax)
	return g.Floor(top.times(share))
}
