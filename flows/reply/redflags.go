package reply

import (
	"math/bits"
	"slices"

	"backstop/flows/reply/lexicon"
)

// nearTokens is how far apart two findings of one sentence may stand when
// they are not in one clause.
const nearTokens = 9

// sentenceTokens is how far apart the findings of a rule for one sentence may stand:
// a long text without a full stop is not one thought.
const sentenceTokens = 14

// orderGap is how many words may stand between the terms of an ordered rule.
const orderGap = 2

// What numbers tell, and the concept that the rules know it by.
var (
	cTempHigh   = lexicon.Must(lexicon.TempHigh)
	cWeightFell = lexicon.Must(lexicon.WeightFell)
	cChestRated = lexicon.Must(lexicon.ChestRated)

	measured = setOf(lexicon.TempHigh, lexicon.WeightFell, lexicon.ChestRated)
)

// redFlags returns every category found, the most serious first
// (IFOMPT framework, Finucane 2020).
func (r *reading) redFlags() []RedFlag {
	if r.tempHigh && !r.hotWeather() || r.hasFever() {
		r.have.add(cTempHigh)
	}
	if r.weightFell() {
		r.have.add(cWeightFell)
	}
	if r.chestRated() {
		r.have.add(cChestRated)
	}
	if r.smallChild() {
		r.holds.add(cSmallChild)
	}
	if r.asked == AskedHomework {
		r.holds.add(cDoFar) // "will do it tonight" is the homework
	}
	if r.have.count() == 0 {
		return nil
	}
	var found []RedFlag
	for word, rules := range r.candidates() {
		for ; rules != 0; rules &= rules - 1 {
			rule := &flagRules[word*64+bits.TrailingZeros64(rules)]
			category := RedFlag(rule.Category)
			if slices.Contains(found, category) && !r.explain || !r.possible(rule) {
				continue
			}
			if r.matches(rule) && !slices.Contains(found, category) {
				found = append(found, category)
			}
		}
	}
	slices.SortFunc(found, func(a, b RedFlag) int {
		return slices.Index(RedFlagOrder, a) - slices.Index(RedFlagOrder, b)
	})
	return found
}

func (r *reading) possible(rule *compiled) bool {
	for _, term := range rule.quick {
		if !r.have.meetsAny(term) {
			return false
		}
	}
	return len(r.toks) > spoilReach || r.holds.has(cPet) && rule.unless.has(cPet) || !r.holds.meetsAny(rule.spoils)
}

// matches looks for hits that meet every term of the rule near enough to each
// other. The work for each sentence is bounded by maxSentence.
func (r *reading) matches(rule *compiled) bool {
	if measured.has(rule.Terms[0][0].Concept) {
		return true
	}
	for i := range r.hits {
		h := r.hits[i]
		if !r.meets(rule, 0, h) || rule.Window == lexicon.Alone && !r.alone(h) {
			continue
		}
		chosen := [8]lexicon.Hit{h}
		if r.rest(rule, 1, chosen[:1]) {
			return true
		}
		if rule.Window == lexicon.Text && len(rule.Terms) > 1 {
			return false // every other term was looked for in the whole text
		}
	}
	return false
}

func (r *reading) rest(rule *compiled, term int, chosen []lexicon.Hit) bool {
	if term == len(rule.Terms) {
		if r.takenBack(rule, chosen) {
			return false
		}
		r.noteFlag(rule, chosen)
		return true
	}
	from, to := r.windowOf(rule.Window, int(chosen[0].From))
	for i := r.first[from]; i < r.first[to]; i++ {
		h := r.hits[i]
		if !r.meets(rule, term, h) || !r.nearAll(rule.Window, h, chosen) {
			continue
		}
		if r.rest(rule, term+1, append(chosen, h)) {
			return true
		}
		if rule.Window == lexicon.Text {
			return false
		}
	}
	return false
}

// spoilReach is how many words from what was found, in another sentence, a meaning takes
// a rule back: "can't breathe. that video lol", but not a "lol" at the end of a long text.
const spoilReach = 10

// longestHit is more words than any phrase of the lexicon has, with all that may be
// skipped in it.
const longestHit = 40

// takenBack says whether a meaning that takes the rule back stands near what was found, or
// anywhere if the rule itself looks at the whole text.
func (r *reading) takenBack(rule *compiled, chosen []lexicon.Hit) bool {
	if !r.holds.meetsAny(rule.spoils) {
		return false
	}
	if rule.Window == lexicon.Text {
		return true
	}
	for _, h := range chosen {
		from := max(min(r.startOfSentence(int(h.From)), int(h.From)-spoilReach-longestHit), 0)
		to := min(max(r.endOfSentence(int(h.From)), int(h.To)+spoilReach+1), len(r.toks))
		for _, s := range r.hits[r.first[from]:r.first[to]] {
			if !rule.unless.has(s.Concept) || r.flags[s.From]&negated != 0 || s.Concept == cPet && r.notThePet(s, chosen) {
				continue
			}
			if r.sent[s.From] == r.sent[h.From] || max(s.From-h.To, h.From-s.To) <= spoilReach {
				return true
			}
		}
	}
	return rule.unless.has(cSmallChild) && r.holds.has(cSmallChild) || rule.unless.has(cDoFar) && r.holds.has(cDoFar)
}

// notThePet says whether what was found is said of "I" in another clause than the animal's:
// "the dog is doing great, I leak every step".
func (r *reading) notThePet(pet lexicon.Hit, chosen []lexicon.Hit) bool {
	for _, h := range chosen {
		i := int(h.From)
		if r.clause[h.From] == r.clause[pet.From] {
			return false
		}
		if r.begins(i, cFirstPerson)+r.begins(i-1, cFirstPerson)+r.begins(i-2, cFirstPerson) > 0 && r.clause[max(i-1, 0)] == r.clause[i] {
			return true
		}
	}
	return false
}

func (r *reading) windowOf(w lexicon.Window, i int) (from, to int) {
	switch w {
	case lexicon.Clause, lexicon.Order:
		return r.startOfClause(i), r.endOfClause(i)
	case lexicon.Text:
		return 0, len(r.toks)
	}
	from = i
	for from > 0 && r.sent[from-1] == r.sent[i] {
		from--
	}
	return from, r.endOfSentence(i)
}

var (
	cTroubleNoun = lexicon.Must("trouble_noun")
	cOldAge      = lexicon.Must("old_age") // a number, unless it is a load
	cHitBy       = lexicon.Must("hit_by")
	cCrash       = lexicon.Must("crash")
	cBlowPlace   = lexicon.Must("blow_place")
	cDropped     = lexicon.Must("dropped") // a thing: "se me cayó el café"
	cFeelNothing = lexicon.Must("feel_nothing")
	cDoFar       = lexicon.Must("do_far")
)

func (r *reading) nearAll(w lexicon.Window, h lexicon.Hit, chosen []lexicon.Hit) bool {
	if w == lexicon.Order {
		gap := h.From - chosen[len(chosen)-1].To
		return gap >= 0 && gap <= orderGap
	}
	if w == lexicon.Text || w == lexicon.Clause {
		return true
	}
	for _, c := range chosen {
		if max(h.From-c.To, c.From-h.To) > sentenceTokens {
			return false
		}
		if w == lexicon.Sentence {
			continue
		}
		if r.clause[c.From] == r.clause[h.From] {
			continue
		}
		gap := max(h.From-c.To, c.From-h.To)
		if gap > nearTokens || r.rival(h, c) || r.rival(c, h) || r.deniedThere(h, c) || r.deniedThere(c, h) || r.wellThere(h) || r.wellThere(c) {
			return false
		}
	}
	return true
}

func (r *reading) noteFlag(rule *compiled, chosen []lexicon.Hit) {
	if !r.explain {
		return
	}
	for _, h := range chosen {
		r.note("red_flag: "+rule.Category, int(h.From), int(h.To), rule.Name)
	}
}

// supposed says whether the text speaks of a red-flag symptom without having
// it: as a condition or as a thing to watch for.
func (r *reading) supposed() bool {
	for i := range r.flags {
		if r.flags[i]&hypothetical == 0 {
			continue
		}
		for _, h := range r.at(i) {
			if alarming.has(h.Concept) {
				return true
			}
		}
	}
	return false
}
