package flows

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"backstop/flows/copy"
	"backstop/flows/lift"
	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// weigh makes loads of what was logged, and says what must be asked before any
// of it is recorded; an empty question means nothing.
func (t *turn) weigh(logged []reply.Lift) ([]reply.Lift, LiftQuestion) {
	out := slices.Clone(logged)
	for i := range out {
		if q := t.weighOne(&out[i]); q != "" {
			return out, q
		}
	}
	return out, ""
}

func (t *turn) weighOne(l *reply.Lift) LiftQuestion {
	if l.Doubt != "" && l.Doubt != tooHeavy {
		return LiftWhat
	}
	x, known := t.exerciseNamed(*l)
	if l.Plates > 0 && l.Load == 0 && known {
		load := lift.FromPlates(t.clinic.Protocol.Lift, t.gear(x), l.Plates)
		l.Load, l.Unit = load.Value, load.Unit
	}
	if l.Load == 0 {
		if known && loaded(x) && !l.Bodyweight {
			return LiftWhat
		}
		return ""
	}
	last := lift.Load{}
	if known {
		last = t.reference(x)
	}
	if l.Unit == reply.UnitUnknown && likely(t.clinic.Protocol.Lift, last, l.Load) {
		l.Unit = last.Unit // an answer to a plan in that unit
	}
	switch {
	case l.Unit == reply.UnitUnknown:
		return LiftUnit
	case lift.Implausible(t.clinic.Protocol.Lift, last, lift.Load{Value: l.Load, Unit: l.Unit}):
		l.Doubt = tooHeavy
		return LiftSure
	}
	l.Doubt = ""
	return ""
}

// tooHeavy is the doubt of the reply package about a load that hardly anybody lifts,
// and ours about a big jump.
const tooHeavy = "load higher than likely"

// likely reports whether a number without a unit can only be meant in the unit
// of the last load: not far from it, and far from it in the other unit.
func likely(n protocol.Lift, last lift.Load, value float64) bool {
	return last.Known() && value >= last.Value/2 && value <= last.Value*(1+n.TypoJumpPct)
}

// exerciseNamed is the exercise that a logged lift means in the patient's stage:
// by name, by what it was done with, or the main one where it names none.
func (t *turn) exerciseNamed(l reply.Lift) (protocol.Exercise, bool) {
	xs := t.exercises(t.stage())
	for _, x := range xs {
		if x.ID == l.Exercise && x.Role != protocol.BackOff {
			return x, true
		}
	}
	for _, x := range xs {
		if x.With == l.Exercise && loaded(x) { // "kettlebell", "trap_bar"
			return x, true
		}
	}
	if l.Exercise == "" || l.Exercise == "deadlift" {
		return t.main()
	}
	return protocol.Exercise{}, false
}

func (t *turn) exerciseOf(l reply.Lift) string {
	if x, ok := t.exerciseNamed(l); ok {
		return x.ID
	}
	return l.Exercise
}

// unitNamed is the unit that an answer to "kg or lb?" names.
func unitNamed(text string) reply.Unit {
	for _, word := range words(text) {
		switch {
		case word == "kg" || strings.HasPrefix(word, "kgs") || strings.HasPrefix(word, "kilo"):
			return reply.Kilogram
		case word == "lb" || word == "lbs" || strings.HasPrefix(word, "pound") || strings.HasPrefix(word, "libra"):
			return reply.Pound
		}
	}
	return reply.UnitUnknown
}

// asPlanned reports whether the patient says to have done what the plan said.
func asPlanned(text string) bool {
	said := words(text)
	for _, w := range []string{"planned", "plan", "same", "mismo", "igual", "planeado"} {
		if slices.Contains(said, w) {
			return true
		}
	}
	return false
}

// dayNamed is the day a text names, from tomorrow on or today: "Friday", "tmrw", "el viernes".
func dayNamed(text string, now time.Time) (time.Time, bool) {
	said := words(text)
	for i, w := range said {
		switch w {
		case "today", "hoy", "tonight":
			if i > 0 && slices.ContainsFunc(said[max(0, i-3):i], cannot) {
				continue // "can't today": on which day instead is not said
			}
			return now, true
		case "tomorrow", "tmrw", "tomorow", "mañana":
			return now.AddDate(0, 0, 1), true
		}
		for ahead := 1; ahead <= 7; ahead++ {
			day := now.AddDate(0, 0, ahead)
			name := strings.ToLower(day.Weekday().String())
			if w == name || w == name[:3] || w == spanishDays[day.Weekday()] {
				return day, true
			}
		}
	}
	return time.Time{}, false
}

// cannot reports whether a word says that something does not happen.
func cannot(word string) bool {
	return slices.Contains([]string{"cant", "t", "cannot", "not", "no", "won", "wont", "couldnt", "skip", "skipping", "miss", "missed", "puedo"}, word)
}

var spanishDays = [...]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"}

// dayName is a day as a text says it.
func dayName(lang reply.Lang, at time.Time) string {
	if lang == reply.Spanish {
		return "el " + spanishDays[at.Weekday()]
	}
	return at.Weekday().String()
}

func words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
}

// setWords says what was done: "Deadlift 3x5 at 60 kg".
func (t *turn) setWords(exercise string, s lift.Set, sets int) string {
	name := t.clinic.Copy.Exercise(t.p.Language, exercise)
	if first, size := utf8.DecodeRuneInString(name); size > 0 {
		name = string(unicode.ToUpper(first)) + name[size:]
	}
	if s.Reps > 0 {
		name += " " + strconv.Itoa(max(sets, 1)) + "x" + strconv.Itoa(s.Reps)
	}
	return t.clinic.Copy.Say(t.p.Language, copy.PhraseAt, 0, copy.Vars{Lift: name, Load: s.Load.String()})
}
