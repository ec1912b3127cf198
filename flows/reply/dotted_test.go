package reply

import (
	"strings"
	"testing"

	"backstop/flows/reply/token"
)

// TestDottedWords joins words that are said one by one, and leaves sentences alone.
func TestDottedWords(t *testing.T) {
	for text, want := range map[string]string{
		"remove. me. from. the. list.": "remove me from the list .",
		"stop. texting. me.":           "stop texting me .",
		"ok. leave. me. alone. bye":    "ok leave me alone . bye",
		"say it. STOP. TEXTING. ME.":   "say it . stop texting me .",
		"sore. tired.":                 "sore . tired .",
		"it hurts. a lot. today.":      "it hurts . a lot . today .",
		"4. then. 5.":                  "4 . then . 5 .",
		"":                             "",
		"...":                          ". . .",
	} {
		toks, keys := token.Cut(text, nil, nil, func([]byte) bool { return false })
		var got []string
		for _, tok := range undotted(toks, keys, text) {
			got = append(got, string(keys[tok.KeyStart:tok.KeyEnd]))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: %q, want %q", text, s, want)
		}
	}
}

// TestSpeltWords joins a carrier's word that is spelt, and words bound by a low line.
func TestSpeltWords(t *testing.T) {
	for text, want := range map[string]string{
		"s t o p":           "stop",
		"E.N.D.":            "end .",
		"a-l-t-o please":    "alto please",
		"u n s u b":         "u n s u b",
		"i a m at p t":      "i a m at p t",
		"take_me_off":       "take me off",
		"l 5 s 1":           "l 5 s 1",
		"c a n c e l texts": "cancel texts",
	} {
		toks, keys := token.Cut(text, nil, nil, func([]byte) bool { return false })
		toks, keys = spelled(toks, keys)
		var got []string
		for _, tok := range toks {
			got = append(got, string(keys[tok.KeyStart:tok.KeyEnd]))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: %q, want %q", text, s, want)
		}
	}
}

// TestMaskedCurses writes out what only begins, and leaves sums and lists alone.
func TestMaskedCurses(t *testing.T) {
	for text, want := range map[string]string{
		"F*** off":      "fuck off",
		"f**king texts": "fucking texts",
		"f#@% off":      "fuck off",
		"s**t":          "shit",
		"3*5*5":         "3 * 5 * 5",
		"f* off":        "f * off",
		"squat *** f":   "squat * * * f",
	} {
		toks, keys := token.Cut(text, nil, nil, func([]byte) bool { return false })
		toks, keys = unmasked(toks, keys)
		var got []string
		for _, tok := range toks {
			got = append(got, string(keys[tok.KeyStart:tok.KeyEnd]))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: %q, want %q", text, s, want)
		}
	}
}
