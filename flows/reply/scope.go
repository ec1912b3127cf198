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

const (
	reach         = 9 // tokens that a negation reaches
	reachCant     = 6 // tokens that an inability reaches
	listItem      = 3 // longest further item of a list that is still denied
	kinReach      = 3 // tokens between "my mom" and a verb that gives the subject back
	maxOtherReach = 25
)

func (r *reading) markScopes() {
	proxy := r.any(cProxy)
	for i := range r.toks {
		if r.year(i) {
			r.set(r.startOfClause(i), r.endOfClause(i), past)
		}
		for _, h := range r.at(i) {
			switch h.Concept {
			case cIdiom:
				r.set(int(h.From), int(h.To), idiomatic)
			case cNegate:
				r.negate(h)
			case cUnable:
				r.disable(h)
			case cIf:
				r.suppose(h)
			case cHypothetical:
				from, _ := r.windowOf(lexicon.Sentence, i)
				r.set(from, r.afterQuestion(r.endOfSentence(i)), hypothetical)
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
			case cRemotePast:
				if r.sinceThen(i) {
					continue
				}
				r.set(r.startOfClause(i), r.endOfClause(int(h.To)-1), past)
			case cResolved:
				r.resolve(h)
			}
		}
	}
}

func (r *reading) set(from, to int, s scope) {
	for i := max(from, 0); i < to && i < len(r.flags); i++ {
		r.flags[i] |= s
	}
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

// negate marks what "no", "not" or "without" takes back: the rest of its
// clause, and the short further items of a list ("no fever, chills or sweats").
func (r *reading) negate(h lexicon.Hit) {
	i := int(h.From)
	if r.covered(i, cPseudoNegation) || r.begins(i, cUnable) > 0 || r.answersNo(i) {
		return
	}
	end := r.reachFrom(int(h.To), reach)
	r.set(int(h.To), end, negated)
	r.spare(int(h.To), end)
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

// isListItem says whether the tokens are only the name of a symptom or two.
func (r *reading) isListItem(from, to int) bool {
	symptom := false
	for i := from; i < to; i++ {
		t := r.toks[i]
		if t.Kind == token.Mark && i == to-1 {
			continue
		}
		if t.Kind != token.Word || r.begins(i, cStopper) > 0 || r.begins(i, cSubject) > 0 || r.begins(i, cNegate) > 0 || r.begins(i, cBoth) > 0 {
			return false
		}
		symptom = symptom || r.symptomAt(i)
	}
	return symptom
}

func (r *reading) symptomAt(i int) bool {
	for _, h := range r.at(i) {
		if symptomConcepts.has(h.Concept) {
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

// suppose marks a condition: "what if my leg goes numb".
func (r *reading) suppose(h lexicon.Hit) {
	i := int(h.From)
	for back := range 5 {
		if end := r.begins(i-back, cIfReal); end > i {
			return
		}
	}
	if r.is(i, "si") && r.spanishYes(i) {
		return
	}
	r.set(i, r.endOfSentence(i), hypothetical)
}

// general marks a question about what causes what, unless it speaks of the
// patient: "can squats cause foot drop?", but not "what makes my foot numb?".
func (r *reading) general(i int) {
	from, to := r.windowOf(lexicon.Sentence, i)
	if !r.is(to-1, "?") && r.begins(from, cQuestion)+r.begins(from, cModal) == 0 {
		return
	}
	for j := from; j < to; j++ {
		if r.begins(j, cFirstPerson) > 0 {
			return
		}
	}
	r.set(from, to, hypothetical)
}

var cCauses = lexicon.Must("causes")

// shortQuestion is the longest question that only goes on with the one before.
const shortQuestion = 5

// afterQuestion returns the end of a short question that begins at i ("what
// should I watch for? fever?"), or i when there is none.
func (r *reading) afterQuestion(i int) int {
	if i >= len(r.toks) {
		return i
	}
	end := r.endOfSentence(i)
	if end-i <= shortQuestion && r.is(end-1, "?") {
		return end
	}
	return i
}

// spanishYes says whether "si" at i is a yes rather than an "if".
func (r *reading) spanishYes(i int) bool {
	if i+1 >= len(r.toks) || r.mark(i+1) {
		return true
	}
	next := r.toks[i+1]
	if next.Kind != token.Word {
		return true
	}
	return i == 0 && !r.is(i+1, "me") && !r.is(i+1, "se") && !r.is(i+1, "no") && !r.is(i+1, "pierdo") && !r.is(i+1, "siento") && !r.is(i+1, "tengo") && !r.is(i+1, "la") && !r.is(i+1, "mi")
}

// other marks what is said of someone else: from "my mom" to the end of the
// sentence or to the next "I", "me" or "my".
func (r *reading) other(h lexicon.Hit) {
	i := int(h.From)
	if (i == 0 || r.begins(i-1, cPossessive) == 0) && !r.kinOwns(h) && !r.kinOpens(h) {
		return
	}
	for j := int(h.To); j < int(h.To)+kinReach && j < len(r.toks); j++ {
		if r.begins(j, cKinSpeaks) > 0 {
			return
		}
	}
	if i >= 2 && r.begins(i-2, cPreposition) > 0 && !r.is(i-2, "for") && !r.is(i-2, "by") || i >= 2 && r.begins(i-2, cCarry) > 0 {
		return
	}
	for j := int(h.To); j < len(r.toks) && j-i < maxOtherReach && r.sent[j] == r.sent[i]; j++ {
		if r.clause[j] != r.clause[j-1] && !r.goesOnOther(j) {
			return
		}
		if r.begins(j, cFirstPerson) > 0 && r.begins(j+1, cOtherPerson) == 0 {
			return
		}
		r.flags[j] |= someoneElse
	}
}

// another marks the clause of "she" or "he" when the text has named another
// person before: "I'm with my daughter, she fainted".
func (r *reading) another(i int) {
	if !r.is(i, "she") && !r.is(i, "he") && !r.is(i, "ella") || !r.kinBefore(i) {
		return
	}
	for j := i; j < len(r.toks) && r.clause[j] == r.clause[i]; j++ {
		if r.begins(j, cFirstPerson) > 0 || r.begins(j, cKinSpeaks) > 0 {
			return
		}
		r.flags[j] |= someoneElse
	}
}

// kinBefore says whether "my daughter" or the like stands at most maxOtherReach
// tokens before i.
func (r *reading) kinBefore(i int) bool {
	for j := i - 1; j > 0 && i-j <= maxOtherReach; j-- {
		if r.begins(j, cOtherPerson) > 0 && r.begins(j-1, cPossessive) > 0 {
			return true
		}
	}
	return false
}

// resolve marks what is over: the clause before "gone", and with "it's fine
// now" the past-tense clause before that.
func (r *reading) resolve(h lexicon.Hit) {
	i := int(h.From)
	start := r.startOfClause(i)
	if r.flags[i]&negated != 0 || r.covered(i, cStillThere) || i == start && r.begins(i, cQuestion) > 0 || r.asksIfNormal(i) || r.feelingLost(start, i) {
		return
	}
	if start == i || r.begins(start, cAnaphor) > 0 || r.begins(start, cBut) > 0 && (start+1 == i || r.begins(start+1, cAnaphor) > 0 || start+2 >= i) || i-start <= 1 {
		before := start - 1
		for before >= 0 && r.mark(before) {
			before--
		}
		if before >= 0 && r.sent[start]-r.sent[before] <= 1 {
			r.set(r.startOfClause(before), start, over)
		}
	}
	r.set(start, i, over)
}

// asksIfNormal says whether "is that normal" at i asks rather than tells.
func (r *reading) asksIfNormal(i int) bool {
	if !r.is(i, "is") && !r.is(i, "are") {
		return false
	}
	switch r.keyOr(i + 1) {
	case "that", "this", "it", "these", "those", "they", "any":
		return true
	}
	return false
}

// feelingLost says whether what is "gone" is feeling or strength itself.
func (r *reading) feelingLost(from, to int) bool {
	lost := false
	for j := from; j < to; j++ {
		if r.begins(j, cNumb)+r.begins(j, cTingle)+r.begins(j, cPain) > 0 {
			return false
		}
		lost = lost || r.begins(j, cFeel)+r.begins(j, cStrength) > 0
	}
	return lost
}

var (
	cTingle   = lexicon.Must("tingling")
	cStrength = lexicon.Must("strength")
)

// kinOwns says whether the word for a person owns a back or pain: "wife's back".
func (r *reading) kinOwns(h lexicon.Hit) bool {
	t := r.toks[h.From]
	if t.End-t.Start < 2 || r.keys[t.KeyEnd-1] != 's' {
		return false
	}
	return r.begins(int(h.To), cBack)+r.begins(int(h.To), cPain)+r.begins(int(h.To), cOtherBody) > 0
}

// kinOpens says whether the person is the bare subject of a clause: "husband
// passed out", but neither "Mom here" nor "baby steps".
func (r *reading) kinOpens(h lexicon.Hit) bool {
	i := int(h.From)
	start := r.startOfClause(i)
	if i != start && !(i == start+1 && r.begins(start, cJoiner)+r.begins(start, cInterjection)+r.begins(start, cBut) > 0) {
		return false
	}
	return r.begins(i, cKinSubject) == int(h.To) && int(h.To) < len(r.toks) && r.toks[h.To].Kind == token.Word && !r.is(int(h.To), "here")
}

var cKinSubject = lexicon.Must("kin_subject")

// goesOnOther says whether the clause at j still speaks of the other person:
// "my dad fell, he hurt his back".
func (r *reading) goesOnOther(j int) bool {
	for i := j; i < j+2 && i < len(r.toks); i++ {
		if r.begins(i, cThirdPerson) > 0 {
			return true
		}
	}
	return r.begins(j, cJoiner) > 0 && r.begins(j+1, cSubject) == 0
}

// year says whether "in 2015" stands at i.
func (r *reading) year(i int) bool {
	t := r.toks[i]
	return t.Kind == token.Number && t.Value >= 1950 && t.Value <= 2035 && (r.is(i-1, "in") || r.is(i-1, "en"))
}

// sinceThen says whether a time long ago is only when it began: "since my fall
// two years ago".
func (r *reading) sinceThen(i int) bool {
	for j := i - 1; j >= 0 && i-j <= 8 && r.clause[j] == r.clause[i]; j-- {
		if r.is(j, "since") || r.is(j, "desde") || r.is(j, "started") || r.is(j, "empezo") {
			return true
		}
	}
	return false
}
