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
	if r.asksMeaning() {
		return IntentQuestion
	}
	if r.answers(out, s) {
		return IntentAnswer
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
	case r.any(cAppointment) && r.schedules() && r.asked != AskedTravelPre && !r.any(cMoveHome):
		return IntentReschedule
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

func (r *reading) isDone() bool { return r.asked == AskedHomework && r.any(cDone) }

// wrongPerson finds "wrong number", "not my phone", "this isn't Maria". The
// soft wordings count only before a name.
func (r *reading) wrongPerson() bool {
	for _, h := range r.hits {
		if h.Concept != cWrongWhole || r.flags[h.From]&(someoneElse|hypothetical) != 0 {
			continue
		}
		if r.begins(int(h.From), cWrongSoft) != int(h.To) {
			return true
		}
		if r.any(cThisPhone) && !r.any(cPain, cBack, cFlare) {
			return true
		}
		if next := int(h.To); next < len(r.toks) && (r.isName(next) || r.unknownName(next)) && (r.lang == Spanish || !r.any(cPain, cBack, cFlare)) {
			return true
		}
	}
	return r.nobodyHere() || r.isBusiness()
}

// isBusiness finds "you've reached a nail salon", "this is a landscaping company".
func (r *reading) isBusiness() bool {
	i := r.skipGreeting()
	end := r.begins(i, cThisIs)
	if end == 0 && r.begins(i, cCourtesy) > 0 {
		i++ // "sir this is a wendys"
		end = r.begins(i, cThisIs)
	}
	if end == 0 || r.any(cPain, cBack) || r.isQuestion() {
		return false
	}
	for j := end; j < len(r.toks) && j < end+5 && r.clause[j] == r.clause[i]; j++ {
		if r.begins(j, cBusiness) > 0 {
			return !r.is(end, "my") && !r.is(end, "mi")
		}
	}
	return false
}

var (
	cThisIs   = lexicon.Must("this_is")
	cBusiness = lexicon.Must("business")
)

// nobodyHere finds "theres no Luis at this phone", "not Deb" before a number
// that the writer has had for long.
func (r *reading) nobodyHere() bool {
	if r.nameAsked() {
		return true
	}
	if !r.any(cThisPhone) {
		return false
	}
	for i := 1; i < len(r.toks); i++ {
		name := r.capital(i) || r.isName(i) || r.words[i] == lexicon.Words{} && r.toks[i].Kind == token.Word && len(r.key(i)) > 2
		if !name || !r.is(i-1, "no") && !r.is(i-1, "ningun") && !r.is(i-1, "ninguna") {
			continue
		}
		for j := i + 1; j < len(r.toks) && j < i+4 && r.sent[j] == r.sent[i]; j++ {
			if r.begins(j, cThisPhone) > 0 {
				return true
			}
		}
	}
	return false
}

// nameAsked finds "who is Gary" and "my name is Kevin not Marcus".
func (r *reading) nameAsked() bool {
	for i := range r.toks {
		if !r.capital(i) || i < 2 || len(r.at(i)) > 0 {
			continue
		}
		asked := r.is(i-1, "is") && r.is(i-2, "who") || r.is(i-1, "whos") || r.is(i-1, "es") && r.is(i-2, "quien")
		if asked && r.endOfClause(i) <= i+2 {
			return true
		}
		if r.is(i-1, "not") && (r.capital(i-2) || r.is(i-2, ",")) && r.any(cThisIs) {
			return true
		}
	}
	return false
}

// capital says whether a word inside the text begins with a capital letter.
func (r *reading) capital(i int) bool {
	t := r.toks[i]
	if i == 0 || t.Kind != token.Word || t.End-t.Start < 3 || t.Upper || r.sent[i] != r.sent[i-1] {
		return false
	}
	return r.text[t.Start] >= 'A' && r.text[t.Start] <= 'Z'
}

var cThisPhone = lexicon.Must("this_phone")

// isName says whether token i looks like a name: a capital letter, and no word
// that the lexicon or everyday language knows.
func (r *reading) isName(i int) bool {
	t := r.toks[i]
	if t.Kind != token.Word || t.End-t.Start < 3 || t.Upper {
		return false
	}
	first := r.text[t.Start]
	known := r.words[i] != lexicon.Words{}
	return first >= 'A' && first <= 'Z' && (!known || r.begins(i, cName) == 0 && len(r.at(i)) == 0)
}

// unknownName says whether token i is a word that nobody knows at the end of
// its clause: a name in small letters ("this isnt linda").
func (r *reading) unknownName(i int) bool {
	t := r.toks[i]
	return t.Kind == token.Word && t.End-t.Start >= 3 && r.words[i] == lexicon.Words{} && r.endOfClause(i) <= i+2 &&
		(i+1 >= len(r.toks) || r.mark(i+1) || r.is(i+1, "phone") || r.is(i+1, "number") || r.is(i+1, "cell"))
}

// homework decides done or skipped; empty when the text says neither.
func (r *reading) homework(out *Reply) Intent {
	skip := r.saysSkipped()
	did := r.saysDone(out) || r.ratedSession() || r.butYes()
	switch {
	case skip && did && r.doneAfterAll():
		return IntentHomeworkDone
	case skip && !did, skip && r.any(cSkipWord) && !r.opens(cDone):
		return IntentHomeworkSkipped
	case did:
		return IntentHomeworkDone
	case out.Yes != nil && *out.Yes:
		return IntentHomeworkDone
	case out.Yes != nil:
		return IntentHomeworkSkipped
	case skip:
		return IntentHomeworkSkipped
	}
	return ""
}

// butYes finds the yes that comes after something else: "timer died midway but yes".
func (r *reading) butYes() bool {
	for i := 1; i < len(r.toks); i++ {
		if r.begins(i-1, cBut) == i && r.begins(i, cYes) > 0 && !r.is(i, "i") && r.flags[i]&negated == 0 {
			return true
		}
	}
	return false
}

// doneAfterAll says whether the last thing said is that it was done: "forgot
// yesterday but got all of it done this morning", "i know i said skip. did it all".
func (r *reading) doneAfterAll() bool {
	done, skipped := -1, -1
	for _, h := range r.hits {
		if r.flags[h.From]&(negated|impossible|hypothetical|someoneElse) != 0 && h.Concept == cDone {
			continue
		}
		switch h.Concept {
		case cDone:
			done = int(h.From)
		case cNotDone, cSkipWord:
			skipped = int(h.To)
		}
	}
	if done < 0 || skipped < 0 || done <= skipped {
		return false
	}
	if r.sent[done] != r.sent[skipped-1] {
		return r.speaksOf(cSaidSo, 0, skipped)
	}
	return r.speaksOf(cBut, skipped, done) || r.is(done-1, "then") || r.is(r.startOfClause(done), "then")
}

var cSaidSo = lexicon.Must("said_so")

// ratedSession says whether the answer is a number for the session itself: then
// there was one.
func (r *reading) ratedSession() bool {
	for _, x := range r.ratings {
		if x.when == whenSession && r.asked == AskedHomework {
			return true
		}
	}
	return false
}

// saysHomework finds homework that was done and not asked about.
func (r *reading) saysHomework(out *Reply) bool {
	if r.isQuestion() || r.asked == AskedTravelPre {
		return false
	}
	for _, l := range out.Lifts {
		if l.Load > 0 && len(l.Reps) > 0 && l.Doubt == "" {
			return true
		}
	}
	_, said := r.find(cDidHomework, func(h lexicon.Hit) bool {
		return r.flags[h.From]&(negated|impossible|hypothetical|someoneElse|past) == 0
	})
	return said
}

func (r *reading) saysDone(out *Reply) bool {
	if r.isQuestion() && (len(out.Lifts) == 0 || r.opensAsQuestion()) {
		return false
	}
	if len(out.Lifts) > 0 {
		return true
	}
	_, ok := r.find(cDone, func(h lexicon.Hit) bool {
		return r.flags[h.From]&(negated|impossible|hypothetical|someoneElse) == 0 && !r.overlapped(h, cNotDone)
	})
	return ok
}

func (r *reading) saysSkipped() bool {
	asked := r.isQuestion()
	_, ok := r.find(cNotDone, func(h lexicon.Hit) bool {
		if asked && (r.sent[h.From] == r.sent[len(r.toks)-1] && r.clause[h.From] == r.clause[len(r.toks)-1] || r.opensAsQuestion() && r.begins(r.skipGreeting(), cNotDone) == 0) {
			return false // "should i skip?", but not "havent done it yet, wheres the video?"
		}
		if r.is(int(h.To), "that") || r.is(int(h.To), "this") && r.is(int(h.To)+1, "before") {
			return false // "my leg gave out, never did that before"
		}
		return r.flags[h.From]&(hypothetical|someoneElse) == 0 && !r.overlapped(h, cAllZero)
	})
	return ok
}

// answers says whether the text states the item that was asked.
func (r *reading) answers(out *Reply, s status) bool {
	stated := out.Pain != nil || s.any || s.flare || s.noFlare || out.Interference != InterferenceUnknown || out.Flare != nil
	switch r.asked {
	case AskedEvening, AskedNextMorning, AskedH48, AskedWeekly:
		return stated || r.painOfBack() || r.emojiOnly() || r.bareNumber() || r.vague() || r.any(cTapback) && r.opens(cTapback) || r.onlyNo(out) || len(r.ratings) > 0
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
	if (r.asked == AskedFlareCheck || r.asked == AskedRelapse) && r.opens(cUnsure) {
		return true
	}
	return r.any(cKinda) && (r.wordCount() <= 3 || r.wordCount() <= 8 && !r.isQuestion())
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
	if r.asks() {
		return false
	}
	if s.muchMore || s.worse && out.Interference != InterferenceUnknown {
		return true
	}
	if s.noFlare || s.notWorse || s.better && r.asserted(cFeel) || r.any(cBack) && (s.any || out.Interference != InterferenceUnknown) {
		return true
	}
	for _, h := range r.hits {
		if r.flags[h.From]&(hypothetical|someoneElse|past|idiomatic) != 0 || r.flags[h.To-1]&idiomatic != 0 && !r.any(cBack, cOtherBody) {
			continue
		}
		if h.Concept == cPain && (r.flags[h.From]&negated == 0 || r.all.has(cBack)) || h.Concept == cTingleOnly || h.Concept == cNumb && r.flags[h.From]&negated == 0 && r.any(cBody, cLegs, cArm, cOtherBody) || h.Concept == cBack && (r.wordCount() <= 4 || r.any(cStatusOther)) || h.Concept == cSwollen || h.Concept == cAilment {
			return r.asked != AskedNone || !r.schedules() || r.all.has(cBack) || h.Concept != cPain
		}
	}
	return false
}

// otherRated says whether another part of the body is rated or said to hurt badly:
// "my hip is a 6 today", "el hombro me está matando".
func (r *reading) otherRated() bool {
	if r.asked != AskedNone || !r.any(cOtherBody) || r.isQuestion() {
		return false
	}
	_, ok := r.find(cOtherBody, func(h lexicon.Hit) bool {
		if !r.plain(h) {
			return false
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

func (r *reading) schedules() bool {
	if r.any(cMoveHome) && !r.opensAsQuestion() && !r.any(cReschedWord) {
		return r.any(cLate)
	}
	return r.dropsSlot() || r.whichSlot() || r.any(cLate) || r.any(cAppointment) && !r.isHomeworkTalk() || r.movesDay() || r.slotTalk()
}

// asksOffice finds what the desk is asked for that is no visit: a brace, a bill, a
// note, what the plan covers.
func (r *reading) asksOffice() bool {
	if !r.any(cOfficeMatter) || !r.asks() && !r.opensAsQuestion() && !r.any(cIf) {
		return false
	}
	for i := range r.toks {
		if r.begins(i, cWeekday) > 0 {
			return false // a day is asked for as well
		}
	}
	return !r.movesDay() && !r.dropsSlot()
}

// dropsSlot finds the wish to be taken off a day or an hour: "drop me from the 10am
// class", "quíteme de mañana".
func (r *reading) dropsSlot() bool {
	if r.asked != AskedNone {
		return false
	}
	_, ok := r.find(cTakesOut, func(h lexicon.Hit) bool {
		if r.flags[h.From]&(negated|someoneElse) != 0 || r.is(int(h.To)-1, "leave") || r.is(int(h.To)-1, "fuera") {
			return false
		}
		for j := int(h.To); j < len(r.toks) && j < int(h.To)+offReach && r.clause[j] == r.clause[h.From]; j++ {
			if !r.is(j-1, "from") && !r.is(j-1, "off") && !r.is(j-1, "de") && !r.is(j-1, "the") && !r.is(j-1, "del") && !r.is(j-1, "out") {
				continue
			}
			if k, ok := r.figureStarting(j); ok && r.figures[k].claim == claimClock || r.begins(j, cWeekday)+r.begins(j, cDay) > 0 || r.is(j, "manana") {
				return true
			}
		}
		return false
	})
	return ok
}

// whichSlot finds the question for the hour: "am i 1 or 130 today", "can i do 5
// instead of 3".
func (r *reading) whichSlot() bool {
	if r.asked != AskedNone || len(r.figures) < 2 || len(r.lifts) > 0 || r.any(cSetOnly, cRepWord, cPain) {
		return false
	}
	i := r.skipGreeting()
	if r.is(i, "am") && r.is(i+1, "i") {
		_, ok := r.figureStarting(i + 2)
		return ok
	}
	for k := 1; k < len(r.figures); k++ {
		f, g := &r.figures[k-1], &r.figures[k]
		if r.is(f.to, "instead") && g.from == f.to+2 && f.value <= lastHour && g.value <= lastHour && r.any(cQuestionPhrase, cModal) {
			return true
		}
	}
	return false
}

var cReschedWord = lexicon.Must("resched_word")

var cOfficeMatter = lexicon.Must("office_matter")

// slotTalk finds a day or an hour beside a word of taking or having it:
// "wednesday at 10 works", "do you do saturdays".
func (r *reading) slotTalk() bool {
	if r.asked != AskedNone || !r.all.has(cSlot) || r.any(cPain, cBack, cFlare) {
		return false
	}
	_, ok := r.find(cSlot, func(h lexicon.Hit) bool {
		for j := r.startOfSentence(int(h.From)); j < len(r.toks) && r.sent[j] == r.sent[h.From]; j++ {
			if k, ok := r.figureStarting(j); r.begins(j, cWeekday)+r.begins(j, cDay) > 0 || ok && (r.figures[k].claim == claimClock || r.figures[k].claim == claimDate) {
				return true
			}
		}
		return false
	})
	return ok
}

var cSlot = lexicon.Must("slot_verb")

// movesDay finds a day or an hour that is to be changed: "ok if I move thursdays
// 2pm to friday".
func (r *reading) movesDay() bool {
	_, ok := r.find(cMove, func(h lexicon.Hit) bool {
		for j := int(h.To); j < len(r.toks) && j < int(h.To)+4 && r.sent[j] == r.sent[h.From]; j++ {
			if k, ok := r.figureStarting(j); r.begins(j, cWeekday) > 0 || ok && r.figures[k].claim == claimClock {
				return true
			}
		}
		return false
	})
	return ok
}

var cObstacle = lexicon.Must("obstacle")

var cMove = lexicon.Must("move_word")

func (r *reading) isHomeworkTalk() bool { return r.asked == AskedHomework && r.any(cDone) }

func (r *reading) acknowledges() bool {
	return r.any(cThanks) || r.wordCount() <= 8 && (r.opens(cAck) || len(r.toks) > 0 && r.begins(0, cAck) > 0 && r.wordCount() <= 3 || r.only(cAck, cGreeting, cCourtesy)) || r.any(cTapback) && r.opens(cTapback) || r.thumbs()
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
