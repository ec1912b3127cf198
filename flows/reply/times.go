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
	if r.is(i-1, "than") || r.is(i-1, "que") || r.is(i-1, "as") {
		return "", 0 // "worse than yesterday" is a comparison
	}
	for _, h := range r.at(i) {
		if !timeSet.has(h.Concept) || int(h.To) < end {
			continue
		}
		w := timeConcepts[h.Concept]
		if int(h.To) > end || timeRank(w) > timeRank(when) {
			when, end = w, int(h.To)
		}
	}
	return when, end
}

// timeRank settles which of two times a word of both names.
func timeRank(when string) int {
	switch when {
	case whenPast, whenLastNight, whenYesterday:
		return 3
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
		if when == "" || next > from {
			i++
			continue
		}
		if before == "" || timeRank(when) >= timeRank(before) {
			before = when
		}
		leads = leads || !seen
		i = next
	}
	for i := to; i < end && after == ""; i++ {
		if k, ok := r.figureStarting(i); ok && r.figures[k].claim == unclaimed {
			break
		}
		after, _ = r.timeAt(i)
	}
	switch {
	case before == "" && after == "":
		return r.whenBefore(start)
	case after == "" && (leads || !seen), before != "" && leads:
		return before
	}
	return after
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
	found := ""
	for i := r.startOfClause(last); i <= last; i++ {
		if k, ok := r.figureStarting(i); ok && (r.figures[k].claim == unclaimed || r.figures[k].claim == claimDenied || r.figures[k].claim == claimElsewhere) {
			return ""
		}
		if when, _ := r.timeAt(i); when != "" && (found == "" || timeRank(when) >= timeRank(found)) {
			found = when
		}
	}
	return found
}
