package reply_test

import (
	"strings"
	"testing"

	"backstop/flows/reply"

	"pgregory.net/rapid"
)

// flagOf is the red flag of a text when nothing was asked.
func flagOf(text string) reply.RedFlag {
	return reply.Understand(reply.AskedNone, text, reply.English).RedFlag
}

func TestCompositionRaisesTheFlag(t *testing.T) {
	for text, want := range map[string]reply.RedFlag{
		"both feet tingly":                               reply.CaudaEquina,
		"no feeling down there when I sit":               reply.CaudaEquina,
		"se me va la orina":                              reply.CaudaEquina,
		"cant feel when i wipe":                          reply.CaudaEquina,
		"cant feel my saddle area":                       reply.CaudaEquina,
		"i cnt fel my croch":                             reply.CaudaEquina,
		"leg just folds":                                 reply.NeuroDeficit,
		"weeknes in my left foot":                        reply.NeuroDeficit,
		"tingly all down one leg and its numb too":       reply.NeuroDeficit,
		"fell of a lader":                                reply.TraumaFracture,
		"my kid jumped on my back and i heard a crack":   reply.TraumaFracture,
		"fevr and chils":                                 reply.Infection,
		"temp is 101.3":                                  reply.Infection,
		"tengo fiebre de 39":                             reply.Infection,
		"I had lymphoma and this new pain is in my back": reply.Cancer,
		"ripping pain in my back and im clammy":          reply.VascularAAA,
		"chst pain":                                      reply.ChestPain,
		"suicidel thoughts":                              reply.MentalHealthCrisis,
		"kms lol jk":                                     reply.MentalHealthCrisis,
		"my calf is swollen and hot":                     reply.OtherEmergency,
		"me caí de la escalera y no siento las piernas":  reply.CaudaEquina,
		"this is her husband, she cant feel her legs":    reply.CaudaEquina,
		"is it normal that my foot is numb?":             reply.NeuroDeficit,
		"not sure if its anything but my foot is numb":   reply.NeuroDeficit,
	} {
		if got := flagOf(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestScopeTakesTheFlagBack(t *testing.T) {
	for why, texts := range map[string][]string{
		"denied":       {"no numbness", "no numbness, tingling or weakness", "no fever, no chills", "sin fiebre ni escalofríos", "no trouble peeing", "i can feel my legs fine", "i dont have any numbness in my legs", "no bladder or bowel problems"},
		"hypothetical": {"what if my leg goes numb", "what should I do if I can't pee?", "qué hago si se me duerme la pierna?", "is numbness something to watch out for?"},
		"someone else": {"my mom has chest pain", "my dog cant pee", "my dad fell off a ladder", "mi mamá tiene fiebre"},
		"over":         {"my foot was numb last year but its fine now", "my foot was numb yesterday but it's gone", "years ago i had a fever with this"},
		"idiom":        {"this killed me", "legs are dead", "dying laughing", "me muero de risa", "my phone died", "fell asleep on the couch", "chest day was brutal", "pain in the butt to log these"},
		"one leg":      {"tingling down my left leg", "shooting pain down one leg to the calf"},
		"planned":      {"down 8 lbs on my diet"},
		"ordinary":     {"constipated for two days", "back is a 3"},
	} {
		for _, text := range texts {
			if got := flagOf(text); got != reply.NoRedFlag {
				t.Errorf("%s: %q raised %q", why, text, got)
			}
		}
	}
}

func TestHypotheticalIsMarked(t *testing.T) {
	got := reply.Understand(reply.AskedNone, "what should I do if my leg goes numb?", reply.English)
	if !got.Hypothetical || got.Intent != reply.IntentQuestion {
		t.Errorf("hypothetical %v, intent %s", got.Hypothetical, got.Intent)
	}
}

func TestSeveralFlagsHighestFirst(t *testing.T) {
	got := reply.Understand(reply.AskedNone, "i want to die, my chest hurts and i cant feel my legs", reply.English)
	want := []reply.RedFlag{reply.ChestPain, reply.MentalHealthCrisis, reply.CaudaEquina}
	for i, f := range want {
		if i >= len(got.RedFlags) || got.RedFlags[i] != f {
			t.Fatalf("%v, want %v", got.RedFlags, want)
		}
	}
}

func TestExplainShowsTheWords(t *testing.T) {
	text := "4 but my butt and between my legs is tingly and numb"
	words := ""
	for _, b := range reply.Explain(reply.AskedNextMorning, text, reply.English).Because {
		if b.Finding == "red_flag: cauda_equina" {
			words += " " + b.Words
		}
	}
	if !strings.Contains(words, "numb") || !strings.Contains(words, "butt") {
		t.Errorf("the flag is explained by %q", words)
	}
}

// sensations and regions that make a flag together, and what takes it back.
var (
	regions    = []string{"foot", "left foot", "big toe", "thigh", "crotch", "groin", "shin"}
	sensations = []string{"numb", "completely numb", "dead", "weak"}
)

func TestDenialTakesBackAnySensation(t *testing.T) {
	for _, region := range regions {
		for _, sensation := range sensations {
			if (region == "crotch" || region == "groin") && sensation == "weak" {
				continue // no such symptom
			}
			if said := "my " + region + " is " + sensation; flagOf(said) == reply.NoRedFlag {
				t.Errorf("%q raised nothing", said)
			}
			for _, quiet := range []string{"my " + region + " is not " + sensation, "what if my " + region + " goes " + sensation} {
				if got := flagOf(quiet); got != reply.NoRedFlag {
					t.Errorf("%q raised %q", quiet, got)
				}
			}
		}
	}
}

func TestCaseAndSpacesDoNotMatter(t *testing.T) {
	texts := []string{"my crotch is numb", "no pain", "about a 4", "had to stop after set 2, pain went up to 5", "no puedo orinar", "was a 5 last night, down to a 1 this morning"}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom(texts).Draw(t, "text")
		want := reply.Understand(reply.AskedEvening, text, reply.English)
		changed := "  " + strings.ToUpper(text[:1]) + strings.ReplaceAll(text[1:], " ", rapid.SampledFrom([]string{"  ", " \u200b", "\t"}).Draw(t, "space")) + " "
		got := reply.Understand(reply.AskedEvening, changed, reply.English)
		if got.RedFlag != want.RedFlag || got.Intent != want.Intent || (got.Pain == nil) != (want.Pain == nil) || got.Pain != nil && *got.Pain != *want.Pain {
			t.Fatalf("%q and %q differ", text, changed)
		}
	})
}

func TestPlainRatingsReadAsThemselves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 10).Draw(t, "pain")
		digits := []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"}[n]
		frame := rapid.SampledFrom([]string{"%", "%/10", "about a %", "its a %", "maybe %", "pain %", "% now", "un %", "como un %", "% de 10", "% out of 10", "%ish", "took 2 advil, %", "walked 20 min and its a %", "sorry, %", "L5 is a %"}).Draw(t, "frame")
		text := strings.Replace(frame, "%", digits, 1)
		got := reply.Understand(reply.AskedEvening, text, reply.English)
		if got.Pain == nil || *got.Pain != float64(n) {
			t.Fatalf("%q: pain %v, want %d", text, got.Pain, n)
		}
	})
}
