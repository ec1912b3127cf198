package reply

import (
	"backstop/flows/reply/lexicon"
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
	proxy := r.any(cProxy)
	for i := range r.toks {
		if r.year(i) {
			r.set(r.startOfClause(i), r.endOfClause(i), past)
		}
		for _, h := range r.at(i) {
			switch h.Concept {
			case cIdiom:
				r.set(int(h.From), int(h.To), idiomatic)
			case cPassedOut:
				if r.clauseHas(h, cAsleepContext) {
					r.set(int(h.From), int(h.To), idiomatic)
				}
			case cNegate:
				r.negate(h)
			case cUnable:
				r.disable(h)
			case cIf:
				r.suppose(h)
			case cHypothetical:
				from, _ := r.windowOf(lexicon.Sentence, i)
				r.set(from, r.afterQuestion(r.endOfSentence(i)), hypothetical)
			case cUnlike:
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

var (
	cPassedOut     = lexicon.Must("passed_out")
	cAsleepContext = lexicon.Must("asleep_context") // "went to bed and passed out"
)

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
