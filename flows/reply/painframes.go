package reply

import (
	"strings"

	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// Frames that a number of pain stands in without any word that leads to it.

// statusLeads says whether a word of how the back is, or a comparison, ends with token i and so
// leads to a number: "back is in spasm 8", "stiff as a board 5".
func (r *reading) statusLeads(i int) bool {
	if i+1 >= len(r.toks) || r.toks[i+1].Kind != token.Number {
		return false // "a rough one", "torn in two"
	}
	if r.begins(i, cOfAPeak) > 0 {
		return r.startOfClause(i) == i // "quick 6 then back down to 1"
	}
	return r.ends(i, cFlare) || r.ends(i, cVengeance) || r.ends(i, cStatusOther) || r.likened(i)
}

var cOfAPeak = lexicon.Must("of_a_peak")

// likened says whether a comparison ends with token i, and the clause with the number after it:
// "moving like a robot 6", "tieso como una tabla 5".
func (r *reading) likened(i int) bool {
	k, ok := r.figureStarting(i + 1)
	if !ok || r.figures[k].to != r.endOfClause(i+1) && !r.mark(r.figures[k].to) {
		return false
	}
	for j := i - 1; j > 0 && i-j <= 3; j-- {
		if !r.is(j, "as") && !r.is(j, "like") && !r.is(j, "como") {
			continue
		}
		return r.begins(j-1, cSubject)+r.begins(j-1, cModal) == 0 && r.startOfClause(j) < j
	}
	return false
}

// putRight says whether the number at from takes the place of one said before: "8. sorry meant 3
// fat thumbs". After a mere "sorry" it may count anything.
func (r *reading) putRight(from int) bool {
	i := from - 1
	if r.begins(i, cArticle) == from {
		i--
	}
	if !r.ends(i, cCorrect) || r.begins(i, cExcuse) > 0 {
		return false
	}
	return len(r.figures) > 1 && r.figures[0].from < i
}

// onSides says whether the word at i is the side of a number, and another number has the other:
// "4 left, 2 right".
func (r *reading) onSides(i int) bool {
	if r.begins(i, cSide) == 0 {
		return false
	}
	k, ok := r.endsFigure(i)
	if !ok {
		return false
	}
	return r.hasOtherSide(k-1, r.key(i)) || r.hasOtherSide(k+1, r.key(i))
}

// hasOtherSide says whether number k has a side that is not the one given.
func (r *reading) hasOtherSide(k int, side string) bool {
	if k < 0 || k >= len(r.figures) {
		return false
	}
	to := r.figures[k].to
	return r.begins(to, cSide) > 0 && !r.is(to, side)
}

// ownSentence says whether a sentence of its own begins at token i, after a number that opens the
// answer: "3 ice helped", "4 drive was long". Of several things the noun is a plural.
func (r *reading) ownSentence(i int) bool {
	k, ok := r.endsFigure(i)
	if !ok || k > 0 || !painAsked(r.asked) || !r.digits(&r.figures[k]) || r.figures[k].from != r.skipGreeting() {
		return false
	}
	relief := r.begins(i, cRelief) > 0
	if !relief && (r.figures[k].value == 1 || r.severalOf(i)) {
		return false
	}
	for j := i + 1; j <= i+2 && j < r.endOfClause(i); j++ {
		if r.begins(j, cBodyVerb)+r.begins(j, cHelps) > 0 {
			return true
		}
	}
	return false
}

// severalOf says whether the word at i may be a plural: "3 kids".
func (r *reading) severalOf(i int) bool {
	if r.toks[i].Kind != token.Word || r.begins(i, cManyOf) > 0 {
		return true
	}
	key := r.key(i)
	return len(key) > 3 && strings.HasSuffix(key, "s") && !strings.HasSuffix(key, "ss")
}

var (
	cManyOf   = lexicon.Must("many_of")
	cNotAUnit = lexicon.Must("not_a_unit")
	cSide     = lexicon.Must("side_of_back")
	cHelps    = lexicon.Must("helps_verb")
	cExcuse   = lexicon.Must("excuse_word")
)

// machineLevel says whether "level" before a number is that of a machine in the clause: "30 min
// on the bike at level 6".
func (r *reading) machineLevel(f *figure) bool {
	start, at := r.startOfClause(f.from), f.from-1
	if !r.is(at, "level") && !r.is(at, "nivel") {
		return false
	}
	return (r.speaksOf(cMachineName, start, at) || r.verbAtLevel(at-1, start)) && !r.speaksOf(cPain, start, at) && !r.speaksOf(cBack, start, at)
}

// standsAtScore says whether two numbers are how a game stands: "Astros are up 5-3", "chiefs down
// 7-3 at the half". A range of pain goes upwards and is nobody's.
func (r *reading) standsAtScore(f, g *figure) bool {
	at := f.from - 1
	if !r.is(f.to, "-") || f.claim != unclaimed || g.claim != unclaimed || !r.digits(f) || r.painSubject(f) {
		return false
	}
	start := r.startOfSentence(f.from)
	if (at >= start || f.value > g.value) && r.speaksOf(cGameClock, start, r.endOfSentence(f.from)) {
		return true
	}
	if r.is(at, "tied") && at > start && f.value == g.value {
		return true
	}
	if r.begins(at, cScoreLead) == 0 || f.value <= g.value || at == start {
		return false
	}
	for j := start; j < at; j++ {
		if r.begins(j, cPain)+r.begins(j, cBack)+r.begins(j, cStatusOther) > 0 {
			return false
		}
		if r.is(j, "it") || r.is(j, "its") || r.is(j, "im") {
			return false
		}
	}
	return true
}

var (
	cMachineVerb = lexicon.Must("machine_verb")

	cGameClock = lexicon.Must("game_clock")
	cScoreLead = lexicon.Must("score_lead")
)

// noneTwice says whether the denial before token i only makes the "no" there stronger: "dont have
// no pain", "aint got no pain".
func (r *reading) noneTwice(i int) bool {
	return r.is(i, "no") && r.ends(i-1, cDoubleNo)
}

var cDoubleNo = lexicon.Must("double_no")

// ironic says whether what is called good stands beside much pain and in words that are seldom
// meant so: "oh lovely, a 7", "great. just great. 8".
func (r *reading) ironic(h lexicon.Hit) bool {
	if !r.any(cIrony) || r.clauseHas(h, cBack) || r.clauseHas(h, cPain) || r.clauseHas(h, cFeel) {
		return false
	}
	for _, x := range r.ratings[:min(len(r.ratings), nearFigures)] {
		if x.used && x.value >= muchPain {
			return true
		}
	}
	return false
}

// muchPain is the least that nobody calls lovely.
const muchPain = 5

var cIrony = lexicon.Must("irony")

// namesNumber says whether what is called good only says which number follows: "average = 2",
// "best 2 worst 6".
func (r *reading) namesNumber(h lexicon.Hit) bool {
	to := int(h.To)
	switch {
	case r.is(to, "="):
		to++
	case h.To-h.From > 1, r.begins(int(h.From), cWhichNumber) == 0:
		return false
	case r.begins(to, cCopula) > 0, r.is(to, ":"):
		to++
	}
	_, ok := r.figureStarting(to)
	return ok
}

var cWhichNumber = lexicon.Must("which_number")

// likens says whether the answer is what it feels like: "feels like someone parked a truck on it".
func (r *reading) likens() bool {
	return r.opens(cLikening) && r.wordCount() > 3 && !r.any(cWeather) && !r.isQuestion()
}

var cLikening = lexicon.Must("likening")

// joinedOn says whether the number is joined to what stands before it and not its measure:
// "gr8 sleep n a 2".
func (r *reading) joinedOn(f *figure) bool {
	i := f.from - 1
	if r.begins(i, cArticle) == f.from {
		i--
	}
	return i < f.from-1 && (r.begins(i, cJoiner) > 0 || r.begins(i, cBut) > 0)
}

// painEnds says whether the clause ends with a word that makes the number one of pain, where days
// or flares were asked for: "ni uno, y eso que ando en 5 de dolor".
func (r *reading) painEnds(f *figure) bool {
	i := f.to
	if r.is(i, "de") || r.is(i, "for") || r.is(i, "of") {
		i++
	}
	end := r.begins(i, cPainWord)
	return end > 0 && (end == r.endOfClause(f.from) || r.mark(end))
}

// opensRated says whether a number that opens the answer about the homework is one of pain and no
// count of what was done: "2 during, 0 before", "4. had to end it after the second set".
func (r *reading) opensRated(f *figure) bool {
	while := (r.is(f.to, "while") || r.is(f.to, "mientras")) && f.to+1 < len(r.toks) && r.doing(f.to+1)
	if when, _ := r.timeAt(f.to); when == whenSession || while || r.painBehind(f) || f.outOfTen {
		return true
	}
	if !r.mark(f.to) || r.is(f.to, "-") || r.is(f.to, "/") {
		return false
	}
	_, row := r.figureStarting(f.to + 1)
	return !row && r.any(cDone, cNotDone, cSetOnly)
}

// arrow says whether an arrow stands between two numbers: "5 -> 2".
func (r *reading) arrow(from, to int) bool {
	for i := from; i < to; i++ {
		if !r.is(i, "-") && !r.is(i, ">") && !r.is(i, "=") && !r.is(i, "→") {
			return false
		}
	}
	return to > from && (r.is(to-1, ">") || r.is(to-1, "→"))
}

// thenLast says whether another "then" leads to a number after rating i: "5 then 4 then 3".
func (r *reading) thenLast(i int) bool {
	for _, x := range r.ratings[i+1 : min(i+nearFigures, len(r.ratings))] {
		if r.is(x.from-1, "then") || r.is(x.from-1, "luego") {
			return true
		}
	}
	return false
}

// lettered says whether a letter that names no vertebra is part of the number: "gate B7".
func (r *reading) lettered(f *figure) bool {
	return r.digits(f) && r.toks[f.from].Glued && r.begins(f.from-1, cCodeLetter) > 0
}

// yearShort says whether a number with a nought before it is a year: "like it did in 09".
func (r *reading) yearShort(f *figure) bool {
	t := r.toks[f.from]
	if !r.digits(f) || t.End-t.Start != 2 || r.text[t.Start] != '0' {
		return false
	}
	i := f.from - 1
	if r.is(i, "'") {
		i--
	}
	return r.begins(i, cPreposition) > 0 || r.timeLead(i)
}

// distance says whether the number is how far the patient went: "back is tight, ran 4 today", but
// not "the pain ran 4".
func (r *reading) distance(f *figure) bool {
	i := f.from - 1
	if !r.digits(f) || f.value == 0 || r.begins(i, cCovers) == 0 {
		return false
	}
	start := r.startOfClause(i)
	if r.speaksOf(cSubordinate, start, i) && !r.is(i-1, "and") {
		return false // "while i walked 6"
	}
	return start == i || r.begins(i-1, cFirstPerson)+r.begins(i-1, cJoiner) > 0
}

// outsideTemp says whether the number is the temperature out of doors: "achy, temp outside is 9".
func (r *reading) outsideTemp(f *figure) bool {
	start := r.startOfClause(f.from)
	if !r.all.has(cWeather) || r.begins(f.from-1, cArticle) > 0 {
		return false
	}
	return r.speaksOf(cWeather, start, f.from) && r.speaksOf(cTempLead, start, f.from)
}

// ebbedAfter says whether the number is the hour after which the pain was gone: "pain went away
// after 2". Two hours are no rating either.
func (r *reading) ebbedAfter(f *figure) bool {
	at := f.from - 1
	if !r.digits(f) || f.value > lastHour {
		return false
	}
	if r.is(at, "around") || r.is(at, "at") || r.is(at, "about") {
		return r.ends(at-1, cLeftFor) // "pain left around 3", but not "eased to around 3"
	}
	if !r.ends(at-1, cEbbed) && !r.ends(at-1, cLeftFor) {
		return false
	}
	return r.is(at, "after") || r.is(at, "by") || r.is(at, "before") || r.is(at, "past") || r.is(at, "until")
}

// upWith says whether a sentence tells why one was up at that hour, after a number of its own: "3.
// up at 5 with the dog".
func (r *reading) upWith(f *figure) bool {
	i := f.from - 2
	if r.startOfSentence(i) != i || i == 0 || r.figures[0].from > i || r.figures[0].claim != unclaimed {
		return false
	}
	return r.begins(f.to, cCauseMark) > 0 || r.is(f.to, "w") || r.is(f.to, "to")
}

var (
	cCodeLetter = lexicon.Must("code_letter")
	cCovers     = lexicon.Must("covers_distance")
	cEbbed      = lexicon.Must("ebbed")
	cLeftFor    = lexicon.Must("left_for_good")
)

// otherDay says whether a rating was that of a day of the week and another is tonight's.
func (r *reading) otherDay(i int) bool {
	x := &r.ratings[i]
	if x.when != whenWeek || !r.speaksOf(cWeekday, r.startOfClause(x.from), x.from) {
		return false
	}
	for _, y := range r.ratings[i+1 : min(i+nearFigures, len(r.ratings))] {
		if y.when == whenNow || y.when == whenEvening {
			return true
		}
	}
	return false
}

// rowToNow says whether a rating is one of a bare row that ends with how it is now.
func (r *reading) rowToNow(i int) bool {
	for k := i; k+1 < len(r.ratings) && k < i+nearFigures; k++ {
		at, next := r.ratings[k].to, &r.ratings[k+1]
		if r.ratings[k].when != "" || !r.is(at, ",") {
			return false
		}
		if next.when == whenNow {
			when, end := r.timeAt(at + 1)
			return when == whenNow && end == next.from
		}
		if next.from != at+1 {
			return false
		}
	}
	return false
}

// allOfThem says whether the number is all there are of something: "hurt on all 3".
func (r *reading) allOfThem(f *figure) bool {
	i := f.from - 1
	return r.is(i, "all") && r.begins(i-1, cPreposition) > 0 && (f.to >= len(r.toks) || r.mark(f.to))
}

// inPlaces says whether the number counts where it hurts: "me duele en 2 puntos".
func (r *reading) inPlaces(f *figure) bool {
	i := f.from - 1
	return (r.is(i, "en") || r.is(i, "in")) && r.begins(i-1, cPain) > 0 && r.begins(f.to, cPoints) > 0
}

// jokesScore says whether two numbers are a score against the patient: "stairs 1, me 0".
func (r *reading) jokesScore(f, g *figure) bool {
	at := g.from - 1
	if g.value != 0 || !r.is(at, "me") && !r.is(at, "yo") {
		return false
	}
	return f.claim == unclaimed && f.to == at-1 && r.mark(f.to) && f.from > 0
}
