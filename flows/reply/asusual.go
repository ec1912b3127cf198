package reply

import (
	"strings"

	"backstop/flows/reply/lexicon"
)

// What was done as on any other day, and what that says of the back.

var (
	cAsUsual = lexicon.Must("as_usual")
	cNoDeed  = lexicon.Must("no_deed") // "complaining as usual"
)

// deedAsUsual finds a deed that was done as on any other day: "been framing walls since six like
// every other day", "en la cocina desde las 5 como de costumbre".
func (r *reading) deedAsUsual() bool {
	if !r.any(cAsUsual) || r.asked == AskedHomework || r.asked == AskedTravelPre || !r.backIsCause(false) || r.any(cNoJob) {
		return false
	}
	h, ok := r.find(cAsUsual, func(h lexicon.Hit) bool {
		start, deed := r.startOfClause(int(h.From)), false
		if !r.plain(h) {
			return false
		}
		for j := start; j < int(h.From); j++ {
			if r.begins(j, cPain)+r.begins(j, cFeel)+r.begins(j, cNoDeed)+r.begins(j, cNegate)+r.begins(j, cUnable) > 0 || r.symptomAt(j) {
				return false
			}
			deed = deed || r.begins(j, cTask)+r.begins(j, cWorkplace)+r.begins(j, cAtWork) > 0 || doingWord(r.key(j))
		}
		return deed
	})
	if ok {
		r.note("interference: none", int(h.From), int(h.To), "done as ever")
	}
	return ok
}

// doingWord says whether a word tells of something that is being done: "welding", "vendiendo".
func doingWord(key string) bool {
	return len(key) > 6 && (strings.HasSuffix(key, "ing") || strings.HasSuffix(key, "ando") || strings.HasSuffix(key, "iendo"))
}

// ofTheDay says whether "normal" or "as usual" is said of what was done that day rather than of
// the back: "ive been slinging drywall all day like normal", "sigo en el andamio como siempre".
func (r *reading) ofTheDay(h lexicon.Hit) bool {
	i := int(h.From)
	if !r.ratedSelf() || r.mostRated() < usualAtMost {
		return false
	}
	if r.begins(i, cWhole) == 0 && !r.overlapped(h, cWhole) && !r.overlapped(h, cAtWork) {
		return false
	}
	for j := r.startOfClause(i); j < i; j++ {
		if r.begins(j, cPain)+r.begins(j, cBack)+r.begins(j, cFeel) > 0 || r.symptomAt(j) {
			return false
		}
	}
	if r.overlapped(h, cAtWork) && r.begins(i, cAtWork) == 0 {
		return true
	}
	for j := r.startOfClause(i); j < i; j++ {
		if r.begins(j, cAtWork)+r.begins(j, cTask)+r.begins(j, cWorkplace) > 0 {
			return true
		}
	}
	return false
}

// usualAtMost is from where on a day that went as usual does not say that the back is well.
const usualAtMost = 3

// mostRated is the highest pain that was taken.
func (r *reading) mostRated() float64 {
	most := 0.0
	for _, x := range r.ratings[:min(len(r.ratings), nearFigures)] {
		if x.used {
			most = max(most, x.value)
		}
	}
	return most
}

// deniedFirst says whether the first flare that is named is denied.
func (r *reading) deniedFirst() bool {
	h, ok := r.find(cFlare, nil)
	if !ok || r.flags[h.From]&negated == 0 {
		return false
	}
	last, _ := r.find(cFlare, func(f lexicon.Hit) bool {
		return f.From > h.From && r.flags[f.From]&negated == 0 && r.sent[f.From] > r.sent[h.From]
	})
	return last.From == 0 && !r.speaksOf(cBut, int(h.To), len(r.toks)) || !r.speaksOf(cFlare, int(h.To), len(r.toks))
}

// betterThan says whether a number is called better than another time's: "1, better than the 3 i
// had last time".
func (r *reading) betterThan() bool {
	_, ok := r.find(cBetter, func(h lexicon.Hit) bool {
		i := int(h.From)
		_, before := r.endsFigure(i)
		_, apart := r.endsFigure(i - 1)
		return (r.is(int(h.To), "than") || r.is(int(h.To), "que")) && (before || apart && r.mark(i-1))
	})
	return ok
}
