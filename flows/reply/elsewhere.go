package reply

import "backstop/flows/reply/lexicon"

// elsewhere finds ratings of another part of the body, of effort, or of
// someone else's back.
func (r *reading) elsewhere(f *figure) claim {
	if r.flags[f.from]&someoneElse != 0 || r.flags[f.from]&hypothetical != 0 && !r.statedBefore(f) && !r.onCondition(f) {
		return claimElsewhere
	}
	if j := f.from - 2; !r.any(cProxy) && (r.is(j, "his") || r.is(j, "hers") || r.is(j, "theirs") || r.is(j-1, "his") || r.is(j-1, "hers")) && r.all.has(cOtherPerson) {
		return claimElsewhere
	}
	if r.saidOfOther(f) {
		return claimElsewhere
	}
	for i := f.from - 1; i >= 0 && r.clause[i] == r.clause[f.from]; i-- {
		if _, ok := r.endsFigure(i + 1); ok && i+1 != f.from {
			break
		}
		switch {
		case r.begins(i, cBack) > 0 || r.begins(i, cRatingWord) > 0:
			return r.elsewhereWord(i, f)
		case r.begins(i, cEffort) > 0 && r.begins(i-1, cPreposition)+r.begins(i-2, cPreposition) == 0 && !r.ends(i, cTimeSession) && !r.ends(i, cTimePast):
			return claimEffort
		case r.begins(i, cOtherBody) > 0 && !r.legPain(i):
			return claimElsewhere
		}
	}
	if r.ratesThing(f) || r.otherHurtsBefore(f) || r.thatsOther(f) || r.othersWord(f) {
		return claimElsewhere
	}
	return r.followedElsewhere(f)
}

// otherHurtsBefore finds the number of what the clause before says hurts, where
// the back is not named: "shoulder is killing me, 8 outta 10".
func (r *reading) otherHurtsBefore(f *figure) bool {
	start := r.startOfClause(f.from)
	if start == 0 || r.all.has(cBack) || r.sent[start-1] != r.sent[f.from] || !r.is(start-1, ",") {
		return false
	}
	for i := start; i < f.from; i++ {
		if !r.is(i, "a") && !r.is(i, "an") && !r.is(i, "un") && r.begins(i, cApprox) == 0 {
			return false
		}
	}
	other, hurts := false, false
	for i := r.startOfClause(start - 1); i < start; i++ {
		if _, ok := r.figureStarting(i); ok || r.begins(i, cNegate) > 0 {
			return false
		}
		other = other || r.begins(i, cOtherBody) > 0 && !r.legPain(i)
		if r.begins(i, cButtock) > 0 {
			return false // the back's pain goes there
		}
		hurts = hurts || r.begins(i, cPain) > 0 || r.begins(i, cHurtsBad) > 0
	}
	return other && hurts
}

// thatsOther finds the number that is said to be another part's: "4? no thats my
// knee", "puse 7 pero es de la rodilla".
func (r *reading) thatsOther(f *figure) bool {
	i := f.to
	for i < len(r.toks) && i < f.to+3 && (r.mark(i) || r.begins(i, cBut)+r.begins(i, cNo) > 0) {
		i++
	}
	if i == f.to || r.is(f.to, ".") || !r.is(i, "thats") && !(r.is(i, "that") && r.begins(i+1, cCopula) > 0) && !r.is(i, "its") && !r.is(i, "es") && !r.is(i, "eso") && !r.is(i, "era") {
		return false
	}
	for j := i + 1; j < len(r.toks) && j <= i+4 && r.clause[j] == r.clause[i]; j++ {
		if r.begins(j, cBack) > 0 {
			return false
		}
		if r.begins(j, cOtherBody) > 0 {
			return true
		}
	}
	return false
}

// othersWord finds the number that somebody else would say, beside the patient's
// own: "four point five is what my husband would say, i say four".
func (r *reading) othersWord(f *figure) bool {
	if len(r.figures) < 2 || !r.any(cOtherPerson) {
		return false
	}
	for j := f.to; j < len(r.toks) && j <= f.to+5 && r.clause[j] == r.clause[f.from]; j++ {
		if r.begins(j, cOtherPerson) == 0 {
			continue
		}
		for k := j + 1; k <= j+3; k++ {
			if (r.begins(k, cKinSpeaks) > 0 || r.is(k, "say") || r.is(k, "says") || r.is(k, "diria") || r.is(k, "dice")) && (r.is(f.to, "is") || r.is(f.to, "es") || r.is(f.to, "was")) {
				return r.ownNumber(f)
			}
		}
	}
	return false
}

var cButtock = lexicon.Must("buttock")

var cHurtsBad = lexicon.Must("hurts_bad")

// statedBefore says whether the number is stated in a clause before the one that
// only asks or supposes: "back is a 5, any chance of getting in?".
func (r *reading) statedBefore(f *figure) bool {
	for i := r.endOfClause(f.from) - 1; i >= 0 && r.sent[i] == r.sent[f.from]; i-- {
		if r.begins(i, cHypothetical)+r.begins(i, cIf)+r.begins(i, cCauses)+r.begins(i, cModal)+r.begins(i, cQuestion) > 0 {
			return false
		}
	}
	return r.named(f.from, f.to)
}

// onCondition says whether the number is one of two, each with its own condition:
// "a 3 if i stay still 6 if i dont" supposes nothing.
func (r *reading) onCondition(f *figure) bool {
	k := int(r.figureFrom[f.from]) - 2
	return k >= 0 && r.begins(f.to, cIf) > 0 && r.begins(r.figures[k].to, cIf) > 0 && r.figures[k].claim == unclaimed
}

// saidOfOther finds "shes at an 8" beside "im a 2", or after somebody was named.
// A back may be "she" too: then no other number is the patient's own.
func (r *reading) saidOfOther(f *figure) bool {
	if r.any(cProxy) {
		return false
	}
	if r.ends(f.from-1, cKinSpeaks) && r.kinBefore(f.from-1) {
		return r.ownNumber(f)
	}
	if !r.all.has(cThirdPerson) {
		return false
	}
	for i := r.startOfClause(f.from); i < f.from; i++ {
		if r.begins(i, cThirdPerson) > 0 && (len(r.key(i)) > 2 || r.is(i, "he")) && !r.is(i, "they") {
			return r.kinBefore(i) || r.ownNumber(f)
		}
	}
	return false
}

// ownNumber says whether another number stands after "I" or "me" in its clause,
// or between this one and itself ("she says 5 i say 4").
func (r *reading) ownNumber(f *figure) bool {
	at := int(r.figureFrom[f.from])
	for k := max(0, at-nearFigures); k < min(at+nearFigures, len(r.figures)); k++ {
		g := &r.figures[k]
		if g == f || r.clause[g.from] == r.clause[f.from] && g.from < f.from {
			continue
		}
		start := r.startOfClause(g.from)
		if g.from > f.from {
			start = max(start, f.to)
		}
		for i := start; i < g.from; i++ {
			if r.begins(i, cFirstPerson) > 0 {
				return true
			}
		}
	}
	return false
}

// ratesThing finds the mark that another thing is given: "gave the burrito a 9",
// "id rate the new mattress an 8". A time may be rated ("give today a 4"), unless
// the back has a number of its own.
func (r *reading) ratesThing(f *figure) bool {
	for i := f.from - 1; i >= 0 && f.from-i <= thingReach && r.clause[i] == r.clause[f.from]; i-- {
		if r.begins(i, cRates) == 0 {
			continue
		}
		thing, when := false, false
		for j := i + 1; j < f.from; {
			if w, end := r.timeAt(j); w != "" {
				when, j = true, end
				continue
			}
			thing = thing || !r.is(j, "it") && !r.is(j, "you") && !r.is(j, "le") && r.begins(j, cFillerWord)+r.begins(j, cLink)+r.begins(j, cApprox)+r.begins(j, cPain)+r.begins(j, cBack)+r.begins(j, cPossessive) == 0
			j++
		}
		return thing || when && r.backRatedAfter(f)
	}
	return false
}

// backRatedAfter says whether a later number is the back's by name.
func (r *reading) backRatedAfter(f *figure) bool {
	at := int(r.figureFrom[f.from])
	for k := at; k < min(at+nearFigures, len(r.figures)); k++ {
		if g := &r.figures[k]; g.claim == unclaimed && r.named(g.from, g.to) {
			return true
		}
	}
	return false
}

// nearFigures is how many numbers before and after one are looked at.
const nearFigures = 8

// thingReach is how far before its number the verb of a mark may stand.
const thingReach = 7

var cRates = lexicon.Must("rates_verb")

// elsewhereWord looks whether "pain" at i is said of another part: "knee pain 6".
func (r *reading) elsewhereWord(i int, f *figure) claim {
	if r.begins(i, cBack) > 0 {
		return unclaimed
	}
	for j := i - 1; j >= 0 && i-j <= 3 && r.clause[j] == r.clause[i]; j-- {
		if _, ok := r.figureStarting(j); ok {
			break // "knee 6 pain 3"
		}
		if r.begins(j, cBack) > 0 {
			return unclaimed
		}
		if r.begins(j, cOtherBody) > 0 && !r.legPain(j) {
			return claimElsewhere
		}
	}
	for j := i + 1; j < f.from; j++ {
		if r.begins(j, cOtherBody) > 0 && !r.legPain(j) && r.begins(j-1, cPreposition) == 0 {
			return claimElsewhere
		}
	}
	return unclaimed
}

// followedElsewhere finds "8 in the knee", "an 8 effort wise".
func (r *reading) followedElsewhere(f *figure) claim {
	end := min(len(r.toks), f.to+4)
	if r.is(f.to, "for") && len(r.figures) > 1 {
		end = min(len(r.toks), f.to+9) // "7 for the tattoo i got on my shoulder"
	}
	for i := f.to; i < end && r.clause[i] == r.clause[f.from]; i++ {
		if r.begins(i, cBack) > 0 || r.begins(i, cRatingWord) > 0 {
			return unclaimed
		}
		if _, ok := r.figureStarting(i); ok {
			return unclaimed
		}
		if r.begins(i, cEffort) > 0 && i-f.to <= 1 && r.begins(f.to, cNegate) == 0 {
			return claimEffort
		}
		if r.begins(i, cOtherBody) > 0 && !r.legPain(i) && r.begins(i-1, cPreposition)+r.begins(i-2, cPreposition) > 0 {
			return claimElsewhere
		}
	}
	return unclaimed
}

// legPain says whether the body word at i is a leg that the back may hurt in.
func (r *reading) legPain(i int) bool {
	return r.begins(i, cBody) > 0 && (r.is(i, "leg") || r.is(i, "pierna") || r.is(i, "calf") || r.is(i, "thigh"))
}
