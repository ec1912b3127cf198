package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// What is remarked beside a number, and the number that is settled on among several.

var (
	cDayAdjective = lexicon.Must("day_adjective") // "long", "rough", of a day or what was done in it
	cDayPart      = lexicon.Must("day_part")      // "breakfast", "work", "bed"
	cSettles      = lexicon.Must("settles")       // "so", "call it", "prob", before the number settled on
)

// remarkAt says whether a remark of its own begins at token i after a number that ends at to, and
// no further number follows: the time in it is not the number's. "3 slept bad last night", "2 great
// job yesterday", "7 bc of yesterday".
func (r *reading) remarkAt(i, to int) bool {
	if r.begins(i, cSubordinate) > 0 && r.begins(i, cCauseMark) > 0 && !r.is(i, "since") || r.is(i, "porque") {
		return true
	}
	k, ok := r.endsFigure(to)
	if i != to || !ok || r.anotherAfter(&r.figures[k]) {
		return false
	}
	if r.begins(i, cSleepBad) > 0 || r.is(i, "slept") || r.is(i, "dormi") {
		return true
	}
	if r.begins(i, cDayAdjective) == 0 && r.begins(i, cGood) != i+1 || i+1 >= len(r.toks) || r.toks[i+1].Kind != token.Word {
		return false
	}
	when, _ := r.timeAt(i + 1)
	return (when == "" || when == whenSession) && r.begins(i+1, cPain)+r.begins(i+1, cBack)+r.begins(i+1, cFillerWord)+r.begins(i+1, cPreposition)+r.begins(i+1, cJoiner) == 0
}

// countedTime says whether the word at i only measures a number before it: "on the couch for 2
// nights" names no night.
func (r *reading) countedTime(i int) bool {
	k, ok := r.endsFigure(i)
	return ok && (r.figures[k].claim == claimDuration || r.figures[k].claim == claimCount)
}

// partOfDay says whether "before" at token i leads to a part of the day on which the question is
// asked: "2 before coffee", "3 before bed" in the evening.
func (r *reading) partOfDay(i int) bool {
	for j := i + 1; j <= i+3; j++ {
		if r.begins(j, cDayPart) == 0 {
			continue
		}
		when, _ := r.longestTime(i, i+1)
		return when == whenPast || r.asked == AskedEvening
	}
	return false
}

// settledFrom returns the token from which ratings count where the last one only says which of
// several it is: "6/7 if i twist. so 6", "3? 4? prob 3".
func (r *reading) settledFrom() int {
	last := len(r.ratings) - 1
	if last < 1 {
		return 0
	}
	x := &r.ratings[last]
	at := x.from - 1
	for at > 0 && (r.begins(at, cArticle) > 0 || r.begins(at, cApprox) == at+1) && !r.ends(at, cSettles) {
		at--
	}
	if !r.ends(at, cSettles) {
		return 0
	}
	for _, y := range r.ratings[max(0, last-nearFigures):last] {
		k, _ := r.figureStarting(y.from)
		range2, ok := r.rangeEnd(k)
		among := ok && (r.figures[k].value == x.value || r.figures[range2].value == x.value)
		if among || r.is(y.to, "?") && y.value == x.value {
			return x.from
		}
	}
	return 0
}

// fellTo says whether a number is what it came down from to the next: "7 down to 4" is 4 where the
// present is asked for.
func (r *reading) fellTo(i int) bool {
	if i+1 >= len(r.ratings) || r.asked != AskedH48 && r.asked != AskedNextMorning && r.asked != AskedNone {
		return false
	}
	x, next := &r.ratings[i], &r.ratings[i+1]
	end := r.begins(x.to, cEasedTo)
	return end > 0 && end <= next.from && r.clause[x.from] == r.clause[next.from] && next.value < x.value
}

// numbered says whether a "#" or "number" stands before a number that is the whole answer, or is
// said of the pain: "#3", "number 3 today", "pain is #3", but not "exercise #3", "#3 hurts".
func (r *reading) numbered(f *figure) bool {
	at := f.from - 1
	if !painAsked(r.asked) || f.value > 10 || len(r.figures) > 1 || !r.is(at, "#") && !r.is(at, "number") && !r.is(at, "numero") {
		return false
	}
	if before := at - 1; r.begins(before, cArticle) == at && !r.is(before, "the") && !r.is(before, "el") {
		at--
	}
	start := r.skipGreeting()
	if at > start && r.begins(at-1, cCopula)+r.begins(at-1, cPain)+r.begins(at-1, cBack)+r.begins(at-1, cRatingWord)+r.begins(at-1, cApprox)+r.begins(at-1, cAnaphor) == 0 && !r.is(at-1, "at") {
		return false
	}
	for i := f.to; i < r.endOfSentence(f.from); {
		_, end := r.timeAt(i)
		end = max(end, r.begins(i, cCourtesy), r.begins(i, cFillerWord), r.begins(i, cThanks))
		if end == 0 && !r.mark(i) && r.toks[i].Kind != token.Emoji {
			return false
		}
		i = max(end, i+1)
	}
	return true
}

// ebbedWithin says whether what is gone from token from to i went inside the window whose worst is asked
// for, so that it was there: "pain went away after lunch", "se me quitó con la ducha".
func (r *reading) ebbedWithin(from, i int) bool {
	left := r.leftBefore(from, i)
	if r.asked != AskedEvening && r.asked != AskedWeekly || left == 0 {
		return false
	}
	i = left
	if r.asked == AskedWeekly && r.begins(i, cWeekday) > 0 {
		return true // "pain went away wednesday"
	}
	for r.begins(i, cFillerWord) == i+1 && r.begins(i, cEbbTime) == 0 {
		i++
	}
	if r.begins(i, cEbbTime) == 0 || r.begins(i, cByNow) > 0 {
		return false
	}
	for j := i; j <= i+2; j++ {
		switch when, _ := r.longestTime(j, j+1); when {
		case whenPast:
			return false
		case whenMorning, whenLastNight, whenYesterday, whenWeek:
			return r.asked == AskedWeekly // "gone when i woke up" was gone before the session
		}
	}
	return true
}

// leftBefore returns where what says that the pain went, from about token from on, ends; 0 if
// nothing does.
func (r *reading) leftBefore(from, i int) int {
	left := max(r.begins(from, cLeftFor), r.begins(from-1, cLeftFor), r.begins(from-2, cLeftFor))
	if left == 0 && !r.ends(i-1, cLeftFor) {
		return 0
	}
	return max(i, left)
}

var (
	cEbbTime = lexicon.Must("ebb_time") // what leads to when or by what a pain left
	cByNow   = lexicon.Must("by_now")   // what begins like it and names no time
)

// afterCourtesy says whether token i closes thanks or an excuse that the number after it follows:
// "sorry for the late reply 3".
func (r *reading) afterCourtesy(i int) bool {
	start := r.startOfClause(i)
	k, ok := r.figureStarting(i + 1)
	if !ok || !r.digits(&r.figures[k]) || i-start > longestCourtesy || r.figures[k].to != r.endOfClause(i) && !r.mark(r.figures[k].to) {
		return false
	}
	if r.ends(i, cSaidBefore) {
		return false // "seis, perdón puse 9 sin querer"
	}
	if r.begins(start, cThanks)+r.begins(start, cExcuse) == 0 || r.begins(i, cUnitTime)+r.begins(i, cPreposition) > 0 || r.is(i, "session") {
		return false
	}
	for j := start; j < i; j++ {
		if r.begins(start, cExcuse) > 0 || r.is(j, "for") || r.is(j, "por") || r.is(j, "the") || r.typedWord(j) {
			return true
		}
	}
	return false
}

// longestCourtesy is how many words thanks or an excuse before a number may have.
const longestCourtesy = 6

// saysBefore says whether token i is "before", however typed.
func (r *reading) saysBefore(i int) bool {
	return r.is(i, "before") || r.is(i, "antes") || r.is(i, "b4") || r.is(i, "befor")
}

// mixedDays says whether what is good is so only in part: one thing is called not good and another
// not bad, or some days are set against others.
func (r *reading) mixedDays() bool {
	notGood, notBad := false, false
	for _, h := range r.hits {
		switch h.Concept {
		case cGoodNegated:
			notGood = notGood || r.is(int(h.From), "not") || r.is(int(h.From), "ni") || r.is(int(h.From), "no")
		case cGood:
			notBad = notBad || r.begins(int(h.From), cNotBad) == int(h.To)
		}
	}
	if notGood && notBad {
		return true
	}
	_, some := r.find(cSomeDays, nil)
	_, others := r.find(cOtherDays, nil)
	return some && others
}

var (
	cNotBad    = lexicon.Must("not_bad")
	cSomeDays  = lexicon.Must("some_days")
	cOtherDays = lexicon.Must("other_days")
)

// sitsAt says whether the "@" at i stands for where the pain sits, and no lift is told: "@ 3",
// "sittin @ 3", "back @ 4".
func (r *reading) sitsAt(i int) bool {
	if !painAsked(r.asked) || len(r.lifts) > 0 {
		return false
	}
	return i == 0 || r.ends(i-1, cHolds) || r.is(i-1, "im") || r.begins(i-1, cBack)+r.begins(i-1, cPainItself)+r.begins(i-1, cAnaphor) > 0
}

// movesOnly says whether the clause ends with the bare movement at i, or a number follows it: "0 rest
// / 4 move", "2 sit 5 stand".
func (r *reading) movesOnly(i int) bool {
	if r.begins(i, cBareMove) == 0 {
		return false
	}
	_, figure := r.figureStarting(i + 1)
	return i+1 >= len(r.toks) || r.mark(i+1) || figure || r.begins(i+1, cJoiner) > 0
}

var cSlipped = lexicon.Must("slipped") // "by accident", "sin querer"

var cBareMove = lexicon.Must("bare_move")

// outOfFew says whether a number is a part of another that is no ten: "hurts 1 out of 3 reps".
func (r *reading) outOfFew(f *figure) bool {
	at := f.to
	switch {
	case r.is(at, "out") && r.is(at+1, "of"):
		at += 2
	case r.is(at, "outta"):
		at++
	default:
		return false
	}
	k, ok := r.figureStarting(at)
	return ok && r.figures[k].value != 10 && r.figures[k].value >= f.value
}

// asksOfScale says whether the text only asks what a number means: "is 10 the worst?".
func (r *reading) asksOfScale(f *figure) bool {
	if r.is(f.to, "?") && r.asksWhat(f) {
		return true
	}
	return r.is(len(r.toks)-1, "?") && len(r.figures) == 1 && r.is(f.from-1, "is") && f.from-1 == r.skipGreeting() && r.begins(f.to, cApprox) == 0 && f.to < len(r.toks)-1
}

// asksWhat says whether "what is" stands before the number in Spanish: "¿qué es el 10?", but not "creo que
// es 8?".
func (r *reading) asksWhat(f *figure) bool {
	i := f.from - 1
	if r.is(i, "el") || r.is(i, "un") {
		i--
	}
	if !r.is(i, "es") && !r.is(i, "seria") && !r.is(i, "significa") || !r.is(i-1, "que") && !r.is(i-1, "q") && !r.is(i-1, "cuanto") && !r.is(i-1, "cual") {
		return false
	}
	i -= 2
	return i < r.skipGreeting() || i < 0 || r.mark(i) || len(r.at(i)) == 0 && r.begins(i-1, cHoldsVerdict) == 0
}

// dayRemark says whether a remark on one thing begins at token i after a number that counts none:
// "4 long day yesterday", but neither "4 long sets" nor "1 long day".
func (r *reading) dayRemark(i int) bool {
	k, ok := r.endsFigure(i)
	return ok && r.begins(i, cDayAdjective) > 0 && r.figures[k].value > 1 && r.remarkAt(i, i) && !r.severalOf(i+1)
}

// comesBack says whether what is gone from token from to i is told to have come back: "pain left when i
// stretched yesterday then came back".
func (r *reading) comesBack(from, i int) bool {
	if r.leftBefore(from, i) == 0 {
		return false
	}
	for j := i; j < len(r.toks) && r.sent[j] == r.sent[i-1]; j++ {
		if r.begins(j, cCameBack) > 0 {
			return r.flags[j]&negated == 0 && r.begins(j-1, cFirstPerson)+r.begins(j-1, cModal) == 0
		}
	}
	return false
}

var cCameBack = lexicon.Must("pain_came_back")

// startWithin says whether a start named before token i is that of what is asked about, the session
// or the week, and not of the therapy.
func (r *reading) startWithin(i int) bool {
	if r.asked != AskedEvening && r.asked != AskedWeekly && r.asked != AskedHomework {
		return false
	}
	for j := i; j < i+4 && j < len(r.toks); j++ {
		if r.begins(j, cWholeCourse) > 0 {
			return false
		}
	}
	return true
}

var (
	cAtStart     = lexicon.Must("at_start")
	cWholeCourse = lexicon.Must("whole_course")
)
