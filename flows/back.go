package flows

import (
	"slices"
	"time"

	"backstop/flows/copy"
	"backstop/flows/lift"
)

// The ways back after weeks without lifting, and after a trip: one lighter session,
// and from there on as usual.
const (
	afterBreak lift.Return = "break"
	afterTrip  lift.Return = "trip"
)

// lighterOnce makes the next session lighter, after a flare watch that settled.
func (t *turn) lighterOnce() {
	tr := &t.p.Training
	if !lifts(t.stage()) || tr.Return.Kind == lift.ReturnCheckpoint {
		return
	}
	if tr.Return.Kind == lift.ReturnSteps {
		tr.Return.Step = stepDown(tr.Return.Step)
		t.words.Plan = t.sayablePlan()
		return
	}
	tr.Return = Return{Kind: lift.ReturnLighter, Since: t.now, Factor: t.clinic.Protocol.Flare.ResumeFactorNear}
	t.startAgain() // lighter still after weeks without lifting
	t.words.Plan = t.sayablePlan()
}

// stepDown is the step back to lifting before one; the first stays the first.
func stepDown(step int) int { return max(min(step, 0), step-1) }

// backFrom plans the way back after a flare-up that is over. A clinician has it
// open: nothing but mobility begins before that alert is resolved.
func (t *turn) backFrom(ep Episode) {
	tr := &t.p.Training
	lasted := int(t.now.Sub(ep.Onset) / (24 * time.Hour))
	before, letter, loads := ep.Before, tr.Letter, slices.Clone(tr.Lifts)
	kind := lift.AfterFlare(t.clinic.Protocol.Flare, false, lasted, ep.DaysOff)
	if old := tr.Return; old.Before != "" { // a new flare-up on the way back, which asks for no less
		before, letter = old.Before, old.Letter
		if old.Kind == lift.ReturnCheckpoint {
			kind, loads = old.Kind, old.Loads // the checkpoint has loads of its own
		}
	}
	tr.Return = Return{Kind: kind, Since: t.now, Step: -1, Before: before, Letter: letter, Alert: ep.ID, Loads: loads}
	if !t.openAlert(ep.ID) {
		t.beginReturn()
	}
}

func (t *turn) openAlert(key string) bool {
	for _, a := range t.p.Alerts {
		if a.Key == key {
			return true
		}
	}
	return false
}

// returnCleared is a clinician's word that a flare-up is dealt with.
func (t *turn) returnCleared(key string) {
	if r := t.p.Training.Return; r.Alert != "" && r.Alert == key && t.p.Episode.Kind == EpisodeNone {
		t.beginReturn()
	}
}

// beginReturn is the first step back: after a short flare-up one session of the
// hinge and then the loads in steps; after a long one, or a day off work, the
// mobility stage and the checkpoint come first. Who had not lifted yet goes on
// where they were.
func (t *turn) beginReturn() {
	tr := &t.p.Training
	r := tr.Return
	r.Alert = ""
	before, _ := t.clinic.Protocol.Stage(string(r.Before))
	switch {
	case r.Before == "" || r.Before == StageCalm:
		tr.Return = Return{}
	case r.Kind == lift.ReturnCheckpoint && lifts(before):
		tr.Return = Return{}
		t.enter(StageMobility, "", "", "after a long flare-up, or days off work")
		tr.Return = r
		t.sayBack(copy.RestartCheckpoint)
	case !lifts(before):
		tr.Return = Return{}
		t.enter(r.Before, "", "", "after a flare-up")
	default:
		tr.Return = r
		t.enter(StageHinge, "", "", "one session of the hinge after a flare-up")
		t.words.Plan = t.shortPlan()
		t.sayBack(copy.RestartStep)
	}
}

func (t *turn) sayBack(key copy.Key) {
	if t.mayPrompt() {
		t.prompt(key, t.now.Add(answerUseful))
	}
}

// steppedBack is a session on the way back that may be built on: the next step,
// and after the last one the stage from before. S5 needs a clinician's yes again.
func (t *turn) steppedBack(done Done) {
	tr := &t.p.Training
	r, d := tr.Return, done.Decision
	switch {
	case done.Stage != t.p.Stage, done.Stage == StageTravel, done.At.Before(r.Since): // nothing of it was done
		return
	case r.Kind == lift.ReturnLighter || r.Kind == afterBreak || r.Kind == afterTrip:
		if r.Kind == afterBreak {
			t.settleAt(r.Factor)
		}
		if d == Progress || d == Hold {
			tr.Return = Return{}
		}
		return
	case r.Kind != lift.ReturnSteps || r.Alert != "":
		return
	}
	tr.Return.At = t.p.Session.EndedAt
	if d == Regress && r.Step > 0 {
		tr.Return.Step--
	}
	if d != Progress {
		return
	}
	tr.Return.Step++
	if tr.Return.Step == 0 {
		stage := StageBuild
		if r.Before == StageLight {
			stage = StageLight
		}
		t.enter(stage, r.Letter, "", "steps back to the load before the flare-up")
	}
	if tr.Return.Step >= len(t.clinic.Protocol.Flare.ResumeSteps) {
		tr.Return = Return{}
		if r.Before == StageHeavy {
			t.askApproval(StageHeavy, "", "Back at the load from before the flare-up.")
		}
	}
}

// takeUpLoads sets the loads from before the flare-up again, which the
// checkpoint on the way back has replaced by its own; the steps are shares of them.
func (t *turn) takeUpLoads() {
	r := t.p.Training.Return
	if r.Kind != lift.ReturnSteps || r.Step != 0 {
		return
	}
	for _, before := range r.Loads {
		if l := t.lifted(before.Exercise); l != nil {
			l.Next, l.E1RM = before.Next, before.E1RM
		}
	}
	t.p.Training.Return.Loads = nil // once: what follows on the way back counts
}

// settleAt makes the lighter load of a restart the load to go on from.
func (t *turn) settleAt(factor float64) {
	s := t.stage()
	for _, x := range t.exercises(s) {
		l := t.lifted(x.ID)
		if l == nil || !loaded(x) {
			continue
		}
		if load, ok := lift.Lighter(t.gear(x), l.Plan.Load, factor); ok {
			l.Plan.Load, l.Next.Load = load, load
		}
	}
}

// startAgain plans a lighter start after weeks without lifting and without pain.
func (t *turn) startAgain() {
	tr := &t.p.Training
	if !lifts(t.stage()) || t.p.Stage == StageCheckpoint || tr.Return.Kind == lift.ReturnCheckpoint {
		return
	}
	last := t.lastSession()
	if last.IsZero() || last.Before(tr.Since) {
		return
	}
	factor, toBuild := lift.AfterBreak(t.clinic.Protocol.Restart, t.missedWeeks(last))
	if factor >= 1 || tr.Return.Kind == "" && last.Before(tr.Restarted) {
		return
	}
	if tr.Return.Kind == lift.ReturnSteps {
		for steps := t.clinic.Protocol.Flare.ResumeSteps; tr.Return.Step > 0 && steps[tr.Return.Step] > factor; {
			tr.Return.Step--
		}
		return
	}
	if tr.Return.Factor > 0 && tr.Return.Factor <= factor {
		return // as light already
	}
	if toBuild && t.p.Stage == StageHeavy {
		t.enter(StageBuild, "", "", "more than four weeks without lifting")
	}
	tr.Restarted = t.now
	tr.Return = Return{Kind: afterBreak, Since: t.now, Factor: factor}
	t.note("Back after " + days(t.now.Sub(last)) + " without lifting: " + percent(factor) + " of the last load.")
}

// missedWeeks are the whole weeks without a session since the last one.
func (t *turn) missedWeeks(last time.Time) int {
	return (int(t.now.Sub(last)/(24*time.Hour)) - 1) / 7
}

// lastSession is when the last session with loads was done; zero when never.
func (t *turn) lastSession() time.Time {
	for i := len(t.p.Training.Done) - 1; i >= 0; i-- {
		if d := t.p.Training.Done[i]; d.Stage == StageLight || d.Stage == StageBuild || d.Stage == StageHeavy || d.Stage == StageCheckpoint || d.Stage == StageTravel {
			return d.At
		}
	}
	return time.Time{}
}

func percent(factor float64) string { return num(float64(int(factor*100+0.5))) + " %" }

// backHome makes the first session after a trip a lighter one, when the patient
// stands at a stage with loads again; lighter still where so many weeks went by
// without lifting. Who was on the way back from a flare-up goes on with its steps,
// one of them down.
func (t *turn) backHome() {
	tr := &t.p.Training
	if !lifts(t.stage()) || tr.Return.fromFlare() {
		tr.Return.Step = stepDown(tr.Return.Step)
		return
	}
	back := Return{Kind: afterTrip, Since: t.now, Factor: t.clinic.Protocol.Restart.TravelBack}
	if last := t.lastSession(); !last.IsZero() {
		if factor, _ := lift.AfterBreak(t.clinic.Protocol.Restart, t.missedWeeks(last)); factor < back.Factor {
			back = Return{Kind: afterBreak, Since: t.now, Factor: factor}
			tr.Restarted = t.now
		}
	}
	if tr.Return.Factor > 0 {
		back.Factor = min(back.Factor, tr.Return.Factor)
	}
	tr.Return = back
}
