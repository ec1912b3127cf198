package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// scope is what a token stands under.
type scope uint8

const (
	negated      scope = 1 << iota // "no", "not", "without"
	impossible                     // "can't", "trouble", "barely"
	hypothetical                   // "what if", "watch for"
	someoneElse                    // "my mom", "the dog"
	past                           // long ago
	over                           // gone, or fine now
	spared                         // after a loss that is denied: "no loss of feeling"
	idiomatic                      // part of an idiom
)

func (r *reading) markScopes() {
	proxy := r.any(cProxy) || r.aboutKin()
	r.proxy = proxy
	for i := range r.toks {
		if r.year(i) {
			r.set(r.startOfClause(i), r.untilNow(i+1), past)
		}
		for _, h := range r.at(i) {
			switch h.Concept {
			case cIdiom:
				if !r.limbAsleep(h) && r.begins(i, cPeed) <= int(h.To) { // "pissed the bed"
					r.set(int(h.From), int(h.To), idiomatic)
				}
			case cWeightRange:
				if r.rangesPain(h) {
					r.set(int(h.From), int(h.To), idiomatic)
				}
			case cOffThis:
				if r.closesWish(int(h.To)) {
					r.set(r.startOfClause(i), int(h.To), idiomatic) // "delete me off this"
				}
			case cPassedOut:
				if r.clauseHas(h, cAsleepContext) {
					r.set(int(h.From), int(h.To), idiomatic)
				}
			case cNegate:
				r.negate(h)
			case cUnable:
				r.disable(h)
			case cScant:
				if r.begins(int(h.To), cFeel) > 0 {
					r.disable(h) // "apenas siento la nalga", but not "apenas me caí"
				}
			case cImpossibleAfter:
				if r.is(i, "y") && int(h.To) < r.endOfClause(i) && !r.mark(int(h.To)) {
					continue // "quiero orinar y no puedo", but not "... y no puedo dormir"
				}
				if from := r.startOfClause(i); !r.speaksOf(cPosture, from, i) {
					r.set(from, i, impossible)
				}
			case cDontHave:
				r.onlyAsked(i)
			case cIf:
				r.suppose(h)
			case cHypothetical:
				if last := int(h.To) - 1; r.begins(i, cIfReal) > last+1 || r.lasts(last) || r.is(last, "si") && r.covered(last, cIfReal) || r.covered(i, cStopWhole) || r.leavesAlready(i) {
					continue // "y como si no fueran míos", "me puede dar de baja"
				}
				r.watchesFor(i)
			case cWhatIs:
				r.defines(h)
			case cTale:
				r.tale(h)
			case cAllNegative:
				r.set(int(h.To), r.endOfSentence(i), negated)
			case cUnlike:
				if r.is(i-1, "la") {
					continue // "de la nada como un cuchillo"
				}
				if r.is(int(h.To), "that") || r.is(int(h.To), "this") || r.is(int(h.To), "it") {
					r.set(int(h.From), r.endOfClause(i), hypothetical) // "nothing like that, just a 2"
					continue
				}
				r.set(int(h.From), r.endOfSentence(i), hypothetical) // "nothing like the one in april"
			case cCauses:
				r.general(i)
			case cOtherPerson:
				if !proxy {
					r.other(h)
				}
			case cThirdPerson:
				if !proxy {
					r.another(int(h.From))
				}
			case cSomePerson:
				r.somebodyWith(h)
			case cCaseNoun:
				r.somebodysCase(h)
			case cStory:
				r.told(h)
			case cRemotePast:
				if r.is(i, "back") && r.toks[i+1].Kind == token.Number || r.sinceThen(i) || r.asBefore(i) || r.is(i-1, "than") || r.is(i-1, "como") || r.is(i-1, "que") && r.comparedBefore(i-1) ||
					r.lastsUntilNow(int(h.To)) || r.goesOnAfter(i, int(h.To)) {
					continue
				}
				r.set(r.startOfClause(i), r.untilNow(int(h.To)), past)
				r.thatWas(i)
			case cResolved:
				r.resolve(h)
			case cGoneBefore:
				r.goneBefore(h)
			case cNothingWrong:
				r.set(int(h.To), r.endOfClause(int(h.To)-1), over)
			case cFeared:
				r.allay(h)
			case cUnchanged:
				r.keepAsEver(h)
			case cLifelong:
				if !r.any(cWorse) {
					r.set(r.startOfClause(i), r.endOfClause(int(h.To)-1), past)
					r.setBefore(r.startOfClause(i), past)
				}
			case cAnsweredNo:
				r.answered(h)
			}
		}
	}
	r.answerNo()
}

// speaksOf says whether c begins at one of the tokens.
func (r *reading) speaksOf(c lexicon.Concept, from, to int) bool {
	for i := from; i < to; i++ {
		if r.begins(i, c) > 0 {
			return true
		}
	}
	return false
}

// limbAsleep says whether what "fell asleep" is a part of the body.
func (r *reading) limbAsleep(h lexicon.Hit) bool {
	i := int(h.From)
	if r.begins(i, cAsleep) == 0 {
		return false
	}
	for j := i - 1; j >= 0 && i-j <= 3 && r.clause[j] == r.clause[i]; j-- {
		if r.bodyAt(j) {
			return true
		}
	}
	return false
}

var (
	cAllNegative   = lexicon.Must("all_negative") // "todo negativo: caídas, fiebre"
	cPassedOut     = lexicon.Must("passed_out")
	cAsleepContext = lexicon.Must("asleep_context") // "went to bed and passed out"
	cAsleep        = lexicon.Must("asleep")

	cScant           = lexicon.Must("scant")
	cImpossibleAfter = lexicon.Must("impossible_after")
	cOffThis         = lexicon.Must("off_this")
	cPosture         = lexicon.Must("posture")
	cNothingWrong    = lexicon.Must("nothing_wrong")
	cDontHave        = lexicon.Must("dont_have")
)

func (r *reading) set(from, to int, s scope) {
	for i := max(from, 0); i < to && i < len(r.flags); i++ {
		r.flags[i] |= s
	}
}

// setBefore marks the clause before the one that begins at start.
func (r *reading) setBefore(start int, s scope) {
	before := start - 1
	for before >= 0 && r.mark(before) {
		before--
	}
	if before >= 0 && r.sent[start]-r.sent[before] <= 1 {
		r.set(r.startOfClause(before), start, s)
	}
}

func (r *reading) startOfSentence(i int) int {
	for i > 0 && r.sent[i-1] == r.sent[i] {
		i--
	}
	return i
}

func (r *reading) endOfSentence(i int) int {
	for j := i; j < len(r.toks); j++ {
		if r.sent[j] != r.sent[i] {
			return j
		}
	}
	return len(r.toks)
}

func (r *reading) endOfClause(i int) int {
	for j := i; j < len(r.toks); j++ {
		if r.clause[j] != r.clause[i] {
			return j
		}
	}
	return len(r.toks)
}

func (r *reading) startOfClause(i int) int {
	j := i
	for j > 0 && r.clause[j-1] == r.clause[i] {
		j--
	}
	return j
}

func (r *reading) symptomAt(i int) bool {
	for _, h := range r.at(i) {
		if symptomConcepts.has(h.Concept) {
			return true
		}
	}
	return false
}

// covered says whether token i belongs to a phrase of c that begins at it or
// up to two tokens earlier.
func (r *reading) covered(i int, c lexicon.Concept) bool {
	for back := range 3 {
		if end := r.begins(i-back, c); end > i {
			return true
		}
	}
	return false
}
