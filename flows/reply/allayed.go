package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// allay marks what was feared and did not come true: "thought my crotch was numb but it was
// the bike seat, normal after 5 min".
func (r *reading) allay(h lexicon.Hit) {
	from, end := int(h.To), r.endOfSentence(int(h.From))
	for i := from; i < end; i++ {
		after := r.begins(i, cBut)
		if after == 0 {
			continue
		}
		if r.standsAlone(after) || r.allClear(after) || (r.is(after, "it") || r.is(after, "era")) && r.allWell(after, end) {
			r.set(from, i, over)
		}
		return
	}
}

// allClear says whether token i begins an all-clear and no more: "its fine", but not "its ok
// to wait".
func (r *reading) allClear(i int) bool {
	end := r.begins(i, cAllClear)
	if end == 0 {
		return false
	}
	return end >= len(r.toks) || r.mark(end) || r.toks[end].Kind == token.Number || r.begins(end, cAfterNo)+r.begins(end, cGood) > 0
}

// allWell says whether something between the tokens is said to be fine or gone, and nothing
// is lost.
func (r *reading) allWell(from, to int) bool {
	well := false
	for i := from; i < to; i++ {
		if r.begins(i, cUnable)+r.begins(i, cNegate)+r.begins(i, cStillThere) > 0 {
			return false
		}
		well = well || r.begins(i, cGood)+r.begins(i, cResolved) > 0
	}
	return well
}

// keepAsEver marks a sentence that ends with "no change" when it tells of years: "left foot
// always a bit numb since the 2012 surgery, no change". A numb saddle is never only old.
func (r *reading) keepAsEver(h lexicon.Hit) {
	from, to := r.startOfSentence(int(h.From)), int(h.From)
	if after := int(h.To); after < len(r.toks) && !r.mark(after) && r.toks[after].Kind != token.Number || r.any(cWorse, cBoth, cOtherLeg) {
		return
	}
	years, body := false, false
	for i := from; i < to; i++ {
		if r.begins(i, cSaddle) > 0 {
			return
		}
		t := r.toks[i]
		years = years || r.begins(i, cYears) > 0 || t.Kind == token.Number && t.Value >= 1950 && t.Value <= 2035
		body = body || r.bodyAt(i) || r.begins(i, cPeeWord)+r.begins(i, cLeak)+r.begins(i, cImpotent)+r.begins(i, cErection) > 0
		for _, x := range r.at(i) {
			if deadly.has(x.Concept) || wordsOfDeath.has(x.Concept) || x.Concept == cDeathWish {
				return
			}
		}
	}
	if years && body {
		r.set(from, to, past)
	}
}

var (
	cAllClear  = lexicon.Must("all_clear")
	cUnchanged = lexicon.Must("no_change")
	cYears     = lexicon.Must("years_word")
	cOtherLeg  = lexicon.Must("other_leg")
	cImpotent  = lexicon.Must("impotent")
)
