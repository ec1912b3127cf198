package reply

import (
	"strings"

	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// parts are what "is" is drawn together with: "my foot's numb" speaks of one foot.
var parts = setOf("saddle", "genital", "leg", "arm", "chest", "jaw", "belly", "face", "throat", "calf_leg", "other_body", "muscle_part", "tail_region",
	"bladder", "bladder_organ", "excreta", "heart", "patch_word")

// contracted says whether token i is a part of the body and an "is" drawn together, and
// leaves the words of the part alone in its place.
func (r *reading) contracted(i int, t token.Token) bool {
	key := r.keys[t.KeyStart:t.KeyEnd]
	n := len(key)
	if n < 4 || key[n-1] != 's' {
		return false
	}
	raw := r.text[t.Start:t.End]
	if !strings.HasSuffix(raw, "'s") && !strings.HasSuffix(raw, "’s") && !strings.HasSuffix(raw, "'S") && !strings.HasSuffix(raw, "`s") {
		return false
	}
	whole := r.words[i]
	r.words[i] = lexicon.Default().Word(key[:n-1])
	var room [16]lexicon.Hit
	for _, h := range lexicon.Default().Find(r.words[:i+1], i, room[:0]) {
		if parts.has(h.Concept) {
			return true
		}
	}
	r.words[i] = whole
	return false
}
