package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// Numbers beside the one that answers: how old somebody is, what else is rated, and by whom.

// ageOf says whether the number is how old somebody is: "2 kids under 9", "my granddaughter (9)",
// "my son, 7, says hi", "she turned 6".
func (r *reading) ageOf(f *figure) bool {
	at := f.from - 1
	if f.outOfTen || at < 1 {
		return false
	}
	switch {
	case r.is(at, "("), r.is(at, ",") && r.mark(f.to) && r.speaksOf(cPossessive, max(r.startOfClause(at), at-4), at):
		return r.personEnds(at - 1)
	case r.ends(at, cAgeUnder):
		for back := 1; back <= 4; back++ {
			if r.personEnds(at - back) {
				return true
			}
			if at-back > 0 && !r.ends(at-back, cAgeUnder) && r.begins(at-back, cCopula) == 0 && !r.is(at-back, "de") {
				break
			}
		}
		return false
	case r.begins(at, cCopula) == f.from && !r.proxy && r.personEnds(at-1):
		next, ok := r.figureStarting(f.to + 1)
		row := ok && r.begins(f.to, cJoiner) > 0 && !r.figures[next].outOfTen
		return row || r.ends(at-1, cLittleOnes)
	case r.ends(at, cTurnsAge):
		return r.speaksOf(cOtherPerson, r.startOfClause(f.from), at) || r.is(at-1, "she") || r.is(at-1, "he")
	}
	return false
}

// personEnds says whether a word for somebody ends with token i.
func (r *reading) personEnds(i int) bool {
	return i >= 0 && (r.ends(i, cOtherPerson) || r.ends(i, cKinSubject) || r.ends(i, cLittleOnes))
}

var (
	cAgeUnder   = lexicon.Must("age_under") // "under", "menores de"
	cTurnsAge   = lexicon.Must("turns_age") // "turned", "cumplió"
	cLittleOnes = lexicon.Must("little_ones")
)

// rowOfAges says whether f goes on telling the ages that begin with g: "my kids (4 and 6)".
func (r *reading) rowOfAges(g, f *figure) bool {
	if g.claim != claimCount || !r.ageOf(g) || f.from != g.to+1 || r.begins(g.to, cJoiner) == 0 && !r.is(g.to, ",") {
		return false
	}
	return r.is(f.to, ")") || r.is(f.to, ",") || r.begins(g.from-1, cCopula) > 0
}

// ratesElse says whether number k is of something that is no pain of the back, beside the back's
// own: "1 for the back, 9 for embarrassment", "back 1, pride a 9", "my fibro is about a 9".
func (r *reading) ratesElse(k int) bool {
	f := &r.figures[k]
	if end := r.begins(f.to, cAsksIt); end > 0 {
		if r.isPossessive(end) {
			end++
		}
		if r.begins(end, cOtherPerson) > 0 && r.ownNumber(f) {
			return true // "8 according to my wife, i say 5"
		}
	}
	return r.any(cOtherScale, cAsksIt) && r.ofOtherScale(f) && r.backsOwn(k) || r.ownThing(k)
}

// ownThing says whether number k is of some thing of the patient's that is named in its clause, and
// the back has one of its own in another: "my tattoo is an 8, my back a 1".
func (r *reading) ownThing(k int) bool {
	f := &r.figures[k]
	start := r.startOfClause(f.from)
	noun := start + 1
	if len(r.figures) < 2 || !r.isPossessive(start) || noun >= f.from-1 || r.begins(noun+1, cCopula) == 0 || r.toks[noun].Kind != token.Word {
		return false
	}
	if len(r.at(noun)) > 0 && r.begins(noun, cThing) == 0 || f.from-noun > 4 {
		return false
	}
	for j := max(0, k-nearFigures); j < min(k+nearFigures, len(r.figures)); j++ {
		g := &r.figures[j]
		if j != k && g.value <= 10 && r.clause[g.from] != r.clause[f.from] && r.painNamed(g) {
			return true
		}
	}
	return false
}

// ofOtherScale says whether what the number is of is named before or behind it, and is no pain
// of the back.
func (r *reading) ofOtherScale(f *figure) bool {
	i := f.to
	if asks := r.begins(i, cAsksIt); asks > 0 {
		for i = asks; r.isPossessive(i) || r.begins(i, cFillerWord) == i+1 || r.begins(i, cArticle) == i+1; i++ {
		}
		return r.begins(i, cOtherScale) > 0 || r.begins(i, cOtherBody) > 0 && !r.legPain(i)
	}
	for i < f.to+3 && (r.isPossessive(i) || r.begins(i, cFillerWord) == i+1 || r.begins(i, cPreposition) == i+1 || r.is(i, "para") || r.is(i, "por") || r.is(i, "de") || r.is(i, "el") || r.is(i, "la")) {
		i++
	}
	if r.begins(i, cOtherScale) > 0 && r.begins(f.to, cBack) == 0 {
		return true
	}
	for i = f.from - 1; i >= r.startOfClause(f.from) && f.from-i <= 5; i-- {
		if r.ends(i, cOtherScale) {
			return !r.speaksOf(cBack, r.startOfClause(f.from), i+1)
		}
		if r.begins(i, cLink)+r.begins(i, cCopula)+r.begins(i, cApprox)+r.begins(i, cArticle) == 0 && !r.is(i, ":") && !r.is(i, "=") && !r.is(i, "solid") && !r.is(i, "good") && !r.is(i, "si") {
			return false
		}
	}
	return false
}

// backsOwn says whether another number than k is the back's, or its pain is denied.
func (r *reading) backsOwn(k int) bool {
	for j := max(0, k-nearFigures); j < min(k+nearFigures, len(r.figures)); j++ {
		g := &r.figures[j]
		if j == k || g.value > 10 || g.claim != unclaimed || r.unitAfter(g) != unclaimed || r.clause[g.from] == r.clause[r.figures[k].from] && !r.painNamed(g) && !r.painBehind(g) && r.placeBehind(g) == 0 {
			continue
		}
		if !r.ofOtherScale(g) && (r.painNamed(g) || r.painBehind(g) || g.outOfTen || r.opensClauseAs(g) || r.placeBehind(g) > 0) {
			return true
		}
	}
	return r.backDenied()
}

// backDenied says whether any pain of the back is denied: "0 pain", "nada de dolor".
func (r *reading) backDenied() bool {
	_, ok := r.find(cAllZero, func(h lexicon.Hit) bool {
		return r.deniesPain(int(h.From), int(h.To))
	})
	return ok
}

var cAsksIt = lexicon.Must("asks_it") // "if you ask", "according to"

var cOtherScale = lexicon.Must("other_scale") // "pride", "embarrassment", "fibro"

// othersVerdict says whether somebody's number is for the patient or for how they looked, beside
// the patient's own: "my ex rates me a 2", "dice que hice cara de 8, yo diría 5".
func (r *reading) othersVerdict(k int) bool {
	f := &r.figures[k]
	at := f.from - 1
	if r.begins(at, cArticle) == f.from {
		at--
	}
	if r.ends(f.from-1, cFaceLike) || r.ends(at, cFaceLike) {
		return r.figuresOwn(k)
	}
	start := r.startOfClause(f.from)
	if !r.is(at, "me") && !r.is(at, "us") || r.begins(at-1, cRates) == 0 {
		return false
	}
	return r.speaksOf(cOtherPerson, start, at) && r.backsOwn(k)
}

// figuresOwn says whether another number than k may be the patient's own.
func (r *reading) figuresOwn(k int) bool {
	for j := max(0, k-nearFigures); j < min(k+nearFigures, len(r.figures)); j++ {
		if g := &r.figures[j]; j != k && g.claim == unclaimed && g.value <= 10 && r.unitAfter(g) == unclaimed {
			return true
		}
	}
	return false
}

var cFaceLike = lexicon.Must("face_like") // "cara de", "looked like a"
