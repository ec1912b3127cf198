package flows

import (
	"slices"
	"time"

	"backstop/flows/copy"
	"backstop/flows/lift"
	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// climb moves a patient on who meets the exit of the stage: at once where
// nobody has to agree, else a clinician is asked. It reports what it did.
func (t *turn) climb(h heard) climbed {
	stage, letter, ok := t.next()
	if !ok || t.p.Training.Suspended || t.p.Episode.Kind != EpisodeNone || !t.exitMet() {
		return stays
	}
	next, _ := t.clinic.Protocol.Stage(string(stage))
	confirm := t.stage().Exit.Confirm
	needs := stage != t.p.Stage && (next.Approve || (confirm != "" && t.p.Training.Ticked != t.p.Stage))
	if !needs {
		t.moves(stage, letter, false)
		t.enter(stage, letter, "", "the exit of the stage before is met")
		t.note("Moved on to " + t.where() + ".")
		return moved
	}
	why := "Everything the rules ask of " + t.where() + " is met."
	if confirm != "" && t.p.Training.Ticked != t.p.Stage {
		why += " Approving also confirms: " + confirm + "."
	}
	if !t.askApproval(stage, letter, why) {
		return stays
	}
	if !h.any() && t.mayPrompt() {
		t.prompt(copy.StageWaiting, t.now.Add(answerUseful))
	}
	return waits
}

// climbed is what came of a look at the exit.
type climbed int

const (
	stays climbed = iota
	moved
	waits // for a clinician
)

// next is the step after the patient's; false at the top of the ladder, on a
// trip, and at the checkpoint before it is passed.
func (t *turn) next() (Stage, string, bool) {
	letters := t.stage().Letters()
	if i := slices.Index(letters, t.p.Training.Letter); i >= 0 && i+1 < len(letters) {
		return t.p.Stage, letters[i+1], true
	}
	if r := t.p.Training.Return; r.Kind == lift.ReturnCheckpoint && t.p.Stage == StageMobility {
		return StageCheckpoint, "", true
	}
	id, ok := t.clinic.Protocol.Next(string(t.p.Stage))
	return Stage(id), "", ok
}

// exitMet reports whether everything the exit of the stage asks for is so, but
// for what a clinician ticks or approves.
func (t *turn) exitMet() bool {
	if t.p.Stage == StageCheckpoint {
		return t.p.Training.Tries.Passed
	}
	x, tr := t.stage().Exit, t.p.Training
	done := t.doneHere()
	switch {
	case tr.Return.Kind == lift.ReturnSteps, tr.Return.Factor > 0, tr.Return.Alert != "":
		return false // the way back comes first
	case x == (protocol.Exit{}):
		return false
	case x.SettledDays > 0 && !t.settledDays(x):
		return false
	case x.Sessions > 0 && !t.sessionsMet(x, done):
		return false
	case x.Mornings > 0 && !settledRun(done, x.Mornings):
		return false
	case x.ProgressRuns > 0 && !progressRun(done, x.ProgressRuns):
		return false
	case x.Weeks > 0 && t.now.Sub(tr.Since) < time.Duration(x.Weeks)*week:
		return false
	case x.Attendance > 0 && !t.attends(x, done):
		return false
	case x.RatedSets > 0 && t.rated(done) < x.RatedSets:
		return false
	}
	return x.Target == 0 || t.strongEnough(x.Target)
}

const week = 7 * 24 * time.Hour

// doneHere are the sessions since the patient came to this stage and letter.
func (t *turn) doneHere() []Done {
	tr := t.p.Training
	i := slices.IndexFunc(tr.Done, func(d Done) bool {
		return d.Stage == t.p.Stage && d.Letter == tr.Letter && !d.At.Before(tr.Since)
	})
	if i < 0 {
		return nil
	}
	return tr.Done[i:]
}

// settledDays reports whether the last days' readings, one after another, were
// near the usual, and nothing was severely in the way.
func (t *turn) settledDays(x protocol.Exit) bool {
	if s := t.p.Session; t.now.Sub(s.InterferenceAt) <= t.fresh() && s.Interference == reply.InterferenceSevere {
		return false
	}
	most := t.clinic.Baseline(t.p, t.now) + x.PainOver
	for ago := range x.SettledDays {
		found := false
		for _, r := range t.p.Readings {
			if !sameDay(r.At, t.now.AddDate(0, 0, -ago), t.zone) || r.At.Before(t.p.Training.Since) {
				continue
			}
			found = true
			if r.Pain > most {
				return false
			}
		}
		if !found {
			return false
		}
	}
	return true
}

// sessionsMet reports whether enough sessions were done in time and the
// evenings after them were quiet.
func (t *turn) sessionsMet(x protocol.Exit, done []Done) bool {
	count := 0
	for _, d := range done {
		if x.Within > 0 && t.now.Sub(d.At) > x.Within {
			continue
		}
		if x.EveningMax > 0 && (d.Evening == nil || *d.Evening > x.EveningMax && d.Decision != Progress) {
			continue
		}
		count++
	}
	return count >= x.Sessions
}

// settledRun reports whether the last decided sessions all had a settled morning.
func settledRun(done []Done, runs int) bool {
	return runOf(done, runs, func(d Done) bool { return d.Settled })
}

func progressRun(done []Done, runs int) bool {
	return runOf(done, runs, func(d Done) bool { return d.Decision == Progress })
}

// runOf reports whether the last decided sessions all are so.
func runOf(done []Done, runs int, so func(Done) bool) bool {
	n := 0
	for i := len(done) - 1; i >= 0 && n < runs; i-- {
		if done[i].Decision == "" {
			continue
		}
		if !so(done[i]) {
			return false
		}
		n++
	}
	return n >= runs
}

// attends reports whether enough of the planned days of the stage's last weeks had a session.
func (t *turn) attends(x protocol.Exit, done []Done) bool {
	from := t.now.Add(-time.Duration(x.Weeks) * week)
	came := 0
	for _, d := range done {
		if d.At.After(from) {
			came++
		}
	}
	planned := len(t.liftDays()) * x.Weeks
	return planned > 0 && float64(came) >= x.Attendance*float64(planned)
}

// rated counts the sets of a stage that told how strong the patient is.
func (t *turn) rated(done []Done) int {
	n := 0
	for _, d := range done {
		n += lift.Rated(t.clinic.Protocol.Lift, d.sets(d.Exercise))
	}
	return n
}

// strongEnough reports whether the main lift's estimate reaches a share of body
// weight. Where the body weight is not known, the clinician who approves judges.
func (t *turn) strongEnough(share float64) bool {
	body := t.p.Training.Gate.Bodyweight
	x, ok := t.main()
	if !ok || !body.Known() || body.Unit != t.p.Unit {
		return true
	}
	l := t.lifted(x.ID)
	return l != nil && l.E1RM >= body.Value*share
}
