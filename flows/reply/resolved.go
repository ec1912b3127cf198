package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// resolve marks what is over: the clause before "gone", and with "it's fine
// now" the past-tense clause before that.
func (r *reading) resolve(h lexicon.Hit) {
	i := int(h.From)
	start := r.startOfClause(i)
	if r.flags[i]&negated != 0 || r.covered(i, cStillThere) || i == start && r.begins(i, cQuestion) > 0 || r.asksIfNormal(i) || r.feelingLost(start, i) || r.noLonger(i, int(h.To)) {
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

// noLonger says whether "ya no" at i tells of something lost or unwanted rather
// than gone: "ya no puedo", "ya no siento", "ya no estaría aquí".
func (r *reading) noLonger(i, to int) bool {
	if !r.is(i, "ya") || !r.is(i+1, "no") {
		return false
	}
	if to == i+2 && to < len(r.toks) && !r.mark(to) && r.begins(to, cStillSaid) == 0 {
		return true
	}
	lost := r.begins(i+1, cUnable) + r.begins(i+1, cWeak) + r.begins(i+1, cNumb) + r.begins(i+2, cFeel) + r.begins(i+3, cFeel)
	return lost > 0
}

var (
	cWeak      = lexicon.Must("weak")
	cStillSaid = lexicon.Must("no_longer_said") // what may follow "ya no" when it is gone
)

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
		if r.begins(j, cFeel)+r.begins(j, cStrength) > 0 {
			lost = true
		} else if r.begins(j, cNumb)+r.begins(j, cTingle)+r.begins(j, cPain) > 0 {
			return false
		}
	}
	return lost
}

var (
	cTingle   = lexicon.Must("tingling")
	cStrength = lexicon.Must("strength")
)

// year says whether "in 2015" stands at i.
func (r *reading) year(i int) bool {
	t := r.toks[i]
	return t.Kind == token.Number && t.Value >= 1950 && t.Value <= 2035 && (r.is(i-1, "in") || r.is(i-1, "en") || r.is(i-2, "en") && r.is(i-1, "el"))
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
