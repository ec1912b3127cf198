package flows

import (
	"slices"

	"backstop/flows/copy"
	"backstop/flows/lift"
	"backstop/flows/protocol"
)

// stage is what the protocol says of the patient's stage.
func (t *turn) stage() protocol.Stage {
	s, _ := t.clinic.Protocol.Stage(string(t.p.Stage))
	return s
}

// enter moves the patient to a stage of the ladder and records it. Who decided
// is empty where the rules did.
func (t *turn) enter(stage Stage, letter, by, why string) {
	t.stand(stage, letter)
	t.do(RecordStage{At: t.now, Stage: t.p.Stage, Letter: t.p.Training.Letter, By: by, Why: why})
}

// stand puts the patient at a stage, with its first loads and its days. A letter
// that the stage does not have becomes its first.
func (t *turn) stand(stage Stage, letter string) {
	s, ok := t.clinic.Protocol.Stage(string(stage))
	if !ok {
		return
	}
	if letters := s.Letters(); !slices.Contains(letters, letter) {
		letter = ""
		if len(letters) > 0 {
			letter = letters[0]
		}
	}
	tr := &t.p.Training
	down := rung(stage, letter) < rung(t.p.Stage, tr.Letter)
	t.p.Stage, tr.Letter, tr.Since = stage, letter, t.now
	t.unask("the stage has changed")
	tr.Ticked, tr.Tries = "", Tries{Last: tr.Tries.Last}
	tr.Easier = Easier{Since: t.now}
	tr.Told = nil
	t.takeUpLoads()
	before := t.lastMain()
	if down {
		before = lift.Load{} // what a heavier stage was done with says nothing of a lighter one
	}
	t.startLoads(s, before)
	t.planHomework()
}

// rung orders the stages and their letters: what comes later is heavier.
func rung(stage Stage, letter string) string {
	if stage == StageCheckpoint {
		return string(StageLight) + "~"
	}
	return string(stage) + letter
}

// stageSet is a clinician's word on where the patient stands. It ends every way
// back that was under way, and what a red flag had suspended goes on.
func (t *turn) stageSet(e StageSet) {
	if _, ok := t.clinic.Protocol.Stage(string(e.Stage)); !ok {
		t.note("There is no stage " + string(e.Stage) + ".")
		return
	}
	travelled := t.p.Stage == StageTravel
	t.p.Training.Return, t.p.Training.Suspended = Return{}, false
	t.enter(e.Stage, e.Letter, e.By, "set by hand")
	if travelled {
		t.backHome()
	}
	t.note("Stage set to " + t.where() + ".")
}

// where names the patient's stage in a clinician's words: "S3 light, step b".
func (t *turn) where() string {
	name := string(t.p.Stage)
	if s := t.stage(); s.Name != "" && name != "CHECKPOINT" {
		name += " " + s.Name
	}
	if t.p.Training.Letter != "" {
		name += ", step " + t.p.Training.Letter
	}
	return name
}

// approvalKey is the alert that asks a clinician for a step.
func approvalKey(stage Stage) string { return "approval:" + string(stage) }

// askAgainAfter is how long a request that was closed without an approval rests.
const askAgainAfter = week

// askApproval asks a clinician for a step, once; false when that has been done already.
func (t *turn) askApproval(stage Stage, letter, why string) bool {
	tr := &t.p.Training
	if tr.Asked.Stage == stage && !tr.Asked.Declined {
		return false
	}
	if tr.Asked.Stage == stage && t.now.Sub(tr.Asked.At) < askAgainAfter {
		return false
	}
	tr.Asked = Approval{Stage: stage, Letter: letter, At: t.now}
	t.raise(RaiseAlert{Key: approvalKey(stage), Level: P3, Headline: "Ready for " + string(stage) + ": do you approve?",
		Trend: t.trend(), Why: why})
	return true
}

// unask takes back the request for a step.
func (t *turn) unask(why string) {
	tr := &t.p.Training
	if tr.Asked.Stage != "" {
		t.withdraw(approvalKey(tr.Asked.Stage), why)
	}
	tr.Asked = Approval{}
}

// approvalClosed is a request that a clinician closed without approving: it is
// not put again for a while.
func (t *turn) approvalClosed(key string) {
	if a := &t.p.Training.Asked; a.Stage != "" && key == approvalKey(a.Stage) {
		a.Declined, a.At = true, t.now
	}
}

// stepApproved is a clinician's yes: the next stage begins.
func (t *turn) stepApproved(e StepApproved) {
	asked := t.p.Training.Asked
	if asked.Stage == "" || (e.Stage != "" && e.Stage != asked.Stage) {
		t.note("A step was approved, but none is waiting: set the stage by hand.")
		return
	}
	t.withdrawBy(approvalKey(asked.Stage), "approved", e.By)
	tr := &t.p.Training
	tr.Asked = Approval{}
	if tr.Return.Kind == lift.ReturnCheckpoint && asked.Stage == StageBuild {
		tr.Return.Kind, tr.Return.Step, tr.Return.At = lift.ReturnSteps, 0, t.now
	}
	t.enter(asked.Stage, asked.Letter, e.By, "approved")
	t.sayUp()
}

// sayUp tells of the next stage, with its first plan. When no text may leave
// now, it waits for another day, unless the homework itself has told by then.
func (t *turn) sayUp() {
	t.words.Plan = t.sayablePlan()
	switch {
	case t.p.Consent.State != ConsentGiven || t.p.Training.PlanFrom.After(t.p.Training.Since) || len(t.doneHere()) > 0:
	case t.mayPrompt() && t.p.Episode.Kind == EpisodeNone:
		t.prompt(copy.StageUp, t.now.Add(answerUseful))
	default:
		t.plan(DueStageUp, t.on(t.now, 1, t.clinic.Protocol.Schedule.HomeworkRemind))
	}
}

// exitConfirmed is a clinician's tick of what the exit of a stage asks for.
func (t *turn) exitConfirmed(e ExitConfirmed) {
	if e.Stage != "" && e.Stage != t.p.Stage {
		return
	}
	t.p.Training.Ticked = t.p.Stage
	t.note("Confirmed for " + t.where() + ": " + t.stage().Exit.Confirm + ".")
	t.climb(heard{})
}

// planChanged is a clinician's own plan: days, gear, what is known of the
// patient, or the load of an exercise.
func (t *turn) planChanged(e PlanChanged) {
	tr := &t.p.Training
	if len(e.Choices.LiftDays) > 0 {
		tr.Choices.LiftDays = e.Choices.LiftDays
	}
	if len(e.Choices.Picks) > 0 {
		tr.Choices.Picks = e.Choices.Picks
	}
	if e.Gate != nil {
		tr.Gate = *e.Gate
	}
	tr.Told = nil
	t.changeLoad(e)
	if t.mainPlan() == "" {
		t.startLoads(t.stage(), t.lastMain())
	}
	t.planHomework()
	t.note("The plan was changed. Next: " + t.shortPlan() + ".")
}

// changeLoad takes a load, sets or reps that a clinician has set.
func (t *turn) changeLoad(e PlanChanged) {
	x, ok := t.main()
	for _, other := range t.stage().Exercises {
		if e.Exercise != "" && other.ID == e.Exercise && loaded(other) {
			x, ok = other, true
		}
	}
	switch {
	case !e.Load.Known() && e.Sets == 0 && e.Reps == 0:
		return
	case !ok || (e.Load.Known() && e.Load.Unit != t.p.Unit):
		t.note("That load was not taken: no such exercise here, or not in the patient's unit.")
		return
	}
	if t.p.Stage == StageCheckpoint && e.Load.Known() {
		t.p.Training.Gate.Target = e.Load
	}
	l := t.lifted(x.ID)
	if l == nil {
		t.p.Training.Lifts = append(t.p.Training.Lifts, Lifted{Exercise: x.ID, Next: lift.Plan{Sets: x.Sets, Reps: x.Reps}})
		l = &t.p.Training.Lifts[len(t.p.Training.Lifts)-1]
	}
	if e.Load.Known() {
		l.Next.Load = e.Load
	}
	if e.Sets > 0 {
		l.Next.Sets = e.Sets
	}
	if e.Reps > 0 {
		l.Next.Reps = e.Reps
	}
	l.Plan, l.SetAt = l.Next, t.now
	loads := slices.Clone(t.p.Training.Return.Loads) // it is the one to come back to
	for i := range loads {
		if loads[i].Exercise == x.ID && t.p.Stage != StageCheckpoint {
			loads[i].Next = l.Next
		}
	}
	t.p.Training.Return.Loads = loads
}

// enrolTraining takes what is known at intake, and the stage the clinician chose.
func (t *turn) enrolTraining(e Enrolled) {
	t.p.Training = Training{Gate: e.Gate, Choices: e.Choices, History: e.History, CheckIns: e.CheckIns}
	s, _ := t.clinic.Protocol.Stage(string(e.Stage))
	letters := s.Letters()
	letter := e.Letter
	if len(letters) > 0 && !slices.Contains(letters, letter) {
		letter = letters[0]
	}
	if x, ok := s.Main(letter); ok && e.Last.Known() {
		l := Lifted{Exercise: x.ID, Last: e.Last, LastAt: t.now}
		if load, ok := t.gear(x).Floor(e.Last.Value); ok && e.Last.Unit == t.p.Unit {
			l.Plan = lift.Plan{Load: load, Sets: x.Sets, Reps: x.Reps}
			l.Next = l.Plan
		}
		t.p.Training.Lifts = []Lifted{l}
	}
	t.stand(e.Stage, letter)
}
