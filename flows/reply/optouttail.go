package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// A carrier word that is not the whole message: what follows it only says that it was said
// before or is not meant unkindly, or a number says how often it was sent.

var (
	cStopTail = lexicon.Must("stop_tail") // "as i told you", "ya les dije"
	cNthTime  = lexicon.Must("nth_time")  // "third", "another"
)

// stopWithTail finds a carrier word that opens the text and after which nothing is told but
// that it was said: "REVOKE, as in I already revoked", "STOP ya les dije".
func (r *reading) stopWithTail() bool {
	i := r.skipGreeting()
	end := r.begins(i, cCarrierStop)
	if end == 0 || r.isQuestion() || len(r.figures) > 0 && r.asked != AskedNone {
		return false
	}
	next := end
	for next < len(r.toks) && (r.mark(next) || r.begins(next, cCourtesy) > 0) {
		next++
	}
	if r.begins(next, cStopTail) == 0 || r.any(cPain, cBack, cByMistake, cStillWant, cAppointment) && !r.is(i, "cancel") {
		return false
	}
	r.note("intent: stop", i, end, "carrier word and what was said of it")
	return true
}

// stopCounted finds a STOP that tells how often it was sent: "third STOP this week", "another
// STOP for you"; but not "third stop on the tour".
func (r *reading) stopCounted() bool {
	h, ok := r.find(cNthTime, func(h lexicon.Hit) bool {
		i := int(h.To)
		if r.is(i, "time") {
			i++
		}
		for i < len(r.toks) && r.mark(i) && r.sent[i] == r.sent[h.From] {
			i++
		}
		if !r.is(i, "stop") && !r.is(i, "unsubscribe") && !r.is(i, "alto") || r.query {
			return false
		}
		next := i + 1
		for next < len(r.toks) && (r.mark(next) || r.begins(next, cCourtesy)+r.begins(next, cStopManner) > 0) {
			next++
		}
		if r.toks[i].Upper && !r.allUpper() {
			return next >= len(r.toks) || r.begins(next, cPreposition) == 0 || r.is(next, "for") || r.is(next, "in")
		}
		this := r.is(next, "this") || r.is(next, "today") || r.is(next, "esta")
		return this && r.endOfSentence(next)-next <= 4 || next >= len(r.toks) && r.mark(i-1)
	})
	if ok {
		r.note("intent: stop", int(h.From), int(h.To)+1, "STOP once more")
	}
	return ok
}

// allUpper says whether every word of some length is in capitals, so that they say nothing.
func (r *reading) allUpper() bool {
	for _, t := range r.toks {
		if t.Kind == token.Word && t.KeyEnd-t.KeyStart > 1 && !t.Upper {
			return false
		}
	}
	return true
}
