package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

var (
	cThing      = lexicon.Must("thing")
	cGivesWay   = lexicon.Must("gives_way")
	cFainted    = lexicon.Must("fainted")
	cAnsweredNo = lexicon.Must("answered_no")
)

// mishaps are findings that only count when they happen to a person: a picture
// frame that fell off the wall is nobody's fall.
var mishaps = setOf("fell", "fell_word", "minor_fall", "fall_told", "crash", "fainted", "passed_out",
	"vehicle_mishap", "hit_by", "got_hit")

// ofThing says whether a mishap is one of a thing: "the tv fell", "slid the
// couch over", "crashed my drone". What a falling thing does to the patient is
// another finding (a blow).
func (r *reading) ofThing(h lexicon.Hit) bool {
	i := int(h.From)
	if !r.strikesMe(h) && r.otherSubject(i, h.Concept) {
		return true
	}
	if r.thingEnds(i) || r.thingEnds(i-1) && r.clause[i] == r.clause[i-1] && lexicon.Default().Filler(r.words[i-1]) {
		return true
	}
	to := int(h.To)
	for to < len(r.toks) && to < int(h.To)+2 && lexicon.Default().Filler(r.words[to]) {
		to++
	}
	return r.begins(int(h.To)-1, cPreposition) == 0 && to > int(h.To) && r.begins(to, cThing) > 0 && r.clause[to] == r.clause[i]
}

// otherSubject says whether what the mishap at i befalls is named with "my" or "the" and
// is neither the patient nor what carries or holds a person: "my hat fell off".
func (r *reading) otherSubject(i int, mishap lexicon.Concept) bool {
	from, to := r.startOfThought(i), i
	if from < i && r.begins(from, cJoiner)+r.begins(from, cBut)+r.begins(from, cInterjection) > 0 {
		from++
	}
	switch r.key(min(from, i)) {
	case "my", "the", "our", "a", "an", "his", "her", "their", "mi", "nuestro", "nuestra":
	default:
		return false
	}
	for from++; to > from && (lexicon.Default().Filler(r.words[to-1]) || r.begins(to-1, cAuxiliary) == to || r.is(to-1, "got")); to-- {
	}
	if from >= to || r.toks[from].Kind != token.Word {
		return false
	}
	whole := to-from == 1 // a noun of one word, or one that the lexicon knows
	for k := from; k < to; k++ {
		for _, h := range r.at(k) {
			if bodyConcepts.has(h.Concept) || bearers.has(h.Concept) || carriers.has(h.Concept) && mishap != cFainted {
				return false
			}
			whole = whole || k == from && int(h.To) == to
		}
	}
	return whole
}

// startOfThought is the start of the clause of token i, or where a word in it turned to
// another thought: "back 2 so the deck chair fell over".
func (r *reading) startOfThought(i int) int {
	start := r.startOfClause(i)
	for j := i - 1; j >= start && i-j <= thingWords; j-- {
		if r.ends(j, cTurnWord) {
			return j + 1
		}
	}
	return start
}

// thingWords is how many words before a mishap the thing that it befell may begin.
const thingWords = 5

// onlyThingsFell says whether the text tells of a mishap, and every one of them is of a thing.
func (r *reading) onlyThingsFell() bool {
	told := false
	for _, h := range r.hits {
		if !mishaps.has(h.Concept) {
			continue
		}
		if !r.ofThing(h) {
			return false
		}
		told = true
	}
	return told
}

// bearers are the patient in other words, other people, and times: "the other day fell on ice".
var bearers = setOf("first_person", "own_self", "other_person", "kin_subject", "some_person", "third_person",
	"unit_time", "day_relative", "t_now", "t_past", "t_morning", "t_session", "night", "stairs")

// carriers go down with the patient; a deck that collapsed is no faint all the same.
var carriers = setOf("support", "ride", "vehicle")

// strikes are blows that pain itself may be said to deal.
var strikes = setOf("blow", "got_me", "threw_me")

// ofPain says whether it is the back or its pain that struck: "my back hit me
// hard this morning".
func (r *reading) ofPain(h lexicon.Hit) bool {
	i := int(h.From)
	return i > 0 && r.clause[i-1] == r.clause[i] && (r.begins(i-1, cBack) == i || r.begins(i-1, cPain) == i)
}

// thingEnds says whether a thing is named just before token i, in its clause.
func (r *reading) thingEnds(i int) bool {
	for back := 1; back <= 3 && i-back >= 0; back++ {
		if r.clause[i-back] == r.clause[min(i, len(r.toks)-1)] && r.begins(i-back, cThing) == i && r.begins(i-back, cUnitTime) == 0 {
			return true
		}
	}
	return false
}

// answered marks what a question asked and the patient denied at once: "short
// of breath? no. fainted? never". "Chest pain? no, more like pressure" is none.
func (r *reading) answered(h lexicon.Hit) {
	i := int(h.From)
	if from := r.deniedAfter(i, int(h.To)); from >= 0 {
		r.set(from, i, negated)
		r.spare(from, i)
		return
	}
	if i == 0 || i != r.startOfSentence(i) || !r.is(i-1, "?") || !r.closes(int(h.To)) {
		return
	}
	from := r.startOfSentence(i - 1)
	if i-from <= longestAsked && r.begins(from, cModal) == 0 && r.begins(from, cUnable) == 0 {
		r.set(from, i, negated)
		r.spare(from, i)
	}
}

// longestNamed is how many words may name what a "no" right after it denies.
const longestNamed = 3

// deniedAfter finds where a symptom begins that is named at the head of a clause and denied
// right after it, -1 if none is: "fiebre no, puro calor", "fever no, chills no".
func (r *reading) deniedAfter(i, to int) int {
	from := r.startOfClause(max(i-1, 0))
	if to-i != 1 || !r.is(i, "no") && !r.is(i, "tampoco") || i == from || i-from > longestNamed || r.mark(i-1) {
		return -1
	}
	if to < len(r.toks) && !r.is(to, ",") && !r.is(to, ".") && !r.is(to, ";") && r.begins(to, cBut) == 0 {
		return -1
	}
	head := from
	for head < i-1 && (r.is(head, "y") || r.is(head, "and") || r.begins(head, cPossessive) > 0) {
		head++
	}
	for _, h := range r.at(head) {
		if denied.has(h.Concept) {
			return head
		}
	}
	return -1
}

// denied are the symptoms of which a "no" right after them says that they are not there.
var denied = setOf("fever", "fever_only", "night_sweats", "numb", "tingling", "weak", "pain",
	"swollen", "faint", "fainted", "short_breath")

// longestAsked is the longest question, its mark included, that is taken as one
// about a single symptom.
const longestAsked = 8

// closes says whether a "no" that ends before token i stands for itself.
func (r *reading) closes(i int) bool {
	switch {
	case i >= len(r.toks) || r.sent[i] != r.sent[i-1]:
		return true
	case r.mark(i) && endsSentence(r.keys[r.toks[i].KeyStart]):
		return true
	case r.is(i, ","):
		return r.begins(i+1, cSubject) > 0 && !r.is(i+1, "its") && !r.is(i+1, "it")
	}
	return false
}

// oldestSmall is the age to which a child is too light to break a back.
const oldestSmall = 6

// smallChild says whether a child is spoken of whose age makes a blow harmless:
// "kid jumped on me, shes 4", "my 3 yr old".
func (r *reading) smallChild() bool {
	if !r.any(cBlow) {
		return false
	}
	for k := range r.figures {
		f := &r.figures[k]
		if f.value < 1 || f.value > oldestSmall || f.outOfTen {
			continue
		}
		before, years := f.from-1, r.is(f.to, "yr") || r.is(f.to, "year") || r.is(f.to, "yo") || r.is(f.to, "y") || r.is(f.to, "anos")
		is := r.is(before, "shes") || r.is(before, "hes") || r.is(before, "is") && r.begins(before-1, cThirdPerson) > 0 || r.is(before, "tiene")
		if years && (r.is(f.to+1, "old") || r.is(f.to+1, "o") || r.is(f.to, "yo") || r.is(f.to, "anos")) || is && (f.to >= len(r.toks) || r.mark(f.to) || r.begins(f.to, cInterjection) > 0 || r.is(f.to, "now")) {
			return true
		}
	}
	return false
}

var (
	cSmallChild = lexicon.Must("small_child")
	cBlow       = lexicon.Must("blow")
)
