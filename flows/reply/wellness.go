package reply

import (
	"strings"

	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// What is said to be well, and whether that is the back.

// easedInWindow says whether the pain only came down in the course of the evening
// or the week that is asked about: "got up to a 4 then eased".
func (r *reading) easedInWindow(h lexicon.Hit) bool {
	if r.asked != AskedEvening && r.asked != AskedWeekly || r.begins(int(h.From), cEasedWord) == 0 {
		return false
	}
	for _, x := range r.ratings[:min(len(r.ratings), nearFigures)] {
		if x.value > 0 && x.from < int(h.From) {
			return true
		}
	}
	return false
}

var cEasedWord = lexicon.Must("eased_word")

// saysGood says whether "fine", "better" or "normal" is said of the back.
func (r *reading) saysGood(h lexicon.Hit) bool {
	i := int(h.From)
	if next := int(h.To); r.is(next, "till") || r.is(next, "until") || r.is(next, "til") || r.is(next, "hasta") && !r.is(next+1, "ahora") && !r.is(next+1, "hoy") {
		if r.is(i, "fine") || r.is(i, "good") || r.is(i, "ok") || r.is(i, "bien") {
			return false // "always fine till this disc"
		}
	}
	if k, ok := r.figureStarting(int(h.To)); ok && r.begins(i, cHoldsUp) > 0 && r.fingersUp(r.figures[k].to) && (r.is(r.figures[k].to, "fingers") || r.is(r.figures[k].to, "dedos")) {
		return false // "holding up four fingers"
	}
	if r.begins(i, cHalved) >= int(h.To) && (len(r.ratings) > 0 || r.asked == AskedNone) {
		return false // "half of what it was, so a 3"
	}
	if r.onlyIntense(h) || r.ofLimb(h) || r.is(int(h.To), "que") && r.is(int(h.To)-1, "siempre") {
		return false
	}
	for j := i + 1; j < int(h.To); j++ {
		if r.begins(j, cGoodNegated) > int(h.To) {
			return false // "the same spot"
		}
	}
	if !r.plainOrResolved(h) || r.overlapped(h, cGoodNegated) && !r.allTimes(h) || r.overlapped(h, cCorrect) {
		return false
	}
	if r.toks[i].Kind == token.Word && r.flags[i]&impossible != 0 && h.To-h.From == 1 || r.onlyOpens(h) || r.attributive(h) || r.wellLeads(h) {
		return false
	}
	if k, ok := r.endsFigure(i); ok && r.figures[k].claim == claimLift && strings.HasPrefix(r.key(int(h.To)-1), "smooth") {
		return false // "225x5x3 smooth"
	}
	return !r.foreign(h) && !r.ofTask(h) && !r.goodThing(h)
}

// onlyIntense says whether "bien" only makes what follows it stronger: "ando bien jodido".
func (r *reading) onlyIntense(h lexicon.Hit) bool {
	i := int(h.To)
	if i-int(h.From) != 1 || !r.is(i-1, "bien") || i >= len(r.toks) || r.begins(i, cGood) > 0 {
		return false
	}
	return r.begins(i, cPain)+r.begins(i, cStatusOther)+r.begins(i, cFlare)+r.begins(i, cRundown) > 0
}

// ofLimb says whether it is how a limb works that is well, which the sentence named as the one that
// tingles or hurts: "pins and needles down my leg, I can feel and move it all fine".
func (r *reading) ofLimb(h lexicon.Hit) bool {
	start, first := r.startOfClause(int(h.From)), r.startOfSentence(int(h.From))
	if r.clauseHas(h, cBack) {
		return false
	}
	if (r.is(int(h.To)-1, "since") || r.is(int(h.To), "since")) && r.speaksOf(cBody, first, int(h.From)) {
		return true // "had a floppy foot, surgery fixed it, no trouble since"
	}
	works := r.speaksOf(cLimbWorks, start, int(h.From)) || r.begins(int(h.To), cLimbWorks) > 0
	return works && (r.speaksOf(cTingleOnly, first, start) || r.speaksOf(cLegs, first, start) || r.speaksOf(cBody, first, start))
}

var (
	cHalved    = lexicon.Must("halved")
	cRundown   = lexicon.Must("rundown") // "jodido", "madreado"
	cLimbWorks = lexicon.Must("limb_works")
)

// allTimes says whether "before" after h is one of the times that it was good at: "back was fine
// before during and after".
func (r *reading) allTimes(h lexicon.Hit) bool {
	return r.is(int(h.To), "before") && r.otherTimeListed(int(h.To)+1)
}

// goodThing says whether what is good, the same or down is something else than the
// back: "great night", "same bed", "down to my calf", "happy??", "the cat thinks
// its great", "is swimming ok".
func (r *reading) goodThing(h lexicon.Hit) bool {
	from, to := int(h.From), int(h.To)
	start := r.startOfClause(from)
	for j := start; j < from; j++ {
		if r.is(j, "thinks") || r.is(j, "eat") || r.is(j, "ate") || r.is(j, "como") && r.is(j-1, "que") {
			return true
		}
	}
	if to >= len(r.toks) {
		if r.is(from-1, "the") && r.is(from, "quiet") {
			return true // "retired and liking the quiet"
		}
		return r.opensAsQuestion() && r.asked == AskedNone
	}
	switch next := r.toks[to]; {
	case r.is(to, "?"):
		return r.is(from, "happy") || r.is(from, "ok") && to-from == 1 && from > 0
	case next.Kind != token.Word:
	case r.is(from-1, "the") && r.is(from, "quiet"):
		return true // "retired and liking the quiet"
	case (r.is(to, "la") || r.is(to, "el")) && r.begins(to+1, cGoodNoun)+r.begins(to+1, cOtherSubject) > 0:
		return true // "chévere la sesión"
	case r.begins(to, cGoodNoun) > 0, r.is(from, "good") && to-from == 1 && r.isPossessive(from-1):
		return true // "on my good shirt"
	case r.is(to-1, "same") && r.begins(to, cSameThing) > 0, r.is(to-1, "new") && r.symptomAt(to):
		return true // "a brand new ache"
	case r.is(to-1, "to") && r.begins(from, cBetter) > 0 || r.is(from, "bajo") && r.is(to, "a"):
		_, figure := r.figureStarting(to)
		_, second := r.figureStarting(to + 1)
		return !figure && !second
	case to-from == 1 && r.is(from, "well") && from == start:
		return true
	}
	return r.asked == AskedNone && r.opensAsQuestion() && r.sent[from] == 0
}

// saysBetter says whether "better" is said outright and not only of a number that came
// down: "so it is better", "much better".
func (r *reading) saysBetter(h lexicon.Hit) bool {
	last := int(h.To) - 1
	return (r.is(last, "better") || r.is(last, "improved") || r.is(last, "mejor")) && r.begins(last-1, cCopula)+r.begins(last-1, cMuch)+r.begins(last-1, cFeel)+r.begins(last-1, cAnaphor) > 0
}

// attributive says whether "usual" or "normal" only describes what one did: "my usual
// evening, fed the horses", but not "my usual self", "a normal week".
func (r *reading) attributive(h lexicon.Hit) bool {
	last := int(h.To) - 1
	return (r.is(last, "usual") || r.is(last, "regular") || r.is(last, "normal")) && r.begins(last-1, cPossessive) > 0 && r.begins(last+1, cRoundNoun) > 0
}

// wellLeads says whether "well" only leads to what is said: "Well, sort of".
func (r *reading) wellLeads(h lexicon.Hit) bool {
	i := int(h.From)
	return r.is(i, "well") && h.To-h.From == 1 && i == r.skipGreetingMarks() && (r.mark(i+1) && !r.is(i+1, "!") || r.is(i+1, ".")) && i+2 < len(r.toks)
}

// skipGreetingMarks is the first token of the text that is no mark.
func (r *reading) skipGreetingMarks() int {
	i := 0
	for r.mark(i) {
		i++
	}
	return i
}

var cRoundNoun = lexicon.Must("round_noun")

// ofTask says whether "same as always" is said of what was done and not of the
// back: "milked at 4 same as always".
func (r *reading) ofTask(h lexicon.Hit) bool {
	if r.begins(int(h.From), cWhole) == 0 {
		return false
	}
	for j := r.startOfClause(int(h.From)); j < int(h.From); j++ {
		if r.begins(j, cTask) > 0 || h.To-h.From > 1 && r.begins(j, cAtWork) > 0 {
			return true
		}
	}
	return false
}

// onlyOpens says whether "ok" or "well" only leads to a number: "coffee first. ok 3".
func (r *reading) onlyOpens(h lexicon.Hit) bool {
	_, figure := r.figureStarting(int(h.To))
	return figure && h.To-h.From == 1 && r.begins(int(h.From), cAck) > 0
}

// goodOfBack says whether what is good is the back or the pain by name, or the first
// thing said to a question for it.
func (r *reading) goodOfBack() bool {
	for _, h := range r.hits {
		if (h.Concept == cGood || h.Concept == cBetter) && r.saysGood(h) && (r.clauseHas(h, cBack) || r.afterAside(h) || r.clauseHas(h, cPain) || painAsked(r.asked) && h.From == 0 && !r.okLeads()) {
			return true
		}
	}
	return false
}

// okLeads says whether the text opens with an "ok" that only leads to what is said: "ok nurse
// brain says dont ignore this".
func (r *reading) okLeads() bool {
	return (r.is(0, "ok") || r.is(0, "okay")) && len(r.toks) > 1 && r.toks[1].Kind == token.Word && !r.any(cBack, cPain)
}

// afterAside says whether the back is the subject before an aside: "my back, if you
// care, is fine".
func (r *reading) afterAside(h lexicon.Hit) bool {
	start := r.startOfClause(int(h.From))
	if r.begins(start, cCopula) == 0 || start < 2 || !r.is(start-1, ",") {
		return false
	}
	aside := r.startOfClause(start - 1)
	for j := aside - 1; j >= 0 && r.clause[j] == r.clause[max(aside-1, 0)]; j-- {
		if r.begins(j, cBack) > 0 {
			return true
		}
	}
	return false
}

// goodOnlyNow says whether "fine" is said of now while the week had a rating.
func (r *reading) goodOnlyNow() bool {
	for _, h := range r.hits {
		if h.Concept != cGood || !r.saysGood(h) {
			continue
		}
		for j := r.startOfClause(int(h.From)); j < r.endOfClause(int(h.From)); j++ {
			if when, _ := r.timeAt(j); when == whenNow || r.begins(j, cEnded) > 0 {
				return true
			}
		}
	}
	return false
}
