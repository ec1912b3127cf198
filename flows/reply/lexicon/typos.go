package lexicon

import "slices"

// typos finds the word that a slip was meant to be: one letter lost, added,
// changed or swapped with its neighbour, two in words of eight letters or more.
// It keeps, for each word, the forms with letters left out, so a look-up costs
// a fixed number of map reads whatever the size of the lexicon.
type typos struct {
	byDeletion map[string][]string
}

const (
	minTypoLen  = 4
	longTypoLen = 8
	maxTypoLen  = 16
)

func newTypos(words map[string]bool) typos {
	t := typos{byDeletion: make(map[string][]string, 8*len(words))}
	var sorted []string
	for w := range words {
		sorted = append(sorted, w)
	}
	slices.Sort(sorted)
	for _, w := range sorted {
		if len(w) < minTypoLen || len(w) > maxTypoLen || !letters(w) {
			continue
		}
		for _, d := range deletions(w) {
			t.byDeletion[d] = append(t.byDeletion[d], w)
		}
	}
	return t
}

// deletions lists w and w without one of its letters.
func deletions(w string) []string {
	out := make([]string, 1, len(w)+1)
	out[0] = w
	for i := range len(w) {
		if i == 0 || w[i] != w[i-1] { // without either of two equal letters it is the same
			out = append(out, w[:i]+w[i+1:])
		}
	}
	return out
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
func (t typos) find(key []byte) (string, bool) {
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

func (t typos) consider(short, key []byte, best *string, bestDistance *int) {
	for _, w := range t.byDeletion[string(short)] {
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
