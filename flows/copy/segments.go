package copy

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf16"
)

// Encoding is how a text travels: GSM7 where every character is in that
// alphabet, UCS2 otherwise.
type Encoding string

// The encodings of SMS.
const (
	GSM7 Encoding = "GSM-7"
	UCS2 Encoding = "UCS-2"
)

// Units in a text that stands alone, and in each part of one that is joined.
const (
	gsmSingle, gsmPart   = 160, 153 // septets
	ucs2Single, ucs2Part = 70, 67   // UTF-16 code units
)

//go:embed gsm7.json
var alphabetFile []byte

var alphabet = readAlphabet()

// septets is the cost of each character of GSM-7 (1, or 2 for an extension
// character), smart what may stand in for characters outside it.
type letters struct {
	septets map[rune]int
	smart   map[rune]string
}

func readAlphabet() letters {
	var file struct {
		Basic, Extension string
		Smart            map[string]string
	}
	if err := json.Unmarshal(alphabetFile, &file); err != nil {
		panic(fmt.Sprintf("the GSM-7 alphabet: %v", err))
	}
	l := letters{septets: map[rune]int{}, smart: map[rune]string{}}
	for _, r := range file.Basic {
		l.septets[r] = 1
	}
	for _, r := range file.Extension {
		l.septets[r] = 2
	}
	for from, to := range file.Smart {
		l.smart[[]rune(from)[0]] = to
	}
	return l
}

// Segments says how a text travels: its encoding, its length in that encoding's
// units (septets or UTF-16 code units), and the parts it is billed as. A
// two-unit character is never split between parts. An empty text has no parts.
func Segments(text string) (enc Encoding, units, parts int) {
	enc, cost, single, part := GSM7, septetsOf, gsmSingle, gsmPart
	if foreign(text) {
		enc, cost, single, part = UCS2, utf16.RuneLen, ucs2Single, ucs2Part
	}
	filled := 0
	for _, r := range text {
		n := cost(r)
		units += n
		if parts == 0 || filled+n > part {
			parts++
			filled = 0
		}
		filled += n
	}
	if units > 0 && units <= single {
		parts = 1
	}
	return enc, units, parts
}

func septetsOf(r rune) int { return alphabet.septets[r] }

// foreign reports whether a character outside GSM-7 switches the whole text.
func foreign(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return alphabet.septets[r] == 0 })
}

// Smart replaces characters outside GSM-7 with their look-alikes in it (curly
// quotes, dashes, wide spaces), as Twilio's smart encoding does. Characters
// without one stay.
func Smart(text string) string {
	var b strings.Builder
	for _, r := range text {
		if like, ok := alphabet.smart[r]; ok {
			b.WriteString(like)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
