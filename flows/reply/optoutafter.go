package reply

import (
	"strings"

	"backstop/flows/reply/lexicon"
)

// An end that is asked for after the texts were named.

// stopAfterTexts finds a "stop" that closes its clause after the texts were
// named: "you text too much, stop", "these messages are annoying, stop them".
func (r *reading) stopAfterTexts() bool {
	if !r.any(cTextsEnd) || !r.any(cTextsStrict, cTextsNoun, cSignedUp) {
		return false
	}
	named, clearly := false, false
	for i := range r.toks {
		named = named || r.begins(i, cTextsStrict)+r.begins(i, cSignedUp) > 0
		named = named || r.is(i, "these") && r.begins(i+1, cMayEnd) > 0 && !r.any(cPain, cBack)
		clearly = clearly || r.is(i, "these") && r.annoysNext(i+1) || r.begins(i, cTextsNoun) > 0 && !r.is(i, "these") && !r.is(i, "this") || r.begins(i, cTextsStrict) > i+1
		end := r.begins(i, cTextsEnd)
		if !named && !clearly || end == 0 || r.flags[i]&(impossible|hypothetical) != 0 || r.flags[i]&negated != 0 && !(clearly && r.wantsEnd(i)) || r.flags[i]&someoneElse != 0 && !r.begs(i) || r.is(i-1, "wont") || r.is(i-1, "ill") || r.keepsOn(i) || r.othersSend(i) {
			continue
		}
		if r.otherEnds(i) || r.is(i-1, "the") || r.is(i-1, "a") || r.is(i-1, "el") {
			continue
		}
		if r.beforeThanks(end, r.endOfClause(i)) == end && (named && r.wishesEnd(i) || clearly && r.wantsEnd(i)) && !r.isQuestion() {
			r.note("intent: stop", i, end, "an end to the texts")
			return true
		}
	}
	return false
}

// beforeThanks returns where what ends before token to ends without thanks and manner, not before
// token from: "these to end" of "these to end now, thank u".
func (r *reading) beforeThanks(from, to int) int {
	for to > from {
		start := to
		for j := to - 1; j >= max(from, to-5); j-- {
			if r.begins(j, cCourtesy) == to || r.begins(j, cStopManner) == to {
				start = j
			}
		}
		if start == to {
			if !r.mark(to-1) && r.begins(to-1, cThemWord)+r.begins(to-1, cStopManner) == 0 {
				return to
			}
			start--
		}
		to = start
	}
	return to
}

// otherEnds says whether what is to end at token i is named in its clause, and is none of the
// texts: "got your text. the pain needs to stop".
func (r *reading) otherEnds(i int) bool {
	start, other := r.startOfClause(i), false
	for j := start; j < i; j++ {
		if r.begins(j, cTextsStrict)+r.begins(j, cTheTexts) > 0 || r.is(j, "these") && r.begins(j+1, cMayEnd) > 0 || r.onlyThoughtOf(j) {
			return false
		}
		other = other || r.begins(j, cPain)+r.begins(j, cBack)+r.begins(j, cOtherBody)+r.begins(j, cFlare) > 0 || r.symptomAt(j) && r.begins(j, cMustWord) == 0
	}
	return other
}

// begs says whether a plea stands before token i: "my boss sees these, so please
// stop them" is no order to the boss.
func (r *reading) begs(i int) bool {
	return r.is(i-1, "so") || r.is(i-1, "just") || r.turnsToUs(i)
}

// turnsToUs says whether what stands at token i is said to us whatever was said before: a plea
// leads to it ("it isnt for me pls remove me"), it is the patient's own wish ("despiertan al bebé
// quiero cancelar") or an order to several ("mi jefe se enoja denme de baja").
func (r *reading) turnsToUs(i int) bool {
	return r.ends(i-1, cTurnsToUs) || r.begins(i, cOwnWish)+r.begins(i-1, cOwnWish) > 0 || strings.HasSuffix(r.keyOr(i), "nme") || r.you(i-1) && r.is(i-3, "so") && r.begins(i-2, cModal) > 0 || r.ordersSeveral(i)
}

// ordersSeveral says whether token i orders something of several, who can only be we: "mi hermana
// usa este cel quiten el número", but not "que quiten".
func (r *reading) ordersSeveral(i int) bool {
	if r.begins(i, cOrderPlural) == 0 {
		return false
	}
	switch r.keyOr(i - 1) {
	case "que", "q", "k", "no", "me", "le", "les", "se", "si", "cuando", "te", "nos", "lo", "la", "los":
		return false
	}
	return true
}

var (
	cTurnsToUs   = lexicon.Must("turns_to_us")  // "please", "así que"
	cOrderPlural = lexicon.Must("order_plural") // "quiten", "paren"
	cOwnWish     = lexicon.Must("own_wish")     // "quiero", "necesito"
)

// wantsEnd says whether the end at token i is wanted of what was named: "i'd like
// them to end", "quiero que se acaben".
func (r *reading) wantsEnd(i int) bool {
	if r.speaksOfBack() {
		return false
	}
	i--
	infinitive := r.is(i, "to")
	if infinitive {
		i--
	}
	named := i
	for r.begins(named, cThemWord) > 0 || !infinitive && (r.is(named, "se") || r.is(named, "que")) {
		named--
	}
	if named == i {
		return false
	}
	i = named
	return r.begins(i, cMustWord)+r.begins(i, cGladIf) > 0 && r.begins(i-1, cNegate) == 0
}

// annoysNext says whether what stands before token i is a nuisance: "these stressful", "these
// are so annoying".
func (r *reading) annoysNext(i int) bool {
	for i < len(r.toks) && (lexicon.Default().Filler(r.words[i]) || r.is(i, "are")) {
		i++
	}
	return r.begins(i, cAnnoys) > 0
}

// speaksOfBack says whether the back, pain or another part is spoken of by more than what
// the texts do: "they make me think about my back".
func (r *reading) speaksOfBack() bool {
	for _, h := range r.hits {
		if (h.Concept == cPain || h.Concept == cBack || h.Concept == cOtherBody) && !r.onlyThoughtOf(int(h.From)) {
			return true
		}
	}
	return false
}

// thoughtReach is how many words before a back stands that one is only reminded of it.
const thoughtReach = 4

func (r *reading) onlyThoughtOf(i int) bool {
	for j := i - 1; j >= 0 && i-j <= thoughtReach && r.clause[j] == r.clause[i]; j-- {
		if end := r.begins(j, cThoughtOf); end > 0 && end <= i {
			return true
		}
	}
	return false
}

// wishesEnd says whether the word of ending at i is an order ("stop") or what
// the texts must come to ("need to stop", "make it end"), rather than a story
// ("when they stop", "I quit").
func (r *reading) wishesEnd(i int) bool {
	if r.is(i-1, "to") {
		for j := i - 2; j >= r.startOfClause(i); j-- {
			if r.begins(j, cMustWord) > 0 && r.begins(j+1, cTextsStrict)+r.begins(j+2, cTextsStrict) > 0 {
				return true // "i need these messages to stop"
			}
		}
	}
	if r.begins(i-1, cMayEnd) > 0 && r.begins(i-2, cTextsNoun)+r.begins(i-2, cTextsStrict) > 0 || r.ends(i-1, cMayEnd) && r.is(i-2, "they") {
		return true // "these can end now"
	}
	if r.begins(i-1, cMustWord) > 0 || r.begins(i-2, cMustWord) > 0 && (r.is(i-1, "to") || r.begins(i-1, cThemWord) > 0) {
		return true
	}
	return (r.is(i, "stop") || r.is(i, "quit")) && !r.is(i-1, "they") && r.begins(i-1, cSubordinate)+r.begins(i-1, cPreposition)+r.begins(i-1, cFirstPerson) == 0
}

var (
	cThoughtOf = lexicon.Must("thought_of") // "think about", "remind me of"

	cMayEnd   = lexicon.Must("may_end")
	cMustWord = lexicon.Must("must_word")
	cTextsEnd = lexicon.Must("texts_end")
	cThemWord = lexicon.Must("them_word")
	cSignedUp = lexicon.Must("signed_up")
)

// everAfter says whether "about" at i only names one thing of many: "dont text me
// about trips or anything else anymore".
func (r *reading) everAfter(i, end int) bool {
	for j := i + 1; j < end && r.is(i, "about"); j++ {
		if r.is(j, "anymore") || r.is(j, "anything") || r.is(j, "ever") {
			return true
		}
	}
	return false
}
