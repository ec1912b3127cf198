package reply

import "backstop/flows/reply/lexicon"

// An end of the texts by what is said about them as a whole: that the ok for them is taken back,
// that the last one was wanted, that somebody of us shall be told, or that there was enough of it.

var (
	cConsentUndone = lexicon.Must("consent_undone") // "i take back", "you do not have"
	cConsentWord   = lexicon.Must("consent_word")
	cConsentGone   = lexicon.Must("consent_gone") // "is taken back"
	cLastWish      = lexicon.Must("last_wish")    // "let this be", "better be"
	cLastOne       = lexicon.Must("last_one")
	cWantToGet     = lexicon.Must("want_to_get")
	cTellUs        = lexicon.Must("tell_us")     // "tell whoever runs this"
	cKinRefuses    = lexicon.Must("kin_refuses") // "does not want these"
	cWishedOff     = lexicon.Must("wished_off")
	cEndsWith      = lexicon.Must("ends_with") // "cease with", "enough with"
	cTheRobot      = lexicon.Must("the_robot")
	cThatStuff     = lexicon.Must("that_stuff")
)

// endsAll says whether the texts are ended by what is said about them as a whole.
func (r *reading) endsAll() bool {
	return r.takesBackOk() || r.okIsGone() || r.wantedLast() || r.kinRefuses() || r.tellsOneOfUs() || r.enoughOfIt()
}

// consentGap is how many words may stand between an ok and what becomes of it.
const consentGap = 5

// takesBackOk finds an ok that is taken back or was never given: "i take back my ok", "you dont
// have my permission to text", "no les doy permiso para escribirme"; but not "i didnt give
// permission for the surgery", nor "doc took back the ok to lift".
func (r *reading) takesBackOk() bool {
	h, ok := r.find(cConsentUndone, func(h lexicon.Hit) bool {
		i := int(h.From)
		if r.flags[i]&(hypothetical|someoneElse) != 0 || r.flags[i]&negated != 0 && !r.negatesItself(h) && !r.you(i) || r.isQuestion() {
			return false
		}
		for j := int(h.To); j < min(int(h.To)+consentGap, r.endOfClause(i)); j++ {
			end := r.begins(j, cConsentWord)
			if end == 0 {
				continue
			}
			if (r.is(j, "ok") || r.is(j, "okay") || r.is(j, "yes")) && !r.is(j-1, "my") && !r.textsAfterOk(end) {
				return false
			}
			return r.textsAfterOk(end) || r.closesWish(r.asGiven(end))
		}
		return false
	})
	if ok {
		r.note("intent: stop", int(h.From), int(h.To), "an ok taken back")
	}
	return ok
}

// okIsGone finds the ok of which it is told that it is over: "my ok to text is taken back".
func (r *reading) okIsGone() bool {
	h, ok := r.find(cConsentWord, func(h lexicon.Hit) bool {
		i := int(h.From)
		if r.flags[i]&(hypothetical|someoneElse|past|negated) != 0 || r.isQuestion() {
			return false
		}
		texts := r.textsAfterOk(int(h.To))
		for j := int(h.To); j < min(int(h.To)+2*consentGap, r.endOfClause(i)); j++ {
			end := r.begins(j, cConsentGone)
			if end == 0 && !texts && r.begins(j, cAuxiliary) == 0 && !lexicon.Default().Filler(r.words[j]) && !r.is(j, "is") && !r.is(j, "has") && !r.is(j, "been") {
				return false // "my permission slip is expired"
			}
			if end > 0 && (texts || j <= int(h.To)+2 && r.is(i-1, "my")) {
				return r.closesWish(end)
			}
		}
		return false
	})
	if ok {
		r.note("intent: stop", int(h.From), int(h.To), "an ok that is over")
	}
	return ok
}

// asGiven skips "i gave you" after an ok.
func (r *reading) asGiven(i int) int {
	for ; i < len(r.toks); i++ {
		switch r.key(i) {
		case "i", "that", "gave", "had", "given", "you", "u", "yall", "que", "les", "le", "di", "habia", "dado", "for", "this", "these":
			continue
		}
		break
	}
	return i
}

// textsAfterOk says whether what an ok before token i is for is to be texted.
func (r *reading) textsAfterOk(i int) bool {
	for i = r.asGiven(i); r.is(i-1, "for") || r.is(i-1, "this") || r.is(i-1, "these"); i-- {
	}
	if !r.is(i, "to") && !r.is(i, "for") && !r.is(i, "on") && !r.is(i, "para") && !r.is(i, "de") && !r.is(i, "a") {
		return false
	}
	for j := i + 1; j < min(i+5, r.endOfClause(i)); j++ {
		if r.begins(j, cTextAct)+r.begins(j, cSendAct)+r.begins(j, cTextsStrict)+r.begins(j, cTextsNoun) > 0 {
			return true
		}
	}
	return false
}

// wantedLast finds the last text that is wanted: "let this be the last message", "that was the last
// one i want to get"; but not "let this be the last flare" nor "that was the last text i got".
func (r *reading) wantedLast() bool {
	h, ok := r.find(cLastOne, func(h lexicon.Hit) bool {
		i, end := int(h.From), int(h.To)
		named := r.begins(end-1, cTextsStrict)+r.begins(end-1, cTextsNoun) > 0
		if !named && r.asked != AskedNone && r.asked != AskedConsent || r.flags[i]&(negated|someoneElse) != 0 || r.isQuestion() {
			return false // after "any flares?" the last one is no text
		}
		if get := r.begins(end, cWantToGet); get > 0 {
			return r.closesWish(get) || r.ofUs(get) || r.is(get, "from") || r.is(get, "of")
		}
		for j := i - 1; j >= i-6 && j >= r.startOfClause(i); j-- {
			if wish := r.begins(j, cLastWish); wish > 0 && wish >= i-2 {
				return named && r.closesWish(end) || r.comesFromUs(end)
			}
		}
		return false
	})
	if ok {
		r.note("intent: stop", int(h.From), int(h.To), "the last that is wanted")
	}
	return ok
}

// comesFromUs says whether what stands before token i is what we send: "i get from you", "you send".
func (r *reading) comesFromUs(i int) bool {
	for j := i; j < min(i+5, r.endOfClause(i-1)); j++ {
		if (r.is(j, "from") || r.is(j, "de")) && r.ofUs(j+1) || r.you(j) || r.begins(j, cSendAct) > 0 {
			return true
		}
		if r.begins(j, cReceive) > 0 && r.is(j-1, "i") {
			return r.closesWish(j+1) || r.is(j+1, "from")
		}
	}
	return false
}

// tellReach is how many words may stand between who shall be told and what.
const tellReach = 14

// tellsOneOfUs finds somebody of us who shall be told of the wish: "tell whoever runs this that
// Lorraine wants off".
func (r *reading) tellsOneOfUs() bool {
	h, ok := r.find(cTellUs, func(h lexicon.Hit) bool {
		i := int(h.From)
		if r.flags[i]&(negated|hypothetical) != 0 || r.isQuestion() || r.any(cAppointment, cWeekday) {
			return false
		}
		for j := int(h.To); j < min(int(h.To)+tellReach, r.endOfSentence(i)); j++ {
			end := r.begins(j, cWishedOff)
			if alone := r.begins(j, cStopAlone); alone > j+1 && r.begins(j, cBanter) < alone {
				end = max(end, alone)
			}
			if end > 0 && r.begins(j-1, cNegate) == 0 && r.closesWish(end) {
				return true
			}
		}
		return false
	})
	if ok {
		r.note("intent: stop", int(h.From), int(h.To), "one of us shall be told")
	}
	return ok
}

// kinRefuses finds somebody for whom these are refused: "my mom does not want these"; but not "my mom
// doesnt want these exercises".
func (r *reading) kinRefuses() bool {
	h, ok := r.find(cKinRefuses, func(h lexicon.Hit) bool {
		i := int(h.From)
		return r.asked != AskedHomework && r.flags[i]&hypothetical == 0 && !r.isQuestion() && !r.any(cPain, cBack, cMedName) &&
			r.speaksOf(cOtherPerson, r.startOfClause(i), i) && !r.advises(i-1) && r.closesWish(int(h.To))
	})
	if ok {
		r.note("intent: stop", int(h.From), int(h.To), "refused for somebody")
	}
	return ok
}

// offOthers says whether the "them" of h, an order to be taken off them, may be what somebody
// prescribed: "doc said to take me off them", "the pills make me sick, take me off them".
func (r *reading) offOthers(h lexicon.Hit) bool {
	last := int(h.To) - 1
	if !r.is(last, "them") && !r.is(last, "all") || !r.is(int(h.From)+2, "off") && !r.is(int(h.From)+2, "from") {
		return false
	}
	if r.any(cMedName) || r.speaksOf(cAdvisor, r.startOfClause(int(h.From)), int(h.From)) {
		return true
	}
	_, ok := r.find(cNotTexts, func(n lexicon.Hit) bool {
		i := int(n.From)
		return i < int(h.From) && r.begins(i, cSubordinate)+r.begins(i, cJoiner)+r.begins(i, cStopper) == 0 && !r.textsAbout(i)
	})
	return ok || r.exerciseBefore(int(h.From))
}

func (r *reading) exerciseBefore(i int) bool {
	for j := range i {
		if r.exerciseAt(j) != "" {
			return true
		}
	}
	return false
}

// enoughOfIt finds an end of the robot, of these, or of what a stranger is sent: "ok enough with the
// robot", "please cease with these", "wrong guy, stop with the back pain stuff".
func (r *reading) enoughOfIt() bool {
	h, ok := r.find(cEndsWith, func(h lexicon.Hit) bool {
		i, end := int(h.From), int(h.To)
		if r.notMeant(h) || r.flags[i]&(negated|impossible) != 0 || r.is(i-1, "i") || r.is(i-1, "to") || r.begins(i-1, cSubordinate) > 0 || r.isQuestion() {
			return false
		}
		cease := r.is(i, "cease") || r.is(i, "desist")
		for j := end; j < min(end+6, r.endOfClause(i)); j++ {
			if r.exerciseAt(j) != "" {
				return false
			}
			if cease && (r.is(j, "these") || r.is(j, "this") || r.is(j, "those")) && r.closesWish(j+1) {
				return true
			}
			if robot := r.begins(j, cTheRobot); robot > 0 {
				return r.closesWish(robot)
			}
			if stuff := r.begins(j, cThatStuff); stuff > 0 && r.any(cWrongWhole) {
				return r.closesWish(stuff)
			}
		}
		return false
	})
	if ok {
		r.note("intent: stop", int(h.From), int(h.To), "enough of it")
	}
	return ok
}
