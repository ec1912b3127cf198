package reply

import (
	"math"

	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

var (
	cEatsSame   = lexicon.Must("eats_same")
	cEating     = lexicon.Must("eating_word")
	cSizeWord   = lexicon.Must("size_word")
	cDietPlan   = lexicon.Must("diet_plan")
	cPlanned    = lexicon.Must("planned_diet")
	cChest      = lexicon.Must("chest")
	cChestWork  = lexicon.Must("chest_workout")
	cRatedBound = lexicon.Must("chest_bound")
)

// A person's weight, in pounds or kilos, and the share of it whose loss is no whim.
const (
	leastWeight, mostWeight = 45, 450
	leastLoss, mostLoss     = 0.04, 0.4
)

// weightFell says whether the text names a weight and a lesser one after it, and
// that nothing was done for it: "i was 210 at easter now 183, no reason".
func (r *reading) weightFell() bool {
	if len(r.figures) < 2 || !r.asserted(cEatsSame) || r.asserted(cPlanned) || len(r.lifts) > 0 {
		return false
	}
	for k := 1; k < len(r.figures); k++ {
		a, b := &r.figures[k-1], &r.figures[k]
		if !r.weighs(a) || !r.weighs(b) || !r.is(a.from-1, "was") && !r.begunBy(a.from-1, cSizeWord) && !r.any(cEating, cDietPlan) {
			continue
		}
		if lost := (a.value - b.value) / a.value; lost >= leastLoss && lost <= mostLoss {
			r.note("red_flag: cancer", a.from, b.to, "weight from much to less")
			return true
		}
	}
	return false
}

func (r *reading) weighs(f *figure) bool {
	return !f.word && f.value >= leastWeight && f.value <= mostWeight && f.value == math.Trunc(f.value) &&
		r.flags[f.from]&(someoneElse|hypothetical|negated) == 0 && !r.kinOf(f.from)
}

// rangesPain says whether what goes "from 3 to 7" is too small for a weight, and no size.
func (r *reading) rangesPain(h lexicon.Hit) bool {
	small := false
	for i := int(h.From) - 2; i <= int(h.To)+1; i++ {
		if r.begins(i, cSizeWord) > 0 {
			return false
		}
		if i >= int(h.From) && i < len(r.toks) && r.toks[i].Kind == token.Number {
			small = small || r.toks[i].Value <= 10
		}
	}
	return small
}

var cWeightRange = lexicon.Must("weight_range")

// leastChest is the least rating of the chest that counts.
const leastChest = 3

// chestRated says whether the chest itself is rated: "back 2, chest 6".
func (r *reading) chestRated() bool {
	if !r.all.has(cChest) || r.asserted(cChestWork) || len(r.lifts) > 0 {
		return false
	}
	for k := range r.figures {
		f := &r.figures[k]
		if f.claim != unclaimed && f.claim != claimElsewhere || f.value < leastChest || f.value > 10 || r.unitAfter(f) != unclaimed ||
			r.flags[f.from]&(someoneElse|hypothetical|negated|past) != 0 {
			continue
		}
		after := r.begins(f.to, cChest)
		if r.chestBefore(f.from) || after > 0 && r.flags[f.to]&idiomatic == 0 && r.begins(after, cRatedBound) == 0 {
			r.note("red_flag: chest_pain", f.from, f.to, "chest rated")
			return true
		}
	}
	return false
}

// chestBefore says whether the chest is named just before a number at i, with
// nothing but small words between: "chest is a 6".
func (r *reading) chestBefore(i int) bool {
	for back := 1; back <= 3 && i-back >= 0; back++ {
		j := i - back
		if end := r.begins(j, cChest); end > 0 {
			return r.flags[j]&idiomatic == 0 && r.clause[j] == r.clause[i]
		}
		if !lexicon.Default().Filler(r.words[j]) && !r.is(j, "at") && !r.is(j, "=") && !r.is(j, ":") {
			return false
		}
	}
	return false
}
