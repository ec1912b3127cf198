package reply

import (
	"strings"

	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// Spanish names whoever does something by the end of the verb: after somebody else it is
// the verb that comes back to the patient.

// ownEnding says whether the verb at i ends as only "I" does: "tosí", "me caí", or the
// perfect with "he": "he pensado".
func (r *reading) ownEnding(i int) bool {
	return r.begins(i, cOwnForm) > 0 || r.ownPreterite(i) || r.ownPerfect(i)
}

func (r *reading) ownPreterite(i int) bool {
	if i < 0 || i >= len(r.toks) || r.toks[i].Kind != token.Word || r.toks[i].End-r.toks[i].Start < 4 {
		return false
	}
	word := r.text[r.toks[i].Start:r.toks[i].End]
	switch word[len(word)-2:] {
	case "é", "í", "É", "Í":
		return r.begins(i, cNotOwnEnding) == 0
	}
	return false
}

// ownPerfect tells the Spanish "he" before a participle from the English "he".
func (r *reading) ownPerfect(i int) bool {
	if !r.is(i, "he") || i+1 >= len(r.toks) {
		return false
	}
	key := r.keyOr(i + 1)
	switch key {
	case "hecho", "visto", "dicho", "puesto", "vuelto", "roto", "escrito", "estado":
		return true
	}
	return len(key) > 4 && (strings.HasSuffix(key, "ado") || strings.HasSuffix(key, "ido"))
}

// backAfter says whether what is tacked on at j speaks of whoever writes: "mi vecina se
// operó, aparte la barriga me palpita".
func (r *reading) backAfter(j int) bool {
	if r.begins(j, cTackedOn)+r.begins(j, cJoiner) == 0 {
		return false
	}
	for i := j + 1; i < len(r.toks) && i <= j+backReach && r.clause[i] == r.clause[j]; i++ {
		if r.begins(i, cOtherPerson)+r.begins(i, cTackedOn)+r.begins(i, cJoiner) > 0 || r.mark(i) || r.is(i, "que") || r.is(i, "le") || r.is(i, "les") || r.symptomAt(i) && !r.bodyAt(i) {
			return false
		}
		if r.begins(i, cFirstPerson) > 0 || r.ownEnding(i) {
			return true
		}
	}
	return false
}

// backReach is how many words after "aparte" or "y" may stand before the first that says "I".
const backReach = 4

// saidToBe marks what comes before "es mi suegra" or "was my dad": "la de la fiebre es mi
// nena" tells whose it is, but "lo que me duele" stays the patient's own.
func (r *reading) saidToBe(h lexicon.Hit) {
	i := int(h.From) - 1
	if r.begins(i, cPossessive) == 0 {
		return
	}
	if r.is(i-1, "de") || r.is(i-1, "del") {
		i--
	}
	start := r.startOfClause(i)
	for j := i - 1; j > start; j-- {
		if r.begins(j, cTackedOn)+r.begins(j, cJoiner)+r.begins(j, cBut) > 0 {
			start = j
		}
	}
	if i-1 <= start || !r.copula(i-1) {
		return
	}
	whoever := (r.is(start, "la") || r.is(start, "el")) && r.is(start+1, "que") // "la que no puede orinar es mi nuera"
	for j := start; j < i-1; j++ {
		if r.begins(j, cFirstPerson) > 0 || r.begins(j, cNegate) > 0 && !whoever || r.ownEnding(j) {
			return
		}
	}
	r.set(start, i-1, someoneElse)
}

func (r *reading) copula(i int) bool {
	switch r.keyOr(i) {
	case "es", "era", "fue", "is", "was":
		return true
	}
	return false
}

var (
	cNotOwnEnding = lexicon.Must("not_own_ending")
	cTackedOn     = lexicon.Must("tacked_on")
	cOwnForm      = lexicon.Must("own_form") // Spanish verbs that only "I" says, also without their accent
)

// answersToo says whether the patient's own rating stands in the text as well: "la espalda
// está en 3. Mi hermano se cayó", "un 4 y a mi mamá se le torció la boca".
func (r *reading) answersToo() bool {
	for i := range r.toks {
		if i > 0 && r.clause[i] == r.clause[i-1] && r.begins(i-1, cJoiner)+r.begins(i-1, cTackedOn) == 0 {
			continue
		}
		if r.ownRatingAt(i) {
			return true
		}
		if (r.is(i, "un") || r.is(i, "a")) && i+1 < len(r.toks) && r.toks[i+1].Kind == token.Number && r.toks[i+1].Value <= 10 &&
			(i+2 >= len(r.toks) || r.mark(i+2) || r.begins(i+2, cJoiner)+r.begins(i+2, cTackedOn)+r.begins(i+2, cBut) > 0) {
			return true
		}
	}
	return false
}

// ownReport says whether the pain or the back is named at j with its number, right after another
// number or what it counts: "mi bebé pesa 22 libras el dolor anda por el siete".
func (r *reading) ownReport(j int) bool {
	if j < 2 {
		return false
	}
	switch r.key(j - 1) {
	case "bueno", "pues", "total", "q":
		return (r.is(j, "el") || r.is(j, "la")) && r.ownNumberAt(j) // "mi hijo cumple 5 hoy y bueno el dolor está en 8"
	}
	if r.toks[j-1].Kind != token.Number && r.toks[j-2].Kind != token.Number {
		return false
	}
	return !r.is(j-1, "de") && !r.is(j-1, "y") && !r.is(j-1, "and") && r.ownNumberAt(j)
}

// ownNumberAt says whether the pain or the back and a number of its own are named within a few words of
// token j: "el dolor anda por el 5", "de espalda un 2", "cinco de dolor".
func (r *reading) ownNumberAt(j int) bool {
	named, number := false, false
	for end := min(j+7, len(r.toks)); j < end && r.sent[j] == r.sent[end-1] && !(named && number); j++ {
		if r.begins(j, cIf)+r.begins(j, cNegate)+r.begins(j, cOtherPerson) > 0 {
			return false
		}
		named = named || r.begins(j, cPain)+r.begins(j, cBack) > 0
		f, ok := r.figureAt(j)
		number = number || ok && f.value <= 10
	}
	return named && number
}
