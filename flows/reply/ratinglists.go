package reply

import "backstop/flows/reply/token"

// Lists of circumstances with a number each must not lose their worst.

// findParallel takes further numbers of a list of circumstances, once one number
// of the sentence is a rating: "session 3, car ride 6", "0 on the couch 5 on the
// stairs". A list must not lose its worst.
func (r *reading) findParallel() {
	if !painAsked(r.asked) && r.asked != AskedHomework || len(r.ratings) == 0 || len(r.ratings) >= nearFigures {
		return
	}
	for k := range r.figures {
		f := &r.figures[k]
		if f.claim == claimElsewhere {
			return // "back 4, legs 7, grip 9"
		}
		if r.asked == AskedHomework && !r.eachTime(f.to) {
			continue // only "1 the first time 2 the second"
		}
		if f.claim != unclaimed || f.value > 10 || r.rated(f) || r.pronoun(f.from, f.to) || f.from > 0 && r.begins(f.from-1, cHourLead) > 0 || r.is(f.from-1, "from") || r.is(f.from-2, "from") {
			continue
		}
		x, ok := r.ratingNear(f)
		if !ok || r.clause[x.from] == r.clause[f.from] && !r.listed(f, x) || !r.closesList(f.to) {
			continue
		}
		when := r.whenOf(f.from, f.to)
		r.ratings = append(r.ratings, rating{from: f.from, to: f.to, value: f.value, when: when})
	}
}

// rated says whether a figure is one of the ratings already.
func (r *reading) rated(f *figure) bool {
	for _, x := range r.ratings {
		if x.from <= f.from && f.to <= x.to {
			return true
		}
	}
	return false
}

// ratingNear returns a rating of the sentence of f.
func (r *reading) ratingNear(f *figure) (rating, bool) {
	for _, x := range r.ratings {
		if r.sent[x.from] == r.sent[f.from] && !x.zero {
			return x, true
		}
	}
	return rating{}, false
}

// listed says whether two numbers of one clause have each their circumstance.
func (r *reading) listed(f *figure, x rating) bool {
	if f.to == x.from-1 && (r.is(f.to, "then") || r.is(f.to, "luego")) {
		return true // "in the car 6 then 2"
	}
	if r.eachTime(f.to) && r.eachTime(x.to) {
		return true // "1 the first time 2 the second"
	}
	if r.is(f.to, "without") || r.is(f.to, "sin") {
		return true // "3 now w meds 7 without"
	}
	if x.to < f.from-1 && f.from-x.to <= 2 && f.to < len(r.toks) && r.doing(f.to) && r.begins(x.to, cPosture) > 0 {
		return true // "5 reclined 7 picking up the dog"
	}
	return x.to < f.from-1 && (r.begins(x.to, cPreposition) > 0 || r.endOfClause(f.from) == f.to || r.begins(f.to, cExerciseTail) == r.endOfClause(f.from)) || f.to < x.from-1 && r.begins(f.to, cPreposition) > 0
}

// eachTime says whether token i tells which of several times a number is of: "the second time".
func (r *reading) eachTime(i int) bool {
	if r.is(i, "on") || r.is(i, "en") {
		i++
	}
	return (r.is(i, "the") || r.is(i, "la") || r.is(i, "el")) && r.begins(i+1, cOrdinal) > 0
}

// closesList says whether what follows a number lets it be one of a list.
func (r *reading) closesList(i int) bool {
	if i >= len(r.toks) || r.mark(i) && !r.is(i, "/") && !r.is(i, "-") && !r.is(i, ":") || r.toks[i].Kind == token.Emoji {
		return true
	}
	if r.is(i, "then") || r.is(i, "luego") || r.is(i, "without") || r.is(i, "sin") || r.eachTime(i) {
		return true
	}
	return r.begins(i, cPreposition) > 0 && !r.is(i, "of") && !r.is(i, "to") && !r.is(i, "de") || r.begins(i, cJoiner) > 0 || r.doing(i) || r.begins(i, cExerciseTail) == r.endOfClause(i)
}

// listShape says whether a short clause ends with the number and is all that is
// said, or one of several such: "peak 5", "chair 2, dishes 4, laundry 6".
func (r *reading) listShape(from, to int) bool {
	if !painAsked(r.asked) || !r.shortCase(from, to) || r.flags[from]&negated != 0 {
		return false
	}
	if len(r.figures) == 1 {
		return r.wordCount() <= 4
	}
	at := int(r.figureFrom[from]) - 1
	for k := max(0, at-nearFigures); k < min(at+nearFigures, len(r.figures)); k++ {
		f := &r.figures[k]
		if f.claim == claimElsewhere {
			return false // "back 4, legs 7, grip 9"
		}
		if f.from != from && f.claim == unclaimed && (r.shortCase(f.from, f.to) || r.startOfClause(f.from) == f.from && r.closesList(f.to)) {
			return true
		}
	}
	return false
}

// shortCase says whether a number ends a clause of a few words: "laundry 6".
func (r *reading) shortCase(from, to int) bool {
	start := r.startOfClause(from)
	if k := int(r.figureFrom[from]) - 2; k >= 0 && r.begins(r.figures[k].to, cJoiner) > 0 {
		start = max(start, r.figures[k].to+1) // "en la cama 1 y en la regadera 5"
	}
	ends := to >= len(r.toks) || r.mark(to) || r.toks[to].Kind == token.Emoji || r.begins(to, cJoiner) > 0 && r.endOfClause(from) <= to+5
	if !ends || from == start || from-start > 4 || r.begins(from-1, cPreposition)+r.begins(from-1, cNumberNoun)+r.begins(from-1, cOtherPerson) > 0 {
		return false
	}
	return r.toks[from-1].Kind == token.Word
}
