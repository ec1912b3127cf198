package lift

import "backstop/flows/protocol"

// Around is what else is known when a set might be a personal best.
type Around struct {
	Evening    *float64 // pain of that evening, 0-10; nil when not known yet
	PlannedRPE float64
	LastLoad   Load // the last one logged of that exercise
}

// BestCounts reports whether a set may be a personal best at all: not with pain
// over amber, not when it went to failure unplanned, not without a unit, and not
// when the load is so far above the last one that it may be a slip of the thumb.
func BestCounts(n protocol.Lift, pain protocol.Pain, s Set, a Around) bool {
	switch {
	case !s.Load.Known():
		return false
	case a.Evening != nil && *a.Evening > pain.AmberMax:
		return false
	case s.RPE != nil && *s.RPE >= 10 && a.PlannedRPE < 10:
		return false
	}
	return !Implausible(n, a.LastLoad, s.Load)
}

// RepBest reports whether a set of 1 to 10 reps was heavier than every earlier
// set of that exercise with as many reps or more. Without an earlier one in the
// same unit there is nothing to beat.
func RepBest(n protocol.Lift, earlier []Set, s Set) bool {
	if s.Reps < 1 || float64(s.Reps) > n.REffMax {
		return false
	}
	beaten := false
	for _, e := range earlier {
		if e.Reps < s.Reps || !e.Load.Known() {
			continue
		}
		if !s.Load.Above(e.Load) {
			return false
		}
		beaten = true
	}
	return beaten
}

// E1RMBest reports whether a set's e1RM beats the best so far, in the same unit,
// by the protocol's share and by a step of plates.
func E1RMBest(n protocol.Lift, g Gear, best float64, s Set) bool {
	e, ok := E1RM(n, s)
	return ok && best > 0 && s.Load.Unit == g.Unit && e+tiny >= best*(1+n.PRMinPct) && e+tiny >= best+g.Step
}

// Implausible reports whether a load is so far above the last one that the
// patient is asked before it counts.
func Implausible(n protocol.Lift, last, now Load) bool {
	return last.Known() && about(now, last.Unit) > last.times(1+n.TypoJumpPct)+tiny
}

// DidYouMean is what an implausible load was probably meant to be: the same
// number in the other unit, or with one digit too many. It reports false without
// a good guess.
func DidYouMean(n protocol.Lift, last, now Load) (Load, bool) {
	for _, guess := range []Load{{now.Value, other(now.Unit)}, {now.Value / 10, now.Unit}} {
		likely := about(guess, last.Unit)
		if likely >= last.times(1-n.TypoJumpPct) && likely <= last.times(1+n.TypoJumpPct) {
			return guess, true
		}
	}
	return Load{}, false
}
