package flows

import (
	"strings"
	"time"

	"backstop/flows/copy"
	"backstop/flows/lift"
	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// learn takes a decision about a session into the plan: what to lift next, how
// the ladder goes on, what the clinician should hear of. It returns the decision
// as it stands after the rules that look across weeks. Deciding once more about
// the same session starts from the same plan.
func (t *turn) learn(a Answers, v Verdict) Verdict {
	d := t.doneOf(t.p.Session.ID)
	if d != nil {
		d.Evening = a.Evening
	}
	if d == nil || v.Decision == Await || v.Decision == Emergency || v.Decision == UrgentSameDay {
		return v
	}
	again := d.Decision
	if v.Decision == Progress && t.weeklyRise() {
		v = Verdict{Decision: Hold, Rule: "T1", Because: "the weekly pain has risen two weeks running: nothing is added"}
		t.alertTrend()
	}
	d.Decision, d.Rule = v.Decision, v.Rule
	d.Settled = a.Morning != nil && *a.Morning <= a.Baseline+t.clinic.Protocol.Pain.SettledDelta
	t.nextPlans(*d) // after a flare watch too: what the morning added before the second day is off again
	if v.Decision != Progress && v.Decision != Hold && v.Decision != Regress {
		t.p.Training.Cheer = Cheer{}
		return v
	}
	if again != "" {
		return v // counted already
	}
	if d.Stage == StageCheckpoint && t.p.Stage == StageCheckpoint {
		t.tried(a, *d)
	}
	t.steppedBack(*d)
	t.runs()
	return v
}

// nextPlans makes the next plan of every exercise of the session from the plan it
// was done by. Lighter sessions, by plan, change nothing.
func (t *turn) nextPlans(d Done) {
	s, ok := t.clinic.Protocol.Stage(string(d.Stage))
	if !ok || d.Stage != t.p.Stage || d.Letter != t.p.Training.Letter {
		return
	}
	for _, x := range t.exercises(s) {
		if l := t.lifted(x.ID); l != nil && loaded(x) {
			l.Next = t.nextPlan(s, x, l, d)
		}
	}
}

func (t *turn) nextPlan(s protocol.Stage, x protocol.Exercise, l *Lifted, d Done) lift.Plan {
	n, g, r := t.clinic.Protocol.Lift, t.gear(x), t.rangeOf(s, x)
	switch {
	case d.Decision == Regress:
		lighter, ok := lift.Regress(n, g, r, l.Plan)
		if !ok {
			lighter.Load, lighter.Reps = l.Plan.Load, r.RepsLo // nothing lighter: fewer reps
		}
		return lighter
	case d.Easier || d.Decision != Progress || s.ID == string(StageCheckpoint) || l.SetAt.After(d.At): // a clinician's load since then stands
		return l.Plan
	case x.Role == protocol.TopSet:
		return t.nextTop(g, l, &d)
	}
	sets := d.sets(x.ID)
	if len(sets) == 0 {
		return l.Plan // not told what was lifted: nothing to build on
	}
	return lift.Progress(n, g, r, l.Plan, sets)
}

// tried judges a try at the checkpoint.
func (t *turn) tried(a Answers, d Done) {
	tr := &t.p.Training
	set, told := t.checkpointSet(d)
	if !told {
		t.note("The checkpoint was tried, but its load or reps are not known: it does not count.")
		return
	}
	tr.Tries.Last = t.p.Session.EndedAt
	rules := t.clinic.Protocol.Checkpoint
	if set && t.painFree(a) {
		tr.Tries.Passed = true
		return
	}
	tr.Tries.Failed++
	if tr.Tries.Failed >= rules.FailsMax {
		t.raise(RaiseAlert{Key: "checkpoint", Level: P3, Headline: "The checkpoint failed " + num(float64(tr.Tries.Failed)) + " times",
			Reading: t.reading(a), Trend: t.trend(), Why: "Please look at it together."})
	}
}

// checkpointSet reports whether the set of the checkpoint was done in full, and
// whether enough was told to know.
func (t *turn) checkpointSet(d Done) (full, told bool) {
	l := t.lifted(d.Exercise)
	if l == nil {
		return false, false
	}
	for _, s := range d.sets(d.Exercise) {
		told = told || s.Reps > 0
		if s.Reps >= t.clinic.Protocol.Checkpoint.Reps && s.Load.Comparable(l.Plan.Load) && !l.Plan.Load.Above(s.Load) {
			full = true
		}
	}
	return full, told
}

// painFree is the pass rule. The pain during the set is what the clinician saw;
// where nobody did, the worst since, which is no less.
func (t *turn) painFree(a Answers) bool {
	if a.Evening == nil || a.Morning == nil || (a.Flare != nil && *a.Flare) {
		return false
	}
	rules, during := t.clinic.Protocol.Checkpoint, *a.Evening
	if t.p.Session.During != nil {
		during = *t.p.Session.During
	}
	if rules.Mode == protocol.Relative {
		return during <= a.Baseline && *a.Morning <= a.Baseline
	}
	return during == 0 && *a.Evening <= max(a.Baseline, rules.EveningMax) && *a.Morning <= max(a.Baseline, rules.MorningMax)
}

// told is the text that a decision about a session is answered with: a step on
// the ladder says more than the decision alone.
func (t *turn) told(h heard, key copy.Key) copy.Key {
	d := Done{}
	if h.session {
		d = t.doneNow()
	}
	came := t.climb(h)
	t.words.Plan = t.sayablePlan()
	switch {
	case !h.session && came != waits:
		return copy.Thanks // a reading by itself changes no load
	case d.Stage == StageCheckpoint && t.p.Training.Tries.Passed && came == waits:
		t.words.Lift = strings.TrimSuffix(t.liftWords(), ".")
		return copy.CheckpointPassed
	case d.Stage == StageCheckpoint && t.p.Stage == StageCheckpoint && h.asked == reply.AskedH48:
		return copy.Thanks // the morning has decided
	case d.Stage == StageCheckpoint && t.p.Stage == StageCheckpoint && !t.p.Training.Tries.Passed && t.p.Training.Tries.Last.Equal(t.p.Session.EndedAt):
		t.words.When = dayName(t.p.Language, t.nextTry().In(t.zone))
		return copy.CheckpointRetry
	case came == waits:
		return copy.StageWaiting
	case key == copy.Hold && !lifts(t.stage()) && t.p.Stage != StageTravel:
		return copy.Thanks // there is no weight to repeat
	case came == moved && key == copy.Hold:
		return copy.Progress
	case came == stays && d.Stage != "" && d.Stage != t.p.Stage && key == copy.Hold:
		return copy.Thanks // of a stage that is over
	}
	return key
}

// nextTry is the next homework day that leaves enough rest.
func (t *turn) nextTry() time.Time {
	rest := t.p.Training.Tries.Last.Add(t.clinic.Protocol.Checkpoint.RetryAfter)
	for ahead := range 15 {
		at := t.on(t.now, ahead, t.clinic.Protocol.Windows.MorningSend)
		if at.After(t.now) && !at.Before(rest) && t.isLiftDay(at) {
			return at
		}
	}
	return rest
}
