package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// isQuestion says whether the text ends in a question mark or opens as a question.
func (r *reading) isQuestion() bool {
	return r.query && len(r.ratings) == 0 || r.opensAsQuestion()
}

func (r *reading) opensAsQuestion() bool {
	i := r.skipGreeting()
	if i >= len(r.toks) {
		return false
	}
	if r.asked == AskedHomework && r.begins(i, cNotDone) > 0 && r.is(i, "will") {
		return false // "will hit it in the am"
	}
	if r.is(i, "will") && !r.any(cQuestionPhrase) && i+1 < len(r.toks) && !r.is(len(r.toks)-1, "?") &&
		r.begins(i+1, cSubject)+r.begins(i+1, cPossessive)+r.begins(i+1, cAsksOf) == 0 && (r.any(cThanks) || r.promises()) {
		return false // "will ice it, thanks", "ok will stop at 5"
	}
	if r.begins(i, cModal) > 0 && i+1 < len(r.toks) && r.toks[i+1].Kind == token.Word && !painAsked(r.asked) {
		return r.begins(i+1, cModalStatement) == 0
	}
	if r.begins(i, cAuxiliary) > 0 && !painAsked(r.asked) && i+1 < len(r.toks) {
		next := r.toks[i+1].Kind == token.Word && r.begins(i+1, cStatusOther)+r.begins(i+1, cGood)+r.begins(i+1, cWorse)+r.begins(i+1, cNegate)+r.begins(i+1, cPain)+r.begins(i+1, cStopper)+r.begins(i+1, cFillerWord) == 0 && r.wordCount() >= 4
		return next || r.begins(i+1, cSubject)+r.begins(i+1, cPossessive)+r.begins(i+1, cAsksOf) > 0 || r.toks[i+1].Kind == token.Number
	}
	return r.begins(i, cQuestion) > 0 && r.begins(i, cYes)+r.begins(i, cNo)+r.begins(i, cWishesWell) == 0
}

var cWishesWell = lexicon.Must("wishes_well") // "que Dios se lo pague"

var (
	cModal          = lexicon.Must("modal")
	cModalStatement = lexicon.Must("modal_statement")
	cAuxiliary      = lexicon.Must("auxiliary")
	cAsksOf         = lexicon.Must("asks_of")
)

func (r *reading) asks() bool {
	if r.holds.has(cCallWish) && !r.any(cAppointment) {
		return true
	}
	return r.query || r.opensAsQuestion() || r.closesAsking() || r.any(cQuestionPhrase) && !(r.asserted(cPain) && r.any(cBack))
}

// leastAsked is how many words a question without its mark has at least.
const leastAsked = 4

// closesAsking says whether the last clause asks without its mark: "dr said to stop the naproxen, is
// tylenol ok with the exercises", "did the texts end".
func (r *reading) closesAsking() bool {
	if r.asked != AskedNone || len(r.toks) == 0 {
		return false
	}
	if r.asksAfterScene() {
		return true
	}
	i := r.startOfClause(len(r.toks) - 1)
	if i == 0 {
		i = r.skipGreeting()
	} else if !r.mark(i - 1) {
		return false
	}
	switch next := i + 1; r.keyOr(i) {
	case "is", "are":
		return len(r.toks)-i >= leastAsked && i > 0 && next < len(r.toks) && r.toks[next].Kind == token.Word && r.begins(next, cNegate)+r.begins(next, cPreposition)+r.begins(next, cStopper)+r.begins(next, cGood)+r.begins(next, cPain)+r.begins(next, cStatusOther)+r.begins(next, cWorse) == 0
	case "did":
		return r.begins(next, cTextsNoun) > 0 && !r.is(next, "these") || r.is(next, "the") && r.begins(next+1, cTextsNoun) > 0 || r.you(next) || r.is(next, "i") || r.is(next, "they") || r.is(next, "anyone")
	}
	return false
}

// asksAfterScene finds the question that comes after where or when it is meant, without its mark:
// "at the standing desk is it feet side by side or one up", "if i lose 10 lbs do the numbers change".
func (r *reading) asksAfterScene() bool {
	i := r.skipGreeting()
	if r.begins(i, cPreposition)+r.begins(i, cIf) == 0 || r.any(cPain) && r.any(cBack) {
		return false
	}
	supposed := r.begins(i, cIf) > 0
	for j := i + 2; j+2 < r.endOfSentence(i); j++ {
		switch r.key(j) {
		case "is", "are":
			if r.is(j+1, "it") && !supposed && r.choiceAfter(j+2) || supposed && r.begins(j+1, cArticle) > 0 && r.mark(j-1) {
				return true
			}
		case "do", "does", "should", "can":
			next := r.is(j+1, "i") || r.is(j+1, "we") || r.is(j+1, "the") || r.is(j+1, "it")
			if next && r.begins(j-1, cSubject)+r.begins(j-1, cModal)+r.begins(j-1, cSubordinate) == 0 {
				return true
			}
		}
	}
	return false
}

// choiceAfter says whether "or" stands in the sentence from token i on.
func (r *reading) choiceAfter(i int) bool {
	for j := i; j < r.endOfSentence(i-1); j++ {
		if r.is(j, "or") {
			return true
		}
	}
	return false
}

// asksWhether finds the question whether a thing is as it should be: "is it bad if it
// clicks?". It states nothing.
func (r *reading) asksWhether() bool {
	i := r.skipGreeting()
	if len(r.ratings) > 0 || !r.asks() && !r.any(cIf) || r.schedules() {
		return false
	}
	switch {
	case r.is(i, "is") && (r.is(i+1, "it") || r.is(i+1, "that") || r.is(i+1, "this")), r.is(i, "es"), r.is(i, "should") && (r.is(i+1, "it") || r.is(i+1, "i")):
	default:
		return false
	}
	for j := i + 2; j < i+6; j++ {
		if r.is(j, "if") || r.is(j, "when") || r.is(j, "that") || r.is(j, "si") || r.is(j, "que") || r.is(j, "cuando") {
			return r.is(len(r.toks)-1, "?") || r.is(i, "is") || r.is(i, "should")
		}
	}
	return false
}

// asksMeaning finds the question what our own words mean: "does a stiff weekend
// count as one?", "does worst include lifting?". It answers nothing.
func (r *reading) asksMeaning() bool {
	if len(r.toks) == 0 || r.asked == AskedNone || !r.any(cDefines) {
		return false
	}
	i := r.skipGreeting()
	opens := r.is(i, "do") || r.is(i, "does") || r.is(i, "is") || r.is(i, "are") || r.begins(i, cQuestion) > 0
	return opens || r.is(len(r.toks)-1, "?") && len(r.ratings) == 0
}

// asksOtherHours finds the wish for the texts at another hour or less often: "can you text me
// at 10 instead", "no me escriban tan temprano", but not for a visit at another hour.
func (r *reading) asksOtherHours() bool {
	if !r.any(cTextAct, cSendAct, cTextsNoun) || r.any(cOpening, cAppointment) && !r.namesTexts() || r.any(cLaughing) {
		return false
	}
	asked := r.asks() || r.any(cForbid, cPleaWord, cCourtesy, cBetterSo, cBetter)
	for i := range r.toks {
		end := max(r.begins(i, cTextAct), r.begins(i, cSendAct), r.begins(i, cTheTexts), r.begins(i, cTextsNoun))
		if end == 0 || !asked || r.flags[i]&someoneElse != 0 || r.othersSend(i) || r.begins(i-1, cPossessive) > 0 && !r.is(i-1, "your") {
			continue
		}
		for j := r.startOfSentence(i); j < len(r.toks) && r.sent[j] == r.sent[i]; j++ {
			k, figure := r.figureStarting(j)
			if when, _ := r.timeAt(j); j > i && !r.is(end-1, "these") && (when == whenMorning || when == whenEvening) {
				return true
			}
			if j > i && (r.is(j, "later") || r.is(j, "earlier")) || r.begins(j, cOtherHours)+r.begins(j, cTooEarly) > 0 || figure && j > i && r.figures[k].claim == claimClock {
				return true
			}
		}
	}
	return false
}

var (
	cOtherHours = lexicon.Must("other_hours")
	cBetterSo   = lexicon.Must("better_so")
	cOpening    = lexicon.Must("opening_word")
)

// asksOfTexts says whether the question is about the texts themselves, even
// where an hour or a visit is named: "do your reminders end when my visits do?".
func (r *reading) asksOfTexts() bool {
	if !r.isQuestion() {
		return false
	}
	for i := range r.toks {
		if r.begins(i, cTextsNoun) > 0 || r.begins(i-1, cPressed) > 0 && r.begins(i, cCarrierStop) > 0 {
			return true // "if i texted STOP would i lose my visits?"
		}
	}
	return r.any(cDefines)
}

var (
	cDefines   = lexicon.Must("defines")
	cTextsNoun = lexicon.Must("texts_noun")
)

var cQuestionPhrase = lexicon.Must("question_phrase")

func (r *reading) questionClause(h lexicon.Hit) bool {
	return r.sent[h.From] == r.sent[len(r.toks)-1] && r.isQuestion()
}
