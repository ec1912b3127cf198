package reply_test

import (
	"bufio"
	"encoding/json"
	"math"
	"os"
	"reflect"
	"strings"
	"testing"

	"backstop/flows/reply"
)

// FuzzText varies the text, FuzzLang the language and FuzzAsked the question,
// each beside texts that patients send.
func FuzzText(f *testing.F) {
	seed(f, func(kind, text, lang string) { f.Add(text) })
	f.Fuzz(func(t *testing.T, text string) {
		check(t, reply.AskedEvening, text, reply.English)
		check(t, reply.AskedHomework, text, reply.Spanish)
	})
}

func FuzzLang(f *testing.F) {
	seed(f, func(kind, text, lang string) { f.Add(lang, text) })
	f.Fuzz(func(t *testing.T, lang, text string) {
		check(t, reply.AskedNone, text, reply.Lang(lang))
	})
}

func FuzzAsked(f *testing.F) {
	seed(f, func(kind, text, lang string) { f.Add(kind, text) })
	f.Fuzz(func(t *testing.T, asked, text string) {
		check(t, reply.Asked(asked), text, reply.English)
	})
}

func FuzzUnderstand(f *testing.F) {
	seed(f, func(kind, text, lang string) { f.Add(kind, text, lang) })
	f.Fuzz(func(t *testing.T, asked, text, lang string) {
		check(t, reply.Asked(asked), text, reply.Lang(lang))
	})
}

func seed(f *testing.F, add func(kind, text, lang string)) {
	f.Helper()
	for _, text := range []string{"", "\x00\xff\xfe", "5", "3️⃣", "🔟", "½", "0-10? 3", "L5-S1 3/10", "185x5x3", "5,5,5 at 80kg", "١٢", "<b>3</b>", "pain: 1e9", "no no no no not", strings.Repeat("no pain ", 40)} {
		add("evening", text, "en")
	}
	in, err := os.Open("testdata/labelled/shared.jsonl")
	if err != nil {
		f.Fatal(err)
	}
	defer in.Close()
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		var row struct {
			Kind string `json:"prompt_kind"`
			Text string `json:"text"`
			Lang string `json:"lang"`
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			f.Fatal(err)
		}
		add(row.Kind, row.Text, row.Lang)
	}
}

// check is what must hold for any text at all.
func check(t *testing.T, asked reply.Asked, text string, lang reply.Lang) {
	t.Helper()
	got := reply.Explain(asked, text, lang)
	if got.Pain != nil && !(*got.Pain >= 0 && *got.Pain <= 10) {
		t.Errorf("pain %v of %q", *got.Pain, text)
	}
	if got.DaysOff != nil && (math.IsNaN(*got.DaysOff) || *got.DaysOff < 0) {
		t.Errorf("days off %v of %q", *got.DaysOff, text)
	}
	if got.Intent == "" {
		t.Errorf("no intent for %q", text)
	}
	if (got.RedFlag == "") != (len(got.RedFlags) == 0) {
		t.Errorf("red flag %q of %v for %q", got.RedFlag, got.RedFlags, text)
	}
	for _, b := range got.Because {
		if b.Start < 0 || b.End > len(text) || b.Start >= b.End || text[b.Start:b.End] != b.Words {
			t.Fatalf("because %+v does not stand in %q", b, text)
		}
	}
	plain := reply.Understand(asked, text, lang)
	if plain.Because != nil {
		t.Error("Understand explains itself")
	}
	got.Because = nil
	if !reflect.DeepEqual(got, plain) {
		t.Errorf("Explain and Understand differ on %q:\n%+v\n%+v", text, got, plain)
	}
}
