package reply

import "backstop/flows/reply/lexicon"

// The number of other days beside today, which is only called worse or better.

// worseToday says whether rating i is only the usual one, and today is said to be worse or better
// without a number: "normal es 4 pero hoy peor". To take the usual one would be wrong.
func (r *reading) worseToday(i int) bool {
	x := &r.ratings[i]
	if x.when != whenUsual || i+1 < len(r.ratings) {
		return false
	}
	now := false
	for j, end := x.to, r.endOfSentence(x.from); j < end; j++ {
		when, _ := r.timeAt(j)
		now = now || when == whenNow || when == whenMorning
		if now && (r.begins(j, cWorse)+r.begins(j, cMoreNow)+r.begins(j, cBetter) > 0) && r.flags[j]&negated == 0 {
			return true
		}
	}
	return false
}

// sameAsEver says whether the number stands beside no more than that it is as always: "lo normal
// mío, 5", "10, lo mismo de siempre".
func (r *reading) sameAsEver(f *figure, to int) bool {
	start := r.startOfClause(f.from)
	if start != f.from && !r.is(f.from-1, "un") {
		return false
	}
	if start > 0 && r.is(start-1, ",") {
		for i := r.startOfClause(start - 1); i < start-1; i++ {
			if when, _ := r.timeAt(i); when == whenUsual {
				return true
			}
		}
	}
	if f.from != r.skipGreeting() {
		return false
	}
	if r.is(to, ",") {
		to++
	}
	for end := min(to+5, len(r.toks)); to < end; to++ {
		if when, _ := r.timeAt(to); when == whenUsual {
			return true
		}
		if !r.is(to, "lo") && !r.is(to, "mismo") && !r.is(to, "igual") && !r.is(to, "como") && !r.is(to, "de") && !r.is(to, "que") {
			return false
		}
	}
	return false
}

var cMoreNow = lexicon.Must("more_now") // "más", "me duele más"
