package flows

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"backstop/flows/copy"
	"backstop/flows/lift"
	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// homeworkReply deals with a text about homework: done, skipped, or an answer to
// what was asked about a logged lift. It reports whether nothing is left to say.
func (t *turn) homeworkReply(e TextReceived, asked Question, r reply.Reply) bool {
	if t.p.Training.Logged.Question != "" && t.liftAnswered(e, r) {
		return true
	}
	if wantsDay(e.Text) && apart(asked.Asked) && !says(r) && r.Trip == nil && t.gated() == "" && t.homeworkMoved(e, r) {
		return true
	}
	r, ok := t.asHomework(e, asked, r)
	if !ok {
		if !t.keepLifts(e, asked, r) || says(r) || t.open(asked) {
			return false
		}
		t.say(t.afterHomework(Answers{}), ClassAnswer) // more of what was done
		return true
	}
	switch r.Intent {
	case reply.IntentHomeworkDone:
		t.homeworkDone(e, r)
		return true
	case reply.IntentHomeworkSkipped:
		return t.homeworkSkipped(e, r)
	}
	return asked.Asked == reply.AskedHomework && !says(r) && r.Trip == nil && t.homeworkMoved(e, r)
}

// asHomework reads a text as being about homework: because that was asked last,
// because it says so plainly while that question is open, or out of the blue by
// somebody who has homework, or because it logs a lift.
func (t *turn) asHomework(e TextReceived, asked Question, r reply.Reply) (reply.Reply, bool) {
	if asked.Asked == reply.AskedHomework {
		return r, true
	}
	open := t.openQuestion(reply.AskedHomework) != nil
	morning := asked.Asked == reply.AskedNextMorning || asked.Asked == reply.AskedH48
	if !open && (!apart(asked.Asked) && !morning || (len(r.Lifts) == 0 && t.gated() != "")) {
		return r, false
	}
	if !open && morning && !saysDone(e.Text) {
		return r, false // a number is how the back is
	}
	again := reply.Understand(reply.AskedHomework, e.Text, t.p.Language)
	plain := again.Yes == nil && (again.Intent == reply.IntentHomeworkDone || (open && again.Intent == reply.IntentHomeworkSkipped))
	hurt := again.Interference != reply.InterferenceUnknown || (again.Flare != nil && *again.Flare)
	if !plain || (hurt && !open) {
		return r, false
	}
	return again, true
}

// apart reports whether a question is about no session, so that "done 1" after it
// is about the homework of somebody who did it on a day of their own.
func apart(asked reply.Asked) bool {
	switch asked {
	case reply.AskedNone, reply.AskedWeekly, reply.AskedTravelPre, reply.AskedWorkdays:
		return true
	}
	return false
}

// saysDone reports whether a text begins with the word that homework is answered with.
func saysDone(text string) bool {
	said := words(text)
	return len(said) > 0 && (said[0] == "done" || said[0] == "hecho" || said[0] == "hecha")
}

// keepLifts keeps what an answer about a session says besides of its lifts, and reports
// whether it did.
func (t *turn) keepLifts(e TextReceived, asked Question, r reply.Reply) bool {
	if len(r.Lifts) == 0 || asked.Session == "" || asked.Session != t.p.Session.ID {
		return false
	}
	lifts, question := t.weigh(r.Lifts)
	if question == "" {
		t.record(asked.Session, e.Message, e.SentAt, lifts)
	}
	return question == ""
}

// homeworkDone begins the follow-up of homework: it is a session of its own,
// and the number in the text is the worst pain during or since.
func (t *turn) homeworkDone(e TextReceived, r reply.Reply) {
	s := t.p.Session
	if !s.Homework || !sameDay(s.EndedAt, e.SentAt, t.zone) || s.Morning != nil {
		t.begin(Session{ID: "homework:" + e.Message, EndedAt: e.SentAt, Homework: true})
	}
	t.closeHomework()
	t.askAboutLifts(e, r.Lifts)
	asked := Question{Asked: reply.AskedEvening, Session: t.p.Session.ID, At: e.SentAt}
	if r.Pain == nil && t.p.Session.Evening == nil {
		t.p.Misread = 0
		t.say(copy.EveningLate, ClassAnswer)
		t.ask(reply.AskedEvening, t.now.Add(t.fresh()))
		return
	}
	if r.Pain == nil && r.Interference == reply.InterferenceUnknown && r.Flare == nil {
		t.say(t.afterHomework(Answers{}), ClassAnswer) // more about the lifts of today
		return
	}
	t.answered(e, asked, r)
}

// askAboutLifts records what was logged, or keeps it until the patient has
// answered what is not clear about it.
func (t *turn) askAboutLifts(e TextReceived, logged []reply.Lift) {
	tr := &t.p.Training
	tr.Logged = LoggedNow{}
	if len(logged) == 0 {
		if lifts(t.stage()) && len(t.doneNow().Work) == 0 {
			tr.Logged = LoggedNow{Question: LiftWhat, Session: t.p.Session.ID, Message: e.Message, At: e.SentAt}
		}
		return
	}
	known, question := t.weigh(logged)
	if question == "" {
		t.record(t.p.Session.ID, e.Message, e.SentAt, known)
		return
	}
	tr.Logged = LoggedNow{Question: question, Session: t.p.Session.ID, Message: e.Message, At: e.SentAt, Lifts: known}
}

// doneNow is what is known of the session being followed up.
func (t *turn) doneNow() Done {
	if d := t.doneOf(t.p.Session.ID); d != nil {
		return *d
	}
	return Done{}
}

// afterHomework is the answer to homework that was done: a question about its
// lifts where something is not clear, else thanks.
func (t *turn) afterHomework(a Answers) copy.Key {
	logged := t.p.Training.Logged
	if logged.Session != t.p.Session.ID {
		logged = LoggedNow{}
	}
	switch logged.Question {
	case LiftWhat:
		t.words.Unit = string(t.p.Unit)
		return copy.AskLoad
	case LiftUnit:
		t.words.Load = strconv.FormatFloat(doubted(logged.Lifts).Load, 'f', -1, 64)
		return copy.AskUnit
	case LiftSure:
		t.sayJump(doubted(logged.Lifts))
		return copy.DidYouMeanLoad
	}
	if a.raised(t.clinic.Protocol.Pain) {
		return copy.ThanksEveningSore
	}
	t.words.Lift = t.liftWords()
	return copy.HomeworkDone
}

// sayJump fills in what a question about a big jump says.
func (t *turn) sayJump(l reply.Lift) {
	now := lift.Load{Value: l.Load, Unit: l.Unit}
	t.words.Lift = now.String()
	if x, known := t.exerciseNamed(l); known {
		if guess, ok := lift.DidYouMean(t.clinic.Protocol.Lift, t.reference(x), now); ok {
			t.words.Load = guess.String()
		}
	}
}

// reference is what a logged load is compared with: the last one, or today's plan
// where that is heavier.
func (t *turn) reference(x protocol.Exercise) lift.Load {
	l := t.lifted(x.ID)
	if l == nil {
		return lift.Load{}
	}
	if p, ok := t.planned(t.stage(), x); ok && (!l.Last.Known() || p.Load.Above(l.Last)) {
		return p.Load
	}
	return l.Last
}

// doubted is the first lift that must be asked about.
func doubted(logged []reply.Lift) reply.Lift {
	for _, l := range logged {
		if l.Doubt != "" || (l.Load > 0 && l.Unit == reply.UnitUnknown) {
			return l
		}
	}
	return logged[0]
}

// closeHomework takes homework's questions off: it has been answered.
func (t *turn) closeHomework() {
	t.close(Question{Asked: reply.AskedHomework, At: t.now})
	t.cancel("homework was answered", DueHomeworkCheck, DueHomeworkRemind, DueHeavy)
	t.p.Misread = 0
}

// homeworkSkipped lets a lift day go. What the text says about the back counts
// more; then something is left to say.
func (t *turn) homeworkSkipped(e TextReceived, r reply.Reply) bool {
	if r.Trip != nil && reply.Understand(reply.AskedNone, e.Text, t.p.Language).Intent != reply.IntentHomeworkSkipped {
		return false // a day of travel, not another day for the homework
	}
	t.closeHomework()
	if says(r) || r.Trip != nil {
		return false
	}
	if t.homeworkMoved(e, r) {
		return true
	}
	if len(strings.Fields(e.Text)) > 1 {
		t.do(Note{Line: "Skipped homework.", Words: e.Text})
	}
	t.say(copy.HomeworkSkipped, ClassAnswer)
	return true
}

// wantsDay reports whether a text asks for another day for the homework: "can i do
// it sunday instead?". An appointment is none that the bot can move.
func wantsDay(text string) bool {
	said := tripWords(words(text))
	for _, phrase := range []string{"do it", "do them", "do my", "do the", "homework", "lift", "workout", "work out", "hacerlo", "hacerla", "lo hago", "la tarea"} {
		if said.have(phrase) {
			return len(said) <= wordsOfAWish
		}
	}
	return false
}

// wordsOfAWish bounds a text that only asks for another day.
const wordsOfAWish = 12

// homeworkMoved takes a day that the patient names instead: its morning brings
// the homework. A text that says something about the back is not about the day, and
// one that asks for another appointment is for a human.
func (t *turn) homeworkMoved(e TextReceived, r reply.Reply) bool {
	day, ok := dayNamed(e.Text, t.now.In(t.zone))
	if !ok || ofVisit(r) {
		return false
	}
	t.closeHomework()
	t.p.Training.ChosenDay = day.Format(time.DateOnly)
	t.planHomework()
	t.do(Note{Line: "Wants to do the homework on " + day.Format("Monday") + ".", Words: e.Text})
	t.words.When = dayName(t.p.Language, day.In(t.zone))
	t.say(copy.HomeworkMoved, ClassAnswer)
	return true
}

// ofVisit reports whether a text asks for another appointment: the day in it is that
// one's, whatever the bot has asked for a day.
func ofVisit(r reply.Reply) bool {
	return r.Visit && (r.Intent == reply.IntentReschedule || r.Intent == reply.IntentQuestion)
}

// liftAnswered takes the answer to a question about a logged lift, and reports
// whether it was one. Without an answer the load stays unknown.
func (t *turn) liftAnswered(e TextReceived, r reply.Reply) bool {
	logged := t.p.Training.Logged
	if logged.Session != t.p.Session.ID || e.SentAt.Sub(logged.At) > t.fresh() {
		t.p.Training.Logged = LoggedNow{}
		return false
	}
	meant, ok := t.meant(e.Text, r, logged)
	if !ok {
		return false
	}
	t.askAboutLifts(TextReceived{Message: logged.Message, SentAt: logged.At}, meant)
	if logged.Question == LiftSure && r.Yes != nil && *r.Yes { // it is right, however big the jump
		t.p.Training.Logged = LoggedNow{}
		t.record(logged.Session, logged.Message, logged.At, meant)
	}
	key := t.afterHomework(Answers{})
	if key == copy.HomeworkDone && t.p.Session.Evening == nil {
		key = copy.EveningLate // not told yet
	}
	t.say(key, ClassAnswer)
	return true
}

// meant is what the patient had lifted, from the answer to what was asked.
func (t *turn) meant(text string, r reply.Reply, logged LoggedNow) ([]reply.Lift, bool) {
	again := reply.Understand(reply.AskedHomework, text, t.p.Language)
	said := slices.Clone(logged.Lifts)
	switch {
	case logged.Question == LiftUnit && unitNamed(text) != reply.UnitUnknown:
		for i := range said {
			if said[i].Unit == reply.UnitUnknown && said[i].Load > 0 {
				said[i].Unit = unitNamed(text)
			}
		}
		return said, true
	case logged.Question == LiftSure && r.Yes != nil && *r.Yes:
		for i := range said {
			said[i].Doubt = ""
		}
		return said, true
	case len(again.Lifts) > 0 && again.Lifts[0].Load+again.Lifts[0].Plates > 0:
		return again.Lifts, true
	case logged.Question == LiftWhat && (asPlanned(text) || (again.Yes != nil && *again.Yes)):
		return t.plannedLifts(), true
	}
	load, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || load <= 10 {
		return nil, false // a number up to 10 is a pain
	}
	if len(said) == 0 {
		return []reply.Lift{{Load: load}}, true
	}
	for i := range said {
		if said[i].Doubt != "" {
			said[i].Load, said[i].Doubt = load, ""
		}
	}
	return said, true
}

// plannedLifts are the lifts of the plan, for a patient who did as planned.
func (t *turn) plannedLifts() []reply.Lift {
	s := t.stage()
	var out []reply.Lift
	for _, x := range t.exercises(s) {
		if !loaded(x) {
			continue
		}
		if p, ok := t.planned(s, x); ok {
			out = append(out, reply.Lift{Exercise: x.ID, Sets: p.Sets, Reps: []int{p.Reps}, Load: p.Load.Value, Unit: p.Load.Unit})
		}
	}
	return out
}

// liftWords is the main lift of the session as it was done: "Deadlift 3x5 at 60 kg".
func (t *turn) liftWords() string {
	d := t.doneNow()
	if len(d.Work) == 0 {
		return ""
	}
	w := d.Work[0]
	for _, other := range d.Work {
		if other.Exercise == d.Exercise {
			w = other
		}
	}
	return t.setWords(w.Exercise, w.Sets[0], sameSets(w.Sets))
}

// sameSets counts the sets that are like the first.
func sameSets(sets []lift.Set) int {
	n := 0
	for _, s := range sets {
		if s.Load == sets[0].Load && s.Reps == sets[0].Reps {
			n++
		}
	}
	return n
}
