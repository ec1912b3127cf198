package reply

import (
	"strings"

	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

const (
	kinReach      = 3 // tokens between "my mom" and a verb that gives the subject back
	maxOtherReach = 25
)

// other marks what is said of someone else: from "my mom" to the end of the
// sentence or to the next "I", "me" or "my".
func (r *reading) other(h lexicon.Hit) {
	r.saidToBe(h)
	i := int(h.From)
	if r.is(i, "son") && (r.is(i+1, "las") || r.is(i+1, "como") || r.toks[min(i+1, len(r.toks)-1)].Kind == token.Number) {
		return // "son las 8" tells the hour
	}
	if r.is(i-1, "a") && (r.is(i-2, "im") || r.is(i-2, "am")) {
		return // "I'm a guy with numb feet"
	}
	if to := int(h.To); r.is(to-1, "old") && (r.bodyAt(to) || r.begins(to, cOtherBody) > 0) {
		return // "my 70 yr old knees"
	}
	named := i > 0 && r.begins(i-1, cPossessive) > 0
	if !r.bereaved(i) && r.begins(i, cPossessive) == 0 && !named && !r.described(i) && !r.kinOwns(h) && !r.kinOpens(h) {
		return
	}
	if r.bereaved(i) {
		r.set(int(h.To), r.untilMourner(int(h.To)), someoneElse)
		return
	}
	for j := int(h.To); j < int(h.To)+kinReach && j < len(r.toks); j++ {
		if r.begins(j, cKinSpeaks) > 0 && r.begins(j, cFellWord) == 0 && !(r.is(j, "will") && r.begins(j+1, cNegate) > 0) {
			return // "my wife says", but not "my kid took a tumble"
		}
	}
	if r.takenToCare(i, int(h.To)) {
		// "took my wife to the er with chest pains" goes on with her
	} else if i >= 2 && r.begins(i-2, cPreposition) > 0 && r.toks[i-2].Kind != token.Number && !(r.ends(i-2, cTurnWord) && !r.is(i, "horse")) && !r.is(i-2, "for") && !r.is(i-2, "by") && !r.is(i-3, "one") && !r.befalls(i, int(h.To)) || i >= 2 && r.begins(i-2, cCarry) > 0 {
		return
	}
	for j := int(h.To); j < len(r.toks) && j-i < maxOtherReach && r.sent[j] == r.sent[i]; j++ {
		if r.clause[j] != r.clause[j-1] && !r.goesOnOther(j) || r.begins(j, cJoiner) > 0 && r.ownAgain(i, j) {
			return
		}
		if r.ownReport(j) || r.begins(j, cFirstPerson) > 0 && r.begins(j+1, cOtherPerson) == 0 || r.doneToMe(j) || r.backToMe(j) || r.ownEnding(j) || r.backAfter(j) || r.is(j, "ya") && r.begins(j+1, cFirstPerson) > 0 {
			return
		}
		r.flags[j] |= someoneElse
	}
}

// takenToCare says whether the patient took the person at [i, to) to where care is given: "took my
// wife to the er".
func (r *reading) takenToCare(i, to int) bool {
	if !r.is(to, "to") && !r.is(to, "a") && !r.is(to, "al") || !r.speaksOf(cCarePlace, to+1, to+4) {
		return false
	}
	return r.begins(i-2, cTookTo) > 0 || r.begins(i-3, cTookTo) > 0
}

var (
	cCarePlace = lexicon.Must("care_place")
	cTookTo    = lexicon.Must("took_to")
)

// ownAgain says whether the "and" at j comes back to whoever writes: nothing ails the person
// at i, and what follows speaks of "me" or names a part of nobody in particular: "my wife is
// at church and both legs are numb", but not "my dad can't pee and legs are numb".
func (r *reading) ownAgain(i, j int) bool {
	for k := i; k < j; k++ {
		if r.alarmsAt(k) || r.symptomAt(k) {
			return false
		}
	}
	if r.bodyAt(j+1) || (r.begins(j+1, cBoth)+r.begins(j+1, cLeft) > 0 || r.is(j+1, "right")) && r.bodyAt(j+2) || r.begins(j+1, cPain)+r.begins(j+1, cFeverOnly) > 0 || r.speaksInO(j+1) {
		return true
	}
	for k := j + 1; k < len(r.toks) && k-j < maxOtherReach && r.sent[k] == r.sent[j]; k++ {
		if r.begins(k, cThirdPerson)+r.begins(k, cTheirOwn)+r.begins(k, cOtherPerson)+r.begins(k, cJoiner) > 0 {
			return false
		}
		if r.begins(k, cFirstPerson) > 0 {
			return k+1 >= len(r.toks) || r.begins(k+1, cOtherPerson) == 0
		}
	}
	return false
}

// speaksInO says whether a Spanish verb of the first person stands at i, after "no" or
// "ya": "mi esposa está en misa y no controlo el esfínter".
func (r *reading) speaksInO(i int) bool {
	for r.is(i, "no") || r.is(i, "ya") || r.is(i, "lo") || r.is(i, "la") {
		i++
	}
	if i >= len(r.toks) || i == 0 || r.begins(i-1, cJoiner) > 0 && !r.is(i-1, "y") {
		return false
	}
	switch r.key(i) {
	case "hice", "hago", "tengo", "estoy", "siento":
		return true
	case "estuvo", "quiso", "trajo", "anduvo", "cuando", "como", "todo", "pero", "mucho", "luego", "mejor":
		return false
	}
	t := r.toks[i]
	return t.Kind == token.Word && t.End-t.Start > 5 && r.text[t.End-1] == 'o'
}

// described says whether one word stands between whose and the person at i: "my walking
// buddy", "the old dog".
func (r *reading) described(i int) bool {
	if i < 2 || r.begins(i-2, cPossessive) == 0 || r.toks[i-1].Kind != token.Word || r.bodyAt(i-1) || r.symptomAt(i-1) {
		return false
	}
	return r.begins(i-1, cJoiner)+r.begins(i-1, cPreposition)+r.begins(i-1, cFirstPerson)+r.begins(i-1, cOtherPerson) == 0
}

// untilMourner is where the sentence of a loss before token i comes back to who is left:
// "I buried my wife in March and I'd like to join her".
func (r *reading) untilMourner(i int) int {
	end := r.endOfSentence(i - 1)
	for j := i + 1; j < end; j++ {
		if r.begins(j-1, cJoiner) > 0 && r.begins(j, cFirstPerson) > 0 && r.begins(j, cPossessive) == 0 {
			return j
		}
		if r.clause[j] != r.clause[j-1] && (r.begins(j, cFirstPerson) > 0 && r.begins(j+1, cOtherPerson) == 0 || r.begins(j, cDeathWish)+r.begins(j, cOwnBare) > 0) {
			return j // "lost my girl, dont wanna live", but not "lost my dad, my mom is sick"
		}
	}
	return end
}

// doneToMe says whether the verb at i ends in "me": "esperar a que mi esposo se
// vaya y tomarme todo" goes on with the patient.
func (r *reading) doneToMe(i int) bool {
	key := r.keyOr(i)
	return len(key) > 5 && (strings.HasSuffix(key, "arme") || strings.HasSuffix(key, "erme") || strings.HasSuffix(key, "irme"))
}

// backToMe says whether "so" or a Spanish verb at i comes back to whoever writes without
// naming them: "my ex is getting married so yeah probably gonna", "se murió mi mamá y no
// quiero despertar".
func (r *reading) backToMe(i int) bool {
	if r.begins(i, cOwnVerb) > 0 || r.begins(i, cOwnBare) > 0 && (r.begins(i-1, cJoiner) > 0 || r.is(i-1, "so") || r.clause[i] != r.clause[i-1]) {
		return true
	}
	if !r.is(i, "so") {
		return false
	}
	switch r.keyOr(i + 1) {
	case "yeah", "yea", "ya", "nobody", "gonna", "probably", "prolly", "might", "maybe", "imma", "ima", "guess":
		return true
	}
	return false
}

// befalls says whether something happens to the person at i: "a mi suegro le
// dio un infarto".
func (r *reading) befalls(i, to int) bool {
	if r.is(to, "no") || r.is(to, "ya") || r.is(to, "tambien") || r.is(to, "hoy") || r.is(to, "anoche") || r.is(to, "ayer") {
		to++ // "a mi vecino no le sale"
	}
	return r.is(i-2, "a") && (r.is(to, "le") || r.is(to, "les") || r.is(to, "lo") || r.is(to, "la") || r.is(to, "se"))
}

// tale marks what a film, a song or the news told of.
func (r *reading) tale(h lexicon.Hit) {
	if int(h.To) < len(r.toks) && r.is(int(h.To)-1, "serie") && r.begins(int(h.From), cTimeSession)+r.begins(int(h.From)+1, cTimeSession)+r.begins(int(h.From)+2, cTimeSession) > 0 {
		if r.numberBehind(int(h.To)) {
			return // "en la serie 2" is a set
		}
	}
	r.set(int(h.From), r.endOfClause(int(h.To)-1), someoneElse)
}

var cTale = lexicon.Must("tale")

// aboutKin says whether the whole text reports what ails somebody of the family,
// with nothing of the sender in it: "mi esposo no puede orinar desde anoche" is
// written for the patient.
func (r *reading) aboutKin() bool {
	if !r.any(cCloseKin) || !r.any(cKinAils) || r.any(cOwnState, cRemotePast) || len(r.toks) == 0 {
		return false
	}
	if r.answersToo() {
		return false
	}
	last := r.toks[len(r.toks)-1]
	return r.toks[0].Kind != token.Number && (last.Kind != token.Number || last.Value > 10)
}

var (
	cCloseKin = lexicon.Must("close_kin")
	cKinAils  = lexicon.Must("kin_ails") // what somebody comes to a back clinic with, or what cannot wait
	cOwnState = lexicon.Must("own_state")
)

// kinOwns says whether the word for a person owns a back or pain: "wife's back".
func (r *reading) kinOwns(h lexicon.Hit) bool {
	t := r.toks[h.From]
	if t.End-t.Start < 2 || r.keys[t.KeyEnd-1] != 's' {
		return false
	}
	if r.begins(int(h.To), cVerdictNoun) > 0 {
		return true // "wife's count is 4"
	}
	return r.symptomAt(int(h.To)) || r.symptomAt(int(h.To)+1) || r.begins(int(h.To), cBack)+r.begins(int(h.To), cPain)+r.begins(int(h.To), cOtherBody) > 0
}

// kinOpens says whether the person is the bare subject of a clause: "husband
// passed out", but neither "Mom here" nor "baby steps".
func (r *reading) kinOpens(h lexicon.Hit) bool {
	i := int(h.From)
	start := r.startOfClause(i)
	opens := i == start || i == start+1 && r.begins(start, cJoiner)+r.begins(start, cInterjection)+r.begins(start, cBut) > 0
	if !opens && !r.mark(i-1) && !r.turnsBefore(i) && !(r.begins(i-1, cJoiner) > 0 && r.begins(i-2, cFirstPerson)+r.begins(i-2, cOtherPerson) == 0) {
		return false // "back is a 3 and grandpa fell", but not "me and dad fell"
	}
	return r.begins(i, cKinSubject) == int(h.To) && int(h.To) < len(r.toks) && r.toks[h.To].Kind == token.Word && !r.is(int(h.To), "here")
}

// turnsBefore says whether another thought begins at token i without a mark: "back is fine
// cuz neighbor passed out", "pain 2 grandson wet the bed".
func (r *reading) turnsBefore(i int) bool {
	return i > 0 && (r.toks[i-1].Kind == token.Number && !r.mark(i-2) || r.ends(i-1, cTurnWord))
}

var cTurnWord = lexicon.Must("turn_word")

var cVerdictNoun = lexicon.Must("verdict_noun")

// bereaved says whether the person at i was lost: "buried my uncle on Monday,
// heart attack", "we lost grandma to a stroke".
func (r *reading) bereaved(i int) bool {
	if r.begins(i-1, cPossessive) > 0 {
		i--
	}
	return r.begins(i-1, cBereaved) > 0
}

var (
	cBereaved = lexicon.Must("bereaved")
	cFellWord = lexicon.Must("fell_word")

	cDeathWish = lexicon.Must("death_wish")
	cOwnVerb   = lexicon.Must("own_verb")
	cOwnBare   = lexicon.Must("own_bare")
)

var cKinSubject = lexicon.Must("kin_subject")

// goesOnOther says whether the clause at j still speaks of the other person:
// "my dad fell, he hurt his back", "asking for a coworker: her leg ...".
func (r *reading) goesOnOther(j int) bool {
	for i := j; i < j+2 && i < len(r.toks); i++ {
		if r.begins(i, cThirdPerson) > 0 && !r.ownPerfect(i) || r.begins(i, cTheirOwn) > 0 && r.is(j-1, ":") {
			return true
		}
	}
	if at := max(j, r.begins(j, cJoiner)); r.is(at, "se") && (r.is(at+1, "le") || r.is(at+1, "les")) {
		return true // "mi suegra es alérgica y se le cierra la garganta"
	}
	return r.begins(j, cJoiner) > 0 && r.begins(j+1, cSubject) == 0 && !r.ownRatingAt(j+1)
}

// ownRatingAt says whether the back, the pain or its worst is named at i with a number: "my
// sister's knee is an 8, and the back is a 5".
func (r *reading) ownRatingAt(i int) bool {
	if r.is(i, "the") || r.is(i, "la") || r.is(i, "el") {
		i++
	}
	if r.begins(i, cBack)+r.begins(i, cPain)+r.begins(i, cWorstWord) == 0 {
		return false
	}
	for j := i + 1; j < i+5 && j < len(r.toks); j++ {
		if r.toks[j].Kind == token.Number {
			return true
		}
	}
	return false
}

// another marks the clause of "she" or "he" when the text has named another
// person before: "I'm with my daughter, she fainted".
func (r *reading) another(i int) {
	if !r.is(i, "she") && !r.is(i, "he") && !r.is(i, "shes") && !r.is(i, "hes") && !r.is(i, "ella") || r.ownPerfect(i) || !r.kinBefore(i) {
		return
	}
	animal := r.any(cPet)
	for j := i; j < len(r.toks) && r.clause[j] == r.clause[i]; j++ {
		if r.begins(j, cFirstPerson) > 0 || r.begins(j, cKinSpeaks) > 0 {
			return
		}
		if animal && r.begins(j, cJoiner) > 0 && r.begins(j+1, cBoth)+r.begins(j+1, cBody) > 0 {
			return // "the dog pulled and both knees caved"
		}
		r.flags[j] |= someoneElse
	}
}

var cPet = lexicon.Must("pet")

// kinBefore says whether "my daughter" or the like stands at most maxOtherReach
// tokens before i.
func (r *reading) kinBefore(i int) bool {
	for j := i - 1; j > 0 && i-j <= maxOtherReach; j-- {
		if r.begins(j, cOtherPerson) > 0 && r.begins(j-1, cPossessive) > 0 {
			return true
		}
	}
	return false
}

// somebodyWith marks what a person who is not the patient has: "a guy with
// chest pain", "people who can't feel their feet".
func (r *reading) somebodyWith(h lexicon.Hit) {
	i := int(h.From)
	if r.begins(int(h.To), cWhoHas) == 0 || r.saysOfSelf(i) {
		return
	}
	if r.begins(i, cAnybody) == 0 && r.begins(i-1, cPossessive)+r.begins(i-2, cPossessive) == 0 {
		return // "dialysis patient with chills" speaks of itself
	}
	r.setUntilSelf(int(h.To))
}

// somebodysCase marks what names a patient: "transferred a stroke patient".
func (r *reading) somebodysCase(h lexicon.Hit) {
	for i := int(h.From) - 1; i >= 0 && int(h.From)-i <= 3 && r.clause[i] == r.clause[h.From]; i-- {
		if r.begins(i, cPossessive) > 0 || r.is(i, "another") {
			if !r.saysOfSelf(i) {
				r.set(i, int(h.From), someoneElse)
			}
			return
		}
	}
}

// told marks what a film or a song is about.
func (r *reading) told(h lexicon.Hit) { r.setUntilSelf(int(h.To)) }

func (r *reading) setUntilSelf(i int) {
	for j := i; j < len(r.toks) && r.clause[j] == r.clause[i] && r.begins(j, cFirstPerson) == 0; j++ {
		r.flags[j] |= someoneElse
	}
}

// saysOfSelf says whether "I'm a" or "as" stands just before token i.
func (r *reading) saysOfSelf(i int) bool {
	for j := i - 1; j >= 0 && i-j <= 3; j-- {
		if r.is(j, "im") || r.is(j, "am") || r.is(j, "as") || r.is(j, "soy") || r.is(j, "this") {
			return true
		}
	}
	return false
}

var (
	cTheirOwn   = lexicon.Must("their_own")
	cSomePerson = lexicon.Must("some_person")
	cWhoHas     = lexicon.Must("who_has")
	cCaseNoun   = lexicon.Must("case_noun")
	cStory      = lexicon.Must("story")
)

// namesProxy says whether somebody writes for the patient and gives their name:
// "this is Lorraine's sister".
func (r *reading) namesProxy() bool {
	if len(r.toks) > 4 && r.all.has(cOtherPerson) && r.signsAsKin() {
		return true
	}
	if len(r.toks) < 4 || r.begins(0, cThisIs) == 0 && !r.is(0, "its") || !r.all.has(cOtherPerson) {
		return false
	}
	i := max(r.begins(0, cThisIs), 1)
	if r.begins(i, cPossessive)+r.begins(i, cFirstPerson) > 0 || r.keys[r.toks[i].KeyEnd-1] != 's' {
		return false
	}
	return r.begins(i+1, cOtherPerson) > 0
}

// signsAsKin says whether the text opens with who writes and whose kin that is: "Denise here, his
// wife", "his wife here".
func (r *reading) signsAsKin() bool {
	for i := range min(signReach, len(r.toks)-2) {
		if !r.is(i, "his") && !r.is(i, "her") {
			continue
		}
		end := r.begins(i+1, cOtherPerson)
		opens := i == r.skipGreeting() && r.is(end, "here")
		return end > 0 && (opens || r.is(i-1, ",") && r.is(i-2, "here") && (end >= len(r.toks) || r.mark(end)))
	}
	return false
}

// signReach is how many words may stand before whose kin writes.
const signReach = 7
