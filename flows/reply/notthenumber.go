package reply

import "backstop/flows/reply/lexicon"

// Numbers that are said not to be the one: wished for, feared, ruled out, or a mere end of the scale.

// ledTo says whether a phrase of c leads to the number, over no more than an article and words
// such as "about".
func (r *reading) ledTo(f *figure, c lexicon.Concept) bool {
	if !r.all.has(c) {
		return false
	}
	start := r.startOfClause(f.from)
	for i := f.from - 1; i >= start && f.from-i <= leadReach; i-- {
		if r.ends(i, c) {
			return true
		}
		if r.begins(i, cArticle) != i+1 && r.begins(i, cHedge) == 0 && r.begins(i, cApprox) != i+1 {
			return false
		}
	}
	return false
}

// leadReach is how many words before a number may lead to it.
const leadReach = 5

// notTheNumber says whether number k is no pain that there is: "hope to be down to a 3", "its no
// 8", and, beside another number, "could be a 9", "nowhere near 6/10".
func (r *reading) notTheNumber(k int) bool {
	f := &r.figures[k]
	if r.ledTo(f, cWishedNumber) {
		return true
	}
	if r.ledTo(f, cUnrealNumber) && !r.unableBefore(f) && !r.ledTo(f, cIfNot) && r.besideStated(k) {
		return true
	}
	if r.foretold(f) && r.besideStated(k) {
		return true
	}
	return f.outOfTen && r.saidNot(f) || r.ofCompared(f) || r.bounds(k)
}

// foretold says whether the number is what it will be on a day to come: "gonna be an 8 tomorrow".
func (r *reading) foretold(f *figure) bool {
	if !r.ledTo(f, cWillBe) {
		return false
	}
	if r.is(f.to, "tomorrow") || r.begins(f.to, cTomorrow) > 0 || r.is(f.to, "by") && r.begins(f.to+1, cWeekday) > 0 {
		return true
	}
	for i := f.from - 1; i >= r.startOfSentence(f.from) && f.from-i <= comparedReach; i-- {
		if r.begins(i, cTomorrow) > 0 {
			return true
		}
	}
	return false
}

// saidNot says whether a plain "not" stands before a number out of ten: "not 7/10, not sure what".
func (r *reading) saidNot(f *figure) bool {
	at := f.from - 1
	if r.begins(at, cArticle) == f.from {
		at--
	}
	if !r.is(at, "not") && !r.is(at, "isnt") && !r.is(at, "wasnt") {
		return false
	}
	return r.begins(at-1, cIfNot) == 0 && !r.is(at-1, "if") && !r.is(at-1, "why") && (f.to >= len(r.toks) || r.mark(f.to) || r.is(f.to, "at"))
}

// bounds says whether the number only tells what the next one is less than: "less than a 5 for sure,
// maybe 3". What it was while one did something is no bound.
func (r *reading) bounds(k int) bool {
	f := &r.figures[k]
	if k+1 >= len(r.figures) || !r.ledTo(f, cBoundNumber) || r.ledTo(f, cIfNot) {
		return false
	}
	closes := f.to >= len(r.toks) || r.mark(f.to) || r.is(f.to, "for") && r.is(f.to+1, "sure")
	g := &r.figures[k+1]
	over := r.flags[f.from]&(negated|hypothetical) == 0 && (r.ends(f.from-1, cCeiling) || r.ends(f.from-2, cCeiling))
	return closes && !over && g.value < f.value && r.clause[g.from] != r.clause[f.from] && r.opensClauseAs(g) && r.mayRate(g)
}

// ofCompared says whether the number is that of what it is compared with: "better than at my eval
// which was a 4".
func (r *reading) ofCompared(f *figure) bool {
	if !r.ledTo(f, cWhichWas) {
		return false
	}
	for i := f.from - 1; i >= r.startOfClause(f.from) && f.from-i <= comparedReach; i-- {
		if r.begins(i, cBack) > 0 {
			return false // "worse than my back which is a 2"
		}
		if r.is(i, "than") || r.is(i, "as") && r.is(i-2, "as") {
			return true
		}
	}
	return false
}

// comparedReach is how many words may stand between "than" and the number.
const comparedReach = 9

// unableBefore says whether the lead is itself denied: "cant forget the 9".
func (r *reading) unableBefore(f *figure) bool {
	for i := f.from - 1; i >= r.startOfClause(f.from) && f.from-i <= leadReach; i-- {
		if (r.is(i, "forget") || r.is(i, "scratch")) && r.begins(i-1, cUnable)+r.begins(i-1, cNegate)+r.begins(i-1, cFirstPerson) > 0 {
			return true
		}
	}
	return false
}

// besideStated says whether another number near k is stated, and not a mere point above it is meant:
// of "its a 7, could be an 8" the higher one counts.
func (r *reading) besideStated(k int) bool {
	f := &r.figures[k]
	for j := max(0, k-nearFigures); j < min(k+nearFigures, len(r.figures)); j++ {
		g := &r.figures[j]
		if j == k || !r.mayRate(g) || r.ledTo(g, cUnrealNumber) || r.ledTo(g, cWishedNumber) || r.ledTo(g, cWillBe) {
			continue
		}
		if r.ledTo(f, cCouldBe) && f.value < g.value+2 {
			return false
		}
		return true
	}
	return false
}

// mayRate says whether a number may be one of pain: nothing claims it, and the words around let it.
func (r *reading) mayRate(g *figure) bool {
	if g.claim != unclaimed || g.value > 10 || !g.outOfTen && r.unitAfter(g) != unclaimed {
		return false
	}
	return g.outOfTen || r.named(g.from, g.to) || r.fits(g.from, g.to)
}

// namesScaleEnd says whether a number is an end of the scale, and what it means follows: "10 being
// the worst, about a 6".
func (r *reading) namesScaleEnd(f *figure) bool {
	if f.value != 10 && f.value != 0 && f.value != 1 {
		return false
	}
	if f.value == 10 && (r.is(f.to, "meaning") || r.is(f.to, "means") || r.is(f.to, "would") && r.is(f.to+1, "be")) && len(r.figures) > 1 {
		return true // "10/10 would be screaming, im at 3"
	}
	if r.is(f.to, "being") && len(r.figures) > 1 {
		return r.begins(f.to+1, cCandid) == 0 // "its a 10 being honest"
	}
	return r.begins(f.to, cScaleEnd) > 0 && (r.is(f.to, "being") || r.is(f.to, "as") || r.figureFollows(f.from))
}

var (
	cHedge        = lexicon.Must("hedge")         // "like", "probably"
	cWishedNumber = lexicon.Must("wished_number") // "hope to be", "its no"
	cUnrealNumber = lexicon.Must("unreal_number") // "nowhere near", "expected"
	cCouldBe      = lexicon.Must("could_be")
	cScaleEnd     = lexicon.Must("scale_end") // "being the worst"
	cBoundNumber  = lexicon.Must("bound_number")
	cCandid       = lexicon.Must("candid") // "honest"
	cWillBe       = lexicon.Must("will_be")
	cTomorrow     = lexicon.Must("the_morrow")
	cWhichWas     = lexicon.Must("which_was")
)
