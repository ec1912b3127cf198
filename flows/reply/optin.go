package reply

import "backstop/flows/reply/lexicon"

var (
	cStartWhole = lexicon.Must("start_whole")
	cRestart    = lexicon.Must("restart")
	cAgain      = lexicon.Must("again_word")
	cEnlist     = lexicon.Must("enlist")
)

// optsIn finds START and its kin, alone or as a wish.
func (r *reading) optsIn() bool {
	h, ok := r.find(cStartWhole, func(h lexicon.Hit) bool {
		if r.flags[h.From]&(negated|hypothetical) != 0 {
			return false
		}
		if when, _ := r.timeAt(int(h.To)); when != "" || r.begins(int(h.To), cDay)+r.begins(int(h.To), cWeekday) > 0 || r.slotAfter(int(h.To)) {
			return false // "text me again tomorrow", "put me back on the 3pm"
		}
		if r.is(int(h.From)-1, "-") && (r.is(int(h.From)-2, "dis") || r.is(int(h.From)-2, "un")) && !r.is(int(h.From), "unsubscribe") {
			return false // "please dis-enroll me"
		}
		return h.To-h.From > 1 || r.is(int(h.From), "unstop") || r.any(cByMistake) && !r.is(int(h.From), "start") || r.only(cStartWhole, cCourtesy)
	})
	if ok {
		r.note("intent: start", int(h.From), int(h.To), "")
	}
	return ok || r.stoppedByMistake() || r.slippedStop() || r.wantsBack() || r.leavesBan()
}

// leavesBan finds somebody taken off the list of those who get no texts: "take me off the do
// not text list".
func (r *reading) leavesBan() bool {
	h, ok := r.find(cBanList, func(h lexicon.Hit) bool {
		for i := int(h.From) - 1; i >= 0 && i >= int(h.From)-3; i-- {
			if r.is(i, "off") || r.is(i, "from") || r.is(i, "out") || r.is(i, "de") {
				return true
			}
		}
		return false
	})
	if ok {
		r.note("intent: start", int(h.From), int(h.To), "off the list of no texts")
	}
	return ok
}

var (
	cBanList    = lexicon.Must("ban_list")
	cOnlyAsking = lexicon.Must("only_asking") // "not now, just curious"
	cStopUndone = lexicon.Must("stop_undone") // "undo the stop"
)

// stoppedByMistake finds a STOP that is taken back: "i hit stop by accident", "my
// kid texted stop, i still want them".
func (r *reading) stoppedByMistake() bool {
	if last := len(r.toks) - 1; r.is(last, "start") && r.startOfSentence(last) == last && r.any(cNotForYou, cByMistake) {
		r.note("intent: start", last, last+1, "stopped by mistake")
		return true // "oops that stop was meant for Walgreens. START"
	}
	if r.opensWithStart() {
		return true
	}
	if !r.any(cByMistake, cStillWant) {
		return false
	}
	for i := 1; i < len(r.toks); i++ {
		if r.begins(i, cCarrierStop) == 0 || r.begins(i-1, cPressed) == 0 && !(r.is(i-1, "to") && r.begins(i-2, cPressed) > 0) {
			continue
		}
		if !r.staysOn(0, len(r.toks)) && !r.speaksOf(cByMistake, r.startOfSentence(i), r.endOfSentence(i)) {
			continue
		}
		r.note("intent: start", i-1, i+1, "stopped by mistake")
		return !r.isQuestion()
	}
	return false
}

// opensWithStart finds START at the head of a text that tells of a stop: "START please, my nephew
// wrote stop for a joke".
func (r *reading) opensWithStart() bool {
	i := r.skipGreeting()
	if !r.is(i, "start") && !r.is(i, "unstop") || r.isQuestion() {
		return false
	}
	next := max(i+1, r.begins(i+1, cCourtesy))
	if !r.mark(next) || !r.speaksOf(cCarrierStop, next+1, len(r.toks)) || !r.speaksOf(cOtherPerson, next+1, len(r.toks)) && !r.any(cByMistake) {
		return false
	}
	r.note("intent: start", i, i+1, "START after a stop")
	return true
}

var (
	cByMistake = lexicon.Must("by_mistake")
	cStillWant = lexicon.Must("still_want")
	cPressed   = lexicon.Must("pressed")
)

// slotAfter says whether an hour follows token i, with small words between.
func (r *reading) slotAfter(i int) bool {
	for j := i; j < len(r.toks) && j < i+3 && r.clause[j] == r.clause[i-1]; j++ {
		if k, ok := r.figureStarting(j); ok {
			return r.figures[k].claim == claimClock
		}
	}
	return false
}

// wantsBack finds the texts wanted back: "i'd like to get the texts after all",
// "turn the check ins back on", "apúntenme otra vez".
func (r *reading) wantsBack() bool {
	if !r.any(cAgain) || r.isQuestion() && !r.any(cModal, cWishLead) {
		return false
	}
	h, ok := r.find(cRestart, func(h lexicon.Hit) bool {
		if r.flags[h.From]&(negated|hypothetical|someoneElse|impossible) != 0 || r.narrated(int(h.From)) {
			return false
		}
		texts, again := r.begins(int(h.From), cEnlist) > 0, false
		for j := r.startOfSentence(int(h.From)); j < len(r.toks) && r.sent[j] == r.sent[h.From]; j++ {
			if k, ok := r.figureStarting(j); ok && r.figures[k].claim == claimClock {
				return false // "put me back on the 3pm"
			}
			if r.begins(j, cPain) > 0 || r.exerciseAt(j) != "" || r.begins(j, cAppointment)+r.begins(j, cWeekday) > 0 {
				return false
			}
			texts = texts || r.begins(j, cTextsNoun) > 0
			again = again || j >= int(h.From) && r.begins(j, cAgain) > 0
		}
		return again && (texts || r.any(cTextsNoun) && (r.is(int(h.To), "them") || r.is(int(h.To), "it")))
	})
	if ok {
		r.note("intent: start", int(h.From), int(h.To), "wanted back")
	}
	return ok
}
