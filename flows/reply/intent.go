package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

var (
	cHelpWhole   = lexicon.Must("help_whole")
	cWhoIs       = lexicon.Must("who_is")
	cWrongWhole  = lexicon.Must("wrong_whole")
	cWrongSoft   = lexicon.Must("wrong_soft")
	cNotDone     = lexicon.Must("not_done")
	cDidHomework = lexicon.Must("did_homework")
	cThanks      = lexicon.Must("thanks")
	cAppointment = lexicon.Must("appointment")
	cVisit       = lexicon.Must("visit")
	cHeardOnly   = lexicon.Must("heard_only")
	cPleasantry  = lexicon.Must("pleasantry")
	cLate        = lexicon.Must("late_word")
	cQuestion    = lexicon.Must("question_word")
	cCallWish    = lexicon.Must("call_wish")
	cKinda       = lexicon.Must("kinda")
	cGraph       = lexicon.Must("graph")
	cDeceased    = lexicon.Must("deceased")
	cName        = lexicon.Must("known_not_name")
	cSkipWord    = lexicon.Must("skip_word")
	cNotMe       = lexicon.Must("not_me")
)

// intent decides what the text is for; the first that fits.
func (r *reading) intent(out *Reply, s status) Intent {
	switch {
	case out.Automatic:
		return r.automaticIntent()
	case r.optsOut(out.RedFlag == MentalHealthCrisis):
		return IntentStop
	case r.optsIn():
		return IntentStart
	case r.asksWho():
		return IntentHelp
	case out.Deceased, r.wrongPerson():
		return IntentWrongPerson
	}
	if r.asked == AskedHomework {
		if i := r.homework(out); i != "" {
			return i
		}
	}
	if r.asksMeaning() || painAsked(r.asked) && r.asksWhether() {
		return IntentQuestion
	}
	if (painAsked(r.asked) || r.asked == AskedWorkdays && out.DaysOff == nil) && out.Pain == nil && !s.flare && !r.any(cPain, cBack) && (r.movesDay() || r.any(cSlotAway)) && !(s.any && (r.opens(cBetter) || r.opens(cGood) || r.opens(cFeel))) {
		return IntentReschedule // "call off Monday's session", but not "better. need to cancel tomorrow"
	}
	if painAsked(r.asked) && out.Pain == nil && !s.any && out.Interference == InterferenceUnknown && r.holds.has(cCallWish) && !r.any(cPain, cFlare, cAppointment) {
		return IntentQuestion // "would the therapist ring me back this afternoon?"
	}
	if painAsked(r.asked) && out.Pain == nil && !r.any(cBack) && r.otherRated() {
		return IntentPainReport
	}
	if r.answers(out, s) {
		return IntentAnswer
	}
	if r.asksOtherHours() {
		return IntentQuestion
	}
	if r.reportsPain(out, s) {
		return IntentPainReport
	}
	switch {
	case r.asked == AskedHomework && r.any(cObstacle) && !r.any(cBack, cPain) && !r.asks() && !r.schedules() && !r.acknowledges():
		return IntentHomeworkSkipped
	case r.saysHomework(out):
		return IntentHomeworkDone
	case r.asksOfTexts(), r.asksOffice():
		return IntentQuestion
	case r.thanksForVisits():
		return IntentThanks
	case r.any(cAppointment) && !r.dropsExercise() && r.schedules() && r.asked != AskedTravelPre && (!r.any(cMoveHome) || r.any(cSlotAway)):
		return IntentReschedule
	case r.asked == AskedNone && r.movesDay() && r.any(cModal) && !r.any(cMoveHome):
		return IntentReschedule // "i drive my dad mondays, can we switch to tuesday"
	case r.asked == AskedTravelPre && r.opensAsQuestion() && r.is(len(r.toks)-1, "?"):
		return IntentQuestion
	case out.Trip != nil, r.asked == AskedTravelPre && out.Yes != nil && *out.Yes:
		return IntentTravelTrigger
	case r.schedules():
		return IntentReschedule
	case r.asks():
		return IntentQuestion
	case r.acknowledges():
		return IntentThanks
	}
	return IntentOther
}

func (r *reading) asksWho() bool {
	if r.only(cHelpWhole, cCourtesy) && r.any(cHelpWhole) {
		return true
	}
	_, who := r.find(cWhoIs, func(h lexicon.Hit) bool {
		return !r.is(int(h.From)-1, "se") && !r.is(int(h.From)-1, "know") && !r.overlapped(h, cIdiom)
	})
	if r.any(cSeeks) && r.any(cWrongWhole) {
		return false // "who are you looking for? nobody named Trish at this phone"
	}
	return (who || r.asksWhatWrites()) && !r.any(cPain) && !r.isDone() && !(r.any(cNotMe) && r.any(cWrongWhole))
}

// asksWhatWrites finds the question whether a person or a machine writes or
// reads, in any wording: "does a machine send these or a nurse".
func (r *reading) asksWhatWrites() bool {
	if !r.any(cMachine) && !r.any(cHuman) || !r.asks() {
		return false
	}
	you := false
	for i := range r.toks {
		you = you || r.is(i, "you") || r.is(i, "u") || r.is(i, "am") && r.is(i+1, "i") || r.is(i, "this") || r.is(i, "these")
	}
	return r.any(cMachine) && (r.any(cHuman) || r.any(cSender) && you) || r.all.has(cHuman) && r.sendsNear()
}

// sendsNear says whether the human is one who reads or writes: "an actual human
// on the other end", not "can a nurse text me".
func (r *reading) sendsNear() bool {
	_, ok := r.find(cHuman, func(h lexicon.Hit) bool {
		for j := int(h.From) - 1; j <= int(h.To)+1; j++ {
			if r.begins(j, cSender) > 0 && r.key(j) != "text" && !r.is(j, "write") {
				return !r.any(cModal)
			}
		}
		return false
	})
	return ok
}

var (
	cMachine = lexicon.Must("machine_word")
	cHuman   = lexicon.Must("human_word")
	cSender  = lexicon.Must("sender_verb")
)

var cForMoving = lexicon.Must("for_moving") // what is thanked for: "for squeezing me in"

var cSeeks = lexicon.Must("seeks") // "are you looking for"

var (
	cThisIs   = lexicon.Must("this_is")
	cBusiness = lexicon.Must("business")
)

// answers says whether the text states the item that was asked.
func (r *reading) answers(out *Reply, s status) bool {
	stated := out.Pain != nil || s.any || s.flare || s.noFlare || out.Interference != InterferenceUnknown || out.Flare != nil
	switch r.asked {
	case AskedEvening, AskedNextMorning, AskedH48, AskedWeekly:
		return stated || r.painOfBack() || r.emojiOnly() || r.emojiAnswers() || r.bareNumber() || r.vague() || r.any(cTapback) && r.opens(cTapback) || r.onlyNo(out) || len(r.ratings) > 0 || r.tookRelief() || r.likens()
	case AskedFlareCheck:
		return stated || out.Yes != nil || r.vague() || r.emojiOnly() || r.painOfBack()
	case AskedWorkdays:
		return stated || out.DaysOff != nil || out.Yes != nil || r.bareNumber() || r.any(cOtherCause) || r.any(cMissedWork, cAtWork, cNoJob, cCutShort, cNotTheBack)
	case AskedInterference, AskedConsent:
		return stated || out.Yes != nil
	case AskedRelapse:
		return stated || out.Count != nil || out.Yes != nil || r.any(cFlare, cFlareSoft, cFewCount) || r.vague() || r.painOfBack()
	case AskedWhich, AskedScore:
		return out.Count != nil || out.Yes != nil
	case AskedTravelPre:
		stated = stated && r.any(cPain, cBack, cFlare)
		return !stated && out.Trip == nil && (out.Yes != nil && !*out.Yes || r.any(cNoTrip, cCalledOff) || r.opens(cZeroBare))
	}
	return false
}

var (
	cTapback = lexicon.Must("tapback")
	cNoJob   = lexicon.Must("no_job")
)

func (r *reading) opens(c lexicon.Concept) bool {
	return len(r.toks) > 0 && r.begins(r.skipGreeting(), c) > 0
}

func (r *reading) onlyNo(out *Reply) bool { return out.Yes != nil && r.wordCount() <= 2 }

func (r *reading) vague() bool {
	if (r.asked == AskedFlareCheck || r.asked == AskedRelapse) && r.opens(cUnsure) || r.asked == AskedFlareCheck && r.startsClause(cUnsure) {
		return true
	}
	return r.any(cKinda) && (r.wordCount() <= 3 || r.wordCount() <= 8 && !r.isQuestion())
}

// startsClause says whether a phrase of c opens any clause.
func (r *reading) startsClause(c lexicon.Concept) bool {
	_, ok := r.find(c, func(h lexicon.Hit) bool { return r.startOfClause(int(h.From)) == int(h.From) })
	return ok
}

func (r *reading) bareNumber() bool { return len(r.figures) > 0 && r.wordCount() == 1 }

func (r *reading) emojiOnly() bool {
	emoji := false
	for _, t := range r.toks {
		switch t.Kind {
		case token.Word, token.Number:
			return false
		case token.Emoji:
			emoji = true
		}
	}
	return emoji
}

// emojiAnswers says whether the text opens with an emoji and calls it the answer.
func (r *reading) emojiAnswers() bool {
	return len(r.toks) > 0 && r.toks[0].Kind == token.Emoji && r.speaksOf(cAnswerWord, 1, min(len(r.toks), 8))
}

// leastStrength is the least that is the strength of a pill, in milligrams.
const leastStrength = 100

// tookRelief says whether the text tells of medicine that was taken: "3rd time this week I've
// had to take 2 advil for it".
func (r *reading) tookRelief() bool {
	if r.asks() {
		return false
	}
	for k := range r.figures {
		f := &r.figures[k]
		strength := f.value >= leastStrength && r.is(f.from-1, "de") && r.begins(f.from-3, cDoseVerb)+r.begins(f.from-4, cDoseVerb) > 0 // "me tomé una de 800"
		if (f.claim == claimDose || strength) && r.flags[f.from]&(hypothetical|someoneElse) == 0 {
			return true
		}
	}
	return false
}

var cAnswerWord = lexicon.Must("answer_word")

// painOfBack says whether pain is spoken of that is, or may be, the back's.
func (r *reading) painOfBack() bool {
	for _, h := range r.hits {
		if h.Concept != cPain && h.Concept != cBack || r.flags[h.From]&(hypothetical|someoneElse|past) != 0 {
			continue
		}
		if r.flags[h.From]&idiomatic != 0 && h.Concept == cPain && !r.all.has(cBack) || r.isQuestion() && !r.all.has(cBack) {
			continue
		}
		if !r.foreign(h) && !r.questionClause(h) {
			return true
		}
	}
	return false
}

// reportsPain says whether the text reports a symptom or how the back is,
// where that was not asked for.
func (r *reading) reportsPain(out *Reply, s status) bool {
	if len(out.RedFlags) > 0 {
		return true
	}
	if out.Pain != nil || s.flare && !r.isQuestion() || out.Interference == InterferenceSevere || out.Distress {
		return true
	}
	if r.otherRated() {
		return true
	}
	if r.jointAgain() || r.hurtsThenAsks() || r.asked == AskedNone && r.injuredPart() && !r.asks() && !r.schedules() {
		return true
	}
	if r.asks() {
		return false
	}
	if s.muchMore || s.worse && out.Interference != InterferenceUnknown {
		return true
	}
	if r.asked == AskedNone && s.good && (r.opens(cFeel) || r.opens(cWokeWell)) {
		return true // "feeling really good today"
	}
	if s.noFlare || s.notWorse || s.better && r.asserted(cFeel) || r.any(cBack) && (s.any || out.Interference != InterferenceUnknown) {
		return true
	}
	for _, h := range r.hits {
		if r.flags[h.From]&(hypothetical|someoneElse|past|idiomatic) != 0 || r.flags[h.To-1]&idiomatic != 0 && !r.any(cBack, cOtherBody) {
			continue
		}
		if h.Concept == cPain && (r.flags[h.From]&negated == 0 || r.all.has(cBack)) || h.Concept == cTingleOnly || h.Concept == cNumb && r.flags[h.From]&negated == 0 && r.any(cBody, cLegs, cArm, cOtherBody) || h.Concept == cBack && (r.wordCount() <= 4 || r.any(cStatusOther)) || h.Concept == cSwollen || h.Concept == cAilment {
			onlyWhy := h.Concept == cPain || h.Concept == cAilment && r.begins(int(h.From), cSickWord) > 0 // "cant make it tomorrow, sick"
			return r.asked != AskedNone || !r.schedules() || r.all.has(cBack) || !onlyWhy
		}
	}
	return false
}

// hurtsThenAsks says whether a pain is told first and what is asked comes after it, other than for a
// visit: "hurts every time i cough, should i be worried".
func (r *reading) hurtsThenAsks() bool {
	i := r.skipGreeting()
	if i >= len(r.toks) {
		return false
	}
	end := r.endOfClause(i)
	if r.asked != AskedNone || !r.asks() || end >= len(r.toks) || !r.mark(end-1) || r.opensAsQuestion() || r.is(end-1, "?") || r.schedules() {
		return false
	}
	_, ok := r.find(cPain, func(h lexicon.Hit) bool {
		return int(h.From) >= i && int(h.To) <= end && r.plain(h) && r.flags[h.From]&idiomatic == 0 && !r.foreign(h)
	})
	return ok
}

// injuredPart finds a part of the body that was hurt: "twisted my knee on the stairmaster", but not
// "pulled my knee to my chest".
func (r *reading) injuredPart() bool {
	_, ok := r.find(cKinked, func(h lexicon.Hit) bool {
		if !r.plain(h) || r.flags[h.From]&idiomatic != 0 || h.To-h.From > 1 {
			return false
		}
		for j := int(h.To); j < int(h.To)+3 && j < r.endOfClause(int(h.From)); j++ {
			if end := r.begins(j, cOtherBody); end > 0 {
				return !r.is(end, "to") && !r.is(end, "into") && !r.namesExercise(j)
			}
		}
		return false
	})
	return ok
}

// jointAgain says whether another part than the back did again what it did before: "so the elbow I
// told you about popped again".
func (r *reading) jointAgain() bool {
	if r.asked != AskedNone || !r.all.has(cJointAgain) || r.isQuestion() {
		return false
	}
	_, ok := r.find(cOtherBody, func(h lexicon.Hit) bool {
		return r.plain(h) && !r.namesExercise(int(h.From)) && r.speaksOf(cJointAgain, int(h.To), r.endOfSentence(int(h.From)))
	})
	return ok
}

var cJointAgain = lexicon.Must("joint_again") // "popped again"

// otherRated says whether another part of the body is rated or said to hurt badly:
// "my hip is a 6 today", "el hombro me está matando".
func (r *reading) otherRated() bool {
	if r.asked != AskedNone && !painAsked(r.asked) || !r.any(cOtherBody) || r.isQuestion() {
		return false
	}
	_, ok := r.find(cOtherBody, func(h lexicon.Hit) bool {
		if !r.plain(h) {
			return false
		}
		for j := int(h.To); j < len(r.toks) && j < int(h.To)+4; j++ {
			if k, ok := r.figureStarting(j); ok && r.figures[k].claim == claimElsewhere && r.startOfClause(j) >= int(h.To) {
				return true // "just my shoulder, 6/10"
			}
		}
		for j := int(h.To); j < len(r.toks) && j < int(h.To)+4 && r.clause[j] == r.clause[h.From]; j++ {
			if k, ok := r.figureStarting(j); ok && r.figures[k].claim == claimElsewhere || r.begins(j, cHurtsBad) > 0 {
				return true
			}
		}
		return false
	})
	return ok
}

var (
	cNumb       = lexicon.Must("numb")
	cTingleOnly = lexicon.Must("tingle_only")
	cSwollen    = lexicon.Must("swollen")
	cAilment    = lexicon.Must("ailment")
)

var cWokeWell = lexicon.Must("woke_well")

var cSlotAway = lexicon.Must("slot_away")

var cObstacle = lexicon.Must("obstacle")

func (r *reading) acknowledges() bool {
	return r.any(cThanks) || r.promises() || r.wordCount() <= 8 && (r.opens(cAck) || len(r.toks) > 0 && r.begins(0, cAck) > 0 && r.wordCount() <= 3 || r.only(cAck, cGreeting, cCourtesy)) || r.any(cTapback) && r.opens(cTapback) || r.thumbs()
}

// promises says whether the text takes what it was told: "ok ill stop if it hurts".
func (r *reading) promises() bool {
	end := 0
	if len(r.toks) > 0 && r.wordCount() <= 10 {
		end = r.begins(0, cAck)
	}
	if end == 0 {
		return false
	}
	for end < len(r.toks) && r.mark(end) {
		end++
	}
	return r.is(end, "ill") || r.is(end, "will") || r.is(end, "i") && (r.is(end+1, "will") || r.is(end+1, "wont"))
}

// thanksForVisits says whether visits are only what is thanked for: no day, hour or
// change is named.
func (r *reading) thanksForVisits() bool {
	if i := r.skipGreeting(); i < len(r.toks) && !r.asks() && !r.any(cModal) {
		end := r.begins(i, cThanks)
		if r.is(i, "many") || r.is(i, "so") {
			end = r.begins(i+1, cThanks)
		}
		if r.is(end, "so") && r.is(end+1, "much") {
			end += 2
		}
		if end > 0 && r.begins(end, cForMoving) > 0 {
			return true // "many thanks for moving my visit off the holiday"
		}
	}
	if !r.any(cThanks) || r.any(cLate, cWeekday, cDay, cReschedWord) || r.asks() || r.movesDay() {
		return false
	}
	for k := range r.figures {
		if r.figures[k].claim == claimClock || r.figures[k].claim == claimDate {
			return false
		}
	}
	_, only := r.find(cAppointment, func(h lexicon.Hit) bool {
		return h.To-h.From == 1 && (r.is(int(h.From), "visits") || r.is(int(h.From), "sessions"))
	})
	return only
}

func (r *reading) thumbs() bool { return r.emojiOnly() && r.any(cAck) }

func (r *reading) automaticIntent() Intent {
	if r.opens(cTapback) {
		if painAsked(r.asked) {
			return IntentAnswer
		}
		return IntentThanks
	}
	return IntentOther
}
