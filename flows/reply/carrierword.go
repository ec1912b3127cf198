package reply

import (
	"strings"

	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// A word that carriers take for an opt-out, such as STOP: as the whole message, at its start or
// its end, with what only says that it was said before, or with how often it was sent.

var (
	cCarrierStop = lexicon.Must("carrier_stop")
	cStopTail    = lexicon.Must("stop_tail") // "as i told you", "ya les dije"
	cNthTime     = lexicon.Must("nth_time")  // "third", "another"
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

// carrierWord finds STOP and its kin as the whole message, courtesies aside.
func (r *reading) carrierWord() bool {
	found := false
	for i := 0; i < len(r.toks); {
		if r.toldAsDone(i) {
			return false
		}
		if end := r.begins(i, cCarrierStop); end > 0 && !found {
			r.note("intent: stop", i, end, "carrier word")
			found, i = true, end
			continue
		}
		if r.toks[i].Kind != token.Word && r.toks[i].Kind != token.Number {
			i++
			continue
		}
		end := max(r.begins(i, cCourtesy), r.begins(i, cCarrierStop))
		if found || r.begins(i+1, cCarrierStop)+r.begins(i+2, cCarrierStop) > 0 {
			end = max(end, r.begins(i, cStopManner))
			if !found {
				end = max(end, r.begins(i, cYes), r.begins(i, cNo), r.begins(i, cAck)) // "yeah stop"
			}
			if end == 0 && !r.is(i, "lol") && !r.is(i, "haha") {
				end = r.begins(i, cInterjection) // "omg stop"
			}
		}
		if lead := r.begins(i, cStopLead); end == 0 && !found && lead > 0 && r.leadsToCarrier(lead) {
			end = lead // "for the last time: STOP"
		}
		if end == 0 && !found && (r.is(i, "no") || r.is(i, "yes") || r.is(i, "and") || r.is(i, "y")) {
			end = i + 1 // "NO and STOP"
		}
		if end == 0 || found && r.is(i, "today") {
			return false
		}
		i = end
	}
	return found
}

// toldAsDone says whether the accent of the word at i makes of an order what the patient did: "ya
// paré", "cancelé".
func (r *reading) toldAsDone(i int) bool {
	return (r.is(i, "pare") || r.is(i, "cancele") || r.is(i, "deje") || r.is(i, "use")) && strings.HasSuffix(r.text[r.toks[i].Start:r.toks[i].End], "é")
}

// leadsToCarrier says whether a carrier word follows at token i, marks aside.
func (r *reading) leadsToCarrier(i int) bool {
	for r.mark(i) {
		i++
	}
	return r.begins(i, cCarrierStop) > 0
}

// stopOpens finds "STOP." as a sentence of its own before more text, and STOP
// in capitals before a new subject ("STOP i cant feel my legs").
func (r *reading) stopOpens() bool {
	if len(r.toks) < 2 || !r.is(0, "stop") && !r.is(0, "alto") && !r.is(0, "unsubscribe") {
		return false
	}
	if r.is(1, r.key(0)) {
		next := 2
		for r.is(next, r.key(0)) {
			next++
		}
		return !r.is(next, "is") && !r.is(next, "was") && !r.isQuestion() && (r.asked != AskedHomework || !r.speaksOfTraining()) // "stop stop its 6 am"
	}
	if r.is(0, "alto") && len(r.ratings) > 0 && r.sent[r.ratings[0].from] == r.sent[0] {
		return false // "alto, un 7"
	}
	if r.mark(1) && r.sent[min(2, len(r.toks)-1)] != r.sent[0] || r.is(1, ",") {
		return !r.isQuestion()
	}
	if r.signedAfter(1) {
		return !r.isQuestion() && len(r.figures) == 0 && (r.asked != AskedHomework || !r.speaksOfTraining())
	}
	if r.is(0, "stop") && r.stopsBefore(1) {
		return true
	}
	next := max(1, r.begins(1, cCourtesy)) // "STOP PLEASE IM AT A FUNERAL"
	if next > 1 && (r.is(next, ",") || r.is(next, ".")) && next+1 < len(r.toks) && len(r.figures) == 0 {
		return !r.isQuestion() && (r.asked != AskedHomework || !r.speaksOfTraining()) // "stop por favor, ya no quiero nada"
	}
	if r.is(0, "alto") && r.toks[0].Upper && !r.allUpper() && r.begins(next, cNewSubject) > 0 {
		return true // "ALTO prefiero llamar yo"
	}
	if r.toks[0].Upper && !r.allUpper() && r.givesReason(next) && !r.any(cPain, cBack, cStillWant, cByMistake) {
		return !r.isQuestion() && len(r.ratings) == 0 // "STOP we're moving away"
	}
	return r.toks[0].Upper && r.begins(next, cFirstPerson) > 0 && !r.is(next, "my")
}

// signedAfter says whether a mark at i parts what was said from who says it or why: "stop
// -Jim", "STOP (sent by my daughter)", but not "stop - 3 sets".
func (r *reading) signedAfter(i int) bool {
	if !r.is(i, "-") && !r.is(i, "(") && !r.is(i, ";") && !r.is(i, "–") && !r.is(i, "—") {
		return false
	}
	return i+1 < len(r.toks) && r.toks[i+1].Kind == token.Word
}

// stopsBefore says whether "stop" ends before token i and somebody tells why: "stop this is
// the 3rd time", "stop these please im on my way out"; but not "stop this pain".
func (r *reading) stopsBefore(i int) bool {
	named := false
	for i < len(r.toks) {
		end := max(r.begins(i, cCourtesy), r.begins(i, cTextsStrict))
		if r.is(i, "these") || r.is(i, "them") {
			end, named = i+1, true
		}
		if end == 0 || r.tellsWhy(i) {
			break
		}
		i = end
	}
	if !r.tellsWhy(i) || r.asked == AskedHomework && r.speaksOfTraining() || len(r.ratings) > 0 {
		return false
	}
	return named || !r.any(cPain, cBack, cStillWant, cByMistake) && !r.symptomIn(i, r.endOfSentence(i)) && !r.isQuestion()
}

// tellsWhy says whether somebody or something else is spoken of from token i on: "this is",
// "ive told you", "you people".
func (r *reading) tellsWhy(i int) bool {
	if r.begins(i, cNewSubject) > 0 || r.is(i, "or") && r.begins(i+1, cFirstPerson) > 0 {
		return true
	}
	switch r.keyOr(i) {
	case "its", "im", "ive", "thats", "id", "my":
		return true
	case "i", "this", "it", "that", "we", "they":
		return r.is(i+1, "is") || r.is(i+1, "have") || r.is(i+1, "am") || r.is(i+1, "are") || r.is(i+1, "do") || r.is(i+1, "get") || r.begins(i+1, cNegate) > 0
	}
	return false
}

// stopCloses finds "stop" as a last sentence of its own: "annoying. stop."
func (r *reading) stopCloses() bool {
	last := len(r.toks) - 1
	for last > 0 && (r.mark(last) || r.toks[last].Kind == token.Emoji || r.begins(last, cStopManner) == last+1 && (r.mark(last-1) || r.pausesBefore(last))) {
		last-- // "you buzz. stop. permanently."
	}
	if !r.endingWord(last) {
		return false
	}
	for last > 0 && r.is(last-1, r.key(last)) {
		last-- // "ive asked twice. STOP STOP STOP"
	}
	if first, ok := r.figureStarting(0); ok && r.figures[first].to == last-1 && r.begins(last-1, cJoiner) > 0 {
		return r.asked != AskedHomework // "2 and stop"
	}
	if last < 2 || r.isQuestion() && r.weStop(last-1) || r.speaksOfBack() && r.any(cPain, cBack) || r.flags[last]&(hypothetical|someoneElse) != 0 {
		return false
	}
	if r.asked == AskedHomework && !r.any(cWrongWhole) && !r.namesTexts() && !r.orderedAlone(last) || len(r.lifts) > 0 {
		return false
	}
	if len(r.ratings) > 0 && r.startOfSentence(last) != last {
		return false // "3, make it stop", but not "3. stop"
	}
	return r.mark(last-1) && r.startOfClause(last) == last || r.pausesBefore(last) || r.leadsToStop(last-1) || r.ends(last-1, cWrongWhole) || r.ends(last-1, cWhoIs) ||
		r.begins(last-1, cAnnoys) == last || r.strangerStops(last)
}

// pausesBefore says whether a full stop was written before token i that was taken for a pause:
// "you buzz. stop. permanently."
func (r *reading) pausesBefore(i int) bool {
	return strings.Contains(r.text[r.toks[i-1].End:r.toks[i].Start], ".")
}

// leadsToStop says whether the word at i only leads to a "stop".
func (r *reading) leadsToStop(i int) bool {
	switch r.key(i) {
	case "please", "but", "so", "then", "now", "kindly", "just", "time", "anyway", "regardless", "seriously":
		return true
	}
	if r.is(i, "ok") || r.is(i, "okay") {
		return r.startOfSentence(i) == i // "whats the word again? ok STOP"
	}
	return r.is(i, "either") && r.is(i-1, "way")
}

// endingWord says whether token i, the last, is a word that ends the texts.
func (r *reading) endingWord(i int) bool {
	if r.is(i, "remove") {
		return (r.asked == AskedNone || r.any(cWrongWhole)) && !r.any(cNotTexts, cAppointment)
	}
	if r.is(i, "quit") && r.asked == AskedNone && i > 1 && r.startOfSentence(i) == i && !r.any(cPain, cBack) {
		return true // "youre wasting my minutes. Quit."
	}
	return r.is(i, "stop") || r.is(i, "unsubscribe") || r.is(i, "alto") || r.begins(i, cCarrierStop) > 0 && r.namesThese()
}

// strangerStops says whether a stranger's short text ends with "stop" at token i: "im not
// maria stop", but not "this is not my stop".
func (r *reading) strangerStops(i int) bool {
	return r.any(cWrongWhole) && r.wordCount() <= 8 && r.begins(i-1, cPossessive)+r.begins(i-1, cPreposition) == 0 && !r.is(i-1, "the") && !r.is(i-1, "bus")
}

// givesReason says whether what follows a STOP in capitals at token i tells why.
func (r *reading) givesReason(i int) bool {
	if r.is(i, "everything") {
		i++
	}
	switch r.keyOr(i) {
	case "they", "theyre", "these", "you", "youre", "we", "were", "weve", "he", "she", "hes", "shes", "moved", "switched", "graduated", "discharged", "already", "im", "porque":
		return true
	}
	return r.begins(i, cStopReason) > 0 || r.reasonFrom(i)
}

var cStopReason = lexicon.Must("stop_reason") // "we're moving", "wrong number"

var cStopToEnd = lexicon.Must("stop_to_end") // "STOP to end"

// stopAsTold finds the instruction that a carrier gives, done by who repeats it: "they said to text
// STOP to end these", "stop to end"; but neither a question nor "Old Navy: reply STOP to opt out".
func (r *reading) stopAsTold() bool {
	h, ok := r.find(cStopToEnd, func(h lexicon.Hit) bool {
		i := int(h.From)
		if r.isQuestion() || r.any(cStaysOn, cStillWant, cOnlyAsking) || !r.closesWish(int(h.To)) || r.endOfClause(i) < len(r.toks)-1 {
			return false
		}
		told := i == 0
		for j := r.skipGreeting(); j < i; j++ {
			switch r.keyOr(j) {
			case "they", "it", "u", "you", "i", "told", "said", "says", "y", "dice", "dijeron", "decia":
				told = true
			case "to", "me", "text", "reply", "send", "type", "say", "with", "was", "the", "message", "your", "msg", "so", "que", "mande", "mandar", "ponga", "escriba", "el", "mensaje", "responda":
			default:
				return false
			}
		}
		return told
	})
	if ok {
		r.note("intent: stop", int(h.From), int(h.To), "STOP as was told")
	}
	return ok
}
