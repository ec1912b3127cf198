package reply

import (
	"math"

	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

var (
	cUnitLoad    = lexicon.Must("unit_load")
	cUnitTime    = lexicon.Must("unit_time")
	cUnitDose    = lexicon.Must("unit_dose")
	cUnitCount   = lexicon.Must("unit_count")
	cDoseVerb    = lexicon.Must("dose_verb")
	cNumberNoun  = lexicon.Must("number_noun")
	cAtTimeVerb  = lexicon.Must("at_time_verb")
	cEffortLead  = lexicon.Must("effort_lead")
	cEffort      = lexicon.Must("effort")
	cTempLead    = lexicon.Must("temp_lead")
	cFeverOnly   = lexicon.Must("fever")
	cMonth       = lexicon.Must("month")
	cDenied      = lexicon.Must("denied_lead")
	cRatingWord  = lexicon.Must("rating_word")
	cCorrect     = lexicon.Must("correct")
	cTimeSession = lexicon.Must("t_session")
	cTimePast    = lexicon.Must("t_past")
	cPlates      = lexicon.Must("plates_word")
	cPraise      = lexicon.Must("praise")
	cCeiling     = lexicon.Must("ceiling")
	cDidWork     = lexicon.Must("did_work")
	cGameEnds    = lexicon.Must("game_ends")
	cOrdinal     = lexicon.Must("ordinal")
)

// Fever in a reading of the thermometer: 100.4 F or 38 C.
const (
	feverF, maxF = 100.4, 110
	feverC, maxC = 38.0, 43
)

// highMark is the lowest mark out of ten that may be praise.
const highMark = 8

// claimFigures decides which numbers are something else than a rating.
func (r *reading) claimFigures() {
	for k := range r.figures {
		if r.figures[k].claim == unclaimed {
			if r.figures[k].claim = r.besideClaim(k); r.figures[k].claim == unclaimed {
				r.figures[k].claim = r.claimOf(k)
			}
		}
	}
	r.claimBounds()
	r.shareClaims()
}

func (r *reading) claimOf(k int) claim {
	f := &r.figures[k]
	before, after := f.from-1, f.to
	switch {
	case r.carriesOver(f):
		return unclaimed
	case r.pastedScale(k), r.topOfScale(f):
		return claimScale
	case r.moodBeside(k):
		return claimEffort
	case r.ageOf(f):
		return claimCount // "2 kids under 9"
	case r.ratesElse(k), r.othersVerdict(k), r.onOtherScale(k), r.ratesNoPain(f), r.kinsNumber(k), r.kinsVerdict(k):
		return claimElsewhere // "1 for the back, 9 for embarrassment"
	case r.begins(f.to, cSlipped) > 0 && len(r.figures) > 1, r.sentWrong(k), r.toldLimit(k), r.putBack(k), r.comparedWith(f), r.saidUnreal(k):
		return claimDenied // "4, sorry put 9 by accident"
	case r.outOfFew(f), r.timesDone(f), r.share(f), r.countsAgain(k), r.namesSession(f):
		return claimCount
	case r.asksOfScale(f):
		return claimScale
	case f.value == 10 && (r.is(before, "if") || r.is(before, "si") || r.begins(before, cArticle) > 0 && r.is(before-1, "if")) && (r.begins(f.to, cCopula) > 0 || r.is(f.to, "es") || r.is(f.to, "fuera") || r.is(f.to, "seria")) && r.figureFollows(f.from):
		return claimScale // "si 10 es parir, esto es un 4"
	case f.value == 10 && f.word && r.is(before, "de") && before > 0 && (f.to >= len(r.toks) || r.mark(f.to)) && !r.painSubject(f) && r.begins(before-1, cPain)+r.begins(before-1, cArticle) == 0:
		return claimEffort // "amanecí de diez" is well
	case f.value == 10 && r.is(before, "of") && r.is(before-1, "out"):
		return claimScale // "out of 10? 4"
	case r.tenFour(k):
		return claimCode
	case r.temperature(f):
		return claimTemperature
	case before >= 0 && r.toks[f.from].Glued && r.vertebra(before):
		return claimVertebra
	case r.lettered(f), r.yearShort(f):
		return claimCode // "gate B7", "like it did in 09"
	case before > 0 && !f.outOfTen && r.digits(f) && r.ends(before, cPays) && !r.painSubject(f):
		return claimCode // "paid 8 for parking"
	case r.digits(f) && (r.is(f.to, "a") || r.is(f.to, "per") || r.is(f.to, "el") || r.is(f.to, "la")) && r.begins(f.to+1, cPricedBy) > 0:
		return claimCode // "gas is 4 a gallon"
	case r.numbered(f):
		return unclaimed // "#3"
	case before >= 0 && (r.is(before, "$") || r.is(before, "#")) || r.is(after, "%") || r.is(after, "$") || f.value >= 1000:
		return claimCode
	case (r.is(before, "of") || r.is(before, "from") || r.is(before, "de")) && (r.is(before-1, "scale") || r.is(before-1, "escala")):
		return claimScale
	case r.clock(f), r.ebbedAfter(f), r.is(before, "at") && r.is(f.to, "than") && r.is(f.to+1, "at"):
		return claimClock
	case r.date(f), r.weekdaysAgo(f), r.dayOfMonth(f):
		return claimDate
	}
	if f.outOfTen {
		if r.countedOfTen(f) || r.ofExercise(f) || r.is(before, "sesion") && r.figuresBeside(k) {
			return claimCount // "on rep 9 of 10"
		}
		if f.value >= highMark && r.begins(f.to, cPraise) > 0 || r.begins(f.to, cVexing) > 0 && r.figuresBeside(k) {
			return claimEffort // "10/10 amazing" is a mood
		}
		if r.sorenessBeside(k) {
			return claimEffort
		}
		return r.elsewhere(f)
	}
	if c := r.unitAfter(f); c != unclaimed {
		return c
	}
	switch {
	case r.is(f.to, "of") && !r.is(f.to+1, "pain"), r.partOf(f):
		return claimCount
	case (r.is(before, "of") || r.is(before, "de")) && (r.begins(before-1, cSetOnly)+r.begins(before-1, cRepWord) > 0), r.setsAtLoad(f):
		return claimCount // "sets of 5", "1 at 110"
	case r.countsThings(f), r.outsideThing(f), r.distance(f), r.allOfThem(f), r.inPlaces(f), r.outsideTemp(f), r.countsPangs(f), r.changedBy(f), r.namedInRow(f), f.value == 0 && r.begins(f.to, cZeroOf) > 0:
		return claimCount
	case r.asked != AskedWeekly && len(r.figures) > 1 && r.begins(before, cEarlierOne) == f.from && r.begins(before, cWeekday) > 0 && r.keys[r.toks[before].KeyEnd-1] == 's' && r.digits(f):
		return claimDenied // "2, right as rain compared to Sunday's 7"
	case r.ends(before, cGiveMe) && f.to == r.endOfClause(f.from), r.thanEarlier(f):
		return claimDenied // "give me 10", "better than yesterdays 6"
	case r.leadIn(before, cEffortLead), r.effortWas(before), r.is(before, ":") && r.begins(before-1, cEffort) == before && !r.ends(before-1, cTimeSession), r.is(before, "effort") && r.startOfClause(before) == before:
		return claimEffort
	case r.is(before, ":") && (r.is(before-1, "number") || r.is(before-1, "version")), (r.is(before, "number") || r.is(before, "version")) && r.ends(before, cCorrect):
		return unclaimed // "my honest number: 5", "real number 3"
	case r.digits(f) && (r.is(before, "la") || r.is(before, "el") && r.is(before-1, "del")):
		return claimCount // "por la 10" is a road
	case r.leadIn(before, cNumberNoun) && !r.dayRated(f) && !r.prePost(f) && !(r.is(before, "number") && r.begins(before-1, cPainWord) > 0) && !r.withThem(before) && !r.painBehind(f) && !(r.is(before, "round") && (r.begins(before-1, cHolds) > 0 || r.is(f.to, "ish"))) && !((r.is(before, "day") || r.is(before, "dia")) && (r.is(before-1, "un") || r.is(before-1, "one") || r.is(before-1, "1"))) && !(r.is(before, "bed") && (r.is(before-1, "of") || r.is(before-1, "in"))) && !r.is(before-1, "this") && !r.is(before-1, "last") && !r.is(before-1, "esta") && !r.is(before-1, "past") && !r.ordinalAt(before-1) && !r.is(before-2, "rest") && !r.is(before-3, "rest"):
		return claimCount
	case r.digits(f) && f.to >= len(r.toks) && r.begins(before, cApprox) > 0 && (r.is(before-1, "slept") || r.is(before-1, "dormi")):
		return claimDuration // "slept maybe 5"
	case r.digits(f) && r.mark(f.to) && (r.is(before, "slept") || r.is(before, "dormi") || r.begins(before, cApprox) > 0 && (r.is(before-1, "slept") || r.is(before-1, "dormi"))):
		return claimDuration // "slept 8, weighed 182"
	case r.begins(before, cDoseVerb) > 0 && r.toks[f.from].Kind == token.Number:
		return claimDose
	case r.is(before, "de") && r.begins(before-1, cOtherPerson) > 0:
		return claimCount // "mi hija de 2" is an age
	case r.asked == AskedHomework && (before >= 0 && r.begins(before, cDidWork) == f.from || before < 0 && !r.opensRated(f)):
		return claimCount // "hice dos y paré" are sets
	case r.asked == AskedHomework && r.is(f.to, "in") && r.is(before, "got") && (f.to+1 >= len(r.toks) || r.mark(f.to+1)):
		return claimCount // "got 2 in"
	case r.denied(f), r.thanOther(f), r.begins(before, cExchange) > 0 && r.begins(f.to, cRange)+r.begins(f.to, cPreposition) > 0, r.isPossessive(before) && r.begins(before-1, cExchange) > 0:
		return claimDenied
	case r.sorenessBeside(k):
		return claimEffort
	}
	return r.elsewhere(f)
}

var (
	cExchange   = lexicon.Must("exchange") // "change 4 to 6"
	cPays       = lexicon.Must("pays")
	cPricedBy   = lexicon.Must("priced_by")
	cGiveMe     = lexicon.Must("give_me")
	cEarlierOne = lexicon.Must("earlier_one")
)

// outsideThing says whether a number counts people, frost, a floor or a score: "we are 5 in
// the car", "7 below outside", "parked on level 3", "got a 4 on the quiz", "bowled a 9".
func (r *reading) outsideThing(f *figure) bool {
	before := f.from - 1
	switch {
	case r.machineLevel(f), r.is(before, "level") && r.is(f.to, "on") && r.is(f.to+1, "the") && r.begins(f.to+2, cMachineName) > 0 && !r.backNamedBefore(f.from):
		return true // "got to level 4 on the bike"
	case r.is(before, "level") && r.is(before-1, "on"):
		return !r.speaksOf(cPain, r.startOfClause(f.from), f.from) && !r.speaksOf(cBack, r.startOfClause(f.from), f.from)
	case r.is(before-1, "we") || r.is(before-1, "they"):
		return r.is(before, "are") || r.is(before, "were") || r.is(before, "have") || r.is(before, "had") || r.is(before, "need") || r.is(before, "expect") || r.is(before, "got")
	case r.is(before, "somos") || r.is(before, "eramos") || r.is(before, "seremos"):
		return true
	case r.is(before, "for") && r.ends(before-1, cSetFor):
		return f.value <= lastHour
	case r.is(f.to, "on") && r.is(f.to+1, "each"), r.is(f.to, "each") && r.is(f.to+1, "side"), r.is(f.to, "per") && r.is(f.to+1, "side"), r.is(f.to, "por") && r.is(f.to+1, "lado"), r.is(f.to, "de") && r.is(f.to+1, "cada"), r.is(f.to, "cada") && r.is(f.to+1, "lado"):
		return true
	case r.is(before, "holds") || r.is(before, "seats") || r.is(before, "serves"):
		start := r.startOfClause(f.from)
		return before > start && !r.stands(before-1) && !r.speaksOf(cPain, start, before) && !r.speaksOf(cBack, start, before)
	case r.is(f.to, "below") || r.is(f.to, "above"):
		return f.to+1 >= len(r.toks) || r.mark(f.to+1) || r.is(f.to+1, "outside") || r.is(f.to+1, "zero") || r.is(f.to+1, "freezing") || r.is(f.to+1, "out")
	}
	if !r.is(before, "a") && !r.is(before, "an") && !r.is(before, "un") {
		return false
	}
	if r.is(f.to, "on") || r.is(f.to, "in") || r.is(f.to, "en") {
		for j := f.to + 1; j <= f.to+3; j++ {
			if r.begins(j, cGraded) > 0 {
				return true
			}
		}
	}
	start := r.startOfClause(f.from)
	return r.begins(before-1, cPlaysScore) > 0 && !r.speaksOf(cPain, start, f.from) && !r.speaksOf(cBack, start, f.from) && !r.is(before-2, "it")
}

var (
	cGraded      = lexicon.Must("graded_thing")
	cMachineName = lexicon.Must("machine_name")
	cSetFor      = lexicon.Must("set_for") // "set the alarm for 6"
	cPlaysScore  = lexicon.Must("plays_score")
)

// countedOfTen says whether a number of ten is the place in a set or what was done of it:
// "rep 9 of 10", "hice 3 de 10 con la de 15".
func (r *reading) countedOfTen(f *figure) bool {
	before := f.from - 1
	if r.is(f.from+1, "/") {
		return false
	}
	if (r.is(f.to, "por") || r.is(f.to, "cada") || r.is(f.to, "de")) && (r.is(f.to+1, "lado") || r.is(f.to+1, "cada") || r.is(f.to+1, "pierna")) {
		return true // "bird dog 4 de 10 por lado"
	}
	return r.begins(before, cSetOnly)+r.begins(before, cRepWord) > 0 && r.toks[before].Kind == token.Word || r.asked == AskedHomework && r.begins(before, cDidWork) == f.from
}

// leadIn says whether the word just before a number is of c ("set 3", "RPE: 8").
func (r *reading) leadIn(before int, c lexicon.Concept) bool {
	for range 2 {
		if before < 0 {
			return false
		}
		if r.begins(before, c) > 0 {
			return true
		}
		if !r.is(before, ":") && !r.is(before, "=") && !r.is(before, "of") && !r.is(before, "@") {
			return false
		}
		before--
	}
	return false
}

// effortWas says whether a word of effort leads to the number over a verb: "rpe was like 7".
func (r *reading) effortWas(before int) bool {
	i := before
	for i >= 0 && before-i < 3 && (r.begins(i, cCopula)+r.begins(i, cApprox)+r.begins(i, cFillerWord) > 0 || r.is(i, "a") || r.is(i, "like")) {
		i--
	}
	return i >= 0 && i < before && r.begins(i, cEffortLead) == i+1
}

func (r *reading) vertebra(i int) bool {
	switch r.key(i) {
	case "l", "s", "c", "t":
		return r.toks[i].Kind == token.Word
	}
	return false
}

// pastedScale finds "0-10", "0 to 10" and "0=none" of our own questions.
func (r *reading) pastedScale(k int) bool {
	f := &r.figures[k]
	if r.is(f.to, "=") {
		return true
	}
	if k+1 >= len(r.figures) || f.value > 1 || r.figures[k+1].value != 10 {
		return false
	}
	g := &r.figures[k+1]
	to := r.is(f.to, "-") || r.is(f.to, "to") || r.is(f.to, "a") || r.is(f.to, "al")
	spoken := f.word && !g.outOfTen && !r.ends(f.from-1, cMovedBy) && !(r.is(f.from-1, "from") && r.begins(f.from-2, cMovedBy)+r.begins(f.from-2, cBodyVerb) > 0)
	if r.endTold(f) && r.endTold(g) && k+2 < len(r.figures) {
		g.claim = claimScale
		return true // "0 es nada y 10 lo peor? entonces 3"
	}
	if g.from == f.to+1 && r.scaleSpan(k) || g.from == f.to+1 && to && (r.digits(g) || spoken) || r.endNamed(f) && r.endNamed(g) && k+2 < len(r.figures) {
		g.claim = claimScale
		r.onScale(k)
		return true
	}
	return false
}

// endNamed says whether an end of the scale is told what it means: "0 is none and 10 is awful".
func (r *reading) endNamed(f *figure) bool {
	return r.begins(f.to, cCopula) > 0 || r.is(f.to, "being") || r.is(f.to, "es")
}

func (r *reading) temperature(f *figure) bool {
	if f.word {
		return false
	}
	feverish := false
	for i := max(0, f.from-5); i < min(len(r.toks), f.to+4); i++ {
		if r.sent[i] == r.sent[f.from] && (r.begins(i, cTempLead) > 0 || r.begins(i, cFeverOnly) > 0) && r.flags[i]&(someoneElse|hypothetical|past) == 0 {
			feverish = true
		}
	}
	feverish = feverish && (!r.any(cWeather) || r.any(cFeverOnly, cOwnTemp)) || r.decimalFever(f)
	if r.unitAfter(f) == claimLift || r.liftedFor(f) && !r.any(cFeverOnly) {
		return false // "hit 40kg for 6"
	}
	degree := r.is(f.to, "degrees") || r.is(f.to, "°") || r.is(f.to, "grados")
	if !feverish && !degree {
		return false
	}
	f99 := f.value >= 95 && f.value < maxF
	c36 := f.value >= 35 && f.value < maxC
	if feverish && (f99 && f.value >= feverF || c36 && f.value >= feverC) {
		r.tempHigh = true
		r.note("red_flag: infection", f.from, f.to, "fever reading")
	}
	return f99 || c36 || degree
}

// decimalFever says whether a figure such as 38.9 or 101.6 can only be a fever:
// with a decimal, nothing counted after it, and a word that leads to a reading.
func (r *reading) decimalFever(f *figure) bool {
	if f.value == math.Trunc(f.value) {
		return false
	}
	if f.to < len(r.toks) && !r.mark(f.to) && r.begins(f.to, cAfterReading) == 0 {
		return false
	}
	for i := max(0, f.from-3); i < f.from; i++ {
		if r.begins(i, cReadingLead) > 0 && r.flags[i]&(someoneElse|hypothetical|past) == 0 {
			return true
		}
	}
	return false
}

var (
	cReadingLead  = lexicon.Must("reading_lead")
	cAfterReading = lexicon.Must("after_reading")
)

func (r *reading) begunBy(i int, c lexicon.Concept) bool {
	return i >= 0 && r.begins(i, c) > 0
}

// painSubject says whether the pain or the back stands before the number in its clause.
func (r *reading) painSubject(f *figure) bool {
	for i := f.from - 1; i >= 0 && r.clause[i] == r.clause[f.from] && f.from-i < 7; i-- {
		if r.begins(i, cBack) > 0 && (r.is(i+1, "to") || r.words[i+1] == digitWords().to) {
			continue // "back to bed at 9"
		}
		if r.is(i-1, "to") && r.is(i-2, "back") {
			continue // "back to back calls from 8 to 5"
		}
		if r.begins(i, cRatingWord) > 0 || r.begins(i, cBack) > 0 || r.is(i, "a") && i == f.from-1 {
			return true
		}
	}
	return false
}

func (r *reading) date(f *figure) bool {
	if r.begunBy(f.from-1, cMonth) {
		return true
	}
	if r.is(f.to, "de") && r.begins(f.to+1, cMonth) > 0 || r.begins(f.to, cMonth) > 0 && !r.is(f.to, "may") && !r.is(f.to, "sep") {
		return true
	}
	if f.from >= 1 && (r.is(f.from-1, "el") || r.is(f.from-1, "the")) && (f.value > 10 || r.digits(f) && (r.ends(f.from-2, cMeets) || (r.is(f.from-2, "es") || r.is(f.from-2, "seria") || r.is(f.from-2, "para") || r.begins(f.from-2, cCopula) > 0) && r.ends(f.from-3, cMeets))) {
		return true // "nos vemos el 9"
	}
	if (r.is(f.from-1, "el") || r.is(f.from-1, "the")) && (r.is(f.from-2, "desde") || r.is(f.from-2, "since")) {
		return true // "duele desde el 5"
	}
	return r.is(f.to, "/") && f.to+1 < len(r.toks) && r.toks[f.to+1].Kind == token.Number && r.toks[f.to+1].Value > 10 ||
		f.from >= 2 && r.is(f.from-1, "/") && r.toks[f.from-2].Kind == token.Number && f.value > 10
}

// denied finds "not a 5", "thought it was a 5".
func (r *reading) denied(f *figure) bool {
	if r.answersFlare(f) {
		return false
	}
	for i := f.from - 1; i >= 0 && f.from-i <= 3 && r.clause[i] == r.clause[f.from]; i-- {
		if r.ends(f.from-1, cCeiling) || r.is(f.from-1, "a") && r.ends(f.from-2, cCeiling) {
			return false // "never went past a 3" peaked at 3
		}
		if r.begins(i-1, cIfNot) > i {
			return false // "6 if not 7"
		}
		if r.begins(i, cDenied) > 0 && r.begins(i, cDenied) <= f.from {
			if (r.is(i, "ignore") || r.is(i, "forget")) && r.begins(i-1, cUnable)+r.begins(i-1, cNegate) > 0 {
				return false // "cant ignore the 8"
			}
			if r.is(i, "not") && r.doing(i+1) {
				return false // "sorry for not answering 3"
			}
			return !r.is(i, "not") && !r.is(i, "never") || !r.is(i+1, "bad") && !r.is(i+1, "more") && !r.is(i+1, "less") && !r.is(i+1, "over") && !r.is(i+1, "above") && !r.is(i+1, "too") && !r.is(i+1, "even")
		}
		if r.toks[i].Kind == token.Number {
			return false
		}
	}
	for back := 4; back <= 6 && back <= f.from; back++ {
		if r.begins(f.from-back, cDenied) == f.from {
			return true // "instead of the usual 5", "thought it would be a 7"
		}
	}
	return false
}
