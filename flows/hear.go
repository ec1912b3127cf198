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
		t.optOut(e)
		return
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
	return r.Intent == reply.IntentPainReport && r.DaysOff == nil && r.Interference == reply.InterferenceUnknown
}

// ratedAgain is the question that a text answers: a number in place of yes or no, or
// of A, B, C, is another word on the reading that led to that question.
func (t *turn) ratedAgain(asked Question, r reply.Reply, sentAt time.Time) Question {
	if r.Pain == nil || asked.Asked != reply.AskedFlareCheck && asked.Asked != reply.AskedInterference {
		return asked
	}
	t.close(asked)
	if last := t.p.Answered; sentAt.Sub(last.At) < another && last.Question.Asked != "" {
		return last.Question
	}
	return Question{Asked: reply.AskedNone}
}

// another is how long a number after an answer is a word on that one; later it
// is a reading of its own.
const another = time.Hour

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

// unanswered deals with a text that says nothing the rules can use.
func (t *turn) unanswered(e TextReceived, asked Question, r reply.Reply) {
	switch {
	case r.Distress:
		t.distressed(e)
		return
	case r.Hypothetical:
		t.raise(RaiseAlert{Key: "question", Level: P3, Headline: "Asks about a warning sign", Words: e.Text,
			Told: t.say(copy.SafetyLine, ClassSafety), Why: "Asked about, not reported: please answer."})
		return
	case e.Media > 0 && len(r.LeftOver) == 0 && r.Intent == reply.IntentOther:
		t.passOn(e, "Sent a picture", copy.Picture, copy.Picture)
		return
	}
	switch r.Intent {
	case reply.IntentThanks:
		return
	case reply.IntentQuestion:
		t.passOn(e, "Asks something", copy.PassedOn, copy.PassedOnClosed)
		return
	case reply.IntentReschedule:
		t.passOn(e, "About an appointment", copy.Reschedule, copy.PassedOnClosed)
		return
	case reply.IntentPainReport:
		if r.Flare == nil {
			t.raise(RaiseAlert{Key: "pain_report:" + t.day(), Level: P3, Headline: "Writes about the back or the body", Words: e.Text,
				Told: t.say(copy.FlareCheck, ClassAnswer), Why: "A symptom without a number."})
			t.ask(reply.AskedFlareCheck, t.now.Add(t.fresh()))
			return
		}
	}
	switch {
	case asked.Asked == reply.AskedHomework && t.bareNumber(e): // repetitions, sets or pain
	case asked.Asked != reply.AskedNone:
		t.askAgain(e, asked, r)
	case !t.lateAnswer(e) && !t.bareNumber(e):
		t.notUnderstood(e)
	}
}

// distressed calls a human to somebody who despairs, short of a crisis.
func (t *turn) distressed(e TextReceived) {
	t.raise(RaiseAlert{Key: "distress", Level: P2, Headline: "Sounds overwhelmed by the pain", Words: e.Text,
		Told: t.text(copy.Distress), Why: "The patient's words, not a number: please call."})
	t.sayDelivered("distress", copy.Distress, copy.NotPassedOn, ClassAnswer, receiptWaits)
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

// bareNumber asks what a number means that comes out of the blue, or where it can be
// more than a pain. Nothing is recorded before the answer.
func (t *turn) bareNumber(e TextReceived) bool {
	pain, err := strconv.ParseFloat(strings.TrimSpace(e.Text), 64)
	if err != nil || pain < 0 || pain > 10 || pain*2 != float64(int(pain*2)) {
		return false
	}
	t.ask(reply.AskedH48, t.now.Add(t.fresh()))
	t.p.Questions[len(t.p.Questions)-1].Guess = &pain
	t.do(Note{Line: "A number alone; asked what it means.", Words: e.Text})
	t.pain = num(pain)
	t.say(copy.DidYouMeanPain, ClassAnswer)
	return true
}

// lateAnswer takes a bare answer that comes days after its question for what it
// is: kept with its day, deciding nothing, and today is asked about.
func (t *turn) lateAnswer(e TextReceived) bool {
	const longest = 8 * 24 * time.Hour
	missed := t.p.Course.Missed
	if missed.Asked == "" || missed.At.After(e.SentAt) || e.SentAt.Sub(missed.At) > longest {
		return false
	}
	r := reply.Understand(missed.Asked, e.Text, t.p.Language)
	if r.Pain == nil {
		return false
	}
	t.p.Course.Missed = Question{}
	t.do(RecordReading{At: missed.At, Kind: missed.Asked, Session: missed.Session, Message: e.Message, Pain: r.Pain})
	t.do(Note{Line: "A late answer, to the question of " + missed.At.In(t.zone).Format("Mon 2 Jan") + ".", Words: e.Text})
	t.ask(reply.AskedH48, t.now.Add(t.fresh()))
	t.sayWhen(copy.LateAnswer, missed.At)
	return true
}

// askAgain asks once for what was not understood; after that a human reads it.
func (t *turn) askAgain(e TextReceived, asked Question, r reply.Reply) {
	for i := range t.p.Questions {
		q := &t.p.Questions[i]
		if q.Asked != asked.Asked || !q.At.Equal(asked.At) {
			continue
		}
		if q.Reasked < t.clinic.Protocol.Limits.ReaskMax {
			q.Reasked++
			t.reask(e, asked.Asked, r)
			return
		}
	}
	if r.Flare != nil && !*r.Flare {
		t.do(Note{Line: "Fine, without a number.", Words: e.Text})
		t.close(asked)
		t.say(copy.Thanks, ClassAnswer)
		return
	}
	t.notUnderstood(e)
}

// reask asks for the same once more: for a number, or for one of a few words.
func (t *turn) reask(e TextReceived, asked reply.Asked, r reply.Reply) {
	if r.Flare != nil {
		t.p.Session.Flare, t.p.Session.FlareAt = r.Flare, e.SentAt // "fine" counts, even before its number
	}
	if choices := t.choicesOf(asked); choices != "" {
		t.do(Note{Line: "Not clear; asked once more.", Words: e.Text})
		t.choices = choices
		t.say(copy.ReaskChoice, ClassAnswer)
		t.choices = ""
		return
	}
	t.do(Note{Line: "No number in the answer; asked once more.", Words: e.Text})
	if r.Flare != nil && !*r.Flare {
		t.say(copy.AskNumberFine, ClassAnswer)
		return
	}
	t.say(copy.Reask, ClassAnswer)
}

// choicesOf are the answers a question that wants no pain number can have.
func (t *turn) choicesOf(asked reply.Asked) string {
	spanish := t.p.Language == reply.Spanish
	switch {
	case asked == reply.AskedFlareCheck && spanish:
		return "SI o NO"
	case asked == reply.AskedFlareCheck:
		return "YES or NO"
	case asked == reply.AskedInterference && spanish:
		return "A, B o C"
	case asked == reply.AskedInterference:
		return "A, B or C"
	case asked == reply.AskedWorkdays && spanish:
		return "un número de 0 a 7"
	case asked == reply.AskedWorkdays:
		return "a number from 0 to 7"
	case asked == reply.AskedTravelPre && t.p.Trip.Kind != "" && spanish:
		return "el día, como domingo"
	case asked == reply.AskedTravelPre && t.p.Trip.Kind != "":
		return "the day, like Sunday"
	case asked == reply.AskedTravelPre && spanish, asked == reply.AskedRelapse && spanish:
		return "NO, o cuándo"
	case asked == reply.AskedTravelPre:
		return "NO, or when"
	case asked == reply.AskedRelapse:
		return "NO, or how many"
	}
	return ""
}

// notUnderstood puts a text before the clinicians. The patient hears so twice at
// most: after that only a human answers.
func (t *turn) notUnderstood(e TextReceived) {
	t.p.Misread++
	most := t.clinic.Protocol.Limits.MisreadMax
	switch {
	case t.p.Misread > most:
		t.do(Note{Line: "Not understood again; nothing was answered. Please read and answer.", Words: e.Text})
		t.raise(RaiseAlert{Key: "question", Level: P3, Headline: "Not understood", Words: e.Text, Why: "Only a human can answer this."})
	case t.p.Misread == most:
		t.passOn(e, "Not understood", copy.PassedOnUnread, copy.PassedOnUnread)
	default:
		t.passOn(e, "Not understood", copy.PassedOn, copy.PassedOnClosed)
	}
}

// passOn puts a text before the clinicians and, once it stands there, tells the
// patient so: in one way while the clinic is open, in another while it is closed.
func (t *turn) passOn(e TextReceived, why string, open, closed copy.Key) {
	key := open
	if !t.clinic.OfficeOpen(t.now) {
		key = closed
	}
	t.raise(RaiseAlert{Key: "question", Level: P3, Headline: why, Words: e.Text, Told: t.text(key), Why: "Only a human can answer this."})
	t.sayDelivered("question", key, copy.NotPassedOn, ClassAnswer, receiptWaits)
}
