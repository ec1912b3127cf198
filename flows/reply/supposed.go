package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// suppose marks a condition: "what if my leg goes numb". "Check if I am clean",
// "can only pee if I lean over" and "if I stand, both legs go numb" are none.
func (r *reading) suppose(h lexicon.Hit) {
	i := int(h.From)
	if r.is(i, "si") && (r.spanishYes(i) || r.didIt(i+1) || r.lasts(i)) || r.is(int(h.To)-1, "si") && r.lasts(int(h.To)-1) {
		return
	}
	if last := int(h.To) - 1; last > i && r.is(last, "si") && r.covered(last, cIfReal) {
		return // "y como si no fueran mios"
	}
	if r.is(i, "si") && r.is(i+1, "no") && r.is(i-1, "porque") {
		return // "levanto la rodilla porque si no tropiezo"
	}
	if r.is(i, "say") && r.saysOutright(i-1) {
		return // "I have to say I can't feel my foot", "called to say I won't be in"
	}
	if r.askedAndDenied(i) {
		r.set(i, r.endOfSentence(i), someoneElse) // somebody's question, answered with a no
		return
	}
	if r.offersWord(i) {
		r.set(i, r.endOfCondition(i), hypothetical)
		return
	}
	if (r.whether(i) || r.onlyIf(i)) && !r.othersQuestion(i) || r.happens(i) || r.happened(i) {
		return
	}
	if r.politely(i) {
		return
	}
	r.set(i, r.endOfCondition(i), hypothetical)
}

// politely says whether the condition at i is only good manners, and the sentence goes on
// after it: "if you have a minute call me, I can't speak right".
func (r *reading) politely(i int) bool {
	end := r.endOfClause(i)
	if r.begins(i, cPoliteIf) == 0 || end >= len(r.toks) {
		return false
	}
	for j := i; j < end; j++ {
		if r.alarmsAt(j) || r.symptomAt(j) {
			return false
		}
	}
	return true
}

var (
	cPoliteIf = lexicon.Must("polite_if")
	cBodyAct  = lexicon.Must("body_act")
	cRealPain = lexicon.Must("real_pain")
)

// saysOutright says whether the word at i makes the "say" after it a statement.
func (r *reading) saysOutright(i int) bool {
	switch r.keyOr(i) {
	case "to", "i", "ill", "id", "would", "will", "must", "they", "we", "you", "can", "could", "may", "might", "people", "sorry", "should", "dare":
		return true
	}
	return false
}

const (
	whetherReach = 4 // tokens between "check" and its "if"
	onlyReach    = 8 // tokens between "only" and its "if"
	leadIn       = 4 // tokens after "if I" that may not name a symptom
)

// whether says whether the "if" at i asks or looks rather than supposes.
func (r *reading) whether(i int) bool {
	for back := range 5 {
		if end := r.begins(i-back, cIfReal); end > i {
			return true
		}
	}
	for j := i - 1; j >= 0 && i-j <= whetherReach && r.clause[j] == r.clause[i]; j-- {
		if r.is(j, "what") || r.is(j, "how") || r.is(j, "in") && r.is(j-1, "check") {
			return false
		}
		if r.begins(j, cLooksWhether) > 0 {
			return true
		}
	}
	return false
}

// onlyIf says whether the condition at i is what a function hangs on: "my
// bladder only empties if I lean over".
func (r *reading) onlyIf(i int) bool {
	for j := i - 1; j >= 0 && i-j <= onlyReach && r.sent[j] == r.sent[i]; j-- {
		if !r.is(j, "only") {
			continue
		}
		for k := max(0, j-3); k < i; k++ {
			if r.symptomAt(k) {
				return true
			}
		}
	}
	return false
}

// happens says whether the condition at i is an everyday one under which the
// symptom comes: nobody asks for advice, and the condition is not the symptom.
func (r *reading) happens(i int) bool {
	english := r.is(i, "if") && r.is(i+1, "i") && !r.is(i-1, "what")
	spanish := r.is(i, "si") && !r.is(i-1, "y") && r.begins(i+1, cBodyAct) > 0
	if !english && !spanish {
		return false
	}
	known := spanish || r.begins(i+2, cCoughWord) > 0 || r.begins(i+1, cBodyAct) > 0
	for j := i + 2; j < len(r.toks) && j < i+2+leadIn && !known; j++ {
		if r.alarmsAt(j) || r.symptomAt(j) {
			return false
		}
	}
	from, to := r.windowOf(lexicon.Sentence, i)
	if r.is(to-1, "?") {
		return false
	}
	comes := false
	for j := from; j < to; j++ {
		if r.begins(j, cAdvice) > 0 {
			return false
		}
		comes = comes || j > i && (r.alarmsAt(j) || known && (r.symptomAt(j) || r.begins(j, cRealPain) > 0))
	}
	return comes
}

// askedAndDenied says whether the "si" at i is what somebody asked, and the sentence
// ends with a no: "me preguntó si quería hacerme daño y le dije que no".
func (r *reading) askedAndDenied(i int) bool {
	end := r.endOfSentence(i)
	if r.mark(end - 1) {
		end--
	}
	if end-i < 4 || !r.is(end-1, "no") || !r.is(end-2, "que") && !r.is(end-2, "y") {
		return false
	}
	switch r.keyOr(i - 1) {
	case "pregunto", "preguntaron", "pregunta", "preguntan", "doctor", "doctora", "enfermera":
		return true
	}
	return false
}

// happened says whether the condition at i is said to have come: "que avise si se me
// dormía la entrepierna, y sí, ya se me durmió".
func (r *reading) happened(i int) bool {
	for j := i + 2; j+1 < len(r.toks) && r.sent[j] == r.sent[i]; j++ {
		if r.is(j, "y") && r.is(j+1, "si") && r.spanishYes(j+1) {
			return true
		}
	}
	return false
}

// othersQuestion says whether somebody else wants to know what stands after
// the "if" at i, and it is not about the patient.
func (r *reading) othersQuestion(i int) bool {
	from, to := r.windowOf(lexicon.Sentence, i)
	other := false
	for j := from; j < i; j++ {
		other = other || r.begins(j, cOtherPerson) > 0
	}
	for j := i + 1; j < to; j++ {
		if r.begins(j, cFirstPerson) > 0 || r.is(j, "she") || r.is(j, "he") {
			return false
		}
	}
	return other
}

// endOfCondition is the end of the sentence, or where its reason begins:
// "... if I'm clean because I don't feel it".
func (r *reading) endOfCondition(i int) int {
	end := r.endOfSentence(i)
	for j := i + 2; j < end; j++ {
		if r.begins(j, cReason) > 0 && !r.is(j+1, "of") || r.is(j, "pero") && r.ownNumberAt(j+1) {
			return j
		}
	}
	if so := r.soNow(i); so > 0 {
		return so
	}
	return end
}

// soNow finds where the sentence of token i goes on to what has come, 0 if it does not:
// "you said to call if anything changes so: my foot is numb", but not "if it gets so numb".
func (r *reading) soNow(i int) int {
	_, to := r.windowOf(lexicon.Sentence, i)
	for j := i + 2; j+1 < to; j++ {
		if r.is(j, "so") && !r.notYet(j+1) {
			return j
		}
	}
	return 0
}

// notYet says whether what follows "so" at token i only goes on with the condition: "so
// numb", "so should I", "so I know".
func (r *reading) notYet(i int) bool {
	switch r.key(i) {
	case "that", "much", "bad", "many", "far":
		return true
	case "i", "we":
		switch r.keyOr(i + 1) {
		case "know", "can", "could", "should", "will", "would", "wonder":
			return true
		}
		return false
	}
	return r.begins(i, cNumb)+r.begins(i, cWeak)+r.begins(i, cTingle)+r.begins(i, cModal) > 0
}

// alarmsAt says whether a finding that makes a red flag begins at token i.
func (r *reading) alarmsAt(i int) bool {
	for _, h := range r.at(i) {
		if alarming.has(h.Concept) {
			return true
		}
	}
	return false
}

// watchesFor marks what the patient was told to watch for, unless it came.
func (r *reading) watchesFor(i int) {
	from, _ := r.windowOf(lexicon.Sentence, i)
	if r.cameTrue(i) || r.begins(i-1, cUnable)+r.begins(i-2, cUnable)+r.begins(i-3, cUnable) > 0 {
		return // "can't tell the difference between"
	}
	if link := r.statedFirst(i); link > 0 {
		from = link
	}
	end, affirmed := r.ownReason(i)
	if affirmed {
		return
	}
	if so := r.soNow(i); so > 0 && (end == 0 || so < end) {
		end = so
	}
	if end == 0 && r.begins(i, cSourceWord) > 0 {
		end = r.ownClause(i)
	}
	if end == 0 {
		end = r.afterQuestion(r.endOfSentence(i))
	}
	for j := i; j < end; j++ {
		if r.is(j, ")") {
			end = j // "w 2 jugs (8.6 lb each lol i googled) pain 2"
		}
	}
	r.set(from, end, hypothetical)
}

// ownClause finds the clause after token i that tells of the patient, 0 if there is none or
// the sentence asks: "I read about this online, my foot is numb".
func (r *reading) ownClause(i int) int {
	_, to := r.windowOf(lexicon.Sentence, i)
	if r.is(to-1, "?") {
		return 0
	}
	for j := i + 1; j < to; j++ {
		if r.clause[j] != r.clause[j-1] && r.begins(j, cFirstPerson)+r.begins(j, cUnable)+r.begins(j, cBoth) > 0 && r.begins(j+1, cModal) == 0 {
			return j
		}
	}
	return 0
}

// ownReason finds where the sentence of token i goes on to why the patient asks, 0 if it
// does not, and whether that only affirms what was asked: "can you get numb from a bad
// disc because I am".
func (r *reading) ownReason(i int) (at int, affirms bool) {
	_, to := r.windowOf(lexicon.Sentence, i)
	for j := i + 1; j+1 < to; j++ {
		if r.begins(j, cReason) == 0 || r.begins(j+1, cFirstPerson) == 0 {
			continue
		}
		verb := r.is(j+2, "am") || r.is(j+2, "do") || r.is(j+2, "have") || r.is(j+2, "did")
		return j, verb && (j+3 >= to || r.mark(j+3))
	}
	return 0, false
}

// cameTrue says whether the patient has what was spoken of: "I got that numb
// thing you told me to watch for".
func (r *reading) cameTrue(i int) bool {
	if !r.any(cRecalled) {
		return false
	}
	from, to := r.windowOf(lexicon.Sentence, i)
	for _, h := range r.hits {
		j := int(h.From)
		inSentence := j >= from && j < to && h.Concept == cHasIt
		if (inSentence || h.Concept == cCameTrue) && r.begins(int(h.To), cNegate) == 0 && r.flags[j]&negated == 0 {
			return !r.is(to-1, "?")
		}
	}
	return false
}

// onlyAsked marks the question before an "I don't have it".
func (r *reading) onlyAsked(i int) {
	from, _ := r.windowOf(lexicon.Sentence, i)
	if from > 0 && r.is(from-1, "?") {
		before, _ := r.windowOf(lexicon.Sentence, from-1)
		r.set(before, from, hypothetical)
	}
}

// defines marks a question about a word: "what's drop foot?", "what does
// saddle numbness mean".
func (r *reading) defines(h lexicon.Hit) {
	i := int(h.From)
	from, to := r.windowOf(lexicon.Sentence, i)
	end := r.endOfClause(i)
	if i-from > 2 || !r.alarmsAt(int(h.To)) && !r.symptomAt(int(h.To)) {
		return
	}
	for j := from; j < end; j++ {
		if r.begins(j, cFirstPerson)+r.begins(j, cUnable) > 0 {
			return
		}
	}
	r.set(from, to, hypothetical)
}

var (
	cLooksWhether = lexicon.Must("looks_whether")
	cCoughWord    = lexicon.Must("cough_word") // "if I cough pee comes out"
	cAdvice       = lexicon.Must("advice")
	cSourceWord   = lexicon.Must("source_word")
	cReason       = lexicon.Must("reason_word")
	cRecalled     = lexicon.Must("recalled")
	cHasIt        = lexicon.Must("has_it")
	cCameTrue     = lexicon.Must("came_true")
	cWhatIs       = lexicon.Must("what_is")
)

// general marks a question about what causes what, unless it speaks of the
// patient: "can squats cause foot drop?", but not "what makes my foot numb?".
func (r *reading) general(i int) {
	from, to := r.windowOf(lexicon.Sentence, i)
	can := r.begins(i-1, cMayBe)+r.begins(i-2, cMayBe) > 0 // "sciatica can cause foot drop"
	if !r.is(to-1, "?") && r.begins(from, cQuestion)+r.begins(from, cModal) == 0 && !can {
		return
	}
	people := false
	for j := from; j < to; j++ {
		if r.begins(j, cFirstPerson) > 0 && !(r.is(j, "my") && r.begins(j+1, cOtherPerson) > 0) {
			return
		}
		people = people || r.begins(j, cAnybody) > 0
	}
	r.set(from, to, hypothetical)
	if people {
		r.set(from, to, someoneElse)
	}
}

var cMayBe = lexicon.Must("may_be")

var cAnybody = lexicon.Must("anybody")

var cCauses = lexicon.Must("causes")

// shortQuestion is the longest question that only goes on with the one before.
const shortQuestion = 5

// afterQuestion returns the end of a short question that begins at i ("what
// should I watch for? fever?"), or i when there is none.
func (r *reading) afterQuestion(i int) int {
	if i >= len(r.toks) {
		return i
	}
	end := r.endOfSentence(i)
	if end-i <= shortQuestion && r.is(end-1, "?") {
		return end
	}
	return i
}

// lasts says whether "si" at i asks about what has lasted for days: "¿qué hago
// si no siento el pie? ya van dos días".
func (r *reading) lasts(i int) bool {
	return r.is(i, "si") && r.begins(i+1, cNegate) > 0 && r.any(cLasted)
}

var cLasted = lexicon.Must("lasted_es")

// spanishYes says whether "si" at i is a yes rather than an "if".
func (r *reading) spanishYes(i int) bool {
	if i+1 >= len(r.toks) || r.mark(i+1) || r.is(i-1, "eso") || int(r.toks[i].End-r.toks[i].Start) > len(r.key(i)) {
		return true // "eso sí, la rodilla se me dobla"; "sí" with its accent
	}
	next := r.toks[i+1]
	if r.numberBehind(i+1) && (i == 0 || r.is(i-1, "pero")) {
		return true // "si un 6", "no es un 10 pero si un 5"
	}
	if next.Kind != token.Word || r.is(i+1, "y") || r.is(i+1, "pero") {
		return true
	}
	return i == 0 && !r.is(i+1, "algun") && !r.is(i+1, "un") && !r.is(i+1, "me") && !r.is(i+1, "se") && !r.is(i+1, "no") && !r.is(i+1, "pierdo") && !r.is(i+1, "siento") && !r.is(i+1, "tengo") && (!r.is(i+1, "la") || r.begins(i+1, cDone) > 0) && !r.is(i+1, "mi")
}
