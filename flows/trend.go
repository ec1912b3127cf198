package flows

import (
	"slices"
	"time"

	"backstop/flows/reply"
)

// weeklyRise is T1: the weekly median of the pain is up, and was the week before.
func (t *turn) weeklyRise() bool {
	rules := t.clinic.Protocol.Trend
	medians := make([]float64, rules.WeeklyRuns+1) // the latest week first
	for i := range medians {
		m, ok := t.weekMedian(i)
		if !ok {
			return false
		}
		medians[i] = m
	}
	for i := range rules.WeeklyRuns {
		if medians[i]-medians[i+1] < rules.WeeklyRise {
			return false
		}
	}
	return true
}

// weekMedian is the median of the morning and weekly readings of a week, so many
// weeks ago; false without any.
func (t *turn) weekMedian(ago int) (float64, bool) {
	to := t.now.Add(-time.Duration(ago) * week)
	var pains []float64
	for _, r := range t.p.Readings {
		usual := r.Kind == reply.AskedNextMorning || r.Kind == reply.AskedWeekly
		if usual && !r.At.After(to) && to.Sub(r.At) < week {
			pains = append(pains, r.Pain)
		}
	}
	if len(pains) == 0 {
		return 0, false
	}
	return median(pains), true
}

func median(values []float64) float64 {
	slices.Sort(values)
	mid := len(values) / 2
	if len(values)%2 == 0 {
		return (values[mid-1] + values[mid]) / 2
	}
	return values[mid]
}

func (t *turn) alertTrend() {
	t.raise(RaiseAlert{Key: "trend", Level: P3, Headline: "Pain is creeping up: two weeks running", Trend: t.trend(),
		Why: "The weekly median rose each week; the load is held (T1)."})
}

// runs looks at the last sessions together: T2, stuck at amber; T3, one
// regression after another, which leads a stage back.
func (t *turn) runs() {
	rules, done := t.clinic.Protocol.Trend, t.doneHere()
	if exactly(done, rules.AmberRuns, func(d Done) bool { return d.Rule == "R7d" }) {
		t.note("Stuck: " + num(float64(rules.AmberRuns)) + " sessions in a row settled, but were amber in the evening.")
	}
	if runOf(done, rules.RegressRuns, func(d Done) bool { return d.Decision == Regress }) {
		t.stageBack()
	}
}

// exactly reports whether the last decided sessions are so, and the one before
// them is not: the moment to say it, once.
func exactly(done []Done, runs int, so func(Done) bool) bool {
	return runOf(done, runs, so) && !runOf(done, runs+1, so)
}

// stageBack goes back a stage after regressions in a row.
func (t *turn) stageBack() {
	stage, letter := t.stageBefore()
	if stage == t.p.Stage && letter == t.p.Training.Letter {
		return
	}
	from := t.where()
	t.moves(stage, letter, true)
	t.enter(stage, letter, "", "regressions in a row")
	t.raise(RaiseAlert{Key: "trend", Level: P3, Headline: "Back to " + t.where() + " after regressions in a row", Trend: t.trend(),
		Why: "Two sessions in a row at " + from + " were too much (T3)."})
}

// stageBefore is the stage, or the letter, before the patient's. The checkpoint
// is no stage to go back to.
func (t *turn) stageBefore() (Stage, string) {
	letters := t.stage().Letters()
	if i := slices.Index(letters, t.p.Training.Letter); i > 0 {
		return t.p.Stage, letters[i-1]
	}
	switch t.p.Stage {
	case StageHeavy:
		return StageBuild, ""
	case StageBuild, StageCheckpoint:
		s, _ := t.clinic.Protocol.Stage(string(StageLight))
		if l := s.Letters(); len(l) > 0 {
			return StageLight, l[len(l)-1]
		}
		return StageLight, ""
	case StageLight:
		return StageHinge, ""
	case StageHinge:
		return StageMobility, ""
	}
	return t.p.Stage, t.p.Training.Letter
}
