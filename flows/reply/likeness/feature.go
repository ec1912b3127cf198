package likeness

// Word is a token of a text as the model sees it.
type Word struct {
	Plain     []byte // its plain form: lower case, no accents; empty for a number
	Elsewhere bool   // denied, supposed, about somebody else or about long ago: another word
}

// Meaning is what the lexicon finds in a text, at a word of it.
type Meaning struct {
	ID uint32 // MeaningOf, marked for its scope
	At int    // the word it begins at
}

// MeaningOf is the ID of a meaning by its name in the lexicon.
func MeaningOf(name string) uint32 { return hashOf([]byte(name)) }

// Scoped is the same meaning under a scope (0 to 3), for which it counts as another.
func Scoped(id uint32, scope uint32) uint32 { return mix(id, scope, 5) }

// feature is one thing that a text has: a word; two words beside each other or with
// one between them; four letters in a row, which slips and inflections share; a meaning.
type feature uint32

func hashOf(plain []byte) uint32 {
	h := uint32(2166136261) // FNV-1a
	for _, c := range plain {
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}

func mix(a, b, kind uint32) uint32 {
	h := a*0x9E3779B1 ^ b*0x85EBCA77 ^ kind*0xC2B2AE3D
	h ^= h >> 15
	h *= 0x2C1B3C6D
	return h ^ h>>13
}

// The kinds of feature, so that one kind is not taken for another.
const (
	kindWord = iota
	kindBeside
	kindOneBetween
	kindLetters
	kindMeaning
)

// wordID is the hash of a word, another one where it is said elsewhere.
func wordID(w Word) uint32 {
	h := hashOf(w.Plain) &^ 1
	if w.Elsewhere {
		h |= 1
	}
	return h
}

// gram is how many letters in a row make a feature; a word's ends count as letters.
const gram = 4

// each calls found once for every feature of a part, with the first and the last word
// where it stands, as they are numbered in the text: what is said twice is no likelier.
func each(p part, found func(f feature, from, to int)) {
	var known seen
	once := func(f feature, from, to int) {
		if known.add(f) {
			found(f, from, to)
		}
	}
	var last, lastButOne uint32
	for i := p.from; i < p.to; i++ {
		w := p.words[i]
		id := wordID(w)
		once(feature(mix(id, 0, kindWord)), i, i)
		if i >= p.from+1 {
			once(feature(mix(last, id, kindBeside)), i-1, i)
		}
		if i >= p.from+2 {
			once(feature(mix(lastButOne, id, kindOneBetween)), i-2, i)
		}
		lastButOne, last = last, id
		eachGram(w, func(f feature) { once(f, i, i) })
	}
	for _, m := range p.meanings {
		once(feature(mix(m.ID, 0, kindMeaning)), m.At, m.At)
	}
}

// seen is a small set of features; one that is full takes everything for new.
type seen struct {
	places [1 << 10]feature
	size   int
}

// add says whether f was not there yet.
func (s *seen) add(f feature) bool {
	const mask = len(s.places) - 1
	for i := int(f) & mask; ; i = (i + 1) & mask {
		switch s.places[i] {
		case f:
			return false
		case 0:
			if s.size < len(s.places)*3/4 {
				s.places[i], s.size = f, s.size+1
			}
			return true
		}
	}
}

// eachGram calls found for every run of letters in the word, which '<' and '>' enclose.
func eachGram(w Word, found func(f feature)) {
	n := len(w.Plain)
	if n == 0 {
		return
	}
	scope := uint32(0)
	if w.Elsewhere {
		scope = 1
	}
	letters := uint32('<')
	for i := 0; i <= n; i++ {
		c := byte('>')
		if i < n {
			c = w.Plain[i]
		}
		letters = letters<<8 | uint32(c)
		if i >= gram-2 {
			found(feature(mix(letters, scope, kindLetters)))
		}
	}
}
