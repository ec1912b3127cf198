package lift

import "backstop/flows/protocol"

// Return is the way back to lifting after a flare-up.
type Return string

// The ways back.
const (
	ReturnLighter    Return = "lighter"    // a near-flare: one session lighter, same stage
	ReturnSteps      Return = "steps"      // a short flare-up: one session of S2, then S4 in steps
	ReturnCheckpoint Return = "checkpoint" // a long one, or a day off work: from S0, with the checkpoint and a clinician
)

// AfterFlare is the way back after an episode: near when it had settled by the
// next morning; days from its onset to its end; daysOff work.
func AfterFlare(f protocol.Flare, near bool, days int, daysOff float64) Return {
	switch {
	case daysOff > 0 || days > f.LongDays:
		return ReturnCheckpoint
	case near:
		return ReturnLighter
	}
	return ReturnSteps
}

// Step is the load of a step back to lifting, from 0, as a share of the load
// before the flare-up. It reports false after the last step, and when the load
// is below what there is.
func Step(f protocol.Flare, g Gear, step int, before Load) (Load, bool) {
	if step < 0 || step >= len(f.ResumeSteps) || before.Unit != g.Unit {
		return Load{0, g.Unit}, false
	}
	return g.Floor(before.times(f.ResumeSteps[step]))
}

// Lighter is a load by a factor, rounded down: after a near-flare, a trip, a
// break. It reports false when that is below what there is.
func Lighter(g Gear, before Load, factor float64) (Load, bool) {
	if before.Unit != g.Unit {
		return Load{0, g.Unit}, false
	}
	return g.Floor(before.times(factor))
}

// AfterBreak is the share of the last load after whole weeks without lifting
// and without pain, and whether S5 goes back to S4.
func AfterBreak(r protocol.Restart, weeks int) (factor float64, toS4 bool) {
	switch {
	case weeks <= 0:
		return 1, false
	case weeks == 1:
		return r.OneWeek, false
	case weeks == 2:
		return r.TwoWeeks, false
	case weeks <= 4:
		return r.FourWeeks, false
	}
	return r.Longer, true
}
