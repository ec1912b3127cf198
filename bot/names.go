package bot

import (
	"strings"
	"unicode"

	"backstop/flows"
)

// initials are the first letters of a name: "Ana María Ruiz" is "A.M.R.".
func initials(name string) string {
	var b strings.Builder
	for _, part := range strings.Fields(name) {
		for _, r := range part {
			if unicode.IsLetter(r) {
				b.WriteRune(unicode.ToUpper(r))
				b.WriteByte('.')
				break
			}
		}
	}
	return b.String()
}

// firstName is the first word of a name: at most that much of it is ever texted.
func firstName(name string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(name), " ")
	return first
}

// stageName is a stage as clinicians call it.
func stageName(s flows.Stage) string {
	switch s {
	case flows.StageCalm:
		return "S0 calm"
	case flows.StageMobility:
		return "S1 mobility"
	case flows.StageHinge:
		return "S2 hinge"
	case flows.StageLight:
		return "S3 light"
	case flows.StageCheckpoint:
		return "checkpoint"
	case flows.StageBuild:
		return "S4 build"
	case flows.StageHeavy:
		return "S5 heavy"
	case flows.StageTravel:
		return "S6 travel"
	}
	return string(s)
}
