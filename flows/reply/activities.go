package reply

import "backstop/flows/reply/lexicon"

// Numbers that each have what one did at the time.

// atSomething says whether rating i is told of something one does every day, beside another of such:
// "2 when im standing n 4 sitting in the car", "woke up at a 1, a 6 after breakfast". It is as much
// the present's as the other.
func (r *reading) atSomething(i int) bool {
	x := &r.ratings[i]
	if x.when != whenSession || r.asked != AskedNextMorning && r.asked != AskedH48 || r.wasBefore(x.from) || !r.dailyOnly(x) {
		return false
	}
	after := r.is(x.to, "after") || r.is(r.startOfClause(x.from), "after")
	doing := r.placedAt(x.to)
	for k := max(0, i-nearFigures); k < min(len(r.ratings), i+nearFigures); k++ {
		y := &r.ratings[k]
		if k == i || y.zero && y.when == "" {
			continue
		}
		if after && k < i && y.when == whenMorning || doing && y.when == "" && r.sent[y.from] == r.sent[x.from] && r.placedAt(y.to) {
			return true
		}
	}
	return false
}

// dailyOnly says whether nothing in the clause of a rating tells of the session or of an earlier day.
func (r *reading) dailyOnly(x *rating) bool {
	for i := r.startOfClause(x.from); i < r.endOfClause(x.from); i++ {
		when, _ := r.timeAt(i)
		if timeRank(when) == elapsed || when == whenSession && !r.is(i, "after") && !r.is(i, "in") || r.is(i, "home") || r.begins(i, cTrainedWith) > 0 {
			return false
		}
	}
	return true
}

// placedAt says whether a posture, a movement or a place follows at token i: "when i sit", "driving",
// "in the car".
func (r *reading) placedAt(i int) bool {
	if r.is(i, "in") || r.is(i, "on") || r.is(i, "at") {
		return true
	}
	for end := i + 3; i < end && (r.is(i, "when") || r.is(i, "while") || r.is(i, "if") || r.is(i, "i") || r.is(i, "im") || r.is(i, "just")); i++ {
	}
	return i < len(r.toks) && (r.doing(i) || r.begins(i, cBareMove)+r.begins(i, cPosture) > 0)
}

var (
	cTrainedWith  = lexicon.Must("trained_with")
	cGoodMornings = lexicon.Must("good_mornings")
)
