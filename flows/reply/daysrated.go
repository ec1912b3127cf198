package reply

// A week told by its days, each kind with the number of its pain.

// dayRated says whether the number is how bad so many days were: "6 days of 4 and one day of 10".
func (r *reading) dayRated(f *figure) bool {
	at := f.from - 1
	if r.asked != AskedWeekly || f.value > 10 || !r.is(at, "of") || !r.is(at-1, "day") && !r.is(at-1, "days") {
		return false
	}
	_, counted := r.endsFigure(at - 1)
	return counted || r.begins(at-2, cArticle) == at-1
}

// restRated reads the number of the other days, told without their noun, where it looks like a part
// of ten or of another whole: "6 days of 4 and one of 10".
func (r *reading) restRated(k int) bool {
	f := &r.figures[k]
	if r.asked != AskedWeekly || k < 2 || !r.dayRated(&r.figures[k-1]) || f.from-r.figures[k-1].to != 1 || r.begins(f.from-1, cJoiner) == 0 && !r.is(f.from-1, ",") {
		return false
	}
	if f.outOfTen {
		if r.is(f.from+1, "of") {
			f.value = 10
		}
		return false
	}
	return r.is(f.to, "of") && r.figureWithin(f.to+1, f.to+2)
}
