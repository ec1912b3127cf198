package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// Hours that no word of the clock stands beside.

// spokenMinutes finds "seven fifteen": an hour and its minutes in words.
func (r *reading) spokenMinutes(f *figure) bool {
	k := int(r.figureFrom[f.from]) - 1
	if k > 0 {
		if g := &r.figures[k-1]; g.to == f.from && g.claim == claimClock && f.word && f.value >= 10 {
			return true
		}
	}
	if !f.word || f.value > lastHour || f.value < 1 || k+1 >= len(r.figures) {
		return false
	}
	g := &r.figures[k+1]
	return g.from == f.to && g.word && (g.value == 15 || g.value == 20 || g.value == 30)
}

// wakingHours finds the hours of a night: "woke at 5 and 6 w the newborn", "stiff
// until about 9".
func (r *reading) wakingHours(f *figure) bool {
	if f.value > lastHour || f.value < 1 || f.outOfTen || !r.digits(f) {
		return false
	}
	at := f.from - 1
	if at > 0 && (r.is(at, "about") || r.is(at, "around") || r.is(at, "like")) {
		at-- // "until about 9"
	}
	if at < f.from-1 && (r.is(at, "until") || r.is(at, "till") || r.is(at, "til")) {
		return true
	}
	return r.is(f.from-1, "at") && r.ends(f.from-2, cRises) && (r.is(f.to, "and") || r.is(f.to, ",")) && r.toksNumber(f.to+1)
}

// intended finds the hour of what is yet to be done: "gonna hit it at 8 tonight".
func (r *reading) intended(f *figure) bool {
	at := f.from - 1
	if f.value > lastHour || f.outOfTen || !r.digits(f) || !r.is(at, "at") && !r.is(at, "around") && !r.is(at, "by") && !r.is(at, "como") && !r.is(at, "las") {
		return false
	}
	for j := at - 1; j >= r.startOfClause(f.from) && at-j <= 6; j-- {
		if r.begins(j, cIntends) > 0 {
			return !r.painSubject(f)
		}
	}
	return false
}

// dayHour finds the hour of a day that is named before it: "I mean to see you Thursday
// at 2". In a week that is asked about, "worst was Thursday at 6" is a rating.
func (r *reading) dayHour(f *figure) bool {
	at := f.from - 1
	if at < 1 || f.outOfTen || f.value < 1 || f.value > lastHour || f.value != float64(int(f.value)) || r.begins(at, cHourLead) == 0 || r.begins(at-1, cWeekday)+r.begins(at-1, cDay) == 0 {
		return false
	}
	if when, _ := r.longestTime(at-1, at); r.painSubject(f) || r.clause[at-1] != r.clause[at] || painAsked(r.asked) && (when == whenNow || when == whenEvening) {
		return false
	}
	if r.asked != AskedWeekly {
		return true
	}
	for j := r.startOfSentence(at); j < at; j++ {
		if r.begins(j, cIntends)+r.begins(j, cPlanned)+r.begins(j, cAppointment)+r.begins(j, cMeets) > 0 {
			return true
		}
	}
	return false
}

// sinceHour finds the hour in words after which something has lasted: "shivering since
// four", "since about five".
func (r *reading) sinceHour(f *figure) bool {
	if !f.word || f.outOfTen || f.value < 1 || f.value > lastHour {
		return false
	}
	at := f.from - 1
	if at > 0 && r.begins(at, cApprox) == f.from || r.is(at, "las") {
		at--
	}
	if !r.is(at, "since") && !r.is(at, "desde") || r.mark(at-1) || at < 1 {
		return false
	}
	return f.to >= len(r.toks) || r.mark(f.to) || r.begins(f.to, cJoiner)+r.begins(f.to, cBut)+r.begins(f.to, cPreposition) > 0 || r.toks[f.to].Kind == token.Emoji || r.partOfDayAt(f.to)
}

// partOfDayAt says whether a part of the day begins at token i: "since two this afternoon".
func (r *reading) partOfDayAt(i int) bool {
	when, _ := r.timeAt(i)
	return when == whenMorning || when == whenEvening || when == whenNow || when == whenYesterday
}

// openingHour finds the hour that a statement of what happened opens with: "Around 5 I
// had a ripping pain".
func (r *reading) openingHour(f *figure) bool {
	at := f.from - 1
	if at < 0 || f.value > lastHour || f.value < 1 || f.value != float64(int(f.value)) || f.outOfTen || !r.opensAt(at) || r.begins(at, cHourLead) == 0 && !r.is(at, "about") {
		return false
	}
	i := f.to
	if r.is(i, ",") {
		i++
	}
	if when, end := r.timeAt(f.to); r.is(at, "at") && (when == whenNow || when == whenMorning || when == whenEvening) && end < len(r.toks) && r.begins(end, cArticle)+r.begins(end, cSubject) > 0 && !r.mark(end) {
		return true // "at 5 today a tearing pain went through"
	}
	switch r.keyOr(i) {
	case "i", "we", "he", "she", "they":
		if r.is(at, "at") && i == f.to && i+1 < len(r.toks) && r.toks[i+1].Kind == token.Word && r.begins(i+1, cOpines) == 0 {
			return true // "at 9 I turn into a pumpkin", but not "at 3 I think"
		}
	}
	return r.begins(i, cSubject)+r.begins(i, cPossessive) > 0 && (r.begins(i+1, cBefell) > 0 || r.begins(i+2, cBefell) > 0 && r.begins(i, cPossessive) > 0)
}

// wokeMeAt finds the hour at which one was woken, whoever did it: "the back woke me at 3".
func (r *reading) wokeMeAt(f *figure) bool {
	at := f.from - 1
	if at < 2 || f.value > lastHour || f.value < 1 || f.outOfTen || !r.is(at, "at") && !r.is(at, "around") && !r.is(at, "by") && !r.is(at, "las") {
		return false
	}
	if r.is(at, "las") && r.is(at-1, "a") {
		at--
	}
	if r.is(at-1, "up") && (r.is(at-2, "was") || r.is(at-2, "were") || r.is(at-2, "been") || r.is(at-2, "am")) && (r.is(at-3, "i") || r.is(at-3, "we") || r.is(at-3, "ive")) {
		return r.digits(f) // "I was up at 4"
	}
	return r.ends(at-1, cWokeMe)
}

// struckAt finds the hour at which the back went: "threw my back out at 6 this morning",
// "went into spasm at 2 on the dot".
func (r *reading) struckAt(f *figure) bool {
	at := f.from - 1
	if at < 1 || !r.is(at, "at") && !r.is(at, "around") || f.value > lastHour || f.value < 1 || f.outOfTen || !r.ends(at-1, cFlare) {
		return false
	}
	if i := at - 2; i > 0 && r.begins(i, cFlareOut) == at && !r.backBefore(i) {
		return true // "the water heater went out at 3"
	}
	when, _ := r.timeAt(f.to)
	return when == whenMorning || when == whenEvening || when == whenNow || when == whenLastNight || when == whenYesterday || r.begins(f.to, cSharp) > 0
}

// opensAt says whether a clause begins at token i, a joint before it aside.
func (r *reading) opensAt(i int) bool {
	start := r.startOfClause(i)
	return start == i || start == i-1 && r.begins(start, cJoiner)+r.begins(start, cBut) > 0 || i > 0 && r.is(i-1, "then")
}

var (
	cOpines = lexicon.Must("opines")
	cWokeMe = lexicon.Must("woke_me")
	cSharp  = lexicon.Must("on_the_dot")
)

var cBefell = lexicon.Must("befell")

// listedHour says whether nothing but joints stands between a number and the hour that
// a list goes on with: "up at 1, at 3 and again at 4:30".
func (r *reading) listedHour(f, hour *figure) bool {
	from, to := f.to, hour.from
	if hour.from < f.from {
		from, to = hour.to, f.from
		for r.figureTo[min(to, len(r.toks))] == 0 && from < to && (r.is(from, ":") || r.is(from, "am") || r.is(from, "pm")) {
			from++
		}
	}
	if !r.is(f.from-1, "at") && !r.is(f.from-1, "las") && !r.is(f.from-1, "around") || f.value > lastHour || to-from > 4 || r.painSubject(f) && !r.ends(f.from-2, cRises) {
		return false
	}
	for j := from; j < to; j++ {
		switch r.key(j) {
		case ",", "and", "or", "then", "again", "at", "around", "y", "o", "a", "las", "luego", "otra", "vez", "ni":
		default:
			return false
		}
	}
	return true
}

var (
	cIntends = lexicon.Must("intends")
	cMeets   = lexicon.Must("meets")
)

func (r *reading) toksNumber(i int) bool { return i < len(r.toks) && r.toks[i].Kind == token.Number }

var cRises = lexicon.Must("rises")

// movesHour says whether an hour is moved to another: that is no move of a home.
func (r *reading) movesHour() bool {
	for k := range r.figures {
		if r.figures[k].claim == claimClock && r.movedTo(&r.figures[k]) {
			return true
		}
	}
	return false
}

// movedTo finds the hour that another is moved to: "moving my 3:30 to a 5".
func (r *reading) movedTo(f *figure) bool {
	at := f.from - 1
	if r.begins(at, cArticle) == f.from {
		at--
	}
	k, ok := r.endsFigure(at)
	if !ok || !r.is(at, "to") && !r.is(at, "a") && !r.is(at, "para") || r.figures[k].claim != claimClock || f.value > lastHour {
		return false
	}
	for i := r.figures[k].from - 1; i >= r.startOfClause(at) && r.figures[k].from-i <= 5; i-- {
		if r.begins(i, cMove) > 0 {
			return true
		}
	}
	return false
}
