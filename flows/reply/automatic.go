package reply

import "backstop/flows/reply/lexicon"

var (
	cAutoReply = lexicon.Must("auto_reply")
	cAutoSoft  = lexicon.Must("auto_soft")
	cQuoted    = lexicon.Must("quoted_thing")
)

// automatic says whether no person wrote the text: an auto-reply, a bounce, a
// one-time code, or a tapback ('Liked "..."').
func (r *reading) automatic() bool {
	if r.isTapback() {
		return true
	}
	hard, soft := false, 0
	for _, h := range r.hits {
		if h.Concept == cAutoReply {
			if r.begins(int(h.From), cAutoSoft) == int(h.To) {
				soft++
			} else {
				hard = hard || !r.is(int(h.From), "do") || !r.forbidsTexts() // "do not reply do not text"
			}
		}
	}
	return hard || soft > 1
}

// isTapback finds the texts that phones send for a reaction.
func (r *reading) isTapback() bool {
	if len(r.toks) < 2 {
		return false
	}
	end := r.begins(0, cTapback)
	if end == 0 || end >= len(r.toks) {
		return false
	}
	if r.begins(end, cQuoted) > 0 && r.wordCount() <= 5 {
		return true
	}
	for i := end; i < min(end+4, len(r.toks)); i++ {
		if r.is(i, "\"") {
			return true
		}
	}
	return false
}

// deceased says whether the text tells that the patient has died.
func (r *reading) deceased() bool {
	_, ok := r.find(cDeceased, func(h lexicon.Hit) bool {
		if r.flags[h.From]&(negated|hypothetical) != 0 || r.deviceBefore(int(h.From)) {
			return false
		}
		if r.any(cProxy) {
			return true
		}
		return r.flags[h.From]&someoneElse == 0 && r.diedSubject(int(h.From))
	})
	return ok
}

// deviceBefore says whether it is a telephone or an engine that died before token i.
func (r *reading) deviceBefore(i int) bool {
	return r.speaksOf(cPhoneWord, max(0, i-2), i) || r.speaksOf(cFlaresToo, max(0, i-2), i)
}

// diedSubject says whether "passed away" is said of "she", "he", the patient or
// a name.
func (r *reading) diedSubject(i int) bool {
	for j := i; j >= 0 && i-j <= 3; j-- {
		if r.begins(j, cThirdPerson) > 0 || r.isName(j) {
			return true
		}
	}
	return false
}

var cThirdPerson = lexicon.Must("third_person")

// corrects says whether the text amends what was said just before.
func (r *reading) corrects() bool {
	if len(r.toks) == 0 {
		return false
	}
	return r.begins(0, cCorrectStart) > 0 && (len(r.ratings) > 0 || len(r.figures) > 0 || r.is(0, "*"))
}

var cCorrectStart = lexicon.Must("correct_start")
