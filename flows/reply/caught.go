package reply

import "backstop/flows/reply/lexicon"

var (
	cCaughtSelf  = lexicon.Must("caught_self")
	cSlipVerb    = lexicon.Must("slip_verb")
	cLandedWords = setOf("fell_word", "fell", "blow", "strong_blow", "fell_on_me", "crash", "hit_floor", "crack_word")
)

// caughtReach is how many words may stand between a slip and the hold that was found.
const caughtReach = 9

// caughtOneself says whether a slip at h came to no fall, and nothing else tells of one: "me
// tropecé en la cocina pero alcancé a agarrarme", but not "... pero me agarré y caí sentada".
func (r *reading) caughtOneself(h lexicon.Hit) bool {
	i := int(h.From)
	if !r.all.has(cCaughtSelf) || r.begins(i, cSlipVerb) < int(h.To) {
		return false
	}
	caught := false
	for j := int(h.To); j < len(r.toks) && j-int(h.To) <= caughtReach; j++ {
		caught = caught || r.begins(j, cCaughtSelf) > 0 && !r.is(j-1, "no") && !r.is(j-2, "no")
	}
	return caught && !r.landed()
}

// landed says whether the text has a fall or a blow that is more than a slip.
func (r *reading) landed() bool {
	for _, h := range r.hits {
		if cLandedWords.has(h.Concept) && r.begins(int(h.From), cSlipVerb) < int(h.To) && r.flags[h.From]&(negated|idiomatic) == 0 {
			return true
		}
	}
	return false
}
