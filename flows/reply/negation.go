package reply

import (
	"strings"

	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

const (
	reach     = 9 // tokens that a negation reaches
	reachCant = 6 // tokens that an inability reaches
	listItem  = 3 // longest further item of a list that is still denied
)

// negate marks what "no", "not" or "without" takes back: the rest of its
// clause, and the short further items of a list ("no fever, chills or sweats").
func (r *reading) negate(h lexicon.Hit) {
	i := int(h.From)
	if at := r.evenSoUnable(i); at > 0 {
		r.set(at, r.reachFrom(at, reachCant), impossible)
		return // "ni con ayuda me pude parar"
	}
	if r.covered(i, cPseudoNegation) || r.covered(i, cUnable) || r.answersNo(i) || r.is(i, "ni") && r.flags[i]&impossible != 0 {
		return
	}
	if r.lacks(i) && r.begins(i+2, cOtherPerson)+r.begins(i+2, cMedName) > 0 {
		return // "without my meds my foot drags"
	}
	end := r.reachFrom(int(h.To), reach)
	r.set(int(h.To), end, negated)
	r.spare(int(h.To), end)
	if end > 0 && r.mark(end-1) {
		end-- // the comma belongs to the clause that it closes
	}
	for end < len(r.toks) && r.mark(end) && r.keys[r.toks[end].KeyStart] == ',' {
		next := r.endOfClause(end + 1)
		if end+1 >= len(r.toks) || r.wordsBetween(end+1, next) > listItem+1 || !r.isListItem(end+1, next) {
			return
		}
		r.set(end+1, next, negated)
		end = next
		if end > 0 && r.mark(end-1) {
			end--
		}
	}
}

// wordsBetween counts the tokens that are more than small words: "dolores de
// la vejiga" is two.
func (r *reading) wordsBetween(from, to int) int {
	n := 0
	for i := from; i < to; i++ {
		if !r.is(i, "de") && !r.is(i, "la") && !r.is(i, "el") && !r.is(i, "las") && !r.is(i, "los") && !r.is(i, "of") && !r.is(i, "the") {
			n++
		}
	}
	return n
}

// spare marks what is not lost after all: the feeling in "no loss of feeling",
// the breath in "no shortness of breath", the urine in "no se me sale la orina".
func (r *reading) spare(from, to int) {
	for j := from; j < to; j++ {
		if end := r.begins(j, cLossNoun); end > 0 {
			r.set(end, to, spared)
			return
		}
		if r.begins(j, cLeak)+r.begins(j, cPeed)+r.begins(j, cBleeding) > 0 {
			r.set(j, to, spared) // "no me orino" is no trouble to pee
			return
		}
	}
}

var (
	cPassesWell = lexicon.Must("passes_well")
	cLossNoun   = lexicon.Must("loss_noun")
	cLeak       = lexicon.Must("leak")
	cPeed       = lexicon.Must("peed")
	cBleeding   = lexicon.Must("bleeding")
	cLostWeight = lexicon.Must("lost_weight")
	cMedName    = lexicon.Must("med_name")
)

// answersNo says whether "no" at i is an answer rather than a negation: "no i
// can pee fine", "nope my legs are ok".
func (r *reading) answersNo(i int) bool {
	return r.is(i, "no") && r.speaker(i+1) && !r.haber(i+1)
}

// haber says whether "he" at i is Spanish: "no he tenido fiebre".
func (r *reading) haber(i int) bool {
	if !r.is(i, "he") {
		return false
	}
	next := r.keyOr(i + 1)
	for _, end := range []string{"ado", "ido", "sto", "cho", "rto", "eto"} {
		if strings.HasSuffix(next, end) {
			return true
		}
	}
	return r.is(i-1, "me")
}

// speaker says whether token i is an English "I" or "my" with its verb.
func (r *reading) speaker(i int) bool {
	switch r.keyOr(i) {
	case "i", "im", "ive", "ill", "id", "my", "its", "we", "they", "she", "he":
		return true
	}
	return false
}

// turns says whether the patient starts to speak anew at i: "it doesn't get
// better i will ...", but not "... i know of" or "that i feel ...".
func (r *reading) turns(i int) bool {
	switch r.keyOr(i) {
	case "im", "ill", "ive":
	case "yo":
		if r.is(i-1, "que") || r.is(i-1, "ni") || i+1 >= len(r.toks) || r.mark(i+1) {
			return false
		}
	case "i":
		if r.begins(i+1, cTurnVerb) == 0 {
			return false
		}
	default:
		return false
	}
	return r.begins(i-1, cSubordinate)+r.begins(i-1, cNegate)+r.begins(i-1, cUnable) == 0
}

var (
	cTurnVerb    = lexicon.Must("turn_verb")
	cSubordinate = lexicon.Must("subordinate")
)

// isListItem says whether the tokens are only the name of a symptom or two: a
// noun alone, or with an "or". "No pain, numb crotch" is no such list.
func (r *reading) isListItem(from, to int) bool {
	words, symptom, or := 0, false, false
	for i := from; i < to; i++ {
		t := r.toks[i]
		if t.Kind == token.Mark && i == to-1 {
			continue
		}
		if t.Kind != token.Word || r.begins(i, cStopper) > 0 || r.begins(i, cSubject) > 0 || r.begins(i, cNegate) > 0 || r.begins(i, cBoth) > 0 ||
			r.begins(i, cGood)+r.begins(i, cUnable) > 0 {
			return false
		}
		words++
		or = or || r.is(i, "or") || r.is(i, "nor") || r.is(i, "o") || r.is(i, "ni")
		symptom = symptom || r.symptomAt(i)
	}
	return symptom && (or || words == 1 && symptomNoun(r.key(from)))
}

// symptomNoun says whether a word names a symptom rather than describes a
// part: "chills", "numbness", "tingling", but not "numb".
func symptomNoun(key string) bool {
	for _, end := range []string{"s", "ing", "ever", "eo", "dad", "re"} {
		if strings.HasSuffix(key, end) {
			return true
		}
	}
	return false
}

// reachFrom returns the end of what a cue before token i takes back.
func (r *reading) reachFrom(i, limit int) int {
	if i >= len(r.toks) {
		return i
	}
	home := i
	if i > 0 {
		home = i - 1
	}
	symptom, until := false, 0
	for j := i; j < len(r.toks) && j-i < limit; j++ {
		if r.clause[j] != r.clause[home] || r.begins(j, cStopper) > 0 && j > i {
			return j
		}
		if j > i && r.begins(j, cJoiner) > 0 && !r.is(j, "ni") && r.begins(j+1, cPassesWell) > 0 {
			return j // "no se me duermen las piernas y orino normal"
		}
		if j > i && r.losesAnew(i, j) {
			return j // "no appetite and down 15 pounds"
		}
		if j > i && r.begins(j, cUnable) > 0 && r.begins(j, cLossNoun) == 0 || j > i && r.turns(j) {
			return j
		}
		if symptom && r.begins(j, cOwnForm) > 0 && !r.is(j-1, "ni") && !r.is(j-1, "o") && (r.begins(j-1, cJoiner) > 0 || r.is(j-1, "que")) {
			return j // "no tengo fiebre y arrastro el pie"
		}
		if symptom && j >= until && r.begins(j, cSubject) > 0 && r.begins(j-1, cPreposition) == 0 {
			return j
		}
		if r.mark(j) && !r.toks[j].Glued {
			return j
		}
		if r.symptomAt(j) {
			symptom, until = true, max(until, r.symptomEnd(j))
		}
	}
	return min(i+limit, len(r.toks))
}

// losesAnew says whether a loss of weight at j is told on its own, after what a
// cue before token i denies: "no appetite lost 15 lb", but not "no fever or lost
// weight" nor "have not really lost weight".
func (r *reading) losesAnew(i, j int) bool {
	if r.begins(j, cLostWeight) == 0 || r.is(j, "weight") || r.is(j-1, "or") || r.is(j-1, "nor") {
		return false
	}
	for ; i < j; i++ {
		if !lexicon.Default().Filler(r.words[i]) && !r.ownPerfect(i) {
			return true
		}
	}
	return false
}

// symptomEnd returns the end of the longest symptom that begins at i: the "me"
// in "no se me duerme" is no new subject.
func (r *reading) symptomEnd(i int) int {
	end := i
	for _, h := range r.at(i) {
		if symptomConcepts.has(h.Concept) {
			end = max(end, int(h.To))
		}
	}
	return end
}

// disable marks what cannot be done. "No trouble peeing" takes it back.
func (r *reading) disable(h lexicon.Hit) {
	i := int(h.From)
	end := r.reachFrom(int(h.To), reachCant)
	if r.flags[i]&negated != 0 || r.covered(i, cPseudoNegation) {
		for j := int(h.To); j < end; j++ {
			r.flags[j] &^= negated
		}
		return
	}
	r.set(int(h.To), end, impossible)
}
