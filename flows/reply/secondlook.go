package reply

import (
	"backstop/flows/reply/likeness"
	"backstop/flows/reply/token"
)

// secondLook asks whether a text in which no rule found a red flag resembles
// those that are one: when unsure, it is a red flag.
func (r *reading) secondLook() []RedFlag {
	var room [64]likeness.Word
	var place [64]int32
	words, at := r.likened(room[:0], place[:0])
	if len(words) == 0 || r.understoodAway() {
		return nil
	}
	found, alarms := likeness.Default.Look(words)
	if !alarms {
		return nil
	}
	if r.explain {
		r.note("red_flag: "+found.Category, int(at[found.From]), int(at[found.To-1])+1, "like red flags in other words")
	}
	return []RedFlag{RedFlag(found.Category)}
}

// likened appends the words of the text as the second look knows them, and the
// token that each one is. Marks are left out.
func (r *reading) likened(words []likeness.Word, at []int32) ([]likeness.Word, []int32) {
	for i, t := range r.toks {
		if t.Kind == token.Mark || t.Kind == token.Newline {
			continue
		}
		word := likeness.Number
		if t.Kind != token.Number {
			word = likeness.WordOf(r.keys[t.KeyStart:t.KeyEnd])
		}
		if r.flags[i]&elsewhere != 0 {
			word = word.Elsewhere()
		}
		words, at = append(words, word), append(at, int32(i))
	}
	return words, at
}

// understoodAway says whether the text names symptoms, and every one of them is
// denied, supposed, somebody else's or long ago: the rules know better.
func (r *reading) understoodAway() bool {
	named := false
	for _, h := range r.hits {
		if !alarming.has(h.Concept) && !(symptomConcepts.has(h.Concept) && h.Concept != cPain) {
			continue
		}
		if r.flags[h.From]&elsewhere == 0 {
			return false
		}
		named = true
	}
	return named
}

// elsewhere are the scopes under which a symptom is not one that the patient has.
const elsewhere = negated | hypothetical | someoneElse | past | over | idiomatic
