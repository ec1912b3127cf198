package reply

import "backstop/flows/reply/lexicon"

// What takes an end of the texts back: it is dreaded rather than wanted, the STOP was a slip, or
// the complaint ends in praise.

var (
	cDreads   = lexicon.Must("dreads_end")   // "would hate", "no quiero"
	cLosing   = lexicon.Must("losing_texts") // "lose", "be without", "perder"
	cSlipWord = lexicon.Must("slip_word")    // "autocorrect", "perdón"
	cStaysOn  = lexicon.Must("stays_on")     // "keep me on", "sigan mandando"
	cRedeems  = lexicon.Must("redeems")      // "they work", "me sirven"
	cNews     = lexicon.Must("big_news")     // "new pr", "guess what"
)

// dreadReach is how many words may stand between a dread and the end that is dreaded.
const dreadReach = 7

// dreadsEnd says whether the act of ending from token i to token to is one that somebody does not
// want: "i would hate the texts to end", "i dont want to lose these texts", "no quiero que me saquen
// de la lista"; but not "i dont want to ask again to be removed".
func (r *reading) dreadsEnd(i, to int) bool {
	if !r.all.has(cDreads) {
		return false
	}
	for j := max(i-dreadReach, 0); j <= i; j++ {
		if wish := r.begins(j, cDreads); wish > 0 && r.dreaded(wish) >= to {
			return true
		}
	}
	return false
}

// dreaded returns the end of what is dreaded from token i on, 0 if it is no end of the texts.
func (r *reading) dreaded(i int) int {
	named, infinitive := false, false
	for j := i; j < min(i+dreadReach, r.endOfClause(i-1)); {
		texts := max(r.begins(j, cTextsNoun), r.begins(j, cTheTexts), r.begins(j, cThemWord))
		if end := max(r.begins(j, cTextsEnd), r.begins(j, cTextsEnded)); end > 0 && (named || infinitive && r.textsFrom(end) > 0) {
			return max(end, r.textsFrom(end))
		}
		if end := r.begins(j, cLosing); end > 0 {
			return r.textsFrom(end)
		}
		if end := r.begins(j, cTakesOut); end > j && !r.is(j, "want") {
			if list := r.listEnd(end); list > 0 {
				return list
			}
		}
		if end := r.begins(j, cLeaves); end > 0 {
			if program, _ := r.programAfter(end); program > 0 && r.closesDread(program) {
				return program
			}
		}
		named = named || texts > 0
		infinitive = r.is(j, "to") || r.is(j, "que") || r.is(j, "se") || infinitive && r.is(j, "be")
		if texts == 0 && !infinitive && !lexicon.Default().Filler(r.words[j]) && !r.dreadLink(j) {
			return 0
		}
		j = max(texts, j+1)
	}
	return 0
}

// dreadLink says whether token i only links a dread with what is dreaded.
func (r *reading) dreadLink(i int) bool {
	switch r.keyOr(i) {
	case "for", "if", "they", "be", "get", "getting", "being", "have", "the", "your", "ur", "me", "los", "las", "tus", "sus", "estos", "esos", "it", "lo", "daily", "weekly":
		return true
	}
	return false
}

// textsFrom returns the end of the texts where they begin at token i or after a small word and close
// the clause: "lose THESE TEXTS", but not "lose my job over these texts".
func (r *reading) textsFrom(i int) int {
	for j := i; j < min(i+3, r.endOfClause(i-1)); j++ {
		end := max(r.begins(j, cTextsNoun), r.begins(j, cTheTexts), r.begins(j, cTextsStrict))
		if r.begins(j, cThemWord) > 0 || r.is(j, "these") {
			end = max(end, j+1)
		}
		if end > 0 && !r.is(j, "these") || end > 0 && r.closesDread(end) {
			return end
		}
		if end == 0 && !lexicon.Default().Filler(r.words[j]) && !r.dreadLink(j) {
			return 0
		}
	}
	return 0
}

// listEnd returns the end of a list or of the texts from token i on, or i where nothing follows.
func (r *reading) listEnd(i int) int {
	if r.closesDread(i) {
		return i
	}
	for j := i; j < min(i+3, r.endOfClause(i-1)); j++ {
		if end := max(r.begins(j, cOffList), r.offTexts(j)); end > 0 && r.closesDread(end) {
			return end
		}
	}
	return 0
}

// closesDread is closesWish that also takes laughter, a "but", and why somebody wants to stay.
func (r *reading) closesDread(i int) bool {
	return r.closesWish(i) || r.begins(i, cLaughing)+r.begins(i, cStaysOn)+r.begins(i, cRedeems)+r.begins(i, cFirstPerson) > 0
}

// slippedStop finds a STOP that was a slip where the texts are wanted: "oops autocorrect said stop,
// keep me on", "perdón el stop, sí quiero los mensajes".
func (r *reading) slippedStop() bool {
	if !r.any(cStaysOn, cStillWant) || !r.any(cSlipWord, cByMistake) || r.isQuestion() {
		return false
	}
	for i := 1; i < len(r.toks); i++ {
		if r.begins(i, cCarrierStop) == 0 || r.begins(i-1, cPressed) == 0 && !r.namesWord(i-1) {
			continue
		}
		if r.staysOn(0, len(r.toks)) {
			r.note("intent: start", i-1, i+1, "stopped by a slip")
			return true
		}
	}
	return false
}

// namesWord says whether the word at token i names what follows as something that was written.
func (r *reading) namesWord(i int) bool {
	switch r.keyOr(i) {
	case "to":
		return r.is(i-1, "it") || r.is(i-1, "changed")
	case "said", "says", "wrote", "into", "in", "my", "that", "the", "last", "a", "was", "meant", "el", "ese", "puso", "escribio", "mando", "mi", "dijo", "dice", "un":
		return true
	}
	return false
}

// staysOn says whether the texts are wanted between two tokens: "keep texting me", but neither "dont
// keep texting" nor "you keep texting".
func (r *reading) staysOn(from, to int) bool {
	for i := from; i < to; i++ {
		if r.begins(i, cStaysOn)+r.begins(i, cStillWant) > 0 && !r.unwanted(i) {
			return true
		}
	}
	return false
}

// unwanted says whether the wish for the texts at token i is denied, or told of who sends them: "yall
// keep texting me".
func (r *reading) unwanted(i int) bool {
	for j := i; j+1 < r.endOfClause(i); j++ {
		if r.is(j, "to") && r.begins(j+1, cTextsEnd) > 0 {
			return true // "i want the texts to end"
		}
	}
	denied := r.flags[i]&(negated|hypothetical|someoneElse) != 0 && r.begins(i, cNegate) == 0
	return denied || r.you(i-1) || r.is(i-1, "they") || r.is(i-1, "these") || r.is(i-1, "still") && (r.you(i-2) || r.is(i-2, "they") || r.begins(i-2, cJoiner) > 0)
}

// redeemed says whether what the texts are blamed for before token i is outweighed: "annoying but they
// work", "molestan pero me sirven", "annoying, they do help tho".
func (r *reading) redeemed(i int) bool {
	end := r.endOfSentence(i)
	turned := false
	for j := i; j < end; j++ {
		turned = turned || r.begins(j, cBut) > 0
	}
	if !turned && r.begins(r.startOfSentence(i), cBut)+r.begins(r.startOfSentence(i), cIf) == 0 {
		return false
	}
	for j := i + 1; j < end; j++ {
		good := r.begins(j, cRedeems)
		if good == 0 || r.flags[j]&(negated|impossible|hypothetical) != 0 && r.begins(j, cNegate) == 0 {
			continue
		}
		return !r.speaksOf(cTextsEnd, good, end) && !r.speaksOf(cCarrierStop, good, end)
	}
	return false
}

// cheers says whether "stop everything" only calls for attention to what is told: "stop everything,
// new pr lol".
func (r *reading) cheers() bool {
	return r.any(cLaughing, cNews) && r.any(cNews) && (r.is(0, "stop") || r.is(0, "paren") || r.is(0, "alto")) && !r.any(cTextsNoun, cTextAct, cSendAct, cEarnest, cOffList, cThisPhone, cSignedUp)
}
