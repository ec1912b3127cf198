package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// lastHour is the highest number that may be an hour of the day.
const lastHour = 12

func (r *reading) clock(f *figure) bool {
	before, after := f.from-1, f.to
	if f.outOfTen || r.notTheClock(f) {
		return false // "woke at 6 out of 10"
	}
	if r.spokenMinutes(f) || r.dayHour(f) || r.sinceHour(f) || r.eventHour(f) || r.homeHour(f) || r.shiftHour(f) {
		return true
	}
	if f.word && !r.begunBy(before, cAtTimeVerb) && !r.is(after, "am") && !r.is(after, "pm") && !r.is(after, "oclock") {
		return false
	}
	if r.is(after, ":") && after+1 < len(r.toks) && r.toks[after].Glued && r.toks[after+1].Kind == token.Number && r.toks[after+1].Glued {
		return true
	}
	if before >= 1 && r.is(before, ":") && r.toks[before-1].Kind == token.Number && r.toks[before].Glued && r.toks[f.from].Glued {
		return true
	}
	if (r.is(after, "am") || r.is(after, "pm")) && r.timesTable(f) {
		return false
	}
	if r.is(after, "am") || r.is(after, "pm") || r.is(after, "oclock") || r.is(after, "a") && r.is(after+1, ".") && r.is(after+2, "m") {
		return !r.is(after, "am") || after+1 >= len(r.toks) || !r.is(after+1, "i")
	}
	if before >= 0 && r.any(cCallWish) && (r.is(before, "after") || r.is(before, "before") || r.is(before, "by")) && r.digits(f) {
		return true
	}
	if before >= 0 && r.bookingTalk() && !r.any(cPain, cBack) && r.begins(before, cPreposition) > 0 && !r.is(before, "a") && !(painAsked(r.asked) && (r.stands(before-1) || before == r.startOfSentence(before))) {
		return true
	}
	if r.is(before, "at") && r.ends(before-1, cMeets) && f.value <= lastHour && (f.to >= len(r.toks) || r.mark(f.to)) {
		return true // "back hurts, see you at 3"
	}
	if r.is(before, "at") && r.digits(f) && f.value <= lastHour && (before == r.startOfClause(f.from) || r.begins(before-1, cJoiner) > 0) && (r.is(f.to, "it") || r.is(f.to, "its") || r.is(f.to, "i")) && r.numberSoon(f.to+2) {
		return true // "at 5 it was 2"
	}
	if r.wakingHours(f) || r.intended(f) || r.movedTo(f) {
		return true
	}
	if r.atHour(f) || f.value <= lastHour && r.digits(f) && r.begins(before, cOnsetTime) > 0 && r.ends(before-1, cOnset) {
		return true
	}
	switch {
	case before < 1:
		return false
	case r.is(before, "at") || r.is(before, "around") || r.is(before, "by") || r.is(before, "until") || r.is(before, "till") || r.is(before, "before") || r.is(before, "til") || r.is(before, "las"):
		if r.bookingTalk() && !r.any(cPain, cBack) && !(painAsked(r.asked) && r.stands(before-1)) || r.inDoseClause(before) {
			return true
		}
		if r.gotUp(before-1) || r.is(before-1, "em") || r.is(before-1, "them") {
			last := &r.figures[len(r.figures)-1]
			return (last.from > f.from || r.any(cPain) || r.upWith(f)) && !r.painSubject(f)
		}
		return r.is(before, "by") && before > 0 && !r.begunBy(before-1, cBack) || r.ends(before-1, cAtTimeVerb) && !r.painSubject(f) || r.is(before, "until") || r.is(before, "till") || r.is(before, "til") || r.is(before, "las")
	}
	return false
}

// hours says whether two numbers are the hours that work or an errand took:
// "on my feet 8 to 5", "ran errands from 9 to 4".
func (r *reading) hours(f, g *figure) bool {
	if f.outOfTen || g.outOfTen || f.value > lastHour || g.value > lastHour || g.from != f.to+1 || r.begins(f.to, cRange) == 0 || r.painSubject(f) {
		return false
	}
	before := f.from - 1
	if r.is(before, "from") || r.is(before, "de") {
		before--
	}
	if before < f.from-1 {
		for j := r.startOfClause(f.from); j < before; j++ {
			if r.begins(j, cKeptBusy) > 0 {
				return true // "slept straight through from 10 to 6"
			}
		}
	}
	if r.begins(before, cCopula) == before+1 && r.begins(before-1, cOwnHour)+r.begins(before-1, cKeptBusy) > 0 && r.begins(before-2, cPreposition)+r.begins(before-3, cPreposition) == 0 {
		return true // "my shift was 6 to 2"
	}
	return r.ends(before, cKeptBusy)
}

// gotUp says whether "up" at i is the patient's and not the pain's: it opens
// the clause or follows another number ("up at 4. back 2", "bed at 11 up at 5"),
// or is what one does out of bed ("got up at 6").
func (r *reading) gotUp(i int) bool {
	if i < 0 || !r.is(i, "up") {
		return false
	}
	_, number := r.endsFigure(i)
	return number || i == r.startOfClause(i) || r.is(i-1, "im") || r.is(i-1, "i") || r.ends(i, cAtTimeVerb)
}

func (r *reading) inDoseClause(i int) bool {
	for j := i; j >= 0 && r.clause[j] == r.clause[i]; j-- {
		if r.begins(j, cUnitDose) > 0 {
			return true
		}
	}
	return false
}

// atHour finds the hour in "the dentist was at 3", "in the garage since 6",
// "stacking chairs around 8 tonight": "at 3" is a rating only where it is said
// of the pain, of "it", or of nothing ("sitting at 3", "at 3 now").
func (r *reading) atHour(f *figure) bool {
	at := f.from - 1
	if at > 1 && r.begins(at, cApprox) == at+1 && (r.is(at-1, "since") || r.is(at-1, "desde")) {
		at-- // "since about 4"
	}
	if r.openingHour(f) || r.wokeMeAt(f) || r.struckAt(f) {
		return true
	}
	if (r.is(at, "since") || r.is(at, "desde")) && f.value >= 1 && f.value <= lastHour && f.value == float64(int(f.value)) && !f.outOfTen && r.digits(f) {
		return true // "for one thing, since about 3 I cannot tell"
	}
	if at < 1 || f.value > lastHour || f.value < 1 || f.value != float64(int(f.value)) || f.outOfTen || r.begins(at, cHourLead) == 0 || r.mark(at-1) {
		return false
	}
	if r.clause[at-1] != r.clause[at] {
		return false
	}
	if r.is(at, "since") || r.is(at, "desde") {
		return r.digits(f)
	}
	if r.is(at, "at") && r.digits(f) && r.ratedBefore(f) {
		return true // "a 6 at 10", "4 after a while in the car at 5"
	}
	if r.stands(at-1) || r.asked == AskedWeekly && (r.is(at-1, "day") || r.is(at-1, "days") || r.is(at-1, "dia") || r.is(at-1, "dias")) {
		return false // "1 day at 6, rest at 2"
	}
	if _, end := r.timeAt(f.to); end > 0 && !r.is(at, "at") {
		return !r.painSubject(f)
	}
	return r.is(at, "at") && r.digits(f) && !r.painSubject(f)
}

// ratedBefore says whether the clause has another number before f that may be its rating
// and has no "at" of its own: "chair at 2 stairs at 5" are two ratings.
func (r *reading) ratedBefore(f *figure) bool {
	k := int(r.figureFrom[f.from]) - 2
	for ; k >= 0 && r.clause[r.figures[k].from] == r.clause[f.from]; k-- {
		g := &r.figures[k]
		if g.claim == unclaimed && g.value <= 10 && (!r.is(g.from-1, "at") && g.to == f.from-1 || r.begins(g.from-1, cArticle) > 0 || g.from == r.startOfClause(f.from)) {
			return !r.is(f.to, "now") && r.begins(f.to, cApprox) == 0
		}
	}
	return false
}

var cArticle = lexicon.Must("article")

// stands says whether what ends at token i is something that stands at a
// number of pain: the pain itself, "it was", "holding", a time, nothing known.
func (r *reading) stands(i int) bool {
	if r.ends(i, cHolds) {
		subject := i - 1
		if subject >= r.startOfClause(i) && r.begins(subject, cOwnHour) == i {
			return false // "the flight lands at 7"
		}
		if r.begins(i, cCopula) == 0 || subject < r.startOfClause(i) {
			return true
		}
		return r.speaksOfPain(subject) || r.begins(subject, cHolds) > 0 || r.is(subject, "i") && r.is(i, "was") && painAsked(r.asked)
	}
	if r.is(i, "row") && r.is(i-1, "a") {
		return true // "third day in a row at 2"
	}
	return r.speaksOfPain(i) || r.endsTime(i) && !r.ends(i, cAtTimeVerb)
}

// speaksOfPain says whether token i is the pain, the back, or a word for them.
func (r *reading) speaksOfPain(i int) bool {
	return r.begins(i, cPain)+r.begins(i, cBack)+r.begins(i, cRatingWord)+r.begins(i, cAnaphor)+r.begins(i, cBody) > 0 ||
		r.begins(i, cOtherBody) > 0 || r.figureTo[min(i+1, len(r.toks))] > 0
}

// digits says whether a number is written in digits.
func (r *reading) digits(f *figure) bool { return r.toks[f.from].Kind == token.Number }

var (
	cHourLead  = lexicon.Must("hour_lead")
	cOnset     = lexicon.Must("onset")
	cOnsetTime = lexicon.Must("onset_time")
	cKeptBusy  = lexicon.Must("kept_busy")
	cHolds     = lexicon.Must("holds_at")
	cOwnHour   = lexicon.Must("own_hour")
	cCopula    = lexicon.Must("copula")
)

// eventHour says whether the number is the hour of what is named before "at": "Chapel at ten",
// "my shift starts at six".
func (r *reading) eventHour(f *figure) bool {
	at := f.from - 1
	if f.outOfTen || f.value < 1 || f.value > lastHour || !r.is(at, "at") && !r.is(at, "las") || at == r.startOfClause(at) {
		return false
	}
	i := at - 1
	if r.is(at, "las") {
		if !r.is(i, "a") {
			return false
		}
		i--
	}
	if r.gotUp(i) {
		return !r.painSubject(f) // "up at six with the rooster"
	}
	if r.is(i, "starts") || r.is(i, "begins") || r.is(i, "opens") || r.is(i, "closes") || r.is(i, "empieza") {
		noun := i - 1
		return noun >= r.startOfClause(at) && !r.speaksOfPain(noun) && r.begins(noun, cStatusOther)+r.begins(noun, cFirstPerson)+r.begins(noun, cSubordinate) == 0 // "finale starts at nine"
	}
	if r.begins(i, cStartsAt)+r.begins(i, cCopula) > 0 || r.is(i, "es") {
		i--
	}
	return i >= r.startOfClause(at) && r.ends(i, cEventWord) && !r.painSubject(f)
}

var cEventWord = lexicon.Must("event_word") // "church", "bingo", "misa"

// rowOfHours says whether number k goes on a row of hours that ends with "and": "up at 1, 3 and 5".
func (r *reading) rowOfHours(k int) bool {
	if k < 1 || k+1 >= len(r.figures) {
		return false
	}
	g, f, h := &r.figures[k-1], &r.figures[k], &r.figures[k+1]
	joined := r.is(f.to, "and") || r.is(f.to, "y") || r.is(f.to, "n") || r.is(f.to, "&")
	return g.claim == claimClock && g.to == f.from-1 && r.is(g.to, ",") && joined && h.from == f.to+1 && r.digits(f) && r.digits(h) && f.value > g.value && h.value > f.value && h.value <= lastHour
}

// homeHour says whether the number is the hour somebody came home, beside the back's own: "got home
// 8, dinner at 9, back 2".
func (r *reading) homeHour(f *figure) bool {
	at := f.from - 1
	if !r.is(at, "home") || !r.is(at-1, "got") && !r.is(at-1, "came") && !r.is(at-1, "im") || !r.digits(f) || !r.mark(f.to) {
		return false
	}
	k, _ := r.figureStarting(f.from)
	for j := k + 1; j < min(k+nearFigures, len(r.figures)); j++ {
		if r.painNamed(&r.figures[j]) {
			return true
		}
	}
	return false
}
