package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// alone says whether a hit is all that its sentence says, small words and marks aside.
func (r *reading) alone(h lexicon.Hit) bool {
	from, to := r.windowOf(lexicon.Sentence, int(h.From))
	if to-from > int(h.To-h.From)+aloneRest {
		return false
	}
	for i := from; i < to; i++ {
		if (i < int(h.From) || i >= int(h.To)) && !r.mark(i) && r.toks[i].Kind == token.Word && !lexicon.Default().Filler(r.words[i]) {
			return false
		}
	}
	return true
}

// aloneRest is how many small words and marks may stand with what is said alone.
const aloneRest = 4

// killedMe says whether a hit holds "mató", which something did to the patient,
// rather than "mato".
func (r *reading) killedMe(h lexicon.Hit) bool {
	for i := int(h.From); i < int(h.To); i++ {
		if r.is(i, "mato") && int(r.toks[i].End-r.toks[i].Start) > len("mato") {
			return true
		}
	}
	return false
}

// wordsOfDeath are findings that may hold "me mato", I kill myself.
var wordsOfDeath = setOf("me_mato", "self_harm", "hit_me_es", "end_all_es", "alone_es")
