package flows

import (
	"time"

	"backstop/flows/copy"
	"backstop/flows/reply"
)

// fresh is how long an unanswered question gives meaning to a bare answer.
const fresh = 24 * time.Hour

// textReceived reads what the patient typed and acts on it. Red flags come
// first, whatever was asked and whatever the consent; then the wish to stop.
func (t *turn) textReceived(e TextReceived) {
	asked := t.asked(e.SentAt)
	r := reply.Understand(asked.Asked, e.Text, t.p.Language)
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
	if t.p.RedFlag.Open() {
		t.do(Note{Line: "Texted while a red flag is open.", Words: e.Text})
		t.say(copy.PassedOnUrgent, ClassAnswer)
		return
	}
	if t.homeworkReply(e, asked, r) {
		return
	}
	if says(r) {
		t.answered(e, asked, r)
		return
	}
	t.unanswered(e, asked, r)
}

// asked is the question that a text sent at a time may answer: the latest one
// put before it and not too long ago, or else the one just answered, which may
// be amended ("sorry, 1").
func (t *turn) asked(sentAt time.Time) Question {
	for i := len(t.p.Questions) - 1; i >= 0; i-- {
		q := t.p.Questions[i]
		if !q.At.After(sentAt) && sentAt.Sub(q.At) < fresh {
			return q
		}
	}
	if t.amendable(sentAt) {
		return t.p.Answered.Question
	}
	return Question{Asked: reply.AskedNone}
}

// says reports whether a reply says anything about the back that the rules can use.
func says(r reply.Reply) bool {
	return r.Pain != nil || r.Interference != reply.InterferenceUnknown || (r.Flare != nil && *r.Flare)
}

// unanswered deals with a text that says nothing the rules can use.
func (t *turn) unanswered(e TextReceived, asked Question, r reply.Reply) {
	if r.Distress {
		t.raise(RaiseAlert{Key: "distress", Level: P2, Headline: "Sounds overwhelmed by the pain", Words: e.Text,
			Told: t.text(copy.Distress), Why: "The patient's words, not a number: please call."})
		t.sayDelivered("distress", copy.Distress, copy.NotPassedOn, ClassAnswer, receiptWaits)
		return
	}
	switch r.Intent {
	case reply.IntentThanks:
		return
	case reply.IntentQuestion, reply.IntentReschedule:
		t.passOn(e, "Asks something")
		return
	case reply.IntentTravelTrigger:
		t.do(Note{Line: "Tells of a trip.", Words: e.Text})
		t.say(copy.TravelNoted, ClassAnswer)
		return
	case reply.IntentPainReport:
		if r.Flare == nil {
			t.raise(RaiseAlert{Key: "pain_report:" + t.day(), Level: P3, Headline: "Writes about the back or the body", Words: e.Text,
				Told: t.say(copy.AskNumber, ClassAnswer), Why: "A symptom without a number."})
			t.ask(reply.AskedH48, t.now.Add(fresh))
			return
		}
	}
	if asked.Asked == reply.AskedNone {
		t.passOn(e, "Not understood")
		return
	}
	t.askAgain(e, asked)
}

// askAgain asks once for what was not understood; after that a human reads it.
func (t *turn) askAgain(e TextReceived, asked Question) {
	for i := range t.p.Questions {
		q := &t.p.Questions[i]
		if q.Asked != asked.Asked || !q.At.Equal(asked.At) {
			continue
		}
		if q.Reasked < t.clinic.Protocol.Limits.ReaskMax {
			q.Reasked++
			t.do(Note{Line: "No number in the answer; asked once more.", Words: e.Text})
			t.say(copy.Reask, ClassAnswer)
			return
		}
	}
	t.passOn(e, "Not understood")
}

// passOn puts a text before the clinicians and, once it stands there, tells the
// patient so.
func (t *turn) passOn(e TextReceived, why string) {
	key := copy.PassedOn
	if !t.clinic.OfficeOpen(t.now) {
		key = copy.PassedOnClosed
	}
	t.raise(RaiseAlert{Key: "question", Level: P3, Headline: why, Words: e.Text, Told: t.text(key), Why: "Only a human can answer this."})
	t.sayDelivered("question", key, copy.NotPassedOn, ClassAnswer, receiptWaits)
}
