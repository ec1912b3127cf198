package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// unitAfter reads the unit that follows a number: "10 min", "400mg", "2 advil".
func (r *reading) unitAfter(f *figure) claim {
	i := f.to
	if dash := r.is(i, "-"); dash || r.is(i, "to") || r.is(i, "or") || r.is(i, "o") || r.is(i, "u") {
		if i+1 < len(r.toks) && r.toks[i+1].Kind == token.Number && r.outerUnit(i+2) {
			return claimDuration // "2-3 days", "7 u 8 horas"
		}
		if !dash || i+1 >= len(r.toks) || !r.toks[i].Glued {
			return unclaimed
		}
		i++ // "a 10-minute walk"
	}
	if i >= len(r.toks) || r.toks[i].Kind == token.Emoji {
		return unclaimed
	}
	if r.is(i+1, "=") || r.is(i+1, ":") {
		if _, ok := r.figureStarting(i + 2); ok {
			return unclaimed // "back=2 legs=7"
		}
	}
	if r.begins(i, cGoesOn) > 0 || r.drugOf(i) && (f.value > mostPills || r.begins(f.from-1, cStandsAt)+r.begins(f.from-1, cArticle) > 0 || r.ends(f.from-1, cStandsAt)) {
		return unclaimed // "5 hora y media manejando", "un 7 naproxeno de 500"
	}
	if r.begins(i, cNotAUnit) > 0 || (r.is(i, "fingers") || r.is(i, "dedos")) && r.ends(f.from-1, cHoldsUp) {
		return unclaimed // "about four question mark", "un 4 yo creo"
	}
	if r.is(i, "x") && i+1 < len(r.toks) && r.toks[i+1].Kind == token.Number {
		return claimCount
	}
	if !painAsked(r.asked) && (r.is(i, "point") || r.is(i, "points")) && f.value >= 1 {
		return claimCount // a score of a game
	}
	if !painAsked(r.asked) && r.asked != AskedHomework && r.begins(i, cStatusOther) > 0 && r.begins(i+1, cSpell) > 0 {
		return claimCount // "1 stiff morning"
	}
	single := len(r.key(i)) == 1 && !r.toks[i].Glued
	if r.timesTable(f) {
		return unclaimed
	}
	for _, h := range r.at(i) {
		switch h.Concept {
		case cUnitLoad, cPlates:
			if !single {
				return claimLift
			}
		case cUnitTime:
			if !single && !r.plural(f) {
				return claimDuration
			}
		case cUnitDose:
			return claimDose
		case cUnitCount:
			if (!single || r.is(i, "x")) && !r.bodySentence(i) && !r.andBack(int(h.To)) && !(r.begins(i, cOtherBody)+r.begins(i, cLegs) > 0 && !r.is(i, "feet") && !r.is(i, "foot") && r.namesExercise(i)) && !(r.is(i, "mi") && i+1 < len(r.toks) && r.toks[i+1].Kind == token.Word) {
				return claimCount
			}
		}
	}
	return unclaimed
}

// timesTable says whether a number has its time before it, and the time after it a number of
// its own: "days 2 nights 5", "am 5 pm 2".
func (r *reading) timesTable(f *figure) bool {
	if !painAsked(r.asked) || f.value > 10 || !r.digits(f) || !r.figureWithin(f.to+1, f.to+4) {
		return false
	}
	if r.is(f.to, "min") && r.begins(f.from-1, cWorstWord) > 0 {
		_, ok := r.figureStarting(f.to + 1)
		return ok // "max 6 min 1"
	}
	if r.spellsRated(f) {
		return true
	}
	if !r.endsTime(f.from - 1) {
		return false
	}
	when, end := r.timeAt(f.to)
	if when == "" {
		end = r.begins(f.to, cUnitTime)
	}
	k, ok := r.figureStarting(end)
	return ok && end > 0 && r.figures[k].value <= 10 && r.unitAfter(&r.figures[k]) == unclaimed
}

// spellsRated says whether two spells of time have their number behind them: "bad days 7 good days 3".
func (r *reading) spellsRated(f *figure) bool {
	if f.from == 0 || r.begins(f.from-1, cSpell) == 0 {
		return false
	}
	for j := f.to; j < f.to+3; j++ {
		if k, ok := r.figureStarting(j + 1); ok && r.begins(j, cSpell) > 0 && j > f.to {
			return r.figures[k].value <= 10 && r.unitAfter(&r.figures[k]) == unclaimed
		}
	}
	return false
}

// figureWithin says whether a number begins at one of the tokens.
func (r *reading) figureWithin(from, to int) bool {
	for i := from; i < to; i++ {
		if _, ok := r.figureStarting(i); ok {
			return true
		}
	}
	return false
}

// plural says whether the "s" after a number makes it plural rather than
// seconds: "3s all week" to a question for pain, but not "3 x 20s".
func (r *reading) plural(f *figure) bool {
	return r.is(f.to, "s") && painAsked(r.asked) && f.value <= 10 && !r.any(cSetOnly, cRepWord)
}

func (r *reading) outerUnit(i int) bool {
	for _, h := range r.at(i) {
		switch h.Concept {
		case cUnitTime, cUnitCount, cUnitDose, cUnitLoad:
			return !r.is(i, "x")
		}
	}
	return false
}

var cSpell = lexicon.Must("spell_of_time")
