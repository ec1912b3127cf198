package lexicon

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"backstop/flows/reply/token"
)

// concepts names every concept found in a text.
func concepts(l *Lexicon, text string) []string {
	toks, keys := token.Cut(text, nil, nil, l.Known)
	words := make([]Words, len(toks))
	for i, t := range toks {
		words[i] = l.Word(keys[t.KeyStart:t.KeyEnd])
		if t.Kind == token.Number && words[i][1] == 0 {
			words[i][1] = AnyNumber
		}
	}
	var out []string
	for i := range words {
		for _, h := range l.Find(words, i, nil) {
			if name := l.Name(h.Concept); !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

func TestWordsAreFoundByTheirMeaning(t *testing.T) {
	for concept, texts := range map[string][]string{
		// body parts
		"saddle":     {"crotch", "between my legs", "my privates", "where i sit", "below my belt", "entrepierna", "las nalgas", "zona genital"},
		"leg":        {"left foot", "big toe", "my thigh", "pie", "la pierna", "rodilla"},
		"legs":       {"both legs", "both feet", "las dos piernas", "los pies"},
		"back":       {"lower back", "lumbar", "espalda", "cintura"},
		"chest":      {"chest", "breastbone", "el pecho"},
		"belly":      {"stomach", "abdomen", "panza"},
		"arm":        {"my arm", "wrist", "brazo"},
		"face":       {"face", "corner of my mouth", "la cara"},
		"calf_leg":   {"calf", "pantorrilla"},
		"other_body": {"shoulder", "knee", "hombro"},
		// sensations
		"numb":         {"numb", "numbness", "no feeling", "lost all feeling", "like wood", "dormida", "sin sensibilidad"},
		"tingling":     {"tingly", "pins and needles", "pins n needles", "hormigueo"},
		"weak":         {"weak", "weakness", "no strength", "wont move", "sin fuerza", "débil"},
		"gives_way":    {"gave out", "keeps buckling", "folds", "se me dobla"},
		"pain":         {"hurts", "sore", "achy", "duele", "dolor"},
		"short_breath": {"cant breathe", "short of breath", "me falta el aire"},
		"fever":        {"fever", "chills", "fiebre", "escalofríos"},
		"swollen":      {"swollen", "puffy", "hinchada"},
		// actions
		"pee":       {"pee", "urinate", "orinar", "hacer pipi"},
		"lift_limb": {"lift", "wiggle", "levantar"},
		"wipe":      {"wiping", "toilet paper", "limpiarme"},
		"fell":      {"fell", "slipped", "me caí"},
		"crash":     {"car accident", "rear ended", "choque"},
		"peed":      {"wet myself", "peed the bed", "me orine encima"},
		"self_harm": {"kill myself", "kms", "end it all", "matarme"},
		"stop_wish": {"stop", "quit", "dejen"},
		"done":      {"done", "finished", "hecho"},
	} {
		for _, text := range texts {
			if got := concepts(Default(), text); !slices.Contains(got, concept) {
				t.Errorf("%q is not %s but %v", text, concept, got)
			}
		}
	}
}

func TestSlips(t *testing.T) {
	for text, want := range map[string]string{
		"nmub": "numb", "numbb": "numb", "crtoch": "saddle", "weaknes": "weak", "weaknses": "weak", "suicidel": "self_harm", "urniate": "pee",
		"feever": "fever", "shoudler": "other_body", "painnnn": "pain", "yesss": "yes", "finne": "good", "tngling": "tingling", "swolen": "swollen",
		"unsubcribe": "carrier_stop", "espalad": "back", "hormigeo": "tingling", "2moro": "day_relative", "gr8": "good",
	} {
		if got := concepts(Default(), text); !slices.Contains(got, want) {
			t.Errorf("%q is not %s but %v", text, want, got)
		}
	}
	for text, not := range map[string]string{
		"number": "numb", "week": "weak", "beg": "leg", "fall is here": "fever", "pie chart": "numb", "bake": "back", "thumb": "numb",
		"chef": "chest", "fewer": "fever", "peer": "pee", "pain": "chest",
	} {
		if got := concepts(Default(), text); slices.Contains(got, not) {
			t.Errorf("%q is taken for %s", text, not)
		}
	}
}

func TestPhrasesSkipSmallWordsAndNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"threw my back out": "flare", "threw out my lower back": "flare", "lost 15 lbs": "lost_weight", "missed 2 days of work": "missed_work",
		"woke up 3 times": "sleep_bad", "numb in between my legs": "saddle",
	} {
		if got := concepts(Default(), text); !slices.Contains(got, want) {
			t.Errorf("%q is not %s but %v", text, want, got)
		}
	}
}

// small is a lexicon of a few lines.
func small(words, rules string) fstest.MapFS {
	return fstest.MapFS{
		"en/a.txt":     {Data: []byte(words)},
		"es/a.txt":     {Data: []byte("filler = el\n")},
		"redflags.txt": {Data: []byte(rules)},
		"ordinary.txt": {Data: []byte("thumb")},
	}
}

func TestAClinicianCanExtendTheFiles(t *testing.T) {
	l, err := load(small("# words\n\nfiller = my; the\nnumb~ = numb*; no/zero\n  feeling; like wood\nfoot = foot\nfoot := fut; f00t\n",
		"[neuro]\nnumb foot: numb + foot | had foot @clause unless numb\n"))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{"numbness": "numb", "zero feeling": "numb", "feeling": "[]", "like my wood": "numb", "fut": "foot", "f00t": "foot"} {
		if got := fmt.Sprint(concepts(l, text)); !strings.Contains(got, want) {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	rule := l.Rules[0]
	if rule.Category != "neuro" || rule.Name != "numb foot" || rule.Window != Clause || len(rule.Terms) != 2 || !rule.Terms[1][1].Past || len(rule.Unless) != 1 {
		t.Errorf("%+v", rule)
	}
}

func TestBadFilesAreNamedWithTheirLine(t *testing.T) {
	good := "filler = my\nnumb = numb\nfoot = foot\n"
	for why, files := range map[string]fstest.MapFS{
		`en/a.txt:2: want "concept = phrase; phrase"`: small("filler = my\nnumb: numb\n", ""),
		`en/a.txt:1: continues nothing`:               small("  my\n", ""),
		`en/a.txt:2: bad concept name "numb foot"`:    small("filler = my\nnumb foot = numb\n", ""),
		`en/a.txt:2: a spelling without a word`:       small("filler = my\nnumb := ;\n", ""),
		`redflags.txt:2: no concept "nmub"`:           small(good, "[x]\na: nmub\n"),
		`redflags.txt:2: no concept "leg"`:            small(good, "[x]\na: numb unless leg\n"),
		`redflags.txt:2: want "name: concept`:         small(good, "[x]\nnumb + foot\n"),
		"redflags.txt":                                {"en/a.txt": {Data: []byte(good)}},
		"ordinary.txt":                                {"en/a.txt": {Data: []byte(good)}, "redflags.txt": {}},
	} {
		if _, err := load(files); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("error %v, want %s", err, why)
		}
	}
}

func TestTooManyConceptsAreRefused(t *testing.T) {
	var words strings.Builder
	words.WriteString("filler = my\n")
	for i := range MaxConcepts {
		fmt.Fprintf(&words, "c%d = word%d\n", i, i)
	}
	if _, err := load(small(words.String(), "")); err == nil || !strings.Contains(err.Error(), "concepts") {
		t.Errorf("error %v", err)
	}
}
