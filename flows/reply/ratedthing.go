package reply

import "backstop/flows/reply/lexicon"

// Numbers that name what they rate, and that is no pain.

// ratesNoPain says whether the number is said to be of something that is never pain: "de hambre un
// 6", "de estrés ando en 7", "mi humor en 1", or is given to whatever stands before "le doy": "a la
// comida le doy un 3".
func (r *reading) ratesNoPain(f *figure) bool {
	if f.outOfTen && r.painNamed(f) || r.painBehind(f) {
		return false
	}
	start := r.startOfClause(f.from)
	if r.givenTo(f, start) || r.noPainBehind(f) {
		return true
	}
	for i := f.from - 1; i >= start && f.from-i <= 5; i-- {
		if r.begins(i, cNeverPain) == i+1 {
			return r.is(i-1, "de") || r.begins(i-1, cPossessive) > 0 && r.begins(i-2, cPreposition) == 0 && !r.timeLead(i-2) || r.elseRated(i) && (r.figureFollows(f.from) || r.figuresBeside(int(r.figureFrom[f.from])-1)) || i == start
		}
		if !r.leadsOn(i) {
			return false
		}
	}
	return false
}

// elseRated says whether what is never pain is named at token i as what a mark is given to: "al tráfico",
// "la película".
func (r *reading) elseRated(i int) bool {
	return r.begins(i, cNeverPain) > 0 && (r.is(i-1, "al") || r.is(i-1, "la") || r.is(i-1, "el"))
}

// noPainBehind says whether what is no pain is named right behind the number: "un 6 de hambre", "un 10
// para la terapeuta".
func (r *reading) noPainBehind(f *figure) bool {
	i := f.to
	if !r.is(i, "de") && !r.is(i, "para") && !r.is(i, "pa") {
		return false
	}
	toward := !r.is(i, "de")
	if r.is(i+1, "mi") && r.is(i+2, "mi") {
		return false // "un 5 para mí, mi abuela dice 1"
	}
	for i++; i < f.to+3 && r.begins(i, cPossessive) == i+1; i++ {
	}
	return (r.begins(i, cNeverPain) == i+1 || toward && (r.begins(i, cOtherPerson) > 0 || r.is(i, "ustedes") || r.is(i, "uds") || r.is(i, "usted") || r.is(i, "todos"))) && !r.ownFigure(i)
}

// leadsOn says whether token i only leads from what is rated to its number: "ando en un".
func (r *reading) leadsOn(i int) bool {
	if r.begins(i, cLink)+r.begins(i, cCopula)+r.begins(i, cApprox)+r.begins(i, cArticle)+r.begins(i, cHolds) > 0 {
		return true
	}
	switch r.key(i) {
	case ":", "=", "ando", "anda", "andaba", "estoy", "estaba", "traigo", "traia", "por", "el", "nomas", "ya", "pues", "entre":
		return true
	}
	return false
}

// givenTo says whether the number is a mark given to what is named after "a la" or "al", and that
// is neither the back nor its pain nor a time: "a la clase le pongo 6", but not "al dolor le pongo 2".
func (r *reading) givenTo(f *figure, start int) bool {
	for back := 1; back <= 4; back++ {
		i := f.from - back
		if i <= start || r.begins(i, cGivesMark) != f.from {
			continue
		}
		for j := i - 1; j >= start && i-j <= 4; j-- {
			if !r.is(j, "al") && !(r.is(j, "a") && (r.is(j+1, "la") || r.is(j+1, "los") || r.is(j+1, "las") || r.isPossessive(j+1))) {
				continue
			}
			for k := j; k < i; k++ {
				when, _ := r.timeAt(k)
				if r.begins(k, cPain)+r.begins(k, cBack)+r.begins(k, cRatingWord)+r.begins(k, cDay) > 0 || when != "" && when != whenSession {
					return false
				}
			}
			return true
		}
	}
	return false
}

var (
	cNeverPain = lexicon.Must("never_pain")
	cGivesMark = lexicon.Must("gives_mark")
)
