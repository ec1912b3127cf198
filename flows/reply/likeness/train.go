package likeness

import (
	"math"
	"slices"
)

// Example is a labelled text.
type Example struct {
	Words    []Word
	Category string // empty for no red flag
}

// How the classifier is taught: AdaGrad over shuffled rounds, with a little decay.
// A flag that is missed counts more than a false one.
const (
	rounds      = 12
	step        = 0.3
	decay       = 1e-5
	missed      = 1.5
	biasStep    = 0.05
	firstSquare = 1e-3
)

// Train teaches a model; the same examples teach the same one.
func Train(examples []Example, categories []string) *Model {
	var order []feature
	texts := make([][]feature, len(examples))
	for i, e := range examples {
		each(e.Words, func(f feature, _, _ int) { texts[i] = append(texts[i], f) })
		slices.Sort(texts[i])
		texts[i] = slices.Compact(texts[i])
		order = append(order, texts[i]...)
	}
	slices.Sort(order)
	order = slices.Compact(order)
	index := make(map[feature]int, len(order))
	for i, f := range order {
		index[f] = i
	}
	known := make([][]int, len(examples))
	length := make([]float64, len(examples))
	for i, text := range texts {
		length[i] = math.Sqrt(float64(len(text) + 1))
		for _, f := range text {
			known[i] = append(known[i], index[f])
		}
	}

	m := &Model{categories: categories, weights: make(map[feature][]int8, len(order))}
	for _, f := range order {
		m.weights[f] = make([]int8, len(categories)+1)
	}
	for class := range len(categories) + 1 {
		is := func(e Example) bool {
			return class == 0 && e.Category != "" || class > 0 && e.Category == categories[class-1]
		}
		w, bias := teach(examples, known, length, len(order), is)
		most := 0.0
		for _, x := range w {
			most = max(most, math.Abs(x))
		}
		scale := max(most, 1e-9) / math.MaxInt8
		for i, f := range order {
			m.weights[f][class] = int8(math.Round(w[i] / scale))
		}
		m.bias, m.scale = append(m.bias, float32(bias)), append(m.scale, float32(scale))
	}
	return m
}

// teach finds the weights that tell the examples that are something from the others.
func teach(examples []Example, known [][]int, length []float64, features int, is func(Example) bool) (w []float64, bias float64) {
	w, squares := make([]float64, features), make([]float64, features)
	turn := make([]int, len(examples))
	for i := range turn {
		turn[i] = i
	}
	dice := uint64(1)
	for range rounds {
		for i := len(turn) - 1; i > 0; i-- {
			dice = dice*6364136223846793005 + 1442695040888963407
			j := int((dice >> 33) % uint64(i+1))
			turn[i], turn[j] = turn[j], turn[i]
		}
		for _, at := range turn {
			sum := bias
			for _, f := range known[at] {
				sum += w[f] / length[at]
			}
			off := 1 / (1 + math.Exp(-sum))
			if is(examples[at]) {
				off = (off - 1) * missed
			}
			off /= length[at]
			for _, f := range known[at] {
				squares[f] += off * off
				w[f] -= step * (off + decay*w[f]) / math.Sqrt(squares[f]+firstSquare)
			}
			bias -= biasStep * off
		}
	}
	return w, bias
}
