package copy

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// eachText calls f for every variant of every text.
func eachText(f func(lang reply.Lang, key Key, t Text, template string)) {
	c := Default()
	for _, lang := range Languages {
		for _, key := range c.Keys() {
			t, _ := c.Lookup(lang, key)
			for _, template := range t.Texts {
				f(lang, key, t, template)
			}
		}
	}
}

func TestEveryTextIsRightInEveryLanguage(t *testing.T) {
	c := Default()
	for _, key := range c.Keys() {
		for _, lang := range Languages {
			text, ok := c.Lookup(lang, key)
			if !ok || len(text.Texts) == 0 {
				t.Errorf("%s has no %s text", key, lang)
			}
			if text.Use == "" {
				t.Errorf("%s does not say when it leaves", key)
			}
		}
	}
	for lang, texts := range c.texts {
		for key := range texts {
			if !slices.Contains(c.order, key) {
				t.Errorf("%s %s has no English text", lang, key)
			}
		}
	}
	eachText(func(lang reply.Lang, key Key, _ Text, template string) {
		for _, reason := range c.Judge(lang, key, template, LongVars()) {
			t.Errorf("%s %s: %s\n\t%s", lang, key, reason, template)
		}
	})
}

func TestEveryVariableHasAValueAndEveryTextCanBeSaid(t *testing.T) {
	eachText(func(lang reply.Lang, key Key, text Text, template string) {
		body, err := Default().Text(lang, key, slices.Index(text.Texts, template), LongVars())
		if err != nil {
			t.Error(err)
		}
		if strings.ContainsAny(body, "{}[]") {
			t.Errorf("%s %s: %q", lang, key, body)
		}
		if strings.Contains(body, "  ") || strings.TrimSpace(body) != body {
			t.Errorf("%s %s has stray spaces: %q", lang, key, body)
		}
	})
}

func TestTextsReadWellWithoutTheirOptionalParts(t *testing.T) {
	eachText(func(lang reply.Lang, key Key, text Text, template string) {
		bare, err := parse(template)
		if err != nil {
			t.Fatal(err)
		}
		need := variables(slices.DeleteFunc(bare, func(p piece) bool { return p.optional != nil }))
		body, missing := fill(template, func(name string) string {
			if slices.Contains(need, name) {
				return "x"
			}
			return ""
		})
		if len(missing) > 0 {
			t.Errorf("%s %s: %v are missing without the optional parts", lang, key, missing)
		}
		for _, bad := range []string{"  ", " .", " ,", "!.", "?.", "..", "--"} {
			if strings.Contains(body, bad) {
				t.Errorf("%s %s reads badly: %q", lang, key, body)
			}
		}
	})
}

func TestAMissingVariableIsAnError(t *testing.T) {
	_, err := Default().Text(reply.English, Hold, 0, Vars{})
	if err == nil || !strings.Contains(err.Error(), "clinic") {
		t.Errorf("got %v", err)
	}
	if _, err := Default().Text(reply.English, "nothing", 0, Vars{}); err == nil {
		t.Error("a text that is not there was said")
	}
	said := Default().Say(reply.English, Hold, 0, Vars{})
	if said != "Thanks. Repeat the same weight next time. No need to add. Talk soon. -" {
		t.Errorf("Say left %q", said)
	}
}

func TestVariantsTakeTurnsForAnyNumber(t *testing.T) {
	vars := LongVars()
	seen := map[string]bool{}
	for variant := range 3 {
		seen[Default().Say(reply.English, Evening, variant, vars)] = true
	}
	if len(seen) != 3 {
		t.Errorf("three turns gave %d wordings", len(seen))
	}
	if Default().Say(reply.English, Evening, -1, vars) != Default().Say(reply.English, Evening, 2, vars) {
		t.Error("a negative number takes another turn")
	}
	if Default().Say("fr", Thanks, 0, vars) != Default().Say(reply.English, Thanks, 0, vars) {
		t.Error("an unknown language is not English")
	}
}

func TestEveryKeyHasItsConstant(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "keys.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var constants []Key
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			value, _ := strconv.Unquote(lit.Value)
			constants = append(constants, Key(value))
		}
		return true
	})
	for _, key := range constants {
		if _, ok := Default().Lookup(reply.English, key); !ok {
			t.Errorf("the constant of %s names no text", key)
		}
	}
	for _, key := range Default().Keys() {
		byRule := strings.HasPrefix(string(key), "rf.") || strings.HasPrefix(string(key), exercisePrefix) || strings.HasPrefix(string(key), cuePrefix)
		if !byRule && !slices.Contains(constants, key) {
			t.Errorf("%s has no constant", key)
		}
	}
}

func TestRedFlagAdviceClaimsAnAlertOnlyWhenTold(t *testing.T) {
	flags := []reply.RedFlag{reply.ChestPain, reply.VascularAAA, reply.OtherEmergency, reply.MentalHealthCrisis,
		reply.CaudaEquina, reply.NeuroDeficit, reply.TraumaFracture, reply.Infection, reply.Cancer}
	vars := LongVars()
	for _, lang := range Languages {
		for _, flag := range flags {
			plain := Default().Say(lang, RedFlag(flag, false), 0, vars)
			told := Default().Say(lang, RedFlag(flag, true), 0, vars)
			if plain == "" || claimsAlert.MatchString(plain) {
				t.Errorf("%s %s without an alert: %q", lang, flag, plain)
			}
			if !strings.Contains(plain, "911") || !strings.Contains(told, "911") {
				t.Errorf("%s %s does not name the emergency number", lang, flag)
			}
			if Default().ClaimsAlert(lang, flag) != claimsAlert.MatchString(told) {
				t.Errorf("%s %s with an alert: %q", lang, flag, told)
			}
			if !strings.HasPrefix(told, plain[:20]) {
				t.Errorf("%s %s: the two versions begin differently", lang, flag)
			}
		}
	}
	if RedFlag("new_category", true) != RedFlag(reply.OtherEmergency, true) {
		t.Error("an unknown category is not treated as an emergency")
	}
}

func TestCrisisLineFollowsTheCountry(t *testing.T) {
	vars := LongVars()
	key := RedFlag(reply.MentalHealthCrisis, false)
	for _, c := range []struct {
		crisis, emergency string
		lang              reply.Lang
		want              string
	}{
		{"988", "911", reply.English, "Please call or text 988 now, free, 24/7. If you might act on it or are in danger, call 911."},
		{"988", "911", reply.Spanish, "Llame al 988 y marque 2, o mande AYUDA por texto al 988: gratis, 24 horas. Si está en peligro, llame al 911."},
		{"116123", "112", reply.English, "Please call 116123 now. If you might act on it or are in danger, call 112."},
		{"", "", reply.English, "face this alone. If you might act on it or are in danger, call your local emergency number."},
	} {
		vars.Crisis, vars.Emergency = c.crisis, c.emergency
		if got := Default().Say(c.lang, key, 0, vars); !strings.Contains(got, c.want) {
			t.Errorf("crisis %q: %q\nwant %q", c.crisis, got, c.want)
		}
	}
}

func TestEveryExerciseOfTheStagesHasWords(t *testing.T) {
	for _, stage := range protocol.Default().Stages {
		for _, x := range stage.Exercises {
			for _, lang := range Languages {
				if _, ok := Default().Lookup(lang, Key(exercisePrefix+x.ID)); !ok {
					t.Errorf("%s %s: no name in %s", stage.ID, x.ID, lang)
				}
				if Default().Cue(lang, x.ID) == "" {
					t.Errorf("%s %s: no cue in %s", stage.ID, x.ID, lang)
				}
			}
		}
	}
}

func TestPlanReadsLikeAPerson(t *testing.T) {
	p := protocol.Default()
	s4, _ := p.Stage("S4")
	main, _ := s4.Main("")
	items := []Item{{Exercise: main, Reps: 6, Load: "60 kg"}, {Exercise: s4.Exercises[3]}, {Exercise: s4.Exercises[4]}}
	if got, want := Default().Plan(reply.English, items), "deadlift 3x6 at 60 kg, side plank 3x20 s each side, loaded carry 3x30 m"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := Default().Plan(reply.Spanish, items[:2]), "peso muerto 3x6 con 60 kg, plancha lateral 3x20 s cada lado"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	s1, _ := p.Stage("S1")
	walk := s1.Exercises[len(s1.Exercises)-1]
	if got, want := Default().Plan(reply.English, []Item{{Exercise: walk}, {Exercise: s1.Exercises[0]}}), "easy walk 20 min, 90/90 hip switch 2x8 each side"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
