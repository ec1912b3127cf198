package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// resolve marks what is over: the clause before "gone", and with "it's fine
// now" the past-tense clause before that.
func (r *reading) resolve(h lexicon.Hit) {
	i := int(h.From)
	if r.is(i, "ruled") {
		r.set(i, r.endOfClause(i), negated) // "ruled out a clot"
	}
	start := r.startOfClause(i)
	if r.flags[i]&negated != 0 || r.is(i, "anymore") && r.flags[i]&impossible != 0 || r.covered(i, cStillThere) || i == start && r.begins(i, cQuestion) > 0 || r.asksIfNormal(i) || r.feelingLost(start, i) || r.noLonger(i, int(h.To)) || r.returned(int(h.To)) || r.returning(h) {
		return
	}
	if r.flags[i]&someoneElse != 0 {
		r.set(start, i, over)
		return // "my foot is asleep, and my sister got her results, she is fine"
	}
	if r.otherSide(start, i) {
		r.set(start, i, over) // "cant stand on my left toes, right is fine"
		return
	}
	if r.ownSubject(start, i) {
		r.set(start, i, over)
		return
	}
	if end := r.endOfClause(i); int(h.To) == end || int(h.To) == end-1 && r.mark(end-1) {
		if asleep := r.asleepBefore(start); asleep >= 0 {
			r.set(r.startOfClause(asleep), start, over)
		}
	}
	if start == i || r.begins(start, cAnaphor)+r.begins(start, cMovedOn) > 0 || r.begins(start, cBut) > 0 && (start+1 == i || r.begins(start+1, cAnaphor) > 0 || start+2 >= i) || i-start <= 1 {
		r.setBefore(start, over)
		if before := r.clauseBefore(start); before > 0 && r.begins(before, cMovedOn) > 0 {
			r.setBefore(before, over) // "legs fell asleep, walked the aisle, they woke up"
		}
	}
	r.set(start, i, over)
}

// returnReach is how many words after an end what came back may be told of.
const returnReach = 10

// returned says whether what was over by token i is told to have come back: "the numbness was
// gone but its back", but not "gone, the feeling came back" nor "gone when I came back from work".
func (r *reading) returned(i int) bool {
	for j := i; j < min(i+returnReach, len(r.toks)); j++ {
		end := r.begins(j, cCameBack)
		if end == 0 || r.begins(j-1, cNegate)+r.begins(j-2, cNegate)+r.begins(j-1, cFirstPerson)+r.begins(j-1, cModal) > 0 {
			continue
		}
		well := r.begins(end, cGood)+r.begins(end, cResolved) > 0 || r.is(end, "to") || r.is(end, "from") || r.is(end, "home")
		if !well && !wantedBack[r.keyOr(j-1)] && !wantedBack[r.keyOr(end)] && !wantedBack[r.keyOr(end+1)] {
			return true // the last two: "volvió la sensibilidad"
		}
	}
	return false
}

// returning says whether what reads like an end is itself the return of what had gone: "it came
// back in both legs", "se me quitó pero ya volvió", but not "the feeling came back in both legs".
func (r *reading) returning(h lexicon.Hit) bool {
	i, end := int(h.From), int(h.To)
	if r.begins(i, cCameBack) == 0 || wantedBack[r.keyOr(i-1)] || wantedBack[r.keyOr(end)] || wantedBack[r.keyOr(end+1)] {
		return false
	}
	return r.bodyAt(end) || r.bodyAt(end+1) || r.speaksOf(cGoneBefore, r.startOfSentence(i), i)
}

// wantedBack are what one is glad to have back.
var wantedBack = setOfKeys("feeling", "sensation", "strength", "movement", "power", "function", "control", "results", "mri", "scan", "xray", "test",
	"tests", "sensación", "sensacion", "fuerza", "sensibilidad")

// ownSubject says whether the clause names what is well and the one before speaks of
// something else: "my crotch is numb. back itself is fine".
func (r *reading) ownSubject(start, i int) bool {
	for j := start; j < r.endOfClause(i); j++ {
		if r.begins(j, cOtherwise) > 0 {
			return true // "everything else is normal"
		}
	}
	from := start
	for from < i && (lexicon.Default().Filler(r.words[from]) || r.begins(from, cJoiner)+r.begins(from, cBut) > 0) {
		from++
	}
	if from >= i || !r.bodyAt(from) && r.begins(from, cPain)+r.begins(from, cBack) == 0 {
		return false
	}
	before := start - 1
	for before >= 0 && r.mark(before) {
		before--
	}
	if before < 0 || r.begins(from, cBack) > 0 {
		return true // a back that is well says nothing about what it may have done
	}
	name := r.key(from)
	for j := r.startOfClause(before); j <= before; j++ {
		if r.is(j, name) {
			return false
		}
	}
	return true
}

// clauseBefore is where the clause before the one at start begins, in its sentence.
func (r *reading) clauseBefore(start int) int {
	i := start - 1
	for i > 0 && r.mark(i) {
		i--
	}
	if i < 0 || r.sent[i] != r.sent[start] {
		return start
	}
	return r.startOfClause(i)
}

// asleepBefore finds the limb that fell asleep in a clause before the one that begins
// at start: "se me durmió el pie, brinqué tantito y se me pasó".
func (r *reading) asleepBefore(start int) int {
	for i := start - 1; i >= 0 && r.sent[i] == r.sent[start] && start-i <= asleepReach; i-- {
		if r.begins(i, cAsleep) > 0 {
			return i
		}
	}
	return -1
}

const asleepReach = 20

var cNewWord = lexicon.Must("new")

// otherSide says whether the clause tells of the side that is well.
func (r *reading) otherSide(from, to int) bool {
	for j := from; j < to; j++ {
		switch r.key(j) {
		case "left", "right", "other", "others":
			return true
		}
	}
	return false
}

// noLonger says whether "ya no" at i tells of something lost or unwanted rather
// than gone: "ya no puedo", "ya no siento", "ya no estaría aquí".
func (r *reading) noLonger(i, to int) bool {
	if !r.is(i, "ya") || !r.is(i+1, "no") {
		return false
	}
	if to == i+2 && to < len(r.toks) && !r.mark(to) && r.begins(to, cStillSaid) == 0 {
		return true
	}
	lost := r.begins(i+1, cUnable) + r.begins(i+1, cWeak) + r.begins(i+1, cNumb) + r.begins(i+2, cFeel) + r.begins(i+3, cFeel)
	return lost > 0
}

var (
	cWeak      = lexicon.Must("weak")
	cStillSaid = lexicon.Must("no_longer_said") // what may follow "ya no" when it is gone
)

// asksIfNormal says whether "is that normal" at i asks rather than tells.
func (r *reading) asksIfNormal(i int) bool {
	if !r.is(i, "is") && !r.is(i, "are") {
		return false
	}
	switch r.keyOr(i + 1) {
	case "that", "this", "it", "these", "those", "they", "any":
		return true
	}
	return false
}

// feelingLost says whether what is "gone" is feeling or strength itself.
func (r *reading) feelingLost(from, to int) bool {
	lost := false
	for j := from; j < to; j++ {
		if r.begins(j, cFeel)+r.begins(j, cStrength)+r.begins(j, cErection)+r.begins(j, cUrgeToGo) > 0 {
			lost = true
		} else if r.begins(j, cNumb)+r.begins(j, cTingle)+r.begins(j, cPain) > 0 {
			return false
		}
	}
	return lost
}

var (
	cTingle    = lexicon.Must("tingling")
	cErection  = lexicon.Must("erection")
	cUrgeToGo  = lexicon.Must("urge_strict")
	cMovedOn   = lexicon.Must("moved_on")
	cOtherwise = lexicon.Must("otherwise_word")
	cLifelong  = lexicon.Must("lifelong")
	cStrength  = lexicon.Must("strength")
)

// year says whether "in 2015", "back in 98", "when I was 12" or "at age 9"
// ends at i.
func (r *reading) year(i int) bool {
	t := r.toks[i]
	if t.Kind != token.Number {
		return false
	}
	switch {
	case t.Value >= 1950 && t.Value <= 2035:
		return r.is(i-1, "in") || r.is(i-1, "en") || r.is(i-2, "en") && r.is(i-1, "el")
	case t.Value <= 99 && len(r.key(i)) == 2 && r.is(i-1, "in") && r.is(i-2, "back") && !r.is(i-3, "my"):
		return i+1 >= len(r.toks) || r.begins(i+1, cUnitTime) == 0 // "back in 98"
	case t.Value < 2 || t.Value > 60 || i+1 < len(r.toks) && r.begins(i, cUnitTime)+r.begins(i+1, cUnitTime)+r.begins(i+1, cUnitLoad) > 0 && !r.is(i+1, "years"):
		return false
	}
	return r.is(i-1, "was") && r.is(i-2, "i") && r.is(i-3, "when") || r.is(i-1, "age") && r.is(i-2, "at")
}

// asBefore says whether "used to" at i only compares: "doesn't lift like it
// used to".
func (r *reading) asBefore(i int) bool {
	if !r.is(i, "used") {
		return false
	}
	for j := i - 1; j >= 0 && i-j <= 3; j-- {
		switch r.keyOr(j) {
		case "like", "as", "than", "way", "what", "how":
			return true
		}
	}
	return false
}

// goneBefore marks the symptom that is named after it is said to have gone: "se me quitó la
// fiebre", but neither "se me quitaron las ganas" nor "se me quitó, pero volvió".
func (r *reading) goneBefore(h lexicon.Hit) {
	if r.returned(int(h.To)) {
		return
	}
	end := r.endOfClause(int(h.To) - 1)
	for j := int(h.To); j < end && j < int(h.To)+goneReach; j++ {
		for _, s := range r.at(j) {
			if denied.has(s.Concept) {
				r.set(j, int(s.To), over)
			}
		}
	}
}

// goneReach is how many words after "se me quitó" the symptom begins.
const goneReach = 4

var cGoneBefore = lexicon.Must("gone_before")

// comparedBefore says whether the "que" at i compares: "más flaca que el mes pasado".
func (r *reading) comparedBefore(i int) bool {
	for j := i - 1; j >= 0 && i-j <= 4 && r.clause[j] == r.clause[i]; j-- {
		if r.is(j, "mas") || r.is(j, "menos") || r.is(j, "peor") {
			return true
		}
	}
	return false
}

// thatWas carries a time long ago over to the clause before: "I couldn't pee
// for a day, that was 8 years ago".
func (r *reading) thatWas(i int) {
	start := r.startOfClause(i)
	says := r.is(start+1, "was") || r.is(start+1, "happened")
	if !says || !(r.is(start, "that") || r.is(start, "it") || r.is(start, "this")) {
		return
	}
	if i > start+2 && !(i == start+3 && r.toks[start+2].Kind == token.Number) && r.begins(start+2, cFillerWord) == 0 {
		return // "it was easy last month" says what it was like
	}
	r.setBefore(start, past)
}

// sinceThen says whether a time long ago is only when it began: "since my fall
// two years ago".
func (r *reading) sinceThen(i int) bool {
	for j := i - 1; j >= 0 && i-j <= 8 && r.clause[j] == r.clause[i]; j-- {
		if r.is(j, "since") || r.is(j, "desde") || r.is(j, "started") || r.is(j, "empezo") {
			return true
		}
	}
	return false
}

// lastsUntilNow says whether what follows a time long past at token i began then and goes
// on: "hace dos semanas que guardo las pastillas", but not "... que se cayó".
func (r *reading) lastsUntilNow(i int) bool {
	if !r.is(i, "que") {
		return false
	}
	if i++; r.is(i, "se") && r.is(i+1, "me") {
		return true // "que se me sale la orina"
	}
	for r.is(i, "no") || r.is(i, "me") || r.is(i, "ya") || r.is(i, "lo") || r.is(i, "la") || r.is(i, "las") || r.is(i, "los") {
		i++
	}
	if i >= len(r.toks) {
		return false
	}
	switch r.key(i) {
	case "estoy", "voy", "duele", "duelen", "sigue", "siguen", "quisiera":
		return true
	}
	t := r.toks[i]
	return t.Kind == token.Word && t.End-t.Start > 3 && r.text[t.End-1] == 'o' // neither "guardó" nor "caí"
}

// goesOnAfter says whether a cue from token i to to, "after the surgery", is only when what
// the clause tells of the present began: "after the surgery i want to die", but not "after
// the surgery my leg was numb".
func (r *reading) goesOnAfter(i, to int) bool {
	switch r.key(i) {
	case "after", "postpartum", "despues":
	default:
		return false
	}
	for j := to; j < r.endOfClause(i); j++ {
		if r.begins(j, cOwnBare)+r.begins(j, cOwnVerb) > 0 {
			return true
		}
		switch r.key(j) {
		case "im", "is", "are", "have", "keeps", "keep", "cant", "wont", "still", "esta", "estan":
			return true
		case "i":
			if r.is(j+1, "want") || r.is(j+1, "dont") {
				return true
			}
		}
	}
	return false
}

// untilNow returns the end of the clause of a time long past that ends before
// token i, or where the text comes back to the present: "infected last month
// now fever".
func (r *reading) untilNow(i int) int {
	end := r.endOfClause(i - 1)
	for j := i; j < end; j++ {
		switch r.key(j) {
		case "now", "today", "ahora", "hoy", "ayer", "anoche", "antier":
			return j
		case "and":
			if r.is(j+1, "a") && r.begins(j+2, cNewWord) > 0 || r.begins(j+1, cNewWord) > 0 {
				return j // "melanoma in 2018 and a new ache"
			}
		case "y":
			if r.is(j+1, "un") && r.begins(j+2, cPain) > 0 && r.begins(j+3, cNewWord) > 0 {
				return j
			}
			if r.begins(j+1, cPain) > 0 && r.begins(j+2, cNewWord) > 0 || r.begins(j+1, cOwnVerb) > 0 {
				return j // "cáncer hace 4 años y dolor nuevo", "se mató el año pasado y quiero seguirlo"
			}
		}
	}
	return end
}
