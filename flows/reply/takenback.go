package reply

import "backstop/flows/reply/lexicon"

// Numbers that are named only to be taken back, or to say that they are not reached.

// putBack says whether number k is only named to be taken back for the next one, or stands short
// of it: "2 ups 4 quise decir", "no llega a 10, es un 8", "no es 6, es 8".
func (r *reading) putBack(k int) bool {
	f := &r.figures[k]
	if f.value > 10 || k+1 >= len(r.figures) || r.figures[k+1].value > 10 {
		return false
	}
	g := &r.figures[k+1]
	if r.begins(f.to, cSlipCry) == g.from {
		return true
	}
	return (r.ends(f.from-1, cShortOf) || r.typedBefore(f, cShortOf)) && r.settlesOn(f, g)
}

// settlesOn says whether no more than small words lead from one number to the next that stands in
// its place: ", es un", "sino", "pero sí un".
func (r *reading) settlesOn(f, g *figure) bool {
	if g.from == f.to || g.from-f.to > 6 || r.unitAfter(g) != unclaimed {
		return false
	}
	for i := f.to; i < g.from; i++ {
		if r.mark(i) && !r.is(i, "-") && !r.is(i, "/") || r.leadsOn(i) || r.begins(i, cBut)+r.begins(i, cJoiner) > 0 || r.is(i, "si") || r.is(i, "mas") || r.is(i, "bien") || r.is(i, "yo") || r.is(i, "digo") || r.is(i, "diria") || r.is(i, "que") || r.begins(i, cShortOf)+r.begins(i, cSlipCry)+r.begins(i, cCorrect) > 0 || r.covered(i, cVoided) || r.covered(i, cCorrect) {
			continue
		}
		_, ok := r.figureStarting(i)
		if !ok {
			return false
		}
	}
	return true
}

// answersFlare says whether the "no" before a number only answers whether this is a flare-up: "no un 6",
// "no es 5 nomás".
func (r *reading) answersFlare(f *figure) bool {
	if r.asked != AskedFlareCheck {
		return false
	}
	i := r.skipGreeting()
	if !r.is(i, "no") {
		return false
	}
	for i++; i < f.from && r.leadsOn(i); i++ {
	}
	if i != f.from {
		return false
	}
	k := int(r.figureFrom[f.from])
	return k >= len(r.figures) || !r.settlesOn(f, &r.figures[k])
}

// comparedWith says whether the number only tells how it was at the time that another is compared
// with: "peor que ayer que fue 4".
func (r *reading) comparedWith(f *figure) bool {
	i := f.from - 1
	for i > 0 && (r.begins(i, cCopula)+r.begins(i, cArticle)+r.begins(i, cApprox) > 0 || r.is(i, "fue") || r.is(i, "era")) {
		i--
	}
	if i == f.from-1 || !r.is(i, "que") {
		return false
	}
	for back := 1; back <= 4; back++ {
		when, end := r.longestTime(max(i-back, 0), 0)
		if when != "" && end == i {
			return r.is(i-back-1, "que") || r.is(i-back-1, "la") && r.is(i-back-2, "que")
		}
	}
	return false
}

var (
	cSlipCry = lexicon.Must("slip_cry")
	cShortOf = lexicon.Must("short_of") // "no llega a", "ni"
)

// numberBehind says whether a number that may be one of pain stands at token i or behind its article.
// It is asked before the numbers are found.
func (r *reading) numberBehind(i int) bool {
	for end := i + 3; i < end && i < len(r.toks) && (r.begins(i, cArticle) == i+1 || r.is(i, "ando") || r.is(i, "en") || r.is(i, "como")); i++ {
	}
	if i >= len(r.toks) {
		return false
	}
	f, ok := r.figureAt(i)
	return ok && f.value <= 10 && f.from == i
}

// topOfScale says whether the number is the end of the scale, told before the one on it: "si el 10 es no
// aguantar, ando en 5", "el 10 fue cuando me operaron, esto es 7", "siendo 10 el peor, ocho".
func (r *reading) topOfScale(f *figure) bool {
	if f.value != 10 || f.outOfTen || !r.figureFollows(f.from) {
		return false
	}
	if r.is(f.to, "siendo") && (r.is(f.to+1, "lo") || r.is(f.to+1, "el")) {
		return true // "10 siendo lo peor, 6"
	}
	at := f.from - 1
	el := r.is(at, "el")
	if el {
		at--
	}
	told := r.begins(f.to, cCopula) > 0 || r.is(f.to, "es") || r.is(f.to, "fue") || r.is(f.to, "seria") || r.is(f.to, "fuera")
	switch {
	case r.is(at, "siendo"):
		return true
	case r.is(at, "si"):
		return told
	}
	return el && told && (at < r.skipGreeting() || r.mark(at))
}

// endTold says whether a number is followed by what it means as an end of the scale: "0 es nada",
// "10 lo peor".
func (r *reading) endTold(f *figure) bool {
	if (f.value != 0 && f.value != 10) || f.outOfTen {
		return false
	}
	i := f.to
	if r.endNamed(f) || r.is(i, "como") {
		return true
	}
	return (r.is(i, "lo") || r.is(i, "el")) && (r.begins(i+1, cWorstWord) > 0 || r.is(i+1, "mas"))
}
