package reply

import (
	"strings"

	"backstop/flows/reply/lexicon"
)

// Where another sentence begins after a number without any mark.

// goesOn says whether a sentence of its own begins at token i: "un 6 cargue a mi nieto", "anda por
// el 4 subi 2 pisos". A verb is nothing that is counted.
func (r *reading) goesOn(i int) bool {
	return r.begins(i, cGoesOn) > 0 || r.drugOf(i) || r.exerciseCounted(i)
}

// drugOf says whether a drug is named at token i with its dose, so that the number before it does
// not count it: "un 7 naproxeno de 500", "anda por el 3 ibuprofeno 600".
func (r *reading) drugOf(i int) bool {
	end := r.begins(i, cDrugAlone)
	if r.is(end, "de") {
		end++
	}
	k, ok := r.figureStarting(end)
	return ok && end > 0 && (r.figures[k].value >= leastDose || r.begins(r.figures[k].to, cUnitDose)+r.begins(r.figures[k].to, cUnitTime) > 0 || r.is(r.figures[k].to, "veces"))
}

// exerciseCounted says whether an exercise is named at token i with its own numbers, and the number
// before does not count it: "un 6 bird dog 8 de 15 por lado", but not "2 planchas 30 segundos".
func (r *reading) exerciseCounted(i int) bool {
	end := r.begins(i, cExerciseNamed)
	k, ok := r.figureStarting(end)
	if end == 0 || !ok || strings.HasSuffix(r.key(end-1), "s") {
		return false
	}
	to := r.figures[k].to
	return r.figures[k].outOfTen || r.is(to, "de") || r.is(to, "por") || r.is(to, "x") || r.begins(to, cUnitTime)+r.begins(to, cUnitCount)+r.begins(to, cRepWord) > 0
}

// ofExercise says whether a number out of ten right behind an exercise tells how much of it was done,
// where any pain is denied: "sentadillas 8 de 10, no me dolió nada".
func (r *reading) ofExercise(f *figure) bool {
	return f.outOfTen && r.is(f.from+1, "de") && r.ends(f.from-1, cExerciseNamed) && r.all.has(cAllZero)
}

var cExerciseNamed = lexicon.Must("exercise_named")

// leastDose is the smallest number after a drug that is its dose rather than a count.
const leastDose = 20

var (
	cGoesOn    = lexicon.Must("goes_on")
	cDrugAlone = lexicon.Must("drug_alone")
)

// mostPills is the largest number before a drug and its dose that still counts pills.
const mostPills = 4

// whileDoing says whether the word at i is what one does when the number comes, in Spanish: "hoy
// haciéndolo 5", "al pararme 6".
func (r *reading) whileDoing(i int) bool {
	if i < 0 || !painAsked(r.asked) && r.asked != AskedHomework {
		return false
	}
	key := r.key(i)
	if len(key) < 5 {
		return false
	}
	if stem := strings.TrimSuffix(strings.TrimSuffix(key, "me"), "se"); r.is(i-1, "al") {
		return strings.HasSuffix(stem, "ar") || strings.HasSuffix(stem, "er") || strings.HasSuffix(stem, "ir")
	}
	for _, end := range [...]string{"ndolo", "ndola", "ndolos", "ndolas", "ndome"} {
		if strings.HasSuffix(key, end) {
			return true
		}
	}
	return false
}
