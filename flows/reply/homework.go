package reply

import "backstop/flows/reply/lexicon"

// Homework: what says that it was done, or was not.

func (r *reading) isDone() bool { return r.asked == AskedHomework && r.any(cDone) }

// homework decides done or skipped; empty when the text says neither.
func (r *reading) homework(out *Reply) Intent {
	skip := r.saysSkipped()
	if skip && len(out.RedFlags) > 0 && out.RedFlag != MentalHealthCrisis && !r.any(cSkipWord) {
		skip = false // "the barbell got away from me"
	}
	if out.RedFlag == TraumaFracture && r.onlyLoads() {
		return "" // "the bar landed across my back, 135 pounds on it"
	}
	if r.any(cNoWork) && len(out.Lifts) == 0 && !r.any(cSkipWord) && !r.isQuestion() {
		return IntentHomeworkSkipped // "card got declined so zero sets"
	}
	did := r.saysDone(out) || r.ratedSession() || r.butYes()
	switch {
	case did && out.Yes != nil && !*out.Yes && !r.any(cDidWork, cSetOnly) && len(out.Lifts) == 0 && r.any(cSickWord):
		return IntentHomeworkSkipped // "no, got the flu"
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

// onlyLoads says whether weights are named and nothing that was done with them.
func (r *reading) onlyLoads() bool {
	for _, l := range r.lifts {
		if l.Sets > 0 || len(l.Reps) > 0 {
			return false
		}
	}
	return len(r.lifts) > 0
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

var cNoWork = lexicon.Must("no_work") // "zero sets"

var cSickWord = lexicon.Must("sick_word")

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
	if r.isQuestion() && (len(out.Lifts) == 0 || r.opensAsQuestion()) && !r.doneFirst() {
		return false
	}
	if len(out.Lifts) > 0 || r.countsExercise() {
		return true
	}
	_, ok := r.find(cDone, func(h lexicon.Hit) bool {
		return r.flags[h.From]&(negated|impossible|hypothetical|someoneElse) == 0 && !r.overlapped(h, cNotDone) && !r.pulledPart(h)
	})
	return ok
}

// pulledPart says whether what was pulled is a part of the body: "pulled a calf muscle".
func (r *reading) pulledPart(h lexicon.Hit) bool {
	if r.begins(int(h.From), cKinked) == 0 {
		return false
	}
	return r.speaksOf(cOtherBody, int(h.To), min(int(h.To)+4, r.endOfClause(int(h.From))))
}

// countsExercise says whether the text opens with a number of an exercise: "10 bridges, 10
// bugs".
func (r *reading) countsExercise() bool {
	if i := r.skipGreeting(); r.asked == AskedHomework && i < len(r.toks) && r.exerciseAt(i) != "" && (r.is(i+1, "then") || r.is(i+2, "then") || r.is(i+1, "luego")) {
		return !r.any(cNotDone) // "squats then arm day"
	}
	if r.asked != AskedHomework || len(r.figures) == 0 {
		return false
	}
	for k := 2; k < min(len(r.figures), nearFigures); k++ {
		if r.repsRow(k) && !r.any(cNotDone) {
			return true // "15, 15 and 12 with the blue band"
		}
	}
	f := &r.figures[0]
	if f.from == r.skipGreeting() && f.value > 0 && r.outOfFew(f) && !r.any(cNotDone) {
		return true // "2 outta 3"
	}
	return f.from == r.skipGreeting() && f.to < len(r.toks) && r.exerciseAt(f.to) != "" && r.flags[f.from]&(negated|hypothetical|someoneElse) == 0 && !r.any(cNotDone)
}

func (r *reading) saysSkipped() bool {
	asked := r.isQuestion()
	_, ok := r.find(cNotDone, func(h lexicon.Hit) bool {
		if asked && (r.sent[h.From] == r.sent[len(r.toks)-1] && r.clause[h.From] == r.clause[len(r.toks)-1] || r.opensAsQuestion() && r.begins(r.skipGreeting(), cNotDone) == 0) {
			return false // "should i skip?", but not "havent done it yet, wheres the video?"
		}
		if i := int(h.From) - 1; r.begins(i+1, cSkipWord) > 0 && (r.nothingAt(int(h.To)) || r.flags[i+1]&negated != 0 && r.begins(i+1, cNegate) == 0 && !r.is(i, "no")) {
			return false // "done, skipped nothing"
		}
		if r.begins(int(h.From), cUnable) > 0 && (r.is(int(h.To), "stop") || r.is(int(h.To), "resist") || r.is(int(h.To), "believe") || r.is(int(h.To), "quit")) {
			return false // "couldnt stop at 3 so i did 5 sets"
		}
		if r.tomorrowsSoreness(int(h.From)) {
			return false // "pecs will complain tomorrow"
		}
		if r.is(int(h.To), "that") || r.is(int(h.To), "this") && r.is(int(h.To)+1, "before") {
			return false // "my leg gave out, never did that before"
		}
		return r.flags[h.From]&(hypothetical|someoneElse) == 0 && !r.overlapped(h, cAllZero)
	})
	return ok
}

// tomorrowsSoreness says whether the day at i is only when what was worked will be sore.
func (r *reading) tomorrowsSoreness(i int) bool {
	if !r.is(i, "tomorrow") && !r.is(i, "tmrw") && !r.is(i, "manana") {
		return false
	}
	return r.speaksOf(cWillBeSore, r.startOfClause(i), i)
}

var cWillBeSore = lexicon.Must("will_be_sore") // "will complain", "gonna hate me"

func (r *reading) isHomeworkTalk() bool { return r.asked == AskedHomework && r.any(cDone) }
