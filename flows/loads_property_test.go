package flows_test

import (
	"flag"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"backstop/flows"
	"backstop/flows/lift"
	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// TestNoLoadIsSuggestedThatIsNotAllowed lets somebody lift for half a year, well
// and badly, and holds every load of every text to the rules as a reader of the
// protocol would apply them: the gate, the stage and its approvals, plates and
// bells, the last decision, the week's rise, the way back after a flare-up, a trip
// or a break, easier weeks. Others: -rapid.seed=7 -rapid.checks=3000.
func TestNoLoadIsSuggestedThatIsNotAllowed(t *testing.T) {
	if seed := flag.Lookup("rapid.seed"); seed != nil && seed.Value.String() == "0" {
		if err := seed.Value.Set("20261129"); err != nil {
			t.Fatal(err)
		}
	}
	if checks := flag.Lookup("rapid.checks"); checks != nil && checks.Value.String() == "100" {
		if err := checks.Value.Set("250"); err != nil { // enough to meet every rule
			t.Fatal(err)
		}
		defer func() { _ = checks.Value.Set("100") }()
	}
	clinic := newStage(t).clinic
	seen := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		l := &lifter{t: t, clinic: clinic, seen: seen, p: flows.Patient{ID: "p"}, now: time.Date(2026, 3, 2, 15, 0, 0, 0, time.UTC)}
		l.enrol()
		for range rapid.IntRange(100, 220).Draw(t, "days") {
			l.day()
		}
	})
	for _, what := range []string{"S3a", "S3d", "CHECKPOINT", "S4", "S5", "rise", "regress", "lighter", "steps", "break", "easier"} {
		if seen[what] == 0 {
			t.Errorf("no load was ever suggested for: %s; %v", what, seen)
		}
	}
}

type workout struct {
	at      time.Time
	session string
	lift    string
	load    float64
}

// wayBack is what the checker knows of the way back after a flare-up.
type wayBack struct {
	loads      map[string]float64
	step       int
	checkpoint bool // it has to be passed again first
}

func (l *lifter) main() (protocol.Exercise, bool) {
	s, _ := l.clinic.Protocol.Stage(string(l.p.Stage))
	return s.Main(l.p.Training.Letter)
}

// next is the full load of an exercise for the next time.
func (l *lifter) next(id string) float64 { return full(l.p)[id] }

func full(p flows.Patient) map[string]float64 {
	loads := map[string]float64{}
	for _, x := range p.Training.Lifts {
		loads[x.Exercise] = x.Next.Load.Value
	}
	return loads
}

func (l *lifter) failf(format string, args ...any) {
	l.t.Fatalf("%s at %s, %s%s\n%s", fmt.Sprintf(format, args...), l.now.In(l.clinic.TimeZone).Format("Mon 2 Jan 15:04"), l.p.Stage, l.p.Training.Letter,
		strings.Join(l.log[max(0, len(l.log)-60):], "\n"))
}

// step lets the flows decide, and checks.
func (l *lifter) step(e flows.Event) {
	before := l.p
	after, effects := flows.Step(l.clinic, before, e, l.now)
	l.p, l.usual = after, l.clinic.Baseline(before, l.now)
	kind, payload, err := flows.EncodeEvent(e)
	if err != nil {
		l.t.Fatal(err)
	}
	l.log = append(l.log, l.now.In(l.clinic.TimeZone).Format("Mon 2 Jan 15:04 ")+kind+" "+string(payload))
	if after.Session.ID != before.Session.ID && after.Session.ID != "" {
		l.planned = full(before)
	}
	for _, effect := range effects {
		switch e := effect.(type) {
		case flows.RecordStage:
			l.log = append(l.log, "    stage "+string(e.Stage)+e.Letter+" "+e.By+" "+e.Why)
		case flows.SendText:
			l.log = append(l.log, "    "+string(e.Key)+": "+e.Body)
		default:
		}
	}
	l.remember(before, e, effects)
	l.rises(before, e)
	for _, effect := range effects {
		if text, ok := effect.(flows.SendText); ok && suggests(text.Key) {
			l.suggested(text)
		}
	}
}

// remember takes in what changes the rules: the way back, a trip, what was lifted.
func (l *lifter) remember(before flows.Patient, e flows.Event, effects []flows.Effect) {
	for _, effect := range effects {
		switch r := effect.(type) {
		case flows.RecordEpisode:
			ep := r.Episode
			switch {
			case r.Resolution == "near_flare" && l.back != nil && strings.HasPrefix(ep.ID, "flare:"):
				l.back.step = max(min(l.back.step, 0), l.back.step-1)
			case r.Resolution == "near_flare" && strings.HasPrefix(ep.ID, "flare:"):
				l.lighter, l.since = 0.9, l.now
			case r.Resolution != "" && r.Resolution != "near_flare" && r.Resolution != "corrected" && ep.Kind == flows.EpisodeFlare:
				if l.back == nil && !slices.Contains([]flows.Stage{flows.StageLight, flows.StageCheckpoint, flows.StageBuild, flows.StageHeavy}, ep.Before) {
					break // nothing had been lifted
				}
				back := &wayBack{loads: full(before), step: -1, checkpoint: ep.DaysOff > 0 || r.Resolved.Sub(ep.Onset) >= 8*24*time.Hour}
				if l.back != nil {
					back.loads, back.checkpoint = l.back.loads, l.back.checkpoint || back.checkpoint
				}
				l.back = back
			}
		case flows.RecordStage:
			switch {
			case r.Stage == flows.StageCheckpoint && l.back != nil:
				l.back.checkpoint, l.back.step = false, 0
			case r.Why == "home again" && l.back != nil:
				l.back.step = max(min(l.back.step, 0), l.back.step-1)
			case r.Why == "home again":
				l.lighter, l.since = 0.9, l.now
			}
		default:
		}
	}
	switch e := e.(type) {
	case flows.StageSet:
		l.back, l.lighter, l.planned = nil, 0, full(l.p)
	case flows.PlanChanged:
		l.planned = full(l.p)
		if x, ok := l.main(); ok && e.Load.Known() { // what a clinician sets may be built on
			l.worked = append(l.worked, workout{l.now.Add(-7 * 24 * time.Hour), "", x.ID, e.Load.Value})
		}
		if x, ok := l.main(); ok && l.back != nil && l.back.loads[x.ID] > 0 {
			l.back.loads[x.ID] = l.next(x.ID)
		}
	default:
	}
	l.decided(before)
}

// decided follows the session under way: a step back that went well is over.
func (l *lifter) decided(before flows.Patient) {
	d, was := done(l.p), done(before)
	if d == nil {
		return
	}
	if top := heaviest(*d); top > 0 && !d.Easier {
		if n := len(l.worked); n > 0 && l.worked[n-1].session == d.Session {
			l.worked[n-1].load = top
		} else {
			l.worked = append(l.worked, workout{d.At, d.Session, d.Exercise, top})
		}
	}
	first := was == nil || was.Session != d.Session || was.Decision != d.Decision
	if !first || d.Decision == "" || d.Stage == flows.StageTravel || l.counted == d.Session {
		return
	}
	if l.lighter > 0 && d.At.After(l.since) && (d.Decision == flows.Progress || d.Decision == flows.Hold) {
		l.lighter = 0
	}
	if d.Decision == flows.Progress {
		l.counted = d.Session
	}
	if l.back != nil && d.Decision == flows.Progress && d.Stage != flows.StageMobility && d.Stage != flows.StageCalm {
		if l.back.step++; l.back.step >= len(l.clinic.Protocol.Flare.ResumeSteps) {
			l.back = nil
		}
	}
}

func done(p flows.Patient) *flows.Done {
	for i := len(p.Training.Done) - 1; i >= 0; i-- {
		if d := &p.Training.Done[i]; d.Session == p.Session.ID && d.Session != "" {
			return d
		}
	}
	return nil
}

func heaviest(d flows.Done) float64 {
	top := 0.0
	for _, w := range d.Work {
		for _, s := range w.Sets {
			if w.Exercise == d.Exercise {
				top = max(top, s.Load.Value)
			}
		}
	}
	return top
}

// rises holds that a full load rises only where the rules let it, and falls where
// they want it to.
func (l *lifter) rises(before flows.Patient, e flows.Event) {
	switch e.(type) {
	case flows.Enrolled, flows.PlanChanged, flows.StageSet, flows.StepApproved:
		return // a clinician decides
	default:
	}
	if before.Stage != l.p.Stage || before.Training.Letter != l.p.Training.Letter {
		return // the first loads of a stage are checked when they are told
	}
	was, d := full(before), done(l.p)
	if c, ok := e.(flows.SessionCancelled); ok {
		l.cancelled = l.now
		l.worked = slices.DeleteFunc(l.worked, func(w workout) bool { return w.session == c.Session })
		for id, load := range l.planned {
			was[id] = max(was[id], load) // as planned before it
		}
	}
	s, _ := l.clinic.Protocol.Stage(string(l.p.Stage))
	for _, x := range l.p.Training.Lifts {
		now := x.Next.Load.Value
		var exercise *protocol.Exercise
		for i := range s.Exercises {
			if s.Exercises[i].ID == x.Exercise && s.Exercises[i].Role != protocol.BackOff && (s.Exercises[i].Letter == "" || s.Exercises[i].Letter == l.p.Training.Letter) {
				exercise = &s.Exercises[i]
			}
		}
		if exercise == nil || d == nil || d.Stage != l.p.Stage || d.Letter != l.p.Training.Letter {
			if now > was[x.Exercise]+0.01 {
				l.failf("%s rose from %v to %v without a session of its stage", x.Exercise, was[x.Exercise], now)
			}
			continue
		}
		if now == was[x.Exercise] && (d.Decision == "" || done(before) != nil && done(before).Decision == d.Decision) {
			continue
		}
		l.ruled(s, *exercise, *d, x, now, done(before) == nil || done(before).Decision != d.Decision)
	}
}

// ruled holds the load after a decision to what the decision allows.
func (l *lifter) ruled(s protocol.Stage, x protocol.Exercise, d flows.Done, after flows.Lifted, now float64, first bool) {
	plan := l.planned[x.ID]
	switch {
	case plan == 0:
	case d.Decision == flows.Regress:
		l.seen["regress"]++
		if lighter := l.floor(x, plan*0.9); lighter > 0 && now > lighter+0.01 {
			l.failf("%s is %v after a regression from %v", x.ID, now, plan)
		}
	case now <= plan+0.01:
	case d.Decision != flows.Progress || d.Easier:
		l.failf("%s rose from %v to %v after %s (easier: %v)", x.ID, plan, now, d.Decision, d.Easier)
	case x.Role == protocol.TopSet:
		l.seen["rise"]++
		l.topSet(s, x, d, after, now)
	default:
		l.seen["rise"]++
		l.doubleProgression(s, x, d, plan, now)
	}
	if sess := l.p.Session; first && d.Decision == flows.Progress && sess.ID == d.Session {
		b := max(l.usual, l.clinic.Baseline(l.p, l.now)) // the reading may just have moved it
		if sess.Morning == nil || sess.Evening == nil || *sess.Morning >= b+2 || *sess.Morning > 5 || *sess.Evening > max(2, min(b, 4)) {
			l.failf("PROGRESS after %v and %v", sess.Evening, sess.Morning)
		}
	}
}

// doubleProgression: every set at the top of the range, at or below the effort of
// the stage, and then one increment.
func (l *lifter) doubleProgression(s protocol.Stage, x protocol.Exercise, d flows.Done, plan, now float64) {
	i := slices.IndexFunc(d.Work, func(w flows.Worked) bool { return w.Exercise == x.ID })
	if i < 0 {
		l.failf("%s rose, but nothing of it was done", x.ID)
	}
	easy, hi := false, max(x.Reps, x.RepsMax)
	for _, set := range d.Work[i].Sets {
		if set.Load.Value < plan-0.01 || set.Reps < hi || set.RPE != nil && *set.RPE > s.RPEMax {
			l.failf("%s rose to %v, but a set was %+v of %v", x.ID, now, set, plan)
		}
		easy = set.RPE != nil && *set.RPE <= 7
	}
	if x.With == protocol.Kettlebell {
		bells := l.clinic.Protocol.Lift.BellsKg
		if l.unit == reply.Pound {
			bells = l.clinic.Protocol.Lift.BellsLb
		}
		if j := slices.Index(bells, plan); j < 0 || j+1 >= len(bells) || now > bells[j+1] {
			l.failf("%s went from the bell of %v to %v", x.ID, plan, now)
		}
		return
	}
	most := map[reply.Unit][]float64{reply.Kilogram: {60, 100, 5, 2.5}, reply.Pound: {135, 225, 10, 5}}[l.unit]
	step := most[3]
	if plan < most[0] || plan <= most[1] && easy {
		step = most[2]
	}
	if now > plan+step+0.01 {
		l.failf("%s rose from %v to %v, more than %v", x.ID, plan, now, step)
	}
}

// topSet: what the heaviest set showed, at an effort of 9 at most, and the smaller
// of 5 % and 10 kg or 20 lb for each week.
func (l *lifter) topSet(s protocol.Stage, x protocol.Exercise, d flows.Done, after flows.Lifted, now float64) {
	e1rm := 0.0
	for _, w := range d.Work {
		for _, set := range w.Sets {
			if left := 0.0; w.Exercise == x.ID && set.Reps > 0 {
				if set.RPE != nil {
					left = min(10-*set.RPE, 4)
				}
				e1rm = max(e1rm, set.Load.Value*36/(37-float64(set.Reps)-left))
			}
		}
	}
	if most := e1rm * (37 - float64(after.Next.Reps) - 1) / 36; now > most+0.01 {
		l.failf("%s rose to %v, but %v was shown, %v at an effort of 9", x.ID, now, e1rm, most)
	}
	jump := map[reply.Unit]float64{reply.Kilogram: 10, reply.Pound: 20}[l.unit]
	most, known := 0.0, false
	for _, w := range l.worked {
		if w.lift != x.ID {
			continue
		}
		weeks := math.Max(1, math.Floor(l.now.Sub(w.at).Hours()/24/7+0.5))
		if older := l.now.Sub(w.at) >= 156*time.Hour; older || !known {
			most, known = max(most, min(w.load*math.Pow(1.05, weeks), w.load+jump*weeks)), true
		}
	}
	if known && now > most+0.01 {
		l.failf("%s rose to %v, over the week's %v: %+v", x.ID, now, most, l.worked)
	}
}

// floor is the heaviest load there is that is not above one; 0 for none.
func (l *lifter) floor(x protocol.Exercise, most float64) float64 {
	load, ok := lift.GearFor(l.clinic.Protocol.Lift, x.With, l.unit).Floor(most)
	if !ok {
		return 0
	}
	return load.Value
}
