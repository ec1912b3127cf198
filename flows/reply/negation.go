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
	if r.covered(i, cPseudoNegation) || r.covered(i, cUnable) || r.answersNo(i) || r.is(i, "ni") && r.flags[i]&impossible != 0 {
		return
	}
	end := r.reachFrom(int(h.To), reach)
	r.set(int(h.To), end, negated)
	r.spare(int(h.To), end)
	if end > 0 && r.mark(end-1) {
		end-- // the comma belongs to the clause that it closes
	}
	for end < len(r.toks) && r.mark(end) && r.keys[r.toks[end].KeyStart] == ',' {
		next := r.endOfClause(end + 1)
		if end+1 >= len(r.toks) || next-end-1 > listItem+1 || !r.isListItem(end+1, next) {
			return
		}
		r.set(end+1, next, negated)
		end = next
		if end > 0 && r.mark(end-1) {
			end--
		}
	}
}

// spare marks what is not lost after all: the feeling in "no loss of feeling",
// the breath in "no shortness of breath".
func (r *reading) spare(from, to int) {
	for j := from; j < to; j++ {
		if end := r.begins(j, cLossNoun); end > 0 {
			r.set(end, to, spared)
			return
		}
	}
}

var cLossNoun = lexicon.Must("loss_noun")

// answersNo says whether "no" at i is an answer rather than a negation: "no i
// can pee fine", "nope my legs are ok".
func (r *reading) answersNo(i int) bool {
	return r.is(i, "no") && r.speaker(i+1)
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
	symptom := false
	for j := i; j < len(r.toks) && j-i < limit; j++ {
		if r.clause[j] != r.clause[home] || r.begins(j, cStopper) > 0 && j > i {
			return j
		}
		if j > i && r.begins(j, cUnable) > 0 && r.begins(j, cLossNoun) == 0 || j > i+1 && r.turns(j) {
			return j
		}
		if symptom && r.begins(j, cSubject) > 0 && r.begins(j-1, cPreposition) == 0 {
			return j
		}
		if r.mark(j) && !r.toks[j].Glued {
			return j
		}
		symptom = symptom || r.symptomAt(j)
	}
	return min(i+limit, len(r.toks))
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
