// Package lexicon holds the words that patients use, by what they mean, and
// finds them in a text. The words are data: en.txt and es.txt hold concepts,
// redflags.txt says which concepts together are a red flag, ordinary.txt lists
// everyday words that must not be taken for a slip of a word that matters.
package lexicon

import (
	"bytes"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"backstop/flows/reply/token"
)

//go:embed en.txt
var english string

//go:embed es.txt
var spanish string

//go:embed redflags.txt
var redFlags string

//go:embed ordinary.txt
var ordinary string

// Concept is one meaning, such as "saddle" or "numb".
type Concept uint16

// MaxConcepts is how many concepts the data may name, the empty one included.
const MaxConcepts = 512

// maxNodes bounds the table of phrases: its nodes are numbered in 16 bits.
const maxNodes = 1 << 16

// WordID is a word of the lexicon; 0 is none.
type WordID uint16

// AnyNumber stands for a number in digits: it may be skipped inside a phrase.
const AnyNumber WordID = 1

// Words are the readings of one token: the word itself, and the stem it begins with.
type Words [2]WordID

// Hit is a concept found in a text: the tokens From to To, To exclusive.
type Hit struct {
	Concept  Concept
	From, To int32
}

// Lexicon is the compiled word data. It is never written after Load.
type Lexicon struct {
	names    []string
	concepts map[string]Concept
	words    map[string]Words
	stems    map[string]WordID
	spelling map[string]string
	shapes   map[string]bool // words with a digit in them, such as "2nite"
	next     map[uint32]uint16
	found    [][]Concept // by node
	typos    typos
	maxStem  int
	filler   Concept
	fillers  []bool // by WordID
	Rules    []Rule
}

// Default is the lexicon that is built in.
var Default = mustLoad()

func mustLoad() *Lexicon {
	l, err := load(english, spanish, redFlags, ordinary)
	if err != nil {
		panic(err) // the data is embedded: TestLexicon fails first
	}
	return l
}

func load(en, es, rules, ordinary string) (*Lexicon, error) {
	l := &Lexicon{
		names:    []string{""},
		concepts: map[string]Concept{},
		words:    map[string]Words{},
		stems:    map[string]WordID{},
		spelling: map[string]string{},
		shapes:   map[string]bool{},
		next:     map[uint32]uint16{},
		found:    [][]Concept{nil},
		fillers:  []bool{false, true},
	}
	b := builder{Lexicon: l, slips: map[string]bool{}}
	for _, file := range []struct{ name, text string }{{"en.txt", en}, {"es.txt", es}} {
		lines, err := logicalLines(file.name, file.text)
		if err != nil {
			return nil, err
		}
		for _, line := range lines {
			if err := b.spell(line); err != nil {
				return nil, err
			}
		}
	}
	for _, file := range []struct{ name, text string }{{"en.txt", en}, {"es.txt", es}} {
		lines, err := logicalLines(file.name, file.text)
		if err != nil {
			return nil, err
		}
		for _, line := range lines {
			if err := b.concept(line); err != nil {
				return nil, err
			}
		}
	}
	if len(l.names) > MaxConcepts || len(b.found) >= maxNodes {
		return nil, fmt.Errorf("lexicon: %d concepts and %d phrase nodes, at most %d and %d", len(l.names), len(b.found), MaxConcepts, maxNodes)
	}
	b.finish(strings.Fields(ordinary))
	parsed, err := l.parseRules(rules)
	if err != nil {
		return nil, err
	}
	l.Rules = parsed
	return l, nil
}

// Concept returns the concept of that name.
func (l *Lexicon) Concept(name string) (Concept, error) {
	c, ok := l.concepts[name]
	if !ok {
		return 0, fmt.Errorf("lexicon: no concept %q", name)
	}
	return c, nil
}

// Must returns the concept of that name, which must be in the built-in data.
func Must(name string) Concept {
	c, err := Default.Concept(name)
	if err != nil {
		panic(err)
	}
	return c
}

// Name returns the concept's name.
func (l *Lexicon) Name(c Concept) string { return l.names[c] }

// Concepts is how many concepts there are, the empty one included.
func (l *Lexicon) Concepts() int { return len(l.names) }

// Known says whether key, letters and digits together, is a word of its own.
func (l *Lexicon) Known(key []byte) bool { return l.shapes[string(key)] }

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

const (
	maxSkips   = 2  // fillers between two words of a phrase
	maxPerWord = 48 // hits that may begin at one token
)

// Find appends every concept whose phrase begins at token i.
func (l *Lexicon) Find(words []Words, i int, hits []Hit) []Hit {
	before := len(hits)
	for _, w := range words[i] {
		if w != 0 {
			if node, ok := l.next[uint32(w)]; ok {
				hits = l.walk(words, i, i+1, node, hits, before)
			}
		}
	}
	return hits
}

func (l *Lexicon) walk(words []Words, from, at int, node uint16, hits []Hit, before int) []Hit {
	for _, c := range l.found[node] {
		if len(hits)-before < maxPerWord {
			hits = append(hits, Hit{Concept: c, From: int32(from), To: int32(at)})
		}
	}
	for skip := 0; skip <= maxSkips && at+skip < len(words); skip++ {
		for _, w := range words[at+skip] {
			if w == 0 {
				continue
			}
			if to, ok := l.next[uint32(node)<<16|uint32(w)]; ok {
				hits = l.walk(words, from, at+skip+1, to, hits, before)
			}
		}
		if w := words[at+skip]; !l.fillers[w[0]] && w[1] != AnyNumber {
			break
		}
	}
	return hits
}

// builder fills a Lexicon.
type builder struct {
	*Lexicon
	slips map[string]bool // words in which slips are forgiven
}

func (b *builder) spell(line line) error {
	right, wrong, ok := strings.Cut(line.text, ":=")
	if !ok {
		return nil
	}
	right = strings.TrimSpace(right)
	for w := range strings.SplitSeq(wrong, ";") {
		key := string(plainWord(strings.TrimSpace(w)))
		if key == "" || right == "" {
			return line.errorf("a spelling without a word")
		}
		b.spelling[key] = right
		if strings.ContainsAny(key, "0123456789") {
			b.shapes[key] = true
		}
	}
	return nil
}

func (b *builder) concept(line line) error {
	if strings.Contains(line.text, ":=") {
		return nil
	}
	name, phrases, ok := strings.Cut(line.text, " = ")
	if !ok {
		return line.errorf("want \"concept = phrase; phrase\"")
	}
	name = strings.TrimSpace(name)
	slips := strings.HasSuffix(name, "~")
	name = strings.TrimSuffix(name, "~")
	if name == "" || strings.ContainsAny(name, " |+") {
		return line.errorf("bad concept name %q", name)
	}
	c, ok := b.concepts[name]
	if !ok {
		c = Concept(len(b.names))
		b.concepts[name] = c
		b.names = append(b.names, name)
	}
	for phrase := range strings.SplitSeq(phrases, ";") {
		if phrase = strings.TrimSpace(phrase); phrase == "" {
			continue
		}
		for _, p := range alternatives(phrase) {
			b.phrase(c, p, slips)
		}
	}
	return nil
}

func (b *builder) phrase(c Concept, phrase string, slips bool) {
	node := uint16(0)
	fields := strings.Fields(phrase)
	for _, field := range fields {
		stem := strings.HasSuffix(field, "*") && len(field) > 1
		toks, keys := token.Cut(strings.TrimSuffix(field, "*"), nil, nil, b.Known)
		for _, t := range toks {
			key := string(keys[t.KeyStart:t.KeyEnd])
			if right, ok := b.spelling[key]; ok {
				key = right
			}
			id := b.word(key, stem)
			if slips && t.Kind == token.Word && !stem && len(key) >= 4 && (len(fields) == 1 || len(key) >= 5) {
				b.slips[key] = true
			}
			node = b.step(node, id)
		}
	}
	if node != 0 && !slices.Contains(b.found[node], c) {
		b.found[node] = append(b.found[node], c)
	}
}

func (b *builder) word(key string, stem bool) WordID {
	if stem {
		id, ok := b.stems[key]
		if !ok {
			id = b.newWord()
			b.stems[key] = id
			b.maxStem = max(b.maxStem, len(key))
		}
		return id
	}
	w, ok := b.words[key]
	if !ok {
		w[0] = b.newWord()
		b.words[key] = w
	}
	return w[0]
}

func (b *builder) newWord() WordID {
	b.fillers = append(b.fillers, false)
	return WordID(len(b.fillers) - 1)
}

func (b *builder) step(node uint16, w WordID) uint16 {
	key := uint32(node)<<16 | uint32(w)
	to, ok := b.next[key]
	if !ok {
		to = uint16(len(b.found))
		b.next[key] = to
		b.found = append(b.found, nil)
	}
	return to
}

// finish links exact words with their stems, marks the fillers and lays out
// the table of slips.
func (b *builder) finish(ordinary []string) {
	b.filler = b.concepts["filler"]
	for key, w := range b.words {
		w[1] = b.stem([]byte(key))
		b.words[key] = w
		node, ok := b.next[uint32(w[0])]
		b.fillers[w[0]] = ok && b.skippable(b.found[node])
	}
	for _, w := range ordinary {
		if _, ok := b.words[w]; !ok {
			b.words[w] = Words{0, b.stem([]byte(w))}
		}
	}
	for s := range b.stems {
		if len(s) >= 5 {
			b.slips[s] = true
			if _, ok := b.words[s]; !ok {
				b.words[s] = Words{0, b.stems[s]}
			}
		}
	}
	b.typos = newTypos(b.slips)
}

// skippable says whether a word of these concepts may stand inside a phrase:
// fillers and numbers in letters.
func (b *builder) skippable(found []Concept) bool {
	for _, c := range found {
		if c == b.filler || strings.HasPrefix(b.names[c], "num_") {
			return true
		}
	}
	return false
}

func plainWord(s string) []byte {
	toks, keys := token.Cut(s, nil, nil, func([]byte) bool { return true })
	if len(toks) == 0 {
		return nil
	}
	return keys[toks[0].KeyStart:toks[0].KeyEnd]
}
