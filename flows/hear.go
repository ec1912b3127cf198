package flows

import (
	"strconv"
	"strings"
	"time"

	"backstop/flows/copy"
	"backstop/flows/reply"
)

// fresh is how long words about the back count, and an unanswered question gives
// meaning to a bare answer.
func (t *turn) fresh() time.Duration { return t.clinic.Protocol.Windows.ContextFresh }

// textReceived reads what the patient typed and acts on it. Red flags come
// first, whatever was asked and whatever the consent; then the wish to stop.
func (t *turn) textReceived(e TextReceived) {
	asked := t.asked(e.SentAt)
	r := reply.Understand(asked.Asked, e.Text, t.p.Language)
	asked, r = t.amends(e, asked, r)
	if r.RedFlag != reply.NoRedFlag {
		r = reply.Explain(asked.Asked, e.Text, t.p.Language)
		t.redFlag(e, r)
		return
	}
	switch {
	case r.Automatic:
		t.do(Note{Line: "An automatic message came from this phone; nothing was answered.", Words: e.Text})
		return
	case r.Deceased:
		t.halted(e, "May have died", "The message may say that the patient has died. Nothing more will be texted.")
		return
	}
	switch r.Intent {
	case reply.IntentStop:
		if !t.namedAll(asked, e.Text) {
			t.optOut(e)
			return
		}
	case reply.IntentStart:
		t.optIn(e)
		return
	case reply.IntentWrongPerson:
		t.wrongPerson(e)
		return
	case reply.IntentHelp:
		t.help(e)
		return
	}
	if t.p.Consent.State != ConsentGiven {
		t.withoutConsent(e, r)
		return
	}
	t.heardOf()
	switch {
	case t.p.RedFlag.Open():
		t.do(Note{Line: "Texted while a red flag is open.", Words: e.Text})
		t.say(copy.PassedOnUrgent, ClassAnswer)
	case t.p.Taken.By != "":
		t.overheard(e, asked, r)
	case t.answersOffer(e, asked, r), t.answersScore(e, asked, r), t.aboutHome(e, asked, r), t.homeworkReply(e, asked, r):
		t.p.Misread = 0
	default:
		t.converse(e, asked, r)
	}
}

// converse deals with what a patient says about the back, a trip, or anything else.
func (t *turn) converse(e TextReceived, asked Question, r reply.Reply) {
	asked = t.onTravelDay(t.ratedAgain(asked, r, e.SentAt), r, e.SentAt)
	if asked.Guess != nil && r.Pain == nil && r.Yes != nil && *r.Yes {
		r.Pain = asked.Guess
	}
	if r.Distress && says(r) {
		t.distressed(e)
	}
	if trip, ok := t.dayOfTrip(e, asked, r); ok {
		r.Trip = &trip
	}
	if asked.Asked == reply.AskedWorkdays && t.hurtsInstead(e) {
		asked = Question{Asked: reply.AskedNone}
		r = reply.Understand(reply.AskedH48, e.Text, t.p.Language)
	}
	if r.Intent == reply.IntentQuestion && r.Pain == nil && r.Flare == nil && r.Interference != reply.InterferenceSevere {
		r.Interference = reply.InterferenceUnknown // "should i go to work?" says nothing of how it goes
	}
	tells := says(r) || choice(asked.Asked) && r.Flare != nil
	if r.Trip != nil {
		t.p.Misread = 0
		t.tellsOfTrip(e, asked, *r.Trip, tells)
		if !tells {
			return
		}
	}
	switch {
	case asked.Asked == reply.AskedRelapse && (r.Count != nil || r.Flare != nil || says(r)):
		t.relapsed(e, asked, r)
	case asked.Asked == reply.AskedWorkdays && r.DaysOff != nil && !t.hurtsInstead(e):
		t.workdays(e, asked, r)
	case asked.Asked == reply.AskedTravelPre && r.Yes != nil && !*r.Yes:
		t.close(asked)
		t.say(copy.Thanks, ClassAnswer)
	case r.Graph:
		t.graph()
	case tells:
		t.eveningToo(e, asked, r)
		t.answered(e, asked, r)
		t.asksToo(e)
	case t.eveningToo(e, asked, r):
		t.p.Misread = 0
		t.sayWhen(copy.LateAnswer, t.on(t.p.Session.EndedAt, 0, t.clinic.Protocol.Windows.EveningSend))
	default:
		t.unanswered(e, asked, r)
	}
}

// hurtsInstead reports whether a text after the question for days off work tells
// of the back: the number in "4, woke up tight" counts no days.
func (t *turn) hurtsInstead(e TextReceived) bool {
	r := reply.Understand(reply.AskedNone, e.Text, t.p.Language)
	return r.Intent == reply.IntentPainReport && r.DaysOff == nil && (r.Pain != nil || r.Interference == reply.InterferenceUnknown)
}

// ratedAgain is the question that a text answers: a number in place of yes or no, or
// of A, B, C, is another word on the reading that led to that question.
func (t *turn) ratedAgain(asked Question, r reply.Reply, sentAt time.Time) Question {
	if r.Pain == nil || rated(asked.Asked) {
		return asked
	}
	t.close(asked)
	if last := t.p.Answered; sentAt.Sub(last.At) < another && last.Question.Asked != "" && rated(last.Question.Asked) {
		return last.Question
	}
	return Question{Asked: reply.AskedNone}
}

// another is how long a number after an answer is a word on that one; later it
// is a reading of its own.
const another = time.Hour

// rated reports whether a number is an answer to a question: to those after a reading
// it is none, but a reading of its own.
func rated(asked reply.Asked) bool {
	return asked != reply.AskedFlareCheck && asked != reply.AskedInterference
}

// choice reports whether a question is answered by yes or no.
func choice(asked reply.Asked) bool { return asked == reply.AskedFlareCheck }

// overheard keeps what a patient writes to a clinician who has taken over: the
// numbers count, what needs a human is raised, and the bot says nothing.
func (t *turn) overheard(e TextReceived, asked Question, r reply.Reply) {
	t.p.Taken.Since = t.now
	t.plan(DueHandBack, t.now.Add(handBackAfter))
	if says(r) {
		t.answered(e, asked, r)
		return
	}
	t.do(Note{Line: "To the clinician in conversation:", Words: e.Text})
}

// asked is the question that a text sent at a time may answer: the one that was put
// last before it, for the first time or once more, and not too long ago, or else the
// one just answered, which may be amended ("sorry, 1").
func (t *turn) asked(sentAt time.Time) Question {
	var last Question
	for _, q := range t.p.Questions {
		if !q.At.After(sentAt) && sentAt.Sub(q.At) < t.fresh() && !q.put(sentAt).Before(last.put(sentAt)) {
			last = q
		}
	}
	if last.Asked != "" {
		return last
	}
	if t.amendable(sentAt) {
		return t.p.Answered.Question
	}
	return Question{Asked: reply.AskedNone}
}

// amends reads "sorry, 1" as a word on the number just given, also where something
// else was asked after it.
func (t *turn) amends(e TextReceived, asked Question, r reply.Reply) (Question, reply.Reply) {
	if pain, err := strconv.ParseFloat(strings.TrimSpace(e.Text), 64); err == nil && pain >= 0 && pain <= 10 && asked.Asked == reply.AskedInterference {
		return asked, reply.Understand(reply.AskedH48, e.Text, t.p.Language) // a number in place of A, B or C
	}
	last := t.p.Answered.Question
	if !t.amendable(e.SentAt) || asked == last || r.RedFlag != reply.NoRedFlag {
		return asked, r
	}
	again := reply.Understand(last.Asked, e.Text, t.p.Language)
	if !again.Corrects || again.Pain == nil {
		return asked, r
	}
	t.close(asked)
	return last, again
}

// says reports whether a reply says anything about the back that the rules can use.
func says(r reply.Reply) bool {
	return r.Pain != nil || r.Interference != reply.InterferenceUnknown || (r.Flare != nil && *r.Flare)
}

// eveningToo keeps what an answer to the morning's question says of the evening
// before, when that was asked and not answered. It reports whether it did.
func (t *turn) eveningToo(e TextReceived, asked Question, r reply.Reply) bool {
	s := &t.p.Session
	if asked.Asked != reply.AskedNextMorning || s.ID == "" || asked.Session != s.ID || s.Evening != nil {
		return false
	}
	for _, rated := range r.Ratings {
		switch rated.When {
		case "last_night", "yesterday", "evening", "session":
		default:
			continue
		}
		if rated.Used {
			continue
		}
		s.Evening = &rated.Pain
		t.close(Question{Asked: reply.AskedEvening, At: asked.At})
		t.do(RecordReading{At: e.SentAt, Kind: reply.AskedEvening, Session: s.ID, Message: e.Message, Pain: &rated.Pain})
		t.keepReading(reply.AskedEvening, rated.Pain, e.SentAt)
		return true
	}
	return false
}

// asksToo passes a question on that came with an answer, unless somebody is
// alerted anyway.
func (t *turn) asksToo(e TextReceived) {
	const short = 3 // "2??" asks nothing
	if !strings.ContainsAny(e.Text, "?¿") || len(words(e.Text)) < short {
		return
	}
	for _, effect := range t.effects {
		if _, ok := effect.(RaiseAlert); ok {
			return
		}
	}
	t.passOn(e, "Asks something with an answer", copy.PassedOn, copy.PassedOnClosed)
}
