package flows

import (
	"slices"
	"time"

	"backstop/flows/lift"
	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// record keeps logged lifts, all of them clear. What was logged just before, in the
// same words, was sent twice and is kept once.
func (t *turn) record(session, message string, at time.Time, logged []reply.Lift) {
	if t.loggedAlready(session, at, logged) {
		t.do(Note{Line: "The same lifts once more; kept once."})
		return
	}
	for _, l := range logged {
		l.Exercise = t.exerciseOf(l)
		t.do(RecordLift{At: at, Session: session, Message: message, Lift: l})
	}
	t.learnLifts(session, at, logged)
}

// loggedAlready reports whether a session ends with these very sets, logged so shortly
// before that nobody can have done them again: a single set takes a minute with its rest.
func (t *turn) loggedAlready(session string, at time.Time, logged []reply.Lift) bool {
	d := t.doneOf(session)
	if d == nil || len(logged) == 0 {
		return false
	}
	for _, l := range logged {
		x, ok := t.exerciseNamed(l)
		if !ok || !loaded(x) {
			return false
		}
		last := t.lifted(x.ID)
		if last == nil {
			return false
		}
		sets, before := t.sets(x, l), d.sets(x.ID)
		since := at.Sub(last.LastAt)
		if len(before) < len(sets) || since < 0 || since >= time.Duration(len(sets))*time.Minute {
			return false
		}
		if !slices.EqualFunc(sets, before[len(before)-len(sets):], lift.Set.Same) {
			return false
		}
	}
	return true
}

// learnLifts takes what was lifted into the plan, the bests and the trends.
func (t *turn) learnLifts(session string, at time.Time, logged []reply.Lift) {
	d := t.doneOf(session)
	if d == nil {
		return
	}
	for _, l := range logged {
		x, ok := t.exerciseNamed(l)
		if !ok || !loaded(x) || l.Load <= 0 || l.Unit == reply.UnitUnknown {
			continue
		}
		t.learnLift(d, x, at, t.sets(x, l))
	}
	d.E1RM, _ = lift.BestE1RM(t.clinic.Protocol.Lift, ofUnit(d.sets(d.Exercise), t.p.Unit))
	if l := t.lifted(d.Exercise); l != nil && d.E1RM > 0 {
		l.E1RM = d.E1RM
	}
	d.Heavy = d.Heavy || t.heavy(*d)
}

func (t *turn) learnLift(d *Done, x protocol.Exercise, at time.Time, sets []lift.Set) {
	l := t.lifted(x.ID)
	if l == nil {
		t.p.Training.Lifts = append(t.p.Training.Lifts, Lifted{Exercise: x.ID})
		l = &t.p.Training.Lifts[len(t.p.Training.Lifts)-1]
	}
	before := l.Last
	i := slices.IndexFunc(d.Work, func(w Worked) bool { return w.Exercise == x.ID })
	if i < 0 {
		d.Work = append(slices.Clone(d.Work), Worked{Exercise: x.ID, Sets: sets})
	} else {
		work := slices.Clone(d.Work)
		work[i].Sets = append(slices.Clone(work[i].Sets), sets...)
		d.Work = work
	}
	for _, s := range sets {
		if x.ID == d.Exercise {
			t.best(d, s, before)
		}
		if !l.LastAt.Equal(at) || s.Load.Above(l.Last) {
			l.Last, l.LastAt = s.Load, at
		}
	}
}

// sets are the sets of a logged line. What was not written is taken from the
// plan where the load is the planned one; a line that says neither is one set.
func (t *turn) sets(x protocol.Exercise, l reply.Lift) []lift.Set {
	load := lift.Load{Value: l.Load, Unit: l.Unit}
	reps, count := l.Reps, max(l.Sets, len(l.Reps), 1)
	if p, ok := t.planned(t.stage(), x); ok && !p.Load.Above(load) && load.Unit == p.Load.Unit {
		if len(reps) == 0 {
			reps = []int{p.Reps}
		}
		if l.Sets == 0 && len(l.Reps) <= 1 {
			count = p.Sets
		}
	}
	sets := make([]lift.Set, 0, count)
	for i := range min(count, mostSets) {
		s := lift.Set{Load: load, RPE: l.RPE}
		if len(reps) > 0 {
			s.Reps = reps[min(i, len(reps)-1)]
		}
		sets = append(sets, s)
	}
	return sets
}

// mostSets bounds what one line may add.
const mostSets = 20

func ofUnit(sets []lift.Set, unit reply.Unit) []lift.Set {
	var out []lift.Set
	for _, s := range sets {
		if s.Load.Unit == unit {
			out = append(out, s)
		}
	}
	return out
}

// heavy reports whether a session had a heavy set of its main lift.
func (t *turn) heavy(d Done) bool {
	b := t.bestOf(d.Exercise, t.p.Unit)
	for _, s := range d.sets(d.Exercise) {
		if lift.Heavy(t.clinic.Protocol.Lift, s, max(d.E1RM, b.E1RM)) {
			return true
		}
	}
	return false
}

// begin starts the follow-up of a session that has just ended, in place of the
// one before, and keeps it for the trends.
func (t *turn) begin(s Session) {
	t.cancel("a newer session", DueEvening, DueNextMorning, DueRemind, DueClose, DueH48)
	t.p.Session = s
	t.beginDone(s)
	t.planAfter(s.EndedAt)
}

// beginDone keeps a session for the trends, and what its plan was.
func (t *turn) beginDone(s Session) {
	tr := &t.p.Training
	x, _ := t.main()
	d := Done{Session: s.ID, At: s.EndedAt, Stage: t.p.Stage, Letter: tr.Letter, Homework: s.Homework, Exercise: x.ID,
		Target: t.targetRPE(), Easier: tr.Return.Kind != "" || t.easierWeek()}
	tr.Done = append(tr.Done, d)
	if len(tr.Done) > mostDone {
		tr.Done = tr.Done[len(tr.Done)-mostDone:]
	}
	for i := range tr.Lifts {
		tr.Lifts[i].Plan = tr.Lifts[i].Next
	}
}

// mostDone bounds the sessions kept: three a week over three months.
const mostDone = 40

func (t *turn) doneOf(session string) *Done {
	for i := len(t.p.Training.Done) - 1; i >= 0; i-- {
		if d := &t.p.Training.Done[i]; d.Session == session && session != "" {
			return d
		}
	}
	return nil
}
