package reply

import "backstop/flows/reply/lexicon"

// A week told by its days, each kind with the number of its pain.

// dayRated says whether the number is how bad so many days were: "6 days of 4 and one day of 10".
func (r *reading) dayRated(f *figure) bool {
	at := f.from - 1
	if r.asked != AskedWeekly || f.value > 10 || !r.is(at, "of") || !r.is(at-1, "day") && !r.is(at-1, "days") {
		return false
	}
	_, counted := r.endsFigure(at - 1)
	return counted || r.begins(at-2, cArticle) == at-1
}

// restRated reads the number of the other days, told without their noun, where it looks like a part
// of ten or of another whole: "6 days of 4 and one of 10".
func (r *reading) restRated(k int) bool {
	f := &r.figures[k]
	if r.asked != AskedWeekly || k < 2 || !r.dayRated(&r.figures[k-1]) || f.from-r.figures[k-1].to != 1 || r.begins(f.from-1, cJoiner) == 0 && !r.is(f.from-1, ",") {
		return false
	}
	if f.outOfTen {
		if r.is(f.from+1, "of") {
			f.value = 10
		}
		return false
	}
	return r.is(f.to, "of") && r.figureWithin(f.to+1, f.to+2)
}

// otherDaysRated says whether other days have their number before: "6 days of 1 and one day of 7" is
// no one day in seven.
func (r *reading) otherDaysRated(f *figure) bool {
	k := int(r.figureFrom[f.from]) - 1
	return k > 2 && r.dayRated(&r.figures[k-2]) && r.sent[r.figures[k-2].from] == r.sent[f.from]
}

// restFollows says whether the other days are told of at token i: "two days of 7 the rest 2".
func (r *reading) restFollows(i int) bool {
	for end := i + 3; i < end && (r.mark(i) || r.begins(i, cJoiner) > 0 || r.is(i, "the")); i++ {
	}
	return r.is(i, "rest") || r.is(i, "others") || r.is(i, "other")
}

// yearsAgo says whether it was so long ago: "had a 9 two years ago", but not "since".
func (r *reading) yearsAgo(f *figure) bool {
	if !r.all.has(cUnitTime) {
		return false
	}
	for i := f.to; i < f.to+5 && i+1 < len(r.toks) && r.clause[i] == r.clause[f.from]; i++ {
		if r.is(i, "since") {
			return false
		}
		if r.is(i+1, "ago") && (r.is(i, "years") || r.is(i, "year") || r.is(i, "months") || r.is(i, "month") || r.is(i, "yrs") || r.is(i, "weeks")) {
			return true
		}
	}
	return false
}

// hourBy says whether "by" leads from a number to the hour, after another number with its time: "3 at
// noon 6 by 5".
func (r *reading) hourBy(f, g *figure) bool {
	k := int(r.figureFrom[f.from]) - 1
	if !painAsked(r.asked) || k == 0 || f.claim != unclaimed || g.claim != unclaimed && g.claim != claimClock || g.value > lastHour || f.value > 10 || r.endOfClause(f.from) != g.to {
		return false
	}
	e := &r.figures[k-1]
	if e.claim == claimClock && k > 1 {
		e = &r.figures[k-2] // "2 at 8, 7 by 5"
	}
	return r.mayRate(e) && (r.is(e.to, "at") || r.is(e.to, "before") || r.is(e.to, "til") || r.is(e.to, "till") || r.is(e.to, "in") || r.is(e.to, "this"))
}

// doseHour says whether the number is the hour of a dose: "took 2 at 6".
func (r *reading) doseHour(k int) bool {
	f := &r.figures[k]
	if k == 0 || f.outOfTen || f.value > lastHour || !r.is(f.from-1, "at") {
		return false
	}
	g := &r.figures[k-1]
	of := g.to
	if r.is(of, "of") {
		of++
	}
	return g.claim == claimDose && g.to == f.from-1 || g.value >= leastDose && r.clause[g.from] == r.clause[f.from] && of+1 == f.from-1 // "600 of ibuprofen at six"
}

// labels says whether the word at i is the label of the number behind it: "reps:10", "pain=5".
func (r *reading) labels(i int) bool {
	if !r.is(i+1, ":") && !r.is(i+1, "=") {
		return false
	}
	_, ok := r.figureStarting(i + 2)
	return ok
}

// carriesOver says whether the number is an earlier one that is said to be so still: "no change from
// the 5 yesterday", "same as yest a 2".
func (r *reading) carriesOver(f *figure) bool {
	if !r.all.has(cSameAs) || !painAsked(r.asked) || f.value > 10 {
		return false
	}
	for i := f.from - 1; i >= r.startOfClause(f.from) && f.from-i <= leadReach; i-- {
		if r.ends(i, cSameAs) {
			return !f.word || !r.is(f.to, "from")
		}
		if when, _ := r.timeAt(i); when == "" && r.begins(i, cYesterday)+r.begins(i, cWeekday)+r.begins(i, cArticle) == 0 && !r.is(i, "the") && !r.is(i, "that") && !r.is(i, "my") && !r.is(i, "yesterdays") && !r.is(i, "morning") && !r.is(i, "mornings") {
			return false
		}
	}
	return false
}

var (
	cSameAs    = lexicon.Must("same_as")
	cYesterday = lexicon.Must("t_yesterday")
)
