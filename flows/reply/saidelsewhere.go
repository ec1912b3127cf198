package reply

import "backstop/flows/reply/lexicon"

// Numbers that are said to be of another part, of a thing, or in another's words.

// otherHurtsBefore finds the number of what the clause before says hurts, where the back
// is not named, or only later: "shoulder is killing me, 8 outta 10", "just my shoulder, 6".
func (r *reading) otherHurtsBefore(f *figure) bool {
	start := r.startOfClause(f.from)
	if start == 0 || !r.is(start-1, ",") && !r.closesOther(f, start) || r.speaksOf(cBack, f.to, r.endOfClause(f.from)) {
		return false
	}
	thats := false
	for i := start; i < f.from; i++ {
		thats = thats || r.pointsBack(i)
		small := r.begins(i, cArticle)+r.begins(i, cApprox) > 0
		if !thats && !small || thats && i > start && !small && !r.pointsBack(i) && r.begins(i, cCopula) == 0 && !r.is(i, "es") && !r.is(i, "son") && !r.is(i, "si") && !r.pointsBack(i-1) {
			return false
		}
	}
	if before := r.startOfClause(start - 1); thats && before > 0 && r.begins(before, cBut) == start-1 {
		start = before // "hamstrings though, those are a 7"
	}
	other, hurts := false, false
	apart := !r.is(start-1, ",")
	first := r.startOfClause(start - 1)
	for i := first; i < start; i++ {
		if _, ok := r.figureStarting(i); ok || r.begins(i, cNegate) > 0 {
			return false
		}
		other = other || r.begins(i, cOtherBody) > 0 && !r.legPain(i) || thats && r.begins(i, cSoreness) > 0
		if !thats && r.begins(i, cButtock) > 0 {
			return false // the back's pain goes there
		}
		hurts = hurts || r.begins(i, cHurtsBad)+r.begins(i, cKinked) > 0 || !apart && r.begins(i, cPain)+r.begins(i, cNothingBut) > 0
	}
	if thats {
		return other // "my knee is another story, that's a 7"
	}
	return other && hurts && !r.backNamedBefore(f.from)
}

// pointsBack says whether token i is "that" or "those", of what was named before.
func (r *reading) pointsBack(i int) bool {
	switch r.key(i) {
	case "that":
		return r.is(i+1, "one") || r.is(i+1, "ones") || r.is(i+1, "thing")
	case "thats", "eso", "ese", "esa", "esos", "esas", "those", "theyre", "they", "estos", "estas", "ellas":
		return true
	}
	return false
}

// closesOther says whether a number is a sentence of its own right after the first one: "Knee
// blew up on the lunges. 7."
func (r *reading) closesOther(f *figure, start int) bool {
	return r.startOfSentence(start-1) == 0 && r.endOfClause(start-1) == start && r.startOfSentence(f.from) == start && (f.to >= len(r.toks) || r.mark(f.to))
}

// backNamedBefore says whether the back is named before token i.
func (r *reading) backNamedBefore(i int) bool {
	h, ok := r.find(cBack, nil)
	return ok && int(h.From) < i
}

var (
	cKinked     = lexicon.Must("kinked")      // "a crick in", "pulled"
	cNothingBut = lexicon.Must("nothing_but") // "just my", "solo el"
)

// placeFollows says whether the part that a number is of stands right behind it: "6/10
// hamstrings. back zero", "un 6 la rodilla, espalda 1". The legs may be the back's.
func (r *reading) placeFollows(f *figure) bool {
	i := r.placeBehind(f)
	if i == 0 || r.begins(i, cOtherBody) == 0 || r.legPain(i) || !r.all.has(cBack) && r.begins(i, cLegs)+r.begins(i, cButtock) > 0 {
		return false
	}
	end := r.begins(i, cOtherBody)
	if _, ok := r.figureStarting(end); ok || r.mark(end) || end >= len(r.toks) || r.begins(end, cJoiner) > 0 && !r.andBack(end) {
		return r.opensClauseAs(f)
	}
	return false
}

// placeMarked says whether another part and a mark stand before the number: "traps: 6", "knee (6)".
func (r *reading) placeMarked(f *figure) bool {
	at := f.from - 1
	if r.begins(at, cArticle) > 0 && r.is(at-1, "(") {
		at--
	}
	if !r.is(at, ":") && !r.is(at, "=") && !r.is(at, "-") && !r.is(at, "(") {
		return false
	}
	for back := 1; back <= 2; back++ {
		if i := at - back; i >= 0 && r.begins(i, cOtherBody) == at && !r.legPain(i) {
			return true
		}
	}
	return false
}

// othersMark finds the mark of whom or what is not the back beside the back's own: "the class
// gets a 10, my back gets a 2", "10 for the trainer, 2 for pain".
func (r *reading) othersMark(f *figure) bool {
	before := f.from - 1
	if r.begins(before, cArticle) > 0 {
		before--
	}
	given := r.is(f.to, "for") && !r.is(f.to+1, "me") && r.begins(f.to+1, cPain)+r.begins(f.to+1, cBack) == 0 && r.placeBehind(f) == 0 || r.is(before, "gets") || r.is(before, "get") && (r.is(before-1, "you") || r.is(before-1, "u"))
	if !given {
		return false
	}
	at := int(r.figureFrom[f.from])
	for k := at; k < min(at+nearFigures, len(r.figures)); k++ {
		g := &r.figures[k]
		if r.is(g.to, "for") && r.begins(g.to+1, cPain) > 0 || r.placeBehind(g) > 0 && r.begins(r.placeBehind(g), cBack) > 0 || r.speaksOf(cBack, r.startOfClause(g.from), g.from) && r.clause[g.from] != r.clause[f.from] {
			return true
		}
	}
	return false
}

// placeBehind returns where the part of the body is named right behind a number, 0 if none
// is: "6 knee", "6 in the knee", "un 2 la espalda".
func (r *reading) placeBehind(f *figure) int {
	i := f.to
	for i < f.to+3 && (r.isPossessive(i) || r.begins(i, cFillerWord) == i+1 || r.is(i, "in") || r.is(i, "for") || r.is(i, "de") || r.is(i, "en") || r.is(i, "(")) {
		i++
	}
	if (r.begins(i, cOtherBody)+r.begins(i, cBack) > 0 || r.legPain(i)) && !r.namesExercise(i) {
		return i
	}
	return 0
}

// namesExercise says whether the part at i is only in the name of an exercise or of a posture:
// "hip hinge", "shoulder press", "knees bent".
func (r *reading) namesExercise(i int) bool {
	end := max(r.begins(i, cOtherBody), r.begins(i, cBack), i+1)
	return r.begins(end, cExerciseTail) > 0 || r.begins(i, cExerciseTail) > end
}

var cExerciseTail = lexicon.Must("exercise_tail")

// andBack says whether the back is named as well from token i on: "hips and back".
func (r *reading) andBack(i int) bool {
	if r.begins(i, cJoiner) == 0 {
		return false
	}
	for i++; r.isPossessive(i) || r.begins(i, cFillerWord) == i+1; i++ {
	}
	return r.begins(i, cBack) > 0
}

// opensClauseAs says whether nothing but "a" or "about" stands before a number in its clause.
func (r *reading) opensClauseAs(f *figure) bool {
	for i := f.from - 1; i >= r.startOfClause(f.from); i-- {
		if r.begins(i, cApprox)+r.begins(i, cArticle)+r.begins(i, cJoiner) == 0 && !r.is(i, "/") {
			return false
		}
	}
	return true
}

// placesFollow says whether the number before f in its clause opens it and has its part
// behind itself, so that this one has too: "6 knee 2 back", "un 2 de espalda y 6 de rodilla".
func (r *reading) placesFollow(f *figure) bool {
	k := int(r.figureFrom[f.from]) - 2
	if k < 0 || r.clause[r.figures[k].from] != r.clause[f.from] {
		return false
	}
	g := &r.figures[k]
	place := r.placeBehind(g)
	if place == 0 || place >= f.from {
		return false
	}
	for i := place + 1; i < f.from; i++ {
		if r.begins(i, cJoiner)+r.begins(i, cApprox)+r.begins(i, cArticle) == 0 && !r.mark(i) && r.begins(place, cBack) <= i && r.begins(place, cOtherBody) <= i {
			return false
		}
	}
	return r.opensClauseAs(g)
}

// thatsOther finds the number that is said to be another part's: "4? no thats my
// knee", "puse 7 pero es de la rodilla".
func (r *reading) thatsOther(f *figure) bool {
	i := f.to
	for i < len(r.toks) && i < f.to+3 && (r.mark(i) || r.begins(i, cBut)+r.begins(i, cNo) > 0) {
		i++
	}
	if i == f.to || r.is(f.to, ".") || !r.is(i, "thats") && !(r.is(i, "that") && r.begins(i+1, cCopula) > 0) && !r.is(i, "its") && !r.is(i, "es") && !r.is(i, "eso") && !r.is(i, "era") {
		return false
	}
	for j := i + 1; j < len(r.toks) && j <= i+4 && r.clause[j] == r.clause[i]; j++ {
		if r.begins(j, cBack)+r.begins(j, cNumb)+r.begins(j, cTingleOnly)+r.begins(j, cWeak) > 0 || r.is(j, "with") || r.is(j, "down") || r.is(j, "con") || r.is(j, "including") || r.is(j, "counting") || r.is(j, "contando") {
			return false // "2, but its numb between my legs" tells of a second thing
		}
		if r.begins(j, cOtherBody) > 0 {
			return true
		}
	}
	return false
}

// othersWord finds the number that somebody else would say, beside the patient's
// own: "four point five is what my husband would say, i say four".
func (r *reading) othersWord(f *figure) bool {
	if len(r.figures) < 2 || !r.any(cOtherPerson) {
		return false
	}
	for j := f.to; j < len(r.toks) && j <= f.to+5 && r.clause[j] == r.clause[f.from]; j++ {
		if r.begins(j, cOtherPerson) == 0 {
			continue
		}
		for k := j + 1; k <= j+3; k++ {
			if (r.begins(k, cKinSpeaks) > 0 || r.is(k, "say") || r.is(k, "says") || r.is(k, "diria") || r.is(k, "dice")) && (r.is(f.to, "is") || r.is(f.to, "es") || r.is(f.to, "was")) {
				return r.ownNumber(f)
			}
		}
	}
	return false
}

var cButtock = lexicon.Must("buttock")

var cHurtsBad = lexicon.Must("hurts_bad")

// ratesThing finds the mark that another thing is given: "gave the burrito a 9",
// "id rate the new mattress an 8". A time may be rated ("give today a 4"), unless
// the back has a number of its own.
func (r *reading) ratesThing(f *figure) bool {
	for i := f.from - 1; i >= 0 && f.from-i <= thingReach && r.clause[i] == r.clause[f.from]; i-- {
		if r.begins(i, cRates) == 0 {
			continue
		}
		thing, when := false, false
		for j := i + 1; j < f.from; {
			if w, end := r.timeAt(j); w != "" {
				when, j = true, end
				continue
			}
			thing = thing || !r.is(j, "it") && !r.is(j, "me") && !r.is(j, "you") && !r.is(j, "le") && r.begins(j, cFillerWord)+r.begins(j, cLink)+r.begins(j, cApprox)+r.begins(j, cPain)+r.begins(j, cBack)+r.begins(j, cPossessive) == 0
			j++
		}
		return thing || when && (r.backRatedAfter(f) || r.speaksOf(cReviewedWork, i+1, f.from) && r.backToldApart(f, f.to))
	}
	return false
}

// backRatedAfter says whether a later number is the back's by name.
func (r *reading) backRatedAfter(f *figure) bool {
	at := int(r.figureFrom[f.from])
	for k := at; k < min(at+nearFigures, len(r.figures)); k++ {
		if g := &r.figures[k]; g.claim == unclaimed && r.named(g.from, g.to) {
			return true
		}
	}
	return false
}

// thingReach is how far before its number the verb of a mark may stand.
const thingReach = 7

var cRates = lexicon.Must("rates_verb")
