package flows

import (
	"slices"
	"time"

	"backstop/flows/reply"
)

// correctable is how long after an answer the patient may take it back.
const correctable = 15 * time.Minute

// answered keeps what the patient said about the back and acts on what it means.
func (t *turn) answered(e TextReceived, asked Question, r reply.Reply) {
	corrected := r.Corrects && r.Pain != nil && t.amendable(e.SentAt) && !t.saidLast(*r.Pain)
	if corrected {
		asked = t.p.Answered.Question
		t.takeBack()
		t.judged = append(t.judged, Judged{At: t.now, Closed: true, Over: true})
	}
	b := t.clinic.Baseline(t.p, t.now)
	if !corrected && t.saidAlready(e, asked, r) {
		return
	}
	t.do(RecordReading{At: e.SentAt, Kind: asked.Asked, Session: asked.Session, Message: e.Message,
		Pain: r.Pain, Interference: r.Interference, Flare: r.Flare, DaysOff: r.DaysOff})
	t.p.Misread = 0
	t.staysIn()
	t.close(asked)
	before := t.asBefore()
	keeps := r.Pain == nil && t.p.Answered.Before != nil && t.amendable(e.SentAt) // words about the number just given
	if !keeps {
		t.p.Answered = Answered{Question: asked, At: e.SentAt}
		defer func() { t.keepUndo(before) }()
	}

	a := t.keep(asked, r, e.SentAt)
	a.Baseline = b
	h := heard{words: e.Text, reply: r, asked: asked.Asked, session: t.ofSession(asked)}
	h.corrects = corrected && !needsHuman(Decide(t.clinic.Protocol.Pain, a).Decision)
	if asked.Asked == reply.AskedFlareCheck && a.noNumber() && r.Flare != nil && !*r.Flare && a.Interference == reply.InterferenceUnknown {
		t.do(Note{Line: "No flare-up, the patient says.", Words: e.Text})
		t.askInterference(h, a) // a symptom was told without a number
		return
	}
	t.settle(h, a)
}

// saidLast reports whether a number is the one just given: "sorry, 0" after "0"
// corrects nothing.
func (t *turn) saidLast(pain float64) bool {
	n := len(t.p.Readings)
	return n > 0 && t.p.Readings[n-1].Kind == t.p.Answered.Question.Asked && t.p.Readings[n-1].Pain == pain
}

// saidAlready keeps an answer that was given twice, and does not answer twice:
// the same number to the same question, a moment later.
func (t *turn) saidAlready(e TextReceived, asked Question, r reply.Reply) bool {
	last := t.p.Answered
	if r.Pain == nil || asked.Asked == reply.AskedNone || last.Question.Asked != asked.Asked || !last.Question.At.Equal(asked.At) || !t.amendable(e.SentAt) {
		return false
	}
	n := len(t.p.Readings)
	if n == 0 || t.p.Readings[n-1].Kind != asked.Asked {
		return false
	}
	if t.p.Readings[n-1].Pain != *r.Pain || r.Interference != reply.InterferenceUnknown || r.Flare != nil && *r.Flare {
		t.forgetReading(asked.Asked) // two answers to one question: the later counts
		if was := last.Before; was != nil && was.Episode == t.p.Episode {
			t.undo()
		}
		return false
	}
	t.do(RecordReading{At: e.SentAt, Kind: asked.Asked, Session: asked.Session, Message: e.Message, Pain: r.Pain})
	t.do(Note{Line: "The same answer once more.", Words: e.Text})
	return true
}

// needsHuman reports whether a decision brings a clinician in.
func needsHuman(d Decision) bool {
	return d == AlertFlare || d == FlareWatch || d == Emergency || d == UrgentSameDay
}

// keep puts the parts of an answer where they belong and returns everything
// that is known for the decision. A reading without a session counts as a
// morning reading by itself.
func (t *turn) keep(asked Question, r reply.Reply, at time.Time) Answers {
	s := &t.p.Session
	switch {
	case r.Interference != reply.InterferenceUnknown:
		s.Interference, s.InterferenceAt = r.Interference, at
	case r.Flare != nil && *r.Flare && asked.Asked != reply.AskedFlareCheck:
		s.Interference = reply.InterferenceUnknown // "my back went out": what was in the way before says nothing now
	}
	if r.Flare != nil {
		s.Flare, s.FlareAt = r.Flare, at
	}
	if r.DaysOff != nil && t.p.Episode.Kind == EpisodeFlare {
		t.p.Episode.DaysOff = max(t.p.Episode.DaysOff, *r.DaysOff)
	}
	if r.Pain != nil {
		t.keepReading(asked.Asked, *r.Pain, at)
	}
	if !t.ofSession(asked) {
		a := t.alone()
		a.Morning = r.Pain
		if n := len(t.p.Readings); a.Morning == nil && n > 0 && at.Sub(t.p.Readings[n-1].At) < t.fresh() {
			pain := t.p.Readings[n-1].Pain // these are words about the reading just given
			a.Morning = &pain
		}
		return a
	}
	if r.Pain != nil {
		switch asked.Asked {
		case reply.AskedEvening:
			s.Evening = r.Pain
		case reply.AskedNextMorning:
			s.Morning = r.Pain
		case reply.AskedH48:
			s.H48 = r.Pain
		}
	}
	return t.known()
}

// ofSession reports whether an answer to a question tells about the session
// being followed up: about its evening, the morning after, two days later.
func (t *turn) ofSession(asked Question) bool {
	s := t.p.Session
	if s.ID == "" || asked.Session != s.ID {
		return false
	}
	switch asked.Asked {
	case reply.AskedEvening:
		return true
	case reply.AskedNextMorning:
		return sameDay(asked.At.AddDate(0, 0, -1), s.EndedAt, t.zone)
	case reply.AskedH48:
		return sameDay(asked.At.AddDate(0, 0, -2), s.EndedAt, t.zone)
	case reply.AskedFlareCheck, reply.AskedInterference:
		return t.now.Sub(s.EndedAt) < tooOld
	}
	return false
}

// evening is the worst pain during or since the session. What the clinician saw
// counts as part of it; alone it cannot say that the evening was green.
func (s Session) evening(green float64) *float64 {
	switch {
	case s.During == nil:
		return s.Evening
	case s.Evening == nil && *s.During <= green:
		return nil
	case s.Evening == nil || *s.During > *s.Evening:
		return s.During
	}
	return s.Evening
}

// known is what has been said about the session being followed up. Words about
// interference and flares count for a day.
func (t *turn) known() Answers {
	a := t.alone()
	s := t.p.Session
	a.Evening, a.Morning, a.H48 = s.evening(t.clinic.Protocol.Pain.GreenMax), s.Morning, s.H48
	a.WindowOpen = s.ID != "" && t.now.Before(t.morningCloses(s))
	return a
}

// alone is what is known apart from any session.
func (t *turn) alone() Answers {
	a := Answers{Baseline: t.clinic.Baseline(t.p, t.now)}
	s := t.p.Session
	if t.now.Sub(s.InterferenceAt) <= t.fresh() {
		a.Interference = s.Interference
	}
	if t.now.Sub(s.FlareAt) <= t.fresh() {
		a.Flare = s.Flare
	}
	return a
}

// close takes a question, and older ones of the same kind, off the open ones.
func (t *turn) close(asked Question) {
	crossed := false
	t.p.Questions = slices.DeleteFunc(t.p.Questions, func(q Question) bool {
		closed := q.Asked == asked.Asked && !q.At.After(asked.At)
		crossed = crossed || closed && t.now.Sub(q.Reminded) < crossing
		return closed
	})
	if crossed {
		t.do(CancelTexts{Reason: "the patient has answered meanwhile", Questions: true})
	}
}

// crossing is how long a reminder may still wait to leave when its answer comes.
const crossing = 10 * time.Minute

// amendable reports whether a text sent at a time comes soon enough after an answer to amend it.
func (t *turn) amendable(sentAt time.Time) bool {
	a := t.p.Answered
	return a.Question.Asked != "" && sentAt.Sub(a.At) >= 0 && sentAt.Sub(a.At) <= correctable
}

// takeBack forgets the answer that is being corrected, and what it led to.
func (t *turn) takeBack() {
	t.forgetReading(t.p.Answered.Question.Asked)
	t.undo()
}
