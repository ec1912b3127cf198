package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// Numbers that count or compare: the part of a whole, the sets at a load, an earlier number.

// thanEarlier finds the number of what it is compared with: "better than
// yesterdays 6", "not as bad as that 8".
func (r *reading) thanEarlier(f *figure) bool {
	for i := f.from - 1; i >= 1 && f.from-i <= 3; i-- {
		if end := r.begins(i, cEarlierOne); end == f.from || end == f.from-1 && r.is(end, "a") {
			return r.is(i-1, "than") || r.is(i-1, "as") || r.is(i-1, "que") || r.is(i-1, "of") && r.is(i-2, "half")
		}
	}
	return false
}

// setsAtLoad finds the sets of "2 sets at 100, 1 at 110".
func (r *reading) setsAtLoad(f *figure) bool {
	if !r.is(f.to, "at") && !r.is(f.to, "@") || painAsked(r.asked) {
		return false
	}
	k, ok := r.figureStarting(f.to + 1)
	return ok && r.figures[k].value > 20
}

// partOf finds "5 de los 7 días" and the second number of "12 reps instead of 10".
func (r *reading) partOf(f *figure) bool {
	if i := f.to; r.is(i, "de") {
		if r.is(i+1, "los") || r.is(i+1, "las") || r.is(i+1, "cada") {
			i++
		}
		k, ok := r.figureStarting(i + 1)
		if ok && i == f.to && r.digits(f) && r.digits(&r.figures[k]) && f.value < r.figures[k].value && !r.is(r.figures[k].to, "a") {
			return true // "hice 3 de 4"
		}
		return ok && (r.begins(r.figures[k].to, cUnitTime)+r.begins(r.figures[k].to, cUnitCount) > 0)
	}
	k := int(r.figureFrom[f.from]) - 2
	if k >= 0 && r.is(f.from-1, "de") && r.figures[k].to == f.from-1 && r.figures[k].claim == claimCount && !r.is(f.to, "a") {
		return true
	}
	return k >= 0 && (r.is(f.from-1, "of") && r.is(f.from-2, "instead") || r.is(f.from-1, "de") && r.is(f.from-2, "vez")) && r.figures[k].claim != unclaimed
}

// countsPangs says whether a number counts what comes and goes: "2 twinges", "unas 3
// punzadas", but not "0 twinges".
func (r *reading) countsPangs(f *figure) bool {
	pangs := r.begins(f.to, cPangs) > 0 || r.begins(f.to, cPangSize) > 0 && (r.begins(f.to+1, cPangs) > 0 || r.is(f.to+1, "pains") || r.is(f.to+1, "dolores"))
	pangs = pangs || f.value == 1 && r.begins(f.to, cPang) > 0
	return f.value > 0 && pangs && r.begins(f.from-1, cPain)+r.begins(f.from-1, cBack)+r.begins(f.from-1, cCopula) == 0
}

// changedBy says whether a number is by how much the pain changed: "down 2 points", "1 notch
// better", "bajó 2 puntos", but not "down to 2 points".
func (r *reading) changedBy(f *figure) bool {
	i := f.to
	points := r.begins(i, cPoints)
	if points > 0 {
		i = points
	} else if i > 0 && r.begins(i-1, cPoints) == i {
		points = i // "half a point better"
	}
	lead := f.from - 1
	if r.is(lead, "como") || r.is(lead, "unos") || r.is(lead, "casi") {
		lead--
	}
	by := r.ends(lead, cMovedBy)
	if r.is(f.from-1, "or") && r.begins(f.from-2, cPoints) > 0 {
		return r.begins(i, cThanBefore) > 0 // "a point or two better"
	}
	if points == 0 {
		if by && r.is(i, "mas") && (i+1 >= len(r.toks) || r.mark(i+1)) {
			return true // "subió 3 más"
		}
		return by && (r.is(i, "from") || r.is(i, "since") || r.is(i, "desde")) && r.fromEarlier(i+1)
	}
	about := r.is(i+1, "or") || r.is(i+1, "o") || r.isPossessive(i+1) || r.begins(i+1, cBack)+r.begins(i+1, cBody) > 0 // "4 points more or less", "5 points down my leg"
	return by || r.begins(i, cThanBefore) > 0 && !about && r.begins(f.from-1, cCopula) == 0
}

// fromEarlier says whether an earlier time stands at token i: "down 2 from last time".
func (r *reading) fromEarlier(i int) bool {
	when, _ := r.timeAt(i)
	return timeRank(when) == elapsed || when == whenSession || r.begins(i, cEarlierOne) > 0
}

// timesDone finds how often something was done: "ice x2", "the first 10".
func (r *reading) timesDone(f *figure) bool {
	if !r.digits(f) || f.outOfTen {
		return false
	}
	before := f.from - 1
	if r.is(before, "x") && r.toks[f.from].Glued {
		return true
	}
	first := r.is(before, "first") || r.is(before, "next") || r.is(before, "primeros") || r.is(before, "primeras")
	the := r.is(before-1, "the") || r.is(before-1, "los") || r.is(before-1, "las")
	return first && the && f.to == r.endOfClause(f.from)
}

// mostOfShare is the largest number below the line that makes a share of a whole: "3/10"
// is a rating.
const mostOfShare = 5

// share finds a part of how it was: "2/3 as bad as yesterday", "1/2 better".
func (r *reading) share(f *figure) bool {
	above, below := f.from, f.to-1
	switch {
	case f.to-f.from == 3 && r.is(f.from+1, "/"):
	case r.is(f.to, "/"):
		below = f.to + 1
	case r.is(f.from-1, "/"):
		above = f.from - 2
	default:
		return false
	}
	if above < 0 || below >= len(r.toks) || r.toks[above].Kind != token.Number || r.toks[below].Kind != token.Number {
		return false
	}
	whole := r.toks[below].Value
	return r.toks[above].Value < whole && whole <= mostOfShare &&
		(r.is(below+1, "as") && asMuch[r.keyOr(below+2)] || r.is(below+1, "of") || r.begins(below+1, cThanBefore) > 0)
}

// asMuch are the words after "as" that compare: "2/3 as bad", but not "3/4 as usual".
var asMuch = setOfKeys("bad", "much", "sore", "tight", "stiff", "strong", "painful", "intense")

// ordinalAt says whether an ordinal ends with token i: "first", "1st".
func (r *reading) ordinalAt(i int) bool {
	if i < 1 {
		return r.begins(i, cOrdinal) > 0
	}
	return r.begins(i, cOrdinal) > 0 || r.toks[i-1].Kind == token.Number && r.toks[i].Glued && r.toks[i].Kind == token.Word && len(r.key(i)) == 2
}

// tenFour says whether number k belongs to a radio's "10-4".
func (r *reading) tenFour(k int) bool {
	f := &r.figures[k]
	if f.value != 10 || f.outOfTen || k+1 >= len(r.figures) || r.begins(f.from-1, cPain)+r.begins(f.from-1, cBack) > 0 {
		return false
	}
	g := &r.figures[k+1]
	if g.value != 4 || g.outOfTen || !(r.is(f.to, "-") && r.toks[f.to].Glued && g.from == f.to+1) && !(f.word && g.from == f.to) {
		return false
	}
	g.claim = claimCode
	return true
}

// figuresBeside says whether another number than k may be a rating.
func (r *reading) figuresBeside(k int) bool {
	for j := max(0, k-nearFigures); j < min(k+nearFigures, len(r.figures)); j++ {
		if g := &r.figures[j]; j != k && g.value <= 10 && (g.outOfTen || r.named(g.from, g.to)) {
			return true
		}
	}
	return false
}

var (
	cPang       = lexicon.Must("pang")
	cPangSize   = lexicon.Must("pang_size")
	cPangs      = lexicon.Must("pangs")
	cPoints     = lexicon.Must("points_word")
	cMovedBy    = lexicon.Must("moved_by")
	cThanBefore = lexicon.Must("than_before")
	cVexing     = lexicon.Must("vexing")
)

// sorenessBeside says whether number k is of soreness or tightness, and another of pain by
// name: "my pain is 3 but my soreness is like a 7".
func (r *reading) sorenessBeside(k int) bool {
	if !r.all.has(cSoreness) || !r.ledBy(&r.figures[k], cSoreness) {
		return false
	}
	for j := max(0, k-nearFigures); j < min(k+nearFigures, len(r.figures)); j++ {
		if j != k && r.ledBy(&r.figures[j], cPainItself) {
			return true
		}
	}
	return r.backDenied()
}

// moodBeside says whether number k is of the mood, the sleep or the day, and another is said to be of
// the pain: "mood 8 pain 2", "0 pain 10 hunger".
func (r *reading) moodBeside(k int) bool {
	f := &r.figures[k]
	if !r.all.has(cMoodNoun) || len(r.figures) < 2 || !r.ledBy(f, cMoodNoun) && (r.begins(f.to, cMoodNoun) == 0 || r.ownFigure(f.to)) {
		return false
	}
	for j := max(0, k-nearFigures); j < min(k+nearFigures, len(r.figures)); j++ {
		if g := &r.figures[j]; j != k && r.painNamed(g) {
			return true
		}
	}
	return false
}

// painNamed says whether the pain or the back stands right before or behind the number.
func (r *reading) painNamed(f *figure) bool {
	if r.begins(f.to, cPainItself)+r.begins(f.to, cBack) > 0 {
		return true
	}
	for i := f.from - 1; i >= 0 && f.from-i <= 4; i-- {
		if r.begins(i, cPainItself)+r.begins(i, cBack) > 0 {
			return true
		}
		if r.begins(i, cLink)+r.begins(i, cCopula)+r.begins(i, cApprox)+r.begins(i, cArticle)+r.begins(i, cNumberAdj) == 0 {
			return false
		}
	}
	return false
}

// ledBy says whether a word of c names the number, over no more than a verb, and no back does.
func (r *reading) ledBy(f *figure, c lexicon.Concept) bool {
	for i := f.from - 1; i >= r.startOfClause(f.from) && f.from-i <= 4; i-- {
		if r.begins(i, c) > 0 {
			if c == cPainItself {
				return r.begins(i-1, cOtherBody) == 0 && !r.legPain(i-1)
			}
			return r.begins(i-1, cBack)+r.begins(i+1, cBack) == 0 && !(c == cMoodNoun && r.begins(i-1, cPreposition) > 0)
		}
		if r.begins(i, cLink)+r.begins(i, cCopula)+r.begins(i, cApprox)+r.begins(i, cArticle) == 0 {
			return false
		}
	}
	return false
}

// thanOther says whether a number only tells which side another is on: "closer to 8 than 7".
func (r *reading) thanOther(f *figure) bool {
	i := f.from - 1
	if r.begins(i, cArticle) > 0 {
		i--
	}
	k, ok := r.endsFigure(i)
	return ok && (r.is(i, "than") || r.is(i, "que")) && r.speaksOf(cMoreLike, r.startOfClause(f.from), r.figures[k].from)
}

var (
	cSoreness   = lexicon.Must("soreness_word")
	cPainItself = lexicon.Must("pain_itself")
	cMoreLike   = lexicon.Must("more_like")
	cMoodNoun   = lexicon.Must("mood_noun")
)

// namedInRow says whether a number names one of several things, or counts them: "sore from
// session 3", "el 4 me molesta", "every day but 1", "hurt after 5", "went up 5".
func (r *reading) namedInRow(f *figure) bool {
	before := f.from - 1
	ends := f.to >= len(r.toks) || r.mark(f.to)
	switch {
	case r.is(before, "session") || r.is(before, "sesion"):
		return r.begins(f.to, cCopula) > 0 && r.begins(f.to+1, cApprox)+r.begins(f.to+1, cArticle) == 0 || r.is(before-1, "from") || r.is(before-1, "since") || r.is(before-1, "de") || r.is(before-1, "desde")
	case r.is(before, "el") && r.is(f.to, "me"):
		return r.begins(f.to+1, cPain) > 0
	case r.is(before, "but") || r.is(before, "menos"):
		return (r.is(before-2, "every") || r.is(before-2, "all") || r.is(before-2, "los")) && (r.is(before-1, "day") || r.is(before-1, "days") || r.is(before-1, "dias") || r.is(before-1, "night")) && ends
	case r.is(before, "after") || r.is(before, "past"):
		return r.begins(before-1, cPain) > 0 && r.digits(f) && ends
	case r.asked == AskedHomework && r.ends(before, cMovedBy):
		return ends && !r.painSubject(f)
	}
	return false
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
