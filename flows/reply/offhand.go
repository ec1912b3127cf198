package reply

import (
	"backstop/flows/reply/token"
)

// Numbers that somebody drops in passing: a score told late, what was drunk, an hour.

// offhandClaim is what number k is when it is only told in passing.
func (r *reading) offhandClaim(k int) claim {
	f := &r.figures[k]
	switch {
	case f.value > 10 && !f.outOfTen:
		return unclaimed
	case r.scoreAfter(k), r.thoseWere(f), r.plainOnes(f), r.goUpBy(k), r.asked == AskedRelapse && (r.is(f.to, "of") && (r.is(f.to+1, "em") || r.is(f.to+1, "them"))):
		return claimCount
	case r.nextOneAt(f), r.hourOfDay(f), r.hoursInRow(k):
		return claimClock
	case r.sessionPraised(f):
		return claimEffort
	}
	return unclaimed
}

// scoreAfter says whether the number ends a score: "9 frames to 7".
func (r *reading) scoreAfter(k int) bool {
	f := &r.figures[k]
	if k == 0 || f.outOfTen || !r.is(f.from-1, "to") || r.figures[k-1].to != f.from-2 {
		return false
	}
	return r.toks[f.from-2].Kind == token.Word && r.begins(f.from-2, cUnitTime)+r.begins(f.from-2, cUnitLoad)+r.begins(f.from-2, cPain)+r.begins(f.from-2, cBack)+r.begins(f.from-2, cRatingFollow) == 0
}

// thoseWere says whether the number counts what was just said not to be meant: "not the beers, those
// were 2", but not "fine but for the burpees, those were 3".
func (r *reading) thoseWere(f *figure) bool {
	start := f.from - 2
	if f.outOfTen || !r.is(f.from-1, "were") || start < 1 || !r.is(start, "those") && !r.is(start, "these") {
		return false
	}
	return r.mark(start-1) && r.speaksOf(cNegate, r.startOfClause(start-1), start)
}

// plainOnes says whether the number counts "ones": "2 bad days, 5 meh ones".
func (r *reading) plainOnes(f *figure) bool {
	return !f.outOfTen && f.to+1 < len(r.toks) && r.toks[f.to].Kind == token.Word && r.is(f.to+1, "ones") && r.clause[f.to+1] == r.clause[f.from]
}

// goUpBy says whether the number is a load that is asked about: "am i supposed to go up 5 or 10".
func (r *reading) goUpBy(k int) bool {
	f := &r.figures[k]
	if f.outOfTen {
		return false
	}
	if r.is(f.from-1, "up") && (r.is(f.from-2, "go") || r.is(f.from-2, "going") || r.is(f.from-2, "bump")) {
		return r.asked == AskedHomework || r.isQuestion()
	}
	return k > 0 && r.is(f.from-1, "or") && r.figures[k-1].to == f.from-1 && r.goUpBy(k-1)
}

// nextOneAt says whether the number is the hour of the next tablet: "next one at ten".
func (r *reading) nextOneAt(f *figure) bool {
	if f.outOfTen || !r.is(f.from-1, "at") && !r.is(f.from-1, "around") {
		return false
	}
	return r.is(f.from-2, "next") || r.is(f.from-3, "next") && r.toks[f.from-2].Kind != token.Mark
}

// hourOfDay says whether the number is an hour that nobody asked a rating of: "kicked me about 4
// this afternoon", but not "back about a 4 this afternoon".
func (r *reading) hourOfDay(f *figure) bool {
	if r.asked != AskedNone || f.outOfTen || f.value < 1 || r.begins(f.from-1, cApprox) == 0 || !r.is(f.to, "this") {
		return false
	}
	if !r.is(f.to+1, "afternoon") && !r.is(f.to+1, "morning") && !r.is(f.to+1, "evening") {
		return false
	}
	lead := f.from - 2
	return lead >= 0 && r.begins(lead, cPain)+r.begins(lead, cCopula)+r.begins(lead, cRatingWord)+r.begins(lead, cHolds) == 0 && (r.begins(lead, cBack) == 0 || r.begins(f.from-1, cArticle) == 0)
}

// hoursInRow says whether the number is one of several hours: "at midnight, at 3, at 5".
func (r *reading) hoursInRow(k int) bool {
	f := &r.figures[k]
	if f.outOfTen || !r.is(f.from-1, "at") {
		return false
	}
	beside := func(at int) bool {
		return r.is(at, "midnight") || r.is(at, "noon") || at >= 0 && at < len(r.toks) && r.toks[at].Kind == token.Number && r.is(at-1, "at")
	}
	return r.mark(f.from-2) && beside(f.from-3) || r.mark(f.to) && r.is(f.to+1, "at") && beside(f.to+2) && r.asked == AskedNone
}

// sessionPraised says whether the session is given the mark, of a patient whose back is well: "session was
// a 10/10, back feels good".
func (r *reading) sessionPraised(f *figure) bool {
	if !f.outOfTen || f.value < highMark || !r.any(cGood) {
		return false
	}
	for i := r.startOfClause(f.from); i < f.from; i++ {
		if r.is(i, "session") || r.is(i, "workout") || r.is(i, "class") {
			return !r.speaksOf(cPain, r.startOfClause(f.from), f.to) && !r.speaksOf(cBack, r.startOfClause(f.from), f.to)
		}
	}
	return false
}
