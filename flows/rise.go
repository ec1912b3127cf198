package flows

import (
	"time"

	"backstop/flows/copy"
	"backstop/flows/reply"
)

// askFlare asks whether a raised evening is a flare-up for the patient: two of
// three flare days have no more than average pain (Costa, daily diaries), so the
// number alone does not say.
func (t *turn) askFlare(h heard) string {
	told := t.answer(h, copy.FlareCheck)
	if told != "" {
		t.ask(reply.AskedFlareCheck, t.now.Add(t.fresh()))
	}
	return told
}

// askInterference asks how much the back gets in the way today.
func (t *turn) askInterference(h heard, a Answers) {
	if a.Interference == reply.InterferenceUnknown && t.answer(h, copy.Interference) != "" {
		t.asksInterference(h)
	}
}

// answerAsking is answer, with how much the back gets in the way asked in the same
// text where nobody knows.
func (t *turn) answerAsking(h heard, a Answers, key copy.Key) string {
	if a.Interference != reply.InterferenceUnknown {
		return t.answer(h, key)
	}
	t.tail = copy.Interference
	told := t.answer(h, key)
	t.tail = ""
	if told != "" {
		t.asksInterference(h)
	}
	return told
}

func (t *turn) asksInterference(h heard) {
	t.ask(reply.AskedInterference, t.now.Add(t.fresh()))
	if !h.session { // it is about the reading just given, which is of no session
		t.p.Questions[len(t.p.Questions)-1].Session = ""
	}
}

// askWorkdays asks for the days off work, once in a while of days.
func (t *turn) askWorkdays(h heard) string {
	told := t.answer(h, copy.Workdays)
	if told != "" {
		t.ask(reply.AskedWorkdays, t.now.Add(t.fresh()))
	}
	return told
}

// workdays keeps the days off work, with the episode that cost them.
func (t *turn) workdays(e TextReceived, asked Question, r reply.Reply) {
	t.close(asked)
	t.p.Misread = 0
	t.do(RecordReading{At: e.SentAt, Kind: asked.Asked, Message: e.Message, DaysOff: r.DaysOff})
	if ep := &t.p.Episode; ep.Kind == EpisodeFlare {
		ep.DaysOff = max(ep.DaysOff, *r.DaysOff)
		t.do(RecordEpisode{Episode: *ep})
	} else if n := len(t.p.Course.Past); n > 0 && t.now.Sub(t.p.Course.Past[n-1].Over) < 7*24*time.Hour {
		t.p.Course.Past[n-1].DaysOff = max(t.p.Course.Past[n-1].DaysOff, *r.DaysOff)
	}
	if *r.DaysOff > 0 {
		t.do(Note{Line: "Days off work or cut short in the last 7: " + num(*r.DaysOff) + ".", Words: e.Text})
	}
	t.say(copy.Thanks, ClassAnswer)
}

// asksWorkdays reports whether a weekly answer is over the line from which the days
// off work are asked for.
func (t *turn) asksWorkdays(h heard) bool {
	return h.asked == reply.AskedWeekly && h.reply.Pain != nil && *h.reply.Pain >= t.clinic.Protocol.Schedule.WorkdaysMinPain && h.reply.DaysOff == nil
}
