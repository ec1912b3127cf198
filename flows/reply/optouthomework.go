package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// Where homework was asked about, what is to end may be the exercises: an end counts as one
// of the texts where the text itself leaves nothing else.

var (
	cOrExercise = lexicon.Must("or_exercise") // may be an end of the exercises
	cOrdersEnd  = lexicon.Must("orders_end")  // those that are an order: "stop these"
	cWholeEnd   = lexicon.Must("whole_end")   // those that end the texts as the whole message
)

// mayEndExercise says whether h may end the exercises rather than the texts: "2 sets, enough",
// and where homework was asked about "homework? no more", but not "NO MORE", nor "wrong
// person!! no more".
func (r *reading) mayEndExercise(h lexicon.Hit) bool {
	if r.begins(int(h.From), cOrExercise) < int(h.To) || r.meansTexts() {
		return false
	}
	if r.asked != AskedHomework {
		return len(r.lifts) > 0 || r.any(cSetOnly, cRepWord)
	}
	if r.begins(int(h.From), cWholeEnd) >= int(h.To) && r.only(cWholeEnd, cCourtesy, cNo, cInterjection, cStopLead) {
		return r.query
	}
	return r.begins(int(h.From), cOrdersEnd) < int(h.To) || r.speaksOfTraining() || r.isQuestion() || r.weStop(int(h.From))
}

// meansTexts says whether the texts, who sends them or whose phone it is are spoken of.
func (r *reading) meansTexts() bool {
	if r.namesTexts() || (r.any(cThisPhone, cSignedUp) || r.wrongPerson()) && !r.speaksOfTraining() {
		return true
	}
	_, ok := r.find(cTextAct, func(h lexicon.Hit) bool {
		return !r.is(int(h.From), "use") && r.begins(int(h.From), cPain) == 0 && r.begins(int(h.From)-1, cPain)+r.begins(int(h.From)-1, cBack) == 0
	})
	return ok
}

// speaksOfTraining says whether sets, exercises, weights or the back are spoken of.
func (r *reading) speaksOfTraining() bool {
	if len(r.lifts) > 0 || r.any(cSetOnly, cRepWord, cPain, cBack, cDone, cDidWork) {
		return true
	}
	for i := range r.toks {
		if r.exerciseAt(i) != "" {
			return true
		}
	}
	return false
}

// orderedAlone says whether the last sentence is nothing but what ends the texts at token
// last: "skip. stop.", "got it? ok then STOP".
func (r *reading) orderedAlone(last int) bool {
	if r.speaksOfTraining() {
		return false
	}
	for i := r.startOfSentence(last); i < last; {
		end := max(r.begins(i, cCourtesy), r.begins(i, cStopLead), r.begins(i, cWishLead), r.begins(i, cInterjection), r.begins(i, cAck))
		if end == 0 && (r.mark(i) || r.toks[i].Kind == token.Emoji) {
			end = i + 1
		}
		if end == 0 || end > last {
			return false
		}
		i = end
	}
	return true
}
