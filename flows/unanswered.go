package flows

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"backstop/flows/copy"
	"backstop/flows/reply"
)

// unanswered deals with a text that says nothing the rules can use.
func (t *turn) unanswered(e TextReceived, asked Question, r reply.Reply) {
	switch {
	case r.Distress:
		t.distressed(e)
		return
	case r.MayOptOut:
		t.mayWantNoMore(e)
		return
	case r.Hypothetical:
		t.raise(RaiseAlert{Key: "question", Level: P3, Headline: "Asks about a warning sign", Words: e.Text,
			Told: t.say(copy.SafetyLine, ClassSafety), Why: "Asked about, not reported: please answer."})
		return
	case e.Media > 0 && len(r.LeftOver) == 0 && r.Intent == reply.IntentOther:
		t.passOn(e, "Sent a picture", copy.Picture, copy.Picture)
		return
	}
	if r.Pleasantry {
		t.do(Note{Line: "Nothing to answer.", Words: e.Text})
		return
	}
	if r.Intent == reply.IntentAnswer && !t.open(asked) && t.onlyPolite(e) {
		return
	}
	switch r.Intent {
	case reply.IntentThanks:
		t.numberWithThanks(e)
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

// onlyPolite deals with a thumb or a bare yes or no after everything has been answered.
func (t *turn) onlyPolite(e TextReceived) bool {
	r := reply.Understand(reply.AskedNone, e.Text, t.p.Language)
	if r.Yes != nil {
		t.do(Note{Line: "A yes or no, and nothing was asked.", Words: e.Text})
	}
	if r.Intent == reply.IntentThanks {
		t.numberWithThanks(e)
	}
	return r.Intent == reply.IntentThanks || r.Yes != nil
}

// open reports whether a question waits for an answer still.
func (t *turn) open(asked Question) bool {
	return slices.ContainsFunc(t.p.Questions, func(q Question) bool { return q.Asked == asked.Asked && q.At.Equal(asked.At) })
}

// distressed calls a human to somebody who despairs, short of a crisis.
func (t *turn) distressed(e TextReceived) {
	t.raise(RaiseAlert{Key: "distress", Level: P2, Headline: "Sounds overwhelmed by the pain", Words: e.Text,
		Told: t.text(copy.Distress), Why: "The patient's words, not a number: please call."})
	t.sayDelivered("distress", copy.Distress, copy.NotPassedOn, ClassAnswer, receiptWaits)
}

// bareNumber asks what a number means that comes out of the blue, or where it can be
// more than a pain. Nothing is recorded before the answer.
func (t *turn) bareNumber(e TextReceived) bool {
	pain, err := strconv.ParseFloat(strings.TrimSpace(e.Text), 64)
	if err != nil || pain < 0 || pain > 10 || pain*2 != float64(int(pain*2)) {
		return false
	}
	t.asksWhetherPain(e, pain)
	return true
}

func (t *turn) asksWhetherPain(e TextReceived, pain float64) {
	t.ask(reply.AskedH48, t.now.Add(t.fresh()))
	t.p.Questions[len(t.p.Questions)-1].Guess = &pain
	t.do(Note{Line: "A number alone; asked what it means.", Words: e.Text})
	t.pain = num(pain)
	t.say(copy.DidYouMeanPain, ClassAnswer)
}

// numberWithThanks hears "7 thanks" when nothing is asked any more: a late answer, or a
// number that would call somebody if it were a pain.
func (t *turn) numberWithThanks(e TextReceived) {
	if t.lateAnswer(e) {
		return
	}
	if r := reply.Understand(reply.AskedH48, e.Text, t.p.Language); r.Pain != nil && t.calls(*r.Pain) {
		t.asksWhetherPain(e, *r.Pain)
	}
}

// calls reports whether a pain is so high that it calls a human, unless it is the patient's usual one.
func (t *turn) calls(pain float64) bool { return pain >= t.clinic.Protocol.Pain.AlertAbs }

// lateAnswer takes a bare answer that comes days after its question for what it
// is: kept with its day, deciding nothing, and today is asked about. One that may call a
// human is judged as if told of today.
func (t *turn) lateAnswer(e TextReceived) bool {
	const longest = 8 * 24 * time.Hour
	t.keepFresh() // what was asked last may have gone stale since
	missed := t.p.Course.Missed
	if missed.Asked == "" || missed.At.After(e.SentAt) || e.SentAt.Sub(missed.At) > longest {
		return false
	}
	r := reply.Understand(missed.Asked, e.Text, t.p.Language)
	if r.Pain == nil {
		return false
	}
	t.p.Course.Missed = Question{}
	if t.calls(*r.Pain) {
		t.answered(e, Question{Asked: reply.AskedNone}, r)
		return true
	}
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
