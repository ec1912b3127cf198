package reply

import (
	"strings"

	"backstop/flows/reply/lexicon"
)

// Numbers in Spanish texts that count or are somebody else's.

// countsAgain says whether the number goes on counting what the one before counts: "3 días me dolió
// y 2 no tanto", "plancha nueve veces de 10 segundos", "hice tresx5".
func (r *reading) countsAgain(k int) bool {
	f := &r.figures[k]
	at := f.from - 1
	if at < 1 || f.outOfTen {
		return false
	}
	if key := r.key(at); r.toks[f.from].Glued && len(key) > 2 && strings.HasSuffix(key, "x") {
		return true
	}
	if k == 0 {
		return false
	}
	g := &r.figures[k-1]
	if r.is(at, "de") && g.to == at-1 && r.begins(at-1, cUnitCount) > 0 && r.unitAfter(g) == claimCount {
		return true
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

// dayOfMonth says whether the number is the day of the month after "desde el jueves".
func (r *reading) dayOfMonth(f *figure) bool {
	at := f.from - 1
	return r.begins(at, cWeekday) == f.from && r.is(at-1, "el") && r.is(at-2, "desde")
}

// theirsOnly says whether somebody else is said to have named the number, and the patient's own is
// not known: "mi amiga dice que 8, yo no sé cuánto".
func (r *reading) theirsOnly(f *figure) bool {
	if !r.any(cOwnUnknown) {
		return false
	}
	i := f.from - 1
	if r.begins(i, cArticle) == f.from {
		i--
	}
	if r.is(i, "que") {
		i--
	}
	return r.ends(i, cKinSpeaks) && r.kinBefore(i)
}

var cOwnUnknown = lexicon.Must("own_unknown")

// withThem says whether the word at i names all of the exercises and no one of them: "con los ejercicios 7".
func (r *reading) withThem(i int) bool {
	return r.is(i, "ejercicios") && (r.is(i-1, "los") || r.is(i-1, "mis")) && painAsked(r.asked)
}
