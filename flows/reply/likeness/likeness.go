// Package likeness is a second look at a text in which no rule has found a red
// flag: how much does it resemble the labelled texts that are one? People who
// are afraid, ashamed or tired of living say so sideways ("counted the pills.
// there's enough"), in more ways than rules foresee.
//
// It is a linear classifier (logistic regression) over the words of a text, pairs of
// them, runs of letters, and the meanings that the lexicon finds, taught by the
// labelled sets of package reply. It can only add a red flag; the words that weighed
// most say why. A second model of the kind hears wishes for no more texts. The weights are
// in weights.bin and optouts.bin; reply's TestTaught holds them to what the sets teach, and
// with -update writes them anew.
package likeness

import (
	"math"
	"sort"
)

// Model is a trained classifier. It is safe for concurrent use.
type Model struct {
	taught     uint64 // LessonsOf the examples
	categories []string
	bias       []float32 // whether at all, then by category
	scale      []float32 // of one unit of a weight, likewise

	// A table of features with open addressing: a feature's weights stand at its place.
	keys       []feature // 0 is free
	alarms     []int8    // whether at all
	byCategory []int8    // len(categories) for each place
	size       int       // features in it
}

// Finding is a text that resembles a red flag.
type Finding struct {
	Category string
	From, To int     // the words that weighed most, To exclusive
	Margin   float64 // log odds above what alarms
}

// A text is taken for a red flag from these log odds of being one at all, or of being
// one of a certain category. With them unseen ordinary texts stay quiet, see reply's
// TestSecondLookAtUnseenTexts.
const (
	alarmAtAll      = 2.6
	alarmByCategory = 1.0
)

// fewest is how many words a text needs to resemble anything.
const fewest = 2

// A long text is looked at in parts of window words: one sentence among many
// must not drown.
const (
	window = 24
	stride = window / 2
)

// part is one window of a text: the words from to to, and the meanings that begin in it.
type part struct {
	words    []Word // of the whole text
	from, to int
	meanings []Meaning
}

// Look says whether a text resembles a red flag. The meanings are in the order of their words.
func (m *Model) Look(words []Word, meanings []Meaning) (Finding, bool) {
	if len(words) < fewest {
		return Finding{Margin: math.Inf(-1)}, false
	}
	best := Finding{Margin: math.Inf(-1)}
	first, end := 0, 0 // of the meanings in the window
	for from := 0; from == 0 || from+stride < len(words); from += stride {
		to := min(from+window, len(words))
		for first < len(meanings) && meanings[first].At < from {
			first++
		}
		for end = max(end, first); end < len(meanings) && meanings[end].At < to; {
			end++
		}
		if f := m.look(part{words: words, from: from, to: to, meanings: meanings[first:end]}); f.Margin > best.Margin {
			best = f
		}
	}
	return best, best.Margin >= 0
}

// LookAt says how much the words from to to of a text resemble a red flag.
func (m *Model) LookAt(words []Word, meanings []Meaning, from, to int) Finding {
	first := sort.Search(len(meanings), func(i int) bool { return meanings[i].At >= from })
	end := first
	for end < len(meanings) && meanings[end].At < to {
		end++
	}
	return m.look(part{words: words, from: from, to: to, meanings: meanings[first:end]})
}

// look says what a part resembles most, how much, and which words weighed most.
func (m *Model) look(p part) Finding {
	var sums [maxClasses]int
	features, most := 0, 0
	out := Finding{From: p.from, To: p.from + 1}
	each(p, func(f feature, from, to int) {
		features++
		at := m.at(f)
		if at < 0 {
			return
		}
		sums[0] += int(m.alarms[at])
		for i, unit := range m.byCategory[at*len(m.categories) : (at+1)*len(m.categories)] {
			sums[i+1] += int(unit)
		}
		if unit := int(m.alarms[at]); unit > most {
			most, out.From, out.To = unit, from, to+1
		}
	})
	best, length := math.Inf(-1), lengthOf(features)
	for i, category := range m.categories {
		if odds := m.logOdds(i+1, sums[i+1], length); odds > best {
			best, out.Category = odds, category
		}
	}
	out.Margin = max(m.logOdds(0, sums[0], length)-alarmAtAll, best-alarmByCategory)
	return out
}

// logOdds is a sum of units as log odds.
func (m *Model) logOdds(class, sum int, length float64) float64 {
	return float64(m.bias[class]) + float64(float64(sum)*float64(m.scale[class]))/length
}

// lengthOf is by what the sum over a text of so many features is divided: the features of
// a long text weigh less, each, but all of them together more than those of a short one.
func lengthOf(features int) float64 { return math.Pow(float64(features+1), 0.35) }

// at is the place of a feature, -1 if it is unknown.
func (m *Model) at(f feature) int {
	mask := len(m.keys) - 1
	for i := int(f) & mask; ; i = (i + 1) & mask {
		switch m.keys[i] {
		case f:
			return i
		case 0:
			return -1
		}
	}
}

// add makes a place for a feature that is not there yet, with its weights: whether at
// all, then by category. The table has room for twice as many as are said at the start.
func (m *Model) add(f feature, units []int8) {
	mask := len(m.keys) - 1
	i := int(f) & mask
	for m.keys[i] != 0 {
		i = (i + 1) & mask
	}
	m.keys[i], m.alarms[i] = f, units[0]
	copy(m.byCategory[i*len(m.categories):], units[1:])
	m.size++
}

func (m *Model) makeRoom(features int) {
	places := 2
	for places < 2*(features+1) {
		places *= 2
	}
	m.keys, m.alarms = make([]feature, places), make([]int8, places)
	m.byCategory = make([]int8, places*len(m.categories))
}

// maxClasses bounds the number of classes: whether at all, and the categories.
const maxClasses = 16
