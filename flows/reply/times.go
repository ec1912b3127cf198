package reply

import "backstop/flows/reply/lexicon"

// The times that a rating can speak of.
const (
	whenNow       = "now"
	whenMorning   = "morning"
	whenEvening   = "evening"
	whenLastNight = "last_night"
	whenYesterday = "yesterday"
	whenSession   = "session"
	whenWeek      = "week"
	whenPast      = "past"
	whenUsual     = "usual"
)

var timeConcepts = map[lexicon.Concept]string{
	lexicon.Must("t_now"):        whenNow,
	lexicon.Must("t_morning"):    whenMorning,
	lexicon.Must("t_evening"):    whenEvening,
	lexicon.Must("t_last_night"): whenLastNight,
	lexicon.Must("t_yesterday"):  whenYesterday,
	lexicon.Must("t_session"):    whenSession,
	lexicon.Must("t_week"):       whenWeek,
	lexicon.Must("t_past"):       whenPast,
	lexicon.Must("t_usual"):      whenUsual,
}

var timeSet = func() conceptSet {
	var s conceptSet
	for c := range timeConcepts {
		s.add(c)
	}
	return s
}()

// timeAt returns the time named by the longest phrase that begins at token i.
func (r *reading) timeAt(i int) (when string, end int) {
	switch r.keyOr(i - 1) {
	case "than", "que", "as":
		return "", 0 // "worse than yesterday" is a comparison
	case "since", "desde":
		return "", 0 // "4 since last night" is still 4
	case "la", "el", "the":
		if r.is(i-2, "than") || r.is(i-2, "que") && r.comparedBefore(i-2) {
			return "", 0 // "3 kilos más que la semana pasada"
		}
	}
	if r.is(i, "back") && r.begins(i+1, cCopula) > 0 {
		return "", 0 // "back is in spasm" is not "back in march"
	}
	if r.is(i+1, "up") && r.is(i+2, "to") && (r.is(i, "got") || r.is(i, "gets") || r.is(i, "get")) {
		return "", 0 // "it got up to a 7"
	}
	if r.is(i, "once") && r.begins(i+1, cSubject) > 0 {
		return r.longestTime(i, i+2) // "6 once i stood up" is no "once a week"
	}
	if r.is(i, "before") && (r.begins(i+1, cBack)+r.begins(i+1, cPain) > 0 || r.begins(i+1, cPossessive) > 0 && r.begins(i+2, cBack)+r.begins(i+2, cPain) > 0) {
		return "", 0 // "got 2 sets in before my back hit a 6"
	}
	if r.saysBefore(i) && r.asked != AskedH48 {
		if r.partOfDay(i) {
			return "", 0 // "2 before coffee"
		}
		for j := i + 1; j <= i+4; j++ {
			if r.begins(j, cUnitDose)+r.begins(j, cDoseVerb)+r.begins(j, cRelief) > 0 {
				return "", 0 // "8 before i took the pill, 3 after"
			}
		}
	}
	if r.comesAt(i) || r.all.has(cGoodMornings) && r.is(i, "mornings") && r.begins(i-1, cGoodMornings) > 0 {
		return "", 0 // the exercise
	}
	when, end = r.longestTime(i, i+1)
	if r.lastsSince(i, end) {
		return "", 0
	}
	if when == whenLastNight && r.asked == AskedEvening && r.is(end-1, "bedtime") {
		return whenEvening, end // tonight's
	}
	if when == whenPast && r.begins(i, cAtStart) == end && r.startWithin(end) {
		return whenSession, end // "5 at the start 2 at the end"
	}
	return when, end
}

var cRelief = lexicon.Must("relief_thing")

// longestTime is the time of the longest phrase that begins at token i and goes
// at least to the token least.
func (r *reading) longestTime(i, least int) (when string, end int) {
	for _, h := range r.at(i) {
		if !timeSet.has(h.Concept) || int(h.To) < max(end, least) {
			continue
		}
		w := timeConcepts[h.Concept]
		if int(h.To) > end || timeRank(w) > timeRank(when) {
			when, end = w, int(h.To)
		}
	}
	return when, end
}

// elapsed is the rank of the times that are over.
const elapsed = 3

// timeRank settles which of two times a word of both names.
func timeRank(when string) int {
	switch when {
	case whenPast, whenLastNight, whenYesterday:
		return elapsed
	case whenMorning, whenNow, whenEvening:
		return 2
	case whenSession, whenUsual:
		return 1
	}
	return 0
}

// whenOf returns the time that a rating at [from, to) speaks of. A clause that
// names a time before its first number goes on so ("yesterday 8 today 3");
// otherwise the time follows ("8 yesterday 3 today").
func (r *reading) whenOf(from, to int) string {
	start, end := r.startOfClause(from), r.endOfClause(from)
	before, after := "", ""
	leads, seen := false, false
	for i := start; i < from; {
		if k, ok := r.figureStarting(i); ok && r.figures[k].claim == unclaimed {
			before, seen = "", true
		}
		when, next := r.timeAt(i)
		if when == "" || next > from || r.is(i, "antes") && r.begins(next, cTyped)+r.begins(next+1, cTyped) > 0 || when == whenLastNight && r.countedTime(i) || r.is(i, "hace") && r.ofEvent(next) {
			i++
			continue
		}
		if r.reaches(next, from) && (seen && r.leadsNext(when, next) || !seen && when == whenNow) {
			before, leads, i = when, true, next
			continue
		}
		if before == "" || timeRank(when) >= timeRank(before) || r.is(next, "its") {
			before = when // "gave u a 1 last time today its an 8"
		}
		leads = leads || !seen || r.begins(i-1, cJoiner) > 0
		i = next
	}
	joined := false
	for i := to; i < end && after == ""; i++ {
		if joined = joined || r.begins(i, cJoiner) > 0 && (r.ratingLater(i, end) || r.is(i+1, "also") || r.is(i+1, "can")); joined {
			break // "a 2 and last year it was an 8": the year is the next number's
		}
		if r.begins(i, cJoiner) > 0 && i > to-1 && r.samesTime(i+1, end) {
			break // "un 3 y ayer igual"
		}
		if k, ok := r.figureStarting(i); ok && (r.figures[k].claim == unclaimed || r.figures[k].claim == claimDenied && r.is(i-1, "the")) {
			break // "5 and not the 3 I told you yesterday"
		}
		if r.is(i, "otherwise") && r.numberSoon(i+1) {
			break // "a 7 unloading the dishwasher otherwise 4"
		}
		if r.is(i, "now") && i == to && r.is(from-1, "then") && r.numberSoon(i+1) {
			break // "8 then 5 now 2"
		}
		if i > to && r.newSubject(i) || r.remarkAt(i, to) {
			break // "6 omg it flared overnight": the night is the flare's
		}
		if r.countedTime(i) {
			continue // "3 on the couch for 2 nights"
		}
		var next int
		if after, next = r.timeAt(i); after == whenPast && i == to && r.otherTimeListed(next) {
			after = whenSession
		}
		if r.leadsNext(after, next) || after != "" && r.ofEvent(next) {
			after = ""
			break
		}
	}
	switch {
	case before == "" && after == "":
		return r.whenBefore(start)
	case after == "" && (leads || !seen), before != "" && leads:
		return before
	}
	return after
}

// ratingLater says whether a time leads from token i on to another number of the clause.
func (r *reading) ratingLater(i, end int) bool {
	when, next := r.timeAt(i + 1)
	if when == "" {
		return false
	}
	for j := next; j < end; j++ {
		if k, ok := r.figureStarting(j); ok && r.figures[k].claim == unclaimed {
			return true
		}
	}
	return false
}

// samesTime says whether a time at token i is said to have been no other: "y ayer igual".
func (r *reading) samesTime(i, end int) bool {
	when, next := r.timeAt(i)
	if timeRank(when) != elapsed || next >= end {
		return false
	}
	return r.is(next, "igual") || r.is(next, "too") || r.is(next, "same") || r.is(next, "also") || r.is(next, "tambien") || r.is(next, "lo") || r.is(next, "the") && r.is(next+1, "same") || r.is(next, "as") && r.is(next+1, "well")
}

// otherTimeListed says whether a list of times goes on from token i: "no pain before,
// during or after".
func (r *reading) otherTimeListed(i int) bool {
	first := i
	for r.mark(i) || r.begins(i, cJoiner) > 0 || r.is(i, "or") || r.is(i, "nor") || r.is(i, "ni") || r.is(i, "o") {
		i++
	}
	if i >= len(r.toks) || r.sent[i] != r.sent[first] {
		return false // "was an 8 last month. since the session its sore"
	}
	when, _ := r.timeAt(i)
	return when == whenSession || when == whenNow
}

// newSubject says whether a statement of its own begins at i, not one that only
// tells when: "5 it flared last night", but not "5 when i woke up".
func (r *reading) newSubject(i int) bool {
	return (r.is(i, "it") || r.is(i, "she") || r.is(i, "he")) && r.begins(i-1, cSubordinate)+r.begins(i-1, cPreposition) == 0
}

// whenBefore looks for the time in the clause before, when that has no rating
// of its own ("this morning, a 2").
func (r *reading) whenBefore(start int) string {
	last := start - 1
	for last >= 0 && r.mark(last) {
		last--
	}
	if last < 0 || r.sent[last] != r.sent[min(start, len(r.toks)-1)] {
		return ""
	}
	found, plain := "", true
	for i := r.startOfClause(last); i <= last; {
		if k, ok := r.figureStarting(i); ok && (r.figures[k].claim == unclaimed || r.figures[k].claim == claimDenied || r.figures[k].claim == claimElsewhere) {
			return ""
		}
		when, end := r.timeAt(i)
		if when != "" && (found == "" || timeRank(when) >= timeRank(found)) {
			found = when
		}
		plain = plain && (when != "" || r.mark(i) || r.begins(i, cLink)+r.begins(i, cRatingWord)+r.begins(i, cPain)+r.begins(i, cBack)+r.begins(i, cFillerWord) > 0)
		i = max(i+1, end)
	}
	if !plain && timeRank(found) == elapsed && len(r.ratings) == 0 && !r.figureFollows(start) {
		return "" // "slept badly last night, 5": the time is the night's, not the rating's
	}
	return found
}

// figureFollows says whether a second number that may be a rating comes after
// the first one from token i on.
func (r *reading) figureFollows(i int) bool {
	n := 0
	for k := range r.figures {
		if f := &r.figures[k]; f.from >= i && f.claim == unclaimed && (f.value <= 10 || f.outOfTen) {
			n++
		}
	}
	return n > 1
}
