package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// stopAlone finds wordings that end the texts only when they are all that the
// clause says: "please stop", "leave me alone", but not "the pain won't leave
// me alone" or "get me off the floor".
func (r *reading) stopAlone(crisis bool) bool {
	h, ok := r.find(cStopAlone, func(h lexicon.Hit) bool {
		if r.is(int(h.From)-1, "i") && (r.is(int(h.From), "stop") || r.is(int(h.From), "quit")) {
			return false // "can I stop now? the ice I mean"
		}
		if h.To-h.From == 1 && r.toldAsDone(int(h.From)) {
			return false // "ya paré"
		}
		if r.is(int(h.To), "?") && r.any(cModal) && !r.any(cTextsNoun, cTextAct) {
			return false // "stop everything? should i"
		}
		if r.notMeant(h) || r.endsElse(h) || r.narrated(int(h.From)) || r.is(int(h.From), "no") && r.isQuestion() {
			return false
		}
		if r.othersSend(int(h.From)) || r.is(int(h.From), "just") && r.isQuestion() && r.weStop(int(h.From)) {
			return false // "so after week 12 we just stop?"
		}
		if (r.is(int(h.From), "enough") || r.is(int(h.From), "no") && r.is(int(h.From)+1, "more") && h.To-h.From == 2) && !r.any(cPleaWord) && r.wordCount() > 4 && !r.any(cTextsNoun, cTextAct) {
			return false // "ok enough, going to bed"
		}
		if r.begins(int(h.From), cBareEnd) == int(h.To) && (r.wordCount() <= 2 || !r.any(cPleaWord, cTextsNoun, cTextAct, cThisPhone, cSignedUp)) {
			return false // "quit it" to whoever is about
		}
		if r.noLongerAnswers(h) {
			return false // "ya no" answers what hurts
		}
		if r.notTextsBefore(h) || r.offOthers(h) {
			return false // "stopped the pills, dont need em anymore"
		}
		mayBeLife := r.begins(int(h.From), cStopOrLife) >= int(h.To) // but not "delete me off this"
		loose := mayBeLife || int(h.To-h.From) < 3 && !r.namesEnded(h)
		if loose && r.hasPain() || (crisis || r.begins(int(h.From), cEnoughWord) >= int(h.To) && r.speaksOf(cBounded, int(h.To), r.endOfClause(int(h.From)))) && mayBeLife {
			return false // "7, make it stop", "that's enough for today"
		}
		if r.mayEndExercise(h) {
			return false
		}
		return r.fillsClause(h) || r.endsAfterTexts(h)
	})
	if ok {
		r.note("intent: stop", int(h.From), int(h.To), "wish to be left alone")
	}
	return ok
}

// hasPain says whether a pain is rated, other than one that is denied.
func (r *reading) hasPain() bool {
	for k := range r.ratings {
		if !r.ratings[k].zero {
			return true
		}
	}
	return false
}

// namesEnded says whether h names what is to end, or the patient as the one who is
// to be left out: "stop these", "bórrenme".
func (r *reading) namesEnded(h lexicon.Hit) bool {
	last := int(h.To) - 1
	key := r.key(last)
	return r.is(last, "these") || r.is(last, "them") || r.is(last, "me") || h.To-h.From == 1 && len(key) > 4 && key[len(key)-2:] == "me"
}

var (
	cEnoughWord = lexicon.Must("enough_word")
)

var cBareEnd = lexicon.Must("bare_end")

var cPleaWord = lexicon.Must("plea_word")

// notTextsBefore says whether the "them" of h stands for what the clause before names, and
// that is not our texts.
func (r *reading) notTextsBefore(h lexicon.Hit) bool {
	them := false
	for i := int(h.From); i < int(h.To); i++ {
		them = them || r.begins(i, cThemWord) > 0
	}
	start := r.startOfClause(int(h.From))
	if !them || start == 0 || r.sent[start-1] != r.sent[start] || r.any(cTextsNoun) {
		return false
	}
	for i := r.startOfClause(start - 1); i < start; i++ {
		if r.begins(i, cNotTexts) > 0 && r.begins(i, cSubordinate)+r.begins(i, cJoiner)+r.begins(i, cStopper) == 0 {
			return true
		}
	}
	return false
}

// endsAfterTexts says whether h closes a clause that speaks of the texts: "why do
// u keep texting me leave me alone".
func (r *reading) endsAfterTexts(h lexicon.Hit) bool {
	if h.To-h.From < 3 || !r.closesWish(int(h.To)) || r.any(cPain, cBack) {
		return false
	}
	if before := int(h.From) - 1; r.is(before, "anymore") && r.flags[before]&impossible == 0 {
		return true // "im not a patient anymore take me off"
	}
	for j := r.startOfClause(int(h.From)); j < int(h.From); j++ {
		if r.begins(j, cTextsNoun)+r.begins(j, cTextAct)+r.begins(j, cSignedUp) > 0 {
			return true
		}
	}
	return false
}

// noLongerAnswers says whether "ya no" answers what hurts rather than ends the texts: where
// something was asked, or after what is no more ("se me dormía el pie pero ya no").
func (r *reading) noLongerAnswers(h lexicon.Hit) bool {
	if !r.is(int(h.From), "ya") || !r.is(int(h.To)-1, "no") {
		return false
	}
	asked := r.asked != AskedNone && r.asked != AskedConsent
	return asked || r.speaksOf(cResolved, int(h.To), len(r.toks)) || r.symptomIn(0, int(h.From)) || r.begins(int(h.From)-1, cBut) > 0 && !r.any(cTextsNoun)
}

// wisher says whether token i is whose wish follows: "i", or "he" where somebody writes for him.
func (r *reading) wisher(i int) bool {
	switch r.key(i) {
	case "i", "im", "id", "we":
		return true
	}
	return r.begins(i, cThirdPerson) > 0 && r.kinWants(i+1)
}

// ratedBetween says whether a rating stands among the tokens.
func (r *reading) ratedBetween(from, to int) bool {
	for _, x := range r.ratings[:min(len(r.ratings), nearFigures)] {
		if x.from >= from && x.to <= to {
			return true
		}
	}
	return false
}

// fillsClause says whether nothing but courtesies stands beside h in its clause.
func (r *reading) fillsClause(h lexicon.Hit) bool {
	start := r.startOfClause(int(h.From))
	if r.is(int(h.From), "so") {
		start = int(h.From) // "discharged last week so u can stop"
	}
	for i := start; i < int(h.From); i++ {
		if r.is(i, "so") || r.is(i, "asi") && r.is(i+1, "que") {
			start = i + 1 // "im all better so you can stop these"
		}
		if (r.is(i, "says") || r.is(i, "said")) && r.begins(i+1, cThirdPerson) > 0 && r.begins(i-1, cOtherPerson) == i {
			start = i + 1 // "my wife says she wants these to stop"
		}
		if (r.is(i, "please") || r.is(i, "porfa")) && i+1 == int(h.From) && h.To-h.From > 1 && !r.bodyApart() {
			start = i // "my data plan is limited please no more"
		}
		if r.begins(i, cJoiner) > 0 && r.begins(i+1, cCourtesy) > 0 {
			start = i + 1 // "no trips planned and please quit asking"
		}
		if r.begins(i, cJoiner) > 0 && h.To-h.From >= 3 && r.ratedBetween(start, i) {
			start = i + 1 // "0 all week and im good without these"
		}
	}
	for i := start; i < r.endOfClause(int(h.From)); i++ {
		end := max(r.begins(i, cCourtesy), r.begins(i, cFillerWord), r.begins(i, cAck), r.begins(i, cInterjection), r.begins(i, cTextsStrict),
			r.begins(i, cCarrierStop), r.begins(i, cStopManner), r.begins(i, cBut))
		if i < int(h.From) {
			end = max(end, r.begins(i, cWishLead))
		}
		if also := r.begins(i, cStopAlone); also > i+1 {
			end = max(end, also) // "not interested take me off"
		}
		switch {
		case i >= int(h.From) && i < int(h.To) || r.mark(i) || r.is(i, "que") && i+1 == int(h.From) || r.toks[i].Kind == token.Emoji || i+1 == int(h.From) && r.wisher(i):
		case end == 0:
			return false
		default:
			i = end - 1
		}
	}
	return true
}

// endsWithLife says whether the texts are only told to end tomorrow, and with them the life:
// "mañana ya no me escribáis, me despido de este mundo" is a farewell.
func (r *reading) endsWithLife() bool {
	_, ok := r.find(cForbid, func(h lexicon.Hit) bool {
		i := int(h.From) - 1
		if r.is(i, "ya") || r.is(i, ",") {
			i--
		}
		return (r.is(i, "manana") || r.is(i, "tomorrow")) && r.startOfSentence(i) == i
	})
	return ok
}
