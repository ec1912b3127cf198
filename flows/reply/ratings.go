package reply

import (
	"math"
	"strings"

	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// rating is a pain number with the time it speaks of.
type rating struct {
	from, to int
	value    float64
	when     string
	strong   bool // "3/10", "pain 3": a rating whatever was asked
	zero     bool // a denial of pain
	used     bool
}

var (
	cRatingLead   = lexicon.Must("rating_lead")
	cRatingFollow = lexicon.Must("rating_follow")
	cBetween      = lexicon.Must("between")
	cChangeFrom   = lexicon.Must("change_from")
	cApprox       = lexicon.Must("approx")
)

// painAsked says whether the question asks for a pain number.
func painAsked(a Asked) bool {
	switch a {
	case AskedEvening, AskedNextMorning, AskedH48, AskedWeekly, AskedFlareCheck:
		return true
	}
	return false
}

// findRatings turns the numbers that nothing else claims into ratings.
func (r *reading) findRatings() {
	bare := painAsked(r.asked) || r.asked == AskedHomework
	for k := 0; k < len(r.figures); k++ {
		f := &r.figures[k]
		if f.claim != unclaimed {
			continue
		}
		value, to := f.value, f.to
		strong := f.outOfTen
		last := k
		for {
			next, ok := r.rangeEnd(last)
			if !ok {
				break
			}
			g := &r.figures[next]
			value = r.rangeValue(f, g, value)
			to, strong, last = g.to, strong || g.outOfTen, next
		}
		if f.outOfTen || r.figures[last].outOfTen {
			value = min(value, 10)
		}
		if value > 10 || r.pronoun(f.from, to) || !strong && r.measured(f) || !strong && !r.named(f.from, to) && !r.fits(f.from, to) && !r.carriesOver(f) {
			k = last
			continue
		}
		when := r.whenOf(f.from, to)
		if last > k && when == whenLastNight && (r.changeBefore(f.from) || r.is(to, "overnight")) {
			when = whenMorning // "dropped from 7 to 3 overnight" is 3 in the morning
		}
		nowAsked := r.asked == AskedNextMorning || r.asked == AskedH48 || r.asked == AskedNone
		if last == k && (len(r.ratings) > 0 || nowAsked && r.anotherAfter(f)) && (r.is(f.from-1, "from") || r.is(f.from-2, "from")) {
			when = whenPast // "down to a 1 from 4"
		}
		if last == k && nowAsked && r.cameFrom(k) {
			when = whenPast // "ya bajó a 3 de un 9"
		}
		if (when == "" || when == whenMorning) && r.asked == AskedNextMorning && r.atNight(f) {
			when = whenLastNight
		}
		if (when == whenYesterday || when == whenLastNight || when == whenMorning) && r.carriesOver(f) {
			when = ""
		}
		if when == "" && (r.saidOfBefore(f) || r.afterDaysAgo(f) || r.yearsAgo(f)) {
			when = whenPast // "8 hauling the couch but thats before the session"
		}
		if when == whenPast && r.asked == AskedHomework && r.alreadyAt(f) {
			when = "" // "my back was already a 7 before I touched the bar"
		}
		if when == whenNow && r.wasBefore(f.from) && r.figureFollows(f.from) {
			when = whenPast // "was 6 now 3"
		}
		strong = strong || r.countAsked() && r.painEnds(f) || r.besidePain(f.from, to) || r.standsAtNow(f, to) || r.putUnasked(f, to)
		if bare || strong {
			r.ratings = append(r.ratings, rating{from: f.from, to: to, value: value, strong: strong, when: when})
		}
		k = last
	}
}

// alreadyAt says whether "already" stands before the number in its clause.
func (r *reading) alreadyAt(f *figure) bool {
	for i := f.from - 1; i >= r.startOfClause(f.from) && f.from-i <= 4; i-- {
		if r.is(i, "already") || r.is(i, "alredy") || r.is(i, "ya") {
			return true
		}
	}
	return false
}

var (
	cStandsAt = lexicon.Must("stands_at")
	cIfNot    = lexicon.Must("if_not")
	cAfterNow = lexicon.Must("after_now")
)

// shortText is how many words may stand around a rating with a tenth that is no half.
const shortText = 6

// measured says whether a number is finer than people rate: "it was 7.45 when I got up",
// "sleep score 7.8". A tenth is a rating where it is called one, or where little else is said.
func (r *reading) measured(f *figure) bool {
	tenths := f.value * 10
	if tenths != math.Round(tenths) {
		return true
	}
	return f.value*2 != math.Round(f.value*2) && r.wordCount() > shortText && !r.named(f.from, f.to)
}

// rangeEnd returns the figure that closes a range begun by figure k:
// "2-3", "3 or 4", "a 3 to a 4", "2 and 4" after "between".
func (r *reading) rangeEnd(k int) (int, bool) {
	if k+1 >= len(r.figures) || r.figures[k+1].claim != unclaimed {
		return 0, false
	}
	from, to := r.figures[k].to, r.figures[k+1].from
	if r.is(from, "s") {
		from++
	}
	if to-from > 1 && (r.is(to-1, "a") || r.is(to-1, "an") || r.is(to-1, "un") || r.is(to-1, "maybe")) {
		to--
	}
	if r.begins(from, cIfNot) == to || r.is(from, ",") && r.begins(from+1, cIfNot) == to {
		return k + 1, true // "6 if not 7"
	}
	if r.arrow(from, to) {
		return k + 1, true // "5 -> 2"
	}
	if to-from != 1 && r.begins(from, cRange) != to || r.begins(from, cRange) == 0 && !r.is(from, "/") && !r.is(from, "u") {
		return 0, false
	}
	joins := r.is(from, "and") || r.is(from, "y")
	if joins && !r.betweenBefore(r.figures[k].from) {
		return 0, false
	}
	return k + 1, true
}

// rangeValue is the upper end of a range. "From 6 to 3" is a change, not a
// range: asked for the present, the second number counts.
func (r *reading) rangeValue(f, g *figure, a float64) float64 {
	b := g.value
	if (r.changeBefore(f.from) || r.ends(f.from-1, cMovedBy) && r.is(f.to, "to") || r.is(g.to, "overnight") || r.arrow(f.to, g.from)) && (r.asked == AskedNextMorning || r.asked == AskedH48 || r.asked == AskedNone) {
		return b
	}
	return max(a, b)
}

func (r *reading) changeBefore(i int) bool {
	for j := i - 1; j >= 0 && i-j <= 3; j-- {
		if r.begins(j, cChangeFrom) > 0 {
			return true
		}
	}
	return false
}

func (r *reading) betweenBefore(i int) bool {
	for j := i - 1; j >= 0 && i-j <= 2; j-- {
		if r.begins(j, cBetween) > 0 {
			return true
		}
	}
	return false
}

// pronoun says whether "one" is no number: "this one", "one of them".
func (r *reading) pronoun(from, to int) bool {
	switch r.keyOr(from - 1) {
	case "primeros", "primeras", "ultimos", "ultimas":
		return true // "solo hice las primeras dos"
	case "first", "last":
		if r.is(from-2, "the") && !r.is(from, "one") && to < len(r.toks) && r.mark(to) {
			return true // "only the first two, then baby woke"
		}
	}
	if r.is(from, "uno") && r.unoDoes(to) {
		return true
	}
	if r.is(from, "uno") || r.is(from, "una") {
		return r.is(to, "tras") || r.is(to, "por") && r.is(to+1, "uno") || r.is(to, "a") && r.is(to+1, "uno") || r.is(to, "de") && r.begins(to+1, cPainWord) == 0 || r.is(from-1, "por") && r.is(from-2, "uno")
	}
	if !r.is(from, "one") {
		return false
	}
	if r.begins(from-1, cOrdinal) == 0 && r.ordinalAt(from-1) {
		return true // "the 4th one hurts"
	}
	if r.begins(to, cBody)+r.begins(to, cOtherBody) > 0 || r.afterAnother(to) || r.asked == AskedFlareCheck && !r.is(from-1, "a") && r.wordCount() > 1 {
		return true
	}
	if from > 0 && r.begins(from-1, cWhichOne) == from && (r.begins(to, cCopula) > 0 || r.is(to, ":") || r.is(to, "came") || r.is(to, "hit") || r.is(to, "got")) {
		return true // "worst one was the 4"
	}
	if r.is(from-2, "the") && (r.is(from-1, "evening") || r.is(from-1, "morning") || r.is(from-1, "weekly") || r.is(from-1, "daily")) {
		return true // "send the evening one at 6"
	}
	switch r.keyOr(to) {
	case "of", "more", "bit", "day", "time", "another", "thing", "side", "way", "hand", "reason", "place":
		return true
	case "after", "by", "at", "and", "right":
		if r.afterAnother(to) {
			return true
		}
		return r.is(to+1, "another") || r.is(to+1, "one") || r.is(to+1, "other") || r.is(to+1, "the") && r.is(to+2, "other") || r.is(to+1, "a") && r.is(to+2, "time")
	}
	if r.is(from-2, "the") && r.begins(from-1, cWeekday)+r.begins(from-1, cDay) > 0 {
		return true // "the sunday one"
	}
	if r.is(from-2, "a") || r.is(from-2, "another") || from-1 == r.startOfSentence(from) && (to >= len(r.toks) || r.mark(to)) {
		switch r.keyOr(from - 1) {
		case "good", "great", "nice", "bad", "rough", "tough", "long", "big", "blessed", "wonderful", "safe", "quick", "new", "fun":
			return true // "have a good one"
		}
	}
	switch r.keyOr(from - 1) {
	case "this", "that", "no", "each", "every", "any", "as", "not", "regular", "other", "new", "old", "first", "last", "only", "which":
		return true
	case "the":
		return r.keyOr(to) != "" && !r.mark(to)
	}
	return from > 0 && (r.toks[from-1].Kind == token.Number || r.is(from-2, "the") && r.toks[from-1].Kind == token.Word) // "the 2019 one", "the famous one"
}

// unoDoes says whether "uno" is anybody, of whom a verb tells at token i: "uno ya está viejo",
// "uno no sabe", but not "uno no más", "uno ya casi nada".
func (r *reading) unoDoes(i int) bool {
	if r.is(i, "ya") || r.is(i, "no") || r.is(i, "tambien") || r.is(i, "siempre") {
		i++
		if r.is(i-1, "ya") && r.is(i, "no") {
			return true
		}
	}
	return r.begins(i, cUnoVerb) > 0
}

var cWhichOne = lexicon.Must("which_one") // "worst", "biggest"

var cUnoVerb = lexicon.Must("uno_verb")

// afterAnother says whether "after another" follows within a few words: "one right after
// another", "one spasm after the other".
func (r *reading) afterAnother(i int) bool {
	for j := i; j < i+3; j++ {
		if r.is(j, "after") && (r.is(j+1, "another") || r.is(j+1, "the") && r.is(j+2, "other") || r.is(j+1, "the") && r.is(j+2, "next")) {
			return true
		}
	}
	return false
}

// fits says whether the words around a number let it be a rating.
func (r *reading) fits(from, to int) bool {
	plural := r.is(to, "s") && to < len(r.toks) && r.toks[to].Glued && painAsked(r.asked) // "a couple 5s", "all 3s"
	if k, ok := r.figureStarting(from); ok && r.placeBehind(&r.figures[k]) > 0 && r.placesFollow(&r.figures[k]) {
		return true
	}
	return (plural || r.leadFits(from-1) || r.listShape(from, to)) && r.followFits(to) || r.putRight(from) || r.sided(from)
}

func (r *reading) leadFits(i int) bool {
	if _, ok := r.endsFigure(i + 1); ok {
		return true
	}
	if r.is(i, "x") && r.toks[i].Kind != token.Word {
		return false // "3 rounds × 10"
	}
	if i < 0 || r.toks[i].Kind != token.Word && !r.typedWord(i) {
		return i < 0 || r.toks[i].Kind != token.Number && (!r.is(i, "/") || i > 0 && r.toks[i-1].Kind == token.Word) && (!r.is(i, "@") || r.sitsAt(i))
	}
	if r.ordinalAt(i-1) && r.begins(i, cUnitTime)+r.begins(i, cSpell) > 0 {
		return true // "first hour 6"
	}
	if r.is(i, "the") && (r.begins(i+2, cCopula) > 0 || r.is(i+2, "came") || r.is(i+2, "hit")) {
		return true // "the 7 was saturday"
	}
	if r.is(i, "the") && r.begins(i-1, cCopula) > 0 && r.speaksOf(cWorstWord, r.startOfClause(i), i) {
		return true // "worst one was the 4"
	}
	if r.is(i, "my") && painAsked(r.asked) && (i+2 >= len(r.toks) || r.mark(i+2)) {
		return true // "good with my 2"
	}
	if r.begins(i, cUnitLoad) > 0 && r.figureTo[i] > 0 {
		return true // "5x5 at 60 kilos 1"
	}
	if r.begins(i, cUnitTime) > 0 && r.figureTo[i] > 0 && r.endOfClause(i) <= i+3 {
		return true // "7 hrs 3"
	}
	if r.begins(i, cNumberAdj) == i+1 && (r.is(i-1, "el") || r.is(i-1, "the") || r.is(i-1, "that") || r.is(i-1, "ese") || r.is(i-1, "same") || r.isPossessive(i-1)) && painAsked(r.asked) {
		return true // "ahí sigue el méndigo 4"
	}
	if (r.is(i-1, "a") || r.is(i-1, "an") || r.is(i-1, "un")) && (len(r.at(i)) == 0 || r.begins(i, cStatusOther) == i+1 || r.begins(i, cNumberAdj) == i+1) {
		return true // "an honest three", "a grumpy 4"
	}
	return r.begins(i, cRatingLead) > 0 || r.ends(i, cExcept) || r.statusLeads(i) || r.unknownOpening(i) || r.ends(i, cApprox) || r.ends(i, cCorrect) || r.endsTime(i) || r.begins(i, cRange) > 0 || r.afterCourtesy(i) || r.doingRow(i) || r.begins(i, cSlipCry) > 0 && r.figureTo[i] > 0 || r.whileDoing(i)
}

// unknownOpening says whether token i is a word that nothing is known of and
// that opens its clause: a name or an exclamation ("bruh 5").
func (r *reading) unknownOpening(i int) bool {
	return len(r.at(i)) == 0 && r.startOfClause(i) == i
}

// ends says whether a phrase of c ends with token i.
func (r *reading) ends(i int, c lexicon.Concept) bool {
	if !r.all.has(c) {
		return false
	}
	for back := range min(4, i+1) {
		if r.begins(i-back, c) == i+1 {
			return true
		}
	}
	return false
}

// endsTime says whether a time phrase ends with token i.
func (r *reading) endsTime(i int) bool {
	for back := range 4 {
		if when, end := r.timeAt(i - back); when != "" && end == i+1 {
			return true
		}
	}
	return false
}

func (r *reading) followFits(i int) bool {
	if i < len(r.toks) && r.is(i, "s") && r.toks[i].Glued {
		i++
	}
	if i >= len(r.toks) || r.toks[i].Kind != token.Word || r.figureFrom[i] > 0 {
		return true
	}
	if when, _ := r.timeAt(i); when != "" {
		return true
	}
	if r.begins(i, cEffortLead) > 0 && r.effortRated(i) || r.begins(i, cBack) > 0 || r.begins(i, cOtherBody)+r.begins(i, cLegs) > 0 && r.namesExercise(i) || r.andBack(r.begins(i, cOtherBody)) {
		return true // "4 upper back", "6 hips and back"
	}
	if (r.is(i, "fingers") || r.is(i, "dedos")) && r.fingersUp(i) {
		return true
	}
	return r.begins(i, cRatingFollow) > 0 || r.addressEnds(i) || r.movesOnly(i) || r.dayRemark(i) || r.doing(i) || r.lastWord(i) || r.begins(i, cPainWord) > 0 || r.begins(i, cIdiom)+r.begins(i, cFell)+r.begins(i, cUnable) > 0 || r.begins(i, cMissedWork)+r.begins(i, cSleepBad) > 0 && r.begins(i, cUnitCount) == 0 && !r.is(i, "sick") || r.bodySentence(i) || r.onSides(i) || r.ownSentence(i) || r.goesOn(i) || r.begins(i, cCorrect) == r.endOfClause(i) && r.begins(i, cCorrect) > 0 || r.begins(i, cEffort)+r.begins(i, cNeverPain) > 0 && r.ownFigure(i)
}

// fingersUp says whether the number before token i is shown by fingers: "holding up four fingers".
func (r *reading) fingersUp(i int) bool {
	k, ok := r.endsFigure(i)
	return ok && r.figures[k].value <= 10 && r.ends(r.figures[k].from-1, cHoldsUp)
}

var cHoldsUp = lexicon.Must("holds_up")

// doing says whether token i is what one did at the time: "6 carrying trays",
// "6 cargando cubetas".
func (r *reading) doing(i int) bool {
	key := r.key(i)
	return len(key) > 4 && (strings.HasSuffix(key, "ing") || strings.HasSuffix(key, "ndo")) && r.begins(i, cUnitCount) == 0
}

// lastWord says whether the clause ends with the word at i, of which nothing is
// known and which is no plural: "tres pelón".
func (r *reading) lastWord(i int) bool {
	return len(r.at(i)) == 0 && r.endOfClause(i) <= i+2 && (i+1 >= len(r.toks) || r.mark(i+1) || r.toks[i+1].Kind == token.Emoji) && !strings.HasSuffix(r.key(i), "s")
}

// bodySentence says whether a statement about the body begins at i, so that
// the number before it stands alone: "1 legs are dead tho".
func (r *reading) bodySentence(i int) bool {
	end := max(r.begins(i, cOtherBody), r.begins(i, cLegs), r.begins(i, cBody))
	return end > 0 && r.begins(end, cBodyVerb) > 0
}

var cFell = lexicon.Must("fell")

var cBodyVerb = lexicon.Must("body_verb")

// named says whether the number is called a pain number outright: "pain 4",
// "back is at a 4", "4 pain".
func (r *reading) named(from, to int) bool {
	if to < len(r.toks) && r.begins(to, cPainWord) > 0 && !r.labels(to) {
		return true
	}
	for i := from - 1; i >= 0 && from-i <= 5 && r.clause[i] == r.clause[from]; i-- {
		if r.begins(i, cPainWord) > 0 || r.begins(i, cRatingWord) > 0 || r.begins(i, cBack) > 0 || r.legPain(i) {
			return true
		}
		if r.begins(i, cLink) == 0 && !r.is(i, ":") && !r.is(i, "=") {
			return false
		}
	}
	return false
}

var cLink = lexicon.Must("rating_link")

// besidePain says whether the number stands with "pain", "back" or the like.
func (r *reading) besidePain(from, to int) bool {
	for i := from - 1; i >= 0 && from-i <= 7 && r.clause[i] == r.clause[from]; i-- {
		if r.begins(i, cRatingWord) > 0 || r.begins(i, cPain) > 0 || r.begins(i, cBack) > 0 {
			return true
		}
	}
	for i := to; i < len(r.toks) && i-to < 4 && r.clause[i] == r.clause[from] && !r.countAsked(); i++ {
		if r.begins(i, cRatingWord) > 0 || r.begins(i, cBack) > 0 {
			return true
		}
	}
	if r.asked == AskedNone && (r.any(cBetter) || r.any(cWorse)) && r.startOfClause(from) == from && r.wordCount() > 1 {
		return true // "4 today but better than the weekend"
	}
	if r.asked == AskedNone && (r.closesMishap(from, to) || len(r.figures) == 1 && r.any(cTingleOnly) && r.mark(from-1) && (to >= len(r.toks) || r.mark(to))) {
		return true // "pins and needles down my leg, I can move it fine, 4"
	}
	return !r.countAsked() && r.asked != AskedConsent && r.asked != AskedInterference && r.aboutPain(from)
}

// closesMishap says whether the number is all that follows what befell the patient:
// "missed a step n landed on my seat, 5", "me caí de la escalera, un 8".
func (r *reading) closesMishap(from, to int) bool {
	start := r.startOfClause(from)
	if start == 0 || !r.mark(start-1) || !r.any(cFell, cCrash, cHitBy, cThrown) {
		return false
	}
	for i := start; i < from; i++ {
		if r.begins(i, cApprox)+r.begins(i, cFillerWord) == 0 && !r.is(i, "a") && !r.is(i, "un") {
			return false
		}
	}
	for ; to < len(r.toks); to++ {
		if !r.mark(to) && r.toks[to].Kind != token.Emoji {
			return false
		}
	}
	return true
}

var cThrown = lexicon.Must("thrown")

// countAsked says whether the question asks for a number that is no pain.
func (r *reading) countAsked() bool {
	switch r.asked {
	case AskedWorkdays, AskedRelapse, AskedScore, AskedWhich:
		return true
	}
	return false
}

// aboutPain says whether the clause before the number, or another of its
// sentence, speaks of pain or a flare.
func (r *reading) aboutPain(i int) bool {
	for j := i - 1; j >= 0 && i-j < 14; j-- {
		if r.begins(j, cPain) > 0 || r.begins(j, cBack) > 0 || r.begins(j, cFlare) > 0 || r.begins(j, cTingleOnly) > 0 {
			return true
		}
	}
	return false
}
