package reply

import (
	"strings"

	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// elsewhere finds ratings of another part of the body, of effort, or of
// someone else's back.
func (r *reading) elsewhere(f *figure) claim {
	if r.flags[f.from]&someoneElse != 0 || r.flags[f.from]&hypothetical != 0 && !r.statedBefore(f) && !r.onCondition(f) && !r.onOwnScale(f) && !r.afterIfNot(f) && !r.besideLimit(f) {
		return claimElsewhere
	}
	if j := f.from - 2; !r.any(cProxy) && ((r.is(j, "his") || r.is(j, "theirs") || r.is(j-1, "his")) && r.all.has(cOtherPerson) || r.is(j, "hers") || r.is(j-1, "hers")) {
		return claimElsewhere
	}
	if r.saidOfOther(f) || r.measuresThing(f) || r.is(f.from-1, "a") && r.is(f.from-2, "like") && r.begins(f.from-3, cBentShape) > 0 && !(strings.HasPrefix(r.key(f.from-3), "look") && painAsked(r.asked) && len(r.figures) == 1) {
		return claimElsewhere
	}
	if place := r.placeBehind(f); place > 0 && r.placesFollow(f) {
		if r.begins(place, cOtherBody) > 0 && r.begins(place, cBack) == 0 && !r.legPain(place) {
			return claimElsewhere
		}
		return unclaimed
	}
	if c, ok := r.placeFor(f); ok {
		return c
	}
	for i := f.from - 1; i >= 0 && r.clause[i] == r.clause[f.from]; i-- {
		if _, ok := r.endsFigure(i + 1); ok && i+1 != f.from {
			break
		}
		switch {
		case r.begins(i, cBack) > 0 || r.begins(i, cRatingWord) > 0:
			return r.elsewhereWord(i, f)
		case r.begins(i, cEffort) > 0 && (r.painBehind(f) || r.joinedOn(f)):
			return unclaimed // "8 effort 1 pain"
		case r.begins(i, cEffort) > 0 && r.begins(i-1, cPreposition)+r.begins(i-2, cPreposition) == 0 && !r.ends(i, cTimeSession) && !r.ends(i, cTimePast) && r.begins(i, cTimeMorning) < i+2:
			return claimEffort
		case r.begins(i, cOtherBody) > 0 && !r.legPain(i) && !r.namesExercise(i):
			return claimElsewhere
		}
	}
	if r.placeFollows(f) || r.placeMarked(f) || r.othersMark(f) || r.ratesThing(f) || r.otherHurtsBefore(f) || r.thatsOther(f) || r.othersWord(f) {
		return claimElsewhere
	}
	return r.followedElsewhere(f)
}

// measuresThing says whether a number without a unit is the size or the value of
// what is measured just before it: "an aneurysm in my belly, 4.8 he said".
func (r *reading) measuresThing(f *figure) bool {
	if !r.all.has(cMeasured) {
		return false
	}
	for i := f.from - 1; i >= 0 && f.from-i <= measureReach && r.sent[i] == r.sent[f.from]; i-- {
		if r.begins(i, cMeasured) > 0 {
			return true
		}
		if r.begins(i, cBack)+r.begins(i, cRatingWord) > 0 && !r.is(i-1, "came") && !r.is(i-1, "comes") && !r.is(i-1, "come") || r.figureTo[i+1] > 0 && i+1 != f.from && !r.covered(i, cMeasured) {
			return false
		}
	}
	return false
}

// measureReach is how many words may stand between what is measured and its number.
const measureReach = 6

var cStandsOn = lexicon.Must("stands_on") // "on my feet"

var cTimeMorning = lexicon.Must("t_morning")

var cBentShape = lexicon.Must("bent_shape") // "bent like a 7"

var cMeasured = lexicon.Must("measured_thing")

// statedBefore says whether the number is stated in a clause before the one that
// only asks or supposes: "back is a 5, any chance of getting in?".
func (r *reading) statedBefore(f *figure) bool {
	for i := r.endOfClause(f.from) - 1; i >= 0 && r.sent[i] == r.sent[f.from]; i-- {
		if r.begins(i, cHypothetical)+r.begins(i, cIf)+r.begins(i, cCauses)+r.begins(i, cModal)+r.begins(i, cQuestion) > 0 {
			return false
		}
	}
	return r.named(f.from, f.to)
}

// onCondition says whether the number is one of two, each with its own condition:
// "a 3 if i stay still 6 if i dont" supposes nothing.
func (r *reading) onCondition(f *figure) bool {
	k := int(r.figureFrom[f.from]) - 2
	return k >= 0 && r.begins(f.to, cIf) > 0 && r.begins(r.figures[k].to, cIf) > 0 && r.figures[k].claim == unclaimed
}

// onOwnScale says whether the number is put on a scale whose end an "if" tells: "if 10 is
// labor, this is a 3".
func (r *reading) onOwnScale(f *figure) bool {
	k := int(r.figureFrom[f.from]) - 1
	for j := max(0, k-3); j < k; j++ {
		if g := &r.figures[j]; g.value == 10 && r.sent[g.from] == r.sent[f.from] {
			for i := f.from - 1; i >= g.to && f.from-i <= 4; i-- {
				if r.begins(i, cThisPain) > 0 {
					return true
				}
			}
		}
	}
	return false
}

var cThisPain = lexicon.Must("this_pain")

// afterIfNot says whether "if not" only leads to a higher number: "6 if not 7".
func (r *reading) afterIfNot(f *figure) bool {
	i := f.from
	if r.begins(i-1, cArticle) == i {
		i--
	}
	if !r.ends(i-1, cIfNot) && !r.ends(f.from-1, cIfNot) {
		return false
	}
	for back := 2; back <= 6; back++ {
		if _, ok := r.endsFigure(f.from - back); ok {
			return true
		}
	}
	return false
}

// saidOfOther finds "shes at an 8" beside "im a 2", or after somebody was named.
// A back may be "she" too: then no other number is the patient's own.
func (r *reading) saidOfOther(f *figure) bool {
	if r.any(cProxy) {
		return false
	}
	if r.ends(f.from-1, cKinSpeaks) && (r.kinBefore(f.from-1) || r.begins(r.startOfClause(f.from), cOtherPerson) > 0) {
		return r.ownNumber(f) // "wife says 5 i say 3"
	}
	if r.kinsOwn(f) {
		return true
	}
	if !r.all.has(cThirdPerson) {
		return false
	}
	for i := r.startOfClause(f.from); i < f.from; i++ {
		if r.begins(i, cThirdPerson) > 0 && (len(r.key(i)) > 2 || r.is(i, "he")) && !r.is(i, "they") {
			return r.kinBefore(i) || r.ownNumber(f)
		}
	}
	return false
}

// kinsOwn finds the number that somebody says of their own body, in a text that goes on without
// them: "My cousin says his sciatica is a 9. No flare here".
func (r *reading) kinsOwn(f *figure) bool {
	start := r.startOfSentence(f.from)
	if start != r.startOfClause(f.from) || r.begins(start, cPossessive) == 0 || r.begins(start+1, cOtherPerson) == 0 {
		return false
	}
	theirs := false
	for j := start + 2; j < f.from; j++ {
		theirs = theirs || r.is(j, "his") || r.is(j, "her") || r.is(j, "hers") || r.is(j, "su") || r.is(j, "suyo")
	}
	if !theirs {
		return false
	}
	other := false
	for j := range r.toks {
		if r.sent[j] == r.sent[f.from] {
			continue
		}
		if r.begins(j, cThirdPerson) > 0 && !r.is(j, "they") || r.is(j, "her") || r.is(j, "his") {
			return false
		}
		other = other || r.toks[j].Kind == token.Word || r.toks[j].Kind == token.Number
	}
	return other
}

// ownNumber says whether another number stands after "I" or "me" in its clause,
// or between this one and itself ("she says 5 i say 4").
func (r *reading) ownNumber(f *figure) bool {
	at := int(r.figureFrom[f.from])
	for k := max(0, at-nearFigures); k < min(at+nearFigures, len(r.figures)); k++ {
		g := &r.figures[k]
		if g == f || r.clause[g.from] == r.clause[f.from] && g.from < f.from {
			continue
		}
		start := r.startOfClause(g.from)
		if g.from > f.from {
			start = max(start, f.to)
		}
		for i := start; i < g.from; i++ {
			if r.begins(i, cFirstPerson) > 0 {
				return true
			}
		}
	}
	return false
}

// nearFigures is how many numbers before and after one are looked at.
const nearFigures = 8

// elsewhereWord looks whether "pain" at i is said of another part: "knee pain 6".
func (r *reading) elsewhereWord(i int, f *figure) claim {
	if r.begins(i, cBack) > 0 {
		return unclaimed
	}
	for j := i - 1; j >= 0 && i-j <= 3 && r.clause[j] == r.clause[i]; j-- {
		if _, ok := r.figureStarting(j); ok {
			break // "knee 6 pain 3"
		}
		if r.begins(j, cBack) > 0 {
			return unclaimed
		}
		if r.begins(j, cOtherBody) > 0 && !r.legPain(j) && !(r.is(j, "pie") && r.is(j-1, "de")) {
			return claimElsewhere
		}
	}
	for j := i + 1; j < f.from; j++ {
		if r.begins(j, cOtherBody) > 0 && !r.legPain(j) && r.begins(j-1, cPreposition) == 0 {
			return claimElsewhere
		}
	}
	return unclaimed
}

// followedElsewhere finds "8 in the knee", "an 8 effort wise".
func (r *reading) followedElsewhere(f *figure) claim {
	end := min(len(r.toks), f.to+4)
	if r.is(f.to, "on") && r.begins(f.to, cStandsOn) > 0 {
		return unclaimed // "4 on my feet"
	}
	if r.is(f.to, "for") && len(r.figures) > 1 {
		end = min(len(r.toks), f.to+9) // "7 for the tattoo i got on my shoulder"
	}
	for i := f.to; i < end && r.clause[i] == r.clause[f.from]; i++ {
		if r.begins(i, cBack) > 0 || r.begins(i, cRatingWord) > 0 {
			return unclaimed
		}
		if _, ok := r.figureStarting(i); ok {
			return unclaimed
		}
		if r.begins(i, cEffort) > 0 && i-f.to <= 1 && !r.timeLead(f.to) && r.begins(f.to, cNegate) == 0 && !r.effortRated(i) && !(r.ownFigure(i) && (r.named(f.from, f.to) || r.labelled(f))) {
			return claimEffort
		}
		if r.begins(i, cOtherBody) > 0 && !r.legPain(i) && !r.namesExercise(i) && r.begins(i-1, cPreposition)+r.begins(i-2, cPreposition) > 0 {
			if r.andBack(r.begins(i, cOtherBody)) {
				return unclaimed // "5 in my hip and back"
			}
			return claimElsewhere
		}
	}
	return unclaimed
}

// painBehind says whether the number is called one of pain behind it: "1 pain", "1 de dolor".
func (r *reading) painBehind(f *figure) bool {
	i := f.to
	if r.is(i, "de") || r.is(i, "for") || r.is(i, "of") {
		i++
	}
	end := r.begins(i, cPainWord)
	return end > 0 && !(i == f.to && r.ownFigure(end-1) && r.ofOtherLabel(f))
}

// timeLead says whether the word at i leads to when it was: "4 during class" is no mark of it.
func (r *reading) timeLead(i int) bool {
	switch r.keyOr(i) {
	case "after", "before", "b4", "during", "since", "with", "w", "post", "pre", "until", "til", "till", "by", "despues", "durante", "antes", "desde", "tras":
		return true
	}
	return false
}

// effortRated says whether the word of effort at i leads to a number of its own: "5 rpe was like 7".
func (r *reading) effortRated(i int) bool {
	for j := i + 1; j < len(r.toks) && j <= i+4 && r.clause[j] == r.clause[i]; j++ {
		if _, ok := r.figureStarting(j); ok {
			return r.begins(i, cEffortLead) > 0
		}
	}
	return false
}

// legPain says whether the body word at i is a leg that the back may hurt in, or the buttock on
// the way there: "glute/leg 6".
func (r *reading) legPain(i int) bool {
	if r.is(i, "buttock") || r.is(i, "nalga") {
		return true
	}
	if r.is(i, "glute") || r.is(i, "gluteo") || r.is(i, "butt") || r.is(i, "hip") {
		for j := i + 1; j <= i+4; j++ {
			if (r.is(j, "leg") || r.is(j, "pierna")) && !r.is(j-1, ",") && r.clause[j] == r.clause[i] {
				_, figure := r.figureStarting(j - 1)
				return !figure
			}
		}
	}
	if r.is(i, "hamstring") && (r.is(i-1, "down") || r.is(i-2, "down") || r.is(i-3, "down")) {
		return true
	}
	return r.begins(i, cBody) > 0 && (r.is(i, "leg") || r.is(i, "pierna") || r.is(i, "calf") || r.is(i, "thigh"))
}

// ownFigure says whether the word at i has a number of its own behind it: "dolor 7 energía 2".
func (r *reading) ownFigure(i int) bool {
	i++
	if r.is(i, ":") || r.is(i, "=") || r.is(i, "un") {
		i++
	}
	_, ok := r.figureStarting(i)
	return ok
}

// labelled says whether a colon leads from the pain or the back to the number: "dolor: 6".
func (r *reading) labelled(f *figure) bool {
	i := f.from - 2
	return r.is(f.from-1, ":") && r.begins(i, cPain)+r.begins(i, cBack)+r.begins(i, cRatingWord) > 0
}

// ofOtherLabel says whether what the number is of stands right before it and is no pain: "esfuerzo 9
// dolor 6", "salida 6 dolor 3".
func (r *reading) ofOtherLabel(f *figure) bool {
	i := f.from - 1
	if r.is(i, ":") || r.begins(i, cArticle) == f.from {
		i--
	}
	return r.begins(i, cEffort)+r.begins(i, cMoodNoun)+r.begins(i, cNeverPain)+r.begins(i, cNumberNoun)+r.begins(i, cEffortLead) > 0
}
