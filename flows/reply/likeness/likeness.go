// Package likeness is a second look at a text in which no rule has found a red
// flag: how much does it resemble the labelled texts that are one? People who
// are afraid, ashamed or tired of living say so sideways ("counted the pills.
// there's enough"), in more ways than rules foresee.
//
// It is a linear classifier (logistic regression) over words and pairs of words,
// taught by the labelled sets of package reply. It can only add a red flag; the
// words that weighed most say why. The weights are in weights.bin; reply's
// TestTaught holds them to what the sets teach, and with -update writes them anew.
package likeness

import (
	"math"
	"slices"
)

// Word is a token of a text as the model knows it: a hash of its plain form.
type Word uint32

// Number stands for every number: which one it is says nothing.
const Number Word = 4

// WordOf is the Word of a token's plain form: lower case, no accents.
func WordOf(plain []byte) Word {
	h := uint32(2166136261) // FNV-1a
	for _, c := range plain {
		h = (h ^ uint32(c)) * 16777619
	}
	return Word(h&^3 | 2)
}

// Elsewhere is the same word where it is denied, supposed, about somebody else or
// about long ago: another word to the model.
func (w Word) Elsewhere() Word { return w | 1 }

// feature is one thing that a text has: a word, or two words beside each other
// or with one between them.
type feature uint32

func single(a Word) feature { return feature(a) }

func pair(a, b Word, apart uint32) feature {
	h := uint32(a)*0x9E3779B1 ^ uint32(b)*0x85EBCA77 ^ apart*0xC2B2AE3D
	h ^= h >> 15
	return feature(h * 0x2C1B3C6D)
}

// each calls found for every feature of words, with the first and the last word of it.
func each(words []Word, found func(f feature, from, to int)) {
	for i, w := range words {
		found(single(w), i, i)
		for apart := 1; apart <= 2 && i+apart < len(words); apart++ {
			found(pair(w, words[i+apart], uint32(apart)), i, i+apart)
		}
	}
}

// Model is a trained classifier. It is safe for concurrent use.
type Model struct {
	categories []string
	bias       []float32          // whether at all, then by category
	scale      []float32          // of one unit of a weight, likewise
	weights    map[feature][]int8 // likewise
}

// Finding is a text that resembles a red flag.
type Finding struct {
	Category string
	From, To int     // the words that weighed most, To exclusive
	Score    float64 // log odds
}

// Alarm is the score from which a text is taken for a red flag. At this one unseen
// everyday texts stay quiet and two thirds of unseen red flags are found, see
// TestSecondLookAtUnseenTexts.
const Alarm = 1.0

// fewest is how many words a text needs to resemble anything.
const fewest = 3

// A long text is looked at in parts of window words: one sentence among many
// must not drown.
const (
	window = 24
	stride = window / 2
)

// Look says whether words resemble a red flag.
func (m *Model) Look(words []Word) (Finding, bool) {
	if len(words) < fewest {
		return Finding{}, false
	}
	best := Finding{Score: math.Inf(-1)}
	for from := 0; from == 0 || from+stride < len(words); from += stride {
		if f := m.look(words[from:min(from+window, len(words))]); f.Score > best.Score {
			f.From, f.To = f.From+from, f.To+from
			best = f
		}
	}
	return best, best.Score >= Alarm
}

func (m *Model) look(words []Word) Finding {
	var sums [maxClasses]int
	features, most := 0, 0
	out := Finding{To: 1}
	var known [3 * window]feature
	each(words, func(f feature, from, to int) {
		if slices.Contains(known[:features], f) {
			return // what is said twice is no likelier
		}
		known[features] = f
		features++
		w := m.weights[f]
		for class, unit := range w {
			sums[class] += int(unit)
		}
		if len(w) > 0 && int(w[0]) > most {
			most, out.From, out.To = int(w[0]), from, to+1
		}
	})
	length := math.Sqrt(float64(features + 1))
	score := func(class int) float64 {
		return float64(m.bias[class]) + float64(float64(sums[class])*float64(m.scale[class]))/length
	}
	out.Score = score(0)
	best := math.Inf(-1)
	for i, category := range m.categories {
		if s := score(i + 1); s > best {
			best, out.Category = s, category
		}
	}
	return out
}

// maxClasses bounds the number of classes: whether at all, and the categories.
const maxClasses = 16
