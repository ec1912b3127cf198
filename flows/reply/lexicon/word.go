package lexicon

import (
	"bytes"
	_ "embed"
)

// Word returns what a token of that plain form can be: itself, a known
// misspelling, the same with letters typed too often, or a slip; and the stem
// that it begins with.
func (l *Lexicon) Word(key []byte) Words {
	if w, ok := l.words[string(key)]; ok {
		return w
	}
	if s, ok := l.spelling[string(key)]; ok {
		return l.words[s]
	}
	var buf [maxSqueezed]byte
	for _, most := range []int{2, 1} {
		if w := l.exact(squeeze(key, most, buf[:0])); w != (Words{}) {
			return w
		}
	}
	if w, ok := l.words[string(bytes.TrimSuffix(key, []byte("ish")))]; ok && len(key) > 5 {
		return w
	}
	if s, ok := l.sounds.find(key); ok {
		return l.words[s]
	}
	stem := l.stem(key)
	if stem == 0 {
		stem = l.stem(squeeze(key, 1, buf[:0]))
	}
	if s, ok := l.typos.find(key); ok {
		w := l.words[s]
		if stem != 0 {
			w[1] = stem // "weaknses" is a slip of weakness, and begins like weak
		}
		return w
	}
	return Words{0, stem}
}

func (l *Lexicon) exact(key []byte) Words {
	if w := l.words[string(key)]; w != (Words{}) {
		return w
	}
	return l.words[l.spelling[string(key)]]
}

const maxSqueezed = 32

// squeeze appends key to buf with no letter more than most times in a row:
// "goood", "painnn", "yessss". A longer key gives nothing.
func squeeze(key []byte, most int, buf []byte) []byte {
	if len(key) > maxSqueezed {
		return nil
	}
	run := 0
	for i, c := range key {
		if i > 0 && c == key[i-1] {
			run++
		} else {
			run = 1
		}
		if run <= most {
			buf = append(buf, c)
		}
	}
	if len(buf) == len(key) {
		return nil
	}
	return buf
}

func (l *Lexicon) stem(key []byte) WordID {
	for n := min(len(key), l.maxStem); n >= 3; n-- {
		if id, ok := l.stems[string(key[:n])]; ok {
			return id
		}
	}
	return 0
}

// Filler says whether a token may be skipped inside a phrase.
func (l *Lexicon) Filler(w Words) bool { return l.fillers[w[0]] || w[1] == AnyNumber }
