package reply

// Numbers that count or compare: the part of a whole, the sets at a load, an earlier number.

// thanEarlier finds the number of what it is compared with: "better than
// yesterdays 6", "not as bad as that 8".
func (r *reading) thanEarlier(f *figure) bool {
	for i := f.from - 1; i >= 1 && f.from-i <= 3; i-- {
		if end := r.begins(i, cEarlierOne); end == f.from || end == f.from-1 && r.is(end, "a") {
			return r.is(i-1, "than") || r.is(i-1, "as") || r.is(i-1, "que")
		}
	}
	return false
}

// setsAtLoad finds the sets of "2 sets at 100, 1 at 110".
func (r *reading) setsAtLoad(f *figure) bool {
	if !r.is(f.to, "at") && !r.is(f.to, "@") || painAsked(r.asked) {
		return false
	}
	k, ok := r.figureStarting(f.to + 1)
	return ok && r.figures[k].value > 20
}

// partOf finds "5 de los 7 días" and the second number of "12 reps instead of 10".
func (r *reading) partOf(f *figure) bool {
	if i := f.to; r.is(i, "de") {
		if r.is(i+1, "los") || r.is(i+1, "las") || r.is(i+1, "cada") {
			i++
		}
		k, ok := r.figureStarting(i + 1)
		return ok && (r.begins(r.figures[k].to, cUnitTime)+r.begins(r.figures[k].to, cUnitCount) > 0)
	}
	k := int(r.figureFrom[f.from]) - 2
	return k >= 0 && (r.is(f.from-1, "of") && r.is(f.from-2, "instead") || r.is(f.from-1, "de") && r.is(f.from-2, "vez")) && r.figures[k].claim != unclaimed
}
