package flows

import (
	"time"

	"backstop/flows/copy"
	"backstop/flows/lift"
	"backstop/flows/reply"
)

// base is what a week's rise of an exercise is measured from: the heaviest load
// of the sessions a week or longer ago, and for how many weeks it has been the
// heaviest; without such sessions, the first one. A restart begins anew.
func (t *turn) base(exercise string) lift.Base {
	var base lift.Base
	var since time.Time
	for _, d := range t.p.Training.Done {
		top := d.top(exercise).Load
		if !top.Known() || d.Easier || d.At.Before(t.p.Training.Restarted) {
			continue
		}
		older := t.now.Sub(d.At) >= week-12*time.Hour
		if !base.Load.Known() || (older && top.Above(base.Load)) {
			base.Load, since = top, d.At
		}
	}
	if base.Load.Known() {
		base.Weeks = t.weeksForStep(base.Load, max(1, int((t.now.Sub(since)+12*time.Hour)/week)))
	}
	return base
}

// weeksForStep is how many weeks' rise may be taken at once: one, or as many as
// it takes for a step of plates, since 5 % of a light load is less than that.
func (t *turn) weeksForStep(load lift.Load, passed int) int {
	n := t.clinic.Protocol.Lift
	step := n.StepKg
	if load.Unit == reply.Pound {
		step = n.StepLb
	}
	for weeks := 1; weeks < passed; weeks++ {
		if lift.WeekCap(n, lift.Base{Load: load, Weeks: weeks}) >= load.Value+step {
			return weeks
		}
	}
	return passed
}

// nextTop is the heavy set after a session that may be built on: by the e1RM of
// that session, for the planned reps and effort, within the week's rise. A set
// whose effort was not told says too little to change anything.
func (t *turn) nextTop(g lift.Gear, l *Lifted, d *Done) lift.Plan {
	top := d.top(l.Exercise)
	if easiest := 10 - t.clinic.Protocol.Lift.RIRMax; top.RPE != nil && *top.RPE < easiest {
		top.RPE = &easiest // easier than anybody can tell: at least this much is sure
	}
	e, ok := lift.E1RM(t.clinic.Protocol.Lift, top)
	if !ok || top.RPE == nil || top.Load.Unit != g.Unit {
		return l.Plan
	}
	load, ok := lift.TopSet(t.clinic.Protocol.Lift, g, e, l.Plan.Reps, topRPE(t.stage()), t.base(l.Exercise))
	if !ok {
		return l.Plan
	}
	return lift.Plan{Load: load, Sets: l.Plan.Sets, Reps: l.Plan.Reps}
}

// easierWeek reports whether a planned lighter week is on.
func (t *turn) easierWeek() bool { return t.now.Before(t.p.Training.Easier.Until) }

// easierBegins starts a lighter week when it is time: after the protocol's weeks
// of S5, or early when the last sessions ask for it.
func (t *turn) easierBegins() bool {
	e := &t.p.Training.Easier
	rules := t.clinic.Protocol.Deload
	if t.p.Stage != StageHeavy || t.easierWeek() {
		return false
	}
	why := ""
	if early, ok := t.early(); ok {
		why = "early: " + string(early)
	}
	if t.now.Sub(e.Since) >= time.Duration(rules.EveryWeeks)*week-time.Hour {
		why = "planned"
	}
	if why == "" {
		return false
	}
	until := t.on(t.now, rules.Days, 0)
	*e = Easier{Since: until, Until: until, Why: why}
	t.note("An easier week begins (" + why + ").")
	return true
}

// early reports whether the last sessions ask for an easier week now.
func (t *turn) early() (lift.Early, bool) {
	rules := t.clinic.Protocol.Deload
	var sessions []lift.Session
	best := 0.0
	for _, d := range t.doneHere() {
		if d.Easier || d.At.Before(t.p.Training.Easier.Since) {
			continue
		}
		sessions = append(sessions, lift.Session{E1RM: d.E1RM, RPE: d.top(d.Exercise).RPE, Target: d.Target, Amber: d.Rule == "R7d"})
	}
	for _, s := range sessions[:max(0, len(sessions)-rules.E1RMSessions)] {
		best = max(best, s.E1RM)
	}
	return lift.EarlyDeload(rules, best, sessions)
}

// heavyDue asks, once a week, after the heavy lift that did not happen.
func (t *turn) heavyDue() {
	if t.p.Episode.Kind == EpisodeNone && !t.silent() {
		t.startAgain()
	}
	if t.p.Stage != StageHeavy || t.p.Episode.Kind != EpisodeNone || t.easierWeek() || t.gated() != "" || t.onTheWayBack() || t.silent() {
		return
	}
	heavy := 0
	for _, d := range t.p.Training.Done {
		if d.Heavy && t.now.Sub(d.At) < week {
			heavy++
		}
	}
	if heavy >= t.clinic.Protocol.Lift.HeavyMinPerWeek {
		return
	}
	if t.now.Sub(t.p.Training.HeavyMissed) < week || !t.roomForHomework() {
		return
	}
	t.p.Training.HeavyMissed = t.now
	t.words.Plan = t.sayablePlan()
	t.check(reply.AskedHomework, copy.HeavyMissed, t.quietFrom(t.now))
}
