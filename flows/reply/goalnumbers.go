package reply

import "backstop/flows/reply/lexicon"

// Numbers that are no pain that there is, in Spanish: hoped for, not reached, said not to be it.

// saidUnreal says whether the number is a goal, what would have to come first, what is not reached,
// or is itself said not to be so.
func (r *reading) saidUnreal(k int) bool {
	f := &r.figures[k]
	return f.value <= 10 && (r.goalOf(f) || r.conditionOf(f) || r.unreached(f) || r.notSo(f) || r.voided(k))
}

// goalOf says whether a wish leads to reaching the number: "a ver si un día llego a 3", "el doctor
// quiere que baje a 2".
func (r *reading) goalOf(f *figure) bool {
	if !r.any(cGoalLead) || !r.leadOf(f, cReachTo) {
		return false
	}
	for i := f.from - 1; i >= 0 && f.from-i <= goalReach && !r.mark(i); i-- {
		if r.begins(i, cGoalLead) > 0 {
			return r.flags[i]&negated == 0 || r.begins(i-1, cNegate) == 0
		}
	}
	return false
}

// goalReach is how many words before the number may hope for it.
const goalReach = 10

// conditionOf says whether what would be done follows once the number is passed: "si pasa de 5 voy al
// doctor". A "sí" may have lost its comma where nothing follows.
func (r *reading) conditionOf(f *figure) bool {
	return r.leadOf(f, cIfPasses) && f.to+1 < r.endOfSentence(f.from)
}

// unreached says whether the number is said not to be reached: "no llega a 10 pero me duele". Alone
// it says at least how much there is at most.
func (r *reading) unreached(f *figure) bool {
	return f.value > 1 && r.leadOf(f, cNotReached) && f.to+1 < r.endOfSentence(f.from)
}

// notSo says whether the number is said behind it not to be so: "0 no es, sigo con dolor".
func (r *reading) notSo(f *figure) bool {
	i := f.to
	if k := int(r.figureFrom[f.from]); r.is(i, "no") && r.mark(i+1) && r.is(i+2, "pero") && k < len(r.figures) && r.figures[k].value <= 10 {
		return r.settlesOn(f, &r.figures[k]) // "un 9 no, pero sí un 7"
	}
	if r.is(i, "no") && r.is(i+1, "alcanza") {
		return true // "5 no alcanza para describirlo"
	}
	if !r.is(i, "no") || !r.is(i+1, "es") && !r.is(i+1, "fue") && !r.is(i+1, "era") || r.query && r.is(i+2, "?") {
		return false
	}
	i += 2
	return i >= len(r.toks) || r.mark(i) || r.begins(i, cBut) > 0
}

// voided says whether the number is taken back by what follows it, and another comes after: "el 1 no
// cuenta, es 4", "el 2 que mandé está mal, es 9".
func (r *reading) voided(k int) bool {
	f := &r.figures[k]
	at := f.from - 1
	if k+1 >= len(r.figures) || r.figures[k+1].value > 10 || !r.is(at, "el") && !r.is(at, "ese") && !r.isPossessive(at) {
		return false
	}
	g := &r.figures[k+1]
	return r.begins(f.to, cVoided) > 0 && g.from-f.to <= 7
}

// leadOf says whether a phrase of c ends before the number and its article.
func (r *reading) leadOf(f *figure, c lexicon.Concept) bool {
	if !r.all.has(c) {
		return false
	}
	at := f.from - 1
	if r.ends(at, c) {
		return true
	}
	return (r.is(at, "un") || r.is(at, "el")) && r.ends(at-1, c)
}

var (
	cGoalLead   = lexicon.Must("goal_lead")   // "a ver si", "quiere que"
	cReachTo    = lexicon.Must("reach_to")    // "llego a", "amanezca en"
	cIfPasses   = lexicon.Must("if_passes")   // "si pasa de"
	cNotReached = lexicon.Must("not_reached") // "no llega a"
	cVoided     = lexicon.Must("voided")      // "no cuenta"
)

// scaleSpan says whether number k and the next only name our scale, and another is beside it: "5 del 1
// al 10", "entre 0 y 10 diría 7".
func (r *reading) scaleSpan(k int) bool {
	f, g := &r.figures[k], &r.figures[k+1]
	if f.outOfTen || g.outOfTen {
		return false
	}
	switch {
	case r.is(f.to, "al") || r.is(f.to, "a"):
		return (r.is(f.from-1, "del") || r.is(f.from-1, "de")) && (k > 0 && r.figures[k-1].to == f.from-1 || r.scaleRated(k) > 0)
	case r.is(f.to, "y"):
		return r.is(f.from-1, "entre") && r.scaleRated(k) > 0
	}
	return false
}

// scaleRated returns the index of the number that follows the scale of k and k+1, 0 if none does.
func (r *reading) scaleRated(k int) int {
	if k+2 >= len(r.figures) || r.figures[k+2].value > 10 || r.unitAfter(&r.figures[k+2]) != unclaimed {
		return 0
	}
	for i := r.figures[k+1].to; i < r.figures[k+2].from; i++ {
		if !r.covered(i, cScaleLead) && !r.leadsOn(i) && !r.is(i, ",") && !r.is(i, "hoy") && !r.is(i, "yo") && !r.is(i, "es") && !r.is(i, "seria") {
			return 0
		}
	}
	return k + 2
}

// onScale makes the number beside the scale of k and k+1 one out of ten.
func (r *reading) onScale(k int) {
	if !r.scaleSpan(k) {
		return
	}
	if k > 0 && r.figures[k-1].to == r.figures[k].from-1 {
		if f := &r.figures[k-1]; f.claim == unclaimed && f.value <= 10 {
			f.outOfTen = true
		}
	} else if j := r.scaleRated(k); j > 0 {
		r.figures[j].outOfTen = true
	}
}

// cameFrom says whether the number is only what the one before it came down from: "ya bajó a 3 de un 9".
func (r *reading) cameFrom(k int) bool {
	at := r.figures[k].from - 1
	if r.is(at, "un") {
		at--
	}
	if k == 0 || !r.is(at, "de") || r.figures[k-1].to != at || r.figures[k-1].value >= r.figures[k].value {
		return false
	}
	at = r.figures[k-1].from - 1
	if r.is(at, "un") {
		at--
	}
	return r.is(at, "a") && (r.is(at-1, "bajo") || r.is(at-1, "baje") || r.is(at-1, "bajado"))
}

var cScaleLead = lexicon.Must("scale_lead") // "diría", "yo le pongo"
