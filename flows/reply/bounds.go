package reply

import "backstop/flows/reply/lexicon"

// Numbers that only tell what another lies between.

// claimBounds takes two numbers that only tell what a third lies between: "more than a 3 less than
// a 5, so 4".
func (r *reading) claimBounds() {
	if len(r.figures) < 2 || !r.all.has(cLesser) {
		return
	}
	for k := 0; k+1 < len(r.figures); k++ {
		if r.boundSettled(k) {
			r.figures[k].claim = claimDenied
			continue
		}
		lo, hi := &r.figures[k], &r.figures[k+1]
		if lo.claim != unclaimed || hi.claim != unclaimed || hi.from-lo.to > boundsReach {
			continue
		}
		below, above := r.boundBy(lo, cCeiling), r.boundBy(hi, cLesser)
		if !below || !above {
			if !r.boundBy(lo, cLesser) || !r.boundBy(hi, cCeiling) {
				continue
			}
			lo, hi = hi, lo
		}
		if lo.value < hi.value && (r.between(k+2, lo, hi) || r.between(k-1, lo, hi)) {
			lo.claim, hi.claim = claimDenied, claimDenied
		}
	}
}

// boundSettled says whether number k only bounds the next one, which is settled on: "better than a
// 3, so 2", "less than 5. 4".
func (r *reading) boundSettled(k int) bool {
	f, g := &r.figures[k], &r.figures[k+1]
	if f.claim != unclaimed || g.claim != unclaimed || g.value > f.value || !r.boundBy(f, cLesser) {
		return false
	}
	at := g.from - 1
	if r.begins(at, cArticle) == g.from {
		at--
	}
	if r.ends(at, cSettles) {
		return true
	}
	alone := r.mark(at) && !r.is(at, "-") && (g.to >= len(r.toks) || r.mark(g.to))
	return alone && f.from-r.startOfClause(f.from) <= 4 && r.endOfClause(f.from) <= f.to+2
}

// boundsReach is how many words may stand between two bounds.
const boundsReach = 6

// boundBy says whether a comparison of c leads to the number: "more than a 3".
func (r *reading) boundBy(f *figure, c lexicon.Concept) bool {
	at := f.from - 1
	if r.begins(at, cArticle) == f.from {
		at--
	}
	return r.ends(at, c) || r.ends(f.from-1, c)
}

// between says whether number k lies between two others.
func (r *reading) between(k int, lo, hi *figure) bool {
	if k < 0 || k >= len(r.figures) {
		return false
	}
	f := &r.figures[k]
	return f.claim == unclaimed && f.value >= lo.value && f.value <= hi.value
}

var cLesser = lexicon.Must("lesser") // "less than", "menos de"
