package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// longestQuestion is how many words a question may have that a bare "no" answers.
const longestQuestion = 7

// answerNo takes back what a question or a list names and a bare "no" denies:
// "short of breath? no.", "numbness: none".
func (r *reading) answerNo() {
	for i := range r.toks {
		if item := r.itemBefore(i); item >= 0 && r.itemEnds(i+1) {
			r.denyAll(item, i)
			continue
		}
		if !r.mark(i) || !r.is(i, "?") && !r.is(i, ":") && !r.is(i, "=") && !r.is(i, "-") {
			continue
		}
		no := i + 1
		for r.mark(no) && no <= i+2 {
			no++ // "??", and the line break after it
		}
		if !r.standsAlone(no) {
			continue
		}
		from := i
		for from > 0 && i-from <= longestQuestion && r.clause[from-1] == r.clause[i] {
			from--
		}
		if i-from > longestQuestion {
			continue
		}
		r.denyAll(from, i)
	}
}

// longestItem is how many words an item of a list may have that a "no" behind it denies.
const longestItem = 3

// itemBefore returns where a symptom begins that the "no" at token i denies from behind, as
// in a list of how things are: "legs good fever no"; -1 if none does.
func (r *reading) itemBefore(i int) int {
	if !r.is(i, "no") || i == 0 || !symptomNoun(r.key(i-1)) || !r.symptomAt(i-1) || r.begins(i-1, cFeel) > 0 {
		return -1
	}
	for j := i - 1; j >= 0 && i-j <= longestItem; j-- {
		if r.begins(j, cNegate)+r.begins(j, cUnable)+r.begins(j, cFirstPerson) > 0 {
			return -1
		}
		if j == 0 || r.mark(j-1) || r.toks[j-1].Kind == token.Number || r.ends(j-1, cGood) || r.is(j-1, "no") || r.is(j-1, "yes") {
			return j
		}
	}
	return -1
}

// itemEnds says whether an item of a list ends before token i, or the next one has a "no"
// behind it as well: "fever no numbness no".
func (r *reading) itemEnds(i int) bool {
	if i >= len(r.toks) || r.mark(i) || r.toks[i].Kind == token.Number {
		return true
	}
	for j := i + 1; j <= i+longestItem; j++ {
		if r.is(j, "no") {
			return symptomNoun(r.key(j-1)) && r.symptomAt(j-1)
		}
	}
	return false
}

// standsAlone says whether token i is a "no" and nothing but that.
func (r *reading) standsAlone(i int) bool {
	if r.begins(i, cBareNo) == 0 {
		return false
	}
	i = r.begins(i, cBareNo)
	return i >= len(r.toks) || r.mark(i) || r.begins(i, cAfterNo) > 0 || r.begins(i, cBut) > 0
}

// denyAll denies what was asked for. A function that was asked for is then
// lacking ("can you pee? no"), a loss is not ("trouble peeing? no").
func (r *reading) denyAll(from, to int) {
	under := negated | spared
	for j := from; j < to; j++ {
		if r.begins(j, cAbleTo) > 0 {
			under = negated
		}
	}
	r.set(from, to, under)
}

var (
	cBareNo  = lexicon.Must("bare_no")
	cAfterNo = lexicon.Must("after_no")
	cAbleTo  = lexicon.Must("able_to")
)
