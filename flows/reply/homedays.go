package reply

import "backstop/flows/reply/lexicon"

// Days at home, nights with little sleep, and what others were asked to do.

// countsHome finds the days that the back kept one at home, or down: "third day home, I still
// cannot drive", "three full days flat on the sofa", "llevo dos días en cama".
func (r *reading) countsHome() bool {
	if !r.any(cHomeAgain, cLaidDown) || !painAsked(r.asked) && r.asked != AskedWorkdays && r.asked != AskedRelapse && !r.backHurts() {
		return false
	}
	if r.any(cLeisure, cFreeDay, cNotTheBack) || r.goodOfBack() {
		return false
	}
	for i := range r.toks {
		end := r.begins(i, cUnitDay)
		if end == 0 && (r.is(i, "week") || r.is(i, "semana")) {
			end = i + 1
		}
		named := end == 0 && r.asked == AskedWorkdays && r.begins(i, cWeekday) > 0
		if named {
			end = r.begins(i, cWeekday)
		} else if end > 0 && !r.numberedDay(i, end) {
			end = 0
		}
		if end == 0 || r.flags[i]&(negated|hypothetical|someoneElse|past) != 0 || r.speaksOf(cOtherCause, r.startOfSentence(i), i) {
			continue
		}
		for j := max(r.startOfSentence(i), i-homeReach); j < len(r.toks) && j < end+homeReach && r.sent[j] == r.sent[i]; j++ {
			if j > i && r.clause[j] != r.clause[i] {
				break
			}
			to := r.begins(j, cLaidDown)
			if r.begins(j, cHomeAgain) > 0 && !named && (r.backKeeps(i) || r.missedSaid()) {
				to = max(to, r.begins(j, cHomeAgain))
			}
			if to > 0 && (to <= i || j >= end) && !r.foreignCause(max(to, end)) {
				r.note("interference: severe", min(i, j), max(to, end), "days at home")
				return true
			}
		}
	}
	return false
}

// homeReach is how many words may stand between a day and where it was spent.
const homeReach = 5

// numberedDay says whether the day at [i, end) is told as the first, the second or one of some:
// "2nd day", "three full days", "día 3".
func (r *reading) numberedDay(i, end int) bool {
	if _, ok := r.figureStarting(end); ok {
		return true
	}
	for back := 1; back <= 2; back++ {
		j := i - back
		if _, ok := r.endsFigure(j + 1); ok || j >= 0 && (r.ordinalAt(j) || r.begins(j, cOrdinal) > 0) {
			return true
		}
		if r.is(j, "a") || r.is(j, "una") || r.is(j, "whole") {
			return r.is(i, "week") || r.is(i, "semana")
		}
		if !r.is(j, "full") && !r.is(j, "whole") && !r.is(j, "straight") && !r.is(j, "solid") && !r.is(j, "entire") {
			return false
		}
	}
	return false
}

// backKeeps says whether the sentence of token i, or the next one, gives the back as a cause or tells
// what cannot be done.
func (r *reading) backKeeps(i int) bool {
	for j := r.startOfSentence(i); j < len(r.toks) && r.sent[j] <= r.sent[i]+1; j++ {
		if r.begins(j, cFlare)+r.begins(j, cUnable) > 0 || r.begins(j, cBack) > 0 && r.isCause(j) {
			return true
		}
	}
	return false
}

var (
	cHomeAgain = lexicon.Must("home_again") // "home", "en casa"
	cLaidDown  = lexicon.Must("laid_down")  // "flat on the sofa", "en cama"
)

// sleptLittle finds a night of few hours: "slept maybe two hours", "habré dormido 2 horas". A
// question for pain, or the pain itself, makes the back the cause.
func (r *reading) sleptLittle() bool {
	if !r.all.has(cSleptFor) || !painAsked(r.asked) && !r.backHurts() || !r.any(cPain, cFlare) || r.goodOfBack() {
		return false
	}
	h, ok := r.find(cSleptFor, func(h lexicon.Hit) bool {
		if r.flags[h.From]&(negated|hypothetical|someoneElse|past) != 0 || r.foreignCause(int(h.To)) || r.clauseHas(h, cOtherCause) {
			return false
		}
		i := int(h.To)
		for i < int(h.To)+3 && (r.begins(i, cApprox) == i+1 || r.begins(i, cFillerWord) == i+1 || r.is(i, "only") || r.is(i, "solo")) {
			i++
		}
		if next := r.endOfClause(int(h.From)); r.begins(next, cOtherCause)+r.begins(next, cOutsideCause)+r.begins(next, cOtherPerson) > 0 {
			return false // "slept 3 hours, newborn"
		}
		k, found := r.figureStarting(i)
		return found && r.figures[k].value <= fewHours && r.begins(r.figures[k].to, cHourUnit) > 0
	})
	if ok {
		r.note("interference: some", int(h.From), int(h.To), "little sleep")
	}
	return ok
}

// fewHours is the most that nobody calls a night.
const fewHours = 3

var (
	cSleptFor = lexicon.Must("slept_for")
	cHourUnit = lexicon.Must("hour_unit")
)

// hadOthersDo finds somebody who had to be asked: "had to get my daughter to empty the dishwasher",
// "le pedí a mi hija que sacara la basura".
func (r *reading) hadOthersDo() bool {
	if !r.all.has(cHadToAsk) || !painAsked(r.asked) && !(r.asked == AskedNone && r.backHurts()) || r.any(cProxy) {
		return false
	}
	h, ok := r.find(cHadToAsk, func(h lexicon.Hit) bool {
		i := int(h.To)
		for r.isPossessive(i) || r.is(i, "the") || r.is(i, "a") {
			i++
		}
		end := r.begins(i, cOtherPerson)
		if end == 0 || r.flags[h.From]&(negated|hypothetical|past) != 0 || r.foreignCause(end) {
			return false
		}
		if !r.is(end, "to") && !r.is(end, "que") && r.begins(end, cDoesBare)+r.begins(end, cDoesFor) == 0 {
			return false
		}
		for j := end; j < r.endOfClause(end); j++ {
			if r.begins(j, cChore)+r.begins(j, cLightTask)+r.begins(j, cSelfBasic) > 0 {
				return !r.is(j-1, "her") && !r.is(j-1, "his") && !r.is(j-1, "their") && !r.is(j-1, "your")
			}
		}
		return r.is(int(h.From), "had") || r.is(int(h.From), "tuve")
	})
	if ok {
		r.note("interference: some", int(h.From), int(h.To), "done by somebody else")
	}
	return ok
}

var cHadToAsk = lexicon.Must("had_to_ask")

// becauseOfThat says whether "because of it" ends a clause before token end or before an "and".
func (r *reading) becauseOfThat(from, end int) bool {
	for i := max(from, 1); i < min(end, len(r.toks)); i++ {
		if !r.is(i, "it") && !r.is(i, "eso") && !r.is(i, "ello") || !r.is(i-1, "of") && !r.is(i-1, "por") && !r.is(i-1, "to") || !r.ends(i-1, cCauseMark) {
			continue
		}
		if i+1 >= len(r.toks) || r.mark(i+1) || r.begins(i+1, cJoiner) > 0 {
			return true
		}
	}
	return false
}

// reclines says whether to lie or sit down at h only tells where it is better, or what one has given
// up: "pain stops when I lie on the floor", "better since I stopped sleeping on the couch".
func (r *reading) reclines(h lexicon.Hit) bool {
	start := r.startOfClause(int(h.From))
	if !r.speaksOf(cReclines, int(h.From), int(h.To)) {
		return false
	}
	for j := int(h.From) - 1; j >= start && int(h.From)-j <= 4; j-- {
		if r.begins(j, cGaveUp) > 0 {
			return true
		}
		if (r.is(j, "when") || r.is(j, "if") || r.is(j, "once") || r.is(j, "cuando") || r.is(j, "si")) && r.speaksOf(cEasesOff, start, j) {
			return true
		}
	}
	return false
}

var (
	cReclines = lexicon.Must("reclines")
	cGaveUp   = lexicon.Must("gave_up_doing") // "stopped sleeping", "dejé de dormir"
	cEasesOff = lexicon.Must("eases_off")
)

// shutPlace finds the shop or practice that was closed for days: "closed my practice for a week".
func (r *reading) shutPlace() bool {
	if !r.all.has(cShuts) || !painAsked(r.asked) && r.asked != AskedWorkdays && r.asked != AskedRelapse && !r.backHurts() {
		return false
	}
	h, ok := r.find(cShuts, func(h lexicon.Hit) bool {
		i := int(h.To)
		for r.isPossessive(i) || r.is(i, "the") || r.is(i, "el") || r.is(i, "la") {
			i++
		}
		end := max(r.begins(i, cWorkplace), r.begins(i, cOwnPlace))
		if i == int(h.To) || end == 0 || !r.plain(h) || r.foreignCause(end) {
			return false
		}
		for j := end; j < end+4 && j < len(r.toks); j++ {
			if r.begins(j, cUnitDay)+r.begins(j, cWeekday) > 0 || r.is(j, "week") || r.is(j, "semana") || r.is(j, "over") && r.is(j+1, "it") {
				return true
			}
		}
		return r.becauseOfThat(end, r.endOfSentence(int(h.From)))
	})
	if ok {
		r.note("interference: severe", int(h.From), int(h.To), "work missed")
	}
	return ok
}

var (
	cShuts    = lexicon.Must("shuts_down")
	cOwnPlace = lexicon.Must("own_place")
)

// haltsAtShop says whether one only stopped somewhere on the way: "paré en el súper".
func (r *reading) haltsAtShop(h lexicon.Hit) bool {
	i := int(h.From)
	if r.asked == AskedHomework || !r.is(i, "pare") && !r.is(i+1, "pare") || !r.is(int(h.To)-2, "en") {
		return false
	}
	_, figure := r.figureStarting(int(h.To))
	return !figure && r.begins(int(h.To), cOrdinal)+r.begins(int(h.To), cSetOnly)+r.begins(int(h.To), cRepWord) == 0
}
