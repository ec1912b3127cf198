package reply

import "backstop/flows/reply/lexicon"

// longestQuestion is how many words a question may have that a bare "no" answers.
const longestQuestion = 7

// answerNo takes back what a question or a list names and a bare "no" denies:
// "short of breath? no.", "numbness: none".
func (r *reading) answerNo() {
	for i := range r.toks {
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
