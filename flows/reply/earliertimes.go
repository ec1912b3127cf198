package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// Numbers of an earlier hurt or session beside the present one.

// placeEarlier gives the time of the past to a number that is told of an earlier hurt, where another
// one is the present's: "worst ive ever had was a 9 in 2019, tonight a 4".
func (r *reading) placeEarlier() {
	if len(r.ratings) < 2 || len(r.ratings) > nearFigures {
		return
	}
	for i := range r.ratings {
		x := &r.ratings[i]
		if x.zero || x.when == whenPast || !r.ofEarlier(x) {
			continue
		}
		for j := range r.ratings {
			if y := &r.ratings[j]; j != i && r.clause[y.from] != r.clause[x.from] && !r.ofEarlier(y) && r.ofPresent(y) {
				x.when = whenPast
				break
			}
		}
	}
}

// ofEarlier says whether the clause of a rating tells before it of an earlier hurt, session or year.
func (r *reading) ofEarlier(x *rating) bool {
	start := r.startOfClause(x.from)
	for i := start; i < x.from; i++ {
		if end := r.begins(i, cEarlierHurt); end > 0 && end <= x.from && !r.presentWithin(end, r.endOfClause(x.from)) {
			return !r.saysWorst(i, end) || r.wasBetween(end, x.from) && r.datesBack(x.to)
		}
		if r.is(i, "session") && r.numberedSession(i) && r.wasBetween(i, x.from) {
			return true
		}
	}
	return r.yearWithin(start, r.endOfClause(x.from))
}

// saysWorst says whether a word for the worst stands between two tokens.
func (r *reading) saysWorst(from, to int) bool {
	for i := from; i < to; i++ {
		if r.is(i, "worst") || r.is(i, "most") {
			return true
		}
	}
	return false
}

// datesBack says whether what follows the worst there ever was lets it be long over: nothing, a
// year, or another illness. "Worst ever was a 10 on the drive" may be today's.
func (r *reading) datesBack(i int) bool {
	if i >= len(r.toks) || r.mark(i) || r.toks[i].Kind == token.Emoji || r.is(i, "years") || r.is(i, "giving") || r.is(i, "having") {
		return true
	}
	if r.is(i, "back") || r.is(i, "in") {
		return r.yearWithin(i, min(i+4, len(r.toks))) || r.is(i, "back")
	}
	return (r.is(i, "w") || r.is(i, "with") || r.is(i, "from")) && r.speaksOf(cEarlierHurt, i, min(i+5, r.endOfClause(i)))
}

// wasBetween says whether "was" stands between two tokens.
func (r *reading) wasBetween(from, to int) bool {
	for i := from; i < to; i++ {
		if r.is(i, "was") || r.is(i, "were") {
			return true
		}
	}
	return false
}

// numberedSession says whether a number tells which session it was.
func (r *reading) numberedSession(i int) bool {
	_, ok := r.figureStarting(i + 1)
	return ok || r.ordinalAt(i-1)
}

// presentWithin says whether a word of today stands between two tokens.
func (r *reading) presentWithin(from, to int) bool {
	for i := from; i < to; i++ {
		if r.begins(i, cThisSession) > 0 {
			return true
		}
	}
	return false
}

// Years that a hurt may be told of.
const firstYear, lastYear = 1950, 2100

// yearWithin says whether a year stands between two tokens and nothing lasts since then.
func (r *reading) yearWithin(from, to int) bool {
	for i := from; i < to; i++ {
		if k, ok := r.figureStarting(i); ok && r.is(i-1, "in") {
			if v := r.figures[k].value; v >= firstYear && v <= lastYear || r.yearShort(&r.figures[k]) {
				return true
			}
		}
	}
	return false
}

// ofPresent says whether a rating is told of now: its clause says so, or opens with it or with "its".
func (r *reading) ofPresent(y *rating) bool {
	start, end := r.startOfClause(y.from), r.endOfClause(y.from)
	if y.when == whenNow || y.when == whenEvening || y.when == whenMorning || r.presentWithin(start, end) {
		return true
	}
	for i := start; i < y.from; i++ {
		if r.begins(i, cThisPain) > 0 {
			return true
		}
	}
	return false
}

// mereCircumstance says whether the time of rating i only tells what one did: getting up hurts at
// any hour, unless it is told how it is now.
func (r *reading) mereCircumstance(i int) bool {
	x := &r.ratings[i]
	if r.otherwiseAfter(i) || r.atSomething(i) {
		return true
	}
	if x.when != whenMorning || r.asked != AskedEvening && r.asked != AskedH48 {
		return false
	}
	rises := false
	for j := x.to; j <= x.to+3; j++ {
		if rises = r.is(j, "getting") || r.is(j, "get"); rises {
			when, end := r.timeAt(j)
			if next, _ := r.timeAt(end); when != whenMorning || next != "" {
				return false
			}
			break
		}
		if r.mark(j) {
			return false
		}
	}
	if !rises {
		return false
	}
	for k := range r.ratings[:min(len(r.ratings), nearFigures)] {
		if k != i && r.ratings[k].when == whenNow {
			return false
		}
	}
	return len(r.ratings) > 1
}

// otherwiseAfter says whether the next rating is how it is "otherwise".
func (r *reading) otherwiseAfter(i int) bool {
	if i+1 >= len(r.ratings) || r.ratings[i].when != whenSession && r.ratings[i].when != whenMorning {
		return false
	}
	y := &r.ratings[i+1]
	return y.when != whenNow && r.is(y.from-1, "otherwise") && r.sent[y.from] == r.sent[r.ratings[i].from]
}

// comesAt says whether "coming in" at token i tells the hour of a visit to come, not how it was on
// coming in.
func (r *reading) comesAt(i int) bool {
	if !r.is(i, "coming") || !r.is(i+1, "in") || !r.is(i+2, "at") {
		return false
	}
	k, ok := r.figureStarting(i + 3)
	return ok && r.figures[k].claim == claimClock
}

var (
	cEarlierHurt = lexicon.Must("earlier_hurt")
	cThisSession = lexicon.Must("this_session") // "todays", "this one"
)
