package flows_test

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"backstop/flows"
	"backstop/flows/copy"
	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// suggestion is one line of a plan with a load.
type suggestion struct {
	name       string
	sets, reps int
	load       float64
	unit       string
}

var planLine = regexp.MustCompile(`([a-zA-Z -]+?) (\d+)x(\d+) at ([\d.]+) (kg|lb)`)

func suggestions(text string) []suggestion {
	var out []suggestion
	for _, m := range planLine.FindAllStringSubmatch(text, -1) {
		sets, _ := strconv.Atoi(m[2])
		reps, _ := strconv.Atoi(m[3])
		load, _ := strconv.ParseFloat(strings.TrimSuffix(m[4], "."), 64)
		out = append(out, suggestion{strings.TrimSpace(m[1]), sets, reps, load, m[5]})
	}
	return out
}

// suggests reports whether a text says what to lift next.
func suggests(key copy.Key) bool {
	switch key {
	case copy.HomeworkPlan, copy.CheckpointPlan, copy.RestartStep, copy.RestartBreak, copy.TravelBack, copy.Deload,
		copy.Progress, copy.Hold, copy.Regress, copy.NearFlare, copy.StageUp, copy.HeavyMissed, copy.BestReps, copy.BestMax:
		return true
	}
	return false
}

// suggested holds the loads of a text to the rules.
func (l *lifter) suggested(text flows.SendText) {
	body := text.Body
	if text.Key == copy.BestReps || text.Key == copy.BestMax { // the first load is the one that was lifted
		if _, body, _ = strings.Cut(body, "Next "); body == "" {
			return
		}
	}
	for i, line := range suggestions(body) {
		if i == 0 {
			l.last = line
		}
		p, s := l.p, l.p.Stage
		l.seen[string(s)+p.Training.Letter]++
		switch {
		case p.RedFlag.Open() || p.Training.Suspended:
			l.failf("%s with a red flag", text.Key)
		case p.Episode.Kind != flows.EpisodeNone:
			l.failf("%s while a %s is open", text.Key, p.Episode.Kind)
		case l.now.Sub(p.Training.Gate.ExaminedAt) > 60*24*time.Hour || l.clinic.Baseline(p, l.now) > 5:
			l.failf("%s through a closed gate", text.Key)
		case line.unit != string(l.unit):
			l.failf("%v is in another unit", line)
		}
		l.allowed(line, i > 0 && strings.HasSuffix(line.name, "deadlift") && s == flows.StageHeavy, body)
	}
}

// allowed holds one load to its stage, its gear, and to what is left of it on a way back.
func (l *lifter) allowed(line suggestion, backOff bool, body string) {
	p := l.p
	s, _ := l.clinic.Protocol.Stage(string(p.Stage))
	var x protocol.Exercise
	for _, e := range s.Exercises {
		if strings.HasSuffix(line.name, l.clinic.Copy.Exercise(reply.English, e.ID)) && (e.Letter == "" || e.Letter == p.Training.Letter) && (e.Role == protocol.BackOff) == backOff {
			x = e
		}
	}
	if x.ID == "" {
		l.failf("%q is not of %s", line.name, p.Stage)
	}
	if onGear := l.floor(x, line.load); onGear != line.load {
		l.failf("%v cannot be put on a %s", line.load, x.With)
	}
	if backOff {
		if top := suggestions(body)[0].load; line.load > top*0.85+0.01 {
			l.failf("back-off sets of %v after %v", line.load, top)
		}
		return
	}
	if share := map[string]float64{"b": 0.25, "c": 0.4, "d": 0.5}[p.Training.Letter]; share > 0 && p.Stage == flows.StageLight && line.load > l.weighs*share+0.01 {
		l.failf("%v is over %v of %v", line.load, share, l.weighs)
	}
	most := l.next(x.ID)
	if line.load > most+0.01 {
		l.failf("%v is over the plan of %v", line.load, most)
	}
	if p.Stage == flows.StageCheckpoint {
		return
	}
	l.reduced(line, x, most)
}

// reduced: after a near-flare, a trip, a flare-up, a break and in an easier week.
func (l *lifter) reduced(line suggestion, x protocol.Exercise, most float64) {
	check := func(what string, share, of float64) {
		l.seen[what]++
		if line.load > of*share+0.01 {
			l.failf("%v of %v, where %s allows %v of it", line.load, of, what, share)
		}
	}
	if l.back != nil && l.back.loads[x.ID] > 0 {
		switch {
		case l.back.checkpoint:
			l.failf("%v before the checkpoint was passed again", line)
		case l.back.step >= 0:
			check("steps", l.clinic.Protocol.Flare.ResumeSteps[l.back.step], l.back.loads[x.ID])
		}
	}
	if l.lighter > 0 {
		check("lighter", l.lighter, most)
	}
	if now := l.p.Training.Easier; l.now.Before(now.Until) {
		check("easier", 0.9, most)
	}
	if n := len(l.p.Training.Done); n > 0 && l.p.Stage != flows.StageTravel {
		last := l.p.Training.Done[n-1].At
		if missed := (int(l.now.Sub(last).Hours()/24) - 1) / 7; missed >= 2 && last.After(l.p.Training.Since) && last.After(l.cancelled) {
			check("break", map[bool]float64{true: 0.9, false: 0.8}[missed == 2], most)
		}
	}
}
