package lexicon

import (
	"hash/maphash"
	"math/bits"
	"slices"
)

// typos finds the word that a slip was meant to be: one letter lost, added,
// changed or swapped with its neighbour, two in words of eight letters or more.
// It keeps, for each word, the forms with letters left out, so a look-up costs
// a fixed number of reads whatever the size of the lexicon.
type typos struct {
	seed  maphash.Seed
	heads []int32 // by the hash of a form: its first entry, counted from 1; 0 for none
	forms []form
}

// form is a word of which a form has some hash, and the next one.
type form struct {
	word string
	next int32
}

const (
	minTypoLen  = 4
	longTypoLen = 8
	maxTypoLen  = 16
)

func newTypos(words map[string]bool) typos {
	sorted := make([]string, 0, len(words))
	count := 0
	for w := range words {
		if len(w) >= minTypoLen && len(w) <= maxTypoLen && letters(w) {
			sorted = append(sorted, w)
			count += len(w) + 1
		}
	}
	slices.Sort(sorted)
	t := typos{seed: maphash.MakeSeed(), heads: make([]int32, 1<<bits.Len(uint(count))), forms: make([]form, 0, count)}
	var buf [maxTypoLen]byte
	for _, w := range slices.Backward(sorted) { // so that the first in the alphabet is found first
		t.add(append(buf[:0], w...), w)
		for i := range len(w) {
			if i == 0 || w[i] != w[i-1] { // without either of two equal letters it is the same
				t.add(append(append(buf[:0], w[:i]...), w[i+1:]...), w)
			}
		}
	}
	return t
}

func (t *typos) add(shape []byte, word string) {
	head := t.head(shape)
	t.forms = append(t.forms, form{word, *head})
	*head = int32(len(t.forms))
}

func (t *typos) head(shape []byte) *int32 {
	return &t.heads[maphash.Bytes(t.seed, shape)&uint64(len(t.heads)-1)]
}

// shortens says whether short is w, or w without one of its letters: other forms may
// have the same hash.
func shortens(short []byte, w string) bool {
	if len(short) == len(w) {
		return string(short) == w
	}
	if len(short)+1 != len(w) {
		return false
	}
	i := 0
	for i < len(short) && short[i] == w[i] {
		i++
	}
	return string(short[i:]) == w[i+1:]
}

func letters(w string) bool {
	for i := range len(w) {
		if w[i] < 'a' || w[i] > 'z' {
			return false
		}
	}
	return true
}

// find returns the nearest word within the allowed distance. The first letter
// must be right, or swapped with the second.
func (t *typos) find(key []byte) (string, bool) {
	if len(key) < minTypoLen || len(key) > maxTypoLen {
		return "", false
	}
	best, bestDistance := "", 3
	t.consider(key, key, &best, &bestDistance)
	var buf [maxTypoLen]byte
	for i := range key {
		short := append(append(buf[:0], key[:i]...), key[i+1:]...)
		t.consider(short, key, &best, &bestDistance)
	}
	return best, best != ""
}

func (t *typos) consider(short, key []byte, best *string, bestDistance *int) {
	for at := *t.head(short); at > 0; at = t.forms[at-1].next {
		w := t.forms[at-1].word
		if !shortens(short, w) {
			continue
		}
		allowed := 1
		if len(w) >= longTypoLen && len(key) >= longTypoLen-1 {
			allowed = 2
		}
		swapped := len(key) > 1 && len(w) > 1 && key[0] == w[1] && key[1] == w[0]
		if key[0] != w[0] && !swapped {
			continue
		}
		d := distance(string(key), w)
		if d <= allowed && (d < *bestDistance || d == *bestDistance && likelier(key, w, *best)) {
			*best, *bestDistance = w, d
		}
	}
}

// likelier says whether key is rather a slip of a than of b, both as near: two
// letters that changed places come before a letter lost or wrong.
func likelier(key []byte, a, b string) bool { return sameLetters(key, a) && !sameLetters(key, b) }

func sameLetters(key []byte, w string) bool {
	if len(key) != len(w) {
		return false
	}
	var count [26]int
	for i := range key {
		if key[i] < 'a' || key[i] > 'z' {
			return false
		}
		count[key[i]-'a']++
		count[w[i]-'a']--
	}
	return count == [26]int{}
}

// distance is the number of letters lost, added, changed or swapped with a
// neighbour between a and b, both at most maxTypoLen+1 long.
func distance(a, b string) int {
	var rows [3][maxTypoLen + 2]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
