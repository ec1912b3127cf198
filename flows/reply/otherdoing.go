package reply

import (
	"strings"

	"backstop/flows/reply/lexicon"
)

// cannotCease says whether "parar" is to cease rather than to stand: "no puedo parar
// de reír", "no puedo parar la orina", but not "parar de la cama".
func (r *reading) cannotCease(h lexicon.Hit) bool {
	if i := int(h.To); r.is(i-1, "parar") {
		return r.is(i, "la") || r.is(i, "el") || r.is(i, "de") && infinitive(r.keyOr(i+1))
	}
	return false
}

// infinitive says whether a Spanish verb ends as infinitives do, also with "me" or "lo" after it.
func infinitive(key string) bool {
	if strings.HasSuffix(key, "r") {
		return true
	}
	return len(key) > 4 && key[len(key)-3] == 'r' && (strings.HasSuffix(key, "me") || strings.HasSuffix(key, "lo") || strings.HasSuffix(key, "la"))
}

// wellAfterwards says whether the back is said to be well beside what was cut short:
// "stopped at 225, felt fine".
func (r *reading) wellAfterwards() bool {
	for _, x := range r.ratings {
		if !x.zero && x.value > 0 {
			return false
		}
	}
	if len(r.ratings) > 0 {
		return true
	}
	for _, h := range r.hits {
		if h.Concept == cGood && r.saysGood(h) {
			return !r.asserted(cPain)
		}
	}
	return false
}

// wokenByOther says whether something else than the back woke: "u woke me up lol".
func (r *reading) wokenByOther(h lexicon.Hit) bool {
	for j := r.startOfClause(int(h.From)); j < int(h.From); j++ {
		if r.begins(j, cWaker) > 0 || r.you(j) {
			return true
		}
	}
	return false
}

var cWaker = lexicon.Must("waker")

// circumstance says whether lying or sitting is only where one of several numbers
// was felt: "0 on the couch 5 on the stairs", "acostada 1".
func (r *reading) circumstance(h lexicon.Hit) bool {
	if len(r.ratings) < 2 {
		return false
	}
	_, before := r.endsFigure(int(h.From))
	i := int(h.To)
	for i < int(h.To)+3 && (r.is(i, "ya") || r.is(i, "es") || r.is(i, "its") || r.is(i, "now") || r.is(i, "im") || r.begins(i, cArticle) == i+1) {
		i++
	}
	_, after := r.figureStarting(i)
	return before || after
}

// orNone says whether h is the second half of "church or no church".
func (r *reading) orNone(h lexicon.Hit) bool {
	i := int(h.From)
	return r.is(i, "no") && r.is(i-1, "or") && i > 1 && r.keyOr(i-2) == r.keyOr(i+1)
}

// causeRated says whether a cause with a rating follows token i in its sentence:
// "stopped after the first set because it climbed to a 4".
func (r *reading) causeRated(i int) bool {
	for j := i; j < len(r.toks) && r.sent[j] == r.sent[max(i-1, 0)]; j++ {
		if r.begins(j, cCauseMark) == 0 || r.looseCause(j) || r.begins(j, cBut) > 0 {
			continue
		}
		for _, x := range r.ratings[:min(len(r.ratings), nearFigures)] {
			if x.value > 0 && x.from > j && r.sent[x.from] == r.sent[j] {
				return true
			}
		}
	}
	return false
}

// stopsThing says whether what was stopped is a thing, and for what: "had to stop the
// tractor twice for a loose calf".
func (r *reading) stopsThing(h lexicon.Hit) bool {
	i := int(h.To)
	if !r.is(i-1, "stop") || !r.is(i, "the") && !r.is(i, "my") || r.begins(i+1, cSetOnly)+r.begins(i+1, cRepWord)+r.begins(i+1, cChore)+r.begins(i+1, cLightTask)+r.begins(i+1, cTask) > 0 || r.exerciseAt(i+1) != "" {
		return false
	}
	for j := i + 1; j < r.endOfClause(i); j++ {
		if r.is(j, "for") && !r.is(j+1, "my") && !r.is(j+1, "the") {
			return true
		}
	}
	return false
}

var cFreeDay = lexicon.Must("free_day")

var cNotCut = lexicon.Must("not_cut")

// byOther says whether something else than the back is the cause of h: it is
// named beside it, or the back is said not to be ("that was the puppy, not my
// back"), or it is work that does not let go.
func (r *reading) byOther(h lexicon.Hit) bool {
	switch h.Concept {
	case cMissedWork, cBasics, cLightTask, cCutShort, cSleepBad:
	default:
		return false
	}
	if r.any(cNotTheBack) || r.overlapped(h, cWorkObliges) || r.foreignCause(int(h.To)) {
		return true
	}
	if (h.Concept == cMissedWork || h.Concept == cBasics) && r.asked == AskedNone && r.schedules() && !r.any(cBack, cPain) {
		return true // "im off work friday so any time is good"
	}
	if h.Concept != cBasics && r.clauseHas(h, cFreeDay) && !r.clauseHas(h, cBack) && !r.clauseHas(h, cPain) {
		return true // "no work today its sunday"
	}
	if next := r.endOfClause(int(h.From)); h.Concept == cMissedWork && r.begins(next, cAilment)+r.begins(next, cOtherCause) > 0 && !r.clauseHas(h, cBack) {
		return true // "took a sick day, stomach bug"
	}
	if h.Concept == cCutShort && r.othersTrouble(h) {
		return true
	}
	if h.Concept == cMissedWork && r.besetBy(h) {
		return true // "home from work w/ pinkeye"
	}
	named := h.Concept == cCutShort && (r.clauseHas(h, cLeisure) || r.besetBy(h)) || (h.Concept == cMissedWork || h.Concept == cSleepBad) && r.clauseHas(h, cOtherCause)
	return named && !r.clauseHas(h, cBack) && !r.clauseHas(h, cPain) && len(r.ratings) > 0
}

// othersTrouble says whether the clause after h tells what came between, and that is none of the
// back's: "cancelled dinner, kid has pinkeye".
func (r *reading) othersTrouble(h lexicon.Hit) bool {
	next := r.endOfClause(int(h.From))
	for j := int(h.To); j < next; j++ {
		if r.begins(j, cOtherBody) > 0 && r.isPossessive(j-1) && !r.legPain(j) && !r.is(j-2, "with") && !r.is(j-2, "w") && !r.clauseHas(h, cBack) {
			return true // "skipped leg day my quads are shot"
		}
	}
	if next >= len(r.toks) || r.sent[next] != r.sent[h.From] || r.clauseHas(h, cBack) || r.clauseHas(h, cPain) || r.clauseHas(h, cCauseMark) {
		return false
	}
	if r.begins(next, cPossessive) > 0 {
		next++
	}
	if r.begins(next, cOtherPerson)+r.begins(next, cOtherCause)+r.begins(next, cOutsideCause)+r.begins(next, cFlaresToo) == 0 {
		return false
	}
	end := r.endOfClause(min(next, len(r.toks)-1))
	return !r.speaksOf(cBack, next, end) && !r.speaksOf(cPain, next, end) && !r.speaksOf(cNeedsHelp, next+2, end) && !r.speaksOf(cDoesFor, next, end)
}

// besetBy says whether what follows h names its cause, and that is none of the back's:
// "stayed home w a stomach bug".
func (r *reading) besetBy(h lexicon.Hit) bool {
	i := int(h.To)
	if r.is(i, "w") && r.is(i+1, "/") {
		i++
		return r.speaksOf(cOtherCause, i+1, min(i+4, r.endOfClause(i)))
	}
	return (r.is(i, "w") || r.is(i, "with") || r.is(i, "con") || r.is(i, "por")) && r.speaksOf(cOtherCause, i+1, min(i+4, r.endOfClause(i)))
}

// clauseHas says whether the clause of h names a c.
func (r *reading) clauseHas(h lexicon.Hit, c lexicon.Concept) bool {
	for j := r.startOfClause(int(h.From)); j < r.endOfClause(int(h.From)); j++ {
		if r.begins(j, c) > 0 {
			return true
		}
	}
	return false
}
