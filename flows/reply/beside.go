package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// Numbers beside the one that answers: how old somebody is, what else is rated, what the answer
// lies between.

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
	return r.any(cOtherScale) && r.ofOtherScale(&r.figures[k]) && r.backsOwn(k)
}

// ofOtherScale says whether what the number is of is named before or behind it, and is no pain
// of the back.
func (r *reading) ofOtherScale(f *figure) bool {
	i := f.to
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

// claimBounds takes two numbers that only tell what a third lies between: "more than a 3 less than
// a 5, so 4".
func (r *reading) claimBounds() {
	if len(r.figures) < 2 || !r.all.has(cLesser) {
		return
	}
	for k := 0; k+1 < len(r.figures); k++ {
		if r.boundSettled(k) {
			r.figures[k].claim = claimDenied
			continue
		}
		lo, hi := &r.figures[k], &r.figures[k+1]
		if lo.claim != unclaimed || hi.claim != unclaimed || hi.from-lo.to > boundsReach {
			continue
		}
		below, above := r.boundBy(lo, cCeiling), r.boundBy(hi, cLesser)
		if !below || !above {
			if !r.boundBy(lo, cLesser) || !r.boundBy(hi, cCeiling) {
				continue
			}
			lo, hi = hi, lo
		}
		if lo.value < hi.value && (r.between(k+2, lo, hi) || r.between(k-1, lo, hi)) {
			lo.claim, hi.claim = claimDenied, claimDenied
		}
	}
}

// boundSettled says whether number k only bounds the next one, which is settled on: "better than a
// 3, so 2", "less than 5. 4".
func (r *reading) boundSettled(k int) bool {
	f, g := &r.figures[k], &r.figures[k+1]
	if f.claim != unclaimed || g.claim != unclaimed || g.value > f.value || !r.boundBy(f, cLesser) {
		return false
	}
	at := g.from - 1
	if r.begins(at, cArticle) == g.from {
		at--
	}
	if r.ends(at, cSettles) {
		return true
	}
	alone := r.mark(at) && !r.is(at, "-") && (g.to >= len(r.toks) || r.mark(g.to))
	return alone && f.from-r.startOfClause(f.from) <= 4 && r.endOfClause(f.from) <= f.to+2
}

// boundsReach is how many words may stand between two bounds.
const boundsReach = 6

// boundBy says whether a comparison of c leads to the number: "more than a 3".
func (r *reading) boundBy(f *figure, c lexicon.Concept) bool {
	at := f.from - 1
	if r.begins(at, cArticle) == f.from {
		at--
	}
	return r.ends(at, c) || r.ends(f.from-1, c)
}

// between says whether number k lies between two others.
func (r *reading) between(k int, lo, hi *figure) bool {
	if k < 0 || k >= len(r.figures) {
		return false
	}
	f := &r.figures[k]
	return f.claim == unclaimed && f.value >= lo.value && f.value <= hi.value
}

var cLesser = lexicon.Must("lesser") // "less than", "menos de"

// eventHour says whether the number is the hour of what is named before "at": "Chapel at ten",
// "my shift starts at six".
func (r *reading) eventHour(f *figure) bool {
	at := f.from - 1
	if f.outOfTen || f.value < 1 || f.value > lastHour || !r.is(at, "at") && !r.is(at, "las") || at == r.startOfClause(at) {
		return false
	}
	i := at - 1
	if r.is(at, "las") {
		if !r.is(i, "a") {
			return false
		}
		i--
	}
	if r.gotUp(i) {
		return !r.painSubject(f) // "up at six with the rooster"
	}
	if r.is(i, "starts") || r.is(i, "begins") || r.is(i, "opens") || r.is(i, "closes") || r.is(i, "empieza") {
		noun := i - 1
		return noun >= r.startOfClause(at) && !r.speaksOfPain(noun) && r.begins(noun, cStatusOther)+r.begins(noun, cFirstPerson)+r.begins(noun, cSubordinate) == 0 // "finale starts at nine"
	}
	if r.begins(i, cStartsAt)+r.begins(i, cCopula) > 0 || r.is(i, "es") {
		i--
	}
	return i >= r.startOfClause(at) && r.ends(i, cEventWord) && !r.painSubject(f)
}

var cEventWord = lexicon.Must("event_word") // "church", "bingo", "misa"

// soundsAs is the number that a word heard by a machine stands for, before "out of ten": "a won out
// of ten".
func (r *reading) soundsAs(i int) (float64, bool) {
	if r.toks[i].Kind != token.Word || !r.is(i+1, "out") && !r.is(i+1, "outta") && !r.is(i+1, "outa") || r.begins(i+1, cPerTen) == 0 {
		return 0, false
	}
	if i > 0 && r.toks[i-1].Kind == token.Number {
		return 0, false
	}
	switch r.key(i) {
	case "won", "wun":
		return 1, true
	case "to", "too":
		return 2, true
	case "for", "fore":
		return 4, true
	case "sicks":
		return 6, true
	case "ate":
		return 8, true
	}
	return 0, false
}

// countsThings says whether the number counts what is named after it in the plural, and something
// else with it: "2 deadlines and a dog", or what was: "only 5 were on the sheet".
func (r *reading) countsThings(f *figure) bool {
	if r.is(f.to, "were") || r.is(f.to, "eran") {
		return f.value > 1 && !r.is(f.from-1, "the") && !r.is(f.from-1, "a") && f.to+1 < r.endOfClause(f.from)
	}
	if (r.is(f.from-1, "for") || r.is(f.from-1, "para")) && r.begins(f.from-2, cServesFor) > 0 {
		return f.to >= len(r.toks) || r.mark(f.to) || r.begins(f.to, cPreposition) > 0 // "cooked for six"
	}
	i := f.to
	if f.value < 2 || i+2 >= len(r.toks) || r.toks[i].Kind != token.Word || !r.severalOf(i) && !r.is(i, "pts") || r.begins(i+1, cJoiner) != i+2 || r.painSubject(f) {
		return false
	}
	if r.begins(i, cPain)+r.begins(i, cBack)+r.begins(i, cRatingFollow)+r.begins(i, cPoints) > 0 && !r.is(i, "pts") {
		return false
	}
	j := i + 2
	if _, ok := r.figureStarting(j); ok || r.begins(j, cArticle) > 0 || r.isPossessive(j) {
		next := j + 1
		_, figure := r.figureStarting(next)
		return !figure && next < len(r.toks) && r.toks[next].Kind == token.Word && r.begins(next, cPain)+r.begins(next, cBack)+r.begins(next, cTimeMorning) == 0
	}
	return false
}

var cServesFor = lexicon.Must("serves_for") // "cooked", "a table"

// rowOfHours says whether number k goes on a row of hours that ends with "and": "up at 1, 3 and 5".
func (r *reading) rowOfHours(k int) bool {
	if k < 1 || k+1 >= len(r.figures) {
		return false
	}
	g, f, h := &r.figures[k-1], &r.figures[k], &r.figures[k+1]
	joined := r.is(f.to, "and") || r.is(f.to, "y") || r.is(f.to, "n") || r.is(f.to, "&")
	return g.claim == claimClock && g.to == f.from-1 && r.is(g.to, ",") && joined && h.from == f.to+1 && r.digits(f) && r.digits(h) && f.value > g.value && h.value > f.value && h.value <= lastHour
}

// whichWay says whether four numbers ask which of two is the sets and which the repetitions, and
// takes them: "3 de 8 o 8 de 3?".
func (r *reading) whichWay(k int) bool {
	if k < 2 || !r.query {
		return false
	}
	f, or := &r.figures[k], &r.figures[k-1]
	first := k - 2
	if r.figures[first].outOfTen { // "4 de 10 o 10 de 4"
		if r.figures[first].value != f.value || or.value != 10 {
			return false
		}
	} else if first--; first < 0 || r.figures[first].value != f.value || r.figures[first+1].value != or.value {
		return false
	}
	before := or.from - 1
	if !r.is(before, "or") && !r.is(before, "o") && !r.is(before, "u") || f.from-or.to > 3 {
		return false
	}
	for j := first; j <= k; j++ {
		r.figures[j].claim = claimCount
	}
	return true
}

// homeHour says whether the number is the hour somebody came home, beside the back's own: "got home
// 8, dinner at 9, back 2".
func (r *reading) homeHour(f *figure) bool {
	at := f.from - 1
	if !r.is(at, "home") || !r.is(at-1, "got") && !r.is(at-1, "came") && !r.is(at-1, "im") || !r.digits(f) || !r.mark(f.to) {
		return false
	}
	k, _ := r.figureStarting(f.from)
	for j := k + 1; j < min(k+nearFigures, len(r.figures)); j++ {
		if r.painNamed(&r.figures[j]) {
			return true
		}
	}
	return false
}
