package token_test

import (
	"strings"
	"testing"

	"backstop/flows/reply/token"
)

// shown writes tokens as their plain forms, a number in brackets with its
// value's digits, a mark in quotes, an emoji in angles, a line break as |.
func shown(text string) string {
	toks, keys := token.Cut(text, nil, nil, func(key []byte) bool { return string(key) == "2moro" })
	var out []string
	for _, t := range toks {
		key := string(keys[t.KeyStart:t.KeyEnd])
		switch t.Kind {
		case token.Number:
			key = "[" + key + "]"
		case token.Mark:
			key = "'" + key + "'"
		case token.Emoji:
			key = "<" + key + ">"
		case token.Newline:
			key = "|"
		}
		out = append(out, key)
	}
	return strings.Join(out, " ")
}

func TestCut(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "",
		"About a 4.":            "about a [4] '.'",
		"3x5 @ 185":             "[3] x [5] '@' [185]",
		"80kg":                  "[80] kg",
		"3.5":                   "[3.5]",
		"3,5":                   "[3.5]",
		".5":                    "[.5]",
		"2..6":                  "[2] '.' '.' [6]",
		"fine.3":                "fine '.' [3]",
		"5,5,5":                 "[5] ',' [5] ',' [5]",
		"1,200":                 "[1] ',' [200]",
		"7:30":                  "[7] ':' [30]",
		"L5-S1":                 "l [5] '-' s [1]",
		"2moro":                 "2moro",
		"2morow":                "[2] morow",
		"can't":                 "cant",
		"can’t":                 "cant",
		"flare-up":              "flare up",
		"niño se cayó":          "nino se cayo",
		"3️⃣":                   "[3]",
		"🔟":                     "[10]",
		"2½":                    "[2] [%]",
		"４":                     "[4]",
		"ｐａｉｎ":                  "pain",
		"ok 👍":                  "ok <👍>",
		"👍🏽":                    "<👍>",
		"a\nb":                  "a | b",
		"pa\u200bin":            "pain",
		"\u202ehi":              "hi",
		"“ok” – fine…":          "'\"' ok '\"' '-' fine '.'",
		"<b>3</b>":              "'<' b '>' [3] '<' '/' b '>'",
		"\u0301":                "",
		"3\u20e3 \ufe0f":        "[3]",
		"99999999999999999999":  "[99999999999999999999]",
		"don''t":                "don ''' ''' t",
		"\xff\xfe4":             "'\ufffd' '\ufffd' [4]",
		"שלום 4":                "שלום [4]",
		"10/10":                 "[10] '/' [10]",
		"rpe:8":                 "rpe ':' [8]",
		"¿cómo?":                "'¿' como '?'",
		"ﬁne":                   "ﬁne",
		"pain=3":                "pain '=' [3]",
		"#4":                    "'#' [4]",
		strings.Repeat("9", 30): "[" + strings.Repeat("9", 30) + "]",
	} {
		if got := shown(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestPlacesAndTraits(t *testing.T) {
	text := "STOP: 3x5"
	toks, _ := token.Cut(text, nil, nil, nil)
	for i, want := range []struct {
		words        string
		upper, glued bool
	}{{"STOP", true, false}, {":", false, true}, {"3", false, false}, {"x", false, true}, {"5", false, true}} {
		got := toks[i]
		if text[got.Start:got.End] != want.words || got.Upper != want.upper || got.Glued != want.glued {
			t.Errorf("token %d: %q upper %v glued %v, want %+v", i, text[got.Start:got.End], got.Upper, got.Glued, want)
		}
	}
}

func TestAHugeNumberIsTooBigForAnything(t *testing.T) {
	toks, _ := token.Cut(strings.Repeat("9", 400), nil, nil, nil)
	if len(toks) != 1 || toks[0].Value < 1000 {
		t.Errorf("%+v", toks)
	}
}
