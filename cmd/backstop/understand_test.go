package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

func runUnderstand(t *testing.T, c understandCmd, in string) (out, errs string, err error) {
	t.Helper()
	var o, e bytes.Buffer
	err = c.Run(&stdio{In: strings.NewReader(in), Out: &o, Err: &e})
	return o.String(), e.String(), err
}

func TestUnderstandReadsRowsAndWritesRows(t *testing.T) {
	out, _, err := runUnderstand(t, understandCmd{}, `{"prompt_kind":"evening","text":"about a 4","lang":"en"}
{"prompt_kind":"none","text":"se me va la orina","lang":"es"}
`)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d rows out, want 2: %s", len(lines), out)
	}
	for i, want := range []map[string]any{
		{"pain": 4.0, "interference": nil, "flare": nil, "red_flag": nil, "intent": "answer", "lifts": nil},
		{"pain": nil, "red_flag": "cauda_equina", "intent": "pain_report"},
	} {
		var got map[string]any
		if err := json.Unmarshal([]byte(lines[i]), &got); err != nil {
			t.Fatal(err)
		}
		for field, v := range want {
			if g, ok := got[field]; !ok || g != v {
				t.Errorf("row %d %s: %v, want %v", i+1, field, g, v)
			}
		}
		if because, _ := got["because"].([]any); len(because) == 0 {
			t.Errorf("row %d has no because", i+1)
		}
	}
}

func TestUnderstandNamesTheBadLine(t *testing.T) {
	for in, why := range map[string]string{
		"{\"prompt_kind\":\"evening\",\"text\":\"2\"}\n{nonsense\n": "line 2: invalid character",
		`{"prompt_kind":"evening"}`:                                 "line 1: no text",
		`{"text":"2"}`:                                              "line 1: no prompt_kind",
		`{"prompt_kind":"noon","text":"2"}`:                         `line 1: prompt_kind "noon"`,
		`{"prompt_kind":"none","text":"2","lang":"fr"}`:             `line 1: lang "fr"`,
	} {
		_, errs, err := runUnderstand(t, understandCmd{}, in)
		if err == nil || !strings.Contains(errs, why) {
			t.Errorf("%s: error %v, said %q, want %q", in, err, errs, why)
		}
	}
}

func TestUnderstandGoesOnAfterABadLine(t *testing.T) {
	out, _, err := runUnderstand(t, understandCmd{}, "nonsense\n{\"prompt_kind\":\"evening\",\"text\":\"3\"}\n")
	if err == nil || strings.Count(out, "\n") != 1 {
		t.Errorf("error %v, out %q: want an error and one row", err, out)
	}
}

func TestUnderstandExplainsOneText(t *testing.T) {
	out, _, err := runUnderstand(t, understandCmd{Text: "my crotch is numb", Asked: "none", Lang: "en"}, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`red flag        "cauda_equina"`, `"crotch" at 3`, "(saddle numb)", "not understood  nothing"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

func TestUnderstandScoresALabelledSet(t *testing.T) {
	out, _, err := runUnderstand(t, understandCmd{Score: "../../flows/reply/testdata/labelled/shared.jsonl"}, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"pain exact", "red-flag recall", "cauda_equina", "dangerous errors", "false stops"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in the score", want)
		}
	}
	if _, _, err := runUnderstand(t, understandCmd{Score: "no such file"}, ""); err == nil {
		t.Error("a missing file is no error")
	}
}
