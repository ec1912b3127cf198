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
	now := after == whenNow || after == whenMorning || after == whenEvening || r.is(to, "since") || r.is(to, "desde")
	end := to >= len(r.toks) || r.mark(to) || r.toks[to].Kind == token.Emoji
	open := end || now || r.begins(to, cAfterNow) > 0 || r.goesOn(to)
	lead := f.from - 1
	for lead > 0 && f.from-lead <= 3 && r.begins(lead, cNumberAdj) > 0 {
		lead-- // "today is a regular 4"
	}
	if r.ends(lead, cStandsAt) {
		return open
	}
	if r.articleOpens(f) || r.opensReport(f) {
		return true
	}
	if r.startOfClause(f.from) == f.from {
		return now && (r.toks[f.from].Kind == token.Number || r.wordCount() <= 4) && r.begins(r.timeEnd(to), cNumberNoun) == 0
	}
	before := r.startOfClause(f.from)
	when, next := r.timeAt(before)
	return end && next == f.from && (when == whenNow || when == whenMorning || when == whenYesterday && len(r.figures) > 1)
}

// articleOpens says whether a text opens with a number and its article, and what
// follows lets it stand alone: "A 5 just now. I let my wife carry the windows".
func (r *reading) articleOpens(f *figure) bool {
	i := r.skipGreeting()
	if f.from != i+1 || !r.is(i, "a") && !r.is(i, "an") && !r.is(i, "un") || f.outOfTen || f.value > 10 {
		return false
	}
	if f.to >= len(r.toks) || r.mark(f.to) && !r.is(f.to, "-") && !r.is(f.to, "/") {
		return true
	}
	at := f.to
	if r.is(at, "just") || r.is(at, "right") || r.is(at, "for") || r.is(at, "as") {
		at++
	}
	when, _ := r.timeAt(at)
	return when != "" || r.begins(f.to, cBut) > 0
}

// opensReport says whether a text opens with a number and goes on about the back or its pain:
// "7 and my back is locked up", "6 and it hurts to sit".
func (r *reading) opensReport(f *figure) bool {
	if r.asked != AskedNone || f.from != r.skipGreeting() || !r.digits(f) || f.value > 10 {
		return false
	}
	i := f.to
	if r.begins(i, cJoiner)+r.begins(i, cBut) > 0 && r.begins(i+1, cWontEase) > 0 {
		return true // "7 and it wont quit"
	}
	if r.begins(i, cJoiner)+r.begins(i, cBut) == 0 || r.begins(i+1, cSubject)+r.begins(i+1, cPossessive)+r.begins(i+1, cUnable) == 0 {
		return false
	}
	end := r.endOfSentence(f.from)
	return r.speaksOf(cPain, i, end) || r.speaksOf(cBack, i, end) || r.speaksOf(cFlare, i, end) || r.speaksOf(cTingleOnly, i, end)
}

var cWontEase = lexicon.Must("wont_ease")

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
		if k, ok := r.figureStarting(j); ok && j < f.from && r.figures[k].claim == claimClock && r.figures[k].value <= smallHours && !r.is(r.figures[k].to, "pm") {
			night = true // "a las 3 un 5, a las 7 ya un 2"
		}
	}
	if !night {
		return false
	}
	at := int(r.figureFrom[f.from])
	k := at - 2
	for k > 0 && r.figures[k].claim == claimClock {
		k--
	}
	if k >= 0 && r.figures[k].claim == unclaimed && r.clause[r.figures[k].from] != r.clause[f.from] && r.wasBefore(f.from) {
		return true // "3 but it was 6 when i rolled over at 2am"
	}
	for k := at; k < min(at+nearFigures, len(r.figures)); k++ {
		if g := &r.figures[k]; g.from > f.to && g.claim == unclaimed && r.clause[g.from] != r.clause[f.from] {
			if when := r.whenOf(g.from, g.to); when == whenMorning || when == whenNow || r.figures[k-1].claim == claimClock && r.clause[r.figures[k-1].from] == r.clause[g.from] {
				return true
			}
		}
	}
	return false
}

// smallHours is the last hour that is still the night's.
const smallHours = 5

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

var cNumberAdj = lexicon.Must("number_adj") // "plain old", "regular"

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
