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

// liftDays are the patient's homework days of the stage: where there are loads
// their own, if they chose some; else the stage's. A stage for every day needs
// no list.
func (t *turn) liftDays() []time.Weekday {
	s := t.stage()
	if own := t.p.Training.Choices.LiftDays; len(own) > 0 && lifts(s) {
		return own
	}
	if len(s.LiftDays) == 0 && s.DaysPerWeek >= 7 {
		return []time.Weekday{0, 1, 2, 3, 4, 5, 6}
	}
	return s.LiftDays
}

// isLiftDay reports whether the patient has homework on the day of a moment.
func (t *turn) isLiftDay(at time.Time) bool {
	local := at.In(t.zone)
	return slices.Contains(t.liftDays(), local.Weekday()) || local.Format(time.DateOnly) == t.p.Training.ChosenDay
}

// planHomework puts the next lift day's morning on the agenda.
func (t *turn) planHomework() {
	if !t.p.Training.CheckIns && t.p.Course.Discharged.IsZero() {
		for ahead := range 15 {
			at := t.on(t.now, ahead, t.clinic.Protocol.Windows.MorningSend)
			if at.After(t.now) && t.isLiftDay(at) {
				t.plan(DueHomework, at)
				return
			}
		}
	}
	t.cancel("no homework days", DueHomework)
}

// homeworkDue is the morning of a lift day.
func (t *turn) homeworkDue() {
	t.planHomework()
	if t.p.Consent.State != ConsentGiven || t.p.Paused || t.p.mayStop() || t.p.Episode.Kind != EpisodeNone || t.silent() {
		return
	}
	if why := t.gated(); why != "" {
		if why != checkInsOnly {
			t.tellOnce("gate: "+why, "No homework by text: "+why+".")
		}
		return
	}
	t.startAgain()
	s := t.stage()
	switch {
	case t.rests(s), sameDay(t.p.Training.PlanFrom, t.now, t.zone): // said already today
	case lifts(s) && t.morningOwed():
		t.p.Training.TodayWaits = t.day() // its answer brings the plan: no load before the last one has been heard of
	case t.morningTaken():
		t.p.Training.TodayWaits = t.day() // one question a morning
		if !lifts(s) && !t.planIsNew() {
			t.planCheck() // known, whatever the morning says
		}
	case !lifts(s) && !t.planIsNew():
		t.checkDaily(s)
	default:
		t.sendHomework(t.homeworkKey(s))
	}
}

// silent reports whether a human was asked to call, because the weekly checks get
// no answer: more texts would not help, and homework waits for a word.
func (t *turn) silent() bool { return t.p.Course.Misses >= t.clinic.Protocol.Trend.MissedWeekly }

// morningTaken reports whether another question is put this morning.
func (t *turn) morningTaken() bool {
	return t.dueToday(DueNextMorning) || t.dueToday(DueH48) || t.openQuestion(reply.AskedNextMorning) != nil || t.openQuestion(reply.AskedH48) != nil
}

// rests reports whether the next try at the checkpoint, or the next step back, is
// still too soon, or the checkpoint is passed and waits for a clinician.
func (t *turn) rests(s protocol.Stage) bool {
	tr := t.p.Training
	if s.ID == string(StageCheckpoint) {
		return tr.Tries.Passed || t.now.Sub(tr.Tries.Last) < t.clinic.Protocol.Checkpoint.RetryAfter
	}
	return t.onTheWayBack() && t.now.Sub(tr.Return.At) < t.clinic.Protocol.Flare.StepApart
}

// checkDaily asks in the evening of a day whose plan is known; where nothing but
// calm is asked for, the morning is asked about instead.
func (t *turn) checkDaily(s protocol.Stage) {
	if s.Exit.SettledDays > 0 {
		t.askMorning(copy.Daily)
		return
	}
	t.planCheck()
}

// morningOwed reports whether the morning after the last session can still be answered.
func (t *turn) morningOwed() bool {
	s := t.p.Session
	return s.ID != "" && s.Morning == nil && t.now.Before(t.morningCloses(s))
}

// planWaited lets the day's homework begin whose morning answer has come, and is
// the text it comes in: the answer itself where that tells what to lift, else the
// plan in its place, so that there are not two. The evening asks whether it was done.
func (t *turn) planWaited(h heard, a Answers, d Decision, key copy.Key) copy.Key {
	tr := &t.p.Training
	if t.p.Episode.Kind != EpisodeNone || tr.TodayWaits != t.day() || (d != Progress && d != Hold && d != Regress) {
		return key
	}
	settled := h.reply.Pain != nil && *h.reply.Pain <= a.Baseline+t.clinic.Protocol.Pain.SettledDelta
	if !h.session && (!settled || h.asked != reply.AskedNextMorning && h.asked != reply.AskedH48) {
		return key
	}
	tr.TodayWaits = ""
	s := t.stage()
	if t.rests(s) {
		return key
	}
	if lifts(s) && key == copy.Thanks || !lifts(s) && t.planIsNew() {
		key = t.homeworkKey(s)
		tr.PlanFrom = t.now
		t.sayPlan(key)
	}
	t.ask(reply.AskedHomework, t.quietFrom(t.now))
	if s.Exit.SettledDays == 0 {
		t.planCheck()
	}
	return key
}

// planIsNew reports whether the plan of a stage without loads has not been
// texted for a week: it stays the same, and is not repeated every day.
func (t *turn) planIsNew() bool {
	tr := t.p.Training
	return tr.PlanFrom.Before(tr.Since) || t.now.Sub(tr.PlanFrom) >= week-time.Hour
}

// homeworkKey is the text that today's homework comes in.
func (t *turn) homeworkKey(s protocol.Stage) copy.Key {
	tr := &t.p.Training
	switch {
	case s.ID == string(StageCheckpoint):
		return copy.CheckpointPlan
	case s.ID == string(StageTravel):
		return copy.TravelPlan
	case t.onTheWayBack() && tr.Return.Step >= 0:
		return copy.RestartStep
	case tr.Return.Factor > 0 && tr.Return.Kind == afterBreak && tr.Return.At.IsZero():
		tr.Return.At = t.now // said once
		return copy.RestartBreak
	case tr.Return.Kind == afterTrip && tr.Return.At.IsZero():
		tr.Return.At = t.now // said once
		return copy.TravelBack
	case t.easierBegins():
		return copy.Deload
	}
	return copy.HomeworkPlan
}

// onTheWayBack reports whether the patient climbs the steps after a flare-up.
func (t *turn) onTheWayBack() bool {
	r := t.p.Training.Return
	return r.Kind == lift.ReturnSteps && r.Alert == ""
}

// sendHomework texts the plan of the day, while the week still has room for the
// morning question it leads to.
func (t *turn) sendHomework(key copy.Key) {
	if !t.roomForHomework() {
		return
	}
	t.sayPlan(key)
	until := t.quietFrom(t.now)
	t.p.Training.PlanFrom = t.now
	t.p.Sent = append(keepWeek(t.p.Sent, t.now), Unprompted{At: t.now})
	t.send(key, ClassHomework, until)
	t.ask(reply.AskedHomework, until)
	if t.stage().Exit.SettledDays == 0 { // a stage of calm is asked about in the mornings
		t.planCheck()
	}
	if t.p.Stage == StageHeavy {
		t.plan(DueHeavy, t.on(t.now, 2, t.clinic.Protocol.Schedule.HomeworkRemind))
	}
}

// sayPlan puts the plan into the words of a text, as long as that text allows.
func (t *turn) sayPlan(key copy.Key) {
	t.words.Plan, t.words.Cue = t.fullPlan(), t.cue()
	if key == copy.RestartStep || key == copy.RestartBreak || key == copy.TravelBack {
		t.words.Plan = t.shortPlan()
	}
}

// shortPlan fits into a text of one part: the main lift, or the first exercises.
func (t *turn) shortPlan() string {
	if main := t.mainPlan(); main != "" {
		return main
	}
	const few = 2
	items, _ := t.items()
	return t.clinic.Copy.Plan(t.p.Language, items[:min(few, len(items))])
}

// roomForHomework reports whether a text about homework may leave, and the
// question about the morning after it too, without the week's cap in the way.
func (t *turn) roomForHomework() bool {
	then := len(keepWeek(t.p.Sent, t.nextMorning(t.now)))
	return t.mayPrompt() && then+2 <= t.perWeek()
}

// roomToSpare reports whether a question that can wait may leave: the last text of
// a week is kept for how the back is in the morning.
func (t *turn) roomToSpare() bool { return t.roomForHomework() }

func (t *turn) planCheck() {
	if at := t.on(t.now, 0, t.clinic.Protocol.Schedule.HomeworkAt); at.After(t.now) {
		t.plan(DueHomeworkCheck, at)
	}
}

// homeworkCheck asks on the evening of a lift day whether it was done. On the
// day of a session its own question is asked instead.
func (t *turn) homeworkCheck() {
	logged := sameDay(t.p.Session.EndedAt, t.now, t.zone)
	if logged || t.dueToday(DueEvening) || t.p.Episode.Kind != EpisodeNone || t.gated() != "" || !t.roomForHomework() {
		return
	}
	if t.check(reply.AskedHomework, copy.HomeworkCheck, t.quietFrom(t.now)) {
		t.plan(DueHomeworkRemind, t.on(t.now, 1, t.clinic.Protocol.Schedule.HomeworkRemind))
	}
}

// homeworkRemind asks once more the day after.
func (t *turn) homeworkRemind() {
	if t.openQuestion(reply.AskedHomework) == nil || t.p.Episode.Kind != EpisodeNone || !t.mayRemind(0) || !t.roomForHomework() {
		return
	}
	t.check(reply.AskedHomework, copy.HomeworkReminder, t.quietFrom(t.now))
}

// days writes a duration in days: "60 days".
func days(d time.Duration) string { return strconv.Itoa(int(d/(24*time.Hour))) + " days" }
