package likeness

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"slices"
	"sync"
)

// Example is a labelled text.
type Example struct {
	Words    []Word
	Meanings []Meaning
	Category string // empty for no red flag
}

// How the classifier is taught: AdaGrad over shuffled rounds, with a little decay.
// A flag that is missed counts more than a false one. What fewer texts than rare have
// says more about those texts than about red flags.
const (
	rounds      = 30
	step        = 0.3
	decay       = 1e-3
	missed      = 1.5
	biasStep    = 0.05
	firstSquare = 1e-3
	rare        = 3
)

// Train teaches a model; the same examples teach the same one.
func Train(examples []Example, categories []string) *Model {
	order, known, length := learnable(examples)
	m := &Model{taught: LessonsOf(examples), categories: categories}
	m.makeRoom(len(order))
	units := make([]int8, len(order)*(len(categories)+1))
	m.bias, m.scale = make([]float32, len(categories)+1), make([]float32, len(categories)+1)
	var classes sync.WaitGroup
	for class := range m.bias {
		classes.Go(func() {
			is := func(e Example) bool {
				return class == 0 && e.Category != "" || class > 0 && e.Category == categories[class-1]
			}
			w, bias := teach(examples, known, length, len(order), is)
			most := 0.0
			for _, x := range w {
				most = max(most, math.Abs(x))
			}
			scale := max(most, 1e-9) / math.MaxInt8
			for i := range order {
				units[i*len(m.bias)+class] = int8(math.Round(w[i] / scale))
			}
			m.bias[class], m.scale[class] = float32(bias), float32(scale)
		})
	}
	classes.Wait()
	for i, f := range order {
		if weights := units[i*len(m.bias) : (i+1)*len(m.bias)]; slices.ContainsFunc(weights, func(w int8) bool { return w != 0 }) {
			m.add(f, weights)
		}
	}
	return m
}

// LessonsOf is a fingerprint of what examples teach: it changes with their texts, with
// how these are read and with how they are labelled.
func LessonsOf(examples []Example) uint64 {
	h := fnv.New64a()
	var word [4]byte
	for _, e := range examples {
		each(part{words: e.Words, to: len(e.Words), meanings: e.Meanings}, func(f feature, _, _ int) {
			binary.LittleEndian.PutUint32(word[:], uint32(f))
			_, _ = h.Write(word[:]) // a hash never fails
		})
		_, _ = h.Write([]byte(e.Category + "\n"))
	}
	return h.Sum64()
}

// Taught is LessonsOf the examples that taught the model.
func (m *Model) Taught() uint64 { return m.taught }

// learnable returns the features that are not rare, in order, which of them each example
// has, and by what its sum is divided.
func learnable(examples []Example) (order []feature, known [][]int, length []float64) {
	texts := make([][]feature, len(examples))
	in := map[feature]int{}
	for i, e := range examples {
		each(part{words: e.Words, to: len(e.Words), meanings: e.Meanings}, func(f feature, _, _ int) { texts[i] = append(texts[i], f) })
		for _, f := range texts[i] {
			in[f]++
		}
	}
	for f, n := range in {
		if n >= rare && f != 0 {
			order = append(order, f)
		}
	}
	slices.Sort(order)
	index := make(map[feature]int, len(order))
	for i, f := range order {
		index[f] = i
	}
	known, length = make([][]int, len(examples)), make([]float64, len(examples))
	for i, text := range texts {
		length[i] = lengthOf(len(text))
		for _, f := range text {
			if k, ok := index[f]; ok {
				known[i] = append(known[i], k)
			}
		}
	}
	return order, known, length
}

// teach finds the weights that tell the examples that are something from the others. What
// it changes is its own, and under the race detector it would take minutes.
//
//go:norace
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
