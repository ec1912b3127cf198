package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// shareClaims gives a number of a list what its neighbour is: "up at 1, 3 and
// 5am", "1 min or 3", "set 3 of 5", "3 out of 4 times".
func (r *reading) shareClaims() {
	for k := 1; k < len(r.figures); k++ {
		f, before := &r.figures[k], &r.figures[k-1]
		if f.claim != unclaimed || f.outOfTen {
			continue
		}
		switch at := f.from - 1; {
		case before.claim == claimElsewhere && before.to == f.from-1 && (r.is(before.to, "and") || r.is(before.to, "y") || r.is(before.to, "to")) && r.measuresThing(before):
			f.claim = claimElsewhere // "our team is 7 and 2"
		case r.rowOfAges(before, f):
			f.claim = claimCount
		case r.whichWay(k):
		case r.jokesScore(before, f):
			before.claim, f.claim = claimCount, claimCount
		case before.claim == unclaimed && r.dimension(before, f), before.claim == claimClock && r.spanOfHours(before, f):
			before.claim, f.claim = claimCount, claimCount
		case before.claim == claimCode && f.from == before.to+1 && (r.is(before.to, "for") || r.is(before.to, "por")) && r.begins(before.from-1, cPays) > 0:
			f.claim = claimCode // "bought 2 for 5"
		case r.pair(before, f):
			before.claim, f.claim = claimCount, claimCount
		case r.asked == AskedWeekly && before.claim == claimDuration && r.begins(at, cGood) > 0 && before.value+f.value == daysOfWeek:
			f.claim = claimDuration // "bad 2 days, ok 5"
		case before.claim == claimClock && r.listedHour(f, before):
			f.claim = claimClock // "at 1:30 and again around 4"
		case before.claim == claimCount && r.is(at, "than") && (r.begins(before.from-1, cNumberNoun) > 0 || r.is(before.from-1, "session")) && r.sent[before.from] == r.sent[f.from]:
			f.claim = claimCount // "session 4 was rougher than 3"
		case r.setsNamed(before, f):
			f.claim = claimCount // "on reps 8 9 and 10"
		case before.claim == unclaimed && r.is(at, "at") && r.is(at-1, "again") && r.is(before.from-1, "at") && r.digits(f) && f.value <= lastHour && before.value <= lastHour:
			before.claim, f.claim = claimClock, claimClock // "hurt at 2 then again at 5"
		case r.countsOn(before, f), r.asked == AskedHomework && r.repsRow(k):
			f.claim = claimCount
		case r.rowOfHours(k), (r.is(at, "and") || r.is(at, "y")) && before.to == at && before.claim == claimClock && (r.ends(before.from-2, cRises) || r.rowOfHours(k-1)):
			f.claim = claimClock // "woke at 5 and 6 w the newborn"
		case (r.is(at, "or") || r.is(at, "o")) && before.to == at && before.claim == claimCount && r.is(before.from-1, "of"):
			f.claim = claimCount // "sets of 5 or 8?"
		case r.is(at, "of") && before.to == at && before.claim == claimCount, r.ofCounted(before, f):
			f.claim = claimCount
		case (r.is(at, "or") || r.is(at, "o")) && before.to == at-1 && before.claim == claimDuration && f.to == r.endOfClause(f.from):
			f.claim = claimDuration
		}
	}
	for k := len(r.figures) - 2; k >= 0; k-- {
		f, after := &r.figures[k], &r.figures[k+1]
		if r.dimension(f, after) {
			f.claim, after.claim = claimCount, claimCount
		}
		if f.claim == unclaimed && f.to == after.from && after.claim == claimCount && r.is(after.to, "by") {
			f.claim = claimCount // "3 two by fours"
		}
		if f.claim == unclaimed && f.to == after.from-1 && after.claim == claimCount && r.begins(f.to, cRange) > 0 && r.begins(after.to, cPoints) > 0 {
			f.claim = claimCount // "one or two points lower"
		}
		if f.claim == unclaimed && after.claim == claimClock && r.sent[f.from] == r.sent[after.from] && f.value <= lastHour && r.is(f.from-1, "at") && r.begins(f.from-2, cStartsAt) > 0 {
			f.claim = claimClock // "started at 6, done by 6:40"
		}
		if (f.claim == unclaimed || f.claim == claimElsewhere || f.claim == claimClock && after.claim == unclaimed) && r.hours(f, after) {
			f.claim, after.claim = claimClock, claimClock
		}
		if f.claim == unclaimed && (after.claim == claimCount || after.claim == claimDuration) && (after.from == f.to+2 && r.is(f.to, "out") && r.is(f.to+1, "of") || after.from == f.to+1 && r.is(f.to, "outta")) {
			f.claim = claimCount
		}
		if f.claim != unclaimed || f.outOfTen || after.claim != claimClock || f.value > lastHour {
			continue
		}
		if r.listedHour(f, after) {
			f.claim = claimClock
		}
		if f.to != after.from-1 {
			continue
		}
		joined := r.is(f.to, "and") || r.is(f.to, "y") || r.is(f.to, "or")
		if joined || r.is(f.to, ",") && (r.is(f.from-1, "at") || r.is(f.from-1, "las") || r.is(f.from-1, ",")) {
			f.claim = claimClock
		}
	}
}

// setsNamed says whether f goes on naming what "reps" or "sets" before g names.
func (r *reading) setsNamed(g, f *figure) bool {
	if g.claim != claimCount || f.from-g.to > 1 || f.from > g.to && r.begins(g.to, cJoiner) == 0 && !r.is(g.to, ",") {
		return false
	}
	i := g.from - 1
	for ; i >= 0 && g.from-i < nearFigures; i-- {
		if r.toks[i].Kind != token.Number && r.begins(i, cJoiner) == 0 && !r.is(i, ",") {
			break
		}
	}
	if r.begins(f.from-1, cJoiner) > 0 && r.begins(i, cNumberNoun) > 0 && r.begins(f.to, cPain)+r.begins(f.to, cBodyVerb) > 0 {
		return true // "number 2 and 3 hurt"
	}
	return r.is(i, "reps") || r.is(i, "sets") || r.is(i, "series") || r.is(i, "repeticiones") || r.is(i, "exercises") || r.is(i, "ejercicios") || r.is(i, "numbers")
}

// ofCounted says whether f is the whole of which g is the part, with its unit
// between: "5 days of 7", "2 times out of 3".
func (r *reading) ofCounted(g, f *figure) bool {
	at := f.from - 1
	if !r.is(at, "of") || r.dayRated(f) && (r.otherDaysRated(f) || r.restFollows(f.to)) || g.claim != claimCount && g.claim != claimDuration {
		return false
	}
	if r.is(at-1, "out") {
		return g.to == at-2
	}
	return g.to == at-1 && f.value == daysOfWeek
}

// dimension says whether two numbers are a size or the hours of a job: "two by fours",
// "my 9 to 5".
func (r *reading) dimension(f, g *figure) bool {
	if g.from != f.to+1 || f.outOfTen || g.outOfTen {
		return false
	}
	if r.is(f.to, "by") && r.hourBy(f, g) {
		g.claim = claimClock
		return false
	}
	if r.is(f.to, "by") {
		return !r.painSubject(f) || f.word
	}
	if r.spanOfHours(f, g) || r.standsAtScore(f, g) {
		return true
	}
	if (r.is(f.to, "to") || r.is(f.to, "-") || r.is(f.to, "a") || r.is(f.to, "and")) && r.ends(f.from-1, cGameEnds) && f.claim == unclaimed {
		return true // "the score was 5 to 2"
	}
	if (r.is(f.to, "to") || r.is(f.to, "a")) && f.claim == unclaimed && r.speaksOf(cGameEnds, r.startOfClause(f.from), f.from) && !r.painSubject(f) && !r.speaksOf(cPain, r.startOfClause(f.from), f.from) {
		return true // "le gané a mi hermano 6 a 4"
	}
	if !r.is(f.to, "to") || f.value > lastHour || g.value > lastHour || f.claim != unclaimed {
		return false
	}
	switch r.keyOr(f.from - 1) {
	case "my", "his", "her", "our", "their":
		return true
	case "an", "a":
		k := int(r.figureFrom[f.from]) - 2
		return k > 0 && r.figures[k].claim == claimCount && r.is(r.figures[k-1].to, "to") && r.sent[r.figures[k].from] == r.sent[f.from]
	}
	return false
}

// spanOfHours says whether two numbers are hours because what lies between them is neither
// pain nor nothing: "the plumber comes between 8 and 10", "the meeting ran from 1 to 3".
func (r *reading) spanOfHours(f, g *figure) bool {
	at := f.from - 1
	between := r.is(at, "between") && r.is(f.to, "and") || r.is(at, "entre") && r.is(f.to, "y")
	from := r.is(at, "from") && (r.is(f.to, "to") || r.is(f.to, "till") || r.is(f.to, "until")) || r.is(at, "de") && r.is(f.to, "a")
	start := r.startOfClause(at)
	if !between && !from || at <= start || f.value > lastHour || g.value > lastHour || f.claim != unclaimed && f.claim != claimClock || g.claim != unclaimed || g.from != f.to+1 || r.begins(g.to, cPain) > 0 {
		return false
	}
	owned := false
	for j := start; j < at; j++ {
		if r.begins(j, cPain)+r.begins(j, cBack)+r.begins(j, cRatingWord)+r.begins(j, cChangeFrom)+r.begins(j, cStatusOther) > 0 || r.is(j, "it") || r.is(j, "its") {
			return false
		}
		owned = owned || r.begins(j, cArticle) > 0 || r.is(j, "the") || r.is(j, "el") || r.is(j, "la") || r.isPossessive(j) || r.is(j, "i") || r.is(j, "we")
	}
	return owned && (from || !r.leadFits(at-1))
}

var cStartsAt = lexicon.Must("starts_at")

// countsOn says whether f goes on counting what g counts: "11 so far and 2 in the kitchen".
func (r *reading) countsOn(g, f *figure) bool {
	if r.sent[g.from] != r.sent[f.from] || f.outOfTen || g.outOfTen || r.painSubject(f) || f.from-g.to > 4 {
		return false
	}
	if !(g.claim == claimCount && r.begins(g.to, cUnitCount) == 0 || g.claim == unclaimed && g.value > 10) {
		return false
	}
	if r.leadIn(g.from-1, cNumberNoun) {
		return false // "exit 7 was closed, and 3 at the most"
	}
	return r.begins(f.from-1, cJoiner) > 0 && (r.is(f.to, "in") || r.is(f.to, "on") || r.is(f.to, "en")) && r.begins(f.to, cPain) == 0
}

// repsRow says whether the number k ends a row of three or more that only "and" or a
// comma joins: "8 and 8 and 8 with the broomstick". It claims those before it.
func (r *reading) repsRow(k int) bool {
	first := k
	for first > 0 {
		g, f := &r.figures[first-1], &r.figures[first]
		if g.to != f.from-1 || g.outOfTen || !r.is(g.to, "and") && !r.is(g.to, "then") && !r.is(g.to, "y") && !r.is(g.to, ",") || g.claim != unclaimed && g.claim != claimCount {
			break
		}
		first--
	}
	if k-first < 2 || r.painSubject(&r.figures[first]) {
		return false
	}
	for j := first; j < k; j++ {
		r.figures[j].claim = claimCount
	}
	return true
}

// daysOfWeek is what the good and the bad days of a week come to.
const daysOfWeek = 7

// pair says whether two numbers side by side are the score of a game or somebody's
// height: "my team lost 5 3", "im 6 2".
func (r *reading) pair(f, g *figure) bool {
	if f.claim != unclaimed || f.outOfTen || g.from != f.to || !r.digits(f) || !r.digits(g) {
		return false
	}
	tall := f.value >= 4 && f.value <= 7 && g.value < lastHour && (r.is(f.from-1, "im") || r.is(f.from-1, "am"))
	return tall || r.begins(f.from-1, cGameEnds) > 0
}
