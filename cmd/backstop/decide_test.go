package main

import (
	"strings"
	"testing"

	"backstop/flows"
	"backstop/storage"
)

func TestDecideAnswersReadingsOfFlagsAndOfLines(t *testing.T) {
	term := newTerminal(t, storage.SQLite)
	for _, c := range []struct {
		flags string
		line  string
		rule  string
		by    flows.Decision
	}{
		{"--baseline 0 --evening 2 --morning 1", `{"baseline":0,"evening":2,"morning":1}`, "R8", flows.Progress},
		{"--baseline 0 --evening 2", `{"baseline":0,"evening":2,"morning":null}`, "R5b", flows.Hold},
		{"--baseline 0 --evening 2 --window-open", `{"baseline":0,"evening":2,"window_open":true}`, "R5a", flows.Await},
		{"--baseline 0 --evening 4 --morning 3 --h48 3", `{"baseline":0,"evening":4,"morning":3,"h48":3}`, "R2d", flows.AlertFlare},
		{"--baseline 0 --evening 2.5 --morning 0", `{"baseline":0,"evening":2.5,"morning":0}`, "R7d", flows.Hold},
		{"--baseline 0 --interference severe", `{"baseline":0,"interference":"severe"}`, "R2a", flows.AlertFlare},
		{"--baseline 1 --flare", `{"baseline":1,"flare":true}`, "R2b", flows.AlertFlare},
		{"--baseline 1 --evening 4 --morning 1 --no-flare", `{"baseline":1,"evening":4,"morning":1,"flare":false}`, "R7d", flows.Hold},
		{"--baseline 0 --morning 3 --red-flag cauda_equina", `{"baseline":0,"morning":3,"red_flag":"cauda_equina"}`, "R0", flows.Emergency},
	} {
		byFlags := term.ok(append([]string{"decide"}, strings.Fields(c.flags)...)...)
		byLine, said, err := term.typed("\n"+c.line+"\r\n", "decide")
		if err != nil || byLine != byFlags {
			t.Errorf("%s: flags say %q, the line %q (%s %v)", c.flags, byFlags, byLine, said, err)
		}
		if v := decoded[flows.Verdict](t, byFlags); v.Decision != c.by || v.Rule != c.rule || v.Because == "" {
			t.Errorf("%s: %+v", c.flags, v)
		}
	}
}

func TestDecideNamesTheLineThatIsWrongAndDecidesOnTheOthers(t *testing.T) {
	term := newTerminal(t, storage.SQLite)
	const good = `{"baseline":0,"evening":2,"morning":1}`
	for name, c := range map[string]struct{ line, says string }{
		"above 10":        {`{"baseline":0,"evening":10.5}`, "line 2: evening: 10.5 is not a pain from 0 to 10"},
		"below 0":         {`{"baseline":-1}`, "line 2: baseline: -1"},
		"no baseline":     {`{"evening":3}`, "line 2: baseline: "},
		"no number":       {`{"baseline":"2"}`, "line 2: baseline: wants a number"},
		"no truth":        {`{"baseline":2,"flare":"yes"}`, "line 2: flare: wants true or false"},
		"no text":         {`{"baseline":2,"red_flag":1}`, "line 2: red_flag: wants a text"},
		"no such grade":   {`{"baseline":2,"interference":"lots"}`, `line 2: interference: "lots" is not one of`},
		"no such flag":    {`{"baseline":2,"red_flag":"headache"}`, `line 2: red_flag: "headache" is not one of`},
		"no such reading": {`{"baseline":2,"evning":3}`, `line 2: not readable: unknown field "evning"`},
		"no object":       {`[2, 3]`, "line 2: wants an object"},
		"no JSON":         {`evening 3`, "line 2: not readable"},
		"half":            {`{"baseline":2`, "line 2: not readable"},
		"two":             {good + good, "line 2: has more after the object"},
		"null bytes":      {"\x00\x00", "line 2: not readable"},
	} {
		t.Run(name, func(t *testing.T) {
			term := &terminal{t: t}
			out, said, err := term.typed(good+"\n"+c.line+"\n"+good, "decide")
			if err == nil || !strings.Contains(said, c.says) || strings.Count(said, "\n") != 1 {
				t.Errorf("says %q: %v", said, err)
			}
			if strings.Count(out, "PROGRESS") != 2 || strings.Count(out, "\n") != 2 {
				t.Errorf("decided %q", out)
			}
		})
	}
	for name, c := range map[string]struct {
		says string
		args []string
	}{
		"above 10":    {"--evening: 11 is not a pain", []string{"--baseline", "1", "--evening", "11"}},
		"NaN":         {"--morning: NaN", []string{"--baseline", "1", "--morning", "NaN"}},
		"infinite":    {"--h48: +Inf", []string{"--baseline", "1", "--h48", "Inf"}},
		"below 0":     {"--baseline: -1", []string{"--baseline=-1"}},
		"no baseline": {"--baseline: ", []string{"--evening", "3"}},
		"no grade":    {"--interference: ", []string{"--baseline", "1", "--interference", "lots"}},
		"no flag":     {"--red-flag: ", []string{"--baseline", "1", "--red-flag", "headache"}},
		"nothing":     {"no readings", nil},
	} {
		t.Run(name+", flags", func(t *testing.T) {
			(&terminal{t: t}).refused(c.says, append([]string{"decide"}, c.args...)...)
		})
	}
	if _, _, err := term.typed(`{"baseline":`+strings.Repeat(" ", maxLine)+`1}`, "decide"); err == nil || !strings.Contains(err.Error(), "more than") {
		t.Errorf("a line without end: %v", err)
	}
}
