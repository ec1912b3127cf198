package reply

import (
	"strings"

	"backstop/flows/reply/lexicon"
)

var (
	cStopWish    = lexicon.Must("stop_wish")
	cStopWhole   = lexicon.Must("stop_whole")
	cNotStop     = lexicon.Must("not_stop")
	cTextsStrict = lexicon.Must("texts_strict")
	cCourtesy    = lexicon.Must("courtesy")
)

// leastPhone is the least that is a telephone number after "number".
const leastPhone = 1000

// wishGap is how many words may stand between "stop" and "texting me".
const wishGap = 5

// optsOut says whether the patient wants no more texts: a carrier word alone,
// or any wording that puts an end to the texts.
func (r *reading) optsOut(crisis bool) bool {
	if !r.jokes() && !r.cheers() && (r.carrierWord() || r.stopCloses()) {
		return true
	}
	if crisis && r.endsWithLife() || r.is(0, "un") && r.is(1, "stop") {
		return false
	}
	return !r.keepsTexts() && (r.stopWithTail() || r.stopAsTold() || r.stopCounted() || r.stopOpens() || r.stopPhrase() || r.stopAlone(crisis) || r.stopComposed() || r.stopAfterTexts() || r.farewell() || r.endsAll() || r.leavesProgram())
}

func (r *reading) symptomIn(from, to int) bool {
	for j := from; j < to; j++ {
		if r.symptomAt(j) {
			return true
		}
	}
	return false
}

// namesThese says whether the texts are named, be it only as "these".
func (r *reading) namesThese() bool {
	_, ok := r.find(cTextsNoun, func(h lexicon.Hit) bool { return !r.theseOthers(int(h.From)) })
	return ok
}

// namesTexts says whether the texts are named by more than "these".
func (r *reading) namesTexts() bool {
	_, ok := r.find(cTextsNoun, func(h lexicon.Hit) bool { return !r.is(int(h.To)-1, "these") })
	return ok
}

func (r *reading) stopPhrase() bool {
	h, ok := r.find(cStopWhole, func(h lexicon.Hit) bool {
		under := r.flags[h.From] & (negated | impossible)
		if r.begins(int(h.From)-1, cJoiner) > 0 || r.ends(int(h.From)-1, cTurnsToUs) {
			under = 0 // "not going anywhere and quit asking me"
		}
		if r.keptOn(int(h.From), int(h.To)) || r.ofTheBook(h) || r.onlyThen(int(h.To)) || r.othersSend(int(h.From)) || r.companionWants(int(h.From)) {
			return false
		}
		if r.notMeant(h) && r.flags[h.From]&hypothetical != 0 || under != 0 && !r.negatesItself(h) || r.endsElse(h) {
			return false
		}
		for j := int(h.From); j < int(h.To); j++ {
			if r.ownText(j) {
				return false
			}
		}
		last := int(h.To) - 1
		if r.offOther(int(h.To)) || r.theirList(int(h.To)) || r.outOfOther(int(h.To)) || (r.is(last, "from") || r.is(last, "of")) && r.outOfMail(last) || r.endsOther(h) {
			return false
		}
		if h.To-h.From == 1 {
			return r.wordCount() <= 4 && (r.begins(int(h.From), cMayBeElse) == 0 || r.fillsClause(h))
		}
		if told := r.is(int(h.From), "i") || r.is(int(h.From), "told") || r.is(int(h.From), "asked"); told && r.begins(int(h.To), cPreposition) > 0 && !r.is(int(h.To), "on") {
			return false // "i said stop to the trainer"
		}
		return !r.overlapped(h, cStartWhole) && !r.notTextsAfter(int(h.To)-1) && !r.theirs(int(h.From)) && !r.narrated(int(h.From)) && !r.boundTo(int(h.To))
	})
	if ok {
		r.note("intent: stop", int(h.From), int(h.To), "wish for no more texts")
	}
	return ok
}

// endsOther says whether "these" at the end of h leads to something that is no text: "a
// way to not get these spasms".
func (r *reading) endsOther(h lexicon.Hit) bool {
	last := int(h.To) - 1
	if !r.is(last, "these") && !r.is(last, "this") && !r.is(last, "get") {
		return false
	}
	for j := last + 1; j < last+4 && j < r.endOfClause(last); j++ {
		if (r.begins(j, cPain)+r.begins(j, cFlare) > 0 || r.symptomAt(j)) && !r.textsAbout(j) {
			return true
		}
	}
	return false
}

// offOther says whether "off" before token i leads to something that is no list and no text:
// "how do i get off the couch".
func (r *reading) offOther(i int) bool {
	if !r.is(i-1, "off") || r.closesWish(i) {
		return false
	}
	for j := i; j < min(i+4, r.endOfClause(i-1)); j++ {
		if r.begins(j, cTextsStrict)+r.begins(j, cTextsNoun)+r.begins(j, cOurs) > 0 {
			return false
		}
	}
	return true
}

// theirList says whether it is another sender's list that is left before token i: "how do i get off
// THEIR list".
func (r *reading) theirList(i int) bool {
	if r.ends(i-1, cOffList) || r.begins(i-1, cTextsNoun) > 0 {
		i -= 2
	}
	return r.is(i, "their") || r.is(i, "those") || r.is(i, "of") && (r.is(i+1, "their") || r.is(i+1, "those"))
}

// outOfOther says whether what is left is named after token i and is not our texts:
// "wish i could opt out of having a spine", "darme de baja de esta espalda".
func (r *reading) outOfOther(i int) bool {
	if !r.is(i, "of") && !r.is(i, "from") && !r.is(i, "de") && !((r.is(i, "to") || r.is(i, "a") || r.is(i, "in") || r.is(i, "en")) && r.ends(i-1, cSubscription)) {
		return false
	}
	end := r.endOfClause(i - 1)
	for j := i + 1; j < end && j < i+5; j++ {
		if r.begins(j, cPain)+r.begins(j, cBack)+r.begins(j, cOtherBody) > 0 && !r.textsAbout(j) {
			return true
		}
		if r.begins(j, cTextsStrict)+r.begins(j, cTextsNoun)+r.begins(j, cOurs) > 0 && !(r.is(j, "that") && j+1 < end && r.begins(j+1, cTextsStrict)+r.begins(j+1, cTextsNoun) == 0) {
			return false
		}
	}
	return i+1 < end && !r.mark(i+1)
}

// outOfMail says whether it is only mail that is left after token i: "unsubscribe me from
// the email list", but not "from email and text".
func (r *reading) outOfMail(i int) bool {
	for j := i + 1; j < i+4; j++ {
		if r.begins(j, cMailWord) > 0 {
			return r.begins(j+2, cTextsStrict) == 0 || r.begins(j+1, cJoiner) == 0
		}
	}
	return false
}

// youMust says whether we are told that we must do what begins at i: "u need to stop".
func (r *reading) youMust(i int) bool {
	return r.is(i-1, "to") && (r.is(i-2, "need") || r.is(i-2, "have")) && r.you(i-3)
}

var (
	cOurs         = lexicon.Must("ours")
	cSubscription = lexicon.Must("subscription")
)

// boundTo says whether "will you stop texting me" only asks when: "... after
// my last visit".
func (r *reading) boundTo(i int) bool {
	if !r.opensAsQuestion() && !r.is(0, "do") && !r.is(0, "does") {
		return false
	}
	end := r.endOfSentence(i - 1)
	for j := i; j < end; j++ {
		if r.is(j, "after") || r.is(j, "once") || r.is(j, "when") || r.is(j, "if") {
			return true
		}
	}
	return false
}

var (
	cStopAlone  = lexicon.Must("stop_alone")
	cWishLead   = lexicon.Must("wish_lead")
	cStopOrLife = lexicon.Must("stop_or_life") // what somebody in a crisis may want an end of as well
)

// stopComposed finds a word of ending and, after it, the texts.
func (r *reading) stopComposed() bool {
	if !r.all.has(cStopWish) {
		return false
	}
	for _, h := range r.hits {
		if h.Concept != cStopWish || r.toldAsDone(int(h.From)) || r.notMeant(h) || r.endsElse(h) && !r.youMust(int(h.From)) {
			continue
		}
		if r.begins(int(h.From), cPauseWord) > 0 && r.speaksOf(cBounded, int(h.To), r.endOfSentence(int(h.From))) {
			continue // "pause the texts while im away"
		}
		if r.flags[h.From]&(negated|impossible) != 0 && !r.negatesItself(h) && !r.ends(int(h.From)-1, cTurnsToUs) || r.begins(int(h.From)-1, cWhyAsk)+r.begins(int(h.From)-2, cWhyAsk) > 0 {
			continue
		}
		if r.narrated(int(h.From)) || r.boundTo(int(h.To)) || r.onlyThen(int(h.To)) || r.othersSend(int(h.From)) || r.companionWants(int(h.From)) {
			continue
		}
		gap, leads := wishGap, true
		for j := int(h.To); j < len(r.toks) && j < int(h.To)+gap && r.sent[j] == r.sent[h.From]; j++ {
			small := r.begins(j, cReceive) > 0 || r.is(j, "to") || r.is(j, "any") || r.is(j, "more") || r.is(j, "of") || r.is(j, "in")
			if leads = leads && (small || lexicon.Default().Filler(r.words[j])); leads && small {
				gap = min(gap+1, 2*wishGap) // "i dont wish to get any more of these messages"
			}
			if (r.is(int(h.From), "out") || r.is(int(h.From), "off")) && r.clause[j] != r.clause[h.From] {
				break // "out of town, text me"
			}
			if r.clause[j] != r.clause[h.From] && r.begins(j, cTextAct) == j+1 && !strings.HasSuffix(r.key(j), "ing") && r.mark(j-1) {
				break // "quit calling, text me"
			}
			if r.negatesItself(h) && r.begins(j, cTextsEnd)+r.begins(j, cLeaves) > 0 || r.partOfProgram(int(h.To), j) || r.ownText(j) || r.exerciseAt(j) != "" && !r.textsAbout(j) {
				break // "i dont want to stop getting these"
			}
			if r.begins(j, cJoiner) > 0 && r.begins(j-1, cCallWord) > 0 && r.begins(j+1, cTextAct) > 0 {
				continue // "stop calling and texting me"
			}
			if (r.begins(j, cPain) > 0 || r.begins(j, cNotTexts) > 0) && !r.textsAbout(j) || r.begins(j, cBut) > 0 || r.notTextsAfter(j) {
				break
			}
			end := max(r.begins(j, cTextsStrict), r.getsThese(j))
			if k, ok := r.figureStarting(end); ok && r.is(j, "number") && r.figures[k].value < leastPhone {
				break // "delete number 4 from my exercises"
			}
			if r.is(int(h.From)-1, "i") && r.is(end, "with") && (r.isPossessive(end+1) || r.begins(end+1, cOtherPerson) > 0) {
				break // "i cut off contact with my ex"
			}
			if end > 0 && !r.is(j-1, "their") && !r.is(j, "their") && !(r.begins(end-1, cSubscription) > 0 && r.outOfOther(end)) && !r.ownText(end) && !r.ownText(end+1) && !r.theirs(int(h.From)) {
				r.note("intent: stop", int(h.From), end, "an end to the texts")
				return true
			}
		}
	}
	return false
}

// getsThese returns the end of "get these" or "send them" where it closes its
// clause: what comes is the texts when it is not named.
func (r *reading) getsThese(i int) int {
	end := r.begins(i, cReceive)
	if end == 0 {
		return 0
	}
	stop := r.endOfClause(i)
	these := false
	for ; end < stop && !r.mark(end); end++ {
		them := r.is(end, "these") || r.is(end, "them") || r.is(end, "those")
		manner := r.begins(end, cStopManner)
		if !them && r.begins(end, cThemWord)+r.begins(end, cCourtesy)+r.begins(end, cFillerWord)+manner == 0 && !r.is(end, "anymore") {
			return 0
		}
		these = these || them
		end = max(end, manner-1)
	}
	if !these {
		return 0
	}
	return end
}

// theirs says whether somebody else is told to stop: "my kid wont stop texting me".
func (r *reading) theirs(i int) bool {
	if r.begins(i, cKinWish)+r.begins(i, cKinWants) > 0 || r.is(i, "does") || r.is(i-1, "does") || r.is(i, "is") || r.is(i, "hes") || r.is(i, "shes") {
		return false // "my wife does not wish me to get these"
	}
	if start := r.skipGreeting(); start < i && r.begins(start, cStopManner) == i {
		return false // "bro quit texting me"
	}
	if r.begins(i-1, cJoiner) > 0 && r.begins(i, cNegate) == 0 {
		return false // "mi hijo cumple años y paren con los mensajes"
	}
	if r.kinWants(i) || r.turnsToUs(i) || r.is(i-1, "so") || r.is(i-2, "so") && r.begins(i-1, cCourtesy) > 0 {
		return false // "i have a trainer now so no need for your texts"
	}
	for j := r.startOfClause(i); j < i; j++ {
		if r.begins(j, cOtherPerson) > 0 {
			return true
		}
	}
	return false
}

var cReceive = lexicon.Must("receive_word")

// notTextsAfter says whether what is sent is named and is not our texts: "stop
// sending me memes".
func (r *reading) notTextsAfter(j int) bool {
	for k := j + 1; k < len(r.toks) && k < j+4 && r.clause[k] == r.clause[j]; k++ {
		if r.reasonFrom(k) || r.begins(k, cStopManner) > k+1 || r.begins(k-1, cTextsNoun) > 0 && (r.is(k, "about") || r.is(k, "sobre")) || r.begins(k, cPain) > 0 && r.ratedBetween(k, k+3) {
			return false // "no more texts because they wake the baby", "i want to opt out pain 3"
		}
		if r.begins(k, cNotTexts) > 0 && r.begins(k, cJoiner)+r.begins(k, cPreposition)+r.begins(k, cTextsStrict) == 0 && !r.textsAbout(k) {
			return true
		}
		if k < j+3 && r.exerciseAt(k) != "" && r.begins(k-1, cPreposition) == 0 && !r.textsAbout(k) {
			return true // "no more of these planks"
		}
	}
	return false
}

// textsAbout says whether what is named at i only says what the texts are about:
// "no more back pain texts".
func (r *reading) textsAbout(i int) bool {
	for j := i; j <= i+2; j++ {
		if r.begins(j, cTextsNoun) > 0 || r.begins(j, cProgram) > 0 && r.begins(i, cPain)+r.begins(i, cBack)+r.begins(i, cProgramKind) > 0 || r.is(j, "question") || r.is(j, "questions") {
			return true
		}
	}
	return false
}

var (
	cMayBeElse  = lexicon.Must("may_be_else") // "alto nivel de estrés"
	cNewSubject = lexicon.Must("new_subject")
	cKinWish    = lexicon.Must("kin_wish")
	cStopLead   = lexicon.Must("stop_lead")
	cCallWord   = lexicon.Must("call_word")
	cMailWord   = lexicon.Must("mail_word")
	cPauseWord  = lexicon.Must("pause_word")
	cWhyAsk     = lexicon.Must("why_ask")
	cNotTexts   = lexicon.Must("not_texts")
)
