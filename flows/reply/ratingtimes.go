package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// Numbers whose time is told by what stands around them.

// standsAtNow finds how it stands now where no number was asked for: "im at a 4
// today", "7 since 11am", "hoy ando en 6".
func (r *reading) standsAtNow(f *figure, to int) bool {
	if r.asked != AskedNone && r.asked != AskedTravelPre || r.isQuestion() && r.begins(0, cStandsAt) == 0 {
		return false
	}
	after, _ := r.timeAt(to)
	now := after == whenNow || after == whenMorning || r.is(to, "since") || r.is(to, "desde")
	end := to >= len(r.toks) || r.mark(to) || r.toks[to].Kind == token.Emoji
	open := end || now || r.begins(to, cAfterNow) > 0
	if r.ends(f.from-1, cStandsAt) {
		return open
	}
	if r.startOfClause(f.from) == f.from {
		return now && (r.toks[f.from].Kind == token.Number || r.wordCount() <= 4) && r.begins(r.timeEnd(to), cNumberNoun) == 0
	}
	before := r.startOfClause(f.from)
	when, next := r.timeAt(before)
	return end && next == f.from && (when == whenNow || when == whenMorning || when == whenYesterday && len(r.figures) > 1)
}

// timeEnd is the end of the time that begins at token i, or i.
func (r *reading) timeEnd(i int) int {
	_, end := r.timeAt(i)
	return max(i, end)
}

// atNight says whether a number is the night's and another the morning's: "6 at
// 2am but a 3 since i got up".
func (r *reading) atNight(f *figure) bool {
	if len(r.figures) < 2 {
		return false
	}
	night := false
	for j := r.startOfClause(f.from); j < r.endOfClause(f.from); j++ {
		night = night || r.begins(j, cNightWord) > 0
	}
	if !night {
		return false
	}
	at := int(r.figureFrom[f.from])
	if k := at - 2; k >= 0 && r.figures[k].claim == unclaimed && r.clause[r.figures[k].from] != r.clause[f.from] && r.wasBefore(f.from) {
		return true // "3 but it was 6 when i rolled over at 2am"
	}
	for k := at; k < min(at+nearFigures, len(r.figures)); k++ {
		if g := &r.figures[k]; g.from > f.to && g.claim == unclaimed && r.clause[g.from] != r.clause[f.from] {
			if when := r.whenOf(g.from, g.to); when == whenMorning || when == whenNow {
				return true
			}
		}
	}
	return false
}

// saidOfBefore says whether the clause after a number's own calls it an earlier one.
func (r *reading) saidOfBefore(f *figure) bool {
	i := r.endOfClause(f.from)
	if i >= len(r.toks) || r.begins(i, cBut) == 0 || !r.is(i+1, "thats") && !r.is(i+1, "that") && !r.is(i+1, "eso") {
		return false
	}
	for j := i + 2; j < i+4; j++ {
		if when, _ := r.timeAt(j); when != "" {
			return when == whenPast
		}
	}
	return false
}

var cNightWord = lexicon.Must("night_word")

// wasBefore says whether "was" stands before token i.
func (r *reading) wasBefore(i int) bool {
	if r.is(i-1, "a") || r.is(i-1, "an") || r.is(i-1, "un") || r.is(i-1, "at") || r.is(i-1, "en") {
		i--
	}
	return r.is(i-1, "was") || r.is(i-1, "era") || r.is(i-1, "estaba") || r.is(i-1, "fue")
}

// anotherAfter says whether one of the next numbers after f may be a rating.
func (r *reading) anotherAfter(f *figure) bool {
	at := int(r.figureFrom[f.from])
	for k := at; k < min(at+nearFigures, len(r.figures)); k++ {
		if r.figures[k].claim == unclaimed {
			return true
		}
	}
	return false
}
