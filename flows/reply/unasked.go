package reply

import "backstop/flows/reply/token"

// Numbers of pain that nobody asked for, by how they are put.

// putUnasked says whether a number that nobody asked for is put as one of pain: with its article as
// all that a clause says ("igual, un 8, vivo en el piso 3"), as a range ("entre 3 y 4"), or in
// the place of another that was said to be wrong ("un 3 digo un 5").
func (r *reading) putUnasked(f *figure, to int) bool {
	if r.asked != AskedNone && r.asked != AskedTravelPre || !r.closesThought(to) {
		return false
	}
	if r.is(r.endOfSentence(f.from)-1, "?") {
		return r.is(to, ",") && r.opensText(f) && (r.articleAlone(f) || r.saidToStand(f)) // "un 2, me pongo hielo?"
	}
	return r.sameAsEver(f, to) || r.estimated(f, to) || r.saidToStand(f) || r.nowLeads(f) || r.articleAlone(f) || r.standsFor(f) || r.rangeAlone(f, to) || r.afterSymptom(f, to) || r.unlikeBefore(f, to)
}

// closesThought says whether the thought with the number ends at token to.
func (r *reading) closesThought(to int) bool {
	if to >= len(r.toks) || r.mark(to) && !r.is(to, "-") && !r.is(to, "/") || r.toks[to].Kind == token.Emoji {
		return true
	}
	when, _ := r.timeAt(to)
	return when != "" || r.goesOn(to) || r.elseRated(to+1) || r.elseRated(to+2) || r.is(to, "creo") || r.begins(to, cBut)+r.begins(to, cOwnVerdict)+r.begins(to, cAfterNow)+r.begins(to, cCorrect) > 0 || r.begins(to, cRatingFollow) > 0 && !r.is(to, "de") && !r.is(to, "of")
}

// articleAlone says whether the clause up to the number is no more than "un" and a word or two that
// only lead to it: "igual un 5", "mejor, un 8". Spanish puts "un" before a mark, not before a count.
func (r *reading) articleAlone(f *figure) bool {
	if !r.is(f.from-1, "un") {
		return false
	}
	for i := f.from - 2; i >= r.startOfClause(f.from); i-- {
		if _, ok := r.endsFigure(i + 1); ok {
			return true // "un 7 ayer, hoy un 4" has more than one
		}
		when, _ := r.timeAt(i)
		if when == "" && r.begins(i, cApprox)+r.begins(i, cFillerWord)+r.begins(i, cStandsAt)+r.begins(i, cLink)+r.begins(i, cBut)+r.begins(i, cJoiner)+r.begins(i, cInterjection)+r.begins(i, cGreeting) == 0 && !r.ends(i, cWorse) && !r.ends(i, cBetter) {
			return false
		}
	}
	return true
}

// standsFor says whether the number takes the place of one said just before: "diez perdón cinco".
func (r *reading) standsFor(f *figure) bool {
	i := f.from - 1
	if r.begins(i, cArticle) == f.from {
		i--
	}
	k := int(r.figureFrom[f.from]) - 2
	if k < 0 || r.figures[k].value > 10 || r.figures[k].claim != unclaimed && r.figures[k].claim != claimDenied {
		return false
	}
	if g := &r.figures[k]; g.claim == claimDenied {
		return r.settlesOn(g, f)
	}
	for i > 0 && r.mark(i) {
		i--
	}
	for back := 1; back <= 4; back++ {
		at := i - back + 1
		if at >= r.figures[k].to && r.begins(at, cCorrect) == i+1 {
			return at-r.figures[k].to <= 3 && r.opensText(&r.figures[k])
		}
	}
	return false
}

// saidToStand says whether a phrase of how it stands leads to the number: "anda por el 8".
func (r *reading) saidToStand(f *figure) bool {
	return r.ends(f.from-1, cStandsAt)
}

// nowLeads says whether the time of now or this morning leads to the number: "ayer estaba en 10,
// hoy en 1", "normal es 3 pero hoy un 5".
func (r *reading) nowLeads(f *figure) bool {
	for i := f.from - 1; i >= r.startOfClause(f.from) && f.from-i <= 5; i-- {
		if when, end := r.timeAt(i); when == whenNow || when == whenMorning {
			return r.reaches(end, f.from)
		}
	}
	return false
}

// opensText says whether no more than a greeting and small words stand before the number.
func (r *reading) opensText(f *figure) bool {
	for i := f.from - 1; i >= r.skipGreeting(); i-- {
		if r.begins(i, cApprox)+r.begins(i, cFillerWord)+r.begins(i, cArticle)+r.begins(i, cStandsAt)+r.begins(i, cBetween)+r.begins(i, cChangeFrom) == 0 && !r.mark(i) && !r.is(i, "de") && !r.covered(i, cChangeFrom) && !r.ends(i, cWorse) && !r.ends(i, cBetter) {
			return false
		}
	}
	return true
}

// rangeAlone says whether the number opens the text and is a range.
func (r *reading) rangeAlone(f *figure, to int) bool {
	return to > f.to && r.opensText(f) && f.from > r.skipGreeting() && (to >= len(r.toks) || r.mark(to))
}

// afterSymptom says whether the number is a clause of its own after one that tells what ails: "no
// pude agacharme, 7", "no tengo fiebre ni hormigueo, 3".
func (r *reading) afterSymptom(f *figure, to int) bool {
	start := r.startOfClause(f.from)
	if start != f.from || start < 2 || !r.is(start-1, ",") || to < len(r.toks) && !r.mark(to) && !r.goesOn(to) {
		return false
	}
	for i := r.startOfClause(start - 1); i < start; i++ {
		if r.symptomAt(i) || r.begins(i, cUnable)+r.begins(i, cMissedWork)+r.begins(i, cFeverOnly)+r.begins(i, cPain)+r.begins(i, cRelief) > 0 {
			return true
		}
	}
	return false
}

// unlikeBefore says whether the number opens the text and stands against that of a time that is over:
// "siete, ayer fue 1".
func (r *reading) unlikeBefore(f *figure, to int) bool {
	if !r.opensText(f) || !r.is(to, ",") {
		return false
	}
	when, end := r.timeAt(to + 1)
	if when != whenYesterday && when != whenLastNight || !r.is(end, "fue") && !r.is(end, "era") && !r.is(end, "estaba") && !r.is(end, "un") {
		return false
	}
	if !r.is(end, "un") {
		end++
	}
	k, ok := r.figureStarting(r.leadEnd(end))
	return ok && r.figures[k].value <= 10 && r.unitAfter(&r.figures[k]) == unclaimed
}

// estimated says whether the number opens the text as an estimate: "cuatro creo", "como dos, la faja ayudó".
func (r *reading) estimated(f *figure, to int) bool {
	if !r.opensText(f) || f.outOfTen {
		return false
	}
	if r.is(f.from-1, "como") {
		return to < len(r.toks) && r.mark(to) && !r.is(to, "-") && !r.is(to, "/")
	}
	return (r.is(to, "creo") || r.is(to, "digo") && r.is(to+1, "yo")) && f.from == r.skipGreeting() || r.begins(to, cNotAUnit) > 0 && f.from == r.skipGreeting() && r.is(to, "yo")
}
