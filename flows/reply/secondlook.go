package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/likeness"
	"backstop/flows/reply/token"
)

// secondLook asks whether a text in which no rule found a red flag resembles
// those that are one: when unsure, it is a red flag.
func (r *reading) secondLook() []RedFlag {
	var wordRoom [48]likeness.Word
	var placeRoom [48]int32
	var meaningRoom [160]likeness.Meaning
	words, at, meanings := r.liken(wordRoom[:0], placeRoom[:0], meaningRoom[:0])
	found, alarms := likeness.Default().Look(words, meanings)
	if !alarms && found.Margin > wholeMargin {
		found, alarms = r.lookAtParts(words, at, meanings)
	}
	if !alarms || r.plainAnswer() || r.ratesPlace() || r.understoodAway() && !heardAnyway(found) {
		return nil
	}
	if found.Category == string(TraumaFracture) && r.onlyThingsFell() {
		return nil
	}
	if found.Category == string(MentalHealthCrisis) && (r.leavesThis() || r.gladOfEnd()) && !heardAnyway(found) {
		return nil
	}
	if r.explain {
		r.note("red_flag: "+found.Category, int(at[found.From]), int(at[found.To-1])+1, "like red flags in other words")
	}
	return []RedFlag{RedFlag(found.Category)}
}

// A part of a text is looked at alone when it has leastPart words, and is taken for a red
// flag from a higher margin than a whole text. Below wholeMargin lie three of four
// harmless texts, and one in a hundred of those that have an alarming part.
const (
	leastPart   = 4
	partMargin  = 0.5
	wholeMargin = -4.7
)

// lookAtParts asks for each sentence on its own: what stands among other
// news must not drown in it.
func (r *reading) lookAtParts(words []likeness.Word, at []int32, meanings []likeness.Meaning) (likeness.Finding, bool) {
	if len(words) == 0 || r.sent[at[0]] == r.sent[at[len(at)-1]] {
		return likeness.Finding{}, false
	}
	for from := 0; from < len(words); {
		to := from + 1
		for to < len(words) && r.sent[at[to]] == r.sent[at[from]] {
			to++
		}
		if to-from >= leastPart {
			if found := likeness.Default().LookAt(words, meanings, from, to); found.Margin >= partMargin {
				return found, true
			}
		}
		from = to
	}
	return likeness.Finding{}, false
}

// plainAnswer says whether every word with a meaning is the answer that was asked
// for: pain denied ("gone. poof"), or homework put off ("lo voy a hacer en la noche").
func (r *reading) plainAnswer() bool {
	if r.asked == AskedHomework && r.any(cNotDone) && r.only(cNotDone, cAck, cCourtesy) {
		return true
	}
	if !painAsked(r.asked) || len(r.ratings) != 1 || !r.ratings[0].zero {
		return false
	}
	for i := range r.toks {
		if (i < r.ratings[0].from || i >= r.ratings[0].to) && len(r.at(i)) > 0 && !r.mark(i) && r.flags[i]&idiomatic == 0 {
			return false
		}
	}
	return true
}

// ratesPlace says whether the text is a number and the name of a part of the body, and no
// more: "just my leg, 5". The chest, the arms and the jaw may be the heart's.
func (r *reading) ratesPlace() bool {
	if len(r.figures) == 0 || len(r.toks) > shortStatus || r.any(cChest, cArm, cJaw) {
		return false
	}
	for i, t := range r.toks {
		if t.Kind == token.Word && r.begins(i, cOtherBody)+r.begins(i, cBody)+r.begins(i, cBack)+r.begins(i, cFillerWord)+r.begins(i, cApprox)+r.begins(i, cNothingBut)+r.begins(i, cCopula)+r.begins(i, cPreposition) == 0 && !r.isPossessive(i) {
			return false
		}
	}
	return true
}

var cJaw = lexicon.Must("jaw")

// heardAnyway says whether despair or a lost bladder is heard even if the rules found
// everything denied that they know: "I do not want help, I want to die", "my underwear is
// wet and I never felt it", but not "no se me sale la orina".
func heardAnyway(found likeness.Finding) bool {
	switch found.Category {
	case string(MentalHealthCrisis):
		return found.Margin >= 1.5
	case string(CaudaEquina):
		return found.Margin >= 2.2
	}
	return false
}

// liken appends the words and meanings of the text as the second look sees them, and
// the token that each word is. Marks are left out.
func (r *reading) liken(words []likeness.Word, at []int32, meanings []likeness.Meaning) ([]likeness.Word, []int32, []likeness.Meaning) {
	for i, t := range r.toks {
		if t.Kind == token.Mark || t.Kind == token.Newline {
			continue
		}
		flags := r.flags[i]
		word := likeness.Word{Elsewhere: flags&elsewhere != 0}
		if t.Kind != token.Number {
			word.Plain = r.keys[t.KeyStart:t.KeyEnd]
		}
		scope := uint32(0)
		if word.Elsewhere {
			scope |= 1
		}
		if flags&impossible != 0 {
			scope |= 2
		}
		for _, h := range r.at(i) {
			meanings = append(meanings, likeness.Meaning{ID: likeness.Scoped(meaningIDs[h.Concept], scope), At: len(words)})
		}
		words, at = append(words, word), append(at, int32(i))
	}
	return words, at, meanings
}

// meaningIDs are the concepts as the second look knows them: by name, so that a new
// concept does not change the others.
var meaningIDs = func() []uint32 {
	ids := make([]uint32, lexicon.Named.Concepts())
	for c := range ids {
		ids[c] = likeness.MeaningOf(lexicon.Named.Name(lexicon.Concept(c)))
	}
	return ids
}()

// understoodAway says whether the text names symptoms, and every one of them is
// denied, supposed, somebody else's or long ago: the rules know better.
func (r *reading) understoodAway() bool {
	named := false
	for _, h := range r.hits {
		if len(r.toks) <= shortStatus && (bodyConcepts.has(h.Concept) || h.Concept == cFeel) && (r.flags[h.From]&elsewhere != 0 || r.wellAfter(int(h.To))) {
			named = true // "left foot normal, 2"
			continue
		}
		if !alarming.has(h.Concept) && !(symptomConcepts.has(h.Concept) && h.Concept != cPain) {
			continue
		}
		if r.flags[h.From]&elsewhere == 0 {
			if places.has(h.Concept) && r.clauseDenies(int(h.From)) {
				continue
			}
			return false
		}
		named = true
	}
	return named
}

// shortStatus is how many tokens a text has at most that only says that a part is well.
const shortStatus = 6

// wellAfter says whether the clause goes on at token i to say that all is well: "fine",
// "feels normal".
func (r *reading) wellAfter(i int) bool {
	for j := i; j < len(r.toks) && r.clause[j] == r.clause[i-1]; j++ {
		if r.begins(j, cGood)+r.begins(j, cUnharmed) > 0 && r.flags[j]&negated == 0 {
			return true
		}
	}
	return false
}

// clauseDenies says whether a symptom is denied in the clause of the place at i: "my
// crotch is not numb".
func (r *reading) clauseDenies(i int) bool {
	for j := i + 1; j < r.endOfClause(i); j++ {
		if r.flags[j]&(negated|impossible) == negated && r.symptomAt(j) {
			return true
		}
	}
	return false
}

// elsewhere are the scopes under which a symptom is not one that the patient has.
const elsewhere = negated | hypothetical | someoneElse | past | over | idiomatic
