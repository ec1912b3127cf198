package flows

import (
	"strconv"
	"time"

	"backstop/flows/copy"
	"backstop/flows/reply"
)

// say texts the patient at once and returns the body.
func (t *turn) say(key copy.Key, class Class) string {
	key = t.promise(key)
	return t.send(key, class, t.now.Add(answerUseful))
}

// answerUseful is how long an answer to a patient's own text is still worth sending.
const answerUseful = 12 * time.Hour

// prompt sends an unsolicited text, useful until a time, and counts it for the caps.
func (t *turn) prompt(key copy.Key, until time.Time) {
	t.p.Sent = append(keepWeek(t.p.Sent, t.now), Unprompted{At: t.now})
	t.send(key, ClassCheck, until)
}

func (t *turn) send(key copy.Key, class Class, until time.Time) string {
	if t.p.Consent.State == ConsentWrong && class != ClassOptOut {
		return "" // a wrong person is never texted again, whatever they write
	}
	if t.p.Taken.By != "" && class != ClassSafety && class != ClassOptOut && key != copy.Held {
		return "" // a human is talking
	}
	if class == ClassAnswer && t.p.Consent.State != ConsentGiven {
		return ""
	}
	body := t.marked(key, class)
	if t.tail != "" {
		body += " " + t.text(t.tail)
	}
	t.p.Texts++
	t.do(SendText{Key: key, Body: body, Class: class, Expires: until.UTC()})
	return body
}

// marked is a text as it leaves: on a shared phone it says which of them it is
// for, so that nobody answers for the other. What anybody there may need to read
// at once has no mark.
func (t *turn) marked(key copy.Key, class Class) string {
	body := t.text(key)
	if t.p.Place == 0 || class == ClassSafety || class == ClassOptOut {
		return body
	}
	if key == copy.Consent {
		body += " " + t.clinic.Copy.Say(t.p.Language, copy.SharedPlace, 0, copy.Vars{Count: strconv.Itoa(t.p.Place)})
	}
	return t.prefix(body)
}

// prefix marks a text for one of those who share a phone.
func (t *turn) prefix(body string) string {
	if t.p.Place == 0 {
		return body
	}
	return "(" + strconv.Itoa(t.p.Place) + ") " + body
}

// text is a sentence of the catalogue as this patient would read it now.
func (t *turn) text(key copy.Key) string {
	return t.clinic.Copy.Say(t.p.Language, key, t.p.Texts, t.vars())
}

// vars are the values of the variables for this patient now.
func (t *turn) vars() copy.Vars {
	v := copy.VarsOf(t.clinic.Clinic)
	v.Name, v.Pain = t.p.Name, t.pain
	if most := t.stage().PainMax; most > 0 {
		v.Limit = num(most)
	}
	v.Plan, v.Cue, v.Lift, v.Load, v.Unit, v.Best = t.words.Plan, t.words.Cue, t.words.Lift, t.words.Load, t.words.Unit, t.words.Best
	v.Question, v.Count, v.Choices = t.question, t.count, t.choices
	if s := t.p.Course.Survey; s.Kind == PSFS && !s.Picking && len(s.Answers) < len(t.p.Course.Activities) {
		v.Item, v.Of = strconv.Itoa(len(s.Answers)+1), strconv.Itoa(len(t.p.Course.Activities))
		v.Activity = t.p.Course.Activities[len(s.Answers)]
	}
	if t.when != "" {
		v.When = t.when
	} else if open := t.clinic.NextOfficeOpen(t.now); !open.IsZero() {
		v.When = dayAndTime(t.p.Language, open.In(t.clinic.TimeZone))
	}
	if t.words.When != "" {
		v.When = t.words.When
	}
	return v
}

// dayAndTime writes a moment as a text does: "Mon 08:00".
func dayAndTime(lang reply.Lang, at time.Time) string {
	if lang == reply.Spanish {
		return [...]string{"dom", "lun", "mar", "mié", "jue", "vie", "sáb"}[at.Weekday()] + at.Format(" 15:04")
	}
	return at.Format("Mon 15:04")
}

// mayPrompt reports whether an unsolicited text may leave now: with consent,
// not paused, no human talking, no red flag, inside the patient's hours and
// under the caps.
func (t *turn) mayPrompt() bool { return t.mayPromptBut(0) }

// mayPromptBut is mayPrompt with so many texts of the week left out of account. A
// morning check that was promised goes first: what would take its place waits.
func (t *turn) mayPromptBut(spared int) bool {
	if t.hushed() {
		return false
	}
	owed := t.promised()
	return t.room(t.now, 0, spared) && (owed.IsZero() || t.room(owed, 1, spared))
}

// room reports whether the caps let an unsolicited text leave at a moment, after so
// many more before it.
func (t *turn) room(at time.Time, more, spared int) bool {
	day, week, away, sevenDays := 0, more, more, len(keepWeek(t.p.Sent, at))+more
	window := 7 * 24 * time.Hour
	if t.onceAWeek() && spared == 0 {
		window -= time.Hour // the weekly check is not lost to the clock going forward
	}
	for _, s := range t.p.Sent {
		if at.Sub(s.At) < window && !(s.Again && t.onceAWeek()) {
			week++
			if !s.At.Before(t.p.Training.Since) {
				away++
			}
		}
		if sameDay(s.At, at, t.zone) {
			day++
		}
	}
	limits := t.clinic.Protocol.Limits
	if t.p.Stage == StageTravel && t.p.Episode.Kind != EpisodeFlare && away-spared >= limits.PerWeekTravel {
		return false // of the days away alone, or nobody could be asked after the drive
	}
	return day < limits.PerDay && sevenDays < limits.PerWeekActive && week-spared < t.perWeek()
}

// hushed reports whether nothing unsolicited may leave now, whatever the caps.
func (t *turn) hushed() bool {
	return t.p.Consent.State != ConsentGiven || t.p.Paused || t.p.mayStop() || t.p.Taken.By != "" || t.p.RedFlag.Open() || t.quiet()
}

// onceAWeek reports whether care is over and no flare-up is open; one is asked
// about daily until it is over.
func (t *turn) onceAWeek() bool {
	return !t.p.Course.Discharged.IsZero() && t.p.Episode.Kind != EpisodeFlare
}

// mayRemind is mayPrompt for a reminder, where the clinic sends any.
func (t *turn) mayRemind(spared int) bool {
	return t.clinic.Protocol.Limits.ReminderMax > 0 && t.mayPromptBut(spared)
}

// perWeek is how many unsolicited texts a week may have: one after discharge.
func (t *turn) perWeek() int {
	if t.onceAWeek() {
		return t.clinic.Protocol.Limits.PerWeekRelapse
	}
	return t.clinic.Protocol.Limits.PerWeekActive
}

func keepWeek(sent []Unprompted, now time.Time) []Unprompted {
	var kept []Unprompted
	for _, s := range sent {
		if now.Sub(s.At) < 7*24*time.Hour {
			kept = append(kept, s)
		}
	}
	return kept
}

func sameDay(a, b time.Time, zone *time.Location) bool {
	ya, ma, da := a.In(zone).Date()
	yb, mb, db := b.In(zone).Date()
	return da == db && ma == mb && ya == yb
}
