package reply

import (
	"slices"

	"backstop/flows/reply/lexicon"
)

// Frames of what the day did not allow, and what was not the back's doing.

// asksItself says whether the sentence of h only asks: "5. Is that normal day after?".
func (r *reading) asksItself(h lexicon.Hit) bool {
	start, end := r.startOfSentence(int(h.From)), r.endOfSentence(int(h.From))
	for start < end && (r.mark(start) || r.figureTo[start+1] > 0) {
		start++
	}
	return r.is(end-1, "?") && r.begins(start, cAuxiliary)+r.begins(start, cModal)+r.begins(start, cQuestion) > 0
}

// blamesOther says whether another part of the body is said to be what it is: "limping but my
// backs ok, its my toe".
func (r *reading) blamesOther() bool {
	_, ok := r.find(cOtherBody, func(h lexicon.Hit) bool {
		at, to := int(h.From), int(h.To)
		if r.legPain(at) || r.namesExercise(at) || r.andBack(to) || !r.owned(at) || !r.itIs(at-2) && !r.itIs(at-3) {
			return false
		}
		return to >= len(r.toks) || r.mark(to) || r.begins(to, cOtherBlame) > 0
	})
	return ok
}

// owned says whether the part of the body at i has its "my" or "the".
func (r *reading) owned(i int) bool {
	return r.isPossessive(i-1) || r.begins(i-1, cArticle) > 0 || r.is(i-1, "el") || r.is(i-1, "la")
}

// itIs says whether "it is" ends with token i and is not denied.
func (r *reading) itIs(i int) bool {
	is := r.is(i, "its") || r.is(i, "thats") || r.is(i, "es") || r.is(i, "is") && r.is(i-1, "it")
	return is && r.flags[i]&negated == 0
}

var cOtherBlame = lexicon.Must("other_blame")

// skippedForOther says whether the homework was left for something that is no pain, and the back
// is only told beside it: "didnt get to it, work til 9. back is a 1".
func (r *reading) skippedForOther() bool {
	if r.speaksOf(cFlare, 0, len(r.toks)) {
		return false
	}
	_, ok := r.find(cOtherReason, func(h lexicon.Hit) bool {
		start, end := r.startOfClause(int(h.From)), r.endOfClause(int(h.From))
		pains := r.speaksOf(cPain, start, end) || r.speaksOf(cBack, start, end)
		if pains || r.flags[h.From]&(hypothetical|past) != 0 {
			return false
		}
		return !slices.ContainsFunc(r.ratings, func(x rating) bool { return x.from >= start && x.from < end })
	})
	return ok
}

var cOtherReason = lexicon.Must("other_reason")

// callsOffPastime says whether what was called off is a pastime and no visit: "worse, 6, had to
// cancel golf".
func (r *reading) callsOffPastime(h lexicon.Hit) bool {
	i := int(h.From)
	ahead := r.is(i-1, "to") && !r.is(i-2, "had") || r.is(i-1, "que") && !r.is(i-2, "tuve")
	if ahead || r.begins(i-1, cModal) > 0 {
		return false // "need to cancel golf" is yet to come
	}
	return r.speaksOf(cPastime, int(h.To), min(int(h.To)+4, r.endOfClause(i)))
}

var cPastime = lexicon.Must("pastime")

// awayOn says whether the answer names the days on which one was away from work: "Out Mon and
// Tues", "home thursday and friday".
func (r *reading) awayOn() bool {
	if r.asked != AskedWorkdays || r.asserted(cOtherCause) && !r.any(cBack) || r.isQuestion() {
		return false
	}
	if r.any(cAtWork, cNoJob, cCutShort, cNotTheBack) {
		return false
	}
	i := r.skipGreeting()
	for r.begins(i, cYes) == i+1 || r.begins(i, cFirstPerson) == i+1 || r.begins(i, cCopula) > 0 || r.mark(i) {
		i++
	}
	end := r.begins(i, cAway)
	return end > 0 && r.flags[i]&(negated|someoneElse|hypothetical) == 0 && r.begins(end, cWeekday) > 0
}

var cAway = lexicon.Must("away")

// handled says whether the part of the body at i is only what one was busy with: "seized up
// brushing my teeth".
func (r *reading) handled(i int) bool {
	return r.isPossessive(i-1) && i >= 2 && r.doing(i-2) && r.begins(i-2, cPain) == 0
}

// doneFirst says whether the answer opens with what is done, before it asks: "done, what's next?".
func (r *reading) doneFirst() bool {
	i := r.skipGreeting()
	end := r.begins(i, cDone)
	return end > 0 && end < len(r.toks) && r.mark(end) && !r.is(end, "?") && r.flags[i]&negated == 0
}

// offersWord says whether the "if" at i is in the question whether we want to be told of what may
// come: "would yall want to know if i got a fever?", but not "... if my foot is numb".
func (r *reading) offersWord(i int) bool {
	asked := false
	for back := range askReach {
		asked = asked || r.begins(i-back, cAskToKnow) == i+1
	}
	if !asked {
		return false
	}
	start, end := r.startOfSentence(i), r.endOfSentence(i)
	if r.begins(start, cModal)+r.begins(start, cAuxiliary) == 0 && !r.is(start, "do") && !r.is(end-1, "?") {
		return false
	}
	for j := i + 1; j < min(i+6, end); j++ {
		if r.begins(j, cMayCome) > 0 {
			return true
		}
	}
	return false
}

// askReach is how many words a question whether we want to know may have up to its "if".
const askReach = 8

var (
	cAskToKnow = lexicon.Must("ask_to_know")
	cMayCome   = lexicon.Must("may_come")
)
