package reply

import "backstop/flows/reply/lexicon"

// pain chooses among the ratings: the highest inside the asked window; after a
// correction only what follows it.
func (r *reading) pain() *float64 {
	from := max(r.correctedFrom(), r.settledFrom())
	best, loose := -1, -1
	for i := range r.ratings {
		x := &r.ratings[i]
		if x.from < from || x.when == "" && r.asked != AskedEvening && r.wasBefore(x.from) && r.nowAfter(i) && !r.worstBefore(x.from) {
			continue // "was a 6, now a 3", but not where the worst since the session is asked for
		}
		if x.when != whenNow && (r.easedAfter(i) || r.dayBefore(i) || r.fellTo(i) || r.fallsOn(i)) {
			continue // "spiked to 8 at work, settled to 4"
		}
		if r.asked == AskedH48 && x.when == "" && (r.is(x.to, "then") || r.is(x.to, "luego")) && (r.nowAfter(i) || r.thenLast(i)) {
			continue // "6 then 4 now 2", "5 then 4 then 3"
		}
		if r.asked == AskedH48 && x.when == "" && i > 0 && r.wasBefore(x.from) && r.sent[r.ratings[i-1].from] == r.sent[x.from] && !r.wasBefore(r.ratings[i-1].from) && !r.ratings[i-1].zero {
			continue // "2 (was 5)"
		}
		if r.worseToday(i) {
			continue
		}
		if r.saidBut(i) {
			continue // "i said 5 but thats the wrong day, 2 this morning"
		}
		if i > 0 && r.denies(i) {
			continue // "era 6 no 4"
		}
		if r.asked == AskedEvening && r.otherDay(i) || r.asked == AskedH48 && r.rowToNow(i) {
			continue // "monday was a 7, tonight 2", "7, 5, now 2"
		}
		if r.asked == AskedH48 && !x.zero && r.wasBefore(x.from) && r.goneNow() {
			continue // "gone as of noon, was 3 at breakfast"
		}
		switch fit := windowFit(r.asked, x.when); {
		case fit == inside, fit == secondary && r.mereCircumstance(i):
			if best < 0 || x.value > r.ratings[best].value {
				best = i
			}
		case fit == secondary:
			if loose < 0 || x.value > r.ratings[loose].value {
				loose = i
			}
		}
	}
	if best < 0 {
		best = loose
	}
	if best < 0 {
		return nil
	}
	x := &r.ratings[best]
	x.used = true
	r.note("pain: "+number(x.value), x.from, x.to, ratingRule(x))
	value := x.value
	return &value
}

// goneNow says whether the last of the ratings denies any pain.
func (r *reading) goneNow() bool {
	last := r.ratings[len(r.ratings)-1]
	return last.zero && windowFit(r.asked, last.when) == inside
}

// easedAfter says whether a rating was a peak that came down again, where the
// present is asked for.
func (r *reading) easedAfter(i int) bool {
	if r.asked != AskedH48 && r.asked != AskedNextMorning && r.asked != AskedNone || !r.leadsTo(i, cRoseTo) {
		return false
	}
	for k := i + 1; k < min(i+nearFigures, len(r.ratings)); k++ {
		if r.leadsTo(k, cEasedTo) || r.ratings[k].when == whenNow {
			return true
		}
	}
	return false
}

// dayBefore says whether a rating is that of an earlier day, two days after a
// session: "first day 5, second day 4, now 2".
func (r *reading) dayBefore(i int) bool {
	if r.asked != AskedH48 || !r.speaksOf(cFirstDays, r.startOfClause(r.ratings[i].from), r.ratings[i].from) {
		return false
	}
	for _, x := range r.ratings[:min(i, nearFigures)] {
		if x.when == whenNow {
			return true
		}
	}
	for _, x := range r.ratings[i+1 : min(i+nearFigures, len(r.ratings))] {
		if x.when == whenNow || r.speaksOf(cFirstDays, r.startOfClause(x.from), x.from) {
			return true
		}
	}
	return false
}

var cFirstDays = lexicon.Must("first_days")

// leadsTo says whether a phrase of c leads to the rating.
func (r *reading) leadsTo(i int, c lexicon.Concept) bool {
	from := r.ratings[i].from
	return r.ends(from-1, c) || (r.is(from-1, "a") || r.is(from-1, "an") || r.is(from-1, "like") || r.is(from-1, "un")) && r.ends(from-2, c)
}

var (
	cRoseTo  = lexicon.Must("rose_to")
	cEasedTo = lexicon.Must("eased_to")
)

// worstBefore says whether the rating is called the worst in a question for the
// worst: "worst was 6, its a 2 now".
func (r *reading) worstBefore(i int) bool {
	if r.asked != AskedEvening && r.asked != AskedWeekly && r.asked != AskedHomework {
		return false
	}
	for j := i - 1; j >= r.startOfClause(i) && i-j <= 4; j-- {
		if r.begins(j, cWorstWord) > 0 {
			return true
		}
	}
	return false
}

var cPutIt = lexicon.Must("put_it")

var cWorstWord = lexicon.Must("worst_word")

// nowAfter says whether a rating after the one at i speaks of now.
func (r *reading) nowAfter(i int) bool {
	for _, x := range r.ratings[i+1:] {
		if x.when == whenNow || r.is(x.from-1, "is") || r.is(x.from-1, "a") && r.is(x.from-2, "is") {
			return true
		}
	}
	return false
}

func ratingRule(x *rating) string {
	switch {
	case x.zero:
		return "pain denied"
	case x.when != "":
		return "rating, " + x.when
	}
	return "rating"
}

// fit says how a time stands to the window that was asked for.
type fit uint8

const (
	outside fit = iota
	secondary
	inside
)

func windowFit(asked Asked, when string) fit {
	switch when {
	case "", whenNow:
		return inside
	case whenPast:
		return outside
	case whenUsual:
		return secondary
	case whenYesterday, whenLastNight:
		if asked == AskedWeekly {
			return inside
		}
		return outside
	}
	switch asked {
	case AskedEvening:
		if when == whenMorning {
			return secondary
		}
	case AskedNextMorning:
		if when == whenSession || when == whenEvening || when == whenWeek {
			return secondary
		}
	case AskedHomework:
		if when == whenMorning {
			return secondary
		}
	case AskedH48:
		if when != whenNow {
			return secondary
		}
	}
	return inside
}

// denies says whether the "no" before rating i is a Spanish "not": "era 6 no 4".
func (r *reading) denies(i int) bool {
	before := r.ratings[i-1].from - 1
	if r.begins(before, cArticle) > 0 {
		before--
	}
	return r.ratings[i].from > 0 && r.is(r.ratings[i].from-1, "no") && (r.is(before, "es") || r.is(before, "era") || r.is(before, "fue"))
}

// correctedFrom returns the token from which ratings count: after "no wait",
// "I mean", when a rating follows it.
func (r *reading) correctedFrom() int {
	from := 0
	for _, h := range r.hits {
		if h.Concept != cCorrect || len(r.ratings) == 0 {
			continue
		}
		if last := r.ratings[len(r.ratings)-1]; last.from >= int(h.To) {
			from = int(h.To)
		}
	}
	for i := 1; i < len(r.ratings); i++ {
		at := r.ratings[i].from - 1
		if r.is(at-1, "no") && (r.is(at, "just") || r.is(at, "only") || r.is(at, "its") || r.is(at, "solo")) {
			at-- // "8 no just 7"
		}
		if r.mark(at) {
			at-- // "3, no, 2"
		}
		if r.is(at, "no") && r.ratings[i-1].to >= at-1 && !r.denies(i) {
			from = max(from, at) // "3 no 2"
		}
		if r.takesBack(at, r.ratings[i-1].to) && !r.denies(i) {
			from = max(from, at) // "thirty? no THREE", "5.. nah 3"
		}
		if r.begins(at, cPutIt) > 0 && r.begins(at-1, cNo)+r.begins(at-2, cNo) > 0 {
			from = max(from, at) // "cuatro y medio no, ponle cuatro"
		}
	}
	return from
}

// takesBack says whether a "no" at token i, with nothing but marks before it, takes back the
// number that ends at to: "5.. nah 3".
func (r *reading) takesBack(i, to int) bool {
	if !r.is(i, "no") && !r.is(i, "nah") && !r.is(i, "nope") && !r.is(i, "naw") {
		return false
	}
	if r.is(i-1, "?") {
		return true
	}
	for i--; i >= to && r.mark(i); i-- {
	}
	return i == to-1
}

// saidBut says whether rating i is only what was said before, and a "but" and another follow it.
func (r *reading) saidBut(i int) bool {
	x := &r.ratings[i]
	at := x.from - 1
	for at >= 0 && (r.begins(at, cArticle) == at+1 || r.begins(at, cApprox) == at+1) {
		at--
	}
	if i+1 >= len(r.ratings) || !r.ends(at, cSaidBefore) {
		return false
	}
	for j := x.to; j < min(x.to+3, r.ratings[i+1].from); j++ {
		if r.begins(j, cBut) > 0 {
			return true
		}
	}
	return false
}

var cSaidBefore = lexicon.Must("said_before")
