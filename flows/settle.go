package flows

import (
	"time"

	"backstop/flows/copy"
	"backstop/flows/reply"
)

// heard is the text a decision answers; the zero value when no text led to it.
type heard struct {
	words string
	reply reply.Reply
	asked reply.Asked

	session  bool // it tells about the session being followed up
	corrects bool // a slip of the thumb, and nothing that a human has to see
}

func (h heard) any() bool { return h.words != "" }

// settle decides on what is known and does what the decision asks for.
func (t *turn) settle(h heard, a Answers) {
	t.judge(h, a)
	if t.resolves(h, a) {
		return
	}
	v := Decide(t.clinic.Protocol.Pain, a)
	if t.afterTravel() && v.Decision == Progress {
		v = Verdict{Decision: Hold, Rule: v.Rule, Because: v.Because + "; after a day of travel nothing is added"}
	}
	if h.session {
		if t.askEveningNow(h, a, v) {
			return
		}
		v = t.learn(a, v)
		t.p.Session.Decided = v.Decision
	}
	switch v.Decision {
	case AlertFlare:
		t.alertFlare(h, a, v)
	case FlareWatch:
		t.flareWatch(h, a, v)
	case ClinicianManaged:
		t.raise(RaiseAlert{Key: "managed", Level: P3, Headline: "Usual pain is high: homework is yours to set",
			Words: h.words, Reading: t.reading(a), Trend: t.trend(), Told: t.answer(h, copy.Managed), Why: v.because()})
	case Regress:
		t.routine(h, a, v, copy.Regress)
	case Hold:
		t.routine(h, a, v, copy.Hold)
	case Progress:
		t.routine(h, a, v, copy.Progress)
	case Await:
		t.await(h, a, v)
	case Emergency, UrgentSameDay:
		// Red flags have been dealt with before any reading is looked at.
	}
}

// await answers an evening: the morning decides. A worry goes to a human, and a
// raised evening is asked about, since the number alone does not say whether it
// is a flare-up for the patient.
func (t *turn) await(h heard, a Answers, v Verdict) {
	raised := a.raised(t.clinic.Protocol.Pain)
	switch {
	case h.reply.Worry && h.any():
		key := t.promise(copy.ThanksEveningWorried)
		t.routineTold(h, a, v, t.text(key))
		t.raise(RaiseAlert{Key: "worry", Level: P3, Headline: t.headline(h, a, "Worried"), Words: h.words, Reading: t.reading(a),
			Trend: t.trend(), Told: t.text(key), Why: "A worry in the answer: only a human can take it."})
		t.sayDelivered("worry", key, copy.ThanksEveningSore, ClassAnswer, receiptWaits)
	case raised && a.Flare == nil && h.any() && !t.p.Session.Homework && !t.p.Session.FlareAsked:
		t.p.Session.FlareAsked = true
		t.routineTold(h, a, v, t.askFlare(h))
	case t.p.Session.Homework && h.asked == reply.AskedEvening:
		t.routine(h, a, v, t.afterHomework(a))
	case raised:
		t.routine(h, a, v, copy.ThanksEveningSore)
	case t.p.Session.Homework:
		t.routine(h, a, v, copy.Thanks) // more words about it
	default:
		t.routine(h, a, v, copy.ThanksEvening)
	}
}

// alertFlare opens a flare-up: loads stop, a clinician contacts the patient.
func (t *turn) alertFlare(h heard, a Answers, v Verdict) {
	if t.snoozed(a.latest()) && (h.reply.Flare == nil || !*h.reply.Flare) && h.reply.Interference != reply.InterferenceSevere {
		t.knownSymptom(h, a, v)
		return
	}
	known := t.p.Episode.Kind == EpisodeFlare
	if known && !h.any() { // nothing was said that a clinician has not been told
		t.planDaily()
		return
	}
	t.openEpisode(EpisodeFlare, a)
	t.calm()
	key := copy.Alert
	if !t.clinic.OfficeOpen(t.now) {
		key = copy.AlertClosed
	}
	if known {
		key = copy.Thanks
	}
	t.raise(RaiseAlert{Key: t.p.Episode.ID, Level: P2, Headline: t.headline(h, a, "Flare-up"), Words: h.words,
		Reading: t.reading(a), Pain: painTold(h, a), Trend: t.trend(), Told: t.text(key), Why: v.because()})
	switch {
	case known:
		t.answer(h, copy.Thanks)
	case h.any():
		t.sayDelivered(t.p.Episode.ID, key, copy.AlertUnsent, ClassAnswer, receiptWaits)
	}
	t.planDaily()
}

// flareWatch pauses lifting until the next readings tell.
func (t *turn) flareWatch(h heard, a Answers, v Verdict) {
	if t.snoozed(a.latest()) && (h.reply.Flare == nil || !*h.reply.Flare) {
		t.knownSymptom(h, a, v)
		return
	}
	known := t.p.Episode.Kind != EpisodeNone
	t.openEpisode(EpisodeWatch, a)
	var told string
	if known {
		told = t.answer(h, copy.Thanks)
	} else {
		told = t.answerAsking(h, a, copy.Watch)
	}
	t.raise(RaiseAlert{Key: t.p.Episode.ID, Level: P3, Headline: t.headline(h, a, "Flare watch"), Words: h.words,
		Reading: t.reading(a), Pain: painTold(h, a), Trend: t.trend(), Told: told, Why: v.because()})
	t.planDaily()
}

// knownSymptom keeps to itself what a clinician knows of already; lifting pauses
// all the same.
func (t *turn) knownSymptom(h heard, a Answers, v Verdict) {
	t.do(Note{Line: "Known symptom, snoozed: " + t.reading(a) + ". " + v.because() + ". Told: " + t.answer(h, copy.Hold), Words: h.words})
}

// routine answers a reading that needs nobody's attention; one that is raised
// still leaves a silent line, since a reported pain is never kept from the clinician.
func (t *turn) routine(h heard, a Answers, v Verdict, key copy.Key) {
	if !h.any() {
		return
	}
	switch {
	case v.Decision == Await:
	case t.p.Episode.Kind == EpisodeNone:
		key = t.told(h, key)
	case h.reply.Pain != nil && *h.reply.Pain <= a.Baseline+t.clinic.Protocol.Pain.SettledDelta:
		key = copy.Settling // the number has, what was in the way has not: nothing is lifted yet
	default:
		key = copy.Thanks
	}
	key = t.cheer(a, v.Decision, t.planWaited(h, a, v.Decision, key))
	if h.corrects {
		t.corrected(h, a, key)
		return
	}
	if key == copy.Thanks && t.asksWorkdays(h) { // its question begins with thanks
		t.routineTold(h, a, v, t.askWorkdays(h))
		return
	}
	told := t.answer(h, key)
	t.nearFlareOf(h, a)
	t.routineTold(h, a, v, told)
	if t.asksWorkdays(h) {
		t.askWorkdays(h)
	}
}

// corrected says that a number was changed, and what follows from the new one;
// where that is a step on the ladder, the step says it.
func (t *turn) corrected(h heard, a Answers, key copy.Key) {
	switch key {
	case copy.Progress, copy.Hold, copy.Regress:
		key = copy.Corrected
	case copy.Thanks, copy.ThanksEvening, copy.ThanksEveningSore, copy.HomeworkDone, copy.Settling:
		key, t.words.Plan = copy.Corrected, ""
	}
	t.pain = num(*h.reply.Pain)
	t.do(Note{Line: "Corrected: " + t.reading(a) + ". Told: " + t.answer(h, key), Words: h.words})
}

// routineTold leaves the silent line of a reading that is raised.
func (t *turn) routineTold(h heard, a Answers, v Verdict, told string) {
	pain := h.reply.Pain
	raised := pain != nil && *pain >= t.clinic.Protocol.Pain.WatchMinAbs && *pain > a.Baseline
	if raised || h.reply.Intent == reply.IntentPainReport {
		t.do(Note{Line: t.reading(a) + ". " + v.because() + ". Told: " + told, Words: h.words})
	}
}

// askEveningNow asks for the worst since the session together with the morning,
// when the evening did not: the session ended too late to be asked about, or
// nobody answered. Without it nothing could be built on a late session, and as
// an answer to the patient's own text it costs none of the week's questions. It
// reports whether it asked; the decision waits for that number.
func (t *turn) askEveningNow(h heard, a Answers, v Verdict) bool {
	s := &t.p.Session
	if v.Rule != "R7b" || h.asked != reply.AskedNextMorning || h.reply.Pain == nil || s.Late {
		return false
	}
	s.Late = true
	t.routineTold(h, a, v, t.say(copy.EveningLate, ClassAnswer))
	t.ask(reply.AskedEvening, t.now.Add(t.fresh()))
	return true
}

// calm stops all loads: the patient is at the bottom of the ladder until the
// flare-up is over. What was lifted before is kept for the way back.
func (t *turn) calm() {
	if t.p.Stage != StageCalm {
		t.do(RecordStage{At: t.now, Stage: StageCalm, Why: "flare-up"})
	}
	t.p.Stage = StageCalm
	t.unask("a flare-up")
}

// answer texts back to somebody who has just texted; without that, nothing is said.
func (t *turn) answer(h heard, key copy.Key) string {
	if !h.any() {
		return ""
	}
	return t.say(key, ClassAnswer)
}

// raise opens or adds to an alert and remembers it as open.
func (t *turn) raise(a RaiseAlert) {
	for i := range t.p.Alerts {
		open := &t.p.Alerts[i]
		if open.Key != a.Key {
			continue
		}
		if a.Level.MoreUrgentThan(open.Level) {
			open.Level = a.Level
		}
		t.do(a)
		return
	}
	t.p.Alerts = append(t.p.Alerts, OpenAlert{Key: a.Key, Level: a.Level, At: t.now})
	t.do(a)
}

func (v Verdict) because() string { return v.Because + " (" + v.Rule + ")" }

// headline says in a few words what an alert is about.
func (t *turn) headline(h heard, a Answers, what string) string {
	if h.reply.Pain != nil {
		return what + ": pain " + num(*h.reply.Pain) + askedWhen(h.asked)
	}
	if latest := a.latest(); latest != nil {
		return what + ": pain " + num(*latest)
	}
	return what
}

func askedWhen(asked reply.Asked) string {
	switch asked {
	case reply.AskedEvening:
		return " since the session"
	case reply.AskedNextMorning:
		return " this morning"
	case reply.AskedWeekly:
		return " this week"
	}
	return ""
}

// reading is the newest number against the baseline, in words.
func (t *turn) reading(a Answers) string {
	usual := "usual " + num(a.Baseline)
	if latest := a.latest(); latest != nil {
		return "Pain " + num(*latest) + ", " + usual
	}
	return "No number, " + usual
}

// painTold is the number just told, else the newest one.
func painTold(h heard, a Answers) *float64 {
	if h.reply.Pain != nil {
		return h.reply.Pain
	}
	return a.latest()
}

// trend is the last readings in words, oldest first; empty without any.
func (t *turn) trend() string {
	const shown = 6
	rs := t.p.Readings
	if len(rs) > shown {
		rs = rs[len(rs)-shown:]
	}
	words := ""
	for i, r := range rs {
		if i > 0 {
			words += ", "
		}
		words += num(r.Pain) + " (" + r.At.In(t.zone).Format("Mon") + partOfDay(r.Kind) + ")"
	}
	return words
}

func partOfDay(kind reply.Asked) string {
	switch kind {
	case reply.AskedEvening:
		return " evening"
	case reply.AskedNextMorning:
		return " morning"
	}
	return ""
}

// day names a patient's local calendar day, for keys of things that happen once a day.
func (t *turn) day() string { return t.now.In(t.zone).Format(time.DateOnly) }
