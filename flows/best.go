package flows

import (
	"slices"
	"strconv"
	"time"

	"backstop/flows/copy"
	"backstop/flows/lift"
	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// best keeps a set among the personal bests and, when it is one, has it wait for
// the morning to be told.
func (t *turn) best(d *Done, s lift.Set, before lift.Load) {
	if !s.Load.Known() {
		return
	}
	n := t.clinic.Protocol.Lift
	b := t.bestOf(d.Exercise, s.Load.Unit)
	g := lift.Gear{Unit: s.Load.Unit, Step: n.StepKg}
	if s.Load.Unit == reply.Pound {
		g.Step = n.StepLb
	}
	counts := !d.Easier && lift.BestCounts(n, t.clinic.Protocol.Pain, s, lift.Around{Evening: t.p.Session.Evening, PlannedRPE: d.Target, LastLoad: before})
	e, _ := lift.E1RM(n, s)
	c := Cheer{Session: d.Session, Lift: t.setWords(d.Exercise, s, 1)}
	switch {
	case counts && lift.RepBest(n, b.sets(), s):
		t.p.Training.Cheer = c
	case counts && lift.E1RMBest(n, g, b.E1RM, s):
		c.Max, c.Best = true, strconv.FormatFloat(float64(int(e)), 'f', -1, 64)+" "+string(s.Load.Unit)
		t.p.Training.Cheer = c
	}
	if better := b.with(n, s); better != b {
		d.keepBest(b)
		t.keepBest(better)
	}
}

// bestOf are the bests of an exercise in a unit.
func (t *turn) bestOf(exercise string, unit reply.Unit) Best {
	for _, b := range t.p.Training.Bests {
		if b.Exercise == exercise && b.Unit == unit {
			return b
		}
	}
	return Best{Exercise: exercise, Unit: unit}
}

func (t *turn) keepBest(b Best) {
	for i, old := range t.p.Training.Bests {
		if old.Exercise == b.Exercise && old.Unit == b.Unit {
			t.p.Training.Bests[i] = b
			return
		}
	}
	t.p.Training.Bests = append(t.p.Training.Bests, b)
}

// with are the bests with one more set.
func (b Best) with(n protocol.Lift, s lift.Set) Best {
	if s.Reps >= 1 && s.Reps < len(b.Reps) {
		b.Reps[s.Reps] = max(b.Reps[s.Reps], s.Load.Value)
	}
	if e, ok := lift.E1RM(n, s); ok {
		b.E1RM = max(b.E1RM, e)
	}
	return b
}

// keepBest remembers bests as they were before the session.
func (d *Done) keepBest(b Best) {
	if !slices.ContainsFunc(d.Bests, func(o Best) bool { return o.Exercise == b.Exercise && o.Unit == b.Unit }) {
		d.Bests = append(slices.Clone(d.Bests), b)
	}
}

// sets are the bests as sets, to compare with.
func (b Best) sets() []lift.Set {
	var out []lift.Set
	for reps, load := range b.Reps {
		if load > 0 {
			out = append(out, lift.Set{Load: lift.Load{Value: load, Unit: b.Unit}, Reps: reps})
		}
	}
	return out
}

// cheer puts a personal best in the place of the answer that allows it: not after
// a raised evening or a decision that is less than calm, and not more often than
// the protocol's times a week.
func (t *turn) cheer(a Answers, d Decision, key copy.Key) copy.Key {
	c := t.p.Training.Cheer
	if c.Session == "" || c.Session != t.p.Session.ID || d == Await || (key != copy.Progress && key != copy.Hold && d != Regress) {
		return key
	}
	t.p.Training.Cheer = Cheer{}
	calm := (d == Progress || d == Hold) && a.Evening != nil && a.Morning != nil && !a.raised(t.clinic.Protocol.Pain)
	limit := t.clinic.Protocol.Limits.CheersPerWeek
	if !calm || limit == 0 || t.now.Sub(t.p.Training.CheeredAt) < week/time.Duration(limit) {
		return key
	}
	t.p.Training.CheeredAt = t.now
	t.words.Lift, t.words.Best = c.Lift, c.Best
	t.note("Personal best: " + c.Lift + ".")
	if c.Max {
		return copy.BestMax
	}
	return copy.BestReps
}
