package reply

import "backstop/flows/reply/lexicon"

// What the back took from the day, and what it did not, by composition: no list
// of activities can be complete, so the words around them decide.

var (
	cAltered      = lexicon.Must("altered")
	cVerdict      = lexicon.Must("back_verdict")
	cVeto         = lexicon.Must("back_veto")
	cCauseMark    = lexicon.Must("cause_mark")
	cHelpedBasic  = lexicon.Must("helped_basics")
	cSelfBasic    = lexicon.Must("self_basics")
	cNeedsHelp    = lexicon.Must("needs_help")
	cHomeFrom     = lexicon.Must("home_from")
	cNotGone      = lexicon.Must("not_gone_to")
	cLoseDay      = lexicon.Must("lose_day")
	cWorkplace    = lexicon.Must("workplace")
	cLimit        = lexicon.Must("limit_verb")
	cTask         = lexicon.Must("task_verb")
	cWhole        = lexicon.Must("whole_word")
	cAble         = lexicon.Must("was_able")
	cNotTheBack   = lexicon.Must("not_the_back")
	cOutsideCause = lexicon.Must("outside_cause")
	cWorkObliges  = lexicon.Must("work_obliges")
)

// composedGrade grades what no single phrase says.
func (r *reading) composedGrade(flags []RedFlag) Interference {
	if r.asks() && len(r.ratings) == 0 || r.asksMeaning() || r.any(cNotTheBack) {
		return InterferenceUnknown
	}
	switch {
	case r.dependent(), r.missedPlace(), r.countsHome(), r.shutPlace():
		return InterferenceSevere
	case len(flags) == 0 && (r.wokenByIt() || r.backChanged() || r.becauseOfIt() || r.haltedByIt() || r.sparesIt() || r.soSwapped() || r.placeMissed() || r.cutInTwo() || r.doneForMe() || r.hadOthersDo() || r.sleptLittle()):
		return InterferenceSome
	case len(flags) == 0 && (r.nothingLost() || r.deedAsUsual()):
		return InterferenceNone
	}
	return InterferenceUnknown
}

// dependent finds somebody else doing what a person does alone: "husband had to
// pull my pants up", "need my son to lace my shoes", "had to hoist me up".
func (r *reading) dependent() bool {
	if r.all.has(cHelpedBasic) {
		if h, ok := r.find(cHelpedBasic, func(h lexicon.Hit) bool {
			return r.flags[h.From]&(negated|hypothetical|past|idiomatic) == 0 && !r.limbOnly(h)
		}); ok {
			r.note("interference: severe", int(h.From), int(h.To), "helped with basics")
			return true
		}
	}
	h, ok := r.find(cSelfBasic, func(h lexicon.Hit) bool {
		if r.flags[h.From]&(negated|hypothetical|past) != 0 {
			return false
		}
		helped := false
		for j := r.startOfSentence(int(h.From)); j < int(h.From); j++ {
			helped = helped || r.begins(j, cOtherPerson)+r.begins(j, cHelper) > 0
		}
		return helped && r.clauseHas(h, cNeedsHelp)
	})
	if ok {
		r.note("interference: severe", int(h.From), int(h.To), "helped with basics")
	}
	return ok
}

var cHelper = lexicon.Must("helper")

// missedPlace finds work that was missed by where it is: "stayed home from the
// plant", "no fui al laburo", "lost thursday at the feed store".
func (r *reading) missedPlace() bool {
	if !r.any(cHomeFrom, cNotGone, cLoseDay) && !r.any(cLoseShift) {
		return false
	}
	for _, h := range r.hits {
		if h.Concept == cLoseShift && r.asked == AskedWorkdays && r.flags[h.From]&(hypothetical|someoneElse) == 0 && !r.foreignCause(int(h.To)) {
			if k, ok := r.figureStarting(int(h.To)); ok && r.figures[k].value > 0 && r.shiftsAfter(r.figures[k].to) {
				r.note("interference: severe", int(h.From), r.figures[k].to, "work missed")
				return true
			}
		}
		if h.Concept != cHomeFrom && h.Concept != cNotGone && h.Concept != cLoseDay {
			continue
		}
		if r.flags[h.From]&(hypothetical|someoneElse) != 0 || r.flags[h.From]&negated != 0 && !r.negatesItself(h) || r.foreignCause(int(h.To)) {
			continue
		}
		want := cWorkplace
		if h.Concept == cLoseDay {
			want = cWeekday
		}
		for j := int(h.To); j < len(r.toks) && j < int(h.To)+4 && r.clause[j] == r.clause[h.From]; j++ {
			end := r.begins(j, want)
			if end == 0 && h.Concept == cLoseDay {
				if k, ok := r.figureStarting(j); ok && r.begins(r.figures[k].to, cUnitDay) > 0 {
					end = r.figures[k].to
				} else if ok && r.asked == AskedWorkdays && r.figures[k].value > 0 && r.shiftsAfter(r.figures[k].to) {
					end = r.figures[k].to
				}
			}
			if end > 0 && r.begins(end, cVisitNoun) == 0 {
				r.note("interference: severe", int(h.From), end, "work missed")
				return true
			}
		}
	}
	return false
}

// shiftsAfter says whether what is counted before token i is work by the piece: "4 of my 5 runs".
func (r *reading) shiftsAfter(i int) bool {
	for j := i; j < i+5 && j < r.endOfClause(i-1); j++ {
		if r.begins(j, cShiftNoun) > 0 {
			return true
		}
	}
	return false
}

var (
	cShiftNoun = lexicon.Must("shift_noun")
	cLoseShift = lexicon.Must("lose_shift") // "gave away two shifts"
)

// backChanged says whether the back changed something that was done: it is
// named as the cause of a change ("left at halftime because of my back"), or
// it decided ("back wasn't having it").
func (r *reading) backChanged() bool {
	if !r.all.has(cBack) || r.asked == AskedWorkdays && r.opens(cNo) && !r.any(cBut) {
		return false
	}
	for i := range r.toks {
		if r.begins(i, cBack) == 0 || r.flags[i]&(hypothetical|someoneElse|past) != 0 {
			continue
		}
		for j := i + 1; j < len(r.toks) && j <= i+4 && r.sent[j] == r.sent[i]; j++ {
			if end := r.begins(j, cVeto); end > 0 && !(r.is(end, "en") && r.is(end+1, "paz")) && !r.is(end, "up") && !r.is(end, "go") {
				r.note("interference: some", i, end, "the back forbade it")
				return true
			}
			if end := r.begins(j, cVerdict); end > 0 && r.begins(i, cGood)+r.begins(end, cGood) == 0 && r.flags[j]&negated == 0 && r.asked != AskedTravelPre && !r.onlyNumbered(i, end) && r.alteredNear(i) {
				r.note("interference: some", i, end, "changed for the back")
				return true
			}
		}
		if r.isCause(i) && r.asked != AskedTravelPre && r.alteredNear(i) {
			r.note("interference: some", i, i+1, "because of the back")
			return true
		}
	}
	return false
}

// isCause says whether the back at i is given as a cause.
func (r *reading) isCause(i int) bool {
	for j := i - 1; j >= 0 && i-j <= causeReach && r.clause[j] == r.clause[i]; j-- {
		if end := r.begins(j, cCauseMark); end > 0 && end <= i {
			return r.flags[j]&negated == 0 && (i-j <= 3 || !r.looseCause(j))
		}
	}
	return false
}

// looseCause says whether the cause is only hinted at by a preposition.
func (r *reading) looseCause(j int) bool {
	switch r.key(j) {
	case "for", "por", "with", "con", "from":
		return true
	}
	return false
}

// causeReach is how many words may stand between "because" and the back.
const causeReach = 9

// alteredNear says whether the sentence of i tells of a thing done otherwise,
// by someone else, or not at all.
func (r *reading) alteredNear(i int) bool {
	for j := r.startOfSentence(i); j < len(r.toks) && r.sent[j] == r.sent[i]; j++ {
		if end := r.begins(j, cAltered); end > 0 && !r.slightly(j, end) && r.flags[j]&(hypothetical|past|idiomatic) == 0 && !r.covered(j, cPseudoNegation) &&
			(r.flags[j]&negated == 0 || r.begins(j, cNegate)+r.begins(j, cUnable) > 0) {
			return true
		}
	}
	return false
}

// onlyNumbered says whether what the back did was to go out, or the worst of it is told:
// "my back went out, only with less hair", "the worst the back did was a 3".
func (r *reading) onlyNumbered(i, end int) bool {
	return r.is(end-1, "went") && r.is(end, "out") && !r.speaksOf(cUnable, i, r.endOfSentence(i)) || r.begins(i-2, cWorstWord) > 0
}

// slightly says whether the word of a change at [j, end) changes nothing here: a "not"
// that belongs to another verb ("a word I do not use"), or weight that was lost.
func (r *reading) slightly(j, end int) bool {
	if end != j+1 {
		return false
	}
	switch r.key(j) {
	case "not":
		switch r.keyOr(j - 1) {
		case "do", "does", "is", "are", "was", "were", "am", "have", "has", "will", "would", "why", "or":
			return true
		}
	case "stop":
		return r.is(j-1, "it") // "make it stop"
	case "break":
		return r.is(end, "room")
	case "desk":
		return !r.is(end, "duty") && !r.is(j-1, "on") && r.begins(j-1, cPossessive) > 0 // "sneezed at my desk"
	case "quit", "stopped":
		return r.begins(j-1, cAdvisor) > 0 || r.is(end, "acting") || r.begins(end, cPain)+r.begins(end, cFlare) > 0 // "back finally quit acting up"
	case "lost":
		k, ok := r.figureStarting(end)
		return ok && r.begins(r.figures[k].to, cUnitLoad) > 0
	}
	return false
}

// cutInTwo finds "cut my run short", whatever was cut.
func (r *reading) cutInTwo() bool {
	if r.asked == AskedHomework || !r.backIsCause(false) {
		return false
	}
	for i := range r.toks {
		ends, reach := "", 6
		switch r.keyOr(i) {
		case "cut":
			ends, reach = "short", 9
		case "left":
			ends = "early"
		case "ended", "quit", "stopped":
			ends, reach = "early", 9
		}
		if ends == "" || r.flags[i]&(negated|hypothetical|someoneElse) != 0 {
			continue
		}
		for j := i + 2; j < len(r.toks) && j < i+reach && r.clause[j] == r.clause[i]; j++ {
			if (r.is(j, ends) || r.is(i, "cut") && r.is(j, "early")) && !r.foreignCause(j+1) && !r.othersTrouble(lexicon.Hit{Concept: cCutShort, From: int32(i), To: int32(j + 1)}) {
				r.note("interference: some", i, j+1, "cut short")
				return true
			}
		}
	}
	return false
}

// doneForMe finds a chore that somebody else did: "my husband did all the
// lifting". A question for pain makes the back the reason.
func (r *reading) doneForMe() bool {
	if !painAsked(r.asked) && !(r.asked == AskedNone && r.backHurts()) || !r.all.has(cOtherPerson) || !r.all.has(cChore) || r.any(cProxy) {
		return false
	}
	for _, h := range r.hits {
		if h.Concept != cOtherPerson || r.begins(int(h.From)-1, cPossessive) == 0 && !r.is(int(h.From)-1, "the") && !r.hadToStep(h) {
			continue
		}
		does := false
		for j := int(h.To); j < len(r.toks) && j < int(h.To)+9 && r.clause[j] == r.clause[h.From]; j++ {
			does = does || r.begins(j, cDoesFor) > 0 && j <= int(h.To)+2 || r.begins(j, cDoesBare) > 0 && (j == int(h.To) || j == int(h.To)+1 && r.is(j-1, "to")) && r.begins(int(h.From)-2, cLets) > 0
			if does && (r.begins(j, cChore) > 0 || j <= int(h.To)+2 && r.doneFor(int(h.To), r.endOfClause(j))) && !r.foreignCause(j+1) {
				r.note("interference: some", int(h.From), j+1, "done by somebody else")
				return true
			}
		}
	}
	return false
}

var (
	cChore   = lexicon.Must("chore")
	cDoesFor = lexicon.Must("does_for")

	cDoesBare = lexicon.Must("does_bare") // "let my wife carry"
	cLets     = lexicon.Must("lets")
)

// hadToStep says whether somebody who opens the clause had to do it, or did it for the patient:
// "wife had to unload the groceries", "hubby did the laundry for me".
func (r *reading) hadToStep(h lexicon.Hit) bool {
	i := int(h.From)
	if r.startOfClause(i) != i && r.figureTo[i] == 0 {
		return false
	}
	end := r.endOfClause(i)
	return r.begins(i+1, cDoesFor) > i+3 || r.is(i+1, "had") && r.is(i+2, "to") || r.is(i+1, "tuvo") && r.is(i+2, "que") || r.doneFor(i, end)
}

// doneFor says whether it was "for me" that something was done in the clause from token i on.
func (r *reading) doneFor(i, end int) bool {
	for j := i + 2; j < end; j++ {
		if r.is(j, "me") && r.is(j-1, "for") || r.is(j, "mi") && r.is(j-1, "por") && j+1 == end {
			return true
		}
	}
	return false
}

// placeMissed finds a place that one did not go to, other than work: "ya no fui
// al ensayo". A question for pain makes the back the cause unless another is named.
func (r *reading) placeMissed() bool {
	if !painAsked(r.asked) {
		return false
	}
	h, ok := r.find(cNotGone, func(h lexicon.Hit) bool {
		return r.flags[h.From]&(hypothetical|someoneElse|past) == 0 && r.negatesItself(h) && !r.foreignCause(int(h.To)) && r.begins(int(h.To), cVisitNoun) == 0
	})
	if ok {
		r.note("interference: some", int(h.From), int(h.To), "a place missed")
	}
	return ok
}

// nothingLost finds a day that went as it should: a limit denied ("didn't skip a
// thing"), a task done in full ("did every chore"), or what one was able to do.
func (r *reading) nothingLost() bool {
	if r.asked == AskedHomework || r.asked == AskedTravelPre || !r.backIsCause(false) || r.any(cNoJob) {
		return false
	}
	if !r.any(cUnable, cLimit, cCutShort, cTask, cAble) {
		return false
	}
	for _, h := range r.hits {
		under := r.flags[h.From]
		if under&(hypothetical|someoneElse|past) != 0 {
			continue
		}
		ok := false
		switch h.Concept {
		case cUnable:
			ok = h.From > 0 && (r.is(int(h.From)-1, "nothing") || r.is(int(h.From)-2, "nothing") && r.begins(int(h.From)-1, cFirstPerson) > 0)
		case cLimit, cCutShort:
			ok = (under&negated != 0 || r.nothingBefore(int(h.From))) && r.begins(int(h.From), cGaveUp) == 0 && !r.reclines(h)
		case cTask:
			ok = under&(negated|impossible) == 0 && r.wholeAfter(h)
		case cAble:
			ok = under&(negated|impossible) == 0 && !r.covered(int(h.From), cUnable) && r.begins(int(h.To), cFeel)+r.begins(int(h.To), cPee)+r.begins(int(h.To), cBasics) == 0
		}
		if ok {
			r.note("interference: none", int(h.From), int(h.To), "nothing lost")
			return true
		}
	}
	return false
}

// nothingBefore finds "nothing I had to leave out".
func (r *reading) nothingBefore(i int) bool {
	for j := i - 1; j >= 0 && i-j <= 4 && r.clause[j] == r.clause[i]; j-- {
		if r.is(j, "nothing") || r.is(j, "nada") {
			return true
		}
	}
	return false
}

// nothingAt says whether "nothing" stands at token i: "skipped nothing".
func (r *reading) nothingAt(i int) bool {
	return r.is(i, "nothing") || r.is(i, "none") || r.is(i, "nada")
}

// wholeReach is how many words may stand between a task and that it was done in full.
const wholeReach = 9

// wholeAfter finds "all", "every", "as always" after the verb of a task, sets of
// an exercise aside.
func (r *reading) wholeAfter(h lexicon.Hit) bool {
	whole := false
	for j := int(h.To); j < len(r.toks) && j < int(h.To)+wholeReach && r.sent[j] == r.sent[h.From]; j++ {
		if r.begins(j, cSetOnly)+r.begins(j, cRepWord) > 0 || r.begins(j, cBack) > 0 || r.begins(j, cPain) > 0 {
			return whole && r.begins(j, cBack) > 0
		}
		if _, ok := r.figureStarting(j); ok && r.clause[j] != r.clause[h.From] {
			break
		}
		if r.is(j, "nothing") || r.is(j, "nada") {
			return false
		}
		if r.is(j, "you") && whole || r.is(int(h.From), "carried") && (r.is(j, "her") || r.is(j, "him")) {
			return false // "everything you had on the list" is the session, "carried her all week" a child
		}
		whole = whole || r.begins(j, cWhole) > 0 && !(r.is(j, "todo") && r.is(j-1, "y")) && !(r.is(j, "todo") && r.is(j+1, "el") && r.is(j+2, "dia")) && !r.is(j+1, "told") && !r.is(j-1, "thats") && !r.is(j-1, "for") && !r.is(j-1, "in") && !r.is(j-1, "is") && !r.is(j-1, "at")
	}
	return whole
}
