package reply

import "backstop/flows/reply/lexicon"

// Marks out of ten that others give the back, or that the patient gives something else.

// othersOpinion says whether somebody else's word for the patient's pain is the number, beside the
// patient's own: "my wife thinks its a 9 but its a 4", "my coworker says 8 lol, its a 2".
func (r *reading) othersOpinion(k int) bool {
	f := &r.figures[k]
	if !r.all.has(cOpinesNumber) || r.any(cProxy) {
		return false
	}
	start, verb := r.startOfClause(f.from), -1
	for i := f.from - 1; i > start && f.from-i <= opinionReach; i-- {
		if r.begins(i, cOpinesNumber) > 0 {
			verb = i
			break
		}
	}
	if verb < 0 || !r.ends(verb-1, cOtherPerson) && !r.ends(verb-1, cKinSubject) {
		return false
	}
	for i := verb + 1; i < f.from; i++ {
		if r.begins(i, cLink)+r.begins(i, cHedge)+r.begins(i, cArticle)+r.begins(i, cApprox) == 0 && !r.is(i, "im") && !r.is(i, "more") && !r.is(i, "my") && r.begins(i, cBack)+r.begins(i, cPain) == 0 {
			return false
		}
	}
	for j := max(0, k-nearFigures); j < min(k+nearFigures, len(r.figures)); j++ {
		if g := &r.figures[j]; j != k && r.clause[g.from] != r.clause[f.from] && r.mayRate(g) && r.statesOwn(g) {
			return true
		}
	}
	return false
}

// opinionReach is how many words may stand between the verb of an opinion and its number.
const opinionReach = 6

// statesOwn says whether the number's clause is the patient's own word: it opens with the number,
// with "its", or with "I".
func (r *reading) statesOwn(g *figure) bool {
	if r.opensClauseAs(g) || r.painNamed(g) {
		return true
	}
	for i := g.from - 1; i >= r.startOfClause(g.from) && g.from-i <= leadReach; i-- {
		if r.begins(i, cThisPain)+r.begins(i, cFirstPerson) > 0 || r.is(i, "so") || r.is(i, "im") || r.is(i, "id") {
			return true
		}
		if r.begins(i, cOtherPerson)+r.begins(i, cKinSubject) > 0 {
			return false
		}
	}
	return false
}

// reviews says whether the number is the mark of a thing, and of the back something else is told:
// "7/10 for this gym, back is barking", "my playlist 5 out of 10, back still hurts".
func (r *reading) reviews(k int) bool {
	if !r.any(cReviewedThing, cReviewedWork, cReviewedPlace) {
		return false
	}
	f := &r.figures[k]
	if end := max(r.begins(f.to, cReviewedThing), r.begins(f.to, cReviewedPlace)); f.outOfTen && end > 0 && r.opensClauseAs(f) && (r.mark(end) || end == r.endOfClause(f.from)) {
		return r.numberBeside(f) && r.backToldApart(f, end) // "10/10 dinner, back is a 2"
	}
	end := r.reviewBehind(f)
	if end == 0 && !r.reviewBefore(f) {
		return false
	}
	return r.backToldApart(f, max(end, f.to))
}

// reviewBehind returns the end of the thing whose mark the number is, 0 if none stands behind it:
// "8/10 for the workout", "3/10 for my new mattress".
func (r *reading) reviewBehind(f *figure) int {
	if !r.is(f.to, "for") || r.painSubject(f) && !r.is(f.from-1, "a") {
		return 0
	}
	for i := f.to + 1; i <= f.to+4 && i < len(r.toks) && r.clause[i] == r.clause[f.from]; i++ {
		if r.begins(i, cBack)+r.begins(i, cPain) > 0 {
			return 0
		}
		if end := r.begins(i, cReviewedThing); end > 0 {
			return end
		}
		if end := max(r.begins(i, cReviewedWork), r.begins(i, cReviewedPlace)); end > 0 && f.outOfTen {
			return end
		}
	}
	return 0
}

// reviewBefore says whether a thing and no more than a verb stand before the number. At an exercise
// the back may have hurt so much, and on a chair, unless it "gets" its mark.
func (r *reading) reviewBefore(f *figure) bool {
	start, gets := r.startOfClause(f.from), false
	for i := f.from - 1; i >= start && f.from-i <= opinionReach; i-- {
		place := r.ends(i, cReviewedPlace) && (gets || f.outOfTen)
		if place || r.ends(i, cReviewedThing) {
			return r.nounOpens(start, i)
		}
		if r.ends(i, cReviewedWork) && (gets || !r.numberBeside(f) || r.praises(f)) {
			return (i > start || r.praises(f)) && r.begins(start, cRates)+r.begins(start+1, cRates) == 0 && r.nounOpens(start, i)
		}
		gets = gets || r.begins(i, cGetsMark) > 0
		if r.begins(i, cGetsMark)+r.begins(i, cHedge)+r.begins(i, cArticle)+r.begins(i, cApprox)+r.begins(i, cCopula) == 0 && !r.is(i, "here") && !r.is(i, "last") && !r.is(i, "night") && !r.is(i, "after") {
			return false
		}
	}
	return false
}

// praises says whether the number out of ten is high and pain has one of its own in the next clause:
// "session was a 10/10, pain 5".
func (r *reading) praises(f *figure) bool {
	k := int(r.figureFrom[f.from])
	if !f.outOfTen || f.value < highMark || k >= len(r.figures) || f.to >= len(r.toks) || !r.mark(f.to) {
		return false
	}
	g := &r.figures[k]
	start := r.startOfClause(g.from)
	return r.clause[g.from] != r.clause[f.from] && (r.begins(start, cPainItself) == start+1 || r.is(start, "pain")) && r.mayRate(g) && !r.wasBefore(g.from)
}

// nounOpens says whether an article, a possessive or the noun itself opens the clause.
func (r *reading) nounOpens(start, noun int) bool {
	if noun-start > 3 {
		return false
	}
	if r.begins(start, cBut)+r.begins(start, cJoiner) == start+1 {
		start++
	}
	return start == noun || r.isPossessive(start) || r.is(start, "the") || r.is(start, "new") || r.is(start, "that") || r.is(start, "this") || r.is(start, "ur") || r.begins(start, cReviewedThing)+r.begins(start, cReviewedWork)+r.begins(start, cReviewedPlace) > 0
}

// numberBeside says whether another number may rate.
func (r *reading) numberBeside(f *figure) bool {
	k := int(r.figureFrom[f.from]) - 1
	for j := max(0, k-nearFigures); j < min(k+nearFigures, len(r.figures)); j++ {
		if j != k && r.mayRate(&r.figures[j]) {
			return true
		}
	}
	return false
}

// backToldApart says whether the back is spoken of outside the words [start of clause, end).
func (r *reading) backToldApart(f *figure, end int) bool {
	start := r.startOfClause(f.from)
	for _, h := range r.hits {
		i := int(h.From)
		if i >= start && i < end {
			continue
		}
		if h.Concept == cBack && !r.is(i+1, "to") || h.Concept == cPain && r.flags[i]&idiomatic == 0 {
			return true
		}
	}
	return false
}

var (
	cOpinesNumber  = lexicon.Must("opines_number")
	cReviewedThing = lexicon.Must("reviewed_thing")
	cReviewedWork  = lexicon.Must("reviewed_work")  // "workout", "stretches"
	cReviewedPlace = lexicon.Must("reviewed_place") // "chair", "gym"
	cGetsMark      = lexicon.Must("gets_mark")
)
