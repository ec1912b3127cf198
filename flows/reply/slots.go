package reply

import "backstop/flows/reply/lexicon"

// Visits: what is said and asked of a day or an hour, and of the desk.

func (r *reading) schedules() bool {
	if r.any(cOtherErrand) && !r.any(cWeekday) {
		return false // "cancel the pizza", "the cancellation fee"
	}
	if r.any(cMoveHome) && !r.opensAsQuestion() && !r.any(cReschedWord) && !r.movesHour() {
		return r.any(cLate)
	}
	return r.dropsSlot() || r.whichSlot() || r.bookingTalk()
}

// bookingTalk says whether words of booking are used.
func (r *reading) bookingTalk() bool {
	return r.late() || r.any(cSlotAway) || r.any(cAppointment) && !r.isHomeworkTalk() && !r.dropsExercise() || r.movesDay() || r.slotTalk()
}

// late says whether somebody is late; "toda la tarde" is only the afternoon.
func (r *reading) late() bool {
	_, ok := r.find(cLate, func(h lexicon.Hit) bool {
		i := int(h.From)
		if (r.is(i+1, "day") || r.is(i+1, "days") || r.is(i+1, "dia")) && !r.any(cAppointment) && r.exerciseIn(i, r.endOfSentence(i)) {
			return false // "which day is the deadlift one again?"
		}
		return !r.is(i, "tarde") || h.To-h.From > 1 || !r.is(i-1, "la") && !r.is(i-1, "esta")
	})
	return ok
}

// dropsExercise says whether it is an exercise that is to be cancelled or skipped: "do i
// cancel the deadlift part".
func (r *reading) dropsExercise() bool {
	_, ok := r.find(cAppointment, func(h lexicon.Hit) bool {
		i := int(h.From)
		return r.is(i, "cancel") && h.To == h.From+1 && (r.exerciseAt(i+1) != "" || r.exerciseAt(i+2) != "")
	})
	return ok
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
	return !r.movesDay() && !r.dropsSlot() && !r.any(cSlotAway)
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
			if !r.is(j-1, "from") && !r.is(j-1, "off") && !r.is(j-1, "de") && !r.is(j-1, "the") && !r.is(j-1, "del") && !r.is(j-1, "out") && !r.is(j-1, "las") && !r.is(j-1, "la") {
				continue
			}
			if k, ok := r.figureStarting(j); ok && (r.figures[k].claim == claimClock || r.figures[k].claim == unclaimed && r.figures[k].value <= lastHour && !r.is(j-1, "off")) || r.begins(j, cWeekday)+r.begins(j, cDay) > 0 || r.is(j, "manana") {
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
		if r.is(int(h.From), "shift") && r.begins(int(h.From)-1, cPossessive) > 0 {
			return false // "my shift starts at six"
		}
		for j := int(h.To); j < len(r.toks) && j < int(h.To)+4 && r.sent[j] == r.sent[h.From]; j++ {
			if k, ok := r.figureStarting(j); r.begins(j, cWeekday) > 0 || ok && (r.figures[k].claim == claimClock || r.is(j-1, "my") && r.is(r.figures[k].to, "to") && r.figures[k].value <= lastHour && r.asks()) {
				return true
			}
		}
		return false
	})
	return ok
}

var cOtherErrand = lexicon.Must("other_errand")

var cMove = lexicon.Must("move_word")

// exerciseIn says whether an exercise is named among the tokens.
func (r *reading) exerciseIn(from, to int) bool {
	for i := from; i < to; i++ {
		if r.exerciseAt(i) != "" {
			return true
		}
	}
	return false
}
