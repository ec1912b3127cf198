package copy

import (
	"regexp"
	"strings"
	"testing"

	"backstop/flows/reply"
)

var (
	sentenceEnd = regexp.MustCompile(`[.!?:]+(\s|$)`)
	word        = regexp.MustCompile(`[A-Za-z']+`)
	vowels      = regexp.MustCompile(`[aeiouy]+`)
)

// grade is the Flesch-Kincaid grade of an English text: the years of school it takes.
func grade(text string) float64 {
	sentences, words, syllables := 0, 0, 0
	for _, sentence := range sentenceEnd.Split(text, -1) {
		found := word.FindAllString(strings.ToLower(sentence), -1)
		if len(found) > 0 {
			sentences++
		}
		for _, w := range found {
			words++
			n := len(vowels.FindAllString(w, -1))
			if strings.HasSuffix(w, "e") && !strings.HasSuffix(w, "le") && n > 1 {
				n--
			}
			syllables += max(n, 1)
		}
	}
	return 0.39*float64(words)/float64(sentences) + 11.8*float64(syllables)/float64(words) - 15.59
}

func TestEnglishTextsReadAtGradeSixOrBelow(t *testing.T) {
	vars := LongVars()
	vars.Clinic, vars.PT, vars.Name, vars.By, vars.Question = "Oak PT", "Dr. Lee", "Sam", "Pat Lee", "How bad was it?"
	eachText(func(lang reply.Lang, key Key, text Text, template string) {
		fragment := strings.HasPrefix(string(key), exercisePrefix) || strings.HasPrefix(string(key), cuePrefix) || strings.HasPrefix(string(key), "phrase.")
		if lang != reply.English || fragment {
			return
		}
		body, _ := fill(template, Default().values(lang, vars))
		if g := grade(body); g > 6 {
			t.Errorf("%s reads at grade %.1f: %s", key, g, body)
		}
	})
	if g := grade("Spinal resilience necessitates individualised progressive mechanical overloading interventions."); g < 12 {
		t.Errorf("the measure finds hard words easy: %.1f", g)
	}
}
