package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// Numbers out of ten and others that are dates, parts done, settings or hours.

// visitDate says whether what looks out of ten is the day of a visit: "next visit 3/10", "see u on
// 7/10", but not "appt was ok, 7/10".
func (r *reading) visitDate(f *figure) bool {
	if !f.outOfTen || !r.digits(f) || !r.is(f.from+1, "/") || f.value < 1 {
		return false
	}
	at := f.from - 1
	on := r.is(at, "on")
	for at >= 0 && (r.is(at, "on") || r.is(at, "is") || r.is(at, "for")) {
		at--
	}
	if r.speaksOf(cPain, r.startOfClause(f.from), f.from) {
		return false
	}
	if back := at - 2; r.timeLead(at-1) || r.timeLead(back) {
		return false // "after my visit 7/10"
	}
	return r.ends(at, cNextVisit) || r.ends(at, cSeesYou) && (on || r.is(at, "cu") || r.is(at, "u") || r.is(at, "you")) || r.is(at, "to") && r.speaksOf(cAppointment, r.startOfClause(at), at)
}

// slashedDate says whether two numbers are the day of a visit: "appt is 6/2". It takes both.
func (r *reading) slashedDate(k int) bool {
	f := &r.figures[k]
	if f.outOfTen || k+1 >= len(r.figures) || !r.is(f.to, "/") || !r.ends(f.from-1, cNextVisit) && !(r.is(f.from-1, "is") && r.ends(f.from-2, cNextVisit)) {
		return false
	}
	g := &r.figures[k+1]
	if g.from != f.to+1 || !r.digits(f) || !r.digits(g) {
		return false
	}
	g.claim = claimDate
	return true
}

// visitHour says whether the number is the hour of a visit, after its day or after "on for": "see u on 10/28 at 8",
// "still on for 6 on mon?".
func (r *reading) visitHour(k int) bool {
	f := &r.figures[k]
	at := f.from - 1
	if f.outOfTen || f.value < 1 || f.value > lastHour {
		return false
	}
	if r.is(at, "for") && r.ends(at-1, cStillOn) {
		return true
	}
	if r.is(at, "to") && r.speaksOf(cMove, r.startOfClause(at), at) && r.speaksOf(cAppointment, r.startOfClause(at), at) {
		return true // "moved my appt to 9"
	}
	if !r.is(at, "at") || k == 0 {
		return false
	}
	g := &r.figures[k-1]
	end := g.to
	if r.toks[min(end, len(r.toks)-1)].Kind == token.Word && r.toks[end].Glued {
		end++ // "the 9th at four"
	}
	return g.claim == claimDate && end == at
}

// ordinalDay says whether the number is the day of a visit: "next visit is the 9th".
func (r *reading) ordinalDay(f *figure) bool {
	if !r.digits(f) || f.to >= len(r.toks) || !r.toks[f.to].Glued || !r.ordinalAt(f.to) {
		return false
	}
	at := f.from - 1
	if r.is(at, "the") && r.is(at-1, "on") && (f.to+1 >= len(r.toks) || r.mark(f.to+1) || r.is(f.to+1, "at")) {
		return true // "turning 38 on the 10th"
	}
	for at >= 0 && (r.is(at, "the") || r.is(at, "on") || r.is(at, "is")) {
		at--
	}
	return r.ends(at, cNextVisit) || r.ends(at, cSeesYou)
}

// doneOf says whether the number is what was done, or how often, out of as many: "9 out of 10
// stretches done", "4/5 exercises", "8 out of 10 times".
func (r *reading) doneOf(k int) bool {
	f := &r.figures[k]
	end := f.to
	if !f.outOfTen {
		if k+1 >= len(r.figures) || !r.is(f.to, "/") && !(r.is(f.to, "out") && r.is(f.to+1, "of")) {
			return false
		}
		g := &r.figures[k+1]
		if g.from > f.to+2 || g.value < f.value || g.value > mostParts {
			return false
		}
		end = g.to
	}
	return r.begins(end, cPartsDone) > 0
}

// mostParts is of how many a part is told.
const mostParts = 12

// machineSet says whether the number is what a machine is set to: "tens unit up to 9", "heat on
// level 3", "resistance 7".
func (r *reading) machineSet(f *figure) bool {
	if !r.all.has(cMachineName) || f.outOfTen || r.painBehind(f) {
		return false
	}
	at := f.from - 1
	start := r.startOfClause(f.from)
	if r.is(at, "lvl") && r.is(f.to, "on") {
		return true // "lvl 7 on the bike"
	}
	for at > start && (r.is(at, "a") || r.is(at, "an") || r.begins(at, cApprox) == at+1) {
		at--
	}
	if r.ends(at, cMachineName) && r.startsAs(at, start) {
		return true
	}
	for i := at; i > start && at-i < 4; i-- {
		if end := r.begins(i, cMachineSet); end == at+1 && r.ends(i-1, cMachineName) {
			return true
		}
	}
	return false
}

// startsAs says whether a machine's name that ends at token i opens its clause.
func (r *reading) startsAs(i, start int) bool {
	for back := range 3 {
		if _, ok := r.endsFigure(i - back); ok && r.begins(i-back, cMachineName) == i+1 {
			return true // "treadmill at 6 incline 4"
		}
		if r.begins(i-back, cMachineName) == i+1 && (i-back == start || i-back == start+1 && (r.isPossessive(start) || r.is(start, "the") || r.begins(start, cJoiner) > 0)) {
			return true
		}
	}
	return false
}

// thousands says whether a comma only parts the thousands: "3,812 steps".
func (r *reading) thousands(k int) bool {
	f := &r.figures[k]
	if k+1 >= len(r.figures) || !r.digits(f) || f.outOfTen || !r.is(f.to, ",") || !r.toks[f.to].Glued {
		return false
	}
	g := &r.figures[k+1]
	if g.from != f.to+1 || !r.digits(g) || !r.toks[g.from].Glued {
		return false
	}
	t := r.toks[g.from]
	if t.End-t.Start != 3 {
		return false
	}
	g.claim = claimCount
	return true
}

// deskHours says whether two numbers are the hours of a job in which it hurts: "sore 9 to 5 at my
// desk". A pain that fell is told with "went".
func (r *reading) deskHours(k int) bool {
	f := &r.figures[k]
	if k+1 >= len(r.figures) || f.outOfTen || f.value < 6 || f.value > lastHour {
		return false
	}
	g := &r.figures[k+1]
	if g.from != f.to+1 || g.outOfTen || g.value > 6 || !r.is(f.to, "to") && !r.is(f.to, "-") {
		return false
	}
	at := f.from - 1
	if r.isPossessive(at) && r.is(f.to, "-") && r.begins(g.to, cPain) == 0 {
		g.claim = claimClock
		return true // "sore after my 9-5"
	}
	if r.is(at, "from") {
		at--
	}
	if at < r.startOfClause(f.from) || r.begins(at, cPainItself) > 0 || r.begins(at, cPain)+r.begins(at, cStatusOther) == 0 || r.begins(g.to, cPain) > 0 {
		return false
	}
	for i := g.to; i < g.to+4 && i < len(r.toks); i++ {
		if r.begins(i, cAtDesk) > 0 {
			g.claim = claimClock
			return true
		}
	}
	return false
}

// lessThanBefore says whether the number is by how much it fell, and what is left follows: "4 lower
// than yesterday so 1".
func (r *reading) lessThanBefore(k int) bool {
	f := &r.figures[k]
	i := f.to
	if f.outOfTen || k+1 >= len(r.figures) || !r.is(i, "lower") && !r.is(i, "less") && !r.is(i, "higher") && !r.is(i, "more") || !r.is(i+1, "than") {
		return false
	}
	g := &r.figures[k+1]
	at := g.from - 1
	for at > i && (r.begins(at, cHedge) > 0 || r.begins(at, cArticle) == at+1) {
		at--
	}
	return g.from-i <= 8 && (r.is(at, "so") || r.is(at, "now")) && r.opensClauseAs(f)
}

// rangeOfUnits is the claim of a number that opens a range of what has a unit: "three or four times",
// "eight to ten hrs".
func (r *reading) rangeOfUnits(k int) claim {
	f := &r.figures[k]
	if f.outOfTen || k+1 >= len(r.figures) || !r.is(f.to, "or") && !r.is(f.to, "to") && !r.is(f.to, "-") && !(r.is(f.to, "and") && r.betweenBefore(f.from)) {
		return unclaimed
	}
	g := &r.figures[k+1]
	if g.from != f.to+1 || g.outOfTen {
		return unclaimed
	}
	if c := r.unitAfter(g); c == claimCount || c == claimDuration {
		return c
	}
	return unclaimed
}

// inName says whether the number belongs to a name: "7up", "I-5", "slept at a super 8", "watched
// ocean's 8".
func (r *reading) inName(f *figure) bool {
	at := f.from - 1
	if !r.digits(f) || f.outOfTen {
		return false
	}
	if r.is(f.to, "up") && r.toks[f.to].Glued || r.is(at, "-") && r.toks[at].Glued && r.toks[f.from].Glued && r.is(at-1, "i") || r.ends(at, cLodging) {
		return true
	}
	for i := at - 1; i >= r.startOfClause(f.from) && at-i <= 3; i-- {
		if r.begins(i, cWatches) > 0 {
			return r.endOfClause(f.from) <= f.to+1 && (r.numberBeside(f) || r.backToldApart(f, f.to))
		}
		if r.begins(i, cPain)+r.begins(i, cBack)+r.begins(i, cOtherPerson)+r.begins(i, cHedge)+r.begins(i, cArticle) > 0 || r.figureTo[i+1] > 0 {
			return false
		}
	}
	return false
}

var (
	cLodging    = lexicon.Must("lodging")      // "at a motel"
	cWatches    = lexicon.Must("watches_verb") // "watched", "saw"
	cNextVisit  = lexicon.Must("next_visit")
	cSeesYou    = lexicon.Must("sees_you")
	cStillOn    = lexicon.Must("still_on")
	cPartsDone  = lexicon.Must("parts_done")
	cMachineSet = lexicon.Must("machine_set")
	cAtDesk     = lexicon.Must("at_desk")
)
