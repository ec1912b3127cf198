package lift

import (
	"math"

	"backstop/flows/protocol"
)

// Deload is a plan made easier for a while: fewer sets, less load, and reps so
// few that the protocol's number of them is left. With an e1RM of zero the reps
// stay. It reports false when there is no lighter load.
func Deload(d protocol.Deload, g Gear, p Plan, e1rm float64) (Plan, bool) {
	target := p.Load.times(d.LoadFactor)
	reps := p.Reps
	if e1rm > 0 {
		target = math.Min(target, e1rm*Percent(1, 10-float64(d.RepsLeft)))
		possible := 37 - 36*target/e1rm
		reps = max(1, min(reps, int(math.Floor(possible+tiny))-d.RepsLeft))
	}
	load, ok := g.Floor(target)
	return Plan{load, max(1, int(math.Ceil(float64(p.Sets)*d.SetFactor-tiny))), reps}, ok
}

// Session is what one session says about fatigue.
type Session struct {
	E1RM   float64  // zero when no set gave one
	RPE    *float64 // the hardest set; nil when not told
	Target float64  // the planned RPE
	Amber  bool     // the evening was amber
}

// Early is why an easier week comes early.
type Early string

// The reasons for an early deload.
const (
	EarlyStrength Early = "e1rm"  // the e1RM fell
	EarlyEffort   Early = "rpe"   // sets felt harder than planned
	EarlyPain     Early = "amber" // amber evenings
)

// EarlyDeload reports whether the last sessions, oldest first, ask for an easier
// week now, and why. best is the best e1RM before them; zero when not known.
func EarlyDeload(d protocol.Deload, best float64, sessions []Session) (Early, bool) {
	fell := func(s Session) bool { return best > 0 && s.E1RM > 0 && s.E1RM <= best*(1-d.E1RMDrop)+tiny }
	hard := func(s Session) bool { return s.RPE != nil && *s.RPE >= s.Target+d.RPEOver-tiny }
	amber := func(s Session) bool { return s.Amber }
	switch {
	case among(sessions, d.E1RMSessions, fell) == d.E1RMSessions:
		return EarlyStrength, true
	case among(sessions, d.RPESessions, hard) == d.RPESessions:
		return EarlyEffort, true
	case among(sessions, d.AmberOfLast, amber) >= d.AmberEvenings:
		return EarlyPain, true
	}
	return "", false
}

// among counts the sessions of the last n that fit.
func among(sessions []Session, n int, fits func(Session) bool) int {
	count := 0
	for _, s := range sessions[max(0, len(sessions)-n):] {
		if fits(s) {
			count++
		}
	}
	return count
}
