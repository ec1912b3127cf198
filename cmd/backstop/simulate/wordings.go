package simulate

import (
	_ "embed"
	"math/rand/v2"
	"strconv"
	"strings"
)

//go:embed wordings.txt
var labelled string

// wordings are what patients type, by what they mean.
var wordings = readWordings(labelled)

func readWordings(text string) map[string][]string {
	byKind := map[string][]string{}
	for line := range strings.Lines(text) {
		kind, words, found := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if found && !strings.HasPrefix(kind, "#") {
			byKind[kind] = append(byKind[kind], words)
		}
	}
	return byKind
}

var numberWords = [...]string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}

// words draws what somebody types who means this.
func words(rng *rand.Rand, kind string) string {
	all := wordings[kind]
	return all[rng.IntN(len(all))]
}

// painWords draws a way to say a pain number.
func painWords(rng *rand.Rand, pain int) string {
	if pain == 0 && rng.IntN(2) == 0 {
		return words(rng, "zero")
	}
	return withPain(strings.ReplaceAll(words(rng, "pain"), "{word}", numberWords[pain]), pain)
}

// withPain puts the pain into words that have a place for it.
func withPain(words string, pain int) string {
	return strings.ReplaceAll(words, "%d", strconv.Itoa(pain))
}
