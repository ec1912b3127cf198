package reply

import "backstop/flows/reply/lexicon"

// meets says whether a hit is one of the wants of a term, with its scope.
func (r *reading) meets(rule *compiled, term int, h lexicon.Hit) bool {
	if !rule.needs[term].has(h.Concept) {
		return false
	}
	flags := r.flags[h.From]
	if r.noTrouble(h) || h.Concept == cOldAge && r.noAge(h) {
		return false
	}
	if wordsOfDeath.has(h.Concept) && r.killedMe(h) {
		return false // "hoy me mató la sesión"
	}
	if falls.has(h.Concept) && r.begins(int(h.From), cAsleep) > int(h.To) {
		return false // a foot that fell asleep did not fall
	}
	if flags&someoneElse != 0 && !agents.has(h.Concept) && !r.strikesMe(h) {
		return false
	}
	if r.lookalike(h) {
		return false
	}
	if h.Concept == cGivesWay && r.thingEnds(int(h.From)) {
		return false // "the deck chair gave out"
	}
	if mishaps.has(h.Concept) && (r.ofThing(h) || r.begins(int(h.From), cDropped) >= int(h.To)) || strikes.has(h.Concept) && (r.ofPain(h) || r.begins(int(h.To), cCancer)+r.begins(int(h.To)+1, cCancer) > 0) || flags&negated != 0 && r.deniedByName(h) {
		return false
	}
	if flags&negated != 0 && flags&impossible == 0 && deadly.has(h.Concept) && !r.deniedNear(int(h.From)) {
		flags &^= negated
	}
	for _, w := range rule.Terms[term] {
		if w.Concept != h.Concept || flags&idiomatic != 0 && !w.Even {
			continue
		}
		if flags&hypothetical != 0 && rule.Category != string(MentalHealthCrisis) || flags&past != 0 && !w.Past {
			continue
		}
		// Nobody is safe because the gun was put away: a crisis does not pass by itself.
		if flags&over != 0 && !w.Past && rule.Category != string(MentalHealthCrisis) && !lasting.has(h.Concept) && !places.has(h.Concept) {
			continue
		}
		if !w.Lost && (flags&negated == 0 || places.has(h.Concept)) {
			return true
		}
		if w.Lost && (flags&impossible != 0 || flags&negated != 0 && !w.Unable) && flags&spared == 0 && !r.feelsOther(h) {
			return true
		}
	}
	return false
}

// noAge says whether a number is a load, a weight or the weather: "92 degrees".
func (r *reading) noAge(h lexicon.Hit) bool {
	switch r.keyOr(int(h.From) - 1) {
	case "pese", "peso", "weigh", "weighed", "meta":
		return true
	}
	return r.begins(int(h.To), cUnitLoad) > 0 || r.is(int(h.To), "degrees") || r.is(int(h.To), "grados") || r.is(int(h.To), "percent")
}

// deniedNear says whether what denies token i stands near it: "I am not suicidal", but
// not "not sure what the point is if I kill myself".
func (r *reading) deniedNear(i int) bool {
	for j := i - 1; j >= 0 && i-j <= denialReach; j-- {
		if r.begins(j, cJoiner) > 0 && r.begins(j+1, cOwnBare)+r.begins(j+1, cOwnVerb)+r.begins(j+1, cFirstPerson) > 0 {
			return false // "havent slept and gonna kill myself"
		}
		if r.begins(j, cNegate) > 0 && !r.covered(j, cPseudoNegation) && !r.lacks(j) {
			return true
		}
	}
	return false
}

// lacks says whether token i is only without whom or what whoever writes misses: "without
// my wife i want to die".
func (r *reading) lacks(i int) bool {
	return (r.is(i, "without") || r.is(i, "sin")) && (r.is(i+1, "my") || r.is(i+1, "mi") || r.is(i+1, "mis"))
}

// denialReach is how many words before a wish to be dead a denial of it stands.
const denialReach = 5

// deniedByName says whether a place is denied itself: "on my toe, not my back".
func (r *reading) deniedByName(h lexicon.Hit) bool {
	if h.Concept == cBladder || h.Concept == cPeeWord {
		// "lost control of my inbox, not my bladder"
		return r.begins(int(h.From)-1, cPossessive) > 0 && r.is(int(h.From)-2, "not")
	}
	if h.Concept != cBlowPlace && !bodyConcepts.has(h.Concept) {
		return false
	}
	i := int(h.From) - 1
	for i >= 0 && lexicon.Default().Filler(r.words[i]) {
		i--
	}
	return r.is(i, "not") && (i == 0 || r.begins(i-1, cUnable) == 0)
}

// noTrouble says whether a hit is denied as a trouble: "no pee problems".
func (r *reading) noTrouble(h lexicon.Hit) bool {
	if r.begins(int(h.To), cTroubleNoun) == 0 {
		return false
	}
	return r.is(int(h.From), "no") || r.is(int(h.From)-1, "no")
}

// strikesMe says whether a crash that somebody else brought about befell the
// patient: "a guy rear ended me".
func (r *reading) strikesMe(h lexicon.Hit) bool {
	if h.Concept != cHitBy && h.Concept != cCrash {
		return false
	}
	for j := int(h.To) - 1; j < int(h.To)+2; j++ {
		if r.is(j, "me") || r.is(j, "us") || r.is(j, "my") || r.is(j, "our") {
			return true
		}
	}
	return false
}

// feelsOther says whether a hit of "feel" goes on to name what is not felt:
// "I don't feel any tingling" is no loss of feeling.
func (r *reading) feelsOther(h lexicon.Hit) bool {
	if h.Concept != cFeel || r.flags[h.From]&impossible != 0 && r.begins(int(h.To), cFeelNothing) > 0 {
		return false // "I can't feel anything" is a loss of feeling
	}
	for j := int(h.To); j < len(r.toks) && j < int(h.To)+2 && r.clause[j] == r.clause[h.From]; j++ {
		if r.is(j, "bien") && !r.is(int(h.From)-1, "me") {
			continue // "no siento bien las piernas", but not "no me siento bien"
		}
		if r.begins(j, cFeelOther) > 0 && !r.bodyAt(j+1) {
			return true // but "can't feel my right calf" is
		}
	}
	return false
}

// bodyAt says whether token i names a region of the body.
func (r *reading) bodyAt(i int) bool {
	for _, h := range r.at(i) {
		if bodyConcepts.has(h.Concept) {
			return true
		}
	}
	return false
}

// deniedThere says whether the clause of a place denies the very symptom that another
// clause has: "dolor 3, nada de dolor de pecho".
func (r *reading) deniedThere(place, symptom lexicon.Hit) bool {
	if !places.has(place.Concept) || r.flags[place.From]&negated == 0 || symptom.Concept == place.Concept {
		return false
	}
	for i := r.startOfClause(int(place.From)); i < r.endOfClause(int(place.From)); i++ {
		if r.flags[i]&negated == 0 {
			continue
		}
		if r.begins(i, cPain) > 0 && r.begins(int(symptom.From), cPain) > 0 {
			return true // "dolor 2 y no me duele el pecho"
		}
		for _, h := range r.at(i) {
			if h.Concept == symptom.Concept {
				return true
			}
		}
	}
	return false
}

// wellThere says whether the clause of a place says that it is well: a symptom in another
// clause is not there, "legs fine cuz dead ahead of schedule".
func (r *reading) wellThere(place lexicon.Hit) bool {
	i := int(place.From)
	return bodyConcepts.has(place.Concept) && r.flags[i]&past == 0 && r.wellAfter(int(place.To)) &&
		!r.speaksOf(cPastBe, i, r.endOfClause(i))
}

var cPastBe = lexicon.Must("past_be")

// rival says whether b's clause names another region than a's: in "butt is
// sore, foot is numb" the numbness belongs to the foot.
func (r *reading) rival(a, b lexicon.Hit) bool {
	if !bodyConcepts.has(a.Concept) {
		return false
	}
	for i := r.startOfClause(int(b.From)); i < r.endOfClause(int(b.From)); i++ {
		for _, h := range r.at(i) {
			if bodyConcepts.has(h.Concept) && h.Concept != a.Concept && h != b {
				return true
			}
		}
	}
	return false
}
