package lexicon

import "strings"

// sounds finds the Spanish word that a token sounds like: who writes by ear writes "lla no ciento
// la pierna derexa". Every word as it sounds, and how the lexicon spells it.
type sounds map[string]string

// Words of fewer letters sound like too many others.
const minSoundLen = 4

// maxSoundLen is the longest word that is written by ear.
const maxSoundLen = 20

// add notes a word of the lexicon; of two that sound alike the first is meant.
func (s sounds) add(word string) {
	if len(word) < minSoundLen-1 || len(word) > maxSoundLen || !letters(word) {
		return
	}
	var buf [maxSoundLen]byte
	key := sound([]byte(word), buf[:0])
	if _, ok := s[string(key)]; !ok {
		s[string(key)] = word
	}
}

// find returns the word that key sounds like.
func (s sounds) find(key []byte) (string, bool) {
	if len(key) < minSoundLen || len(key) > maxSoundLen {
		return "", false
	}
	var buf [maxSoundLen]byte
	w, ok := s[string(sound(key, buf[:0]))]
	return w, ok
}

// sound appends how a word is spoken in Spanish to buf: b and v, ll and y, s and z and the soft
// c, k and qu and the hard c are one each, h is silent, and x between vowels is typed for ch.
func sound(key, buf []byte) []byte {
	at := func(i int) byte {
		if i < 0 || i >= len(key) {
			return 0
		}
		return key[i]
	}
	for i := 0; i < len(key); i++ {
		c, next := key[i], at(i+1)
		soft := next == 'e' || next == 'i'
		switch {
		case c == 'h':
			continue
		case c == 'v':
			c = 'b'
		case c == 'z', c == 'c' && soft:
			c = 's'
		case c == 'q' && next == 'u' && (at(i+2) == 'e' || at(i+2) == 'i'):
			c = 'k'
			i++
		case c == 'c' && next == 'h', c == 'x' && vowel(at(i-1)) && vowel(next):
			c = 'x'
		case c == 'c', c == 'q':
			c = 'k'
		case c == 'g' && soft:
			c = 'j'
		case c == 'l' && next == 'l':
			c = 'y'
			i++
		case c == 'y' && next == 0:
			c = 'i'
		case c == 'n' && (next == 'b' || next == 'v' || next == 'p'):
			c = 'm'
		}
		if c == 's' && len(buf) > 0 && buf[len(buf)-1] == 's' {
			continue
		}
		buf = append(buf, c)
	}
	return buf
}

func vowel(c byte) bool { return c != 0 && strings.IndexByte("aeiou", c) >= 0 }
