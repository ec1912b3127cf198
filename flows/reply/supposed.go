package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// suppose marks a condition: "what if my leg goes numb".
func (r *reading) suppose(h lexicon.Hit) {
	i := int(h.From)
	for back := range 5 {
		if end := r.begins(i-back, cIfReal); end > i {
			return
		}
	}
	if r.is(i, "si") && r.spanishYes(i) {
		return
	}
	r.set(i, r.endOfSentence(i), hypothetical)
}

// general marks a question about what causes what, unless it speaks of the
// patient: "can squats cause foot drop?", but not "what makes my foot numb?".
func (r *reading) general(i int) {
	from, to := r.windowOf(lexicon.Sentence, i)
	if !r.is(to-1, "?") && r.begins(from, cQuestion)+r.begins(from, cModal) == 0 {
		return
	}
	for j := from; j < to; j++ {
		if r.begins(j, cFirstPerson) > 0 {
			return
		}
	}
	r.set(from, to, hypothetical)
}

var cCauses = lexicon.Must("causes")

// shortQuestion is the longest question that only goes on with the one before.
const shortQuestion = 5

// afterQuestion returns the end of a short question that begins at i ("what
// should I watch for? fever?"), or i when there is none.
func (r *reading) afterQuestion(i int) int {
	if i >= len(r.toks) {
		return i
	}
	end := r.endOfSentence(i)
	if end-i <= shortQuestion && r.is(end-1, "?") {
		return end
	}
	return i
}

// spanishYes says whether "si" at i is a yes rather than an "if".
func (r *reading) spanishYes(i int) bool {
	if i+1 >= len(r.toks) || r.mark(i+1) || int(r.toks[i].End-r.toks[i].Start) > len(r.key(i)) {
		return true // "sí" with its accent
	}
	next := r.toks[i+1]
	if next.Kind != token.Word {
		return true
	}
	return i == 0 && !r.is(i+1, "me") && !r.is(i+1, "se") && !r.is(i+1, "no") && !r.is(i+1, "pierdo") && !r.is(i+1, "siento") && !r.is(i+1, "tengo") && !r.is(i+1, "la") && !r.is(i+1, "mi")
}
