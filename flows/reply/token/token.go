// Package token cuts a text message into words, numbers, marks and emoji, each
// with its place in the text, and brings every word to one plain form.
package token

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind is what a token is.
type Kind uint8

// The kinds of token.
const (
	Word Kind = iota
	Number
	Mark    // punctuation and signs: one token per character
	Emoji   // pictographs: one token per character
	Newline // a line break
)

// Token is one piece of a text. Start and End are byte offsets into the text,
// end exclusive. Key is the plain form (lower case, no accents, no
// apostrophes) as a part of the buffer that Cut fills.
type Token struct {
	Start, End       int32
	KeyStart, KeyEnd int32
	Kind             Kind
	Glued            bool    // follows the one before without a space
	Upper            bool    // a word of two or more letters, all capitals
	Value            float64 // of a Number
}

// Known says whether a run of letters and digits is a word of its own ("2moro").
type Known func(key []byte) bool

// Cut appends the tokens of text to toks and their plain forms to keys, and
// returns both. Any bytes are accepted; the work is linear in the length.
func Cut(text string, toks []Token, keys []byte, known Known) ([]Token, []byte) {
	c := cutter{text: text, toks: toks, keys: keys, known: known, last: -1}
	for c.at < len(text) {
		c.next()
	}
	return c.toks, c.keys
}

type cutter struct {
	text  string
	at    int
	last  int // end of the last token
	toks  []Token
	keys  []byte
	known Known
}

func (c *cutter) next() {
	start := c.at
	r, size := utf8.DecodeRuneInString(c.text[start:])
	switch {
	case r == '\n' || r == '\r':
		c.at += size
		c.keys = append(c.keys, '\n')
		c.add(start, Newline, 1, 0)
	case unicode.IsSpace(r) || ignorable(r):
		c.at += size
	case isDigit(r) || r == '.' && c.digitAfter(start+1) && !c.joinedBefore(start):
		c.run(start)
	case unicode.IsLetter(r) || unicode.Is(unicode.Mn, r):
		c.run(start)
	case vulgar(r) > 0:
		c.at += size
		c.keys = append(c.keys, '%')
		c.addNumber(start, 1, vulgar(r))
	case r == '🔟':
		c.at += size
		c.keys = append(c.keys, "10"...)
		c.addNumber(start, 2, 10)
	case r == '-' && start > 0 && c.last == start && letterBefore(c.text, start) && c.letterAfter(start+1):
		c.at += size // "flare-up" is two words
	default:
		c.at += size
		kind := Mark
		if r > 0x203F && r != utf8.RuneError && !unicode.IsPunct(r) {
			kind = Emoji
		}
		before := len(c.keys)
		c.keys = utf8.AppendRune(c.keys, plainMark(r))
		c.add(start, kind, len(c.keys)-before, 0)
	}
}

// run cuts letters and digits that stand together: the whole when it is a
// known word, else digits and letters apart ("3x5" = 3 x 5, "80kg" = 80 kg).
func (c *cutter) run(start int) {
	if end, mixed := c.mixedRun(start); mixed {
		before := len(c.keys)
		c.keys = plain(c.text[start:end], c.keys)
		if c.known != nil && c.known(c.keys[before:]) {
			c.at = end
			c.add(start, Word, len(c.keys)-before, 0)
			return
		}
		c.keys = c.keys[:before]
	}
	r, _ := utf8.DecodeRuneInString(c.text[start:])
	if isDigit(r) || r == '.' {
		c.number(start)
		return
	}
	c.word(start)
}

// mixedRun returns the end of the letters and digits from start (at most 24
// bytes) and whether it has both.
func (c *cutter) mixedRun(start int) (end int, mixed bool) {
	letters, digits := false, false
	end = start
	for end < len(c.text) && end-start < 24 {
		r, size := utf8.DecodeRuneInString(c.text[end:])
		switch {
		case isDigit(r):
			digits = true
		case unicode.IsLetter(r):
			letters = true
		case apostrophe(r) && end > start:
		default:
			return end, letters && digits
		}
		end += size
	}
	return end, letters && digits
}

func (c *cutter) word(start int) {
	before := len(c.keys)
	upper, letters := true, 0
	for c.at < len(c.text) {
		r, size := utf8.DecodeRuneInString(c.text[c.at:])
		if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) && !ignorable(r) {
			if r == '&' {
				size = entity(c.text[c.at:])
			}
			if size == 0 || r != '&' && !apostrophe(r) || !c.letterAfter(c.at+size) {
				break
			}
			c.at += size
			continue
		}
		if (r == 'x' || r == 'X') && c.at > start && c.afterNumber(start) && c.digitAfter(c.at+size) {
			break // "60kgx5" is 60 kg x 5
		}
		if unicode.IsLetter(r) {
			letters++
			upper = upper && unicode.IsUpper(r)
		}
		c.keys = plainRune(r, c.keys)
		c.at += size
	}
	if len(c.keys) == before {
		return // nothing but marks that stand on a letter
	}
	c.add(start, Word, len(c.keys)-before, 0)
	c.toks[len(c.toks)-1].Upper = upper && letters > 1
}

// afterNumber reports whether a number ends where a word begins.
func (c *cutter) afterNumber(start int) bool {
	return len(c.toks) > 0 && c.last == start && c.toks[len(c.toks)-1].Kind == Number
}

// number reads digits with at most one decimal point or comma ("3.5", ".5",
// "3,5"), or a keycap digit.
func (c *cutter) number(start int) {
	before := len(c.keys)
	points := 0
	for c.at < len(c.text) {
		r, size := utf8.DecodeRuneInString(c.text[c.at:])
		if isDigit(r) {
			c.keys = append(c.keys, byte('0'+digit(r)))
			c.at += size
			continue
		}
		if (r == '.' || r == ',') && points == 0 && c.digitAfter(c.at+size) && c.decimal(c.at, r) {
			points++
			c.keys = append(c.keys, '.')
			c.at += size
			continue
		}
		if r == 0xFE0F || r == 0x20E3 {
			c.at += size
			continue
		}
		break
	}
	if c.at == start {
		c.at++
	}
	value, err := strconv.ParseFloat(string(c.keys[before:]), 64)
	if err != nil {
		value = 1e9
	}
	c.addNumber(start, len(c.keys)-before, value)
}

// decimal says whether the point or comma at i is a decimal sign: a comma only
// before a single digit that no further comma follows ("3,5" but not "5,5,5"
// and not "1,200").
func (c *cutter) decimal(i int, sign rune) bool {
	j := i + 1
	for j < len(c.text) && c.text[j] >= '0' && c.text[j] <= '9' {
		j++
	}
	again := j < len(c.text)-1 && c.text[j] == byte(sign) && c.text[j+1] >= '0' && c.text[j+1] <= '9'
	if sign == '.' {
		return !again
	}
	commaBefore := false
	for k := i - 1; k >= 0 && i-k < 6; k-- {
		if c.text[k] == ',' {
			commaBefore = true
		}
		if c.text[k] < '0' || c.text[k] > '9' {
			break
		}
	}
	return j == i+2 && !again && !commaBefore
}

func (c *cutter) addNumber(start, keyLen int, value float64) {
	c.add(start, Number, keyLen, value)
}

func (c *cutter) add(start int, kind Kind, keyLen int, value float64) {
	if keyLen == 0 {
		return
	}
	c.toks = append(c.toks, Token{
		Start: int32(start), End: int32(c.at),
		KeyStart: int32(len(c.keys) - keyLen), KeyEnd: int32(len(c.keys)),
		Kind: kind, Glued: c.last == start, Value: value,
	})
	c.last = c.at
}

func (c *cutter) digitAfter(i int) bool {
	r, _ := utf8.DecodeRuneInString(c.text[min(i, len(c.text)):])
	return isDigit(r)
}

func (c *cutter) digitBefore(i int) bool {
	return i > 0 && c.text[i-1] >= '0' && c.text[i-1] <= '9'
}

// joinedBefore says whether a digit, a letter or another dot stands just before i, so that a
// dot there opens no decimal: "2...6", "ugh...7", "fine.3".
func (c *cutter) joinedBefore(i int) bool {
	return c.digitBefore(i) || i > 0 && c.text[i-1] == '.' || letterBefore(c.text, i)
}

func (c *cutter) letterAfter(i int) bool {
	r, _ := utf8.DecodeRuneInString(c.text[min(i, len(c.text)):])
	return unicode.IsLetter(r)
}

func letterBefore(s string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return unicode.IsLetter(r)
}

// entity is the length of an apostrophe that a web page wrote out at the start of s, 0 if
// there is none.
func entity(s string) int {
	for _, e := range [...]string{"&#39;", "&#x27;", "&apos;", "&rsquo;", "&#8217;"} {
		if strings.HasPrefix(s, e) {
			return len(e)
		}
	}
	return 0
}
