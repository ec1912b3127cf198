package reply

import (
	"strings"

	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// Numbers in Spanish texts that count or are somebody else's.

// countsAgain says whether the number goes on counting what the one before counts: "3 días me dolió
// y 2 no tanto", "plancha nueve veces de 10 segundos", "hice tresx5".
func (r *reading) countsAgain(k int) bool {
	f := &r.figures[k]
	at := f.from - 1
	if f.outOfTen {
		return false
	}
	if key := r.keyOr(at); r.toks[f.from].Glued && len(key) > 2 && strings.HasSuffix(key, "x") {
		return true
	}
	if key := r.key(f.from); f.word && strings.HasSuffix(key, "x") && f.to < len(r.toks) && r.toks[f.to].Glued && r.toks[f.to].Kind == token.Number {
		return true // "cuatrox15"
	}
	if r.is(at, "sesion") && r.is(f.to, "de") && k+1 < len(r.figures) && r.figures[k+1].from == f.to+1 {
		return true // "sesión siete de 12"
	}
	if k+1 < len(r.figures) && r.is(at, "la") && r.is(f.to, "de") && r.figures[k+1].from == f.to+1 && r.figures[k+1].value > f.value {
		r.figures[k+1].claim = claimCount
		return true // "hoy tocó la nueve de 12"
	}
	if k == 0 {
		return false
	}
	g := &r.figures[k-1]
	if r.is(at, "de") && g.to == at-1 && r.begins(at-1, cUnitCount) > 0 && r.unitAfter(g) == claimCount {
		return true
	}
	if r.is(at, "con") && g.to == at && g.value > 10 && !g.outOfTen {
		return true // "la presión en 13 con 8"
	}
	if joined := r.is(at, "o") || r.is(at, "u"); joined && r.query && r.is(f.to, "?") && (g.claim == claimLift || g.claim == claimCount) && r.sent[g.from] == r.sent[f.from] {
		return true // "¿hago 3 series o 10?"
	}
	if r.is(at, "de") && r.begins(at-1, cWeightNoun) == at && !r.painBehind(f) {
		return true // "usé la pesa de 8"
	}
	days := r.is(g.to, "dias") || r.is(g.to, "dia")
	return days && (r.is(at, "y") || r.is(at, ",")) && r.begins(f.to, cNegate) > 0 && r.sent[g.from] == r.sent[f.from]
}

// namesSession says whether the number names which session it was: "hoy fue la sesión 3".
func (r *reading) namesSession(f *figure) bool {
	at := f.from - 1
	if !r.is(at, "sesion") || !r.is(at-1, "la") {
		return false
	}
	return r.is(at-2, "fue") || r.is(at-2, "es") || r.is(at-2, "era") || r.is(at-2, "toco") || r.is(at-2, "en") && r.is(at-3, "voy")
}

// dayOfMonth says whether the number is the day of the month after "desde el jueves" or "nos vemos el martes".
func (r *reading) dayOfMonth(f *figure) bool {
	at := f.from - 1
	return r.begins(at, cWeekday) == f.from && r.is(at-1, "el") && (r.is(at-2, "desde") || r.ends(at-2, cMeets) && r.digits(f) && !f.outOfTen)
}

// kinsNumber says whether somebody else is said to have named the number or to have it, and the
// patient's own follows or is not known: "mi suegra dice que es un 9 pero es un 7", "mi tía anda
// mal, en un 8, yo en 5", or a friend says 8 and "yo no sé".
func (r *reading) kinsNumber(k int) bool {
	f := &r.figures[k]
	if r.proxy || !r.any(cOtherPerson, cKinWord) {
		return false
	}
	start := r.startOfClause(f.from)
	if start > 0 && !r.kinIn(start, f.from) {
		start = r.startOfClause(start - 1)
	}
	if !r.kinIn(start, f.from) || r.speaksOf(cFirstPerson, start+1, f.from) && !r.is(start, "mi") {
		return false
	}
	said := r.speaksOf(cKinSpeaks, start, f.from) || r.flags[start+2]&someoneElse != 0 || r.speaksOf(cTheirOwn, start, f.from)
	return said && (r.any(cOwnUnknown) || r.ownAfter(k))
}

// kinIn says whether somebody of the patient's is named as the subject between two tokens.
func (r *reading) kinIn(from, to int) bool {
	for i := from; i+2 < to && i < from+3; i++ {
		if r.isPossessive(i) && r.begins(i+1, cOtherPerson)+r.begins(i+1, cKinWord) > 0 {
			return r.begins(i-1, cPreposition) == 0
		}
	}
	return false
}

// ownAfter says whether the next number is put as the patient's own: "yo en 5", "la mía en 4", "pero
// es un 7".
func (r *reading) ownAfter(k int) bool {
	if k+1 >= len(r.figures) || r.figures[k+1].value > 10 || r.sent[r.figures[k].from] != r.sent[r.figures[k+1].from] {
		return false
	}
	for i := r.figures[k].to; i < r.figures[k+1].from; i++ {
		switch r.key(i) {
		case "yo", "mia", "mio", "pero":
			return true
		}
	}
	return false
}

var (
	cWeightNoun = lexicon.Must("weight_noun") // "pesa", "liga"
	cOwnUnknown = lexicon.Must("own_unknown")
	cKinWord    = lexicon.Must("kin_word") // "pareja": who may have a number of their own
)

// withThem says whether the word at i names all of the exercises and no one of them: "con los ejercicios 7".
func (r *reading) withThem(i int) bool {
	return r.is(i, "ejercicios") && (r.is(i-1, "los") || r.is(i-1, "mis")) && painAsked(r.asked)
}
