package reply

import "backstop/flows/reply/lexicon"

// An end of the texts that is not asked for, but plain from what is said of them: that they
// are a nuisance, that they will not be answered, that we were told before.

var (
	cAnnoys   = lexicon.Must("annoys")
	cHates    = lexicon.Must("hates")
	cTheTexts = lexicon.Must("the_texts") // with "these" or "your" before them, or named in full
	cNoAnswer = lexicon.Must("no_answer")
)

// fedUp says whether an end is plain from what is said of the texts.
func (r *reading) fedUp() bool { return r.tiresOfTexts() || r.answersNoMore() || r.toldUs() }

// annoyGap is how many words may stand between the texts and what they are.
const annoyGap = 3

// tiresOfTexts finds what is said of a nuisance: "these texts are annoying", "i hate
// getting these", "sus mensajes me molestan".
func (r *reading) tiresOfTexts() bool {
	if !r.any(cTheTexts) || r.isQuestion() {
		return false
	}
	h, ok := r.find(cTheTexts, func(h lexicon.Hit) bool {
		if r.flags[h.From]&(hypothetical|past) != 0 || r.begins(int(h.From)-1, cAuxiliary) > 0 || r.speaksOf(cOtherPerson, r.startOfClause(int(h.From)), int(h.From)) || r.othersSend(int(h.From)) {
			return false
		}
		for j := int(h.To); j < r.endOfClause(int(h.From)) && j <= int(h.To)+annoyGap; j++ {
			if r.begins(j, cAnnoys) > 0 && r.flags[j]&negated == 0 {
				return !r.redeemed(j)
			}
		}
		for j := int(h.From) - 1; j >= r.startOfClause(int(h.From)) && int(h.From)-j <= annoyGap; j-- {
			if r.begins(j, cHates) > 0 && r.begins(j-1, cNegate) == 0 {
				return !r.redeemed(int(h.From))
			}
		}
		return false
	})
	if ok {
		r.note("intent: stop", int(h.From), int(h.To), "tired of the texts")
	}
	return ok
}

// answersNoMore finds the refusal to go on: "im not answering any more of your questions".
func (r *reading) answersNoMore() bool {
	h, ok := r.find(cNoAnswer, func(h lexicon.Hit) bool {
		from, end := int(h.To), r.endOfClause(int(h.From))
		return r.flags[h.From]&(hypothetical|someoneElse) == 0 && !r.isQuestion() && r.noMore(from, end) &&
			!r.speaksOf(cBounded, from, end) && (r.speaksOf(cTextsStrict, from, end) || r.speaksOf(cTextsNoun, from, end) || r.speaksOf(cTheseTexts, from, end))
	})
	if ok {
		r.note("intent: stop", int(h.From), int(h.To), "answers no more")
	}
	return ok
}

// noMore says whether something from token from on says that it is for good: "anymore",
// "any of your questions"; or what came before did: "ya no contesto".
func (r *reading) noMore(from, end int) bool {
	for j := from; j < end; j++ {
		if r.begins(j, cStopManner) > 0 || r.is(j, "any") || r.is(j, "mas") || r.is(j, "again") {
			return true
		}
	}
	return r.is(from-1, "mas") || r.begins(from-1, cStopManner) > 0 || r.speaksOf(cNoLongerSo, r.startOfClause(from-1), from)
}

var cNoLongerSo = lexicon.Must("no_longer_so")

// toldUs finds an end that one of us was asked for before: "i asked the front desk to take
// me off", "ya les pedí que me borren".
func (r *reading) toldUs() bool {
	if !r.any(cToldWord) || r.isQuestion() || r.any(cPain, cBack) {
		return false
	}
	h, ok := r.find(cToldWord, func(h lexicon.Hit) bool {
		i := int(h.From)
		if r.flags[i]&(negated|hypothetical|someoneElse) != 0 {
			return false
		}
		us := (r.is(i-1, "les") || r.is(i-1, "le")) && !r.is(int(h.To), "a") && !r.is(int(h.To), "al") && !r.is(int(h.To)-1, "a") && !r.is(int(h.To)-1, "al")
		for j := int(h.To); j < len(r.toks) && j < int(h.To)+toldReach && r.sent[j] == r.sent[i]; j++ {
			if r.begins(j, cOtherChat) > 0 {
				return false // "told my team chat to lose my number"
			}
			us = us || r.ofUs(j) && !r.is(j, "it") && !r.is(j, "this") && !r.is(j, "these")
			end := max(r.begins(j, cStopAlone), r.begins(j, cStopWhole))
			if us && end > j+1 && r.begins(j, cBanter) < end && r.closesWish(end) {
				return true
			}
			if out := r.begins(j, cTakesOut); us && out > 0 && r.listAfter(out) {
				return true
			}
		}
		return false
	})
	if ok {
		r.note("intent: stop", int(h.From), int(h.To), "one of us was told")
	}
	return ok
}

// listAfter says whether the list follows at token i or soon after, and ends the clause.
func (r *reading) listAfter(i int) bool {
	for j := i; j < i+3 && j < len(r.toks); j++ {
		if end := max(r.begins(j, cOffList), r.offTexts(j)); end > 0 {
			return r.closesWish(end)
		}
	}
	return false
}
