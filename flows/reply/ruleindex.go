package reply

import (
	"math/bits"
	"slices"
	"sync"

	"backstop/flows/reply/lexicon"
)

// rulesBy are the rules by the concepts of their rarest term: a text is only held
// against the rules of which it has that term. The last list is of those that have none.
var rulesBy = sync.OnceValue(func() [][]int { return indexRules(flagRules) })

func indexRules(rules []compiled) [][]int {
	by := make([][]int, lexicon.Named.Concepts()+1)
	for i, rule := range rules {
		rarest, fewest := -1, 0
		for k, term := range rule.Terms {
			n := 0
			for _, w := range term {
				n += 1 + lexicon.Default().Breadth(w.Concept)
			}
			even := slices.ContainsFunc(term, func(w lexicon.Want) bool { return w.Even })
			if !even && (rarest < 0 || n < fewest) {
				rarest, fewest = k, n
			}
		}
		if rarest < 0 {
			by[len(by)-1] = append(by[len(by)-1], i)
			continue
		}
		for _, w := range rule.Terms[rarest] {
			by[w.Concept] = append(by[w.Concept], i)
		}
	}
	return by
}

// candidates are the rules of which the text has the rarest term, by their order.
func (r *reading) candidates() []uint64 {
	r.likely = room(r.likely, len(flagRules)/64+1)
	set := r.likely
	add := func(rules []int) {
		for _, i := range rules {
			set[i/64] |= 1 << (i % 64)
		}
	}
	by := rulesBy()
	for word, concepts := range r.have {
		for ; concepts != 0; concepts &= concepts - 1 {
			add(by[word*64+bits.TrailingZeros64(concepts)])
		}
	}
	add(by[len(by)-1])
	return set
}

// compiled is a rule with its concepts as sets, to skip it quickly.
type compiled struct {
	lexicon.Rule
	needs  []conceptSet
	unless conceptSet
	quick  [][]bitsOf // needs, without the words that are empty, and what an idiom may hold
	spoils []bitsOf   // unless, likewise
}

// bitsOf are the concepts of a set that lie in one of its words.
type bitsOf struct {
	word int
	bits uint64
}

// sparse leaves out the empty words of a set.
func sparse(s *conceptSet) []bitsOf {
	var out []bitsOf
	for i, w := range s {
		if w != 0 {
			out = append(out, bitsOf{i, w})
		}
	}
	return out
}

// meetsAny says whether s has one of the concepts.
func (s *conceptSet) meetsAny(some []bitsOf) bool {
	for _, b := range some {
		if s[b.word]&b.bits != 0 {
			return true
		}
	}
	return false
}

var flagRules = compileRules(lexicon.Named.Rules)

func compileRules(rules []lexicon.Rule) []compiled {
	out := make([]compiled, 0, len(rules))
	for _, rule := range rules {
		c := compiled{Rule: rule}
		for _, term := range rule.Terms {
			var s conceptSet
			for _, w := range term {
				s.add(w.Concept)
			}
			c.needs = append(c.needs, s)
			if !slices.ContainsFunc(term, func(w lexicon.Want) bool { return w.Even }) {
				c.quick = append(c.quick, sparse(&s))
			}
		}
		for _, u := range rule.Unless {
			c.unless.add(u)
		}
		c.spoils = sparse(&c.unless)
		out = append(out, c)
	}
	return out
}
