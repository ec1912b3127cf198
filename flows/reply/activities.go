package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// Numbers that each have what one did at the time.

// atSomething says whether rating i is told of something one does every day, beside another of such:
// "2 when im standing n 4 sitting in the car", "woke up at a 1, a 6 after breakfast". It is as much
// the present's as the other.
func (r *reading) atSomething(i int) bool {
	x := &r.ratings[i]
	if x.when != whenSession && !(x.when == whenWeek && r.is(x.to, "once")) || r.asked != AskedNextMorning && r.asked != AskedH48 || r.wasBefore(x.from) || !r.dailyOnly(x) {
		return false
	}
	after := r.is(x.to, "after") || r.is(x.to, "once") || r.is(r.startOfClause(x.from), "after")
	doing := r.placedAt(x.to)
	for k := max(0, i-nearFigures); k < min(len(r.ratings), i+nearFigures); k++ {
		y := &r.ratings[k]
		if k == i || y.zero && y.when == "" {
			continue
		}
		if after && k < i && y.when == whenMorning || doing && y.when == "" && r.placedAt(y.to) {
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

// doingRow says whether an activity at token i leads to its number, and the next number has another:
// "driving 7 walking 3".
func (r *reading) doingRow(i int) bool {
	k, ok := r.figureStarting(i + 1)
	if !ok {
		return false
	}
	if to := r.figures[k].to; to < len(r.toks) && r.doing(i) && r.doing(to) {
		if _, after := r.endsFigure(i); after {
			return true // "3 kneeling 7 getting up"
		}
	}
	if !r.leadsByDoing(k) {
		return false
	}
	return k > 0 && r.leadsByDoing(k-1) || k+1 < len(r.figures) && r.leadsByDoing(k+1)
}

// leadsByDoing says whether an activity that opens its clause, or follows another number, stands right
// before number k.
func (r *reading) leadsByDoing(k int) bool {
	f := &r.figures[k]
	i := f.from - 1
	if i < 0 || f.value > 10 || !r.doing(i) || r.unitAfter(f) != unclaimed {
		return false
	}
	_, after := r.endsFigure(i)
	return after || i == r.startOfClause(i) || r.begins(i-1, cJoiner) == i
}

// addressEnds says whether the clause ends with whom one speaks to: "a 5 hon", but not "4 nurse visits".
func (r *reading) addressEnds(i int) bool {
	end := r.begins(i, cAddress)
	return end > 0 && (end >= len(r.toks) || r.mark(end) || r.toks[end].Kind == token.Emoji || r.begins(end, cSubject) > 0)
}

// verbAtLevel says whether "at" at token i leads from what one did on a machine, or from how long, to
// its level: "rowed 15 min at level 3".
func (r *reading) verbAtLevel(i, start int) bool {
	if !r.is(i, "at") || !r.speaksOf(cMachineVerb, start, i) {
		return false
	}
	_, long := r.endsFigure(i - 1)
	return long || r.begins(i-1, cMachineVerb) == i
}

// prePost says whether the number is that after the session, and another was that before it: "pre 2
// post 6".
func (r *reading) prePost(f *figure) bool {
	k := int(r.figureFrom[f.from]) - 2
	return k >= 0 && r.is(f.from-1, "post") && (r.is(r.figures[k].from-1, "pre") || r.is(r.figures[k].to, "pre"))
}

var (
	cAddress      = lexicon.Must("address") // "hon"
	cTrainedWith  = lexicon.Must("trained_with")
	cGoodMornings = lexicon.Must("good_mornings")
)
