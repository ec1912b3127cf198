package lexicon

import (
	_ "embed"
	"slices"
	"strings"

	"backstop/flows/reply/token"
)

// builder fills a Lexicon.
type builder struct {
	*Lexicon
	slips  map[string]bool    // words in which slips are forgiven
	pieces map[string][]piece // of the fields that were read, since most come again
	room   []Concept          // that the lists of found concepts are cut from

	spanish bool // the line being read is
}

// piece is one word of a field: "don't" has one, "2nite!" two.
type piece struct {
	id   WordID
	key  string
	slip bool // it is of letters, and long enough for a slip in it to be told
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

// name gives the concept of a line its place among the others.
func (v *Vocabulary) name(line line) error {
	if strings.Contains(line.text, ":=") {
		return nil
	}
	name, _, ok := strings.Cut(line.text, " = ")
	if !ok {
		return line.errorf("want \"concept = phrase; phrase\"")
	}
	if name = strings.TrimSuffix(strings.TrimSpace(name), "~"); name == "" || strings.ContainsAny(name, " |+") {
		return line.errorf("bad concept name %q", name)
	}
	if _, ok := v.concepts[name]; !ok {
		v.concepts[name] = Concept(len(v.names))
		v.names = append(v.names, name)
	}
	return nil
}

func (b *builder) concept(line line) {
	name, phrases, ok := strings.Cut(line.text, " = ")
	if !ok || strings.Contains(line.text, ":=") {
		return
	}
	name, slips := strings.CutSuffix(strings.TrimSpace(name), "~")
	c := b.concepts[name]
	for phrase := range strings.SplitSeq(phrases, ";") {
		if phrase = strings.TrimSpace(phrase); phrase == "" {
			continue
		}
		if !strings.Contains(phrase, "/") {
			b.phrase(c, phrase, slips)
			continue
		}
		for _, p := range alternatives(phrase) {
			b.phrase(c, p, slips)
		}
	}
}

func (b *builder) phrase(c Concept, phrase string, slips bool) {
	node := uint32(0)
	alone := !strings.Contains(phrase, " ")
	for field := range strings.FieldsSeq(phrase) {
		for _, p := range b.cut(field) {
			if b.spanish && !strings.HasSuffix(field, "*") {
				b.sounds.add(p.key)
			}
			if slips && p.slip && (alone || len(p.key) >= 5) {
				b.slips[p.key] = true
			}
			node = b.step(node, p.id)
		}
	}
	if node != 0 && !slices.Contains(b.found[node], c) {
		b.find(node, c)
	}
}

// cut takes a field of a phrase apart into its words.
func (b *builder) cut(field string) []piece {
	if pieces, ok := b.pieces[field]; ok {
		return pieces
	}
	stem := strings.HasSuffix(field, "*") && len(field) > 1
	toks, keys := token.Cut(strings.TrimSuffix(field, "*"), nil, nil, b.Known)
	pieces := make([]piece, 0, len(toks))
	for _, t := range toks {
		key := string(keys[t.KeyStart:t.KeyEnd])
		if right, ok := b.spelling[key]; ok {
			key = right
		}
		pieces = append(pieces, piece{b.word(key, stem), key, t.Kind == token.Word && !stem && len(key) >= 4})
	}
	b.pieces[field] = pieces
	return pieces
}

// find has a concept found where a phrase ends. Nearly every list has one, so many
// are cut from the same room.
func (b *builder) find(node uint32, c Concept) {
	if b.found[node] != nil {
		b.found[node] = append(b.found[node], c)
		return
	}
	if len(b.room) == cap(b.room) {
		b.room = make([]Concept, 0, 1<<12)
	}
	n := len(b.room)
	b.room = append(b.room, c)
	b.found[node] = b.room[n : n+1 : n+1]
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
	b.fillers, b.first = append(b.fillers, false), append(b.first, 0)
	return WordID(len(b.fillers) - 1)
}

func (b *builder) newNode() uint32 {
	b.found, b.goesOn = append(b.found, nil), append(b.goesOn, false)
	return uint32(len(b.found) - 1)
}

// step is the node after a node and a word, made if there is none yet.
func (b *builder) step(node uint32, w WordID) uint32 {
	if node == 0 {
		if b.first[w] == 0 {
			b.first[w] = b.newNode()
		}
		return b.first[w]
	}
	key := node<<wordBits | uint32(w)
	to, ok := b.next[key]
	if !ok {
		to = b.newNode()
		b.next[key], b.goesOn[node] = to, true
	}
	return to
}

// finish links exact words with their stems, marks the fillers and lays out
// the table of slips.
func (b *builder) finish(ordinary []string) {
	b.filler = b.concepts["filler"]
	b.breadth = make([]int, len(b.names))
	for key, w := range b.words {
		w[1] = b.stem([]byte(key))
		b.words[key] = w
		node := b.first[w[0]]
		b.fillers[w[0]] = b.skippable(b.found[node])
		for _, c := range b.found[node] {
			b.breadth[c]++
		}
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
