package flows

import (
	"slices"
	"strconv"
	"time"

	"backstop/flows/copy"
	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// Course is what a patient is asked week by week, in care and for a year after it.
type Course struct {
	Began      time.Time `json:"began,omitzero"`        // the first day with consent
	Discharged time.Time `json:"discharged,omitzero"`   // the plan is finished; zero while in care
	FooterOwed bool      `json:"footer_owed,omitempty"` // "not for emergencies" goes along with the next check
	Ended      bool      `json:"ended,omitempty"`       // the year after it is over: nothing is asked any more
	Misses     int       `json:"misses,omitempty"`      // weekly checks, or checks after discharge, in a row without an answer
	Missed     Question  `json:"missed,omitzero"`       // the last question that closed without an answer
	Past       []Past    `json:"past,omitempty"`        // a year's episodes, oldest first
	Survey     Survey    `json:"survey,omitzero"`       // the questionnaire under way
	Scores     []Score   `json:"scores,omitempty"`      // finished ones, oldest first; bounded
	Activities []string  `json:"activities,omitempty"`
	Offer      Offer     `json:"offer,omitzero"`
	FlaggedAt  time.Time `json:"flagged_at,omitzero"` // the last red flag
}

// Past is an episode that is over.
type Past struct {
	ID         string      `json:"id"`
	Kind       EpisodeKind `json:"kind"`
	Onset      time.Time   `json:"onset"`
	Over       time.Time   `json:"over"`
	Resolution string      `json:"resolution"`
	DaysOff    float64     `json:"days_off,omitempty"`
}

// Discharged ends care; checks go on for a year (69 % recur within one: da Silva 2019).
type Discharged struct {
	By string `json:"by"`
}

func (c Course) clone() Course {
	c.Past = slices.Clone(c.Past)
	c.Scores = slices.Clone(c.Scores)
	c.Activities = slices.Clone(c.Activities)
	c.Survey.Answers = slices.Clone(c.Survey.Answers)
	return c
}

// planRhythm puts on the agenda what comes by itself week by week, where it is
// not there already. Each follow-up puts the next one of its kind there, so that
// nobody in care is forgotten.
func (t *turn) planRhythm() {
	if t.p.Consent.State != ConsentGiven || t.p.RedFlag.Open() || t.p.Course.Ended {
		return
	}
	if t.p.Course.Began.IsZero() {
		t.p.Course.Began = t.now
	}
	t.planOnce(DueFooter, t.nextFooter())
	t.planOnce(DueOffer, t.atFiveIn(offerAfterDays))
	if !t.p.Course.Discharged.IsZero() {
		t.planRelapse()
		return
	}
	s := t.clinic.Protocol.Schedule
	t.planOnce(DueWeekly, t.nextOn(s.WeeklyDay, s.WeeklyAt, 0))
	t.planOnce(DueTravelAsk, t.nextOn(s.TravelDay, s.TravelAt, 7))
	t.planScores()
}

// planOnce plans a follow-up unless one of its kind is on the agenda.
func (t *turn) planOnce(kind FollowUpKind, at time.Time) {
	if !slices.ContainsFunc(t.p.Agenda, func(d Due) bool { return d.Kind == kind }) {
		t.plan(kind, at)
	}
}

// nextOn is the next time a weekday's clock shows a time, at least so many days from now.
func (t *turn) nextOn(day time.Weekday, clock protocol.Clock, days int) time.Time {
	for n := days; ; n++ {
		if at := t.on(t.now, n, clock); at.In(t.zone).Weekday() == day && at.After(t.now) {
			return at
		}
	}
}

// atFiveIn is the time of the weekly check so many days on.
func (t *turn) atFiveIn(days int) time.Time {
	return t.on(t.now, days, t.clinic.Protocol.Schedule.WeeklyAt)
}

// weekly asks for the worst of the week, unless a check was answered only just.
func (t *turn) weekly() {
	s := t.clinic.Protocol.Schedule
	t.plan(DueWeekly, t.nextOn(s.WeeklyDay, s.WeeklyAt, 1))
	a := t.p.Answered
	if a.Question.Asked != "" && t.now.Sub(a.At) < s.WeeklySkip && a.Question.Asked != reply.AskedScore {
		return
	}
	remind := t.nextOn(s.WeeklyRemindDay, s.WeeklyRemindAt, 0)
	if t.check(reply.AskedWeekly, copy.Weekly, t.quietFrom(remind)) {
		t.plan(DueWeeklyRemind, remind)
		t.plan(DueWeeklyClose, t.quietFrom(remind))
	}
}

// weeklyRemind asks once more; the answer counts from then on.
func (t *turn) weeklyRemind() {
	if q := t.questionOf(reply.AskedWeekly); q != nil && t.mayRemind(0) {
		q.At, q.Reminded = t.now, t.now
		t.prompt(copy.WeeklyReminder, t.quietFrom(t.now))
	}
}

// unansweredCheck counts a check that nobody answered. After some in a row a
// human calls; no text is added (Axén 2020: two missed weeks are the marker).
func (t *turn) unansweredCheck(asked reply.Asked) {
	q := t.questionOf(asked)
	if q == nil {
		return
	}
	t.drop(*q)
	t.p.Course.Misses++
	call := t.clinic.Protocol.Trend.MissedWeekly
	if t.p.Course.Misses != call {
		return
	}
	t.raise(RaiseAlert{Key: "silent", Level: P3, Headline: "Checks in a row without an answer: " + strconv.Itoa(call), Trend: t.trend(),
		Why: "Please call: more texts would not help."})
}

// questionOf is the open question of a kind, however long ago it was put.
func (t *turn) questionOf(asked reply.Asked) *Question {
	for i := len(t.p.Questions) - 1; i >= 0; i-- {
		if t.p.Questions[i].Asked == asked {
			return &t.p.Questions[i]
		}
	}
	return nil
}

// drop takes a question off the open ones and remembers it for a late answer.
func (t *turn) drop(q Question) {
	t.p.Questions = slices.DeleteFunc(t.p.Questions, func(o Question) bool { return o == q })
	t.p.Course.Missed = q
}

// heardOf ends a silence: somebody answered.
func (t *turn) heardOf() {
	t.p.Course.Misses = 0
	t.withdraw("silent", "They have answered.")
}

// discharged ends care and begins the year of checks after it.
func (t *turn) discharged() {
	if !t.p.Course.Discharged.IsZero() {
		return
	}
	t.p.Course.Discharged = t.now
	open := t.p.Episode.Kind != EpisodeNone
	t.cancelEverything("the plan is finished")
	t.p.Session, t.p.Trip, t.p.NextTrip, t.p.Course.Survey = Session{}, Trip{}, Trip{}, Survey{}
	if open {
		t.planDaily() // it is seen to its end
	}
	t.planRhythm()
	t.note("Discharged: checks go on for a year.")
	t.farewell()
}

// backInCare takes a patient into care again whose plan was finished.
func (t *turn) backInCare() {
	c := &t.p.Course
	if c.Discharged.IsZero() {
		return
	}
	c.Discharged, c.Ended, c.Misses = time.Time{}, false, 0
	t.cancel("back in care", DueRelapse, DueDischarge)
	t.planRhythm()
	t.note("Back in care.")
}

// farewell tells the patient so; at night it waits for the morning.
func (t *turn) farewell() {
	switch {
	case t.mayPromptBut(t.clinic.Protocol.Limits.PerWeekActive - t.perWeek()): // the week began in care
		t.prompt(copy.Discharged, t.now.Add(answerUseful))
	case t.p.Consent.State == ConsentGiven && !t.p.RedFlag.Open():
		t.plan(DueDischarge, t.nextDayAllowed())
	}
}

// nextDayAllowed is the next moment at which what may not leave now could.
func (t *turn) nextDayAllowed() time.Time {
	if t.quiet() {
		return t.nextAllowed()
	}
	return t.on(t.now, 1, t.clinic.Protocol.Schedule.WeeklyAt)
}

// planRelapse puts the next check after discharge on the agenda: weekly, then
// every two weeks, then every four, and after a year none.
func (t *turn) planRelapse() {
	if at, ok := t.nextRelapse(); ok {
		t.planOnce(DueRelapse, at)
		return
	}
	t.p.Course.Ended = true
	t.cancel("the year after care is over", DueFooter, DueOffer)
	t.note("The year of checks after discharge is over.")
}

func (t *turn) nextRelapse() (time.Time, bool) {
	const week = 7 * 24 * time.Hour
	s := t.clinic.Protocol.Schedule
	since := int(t.now.Sub(t.p.Course.Discharged) / week)
	every := 4
	switch {
	case since >= s.RelapseMonthly:
		return time.Time{}, false
	case since < s.RelapseWeekly:
		every = 1
	case since < s.RelapseFortnight:
		every = 2
	}
	if t.p.Course.Discharged.Equal(t.now) {
		return t.nextOn(s.WeeklyDay, s.RelapseAt, 7), true // a week after care at the soonest
	}
	return t.nextOn(s.WeeklyDay, s.RelapseAt, 7*every-6), true
}

// relapse asks whether there was a flare-up since the last check.
func (t *turn) relapse() {
	t.planRelapse()
	if t.p.Course.FooterOwed {
		t.tail = copy.FooterTail
	}
	remind := t.on(t.now, t.clinic.Protocol.Schedule.RelapseRemindDays, t.clinic.Protocol.Schedule.WeeklyRemindAt)
	if t.check(reply.AskedRelapse, copy.Relapse, t.quietFrom(remind)) {
		t.p.Course.FooterOwed = false
		t.plan(DueWeeklyRemind, remind)
		t.plan(DueWeeklyClose, t.quietFrom(remind))
	}
	t.tail = ""
}

// relapseRemind asks once more. Beside the cap of one question a week after care,
// or no reminder could ever leave, but under that of all texts of a week.
func (t *turn) relapseRemind() {
	q := t.questionOf(reply.AskedRelapse)
	if q == nil || !t.mayRemind(1) {
		return
	}
	q.At, q.Reminded = t.now, t.now
	t.p.Sent = append(keepWeek(t.p.Sent, t.now), Unprompted{At: t.now, Again: true})
	t.send(copy.RelapseReminder, ClassCheck, t.quietFrom(t.now))
}

// relapsed deals with the answer to the check after discharge.
func (t *turn) relapsed(e TextReceived, asked Question, r reply.Reply) {
	t.close(asked)
	t.heardOf()
	t.p.Answered = Answered{Question: asked, At: e.SentAt}
	for _, rated := range reply.Understand(reply.AskedH48, e.Text, t.p.Language).Ratings {
		if rated.When == "now" && r.Pain == nil {
			r.Pain = &rated.Pain // the check wants a count, and the text says how it is besides
		}
	}
	if r.Pain != nil || r.Interference == reply.InterferenceSevere && r.DaysOff == nil { // it hurts now
		t.answered(e, asked, r)
		return
	}
	flared := r.Count != nil && *r.Count > 0 || r.Flare != nil && *r.Flare
	t.do(RecordReading{At: e.SentAt, Kind: asked.Asked, Message: e.Message, Pain: r.Pain, Interference: r.Interference, Flare: r.Flare, DaysOff: r.DaysOff})
	if !flared {
		t.say(copy.Thanks, ClassAnswer)
		return
	}
	t.raise(RaiseAlert{Key: "relapse:" + t.day(), Level: P2, Headline: "A flare-up after discharge", Words: e.Text,
		Told: t.text(t.alertKey()), Why: "Answer to the check after discharge."})
	t.sayDelivered("relapse:"+t.day(), t.alertKey(), copy.AlertUnsent, ClassAnswer, receiptWaits)
}

// alertKey is what is said of a flare-up at this hour.
func (t *turn) alertKey() copy.Key {
	if t.clinic.OfficeOpen(t.now) {
		return copy.Alert
	}
	return copy.AlertClosed
}

// nextFooter is the time of the weekly check a month on, or the day before where
// that day has the weekly check itself.
func (t *turn) nextFooter() time.Time {
	days := int(t.clinic.Protocol.Limits.FooterEvery / (24 * time.Hour))
	at := t.atFiveIn(days)
	if at.In(t.zone).Weekday() == t.clinic.Protocol.Schedule.WeeklyDay {
		return t.atFiveIn(days - 1)
	}
	return at
}

// footer says once a month that texts are not for emergencies. After discharge,
// with one text a week, that goes along with the next check.
func (t *turn) footer() {
	after := !t.p.Course.Discharged.IsZero()
	if !after && !t.mayPrompt() {
		t.plan(DueFooter, t.nextDayAllowed())
		return
	}
	t.plan(DueFooter, t.nextFooter())
	if after {
		t.p.Course.FooterOwed = true
		return
	}
	t.prompt(copy.Footer, t.quietFrom(t.now))
}

// keepPast remembers an episode that is over.
func (t *turn) keepPast(ep Episode, resolution string) {
	const year = 366 * 24 * time.Hour
	c := &t.p.Course
	c.Past = slices.DeleteFunc(c.Past, func(o Past) bool { return t.now.Sub(o.Over) > year || o.ID == ep.ID })
	c.Past = append(c.Past, Past{ID: ep.ID, Kind: ep.Kind, Onset: ep.Onset, Over: t.now, Resolution: resolution, DaysOff: ep.DaysOff})
}

// rhythmDue does what comes by itself week by week.
func (t *turn) rhythmDue(kind FollowUpKind) {
	switch kind {
	case DueHandBack:
		t.handedBack(ConversationHandedBack{})
	case DueResume:
		t.resumed()
	case DueWeekly:
		t.weekly()
	case DueWeeklyRemind:
		t.weeklyRemind()
		t.relapseRemind()
	case DueWeeklyClose:
		t.unansweredCheck(reply.AskedWeekly)
		t.unansweredCheck(reply.AskedRelapse)
	case DueTravelAsk:
		t.travelAsk()
	case DueTravelTips:
		t.travelTips()
	case DueTravelDay:
		t.travelDay()
	case DueTravelCheck:
		t.travelCheck()
	case DueTravelBack:
		t.travelBack()
	case DueScore:
		t.score()
	case DueScoreResume:
		t.scoreResume()
	case DueFooter:
		t.footer()
	case DueOffer:
		t.offer()
	case DueRelapse:
		t.relapse()
	case DueDischarge:
		t.farewell()
	}
}
