package score_test

import (
	"strings"
	"testing"

	"backstop/flows/reply/score"
)

const rows = `{"prompt_kind":"evening","text":"5","lang":"en","expected":{"pain":7,"interference":null,"flare":null,"red_flag":null,"intent":"answer"}}

{"prompt_kind":"evening","text":"3","lang":"en","expected":{"pain":null,"interference":null,"flare":null,"red_flag":null,"intent":"answer"}}
{"prompt_kind":"none","text":"my crotch is numb","lang":"en","expected":{"pain":null,"interference":null,"flare":null,"red_flag":"cauda_equina","intent":"other"}}
{"prompt_kind":"none","text":"cant feel my foot","lang":"en","expected":{"pain":null,"interference":null,"flare":null,"red_flag":"cauda_equina","intent":"pain_report"}}
{"prompt_kind":"none","text":"i fell off a ladder","lang":"en","expected":{"pain":null,"interference":null,"flare":null,"red_flag":null,"intent":"other"}}
{"prompt_kind":"none","text":"STOP","lang":"en","expected":{"pain":null,"interference":null,"flare":null,"red_flag":null,"intent":"thanks"}}
{"prompt_kind":"none","text":"the gate is broken","lang":"en","expected":{"pain":null,"interference":null,"flare":null,"red_flag":null,"intent":"stop"}}
`

func TestScoreCountsWhatIsWrong(t *testing.T) {
	set, err := score.Read(strings.NewReader(rows))
	if err != nil {
		t.Fatal(err)
	}
	rep := score.Score(set)
	if rep.Pain != (score.Tally{Right: 5, Of: 7}) {
		t.Errorf("pain %+v", rep.Pain)
	}
	if rep.Dangerous != 2 { // 5 for 7, and a 3 where none was meant
		t.Errorf("%d dangerous errors", rep.Dangerous)
	}
	if rep.RedFlags != (score.Tally{Right: 1, Of: 2}) || rep.AnyRedFlag != (score.Tally{Right: 2, Of: 2}) || rep.Categories["cauda_equina"] != rep.RedFlags {
		t.Errorf("red flags %+v, any %+v, by category %+v", rep.RedFlags, rep.AnyRedFlag, rep.Categories)
	}
	if rep.FalseRedFlags != (score.Tally{Right: 4, Of: 5}) {
		t.Errorf("no false red flag %+v", rep.FalseRedFlags)
	}
	if rep.Stops != (score.Tally{Right: 0, Of: 1}) || rep.FalseStops != 1 {
		t.Errorf("stops %+v, %d false", rep.Stops, rep.FalseStops)
	}
	if rep.Intent != (score.Tally{Right: 4, Of: 7}) { // beside a red flag, other and pain_report are one
		t.Errorf("intent %+v", rep.Intent)
	}
	var out strings.Builder
	if err := rep.Write(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"red-flag recall           50.0 %  (1 of 2)", "false red flags          1 of 5", "dangerous errors         2",
		`line 1 pain: want 7, got 5 DANGEROUS: [evening] "5"`, `line 5 red_flag: want cauda_equina, got neuro_deficit`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

func TestBadRowsAreNamed(t *testing.T) {
	for in, why := range map[string]string{
		"{}":               "line 1: want prompt_kind and expected.intent",
		"\n{\"text\":3}\n": "line 2: json",
		"nonsense":         "line 1: invalid character",
	} {
		if _, err := score.Read(strings.NewReader(in)); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%q: error %v, want %s", in, err, why)
		}
	}
	if rows, err := score.Read(strings.NewReader("")); err != nil || len(rows) != 0 {
		t.Errorf("%v, %v", rows, err)
	}
	if (score.Tally{}).Share() != 1 {
		t.Error("nothing to count is no fault")
	}
}
