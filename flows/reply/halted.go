package reply

import "backstop/flows/reply/lexicon"

// becauseOfIt finds what was changed "because of it", where the pain was asked for.
func (r *reading) becauseOfIt() bool {
	if !painAsked(r.asked) || r.any(cNotTheBack) {
		return false
	}
	for i := 2; i < len(r.toks); i++ {
		if !r.is(i, "it") && !r.is(i, "this") && !r.is(i, "eso") && !r.is(i, "ello") || i+1 < len(r.toks) && !r.mark(i+1) && r.begins(i+1, cLetNot)+r.begins(i+1, cJoiner) == 0 || r.flags[i]&(hypothetical|someoneElse|past) != 0 {
			continue
		}
		if r.begins(i+1, cLetNot) > 0 && r.is(i, "it") {
			r.note("interference: some", i, i+2, "it would not let me")
			return true
		}
		if r.ends(i-1, cCauseMark) && (r.is(i-1, "of") || r.is(i-1, "to") || r.is(i-1, "por")) && r.clause[i-1] == r.clause[i] && r.alteredNear(i) {
			r.note("interference: some", i-1, i+1, "because of it")
			return true
		}
	}
	return false
}

// sparesIt finds what was done another way, or left, since something else makes it worse: "drove
// the automatic instead of my stick cuz the clutch bugs it".
func (r *reading) sparesIt() bool {
	if !painAsked(r.asked) || r.any(cNotTheBack) {
		return false
	}
	h, ok := r.find(cBugsIt, func(h lexicon.Hit) bool {
		start := r.startOfSentence(int(h.From))
		return r.plain(h) && r.speaksOf(cCauseMark, start, int(h.From)) && (r.speaksOf(cSwaps, start, int(h.From)) || r.speaksOf(cInPlace, start, int(h.From)))
	})
	if ok {
		r.note("interference: some", int(h.From), int(h.To), "done otherwise to spare it")
	}
	return ok
}

var (
	cBugsIt  = lexicon.Must("bugs_it")
	cInPlace = lexicon.Must("in_place_of")
)

// haltedByIt finds a stop and, after it, the pain or its number as the cause: "stopped
// halfway because it crept to a 4", "paré porque me subió a cuatro".
func (r *reading) haltedByIt() bool {
	h, ok := r.find(cHalted, func(h lexicon.Hit) bool {
		if r.flags[h.From]&(negated|impossible|hypothetical|someoneElse|past) != 0 || r.is(int(h.From)-1, "non") {
			return false
		}
		if i := int(h.From); (r.is(i-1, "so") || r.is(i-2, "so")) && r.hurtBefore(i) {
			return true // "back grabbed at a 5 so i stopped"
		}
		if r.asked == AskedHomework && r.flaredNear(h) {
			return true // "got one set in and stopped, back spasm"
		}
		for j := int(h.To); j < int(h.To)+haltReach && j < len(r.toks) && r.sent[j] == r.sent[h.From]; j++ {
			if r.painRose(j) || (r.is(j, "when") || r.is(j, "cuando") || r.is(j, "porque")) && r.roseFrom(j+1) {
				return true
			}
			end := r.begins(j, cCauseMark)
			if end == 0 || r.looseCause(j) || r.begins(j, cBut) > 0 {
				continue
			}
			if r.causeRated(int(h.To)) {
				return true
			}
			for k := end; k < end+4 && k < len(r.toks); k++ {
				if r.begins(k, cBack) > 0 && !r.foreignCause(int(h.To)) {
					return true
				}
			}
		}
		return false
	})
	if ok {
		r.note("interference: some", int(h.From), int(h.To), "stopped by it")
	}
	return ok
}

// hurtBefore says whether the sentence of token i tells of the back or of pain and gives it a
// number above zero before it.
func (r *reading) hurtBefore(i int) bool {
	for _, x := range r.ratings[:min(len(r.ratings), nearFigures)] {
		if x.value > 0 && x.to <= i && r.sent[x.from] == r.sent[i] {
			start := r.startOfSentence(i)
			return r.speaksOf(cBack, start, i) || r.speaksOf(cPain, start, i) || r.speaksOf(cFeltIt, start, i)
		}
	}
	return false
}

// flaredNear says whether the sentence of h tells that the back flared, locked or went into spasm.
func (r *reading) flaredNear(h lexicon.Hit) bool {
	if r.speaksOf(cGrabsIt, r.startOfSentence(int(h.From)), r.endOfSentence(int(h.From))) {
		return true
	}
	_, ok := r.find(cFlare, func(f lexicon.Hit) bool {
		return r.sent[f.From] == r.sent[h.From] && r.plain(f) && r.flags[f.From]&idiomatic == 0 && !r.flaresElsewhere(f)
	})
	return ok
}

var cGrabsIt = lexicon.Must("grabs_it")

var cFeltIt = lexicon.Must("felt_it")

// painRose says whether the pain at token j is told to have risen to a number: "then quit,
// pain shot up to a 6".
func (r *reading) painRose(j int) bool {
	if r.begins(j, cPain)+r.begins(j, cBack) == 0 && !r.is(j, "it") {
		return false
	}
	return r.roseFrom(j+1) || r.roseFrom(j+2)
}

// roseFrom says whether a verb of rising and its number stand at token i: "llegó a 6".
func (r *reading) roseFrom(i int) bool {
	end := r.begins(i, cRoseTo)
	k, ok := r.figureStarting(end)
	if !ok {
		k, ok = r.figureStarting(end + 1)
	}
	return end > 0 && ok && r.figures[k].value > 0
}

// haltReach is how many words may stand between a stop and its cause.
const haltReach = 9

var cHalted = lexicon.Must("halted")

// soSwapped finds what was done otherwise right after a number: "5, so I traded my run
// for laps in the pool".
func (r *reading) soSwapped() bool {
	if !painAsked(r.asked) && r.asked != AskedNone {
		return false
	}
	for _, x := range r.ratings[:min(len(r.ratings), nearFigures)] {
		if x.value == 0 {
			continue
		}
		i := x.to
		for i < len(r.toks) && i < x.to+4 && !r.is(i, "so") {
			i++
		}
		if !r.is(i, "so") || r.sent[i] != r.sent[x.from] || r.begins(i+1, cFirstPerson) == 0 || r.flags[i]&(hypothetical|someoneElse|past) != 0 {
			continue
		}
		if end := r.begins(i+2, cSwaps); end > 0 {
			r.note("interference: some", i, end, "done otherwise")
			return true
		}
	}
	return false
}

var cSwaps = lexicon.Must("swaps")

var cLetNot = lexicon.Must("let_not")
