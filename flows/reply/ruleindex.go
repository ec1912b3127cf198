package reply

import (
	"math/bits"
	"slices"

	"backstop/flows/reply/lexicon"
)

// rulesBy are the rules by the concepts of their rarest term: a text is only held
// against the rules of which it has that term. The last list is of those that have none.
var rulesBy = indexRules(flagRules)

func indexRules(rules []compiled) [][]int {
	by := make([][]int, lexicon.Default.Concepts()+1)
	for i, rule := range rules {
		rarest, fewest := -1, 0
		for k, term := range rule.Terms {
			n := 0
			for _, w := range term {
				n += 1 + lexicon.Default.Breadth(w.Concept)
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
	set := make([]uint64, len(flagRules)/64+1)
	add := func(rules []int) {
		for _, i := range rules {
			set[i/64] |= 1 << (i % 64)
		}
	}
	for word, concepts := range r.have {
		for ; concepts != 0; concepts &= concepts - 1 {
			add(rulesBy[word*64+bits.TrailingZeros64(concepts)])
		}
	}
	add(rulesBy[len(rulesBy)-1])
	return set
}
