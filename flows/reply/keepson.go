package reply

import "backstop/flows/reply/lexicon"

// What sounds like an end of the texts and is none.

var (
	cKeepsOn    = lexicon.Must("keeps_on")
	cNotForYou  = lexicon.Must("not_for_you")
	cTeasing    = lexicon.Must("teasing")
	cWelcome    = lexicon.Must("texts_welcome")
	cOtherSends = lexicon.Must("other_sender")
	cSlotOrList = lexicon.Must("slot_or_list")
	cCannotCome = lexicon.Must("cannot_come")
	cBanter     = lexicon.Must("banter")
	cEarnest    = lexicon.Must("earnest")
	cLaughing   = lexicon.Must("laughing")
	cTooEarly   = lexicon.Must("too_early")
)

// keepsTexts says whether what follows an act of ending takes it back as a whole:
// it was the dog's ("Leave me alone!! oops, not you"), a joke ("stop it, you're
// too kind"), or the texts are welcome ("stop calling, just text").
func (r *reading) keepsTexts() bool {
	if r.stoppedByMistake() || r.slippedStop() || r.leavesBan() || r.swapsNumber() || r.any(cStopUndone) || r.any(cOnlyAsking) && (r.asks() || r.any(cQuestion)) {
		return true // "cómo cancelo los mensajes? no ahora, nomás por saber"
	}
	if r.any(cTeasing) && !r.any(cTextsNoun, cTextAct, cOffList) || r.jokes() || r.cheers() {
		return true
	}
	_, ok := r.find(cNotForYou, func(h lexicon.Hit) bool { return h.From > 1 && r.begins(int(h.From)-1, cStopTail) == 0 })
	if ok {
		return true
	}
	_, ok = r.find(cWelcome, func(h lexicon.Hit) bool {
		if r.flags[h.From]&(negated|hypothetical) != 0 && !r.is(int(h.From), "mejor") && (!r.is(int(h.To)-2, "just") || r.begins(int(h.From)-1, cForbid)+r.begins(int(h.To)-3, cForbid) > 0) {
			return false // but "no more calls please just text"
		}
		if r.is(int(h.To)-1, "si") && int(h.To) < r.endOfClause(int(h.From)) {
			return false // "paren con los textos si es tan amable"
		}
		if r.begins(int(h.From), cTextsStrict)+r.begins(int(h.From)+1, cTextsStrict) > 0 && r.speaksOf(cStopWish, r.startOfClause(int(h.From)), int(h.From)) && !r.speaksOf(cCallWord, r.startOfClause(int(h.From)), int(h.From)) {
			return false // "turn off the texts ok"
		}
		return r.begins(int(h.From)-1, cThemWord)+r.begins(int(h.From)-1, cWhyAsk) == 0 && !r.you(int(h.From)-1) && !r.speaksOf(cBut, int(h.To), len(r.toks))
	})
	return ok
}

// jokes says whether "stop" is only what is laughed about: "omg stop 😂", "ya párenle
// jajaja, 80 kilos ni loca"; but not "lol stop texting me", nor "STOP 😂".
func (r *reading) jokes() bool {
	if !r.any(cLaughing) || !r.any(cBanter) || r.any(cTextsNoun, cTextAct, cSendAct, cEarnest, cOffList, cThisPhone, cSignedUp) {
		return false
	}
	for _, h := range r.hits {
		banter := r.begins(int(h.From), cBanter)
		if (h.Concept == cStopWhole || h.Concept == cStopAlone) && banter < int(h.To) {
			return false // "jaja no, dame de baja"
		}
		if h.Concept == cBanter && int(h.To) == banter && banter == int(h.From)+1 && (r.wordCount() == 1 || r.toks[h.From].Upper) {
			return false
		}
	}
	return true
}

// keepsOn says whether the act of ending at i is one that must not come: "don't you
// dare stop texting", "no dejen de escribirme", "the ache won't stop nagging"; but
// "you never stop texting me" complains.
func (r *reading) keepsOn(i int) bool {
	return r.keptOn(i, i+1)
}

// keptOn is keepsOn for a phrase of ending, from token i to token to.
func (r *reading) keptOn(i, to int) bool {
	if r.dreadsEnd(i, to) {
		return true
	}
	for back := 0; back <= 4; back++ {
		if end := r.begins(i-back, cKeepsOn); end > i && (back > 0 || end > to) {
			return !r.you(i-back-1) || r.is(i-back-2, "hope")
		}
	}
	return false
}

func (r *reading) you(i int) bool {
	return r.is(i, "you") || r.is(i, "u") || r.is(i, "yall") || r.is(i, "guys") || r.is(i, "people") || r.is(i, "ustedes")
}

// weStop says whether it is the patient who would stop at i: "should i just stop?".
func (r *reading) weStop(i int) bool {
	return r.is(i-1, "i") || r.is(i-1, "we") || r.is(i-1, ",") || r.begins(i-1, cModal) > 0 && !r.any(cTextsNoun, cTextAct)
}

// ofTheBook says whether it is a visit that h takes the patient off: "can't make it
// friday, scratch me off".
func (r *reading) ofTheBook(h lexicon.Hit) bool {
	if r.begins(int(h.From), cSlotOrList) == 0 || r.any(cTextsNoun, cOffList) {
		return false
	}
	_, day := r.find(cWeekday, func(h lexicon.Hit) bool {
		at := int(h.From) - 1
		return !r.is(at, "only") && !r.is(at, "is") && !r.is(at, "its") // "it is only Thursday"
	})
	return day || r.any(cCannotCome)
}

// othersSend says whether somebody else was said to text before i: "the pharmacy
// keeps texting me, how do i make them stop".
func (r *reading) othersSend(i int) bool {
	if r.instructs(i) || r.toldOther(i) || r.blocksOthers(i) || r.begins(i-1, cPressed) > 0 && r.is(i+1, "to") && r.sentElsewhere(i+1) {
		return true
	}
	for j := i - 1; j >= r.startOfSentence(i); j-- {
		end := r.begins(j, cOtherSends)
		if end == 0 || r.is(j-1, "your") || r.is(j-1, "this") || r.is(j-1, "you") {
			continue
		}
		told := r.is(j-1, "tell") || r.is(j-2, "tell") || r.is(j-1, "ask") || r.is(j-2, "ask") || r.begins(end, cMustWord) > 0
		if told && (r.is(i-1, "to") || r.begins(i-1, cMustWord) > 0) {
			return true
		}
		for k := end; k < end+2 && k < i; k++ {
			if r.begins(k, cTextAct)+r.begins(k, cSendAct) > 0 && !r.is(k, "use") || r.is(k, "texts") || r.is(k, "sends") || r.is(k, "calls") {
				return true
			}
		}
	}
	return false
}

// onlyThen says whether what ends before token i is only unwelcome at an hour:
// "stop texting me at 6am", "can you stop texting so early".
func (r *reading) onlyThen(i int) bool {
	end := r.endOfClause(i - 1)
	if r.speaksOf(cEveryOne, i, end) {
		return false // "dont text me at 6am or ever"
	}
	for j := i; j < end; j++ {
		if r.begins(j, cTooEarly) > 0 {
			return true
		}
		if k, ok := r.figureStarting(j); ok && r.figures[k].claim == claimClock {
			return true
		}
	}
	return false
}
