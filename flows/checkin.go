package flows

import (
	"slices"
	"time"

	"backstop/flows/copy"
	"backstop/flows/reply"
)

// tooOld is how long after its end a session is no longer followed up.
const tooOld = 36 * time.Hour

// sessionFinished starts the follow-up of a session: a check-in on the evening
// of its day, one the next morning and one after two days. A second session on
// the way replaces the first, so that nobody gets two sequences.
func (t *turn) sessionFinished(e SessionFinished) {
	if t.p.Session.ID == e.Session || t.doneOf(e.Session) != nil {
		return // logged already
	}
	if e.EndedAt.Before(t.p.Session.EndedAt) {
		t.olderSession(e)
		return
	}
	t.cancel("a newer session", DueEvening, DueNextMorning, DueRemind, DueClose, DueH48)
	t.p.Session = Session{ID: e.Session, EndedAt: e.EndedAt, During: e.PainDuring}
	t.beginDone(t.p.Session)
	t.learnLifts(e.Session, e.EndedAt, e.Lifts)
	switch {
	case t.p.Consent.State != ConsentGiven:
		t.note("A session was logged, but the patient has not agreed to texts: no check-in.")
		return
	case t.p.RedFlag.Open():
		t.note("A session was logged while a red flag is open: no check-in.")
		return
	case t.now.Sub(e.EndedAt) > tooOld:
		t.note("A session was logged too late for a check-in.")
		return
	}
	if evening, ok := t.eveningOf(e.EndedAt); ok && evening.After(t.now) {
		t.plan(DueEvening, evening)
	}
	t.planAfter(e.EndedAt)
}

// olderSession keeps a session that is logged after a later one: it counts as
// attended, and its lifts as lifted, but nobody is asked about it any more.
func (t *turn) olderSession(e SessionFinished) {
	t.note("A session of " + e.EndedAt.In(t.zone).Format("Mon 2 Jan") + " was logged after a later one: no check-in about it.")
	tr := &t.p.Training
	if e.EndedAt.Before(tr.Since) {
		return // of another stage
	}
	x, _ := t.main()
	d := Done{Session: e.Session, At: e.EndedAt, Stage: t.p.Stage, Letter: tr.Letter, Exercise: x.ID, Target: t.targetRPE()}
	i := slices.IndexFunc(tr.Done, func(o Done) bool { return o.At.After(d.At) })
	if i < 0 {
		i = len(tr.Done)
	}
	tr.Done = slices.Insert(tr.Done, i, d)
	if len(tr.Done) > mostDone {
		tr.Done = tr.Done[len(tr.Done)-mostDone:]
	}
	lifts := slices.Clone(tr.Lifts) // the later session says what was lifted last
	t.learnLifts(e.Session, e.EndedAt, e.Lifts)
	for i := range lifts {
		if !lifts[i].LastAt.IsZero() {
			tr.Lifts[i] = lifts[i]
		}
	}
}

// planAfter plans the questions of the mornings after a session.
func (t *turn) planAfter(ended time.Time) {
	if morning := t.nextMorning(ended); morning.After(t.now) {
		t.plan(DueNextMorning, morning)
	}
	if later := t.daysLater(ended, 2); later.After(t.now) {
		t.plan(DueH48, later)
	}
}

// followUpDue does what was planned, unless it was cancelled meanwhile.
func (t *turn) followUpDue(e FollowUpDue) {
	if !t.took(e) {
		return
	}
	switch e.Kind {
	case DueEvening:
		t.check(reply.AskedEvening, copy.Evening, t.quietFrom(t.now))
	case DueNextMorning:
		t.askMorning(copy.NextMorning)
	case DueDaily:
		t.askDaily()
	case DueRemind:
		t.remind()
	case DueClose:
		t.closeMorning()
	case DueH48:
		t.askH48()
	case DueWaiting:
		t.waitedLong()
	case DueWelcome:
		t.welcome()
	case DueHomework:
		t.homeworkDue()
	case DueHomeworkCheck:
		t.homeworkCheck()
	case DueHomeworkRemind:
		t.homeworkRemind()
	case DueHeavy:
		t.heavyDue()
	case DueStageUp:
		t.sayUp()
	default:
		t.rhythmDue(e.Kind)
	}
}

// askMorning asks how the back is this morning; one question serves a session
// and an open episode alike.
func (t *turn) askMorning(key copy.Key) {
	closes := t.closesOn(t.now)
	if t.openQuestion(reply.AskedNextMorning) != nil || !t.check(reply.AskedNextMorning, key, closes) {
		return
	}
	t.cancel("asked already", DueDaily, DueNextMorning)
	t.plan(DueRemind, t.remindOn(t.now))
	t.plan(DueClose, closes)
}

// askDaily is the daily check of an open episode. Where a question about the
// session is due the same morning, that one serves.
func (t *turn) askDaily() {
	if t.p.Episode.Kind == EpisodeNone {
		return
	}
	if t.dueToday(DueH48) || t.dueToday(DueNextMorning) || t.openQuestion(reply.AskedH48) != nil {
		t.planDaily()
		return
	}
	t.askMorning(copy.Daily)
	if t.openQuestion(reply.AskedNextMorning) != nil {
		t.p.Episode.Checks++
	}
}

// dueToday reports whether something of a kind is still due on the patient's day.
func (t *turn) dueToday(kind FollowUpKind) bool {
	return slices.ContainsFunc(t.p.Agenda, func(d Due) bool { return d.Kind == kind && sameDay(d.At, t.now, t.zone) })
}

// remind asks once more for a morning answer that has not come.
func (t *turn) remind() {
	if t.openQuestion(reply.AskedNextMorning) == nil || !t.mayRemind(0) {
		return
	}
	t.openQuestion(reply.AskedNextMorning).Reminded = t.now
	t.prompt(copy.NextMorningReminder, t.closesOn(t.now))
}

// closeMorning decides without the morning answer when none came.
func (t *turn) closeMorning() {
	if t.openQuestion(reply.AskedNextMorning) == nil {
		return
	}
	t.note("No answer this morning.")
	t.fineInWords()
	if t.p.Session.ID != "" {
		t.settle(heard{session: true}, t.known())
	}
	if t.p.Episode.Kind != EpisodeNone {
		t.planDaily()
	}
}

// askH48 asks again two days after a session unless all was well.
func (t *turn) askH48() {
	s := t.p.Session
	limits := t.clinic.Protocol.Pain
	settled := s.Morning != nil && *s.Morning <= t.clinic.Baseline(t.p, t.now)+limits.SettledDelta
	green := s.Evening != nil && *s.Evening <= limits.GreenMax
	isNew := len(t.doneHere()) <= t.clinic.Protocol.Schedule.H48FirstSessions && t.doneOf(s.ID) != nil
	if settled && green && !isNew || t.openQuestion(reply.AskedNextMorning) != nil {
		return
	}
	t.check(reply.AskedH48, copy.H48, t.quietFrom(t.now))
}

// check sends one unsolicited question, if it may leave, and opens it. It
// reports whether it was asked.
func (t *turn) check(asked reply.Asked, key copy.Key, until time.Time) bool {
	may := t.mayPrompt()
	if asked == reply.AskedNextMorning || asked == reply.AskedH48 {
		may = !t.hushed() && t.room(t.now, 0, 0) // the check that may have been promised
	}
	if !may {
		if t.quiet() && t.p.Consent.State == ConsentGiven {
			t.note("A check-in was skipped: it came due in the patient's quiet hours.")
		}
		return false
	}
	if !t.now.Before(until) {
		t.note("A check-in was skipped: its time had passed.")
		return false
	}
	t.prompt(key, until)
	t.ask(asked, until)
	return true
}

// ask opens a question.
func (t *turn) ask(asked reply.Asked, closes time.Time) {
	t.keepFresh()
	t.p.Questions = append(t.p.Questions, Question{Asked: asked, Session: t.p.Session.ID, At: t.now, Closes: closes})
}

// keepFresh drops questions too old to be answered, and remembers the last one
// for a late answer. Those that may be reminded of stay.
func (t *turn) keepFresh() {
	t.p.Questions = slices.DeleteFunc(t.p.Questions, func(q Question) bool {
		stale := t.now.Sub(q.At) >= t.fresh() && !t.now.Before(q.Closes)
		if stale && q.Guess == nil { // that one asked what a number meant
			t.p.Course.Missed = q
		}
		return stale
	})
}

// openQuestion is the open question of a kind that can still be answered in time.
func (t *turn) openQuestion(asked reply.Asked) *Question {
	for i := len(t.p.Questions) - 1; i >= 0; i-- {
		if q := &t.p.Questions[i]; q.Asked == asked && t.now.Sub(q.At) < t.fresh() {
			return q
		}
	}
	return nil
}
