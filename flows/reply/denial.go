package reply

import (
	"strings"

	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

var (
	cAllZero     = lexicon.Must("all_zero")
	cZeroOf      = lexicon.Must("zero_of") // "zero sleep"
	cAllOver     = lexicon.Must("all_over")
	cZeroBare    = lexicon.Must("zero_bare")
	cZeroSpoiler = lexicon.Must("zero_spoiler")
	cPartial     = lexicon.Must("partial_negation")
	cHardly      = lexicon.Must("hardly")
	cPainStays   = lexicon.Must("pain_stays")
	cExcept      = lexicon.Must("except_word")
	cGood        = lexicon.Must("good")
	cFlare       = lexicon.Must("flare")
	cPoke        = lexicon.Must("poke") // a needle, or what else should be felt
)

// findDenials adds a rating of 0 for each denial of pain: "no pain", "pain
// free", "nothing hurts", "sin dolor". "No pain meds" is none.
func (r *reading) findDenials() {
	for i := 0; i < len(r.toks); i++ {
		end, over := r.begins(i, cAllZero), 0
		if r.asked == AskedNextMorning || r.asked == AskedH48 {
			over = r.begins(i, cAllOver) // "it finally stopped hurting" says nothing of the worst
		}
		end = max(end, over)
		if end == 0 || !r.deniesPain(i, end) {
			continue
		}
		r.ratings = append(r.ratings, rating{from: i, to: end, strong: true, zero: true, when: r.whenOf(i, end)})
		if end == over {
			r.ratings[len(r.ratings)-1].when = "" // "disappeared overnight" is gone now
		}
		i = end - 1
	}
}

func (r *reading) deniesPain(i, end int) bool {
	if r.flags[i]&negated != 0 && !(end-i == 2 && r.is(i+1, "no")) && !r.noneTwice(i) && !((r.is(i, "no") || r.is(i, "sin") || r.is(i, "without")) && r.begins(i-1, cJoiner) == i) || r.flags[i]&(hypothetical|someoneElse) != 0 || r.begins(i, cIdiom) > end || r.near(i, cHardly) || r.near(i, cPainStays) || r.covered(i, cPseudoNegation) {
		return false
	}
	for _, h := range r.at(i) {
		longer := int(h.To) > end
		if longer && (h.Concept == cGood || h.Concept == cFlare || h.Concept == cPainStays) {
			return false
		}
	}
	if r.is(end-1, "no") && i < end-1 && (end-i > 2 || end < len(r.toks) && !r.mark(end)) {
		return false // "dolor no se quita", but "dolor no, sueño sí"
	}
	if r.is(i, "no") && r.is(i+1, "se") && r.is(i+2, "me") && r.begins(i+3, cPain) > 0 {
		return false // "hoy no sé, me duele"
	}
	if r.is(end, "than") {
		return false // "no more pain than usual"
	}
	if _, ok := r.figureStarting(i); ok && r.mark(end) && r.is(end, "-") {
		return false
	}
	if r.all.has(cPoke) && r.notFelt(i, end) || r.all.has(cSaddle) && r.feelsNothing(i, end) {
		return false
	}
	if end-i == 1 && r.begins(end, cZeroOf) > 0 || r.spoiled(end) || r.deniedElsewhere(i, end) || r.ebbedWithin(i, end) || r.comesBack(i, end) {
		return false
	}
	return r.begins(i, cZeroBare) != end || r.bareZero(i, end)
}

// notFelt says whether what was not felt is a needle or the like, named before: "poked my
// shin with a pin and couldnt feel it at all".
func (r *reading) notFelt(i, end int) bool {
	for j := i; j < end; j++ {
		if r.begins(j, cFeel) > 0 {
			return r.speaksOf(cPoke, r.startOfSentence(i), i)
		}
	}
	return false
}

// feelsNothing says whether what is felt no more is the saddle: "cant feel a thing down there".
func (r *reading) feelsNothing(i, end int) bool {
	return r.speaksOf(cFeel, i, end) && r.speaksOf(cSaddle, end, min(end+3, len(r.toks)))
}

// near says whether a phrase of c covers token i or ends just before it.
func (r *reading) near(i int, c lexicon.Concept) bool {
	for back := range 5 {
		if end := r.begins(i-back, c); end > 0 && (end >= i && r.clause[i-back] == r.clause[i]) {
			return true
		}
	}
	return false
}

// spoiled looks at what follows a denial: "no pain meds", "no pain except".
func (r *reading) spoiled(end int) bool {
	for j := end; j < len(r.toks) && j < end+2; j++ {
		if r.evenSo(j) || r.is(j, "so") && r.is(j+1, "far") {
			continue
		}
		if r.begins(j, cPartial) > 0 && j == end {
			return true
		}
		if r.begins(j, cZeroSpoiler) > 0 && r.clause[j] == r.clause[end-1] && (j == end || r.begins(j, cExcept) > 0) {
			return true
		}
	}
	for j := end; j < len(r.toks) && r.sent[j] == r.sent[end-1] && j < end+6; j++ {
		if r.begins(j, cExcept) > 0 && !r.hasFigureAfter(j) && !r.evenSo(j) {
			return true
		}
	}
	return false
}

// evenSo says whether "hasta" at i is "even" and no bound: "sin molestia, hasta bailé".
func (r *reading) evenSo(i int) bool {
	if !r.is(i, "hasta") || !r.mark(i-1) {
		return false
	}
	switch r.keyOr(i + 1) {
	case "que", "el", "la", "los", "las", "hoy", "ayer", "ahora", "ahorita", "anoche", "este", "esta", "al", "cuando", "":
		return false
	}
	when, _ := r.timeAt(i + 1)
	return when == ""
}

func (r *reading) hasFigureAfter(i int) bool {
	for j := i; j < len(r.toks) && j < i+8; j++ {
		if k, ok := r.figureStarting(j); ok && r.figures[k].claim == unclaimed {
			return true
		}
	}
	return false
}

// deniedElsewhere finds "no pain in my knee", "knee is pain free".
func (r *reading) deniedElsewhere(i, end int) bool {
	other, back := false, false
	for j := r.startOfClause(i); j < r.endOfClause(i); j++ {
		back = back || r.begins(j, cBack) > 0
		other = other || r.begins(j, cOtherBody) > 0 && !r.toks[j].Glued && (j < i || r.begins(j-1, cPreposition)+r.begins(j-2, cPreposition) > 0)
	}
	return other && !back && end > i
}

// bareZero says whether "none" or "nothing" answers a question for pain.
func (r *reading) bareZero(i, end int) bool {
	if !painAsked(r.asked) && r.asked != AskedHomework || r.asked == AskedFlareCheck {
		return r.is(i, "gone") && r.near(i, cPainWord)
	}
	if r.asked == AskedHomework {
		return false
	}
	start, stop := r.startOfClause(i), r.endOfClause(i)
	if r.otherGone(start, i) {
		return false
	}
	if end < stop && r.toks[end].Kind == token.Word && r.is(i, "nothing") && end-i == 1 && !r.goesWithNothing(end) {
		return false // "nothing dramatic", "nothing flared"
	}
	words := 0
	for j := start; j < stop; j++ {
		if praise := r.begins(j, cPraiseBe); praise > 0 && (j >= end || praise <= i) {
			j = praise - 1
			continue
		}
		if r.toks[j].Kind != token.Word || j >= i && j < end {
			continue
		}
		if when, _ := r.timeAt(j); when == "" && r.begins(j, cFillerWord) == 0 && r.begins(j, cPain) == 0 && r.begins(j, cBack) == 0 {
			words++
		}
		if r.begins(j, cPain) > 0 && j > end && r.is(j-1, "but") {
			return false
		}
	}
	return words <= 1
}

// otherGone says whether what is gone before token i is named and is no pain: "my
// appetite is gone", "the milk went away".
func (r *reading) otherGone(start, i int) bool {
	owned := false
	for j := start; j < i; j++ {
		if r.begins(j, cPain)+r.begins(j, cBack)+r.begins(j, cRatingWord)+r.begins(j, cFlare)+r.begins(j, cStatusOther) > 0 {
			return false
		}
		owned = owned || r.begins(j, cPossessive) > 0 && j+1 < i && r.begins(j+1, cFillerWord)+r.begins(j+1, cAnaphor) == 0
	}
	return owned
}

// goesWithNothing says whether the word at i leaves "nothing" a zero: "nothing
// today", "nothing hurting".
func (r *reading) goesWithNothing(i int) bool {
	if r.begins(i, cFlare) > 0 || strings.HasSuffix(r.key(i), "ed") {
		return false
	}
	when, _ := r.timeAt(i)
	return when != "" || r.begins(i, cFillerWord)+r.begins(i, cPain)+r.begins(i, cBack)+r.begins(i, cPreposition)+r.begins(i, cCourtesy)+r.begins(i, cThanks) > 0 || r.is(i, "yet")
}

var cPraiseBe = lexicon.Must("praise_be")

var cFillerWord = lexicon.Must("filler")
