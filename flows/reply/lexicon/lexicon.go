// Package lexicon holds the words that patients use, by what they mean, and
// finds them in a text. The words are data: the files of en and es hold concepts,
// redflags.txt says which concepts together are a red flag, ordinary.txt lists
// everyday words that must not be taken for a slip of a word that matters.
package lexicon

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"sync"
)

//go:embed en/*.txt es/*.txt redflags.txt ordinary.txt
var data embed.FS

// Concept is one meaning, such as "saddle" or "numb".
type Concept uint16

// MaxConcepts is how many concepts the data may name, the empty one included.
const MaxConcepts = 2048

// A step of the table of phrases is a node and a word in 32 bits.
const (
	wordBits = 15
	maxNodes = 1 << (32 - wordBits)
	maxWords = 1 << wordBits
)

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

// Vocabulary is what the word data names: its concepts and its rules. It is never
// written after it has been read.
type Vocabulary struct {
	names    []string
	concepts map[string]Concept
	Rules    []Rule
}

// Lexicon is the compiled word data. It is never written after it has been compiled.
type Lexicon struct {
	*Vocabulary

	words    map[string]Words
	stems    map[string]WordID
	spelling map[string]string
	shapes   map[string]bool   // words with a digit in them, such as "2nite"
	first    []uint32          // by WordID: the node of a phrase that begins with it; 0 for none
	next     map[uint32]uint32 // by node and word: the node after both
	goesOn   []bool            // by node: a longer phrase leads on from it
	found    [][]Concept       // by node
	typos    typos
	sounds   sounds
	maxStem  int
	filler   Concept
	fillers  []bool // by WordID
	breadth  []int  // by concept: its single words
}

// Named is the vocabulary that is built in: the code asks for its concepts by name when
// the program starts. Default is the lexicon that is built in; it is compiled when it is
// first asked for, which takes a tenth of a second.
var Named, Default = builtIn()

func builtIn() (*Vocabulary, func() *Lexicon) {
	lines := must(wordLines(data))
	v := must(name(lines, data))
	return v, sync.OnceValue(func() *Lexicon { return must(v.compile(lines, data)) })
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // the data is embedded: TestLexicon fails first
	}
	return v
}

// name reads what the lines and the rules name. An error says the file and line.
func name(lines []line, files fs.FS) (*Vocabulary, error) {
	v := &Vocabulary{names: []string{""}, concepts: map[string]Concept{}}
	for _, line := range lines {
		if err := v.name(line); err != nil {
			return nil, err
		}
	}
	if len(v.names) > MaxConcepts {
		return nil, fmt.Errorf("lexicon: %d concepts, at most %d", len(v.names), MaxConcepts)
	}
	rules, err := fs.ReadFile(files, "redflags.txt")
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	v.Rules, err = v.parseRules(string(rules))
	return v, err
}

// compile makes the words of the lines findable. An error says the file and line.
func (v *Vocabulary) compile(lines []line, files fs.FS) (*Lexicon, error) {
	l := &Lexicon{
		Vocabulary: v,

		words:    make(map[string]Words, 1<<14),
		stems:    map[string]WordID{},
		spelling: map[string]string{},
		shapes:   map[string]bool{},
		next:     make(map[uint32]uint32, maxNodes),
		found:    append(make([][]Concept, 0, maxNodes), nil), // the first is where every phrase begins
		sounds:   make(sounds, 1<<13),
		goesOn:   append(make([]bool, 0, maxNodes), true),
		fillers:  []bool{false, true},
		first:    []uint32{0, 0},
	}
	b := builder{Lexicon: l, slips: map[string]bool{}, pieces: make(map[string][]piece, 1<<14)}
	for _, line := range lines { // the spellings first: phrases may be written with them
		if err := b.spell(line); err != nil {
			return nil, err
		}
	}
	for _, line := range lines {
		b.spanish = strings.HasPrefix(line.file, "es/")
		b.concept(line)
	}
	if len(b.found) >= maxNodes || len(b.fillers) >= maxWords {
		return nil, fmt.Errorf("lexicon: %d phrase nodes and %d words, at most %d and %d", len(b.found), len(b.fillers), maxNodes, maxWords)
	}
	ordinary, err := fs.ReadFile(files, "ordinary.txt")
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	b.finish(strings.Fields(string(ordinary)))
	return l, nil
}

// wordLines reads every file of words, English before Spanish, by name.
func wordLines(files fs.FS) ([]line, error) {
	var all []line
	for _, folder := range []string{"en", "es"} {
		names, err := fs.Glob(files, folder+"/*.txt")
		if err != nil {
			return nil, fmt.Errorf("lexicon: %w", err)
		}
		for _, name := range names {
			text, err := fs.ReadFile(files, name)
			if err != nil {
				return nil, fmt.Errorf("lexicon: %w", err)
			}
			lines, err := logicalLines(name, string(text))
			if err != nil {
				return nil, err
			}
			all = append(all, lines...)
		}
	}
	return all, nil
}

// Concept returns the concept of that name.
func (v *Vocabulary) Concept(name string) (Concept, error) {
	c, ok := v.concepts[name]
	if !ok {
		return 0, fmt.Errorf("lexicon: no concept %q", name)
	}
	return c, nil
}

// Must returns the concept of that name, which must be in the built-in data.
func Must(name string) Concept {
	return must(Named.Concept(name))
}

// Name returns the concept's name.
func (v *Vocabulary) Name(c Concept) string { return v.names[c] }

// Concepts is how many concepts there are, the empty one included.
func (v *Vocabulary) Concepts() int { return len(v.names) }

// Breadth is how many single words a concept has: what has many is met often.
func (l *Lexicon) Breadth(c Concept) int {
	if int(c) >= len(l.breadth) {
		return 0 // one that numbers tell
	}
	return l.breadth[c]
}

// Known says whether key, letters and digits together, is a word of its own.
func (l *Lexicon) Known(key []byte) bool { return l.shapes[string(key)] }

const (
	maxSkips   = 2  // fillers between two words of a phrase
	maxPerWord = 48 // hits that may begin at one token
)

// Find appends every concept whose phrase begins at token i.
func (l *Lexicon) Find(words []Words, i int, hits []Hit) []Hit {
	before := len(hits)
	for _, w := range words[i] {
		if w != 0 {
			if node := l.first[w]; node != 0 {
				hits = l.walk(words, i, i+1, node, hits, before)
			}
		}
	}
	return hits
}

func (l *Lexicon) walk(words []Words, from, at int, node uint32, hits []Hit, before int) []Hit {
	for _, c := range l.found[node] {
		if len(hits)-before < maxPerWord {
			hits = append(hits, Hit{Concept: c, From: int32(from), To: int32(at)})
		}
	}
	if !l.goesOn[node] {
		return hits
	}
	for skip := 0; skip <= maxSkips && at+skip < len(words); skip++ {
		for _, w := range words[at+skip] {
			if w == 0 {
				continue
			}
			if to, ok := l.next[node<<wordBits|uint32(w)]; ok {
				hits = l.walk(words, from, at+skip+1, to, hits, before)
			}
		}
		if w := words[at+skip]; !l.fillers[w[0]] && w[1] != AnyNumber {
			break
		}
	}
	return hits
}
