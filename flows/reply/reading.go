package reply

import (
	"math/bits"
	"slices"
	"sync"

	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// reading is one text on its way to a Reply: its tokens, the concepts found in
// them, where clauses and sentences end, and what each token stands under.
type reading struct {
	asked Asked
	lang  Lang
	text  string

	toks   []token.Token
	keys   []byte
	forms  []string // the plain form of each token
	words  []lexicon.Words
	hits   []lexicon.Hit // by From
	first  []int32       // first hit at or after each token; one more at the end
	clause []int32       // by token
	sent   []int32       // by token
	places []int32       // what first, clause and sent lie in
	flags  []scope       // by token
	have   conceptSet    // every concept found and not part of an idiom
	holds  conceptSet    // those that are not denied
	all    conceptSet    // every concept found
	total  int           // words and numbers
	query  bool          // a question mark stands in it
	proxy  bool          // somebody writes for the patient

	figures      []figure
	figureFrom   []int32  // by token: index+1 of the figure that begins there
	figureTo     []int32  // by token: index+1 of the figure that ends before it
	figurePlaces []int32  // what these two lie in
	likely       []uint64 // what candidates returned
	lifts        []Lift
	ratings      []rating
	tempHigh     bool
	explain      bool
	because      []Because
}

// conceptSet holds concepts as bits.
type conceptSet [lexicon.MaxConcepts / 64]uint64

func (s *conceptSet) add(c lexicon.Concept)      { s[c>>6] |= 1 << (c & 63) }
func (s *conceptSet) has(c lexicon.Concept) bool { return s[c>>6]&(1<<(c&63)) != 0 }
func (s *conceptSet) join(o *conceptSet) {
	for i := range s {
		s[i] |= o[i]
	}
}

func (s *conceptSet) count() (n int) {
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// maxSentence is the longest run of tokens that is taken as one sentence: it
// keeps the work linear in a text without any full stop.
const maxSentence = 60

// rooms are readings that are done: the next text is read in their room.
var rooms = sync.Pool{New: func() any { return new(reading) }}

// roomTokens is of how many tokens a text may be whose room is kept: few have more.
const roomTokens = 400

// release gives the room of a reading to the next one, and forgets the text.
func (r *reading) release() {
	if cap(r.toks) > roomTokens {
		return
	}
	clear(r.forms)
	clear(r.keys[:cap(r.keys)])
	*r = reading{
		toks: r.toks[:0], keys: r.keys[:0], forms: r.forms, words: r.words, hits: r.hits[:0], flags: r.flags,
		places: r.places, figures: r.figures[:0], figurePlaces: r.figurePlaces, ratings: r.ratings[:0], likely: r.likely,
	}
	rooms.Put(r)
}

// room is n elements, all zero, in s if it has that many.
func room[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	s = s[:n]
	clear(s)
	return s
}

func read(asked Asked, text string, lang Lang) *reading {
	r := rooms.Get().(*reading)
	r.asked, r.lang, r.text = asked, lang, text
	r.toks, r.keys = slices.Grow(r.toks, min(len(text)/3+8, 1<<16)), slices.Grow(r.keys, len(text)+16)
	r.toks, r.keys = token.Cut(text, r.toks, r.keys, lexicon.Default().Known)
	r.toks, r.keys = unmasked(r.toks, r.keys)
	r.toks, r.keys = joinPauses(r.toks, r.keys, text)
	r.toks, r.keys = spelled(undotted(r.toks, r.keys, text), r.keys)
	r.keys = namedDays(r.toks, r.keys, asked == AskedWeekly)
	n := len(r.toks)
	keys := string(r.keys)
	r.forms = room(r.forms, n)
	for i, t := range r.toks {
		r.forms[i] = keys[t.KeyStart:t.KeyEnd]
	}
	r.words = room(r.words, n)
	for i, t := range r.toks {
		r.words[i] = lexicon.Default().Word(r.keys[t.KeyStart:t.KeyEnd])
		if t.Kind == token.Word || t.Kind == token.Number {
			r.total++
		}
		r.query = r.query || r.is(i, "?") || r.is(i, "¿")
		if t.Kind == token.Number && r.words[i][1] == 0 {
			r.words[i][1] = lexicon.AnyNumber
		}
		if r.contracted(i, t) {
			continue
		}
		switch {
		case t.Kind == token.Number:
			r.words[i] = r.spoken(i)
		case r.drawnNo(i):
			r.words[i] = lexicon.Default().Word([]byte("no"))
		case r.is(i, "ciento") && r.saysSiento(i):
			r.words[i] = lexicon.Default().Word([]byte("siento"))
		case r.saysPor(i):
			r.words[i] = lexicon.Default().Word([]byte("por"))
		}
	}
	r.places = room(r.places, 3*n+1)
	r.first, r.clause, r.sent = r.places[:n+1], r.places[n+1:2*n+1], r.places[2*n+1:]
	r.flags = room(r.flags, n)
	r.hits = slices.Grow(r.hits, 9*n+8) // nine texts of ten have no more
	for i := range r.toks {
		r.first[i] = int32(len(r.hits))
		r.hits = lexicon.Default().Find(r.words, i, r.hits)
	}
	r.first[n] = int32(len(r.hits))
	for _, h := range r.hits {
		r.all.add(h.Concept)
	}
	r.cutClauses()
	if r.namesProxy() {
		r.all.add(cProxy)
	}
	r.markScopes()
	for _, h := range r.hits {
		if r.flags[h.From]&idiomatic == 0 {
			r.have.add(h.Concept)
			if r.flags[h.From]&negated == 0 {
				r.holds.add(h.Concept)
			}
		}
	}
	return r
}

// key is the plain form of token i.
func (r *reading) key(i int) string { return r.forms[i] }

// keyOr is the plain form of token i, empty when there is none.
func (r *reading) keyOr(i int) string {
	if i < 0 || i >= len(r.toks) {
		return ""
	}
	return r.key(i)
}

// is says whether token i has the plain form s.
func (r *reading) is(i int, s string) bool {
	return uint(i) < uint(len(r.forms)) && r.forms[i] == s
}

// at returns the hits that begin at token i.
func (r *reading) at(i int) []lexicon.Hit {
	if i < 0 || i >= len(r.toks) {
		return nil
	}
	return r.hits[r.first[i]:r.first[i+1]]
}

// begins returns the end of the longest phrase of concept c at token i, 0 if none.
func (r *reading) begins(i int, c lexicon.Concept) int {
	if !r.all.has(c) {
		return 0
	}
	end := 0
	for _, h := range r.at(i) {
		if h.Concept == c {
			end = max(end, int(h.To))
		}
	}
	return end
}

// find returns the first hit of c that keep accepts.
func (r *reading) find(c lexicon.Concept, keep func(lexicon.Hit) bool) (lexicon.Hit, bool) {
	if !r.all.has(c) {
		return lexicon.Hit{}, false
	}
	for _, h := range r.hits {
		if h.Concept == c && (keep == nil || keep(h)) {
			return h, true
		}
	}
	return lexicon.Hit{}, false
}

// any says whether one of the concepts was found.
func (r *reading) any(cs ...lexicon.Concept) bool {
	for _, c := range cs {
		if r.all.has(c) {
			return true
		}
	}
	return false
}

// asserted says whether the text has c, said of the patient, now and in earnest.
func (r *reading) asserted(c lexicon.Concept) bool {
	_, ok := r.find(c, r.plain)
	return ok
}

// plain says whether a hit stands under nothing that takes it back.
func (r *reading) plain(h lexicon.Hit) bool {
	return r.flags[h.From]&(negated|hypothetical|someoneElse|past) == 0
}

func (r *reading) mark(i int) bool {
	return i >= 0 && i < len(r.toks) && (r.toks[i].Kind == token.Mark || r.toks[i].Kind == token.Newline)
}

// maxRepeats is how far back a finding is looked for before it is noted again.
const maxRepeats = 100

func (r *reading) note(finding string, from, to int, rule string) {
	if !r.explain || from >= to {
		return
	}
	start, end := int(r.toks[from].Start), int(r.toks[to-1].End)
	for _, b := range r.because[max(0, len(r.because)-maxRepeats):] {
		if b.Finding == finding && b.Start == start && b.End == end {
			return // another rule found the same by the same words
		}
	}
	r.because = append(r.because, Because{Finding: finding, Words: r.text[start:end], Start: start, End: end, Rule: rule})
}
