package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

var (
	cMissedWork = lexicon.Must("missed_work")
	cBasics     = lexicon.Must("basics")
	cLightTask  = lexicon.Must("light_task")
	cCutShort   = lexicon.Must("cut_short")
	cSleepBad   = lexicon.Must("sleep_bad")
	cAtWork     = lexicon.Must("at_work")
	cOtherCause = lexicon.Must("not_back_cause")
	cWeakUnable = lexicon.Must("weak_unable")
)

// interference grades how the back gets in the way of the day.
func (r *reading) interference(flags []RedFlag, skipped bool, yes *bool) Interference {
	if r.asked == AskedInterference {
		if grade := r.letterGrade(); grade != InterferenceUnknown {
			return grade
		}
	}
	flareSaid := r.asked == AskedFlareCheck && yes != nil && *yes
	if !flareSaid && r.otherCause() || r.asksMeaning() || r.blamesOther() {
		return InterferenceUnknown
	}
	grade := InterferenceUnknown
	if r.asked == AskedInterference && yes != nil && !*yes {
		grade = InterferenceNone
	}
	if r.asked == AskedHomework && skipped && r.backHurts() && !r.skippedForOther() {
		grade = InterferenceSome
	}
	for _, h := range r.hits {
		if !grades(h.Concept) || r.flags[h.From]&(hypothetical|someoneElse|past) != 0 && h.Concept != cMissedWork {
			continue
		}
		if g := r.gradeOf(h, flags, skipped); worse(g, grade) {
			grade = g
			r.note("interference: "+string(g), int(h.From), int(h.To), "")
		}
	}
	if r.awayOn() {
		grade = InterferenceSevere
	}
	if g := r.composedGrade(flags); worse(g, grade) {
		grade = g
	}
	return grade
}

func worse(a, b Interference) bool { return gradeRank(a) > gradeRank(b) }

func gradeRank(g Interference) int {
	switch g {
	case InterferenceSevere:
		return 3
	case InterferenceSome:
		return 2
	case InterferenceNone:
		return 1
	}
	return 0
}

// grades says whether a concept alone tells how much is in the way.
func grades(c lexicon.Concept) bool {
	switch c {
	case cMissedWork, cBasics, cLightTask, cCutShort, cSleepBad, cAtWork:
		return true
	}
	return false
}

func (r *reading) gradeOf(h lexicon.Hit, flags []RedFlag, skipped bool) Interference {
	under := r.flags[h.From]
	if h.Concept != cAtWork && r.byOther(h) || r.orNone(h) {
		return InterferenceUnknown
	}
	switch h.Concept {
	case cMissedWork:
		return r.gradeMissed(h)
	case cBasics:
		if r.is(int(h.From), "work") && h.To == h.From+1 && r.is(int(h.To), "the") && r.begins(int(h.To)+1, cFlaresToo)+r.begins(int(h.To)+1, cPhoneWord) > 0 {
			return InterferenceUnknown // "he cant work the phone"
		}
		if under&impossible != 0 && under&negated == 0 && !r.limbOnly(h) && !r.cannotCease(h) && !r.evenThen(h) && (!r.outweighed(flags) || r.any(cPain, cFlare) && flags[0] != ChestPain) {
			if r.weaklyUnable(int(h.From)) {
				return InterferenceSome
			}
			return InterferenceSevere
		}
	case cLightTask:
		if r.evenThen(h) {
			return InterferenceUnknown
		}
		if r.is(int(h.From)-1, "de") && r.is(int(h.From)-2, "parar") {
			return InterferenceUnknown // "no puedo parar de bailar"
		}
		for back := 1; back <= 3; back++ {
			if r.begins(int(h.From)-back, cFeel) > 0 && r.clause[int(h.From)-back] == r.clause[h.From] {
				return InterferenceUnknown // "cant feel hes sitting"
			}
		}
		if r.is(int(h.From), "finish") && len(flags) > 0 || (r.is(int(h.To), "my") || r.is(int(h.To)-1, "my")) && r.slotAfter(int(h.To)) {
			return InterferenceUnknown // "i cant do my 3:30"
		}
		if r.outweighed(flags) && flags[0] == TraumaFracture {
			return InterferenceUnknown
		}
		if r.soreBefore(h) {
			return InterferenceUnknown // "hamstrings so sore i can barely sit, but the back is a 1"
		}
		if under&impossible != 0 && under&negated == 0 && !skipped && !r.limbOnly(h) && !(limbFlags(flags) && r.begins(int(h.From), cLiftLimb) > 0) && r.asked != AskedHomework {
			return InterferenceSome
		}
	case cCutShort:
		if r.is(int(h.From), "me") && r.is(int(h.To)-1, "acoste") && r.is(int(h.To), "a") && r.is(int(h.To)+1, "las") {
			return InterferenceUnknown // "me acosté a las 9" is bedtime
		}
		if r.outweighed(flags) || r.circumstance(h) || r.reclines(h) || r.haltsAtShop(h) || r.any(cWrongWhole) || r.asked == AskedHomework && r.wellAfterwards() || r.begins(int(h.From)-1, cPain) > 0 && r.is(int(h.From), "stopped") || r.overlapped(h, cNotCut) || r.only(cSkipWord, cCourtesy) {
			return InterferenceUnknown // a mere "skip" leaves the question out
		}
		if i := int(h.From); (r.is(i, "so") || r.is(i-1, "so") || r.is(i-2, "so")) && r.hurtElsewhere(i) {
			return InterferenceUnknown
		}
		if under&negated == 0 && !r.nothingBefore(int(h.From)) && !r.nothingAt(int(h.To)) && !r.inFigure(int(h.From)) && !((r.any(cAppointment) || r.movesDay()) && !r.any(cBack, cPain) && !r.callsOffPastime(h)) && r.backIsCause(skipped) && !(r.begins(int(h.From), cEndedEarly) == int(h.To) && !r.any(cPain, cBack, cFlare) && !r.causeRated(int(h.To)) && !r.becauseOfThat(int(h.To), r.endOfSentence(int(h.From)))) && !r.stopsThing(h) {
			return InterferenceSome
		}
	case cSleepBad:
		if r.begins(int(h.From), cFlare) > int(h.To) {
			return InterferenceUnknown // "tossed my back out"
		}
		if len(r.ratings) > 0 && !r.hurtsAtAll() {
			return InterferenceUnknown // "0. signed my lease on no sleep"
		}
		if under&negated == 0 && len(flags) == 0 && r.backIsCause(false) && !r.clauseHas(h, cOtherPerson) && !r.wokenByOther(h) {
			return InterferenceSome
		}
	case cAtWork:
		if _, figure := r.figureStarting(int(h.From)); figure && r.asked != AskedWorkdays {
			return InterferenceUnknown // "0 all 7 days"
		}
		if r.ends(int(h.From)-1, cThereOnly) {
			return InterferenceUnknown // "spasms started at work", "stuck at work"
		}
		if r.asked == AskedHomework && r.begins(int(h.From), cTask) > 0 {
			return InterferenceUnknown // "hice todo" is the homework
		}
		if (under&negated == 0 || r.negatesItself(h) || r.asked == AskedWorkdays && r.is(0, "no") && h.From == 1) && len(flags) == 0 && !r.asksItself(h) {
			return InterferenceNone
		}
	}
	return InterferenceUnknown
}

// gradeMissed grades a day of work that was missed.
func (r *reading) gradeMissed(h lexicon.Hit) Interference {
	under := r.flags[h.From]
	if r.is(int(h.From)+1, "me") && (r.is(int(h.From), "took") || r.is(int(h.From), "take")) {
		return InterferenceUnknown // "took me off the loader" is light work
	}
	if r.is(int(h.From), "in") && (r.is(int(h.From)-1, "works") || r.is(int(h.From)-1, "work") || r.is(int(h.From)-1, "working") || r.is(int(h.From)-1, "happens")) {
		return InterferenceUnknown // "nothing works in bed for me"
	}
	if r.tellsWho(h) || r.asked == AskedNone && r.asksItself(h) || r.is(int(h.To)-1, "por") && r.is(int(h.To), "favor") {
		return InterferenceUnknown // "denme de baja por favor" is the list's
	}
	if r.begins(int(h.To), cVisitNoun) > 0 || r.is(int(h.From), "crawling") && r.is(int(h.From)-1, "the") {
		return InterferenceUnknown // "missing the Tuesday slot", "gets all the crawling"
	}
	if start := r.startOfClause(int(h.From)); r.speaksOf(cFlaresToo, start, int(h.From)) && !r.speaksOf(cBack, start, int(h.From)) {
		return InterferenceUnknown // "my truck is out of commission"
	}
	if r.begins(int(h.To), cHalfDay) > 0 && under&(negated|someoneElse|hypothetical) == 0 {
		return InterferenceSome // "me mandaron a casa a media jornada"
	}
	if under&(negated|someoneElse|hypothetical) == 0 && !r.limbOnly(h) && !r.overlapped(h, cAtWork) {
		return InterferenceSevere
	}
	return InterferenceUnknown
}

// outweighed says whether a red flag leaves no room for what else cannot be done: the days off
// alone are counted beside one.
func (r *reading) outweighed(flags []RedFlag) bool {
	return len(flags) > 0 && r.asked != AskedWorkdays && r.asked != AskedHomework
}

// hurtsAtAll says whether a pain above zero is rated.
func (r *reading) hurtsAtAll() bool {
	for _, x := range r.ratings[:min(len(r.ratings), nearFigures)] {
		if x.value > 0 {
			return true
		}
	}
	return false
}

var (
	cVisitNoun = lexicon.Must("visit_noun")
	cHalfDay   = lexicon.Must("half_day") // what was left of a day on which one was sent home
)

// tellsWho says whether what helps to walk only tells who writes: "the one w the red walker".
func (r *reading) tellsWho(h lexicon.Hit) bool {
	for j := int(h.From) - 1; j > 0 && int(h.From)-j <= 3; j-- {
		if r.is(j, "with") || r.is(j, "w") {
			return r.is(j-1, "one") || r.begins(j-1, cOtherPerson)+r.begins(j-1, cSomePerson) > 0
		}
	}
	return false
}

// evenThen says whether something else is impossible even while one does h: "cant get a full
// breath even sitting", but not "cant even sit".
func (r *reading) evenThen(h lexicon.Hit) bool {
	i := int(h.From) - 1
	return r.is(i, "even") && !r.covered(i, cUnable) && !r.ends(i-1, cUnable)
}

// soreBefore says whether another part of the body was said to be sore just before h, in a
// clause that does not name the back.
func (r *reading) soreBefore(h lexicon.Hit) bool {
	start := r.startOfClause(int(h.From))
	return r.speaksOf(cOtherBody, start, int(h.From)) && r.speaksOf(cPain, start, int(h.From)) && !r.speaksOf(cBack, start, int(h.From))
}

// hurtElsewhere says whether the sentence tells before token i of another part that was hurt,
// and names neither the back nor a number: "pulled a calf muscle so i sat it out".
func (r *reading) hurtElsewhere(i int) bool {
	start := r.startOfSentence(i)
	return r.speaksOf(cHurtVerb, start, i) && r.speaksOf(cOtherBody, start, i) && !r.speaksOf(cBack, start, i)
}

var cHurtVerb = lexicon.Must("hurt_limb")

// limbFlags says whether what cannot be done may be the limb's doing.
func limbFlags(flags []RedFlag) bool {
	for _, f := range flags {
		if f == NeuroDeficit || f == CaudaEquina || f == OtherEmergency {
			return true
		}
	}
	return false
}

var cThereOnly = lexicon.Must("there_only") // what befell the patient where no day is told of

var cLeisure = lexicon.Must("leisure")

var cLiftLimb = lexicon.Must("lift_limb")

var cEndedEarly = lexicon.Must("ended_early")

// limbOnly says whether the thing that cannot be done is moving one limb: that
// is a red flag, not interference.
func (r *reading) limbOnly(h lexicon.Hit) bool {
	for j := int(h.To); j < len(r.toks) && j < int(h.To)+4 && r.clause[j] == r.clause[h.From]; j++ {
		if r.begins(j, cBody) > 0 || r.begins(j, cTiptoe) > 0 || r.begins(j, cArm) > 0 {
			return true
		}
	}
	for j := r.startOfClause(int(h.From)); j < int(h.From); j++ {
		if r.begins(j, cBody)+r.begins(j, cLegs)+r.begins(j, cArm) > 0 {
			return true
		}
	}
	return r.begins(int(h.From), cTiptoe) > 0
}

var cLegs = lexicon.Must("legs")

var (
	cTiptoe = lexicon.Must("tiptoe")
	cArm    = lexicon.Must("arm")
)

func (r *reading) weaklyUnable(i int) bool {
	for j := i - 1; j >= 0 && i-j <= reachCant; j-- {
		if r.begins(j, cWeakUnable) > 0 {
			return true
		}
	}
	return false
}

// backIsCause says whether what was cut short was so because of the back. A
// question for pain makes the back the topic; elsewhere it must be named.
func (r *reading) backIsCause(skipped bool) bool {
	if r.asked != AskedHomework && !skipped && r.asked != AskedNone && r.asked != AskedTravelPre {
		return true
	}
	_, pains := r.find(cPain, func(h lexicon.Hit) bool { return !r.hurtsElsewhere(h) })
	return pains || r.any(cBack, cWorse) || r.holds.has(cFlare) || len(r.ratings) > 0 && r.ratings[0].value > 0
}

// otherCause says whether something else than the back is named as the cause.
func (r *reading) otherCause() bool {
	if r.any(cBack, cPain, cFlare) || len(r.ratings) > 0 || r.becauseOfThat(0, len(r.toks)) {
		return false
	}
	_, ok := r.find(cOtherCause, func(h lexicon.Hit) bool {
		return r.plain(h) && !r.missedItself(h) && !r.besides(h)
	})
	return ok
}

// besides says whether what may be another cause is only told beside: in a clause with a number of
// its own ("5 days til vacation!", "mi hijo cumple 6"), or in another sentence than one that tells
// that the patient cannot get up, walk or dress, which takes more than a game or a birthday.
func (r *reading) besides(h lexicon.Hit) bool {
	if !painAsked(r.asked) || r.begins(int(h.From), cAilment) > 0 {
		return false
	}
	start, end := r.startOfClause(int(h.From)), r.endOfClause(int(h.From))
	if r.is(start, "hope") || r.is(start, "enjoy") || r.is(start, "espero") || r.is(start, "have") && r.is(start+1, "a") {
		return true // "hope the weekend treats you well"
	}
	for j := start; j < end; j++ {
		if (r.begins(j, cLightTask)+r.begins(j, cBasics) > 0) && r.flags[j]&impossible != 0 || r.begins(j, cCauseMark)+r.begins(j, cMissedWork)+r.begins(j, cCutShort)+r.begins(j, cSleepBad) > 0 {
			return false
		}
	}
	for j := start; j < end; j++ {
		if k, ok := r.figureStarting(j); ok && r.figures[k].claim != claimTemperature {
			return true
		}
	}
	_, ok := r.find(cBasics, func(b lexicon.Hit) bool {
		return r.sent[b.From] != r.sent[h.From] && r.flags[b.From]&impossible != 0
	})
	return ok
}

// missedItself says whether what may be another cause is what could not be done: "could
// not sit through the recital".
func (r *reading) missedItself(h lexicon.Hit) bool {
	for j := r.startOfClause(int(h.From)); j < int(h.From); j++ {
		if r.begins(j, cLightTask)+r.begins(j, cBasics) > 0 && r.flags[j]&impossible != 0 {
			return true
		}
	}
	return false
}

// letterGrade reads the A, B or C of the interference question.
func (r *reading) letterGrade() Interference {
	words, first := 0, -1
	for i, t := range r.toks {
		if t.Kind == token.Word {
			words++
			if first < 0 {
				first = i
			}
		}
	}
	if first < 0 || words > 1 && !r.optionRepeated(first) {
		return InterferenceUnknown
	}
	switch r.key(first) {
	case "a", "no", "nope", "none":
		return InterferenceNone
	case "b", "some":
		return InterferenceSome
	case "c":
		return InterferenceSevere
	}
	return InterferenceUnknown
}

// optionRepeated says whether the letter at i is followed by the words of our
// own option ("B some things", "c - can't work"). An "a" may be the article.
func (r *reading) optionRepeated(i int) bool {
	switch r.key(i) {
	case "b", "c":
		return true
	case "a":
		return r.mark(i+1) || r.begins(i+1, cNo) > 0
	}
	return false
}

// backHurts says whether the text tells of pain or a flare now.
func (r *reading) backHurts() bool {
	for _, x := range r.ratings {
		if x.value > 0 {
			return true
		}
	}
	inEarnest := func(h lexicon.Hit) bool { return r.plain(h) && r.flags[h.From]&idiomatic == 0 }
	if _, ok := r.find(cFlare, inEarnest); ok {
		return true
	}
	_, ok := r.find(cPain, func(h lexicon.Hit) bool {
		return inEarnest(h) && !r.hurtsElsewhere(h)
	})
	return ok && !r.any(cOtherCause)
}

// hurtsElsewhere says whether the clause of a pain names another part and neither the back nor
// the leg: "skipped, knee hurt".
func (r *reading) hurtsElsewhere(h lexicon.Hit) bool {
	other := false
	for j := r.startOfClause(int(h.From)); j < r.endOfClause(int(h.From)); j++ {
		if r.begins(j, cBack) > 0 || r.legPain(j) {
			return false
		}
		other = other || r.begins(j, cOtherBody) > 0
	}
	return other
}
