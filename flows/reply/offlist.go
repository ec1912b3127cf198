package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// Being taken off the list.

// offReach is how many words may stand between what is taken and its list.
const offReach = 8

// takesOffList finds the patient or the number taken off a list: "strike me from
// your texting roster", "sácame de ahí".
func (r *reading) takesOffList() bool {
	if !r.any(cOffList, cTextsNoun, cTextKind) {
		return false
	}
	h, ok := r.find(cTakesOut, func(h lexicon.Hit) bool {
		if r.notMeant(h) || r.flags[h.From]&(negated|impossible) != 0 && !r.ends(int(h.From)-1, cTurnsToUs) || r.narrated(int(h.From)) || r.is(int(h.To), "their") {
			return false
		}
		for j := int(h.From) + 1; j < len(r.toks) && j < int(h.To)+offReach && r.sent[j] == r.sent[h.From]; j++ {
			end := max(r.begins(j, cOffList), r.offTexts(j))
			if end == 0 {
				if j >= int(h.To) && (r.begins(j, cNotTexts) > 0 && r.begins(j, cJoiner) == 0 && !r.textsAbout(j) || r.exerciseAt(j) != "") {
					return false // but "take my name and number off the list"
				}
				continue
			}
			if bare := r.is(end-1, "these") || r.is(end-1, "this") || r.is(end-1, "esto") || r.is(end-1, "eso"); bare && (!r.closesWish(end) || r.is(int(h.From), "fuera") && r.is(end-1, "eso")) {
				continue // "i want off these crutches", but "quiten mi nombre de esto de los mensajes"
			}
			for k := end; k < len(r.toks) && k < end+4 && r.clause[k] == r.clause[j] && !r.reasonFrom(k); k++ {
				if r.begins(k, cNotTexts) > 0 && r.begins(k, cJoiner)+r.begins(k, cStopManner) == 0 {
					return false
				}
			}
			return true
		}
		return false
	})
	if ok {
		r.note("intent: stop", int(h.From), int(h.To), "taken off the list")
	}
	return ok
}

// offTexts returns the end of "off these automatic texts" at i.
func (r *reading) offTexts(i int) int {
	from := r.is(i, "off") || r.is(i, "from")
	if !from && !r.is(i, "de") && !r.is(i, "del") {
		return 0
	}
	if end, texts := r.programAfter(i + 1); texts || !from {
		return end
	}
	for j := i + 1; j < len(r.toks) && j <= i+4 && r.clause[j] == r.clause[i]; j++ {
		if end := r.begins(j, cTextsNoun); end > 0 && !r.is(end-1, "these") && !r.is(end-1, "this") && !r.is(end-1, "those") {
			return end
		}
		if r.begins(j, cNotTexts) > 0 && !r.textsAbout(j) || r.exerciseAt(j) != "" || r.begins(j, cAppointment)+r.begins(j, cWeekday) > 0 || r.ownText(j) {
			return 0
		}
	}
	return 0
}

// leavesThis says whether somebody wants out of, or not to be in, what is only "this": the
// texts that they answer.
func (r *reading) leavesThis() bool {
	_, ok := r.find(cOffThis, func(h lexicon.Hit) bool { return r.closesWish(int(h.To)) })
	return ok
}

// closesWish says whether nothing but manner follows from token i to the end of
// its clause.
func (r *reading) closesWish(i int) bool {
	if r.is(i, "que") && i+1 < r.endOfClause(i-1) {
		return true // "quítenme de esto que me gasta los datos"
	}
	for j := i; j < r.endOfClause(i-1); {
		if r.reasonFrom(j) {
			return true
		}
		end := max(r.begins(j, cStopManner), r.begins(j, cCourtesy), r.begins(j, cThemWord), r.begins(j, cTextsStrict))
		if end == 0 && !r.mark(j) && r.toks[j].Kind != token.Emoji && r.begins(j, cJoiner) == 0 {
			return false
		}
		if end == 0 && r.begins(j, cJoiner) > 0 {
			return true
		}
		j = max(end, j+1)
	}
	return true
}

// narrated says whether the act at i is told or asked about rather than wanted:
// "did i get removed", "it quit bothering me".
func (r *reading) narrated(i int) bool {
	if r.is(i-1, "keeps") || r.is(i-1, "kept") {
		return true // "my phone keeps blocking spam"
	}
	if r.kinWants(i) || r.is(i-1, "so") {
		return false // "she wants off the list", "my boss sees my phone so no more texts"
	}
	for back := 1; back <= 4 && i-back >= r.startOfClause(i); back++ {
		j := i - back
		end := max(r.begins(j, cAsksEnd), r.begins(j, cPain), r.begins(j, cBack))
		if r.flags[j]&idiomatic != 0 {
			continue // "sorry to be a pain, i dont need these"
		}
		if r.is(j, "it") || r.begins(j, cThirdPerson) > 0 && r.begins(i, cNegate) == 0 {
			end = j + 1
		}
		if end == 0 || end > i {
			continue
		}
		told := !r.begunBy(j-1, cMustWord) && !r.is(j-1, "how")
		for k := end; k < i; k++ {
			told = told && (lexicon.Default().Filler(r.words[k]) || r.begins(k, cFirstPerson)+r.begins(k, cTakesOut) > 0)
		}
		if told {
			return true
		}
	}
	return false
}

// ownText says whether a message of the patient's own is named at i: "delete my
// last message", but not "cancel my text messages".
func (r *reading) ownText(i int) bool {
	end := r.begins(i, cOwnText)
	return end > 0 && r.begins(end, cTextsNoun) == 0
}
