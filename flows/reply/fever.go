package reply

import (
	"math"

	"backstop/flows/reply/lexicon"
)

var (
	cHeat    = lexicon.Must("heat_word")
	cWeather = lexicon.Must("weather_word")
	cOwnTemp = lexicon.Must("own_temp") // a body's, whatever the weather
)

// Readings that nobody calls a temperature are one when they look like it.
const (
	likelyF = 107 // a body is not hotter
	likelyC = 41.9
	leastF  = 99
)

// hasFever says whether a bare number is a reading of fever: one with a tenth
// ("its 100.8"), one beside talk of heat or illness ("forehead could fry an
// egg, 102"), or two of them ("101 last night 102 this morning").
func (r *reading) hasFever() bool {
	if r.any(cWeather) {
		return false
	}
	heat := r.asserted(cHeat)
	readings, high := 0, -1
	for k := range r.figures {
		f := &r.figures[k]
		if f.word || f.claim != unclaimed && f.claim != claimTemperature && f.claim != claimElsewhere || r.flags[f.from]&(someoneElse|hypothetical|past|negated) != 0 ||
			r.kinOf(f.from) || r.unitAfter(f) != unclaimed || r.liftedFor(f) {
			continue
		}
		whole := f.value == math.Trunc(f.value)
		inF := f.value >= feverF && f.value < likelyF
		inC := f.value >= feverC && f.value <= likelyC
		if f.value >= leastF && f.value < likelyF {
			readings++
		}
		switch {
		case inF && (!whole || heat), inC && (heat && !whole || r.is(f.from-1, "running")), inC && !whole && r.statedAlone(f):
			r.note("red_flag: infection", f.from, f.to, "fever reading")
			return true
		case inF:
			high = k
		}
	}
	if readings < 2 || high < 0 || len(r.lifts) > 0 {
		return false
	}
	r.note("red_flag: infection", r.figures[high].from, r.figures[high].to, "fever reading")
	return true
}

// statedAlone says whether a bare reading is had, or all that its clause says beside
// pain: "tengo 38.5", "39.2 y me duele la cintura", "sudo, 39.5, la espalda me mata".
func (r *reading) statedAlone(f *figure) bool {
	if r.is(f.from-1, "tengo") || r.is(f.from-1, "traigo") {
		return true
	}
	if !r.any(cPain, cBack) || r.startOfClause(f.from) != f.from {
		return false
	}
	return r.is(f.to, "y") || f.to >= len(r.toks) || r.mark(f.to)
}

// hotWeather says whether a reading is one of the air rather than of a body that
// hurts: "its 102 degrees and the ac died".
func (r *reading) hotWeather() bool {
	return r.asserted(cWeather) && !r.any(cPain, cBack, cFeverOnly, cOwnTemp)
}

// liftedFor says whether a number is a load with its reps: "102.5 for 5", but
// not "100.7 for 3 days".
func (r *reading) liftedFor(f *figure) bool {
	if !r.is(f.to, "for") {
		return false
	}
	k, ok := r.figureStarting(f.to + 1)
	return ok && !r.figures[k].word && r.unitAfter(&r.figures[k]) == unclaimed
}

// kinOf says whether somebody else is named in the sentence before token i.
func (r *reading) kinOf(i int) bool {
	for j := i - 1; j >= 0 && r.sent[j] == r.sent[i]; j-- {
		if r.begins(j, cOtherPerson) > 0 && r.flags[j]&idiomatic == 0 && !r.is(j+1, "here") && r.begins(j+1, cKinSpeaks) == 0 {
			return true
		}
	}
	return false
}
