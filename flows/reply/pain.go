package reply

// pain chooses among the ratings: the highest inside the asked window; after a
// correction only what follows it.
func (r *reading) pain() *float64 {
	from := r.correctedFrom()
	best, loose := -1, -1
	for i := range r.ratings {
		x := &r.ratings[i]
		if x.from < from || x.when == "" && r.wasBefore(x.from) && r.nowAfter(i) {
			continue // "was a 6, now a 3"
		}
		switch fit := windowFit(r.asked, x.when); {
		case fit == inside:
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

// nowAfter says whether a rating after the one at i speaks of now.
func (r *reading) nowAfter(i int) bool {
	for _, x := range r.ratings[i+1:] {
		if x.when == whenNow {
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
		if r.mark(at) {
			at-- // "3, no, 2"
		}
		if r.is(at, "no") && r.ratings[i-1].to >= at-1 {
			from = max(from, at) // "3 no 2"
		}
	}
	return from
}
