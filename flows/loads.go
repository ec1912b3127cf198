package flows

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"backstop/flows/copy"
	"backstop/flows/lift"
	"backstop/flows/protocol"
)

// exercises are those of a stage that this patient does: of the letter, and of
// what a clinician picks the one picked, else the first.
func (t *turn) exercises(s protocol.Stage) []protocol.Exercise {
	out := make([]protocol.Exercise, 0, len(s.Exercises))
	for i := range s.Exercises {
		if x := &s.Exercises[i]; (x.Letter == "" || x.Letter == t.p.Training.Letter) && t.chosen(s, x) {
			out = append(out, *x)
		}
	}
	return out
}

// chosen reports whether an exercise is the picked one of its kind.
func (t *turn) chosen(s protocol.Stage, x *protocol.Exercise) bool {
	if x.OneOf == "" {
		return true
	}
	pick, first := t.p.Training.Choices.Picks[x.OneOf], ""
	for _, other := range s.Exercises {
		if other.OneOf != x.OneOf {
			continue
		}
		if other.ID == pick {
			return x.ID == pick
		}
		if first == "" {
			first = other.ID
		}
	}
	return x.ID == first
}

// loaded reports whether an exercise has a load of its own that progresses;
// back-off sets follow the top set.
func loaded(x protocol.Exercise) bool {
	return x.With != protocol.Body && x.Reps > 0 && x.Role != protocol.BackOff
}

// lifts reports whether a stage has loads at all.
func lifts(s protocol.Stage) bool { return slices.ContainsFunc(s.Exercises, loaded) }

// gear is what the patient has for an exercise.
func (t *turn) gear(x protocol.Exercise) lift.Gear {
	g := lift.GearFor(t.clinic.Protocol.Lift, x.With, t.p.Unit)
	gate := t.p.Training.Gate
	if x.With == protocol.Kettlebell && len(gate.Bells) > 0 {
		g.Bells = gate.Bells
	}
	if x.With == protocol.Bar && gate.BarLoad > 0 {
		g.Bar = gate.BarLoad
	}
	return g
}

func (t *turn) rangeOf(s protocol.Stage, x protocol.Exercise) lift.Range {
	return lift.RangeOf(s, x, t.p.Training.Gate.Bodyweight)
}

// lifted is the load of an exercise; nil where there is none yet.
func (t *turn) lifted(id string) *Lifted {
	for i := range t.p.Training.Lifts {
		if l := &t.p.Training.Lifts[i]; l.Exercise == id {
			return l
		}
	}
	return nil
}

// main is the exercise of the patient's stage whose load progresses.
func (t *turn) main() (protocol.Exercise, bool) { return t.stage().Main(t.p.Training.Letter) }

// startLoads gives every exercise of a stage its first load: of the same
// exercise in the stage before, for the main one of the main one before, else
// the protocol's.
func (t *turn) startLoads(s protocol.Stage, before lift.Load) {
	for _, x := range t.exercises(s) {
		if !loaded(x) {
			continue
		}
		l := t.lifted(x.ID)
		from := lift.Load{}
		switch {
		case l != nil:
			from = l.Next.Load
		case x.Role == protocol.Main || x.Role == protocol.TopSet:
			from = before
		}
		next, ok := t.firstLoad(s, x, l, from)
		if !ok {
			continue
		}
		if l == nil {
			t.p.Training.Lifts = append(t.p.Training.Lifts, Lifted{Exercise: x.ID})
			l = &t.p.Training.Lifts[len(t.p.Training.Lifts)-1]
		}
		l.Next = next // the plan of the last session stays what it was
		if !l.Plan.Load.Known() {
			l.Plan = next
		}
	}
}

// firstLoad is the plan of an exercise when its stage begins; false when the
// gear has nothing that light, or nothing is known to start from.
func (t *turn) firstLoad(s protocol.Stage, x protocol.Exercise, l *Lifted, from lift.Load) (lift.Plan, bool) {
	g, r := t.gear(x), t.rangeOf(s, x)
	switch {
	case s.ID == string(StageCheckpoint):
		return t.checkpointLoad(g, x)
	case x.Role == protocol.TopSet:
		plan := lift.Plan{Sets: x.Sets, Reps: topReps(x)}
		if l != nil && l.Next.Load.Known() && l.Next.Sets == plan.Sets && l.Next.Reps == plan.Reps {
			return l.Next, l.Next.Load.Unit == g.Unit // back in S5: as it was
		}
		if l != nil && l.E1RM > 0 {
			load, ok := lift.TopSet(t.clinic.Protocol.Lift, g, l.E1RM, plan.Reps, topRPE(s), t.base(x.ID))
			plan.Load = load
			return plan, ok
		}
		load, ok := g.Floor(from.Value)
		plan.Load = load
		return plan, ok && from.Known() && from.Unit == g.Unit
	}
	switch {
	case l == nil || l.Next.Reps == 0 || l.Next.Reps >= r.RepsLo:
	case l.Plan.Reps >= r.RepsLo: // nothing heavier was lifted since
		from = l.Plan.Load
	default: // a heavy triple is no load for sets of more
		e := l.E1RM
		if e == 0 {
			e, _ = lift.E1RM(t.clinic.Protocol.Lift, lift.Set{Load: l.Next.Load, Reps: l.Next.Reps})
		}
		from.Value = min(from.Value, e*lift.Percent(r.RepsLo, s.RPEMax))
	}
	load, ok := lift.Start(g, r, x, from)
	return lift.Plan{Load: load, Sets: x.Sets, Reps: x.Reps}, ok
}

// topReps and topRPE are the middle of what the heavy set allows.
func topReps(x protocol.Exercise) int { return (x.Reps + max(x.Reps, x.RepsMax)) / 2 }

func topRPE(s protocol.Stage) float64 { return math.Floor(s.RPEMin+s.RPEMax) / 2 }

// checkpointLoad is the least load that counts: the clinician's, else the
// protocol's share of body weight. It is the one load that is rounded up to a
// plate, since a lighter one would prove nothing.
func (t *turn) checkpointLoad(g lift.Gear, x protocol.Exercise) (lift.Plan, bool) {
	gate, rules := t.p.Training.Gate, t.clinic.Protocol.Checkpoint
	plan := lift.Plan{Sets: x.Sets, Reps: rules.Reps}
	want := gate.Target
	if !want.Known() {
		want = lift.Load{Value: gate.Bodyweight.Value * rules.MinBodyweightPct, Unit: gate.Bodyweight.Unit}
	}
	if !want.Known() || want.Unit != g.Unit {
		return plan, false
	}
	load, ok := g.Floor(max(want.Value, g.Bar))
	for ok && load.Value < want.Value && g.Step > 0 {
		load.Value += g.Step
	}
	plan.Load = load
	return plan, ok
}

// lastMain is the load that the main lift was last done with, or is planned with.
func (t *turn) lastMain() lift.Load {
	if x, ok := t.main(); ok {
		if l := t.lifted(x.ID); l != nil {
			return l.Next.Load
		}
	}
	var last Lifted
	for _, l := range t.p.Training.Lifts {
		if l.LastAt.After(last.LastAt) {
			last = l
		}
	}
	return last.Last
}

// planned is what an exercise is to be done with this time: the next plan, made
// lighter on the way back and in an easier week. It reports false when there is
// nothing that light.
func (t *turn) planned(s protocol.Stage, x protocol.Exercise) (lift.Plan, bool) {
	l := t.lifted(x.ID)
	if l == nil || !l.Next.Load.Known() {
		return lift.Plan{}, false
	}
	g, p, ok := t.gear(x), l.Next, true
	tr := t.p.Training
	switch {
	case tr.Return.Kind == lift.ReturnSteps && tr.Return.Step >= 0:
		p.Load, ok = lift.Step(t.clinic.Protocol.Flare, g, tr.Return.Step, p.Load)
	case tr.Return.Factor > 0:
		p.Load, ok = lift.Lighter(g, p.Load, tr.Return.Factor)
	case t.easierWeek():
		p, ok = lift.Deload(t.clinic.Protocol.Deload, g, p, l.E1RM)
	}
	if most := t.rangeOf(s, x).Max; ok && s.ID != string(StageCheckpoint) && p.Load.Above(most) {
		p.Load, ok = g.Floor(most.Value)
	}
	return p, ok
}

// items are the lines of the plan as they are to be done this time; false when
// the main lift has no load that can be used.
func (t *turn) items() ([]copy.Item, bool) {
	s := t.stage()
	var out []copy.Item
	top := lift.Load{}
	for _, x := range t.exercises(s) {
		item := copy.Item{Exercise: x}
		switch {
		case loaded(x):
			p, ok := t.planned(s, x)
			if !ok && x.Role != protocol.Main && x.Role != protocol.TopSet {
				continue // nothing that light: the assistance is left out
			}
			if !ok {
				return nil, false
			}
			if x.Role == protocol.TopSet {
				top = p.Load
			}
			item.Sets, item.Reps, item.Load = p.Sets, p.Reps, p.Load.String()
		case x.Role == protocol.BackOff:
			load, ok := lift.BackOff(t.clinic.Protocol.Lift, t.gear(x), top, x.TopShare)
			if !ok {
				continue
			}
			item.Load = load.String()
			if t.easierWeek() {
				item.Sets = 1
			}
		}
		out = append(out, item)
	}
	return out, true
}

// fullPlan is the whole homework in words; empty when there is none.
func (t *turn) fullPlan() string {
	items, ok := t.items()
	if !ok {
		return ""
	}
	return t.clinic.Copy.Plan(t.p.Language, items)
}

// mainPlan is the main lift in words; empty in a stage without loads, whose plan
// is too long to repeat in an answer.
func (t *turn) mainPlan() string {
	s := t.stage()
	x, ok := s.Main(t.p.Training.Letter)
	if !ok {
		return ""
	}
	p, ok := t.planned(s, x)
	if !ok {
		return ""
	}
	return t.clinic.Copy.Plan(t.p.Language, []copy.Item{{Exercise: x, Sets: p.Sets, Reps: p.Reps, Load: p.Load.String()}})
}

// sayablePlan is the main lift in words, if anything may be suggested at all.
func (t *turn) sayablePlan() string {
	if t.gated() != "" {
		return ""
	}
	return t.mainPlan()
}

// cue is one thing to mind, and how hard it may be: of the main lift, else of
// the first exercise.
func (t *turn) cue() string {
	x, ok := t.main()
	if !ok {
		xs := t.exercises(t.stage())
		if len(xs) == 0 {
			return ""
		}
		x = xs[0]
	}
	cue := t.clinic.Copy.Cue(t.p.Language, x.ID)
	if left := t.repsLeft(); left > 0 {
		cue = strings.TrimSuffix(cue, ".") + ". " + t.clinic.Copy.Say(t.p.Language, copy.PhraseLeft, 0, copy.Vars{Count: strconv.Itoa(left)})
	}
	return cue
}

// repsLeft is how many reps a set should leave; zero in a stage without effort.
func (t *turn) repsLeft() int {
	s := t.stage()
	if s.RPEMax == 0 {
		return 0
	}
	if t.easierWeek() {
		return t.clinic.Protocol.Deload.RepsLeft
	}
	return int(math.Ceil(10 - t.targetRPE()))
}

// targetRPE is the effort a session of the stage is planned at: the middle for
// the heavy set, else the most that is allowed.
func (t *turn) targetRPE() float64 {
	s := t.stage()
	if s.ID == string(StageHeavy) {
		return topRPE(s)
	}
	return s.RPEMax
}
