package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// figure is a number in the text, in digits or words, with its fraction.
type figure struct {
	from, to int // tokens, to exclusive
	value    float64
	word     bool  // written in letters
	claim    claim // what else than a rating it is
	outOfTen bool
}

// claim is what a number is when it is not a rating.
type claim uint8

const (
	unclaimed claim = iota
	claimLift
	claimClock
	claimDate
	claimDuration
	claimDose
	claimCount
	claimTemperature
	claimVertebra
	claimCode
	claimEffort
	claimElsewhere // a rating of another part of the body, or of someone else
	claimScale     // the ends of our own scale, pasted back
	claimDenied    // "not a 5"
)

const notNumber = -1

// numberWords is the value of each concept that is a number in letters, by
// concept; notNumber for the others.
var numberWords = func() [lexicon.MaxConcepts]float64 {
	var m [lexicon.MaxConcepts]float64
	for i := range m {
		m[i] = notNumber
	}
	for name, value := range map[string]float64{"num_0": 0, "num_1": 1, "num_2": 2, "num_3": 3, "num_4": 4, "num_5": 5,
		"num_6": 6, "num_7": 7, "num_8": 8, "num_9": 9, "num_10": 10, "num_11": 11, "num_12": 12, "num_15": 15, "num_20": 20, "num_30": 30} {
		m[lexicon.Must(name)] = value
	}
	return m
}()

var (
	cHalf     = lexicon.Must("half_word")
	cHalfOnly = lexicon.Must("num_half")
	cPerTen   = lexicon.Must("per_ten")
	cRange    = lexicon.Must("range_word")
)

// findFigures collects the numbers of the text.
func (r *reading) findFigures() {
	r.figurePlaces = room(r.figurePlaces, 2*len(r.toks)+2)
	r.figureFrom, r.figureTo = r.figurePlaces[:len(r.toks)+1], r.figurePlaces[len(r.toks)+1:]
	for i := 0; i < len(r.toks); i++ {
		f, ok := r.figureAt(i)
		if !ok {
			continue
		}
		r.figures = append(r.figures, f)
		r.figureFrom[f.from], r.figureTo[f.to] = int32(len(r.figures)), int32(len(r.figures))
		i = f.to - 1
	}
}

func (r *reading) figureAt(i int) (figure, bool) {
	f := figure{from: i, to: i + 1}
	if r.toks[i].Kind == token.Number && r.typedWord(i) {
		return figure{}, false // "back 2 normal"
	}
	if r.toks[i].Kind == token.Number {
		f.value = r.toks[i].Value
		if f.value == 1 && r.fraction(i) > 0 && r.toks[i+1].Glued {
			f.value, f.to = r.fraction(i), i+3
			return f, true
		}
	} else if !r.numberWord(i, &f) {
		return figure{}, false
	}
	r.extend(&f)
	return f, true
}

func (r *reading) numberWord(i int, f *figure) bool {
	if v, ok := r.soundsAs(i); ok {
		f.value, f.word = v, true
		return true
	}
	for _, h := range r.at(i) {
		if v := numberWords[h.Concept]; v != notNumber {
			f.value, f.word, f.to = v, true, int(h.To)
			return true
		}
		if h.Concept == cHalfOnly && (h.To-h.From > 1 || !r.is(i, "half")) {
			f.value, f.word, f.to = 0.5, true, int(h.To)
			return true
		}
	}
	return false
}

// fraction reads "1/2" at i.
func (r *reading) fraction(i int) float64 {
	if r.is(i, "1") && r.is(i+1, "/") && r.is(i+2, "2") {
		return 0.5
	}
	return 0
}

// extend adds "and a half", "1/2", "½", "/10" and "out of 10".
func (r *reading) extend(f *figure) {
	if f.to < len(r.toks) && f.value < 100 {
		next := r.toks[f.to]
		end := r.begins(f.to, cHalf)
		tenths, decimal := r.spokenTenths(f)
		switch {
		case decimal:
			f.value, f.to = f.value+tenths, f.to+2
		case next.Kind == token.Number && next.Value == 0.5 && r.key(f.to) == "%":
			f.value, f.to = f.value+0.5, f.to+1
		case r.fraction(f.to) > 0:
			f.value, f.to = f.value+0.5, f.to+3
		case r.fraction(f.to+1) > 0 && (r.is(f.to, "&") || r.is(f.to, "and") || r.is(f.to, "y") || r.is(f.to, "n") || r.is(f.to, "-") && next.Glued):
			f.value, f.to = f.value+0.5, f.to+4
		case r.is(f.to, "and") && r.is(f.to+1, "a") && r.fraction(f.to+2) > 0:
			f.value, f.to = f.value+0.5, f.to+5
		case (r.is(f.to, "and") || r.is(f.to, "n") || r.is(f.to, "&")) && r.is(f.to+1, "half") && (f.to+2 >= len(r.toks) || r.mark(f.to+2)):
			f.value, f.to = f.value+0.5, f.to+2
		case end > 0 && !r.is(f.to, "half"):
			f.value, f.to = f.value+0.5, end
		case (r.is(f.to, "and") || r.is(f.to, "&") || r.is(f.to, "n")) && r.is(f.to+1, "a") && r.is(f.to+2, "half"):
			f.value, f.to = f.value+0.5, f.to+3
		}
	}
	if end := r.begins(f.to, cPerTen); end > 0 && !(r.is(end, "th") && r.toks[end].Glued) { // no "40 on the 10th"
		f.outOfTen, f.to = true, end
		return
	}
	if r.is(f.to, "ish") && r.is(f.to+1, "/") && r.is(f.to+2, "10") {
		f.outOfTen, f.to = true, f.to+3
		return
	}
	if r.is(f.to, "/") && (r.is(f.to+1, "10") || r.is(f.to+1, "ten") || r.is(f.to+1, "diez")) {
		f.outOfTen, f.to = true, f.to+2
	}
}

// spokenTenths reads "point five" after a number: "three point five", "tres punto cinco".
func (r *reading) spokenTenths(f *figure) (float64, bool) {
	if tenths, ok := r.typedTenths(f); ok || !f.word {
		return tenths, ok
	}
	if !r.is(f.to, "point") && !r.is(f.to, "punto") && !r.is(f.to, "coma") && !r.is(f.to, "pt") || f.to+1 >= len(r.toks) {
		return 0, false
	}
	for _, h := range r.at(f.to + 1) {
		if v := numberWords[h.Concept]; v > 0 && v < 10 && int(h.To) == f.to+2 {
			return v / 10, true
		}
	}
	return 0, false
}

// typedTenths reads "4 point 5" and "4 punto 5".
func (r *reading) typedTenths(f *figure) (float64, bool) {
	at := f.to + 1
	if !r.is(f.to, "point") && !r.is(f.to, "punto") || at >= len(r.toks) || r.toks[at].Kind != token.Number || len(r.key(at)) != 1 {
		return 0, false
	}
	return r.toks[at].Value / 10, true
}

// inFigure says whether token i stands inside a number ("two and a half days").
func (r *reading) inFigure(i int) bool {
	for k := range r.figures {
		if f := &r.figures[k]; f.from < i && i < f.to {
			return true
		}
	}
	return false
}

// figureStarting returns the index of the figure whose first token is i.
func (r *reading) figureStarting(i int) (int, bool) {
	if i < 0 || i >= len(r.figureFrom) || r.figureFrom[i] == 0 {
		return 0, false
	}
	return int(r.figureFrom[i]) - 1, true
}

// endsFigure returns the index of the figure that ends before token to.
func (r *reading) endsFigure(to int) (int, bool) {
	if to < 0 || to >= len(r.figureTo) || r.figureTo[to] == 0 {
		return 0, false
	}
	return int(r.figureTo[to]) - 1, true
}

// soundsAs is the number that a word heard by a machine stands for, before "out of ten": "a won out
// of ten".
func (r *reading) soundsAs(i int) (float64, bool) {
	if r.toks[i].Kind != token.Word || !r.is(i+1, "out") && !r.is(i+1, "outta") && !r.is(i+1, "outa") || r.begins(i+1, cPerTen) == 0 {
		return 0, false
	}
	if i > 0 && r.toks[i-1].Kind == token.Number {
		return 0, false
	}
	switch r.key(i) {
	case "won", "wun":
		return 1, true
	case "to", "too":
		return 2, true
	case "for", "fore":
		return 4, true
	case "sicks":
		return 6, true
	case "ate":
		return 8, true
	}
	return 0, false
}
