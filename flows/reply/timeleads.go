package reply

// Which of two numbers a time between them is of.

// leadsNext says whether a time that is over and ends at token i is of the number right behind it
// rather than of the one before: "un ocho ayer 6", "7 ayer era 4". In "8 ayer 3 hoy" each time
// follows its number.
func (r *reading) leadsNext(when string, i int) bool {
	if timeRank(when) != elapsed && when != whenUsual {
		return false
	}
	end := r.leadEnd(i)
	for j := i; j < end; j++ {
		if now, _ := r.timeAt(j); now != "" || r.is(j, "a") || r.is(j, "to") || r.begins(j, cMovedBy) > 0 {
			return false // "bajó de 5 anoche a 2"
		}
	}
	k, ok := r.figureStarting(end)
	if !ok || r.figures[k].claim != unclaimed || r.figures[k].value > 10 {
		return false
	}
	f := &r.figures[k]
	if k > 0 && f.value > r.figures[k-1].value && r.figures[k-1].from == r.skipGreeting() && !r.timedOrNamed(&r.figures[k-1], i) {
		return false // of a bare "3 ayer 5" the higher one
	}
	for j := f.to; j < r.endOfClause(f.from); j++ {
		if _, ok := r.figureStarting(j); ok {
			break
		}
		if later, _ := r.timeAt(j); later != "" {
			return false
		}
	}
	return true
}

// timedOrNamed says whether the number has a time of its own before the one that ends at token i, or
// is named as pain: "2 ahorita antier 5", "cero dolor ayer 9".
func (r *reading) timedOrNamed(f *figure, i int) bool {
	when, end := r.timeAt(f.to)
	return (when == whenNow || when == whenMorning) && end < i || r.begins(f.to, cPainWord) > 0
}

// leadEnd is where the small words end that lead from token i to a number: "ayer andaba por el 4".
func (r *reading) leadEnd(i int) int {
	for end := min(i+5, len(r.toks)); i < end && r.leadsOn(i); i++ {
	}
	return i
}

// reaches says whether no more than small words stand between token i and the number at from.
func (r *reading) reaches(i, from int) bool { return i <= from && r.leadEnd(i) == from }

// ofEvent says whether the time that ends at token i is that of what is told next: "hace 8 días
// empecé", "ayer cargué cajas".
func (r *reading) ofEvent(i int) bool { return r.begins(i, cGoesOn) > 0 }

// lastsSince says whether a time at token i only tells how long it has been so: "hace 3 días que
// estoy en un 5".
func (r *reading) lastsSince(i, end int) bool {
	return r.is(i, "hace") && (r.is(end, "que") || r.is(end, "q"))
}
