package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// A wish for no more texts that no phrase says whole is put together from its
// parts: a ban on writing, a name taken off a list, a STOP said before, a
// threat, a thank-you for an end.

var (
	cForbid      = lexicon.Must("forbid")
	cTextAct     = lexicon.Must("text_act")
	cSendAct     = lexicon.Must("send_act")
	cToldWhom    = lexicon.Must("told_whom")
	cSentWhat    = lexicon.Must("sent_what")
	cBounded     = lexicon.Must("bounded")
	cTakesOut    = lexicon.Must("takes_out")
	cOffList     = lexicon.Must("off_list")
	cSaysStop    = lexicon.Must("says_stop")
	cThreat      = lexicon.Must("threat")
	cOneMoreText = lexicon.Must("one_more_text")
	cGladIf      = lexicon.Must("glad_if")
	cTextsEnded  = lexicon.Must("texts_ended")
	cTheseTexts  = lexicon.Must("these_texts")
	cStopManner  = lexicon.Must("stop_manner")
	cSaidOf      = lexicon.Must("said_of")   // when, or of what, it was said
	cSaysElse    = lexicon.Must("says_else") // who else says stop
)

// farewell says whether the text puts an end to the texts by its parts.
func (r *reading) farewell() bool {
	return r.forbidsTexts() || r.takesOffList() || r.saidStop() || r.threatens() || r.gladOfEnd() || r.wishesSilence() || r.strikesNumber() || r.strikesPhone() || r.strikesKin() || r.fedUp()
}

// toldAnother says whether it was somebody else who was told: "told my cousin to stop
// texting me".
func (r *reading) toldAnother(i int) bool {
	if !r.is(i-1, "to") || r.begins(i-2, cOtherPerson) == 0 {
		return false
	}
	for j := i - 3; j >= 0 && i-j <= 5; j-- {
		if r.is(j, "told") || r.is(j, "asked") || r.is(j, "begged") || r.is(j, "warned") || r.is(j, "telling") {
			return true
		}
	}
	return false
}

// forbidsTexts finds a ban on writing: "dont msg me again", "no molesten más a
// este número", but not "i dont text much" nor "dont text me before 9".
func (r *reading) forbidsTexts() bool {
	h, ok := r.find(cForbid, func(h lexicon.Hit) bool {
		i := int(h.From)
		if r.notMeant(h) || r.endsElse(h) && !r.is(i, "pare") || i > r.startOfClause(i) && r.tellsOnly(i-1) || r.toldAnother(i) {
			return false
		}
		for j := int(h.To); j < len(r.toks) && j <= int(h.To)+2 && r.clause[j] == r.clause[i]; j++ {
			if r.is(j, "use") && (r.is(i, "no") || r.toldAsDone(j)) {
				return false // "no longer use this phone", "el cinturón ni lo usé" tell what the patient does
			}
			if r.negatesItself(h) && r.begins(j, cForbid) > 0 && r.begins(j, cNegate) == 0 {
				return false // "don't you ever stop texting me"
			}
			if end := r.begins(j, cTextAct); end == j+1 && r.is(j, "bother") && (r.closesWish(end) && !r.is(end, "me") && !r.is(end, "us") || r.begins(i-1, cTextsNoun) > 0) {
				return false // "dont bother, i got it", "these texts dont bother me"
			} else if end > 0 && r.forGood(end, cToldWhom) {
				return !r.painBothers(i, j) && !r.onlyThen(end)
			}
			if end := r.begins(j, cSendAct); end > 0 && r.anothersThings(end) {
				return true
			} else if end > 0 && r.forGood(end, cSentWhat) {
				return !(r.is(end, "me") || r.is(end, "us")) || !r.is(end+1, "to")
			}
			if !lexicon.Default().Filler(r.words[j]) && r.begins(j, cForbid)+r.begins(j, cCourtesy) == 0 && !r.is(j, "be") && !r.is(j, "ever") {
				return false
			}
		}
		return false
	})
	if ok {
		r.note("intent: stop", int(h.From), int(h.To), "told not to write")
	}
	return ok
}

// tellsOnly says whether the word at i makes what follows a story or a question:
// "i dont text much", "why dont you text me".
func (r *reading) tellsOnly(i int) bool {
	if r.is(i, "yo") && r.begins(i+1, cTextsEnd) > 0 {
		return false // "yo stop hitting my phone"
	}
	switch r.key(i) {
	case "i", "if", "they", "it", "who", "why", "how", "hes", "shes", "dad", "mom", "we", "someone", "people", "pain", "back", "would", "you", "u",
		"yo", "ella", "el", "ellos", "porque", "quien", "que", "ojala", "creo", "si", "cuando":
		return !r.is(i, "que") || r.begins(i-1, cWhyAsk) > 0
	}
	return false
}

// painBothers says whether it is the pain that does not bother: "dont bother me none".
func (r *reading) painBothers(i, j int) bool {
	bothers := r.is(j, "bother") || r.is(j, "bothering") || r.is(j, "bug") || r.is(j, "bugging")
	return bothers && painAsked(r.asked) && (r.is(i, "dont") || r.is(i, "quit")) && !r.any(cCourtesy, cTextsNoun)
}

// notMeant says whether an act of ending stands under what takes it back. A
// condition does so only in its own clause: "if i travel or not, take me off".
func (r *reading) notMeant(h lexicon.Hit) bool {
	i := int(h.From)
	if r.keptOn(i, int(h.To)) || r.ofTheBook(h) || r.othersSend(i) {
		return true
	}
	if r.flags[i]&someoneElse != 0 && !r.begs(i) && !r.kinWants(i) {
		return true // but "my kids use this phone so dont send this here"
	}
	if r.flags[i]&hypothetical == 0 || r.politeIf(i) || r.begins(r.startOfSentence(i), cAsksWould) > 0 {
		return false // "would it be possible to be removed"
	}
	start := r.startOfClause(i)
	return !r.is(start-1, ",") && r.begins(start, cBut) == 0 || r.speaksOf(cIf, start, i) || r.speaksOf(cHypothetical, start, i) || r.opensAsQuestion()
}

// kinWants says whether the patient's own wish is told by who writes: "my wife would like
// to be taken off these".
func (r *reading) kinWants(i int) bool {
	for j := i; j >= r.startOfClause(i) && i-j <= 4; j-- {
		if r.begins(j, cKinWants) > 0 && !r.advises(j-1) {
			return true
		}
	}
	return false
}

// advises says whether somebody whose word is advice stands at token i, and what follows is no wish
// of the patient's: "my doctor says no more texting in bed".
func (r *reading) advises(i int) bool { return r.begins(i, cAdvisor) > 0 }

var cAdvisor = lexicon.Must("advisor")

// politeIf says whether every "if" in the sentence of i only begs: "take me off these
// texts if you would".
func (r *reading) politeIf(i int) bool {
	polite := false
	for j := r.startOfSentence(i); j < len(r.toks) && r.sent[j] == r.sent[i]; j++ {
		if r.begins(j, cIf)+r.begins(j, cHypothetical) == 0 {
			continue
		}
		end := r.begins(j, cStopManner)
		if end == 0 || !r.is(j, "if") && !r.is(j, "si") && !r.is(j, "unless") {
			return false
		}
		polite, j = true, end-1
	}
	return polite
}

// forGood says whether what follows a ban before token i is whom it protects, and
// nothing that bounds it to an hour or a place.
func (r *reading) forGood(i int, whom lexicon.Concept) bool {
	end := r.endOfClause(i - 1)
	every := r.speaksOf(cEveryOne, i, end)
	if !every && i < end && !r.mark(i) && !r.reasonFrom(i) && r.toks[i].Kind != token.Emoji && r.begins(i, whom)+r.begins(i, cForbid)+r.begins(i, cStopManner) == 0 {
		return false
	}
	if !every && (r.is(i, "me") || r.is(i, "us")) && (r.is(i+1, "the") || r.is(i+1, "a") || r.is(i+1, "my") || r.is(i+1, "your")) && r.begins(i+1, cTextsStrict)+r.begins(i+2, cTextsStrict) == 0 {
		return false // "dont text me the bill"
	}
	for j := i; j < end && !r.reasonFrom(j); j++ {
		if manner := r.begins(j, cStopManner); manner > j+1 {
			j = manner - 1 // "unless its an emergency"
			continue
		}
		if r.textsAbout(j) && r.begins(j, cPain)+r.begins(j, cBack) > 0 {
			continue // "these back pain surveys"
		}
		if r.begins(j, cNotTexts) > 0 && r.begins(j, cJoiner) == 0 && !r.textsAbout(j) || r.begins(j, cBounded) > 0 && !every && !r.everAfter(j, end) {
			return false
		}
		if j <= i+3 && r.ownText(j) {
			return false
		}
	}
	return true
}

// anothersThings finds what was sent to a stranger after token i: "quit sending his
// exercises to me", where somebody else had the number.
func (r *reading) anothersThings(i int) bool {
	if !r.any(cWrongWhole, cThisPhone, cOtherPerson, cThirdPerson) {
		return false
	}
	for j := i; j < i+3; j++ {
		if (r.is(j, "his") || r.is(j, "her") || r.is(j, "their") || r.is(j, "sus")) && r.begins(j+1, cSentToThem) > 0 {
			return true
		}
	}
	return false
}

// strikesNumber finds the number itself struck by whoever has it now: "este cel ya
// es mío, bórrenlo".
func (r *reading) strikesNumber() bool {
	if !r.any(cStrikeIt) || !r.any(cWrongWhole, cThisPhone, cProxy, cTextsNoun, cOffList) || r.any(cPain, cBack) {
		return false
	}
	h, ok := r.find(cStrikeIt, func(h lexicon.Hit) bool {
		return !r.notMeant(h) && r.flags[h.From]&(negated|impossible) == 0 && (r.fillsClause(h) || r.begins(int(h.To), cOffList) > 0)
	})
	if ok {
		r.note("intent: stop", int(h.From), int(h.To), "a number struck")
	}
	return ok
}

// strikesKin finds the patient taken off by who writes for them: "take my mother off, she
// gets confused", "he does not want the check ins, please take him off".
func (r *reading) strikesKin() bool {
	h, ok := r.find(cTakesOut, func(h lexicon.Hit) bool {
		i := int(h.From)
		if r.flags[i]&(negated|impossible|hypothetical) != 0 || r.narrated(i) || r.keptOn(i, int(h.To)) || r.othersSend(i) || r.ofTheBook(h) {
			return false
		}
		for i++; r.is(i, "my") || r.is(i, "the") || r.is(i, "mi") || r.is(i, "a"); i++ {
		}
		end := r.begins(i, cKinObject)
		if kin := r.begins(i, cOtherPerson); kin > end {
			end = kin
		} else if end == 0 || !r.any(cTextsNoun, cTextAct, cProxy, cOffList, cSignedUp, cDeceased, cPhoneWord) {
			return false // "doc took him off"
		}
		off := r.begins(end, cOffList)
		if off == 0 && r.is(end, "off") {
			off = end + 1
		}
		if off == 0 && !r.is(int(h.From), "remove") && !r.is(int(h.From), "unsubscribe") && !r.is(int(h.From), "unenroll") {
			return false
		}
		return !r.is(int(h.From), "drop") && r.closesWish(max(off, end)) // "drop my mom off"
	})
	if ok {
		r.note("intent: stop", int(h.From), int(h.To), "somebody taken off for")
	}
	return ok
}

var (
	cKinWants  = lexicon.Must("kin_wants")
	cPhoneWord = lexicon.Must("phone_word")
	cKinObject = lexicon.Must("kin_object")
)

var (
	cEveryOne   = lexicon.Must("every_one")
	cSentToThem = lexicon.Must("sent_to_them")
	cStrikeIt   = lexicon.Must("strike_it")
)

var (
	cAsksEnd   = lexicon.Must("asks_end")
	cAsksWould = lexicon.Must("asks_would")
	cOwnText   = lexicon.Must("own_text")
)

// saidStop finds a STOP that was said before and is meant again: "ive replied
// stop four times", "what part of STOP dont you understand".
func (r *reading) saidStop() bool {
	h, ok := r.find(cSaysStop, func(h lexicon.Hit) bool {
		if r.flags[h.From]&(hypothetical|someoneElse) != 0 || r.flags[h.From]&negated != 0 && !r.negatesItself(h) || r.any(cIf) || r.any(cStartWhole, cPain) {
			return false
		}
		if r.begins(int(h.From)-1, cSaysElse)+r.begins(int(h.From)-1, cOtherPerson)+r.begins(int(h.From)-1, cOtherBody) > 0 || r.begins(int(h.To)-1, cNotStop) > int(h.To) || r.is(int(h.From)-1, "you") && r.is(int(h.From), "say") {
			return false // "doc said stop lifting", "unless you say stop"
		}
		if next := int(h.To); (r.begins(next, cSaidOf)+r.begins(next, cIf) > 0 || r.is(next, "when") || r.is(next, "cuando")) && r.begins(next+1, cTextsStrict)+r.begins(next+1, cTextsNoun) == 0 {
			return false // "i say stop when my coach pushes", "les pedí que me quitaran el peso"
		}
		next := int(h.To)
		if r.is(next, "to") && r.sentElsewhere(next) {
			return false // "i sent stop to the pharmacy texts"
		}
		return next >= len(r.toks) || r.begins(next, cPreposition) == 0 || r.begins(next, cTextsStrict)+r.begins(next+1, cTextsStrict) > 0 || r.is(next, "on") || r.is(next, "before")
	})
	if ok {
		r.note("intent: stop", int(h.From), int(h.To), "said before")
	}
	return ok
}

// threatens finds what happens if one more text comes, and the plain refusal of
// one more: "text me again and i call my lawyer", "i dont want one more ping".
func (r *reading) threatens() bool {
	h, ok := r.find(cOneMoreText, func(h lexicon.Hit) bool {
		i := int(h.From)
		if r.flags[i]&someoneElse != 0 {
			return false
		}
		if r.flags[i]&negated != 0 {
			return !r.narrated(i) && !r.isQuestion() && r.begins(i-1, cForbid)+r.begins(i-2, cNoWant)+r.begins(i-3, cNoWant)+r.begins(i-1, cNoWant) > 0 || r.begins(i-4, cNoWant) == i-2
		}
		for j := r.startOfSentence(i); j < len(r.toks) && r.sent[j]-r.sent[i] <= 1; j++ {
			if r.begins(j, cThreat) > 0 && r.flags[j]&negated == 0 {
				return true
			}
		}
		return false
	})
	if ok {
		r.note("intent: stop", int(h.From), int(h.To), "not one more")
	}
	return ok
}

var cNoWant = lexicon.Must("no_want")

// endReach is how many words may stand between the parts of a wished end.
const endReach = 5

// gladOfEnd finds an end that is wished for: "id be much obliged if these
// messages ceased", "can these please stop coming".
func (r *reading) gladOfEnd() bool {
	if !r.any(cTextsEnded) || !r.any(cTheseTexts) {
		return false
	}
	h, ok := r.find(cGladIf, func(h lexicon.Hit) bool {
		if r.flags[h.From]&negated != 0 || r.flags[h.From]&someoneElse != 0 && !r.kinWants(int(h.From)) || r.asksOfEnd(int(h.From)) {
			return false
		}
		texts := -1
		for j := int(h.To); j < len(r.toks) && j < int(h.To)+2*endReach && r.sent[j] == r.sent[h.From]; j++ {
			if (r.begins(j, cPain)+r.begins(j, cBack) > 0 || r.begins(j, cNotTexts) > 0 && !r.is(j, "if")) && !r.textsAbout(j) || r.exerciseAt(j) != "" {
				return false
			}
			end := r.begins(j, cTextsEnded)
			if r.begins(j, cTheseTexts) > 0 && !r.theseOthers(j) {
				texts = j
			} else if texts >= 0 && end == 0 && len(r.at(j)) == 0 {
				texts = -1 // "i want these cramps to stop"
			}
			if end == 0 || texts < 0 || j-texts > endReach || r.keepsOn(j) || r.othersSend(end-1) {
				continue
			}
			return r.nothingElse(end, texts)
		}
		return false
	})
	if ok {
		r.note("intent: stop", int(h.From), int(h.To), "an end wished for")
	}
	return ok
}

// asksOfEnd says whether what stands at i only asks when or whether the end comes: "when will the
// texts stop", "will these end with week 12"; but not "will you make these stop".
func (r *reading) asksOfEnd(i int) bool {
	switch r.keyOr(i - 1) {
	case "when", "how", "what", "who", "where", "why", "day", "week", "month", "soon", "cuando", "como", "quien", "donde":
		return r.is(i, "will") || r.is(i, "can") || r.is(i, "could") || r.is(i, "would") || r.is(i, "make") || r.is(i, "pueden") || r.is(i, "puede") || r.is(i, "podrian")
	}
	return r.is(i, "will") && !r.you(i+1) && !r.is(i-1, "you") && !r.any(cPleaWord) && r.startOfClause(i) == i
}

// theseOthers says whether "these" at i names things of another kind: "these days".
func (r *reading) theseOthers(i int) bool {
	if !r.is(i, "these") || r.begins(i, cTheseTexts) > i+1 || i+1 >= len(r.toks) || r.toks[i+1].Kind != token.Word {
		return false
	}
	return r.begins(i+1, cUnitTime)+r.begins(i+1, cNotTexts) > 0 && r.begins(i+1, cTextsEnded)+r.begins(i+1, cTextsNoun) == 0
}

// nothingElse says whether what ends before token i is the texts themselves: the
// clause closes, or names them, or says how.
func (r *reading) nothingElse(i, texts int) bool {
	named := r.begins(texts, cTextsNoun) > 0
	for j := i; j < r.endOfClause(i-1); {
		if end := r.begins(j, cTextsStrict); end > 0 {
			named, j = true, end
			continue
		}
		end := max(r.begins(j, cStopManner), r.begins(j, cCourtesy), r.begins(j, cThemWord), r.begins(j, cToldWhom), r.begins(j, cReceive))
		switch {
		case end > 0:
			j = end
		case r.mark(j) || r.begins(j, cFillerWord) > 0 || r.is(j, "coming") || r.is(j, "to"):
			j++
		default:
			return named && r.begins(j, cBounded) == 0 && r.begins(j-1, cTextsStrict) > 0
		}
	}
	return named
}
