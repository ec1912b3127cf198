package flows

import (
	"slices"
	"time"

	"backstop/flows/lift"
)

// sessionCancelled forgets a session that did not take place, or was logged by
// mistake, and what rested on it: loads, bests, a step on the ladder, a request.
func (t *turn) sessionCancelled(e SessionCancelled) {
	tr := &t.p.Training
	if d := t.doneOf(e.Session); d != nil {
		was := *d
		newest := tr.Done[len(tr.Done)-1].Session == e.Session
		tr.Done = slices.DeleteFunc(tr.Done, func(d Done) bool { return d.Session == e.Session })
		t.withoutSession(was, newest)
	}
	if t.p.Session.ID != e.Session || e.Session == "" {
		return
	}
	t.cancel("the session was cancelled", DueEvening, DueNextMorning, DueRemind, DueClose, DueH48)
	t.p.Questions = slices.DeleteFunc(t.p.Questions, func(q Question) bool { return q.Session == e.Session })
	t.p.Session = Session{}
	t.note("The session was cancelled: no check-in about it.")
}

// withoutSession takes back what a session led to that is forgotten already.
func (t *turn) withoutSession(d Done, newest bool) {
	tr := &t.p.Training
	if tr.Cheer.Session == d.Session {
		tr.Cheer = Cheer{}
	}
	if tr.Logged.Session == d.Session {
		tr.Logged = LoggedNow{}
	}
	t.withoutBests(d)
	m := tr.Moved
	newest = newest && (!d.At.Before(tr.Since) || m.Stage == d.Stage && m.Letter == d.Letter && m.To == t.p.Stage && m.Next == tr.Letter)
	for i := range tr.Lifts {
		l := &tr.Lifts[i]
		worked := d.sets(l.Exercise) != nil
		if newest && (worked || d.Stage == t.p.Stage && d.Letter == tr.Letter) {
			l.Next = l.Plan // as planned before it
		}
		if worked {
			t.lastBefore(l, d)
		}
	}
	t.withoutTry(d)
	t.withoutStep(d)
	t.moveBack(d)
	if tr.Asked.Stage != "" && tr.Return.Kind == "" && d.Stage == t.p.Stage && !t.exitMet() {
		t.unask("a session it rested on was cancelled")
	}
}

// withoutBests makes the bests those from before a session, and of what came after it.
func (t *turn) withoutBests(d Done) {
	for _, b := range d.Bests {
		for _, later := range t.p.Training.Done {
			if later.At.Before(d.At) || later.Exercise != b.Exercise {
				continue
			}
			for _, s := range ofUnit(later.sets(b.Exercise), b.Unit) {
				b = b.with(t.clinic.Protocol.Lift, s)
			}
		}
		t.keepBest(b)
	}
}

// lastBefore is the last load of an exercise, and what it showed, without a session.
func (t *turn) lastBefore(l *Lifted, d Done) {
	if l.LastAt.After(d.At) && !sameDay(l.LastAt, d.At, t.zone) {
		return // lifted again since
	}
	l.Last, l.LastAt, l.E1RM = l.Plan.Load, time.Time{}, 0
	for _, other := range t.p.Training.Done {
		if sets := other.sets(l.Exercise); sets != nil {
			l.Last, l.LastAt = other.top(l.Exercise).Load, other.At
			if other.Exercise == l.Exercise && other.E1RM > 0 {
				l.E1RM = other.E1RM
			}
		}
	}
}

// withoutTry takes back a try at the checkpoint.
func (t *turn) withoutTry(d Done) {
	tries := &t.p.Training.Tries
	if d.Stage != StageCheckpoint || !tries.Last.Equal(d.At) {
		return
	}
	if !tries.Passed && d.Decision != "" {
		tries.Failed = max(0, tries.Failed-1)
	}
	tries.Passed, tries.Last = false, time.Time{}
	for _, other := range t.doneHere() {
		tries.Last = other.At
	}
}

// withoutStep takes back a step on the way back after a flare-up.
func (t *turn) withoutStep(d Done) {
	r := &t.p.Training.Return
	if r.Kind != lift.ReturnSteps || r.Alert != "" || !r.At.Equal(d.At) || d.Decision != Progress {
		return
	}
	r.At = time.Time{}
	if r.Step > 0 {
		r.Step--
	}
}

// moves remembers a step that the rules take by themselves.
func (t *turn) moves(to Stage, next string, down bool) {
	tr := &t.p.Training
	tr.Moved = Moved{Stage: t.p.Stage, Letter: tr.Letter, Since: tr.Since, To: to, Next: next, Down: down}
}

// moveBack takes the last step of the rules back when it no longer stands without
// a session, and nothing has moved the patient since.
func (t *turn) moveBack(d Done) {
	tr := &t.p.Training
	m := tr.Moved
	if m.Stage == "" || m.To != t.p.Stage || m.Next != tr.Letter || d.Stage != m.Stage || d.Letter != m.Letter || d.At.Before(m.Since) {
		return
	}
	stage, letter, since := t.p.Stage, tr.Letter, tr.Since
	t.p.Stage, tr.Letter, tr.Since = m.Stage, m.Letter, m.Since
	stands := t.exitMet()
	if m.Down {
		stands = runOf(t.doneHere(), t.clinic.Protocol.Trend.RegressRuns, func(d Done) bool { return d.Decision == Regress })
	}
	t.p.Stage, tr.Letter, tr.Since = stage, letter, since
	if stands {
		return
	}
	tr.Moved = Moved{}
	loads := slices.Clone(tr.Lifts)
	t.enter(m.Stage, m.Letter, "", "a session it rested on was cancelled")
	tr.Since, tr.Lifts = m.Since, loads
	t.note("Back to " + t.where() + ": a session that the step rested on was cancelled.")
}
