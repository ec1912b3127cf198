package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

var (
	cYes      = lexicon.Must("yes")
	cNo       = lexicon.Must("no")
	cGreeting = lexicon.Must("greeting")
	cAck      = lexicon.Must("ack")
)

// yesOrNo reads a yes or no at the start of the text.
func (r *reading) yesOrNo() *bool {
	yes, no := true, false
	i := r.skipGreeting()
	for i < len(r.toks) && r.toks[i].Kind == token.Emoji {
		i++
	}
	if i < len(r.toks) && r.toks[i].Kind == token.Number && r.asked == AskedFlareCheck {
		return r.yesAfterPreamble(i)
	}
	if i >= len(r.toks) || r.toks[i].Kind != token.Word {
		return nil
	}
	if end := r.begins(i, cNo); end > 0 && r.bareNo(i, end) {
		r.note("no", i, end, "")
		return &no
	}
	if end := r.begins(i, cUnsure); end > 0 && !r.deniesNext(i, end) {
		return nil
	}
	if end := r.begins(i, cYes); end > 0 && r.bareYes(i, end) {
		r.note("yes", i, end, "")
		return &yes
	}
	if r.asked == AskedFlareCheck {
		if said := r.yesAfterPreamble(i); said != nil {
			return said
		}
	}
	if r.asked == AskedFlareCheck || r.asked == AskedRelapse {
		for j := len(r.toks) - 1; j > i && j >= len(r.toks)-3; j-- {
			if end := r.begins(j, cYes); end == len(r.toks) {
				return &yes
			}
			if r.is(j, "no") && j == len(r.toks)-1 && r.mark(j-1) {
				return &no // "I would not call it that, no"
			}
		}
		if h, ok := r.find(cYes, func(h lexicon.Hit) bool { return h.To-h.From >= 3 || r.yesAlone(h) }); ok && r.plain(h) {
			return &yes
		}
	}
	if last := len(r.toks) - 1; r.asked == AskedHomework && last > 0 && r.is(last, "no") && r.is(last-1, "so") {
		return &no
	}
	if r.asked == AskedConsent && r.begins(i, cAck) > 0 && !r.any(cHeardOnly) {
		return &yes
	}
	return nil
}

// deniesNext says whether the "no" of "yes and no" that ends before token end denies what
// follows: "sí y no para", "yes and no meds help".
func (r *reading) deniesNext(i, end int) bool {
	if !r.is(end-1, "no") || end-i < 3 || end >= len(r.toks) || r.toks[end].Kind != token.Word || r.begins(i, cYes) == 0 {
		return false
	}
	if r.is(end, "para") || r.is(end, "se") {
		return end+1 < len(r.toks) || r.is(end, "para") // "no se quita", but "no sé"
	}
	turns := r.begins(end, cBut) + r.begins(end, cUnsure) + r.begins(end, cKinda) + r.begins(end, cJoiner)
	return turns+r.begins(end, cPreposition)+r.begins(end, cSubject) == 0
}

// yesAfterPreamble reads a yes or no that opens a later clause, where nothing before it speaks
// of the back: "sorry for the late reply, no", "we hosted ten people. yes, since tuesday".
func (r *reading) yesAfterPreamble(from int) *bool {
	yes, no := true, false
	for j := from; j < len(r.toks); j++ {
		if j > from && !r.mark(j) && (r.mark(j-1) || r.begins(j-1, cBut) == j || r.begins(j-1, cJoiner) == j || r.is(j-1, "so")) {
			if r.begins(j, cUnsure) > 0 || r.is(j-1, "?") {
				return nil
			}
			if end := r.begins(j, cNo); end > 0 && r.bareNo(j, end) {
				r.note("no", j, end, "")
				return &no
			}
			if end := r.begins(j, cYes); end > 0 && !r.is(j, "i") && !r.is(j, "y") && !r.is(j, "ya") && r.bareYes(j, end) && r.begins(j, cAck) != end {
				r.note("yes", j, end, "")
				return &yes
			}
		}
		if r.flags[j]&someoneElse != 0 || r.begins(j, cFlare) > 0 && j > r.startOfClause(j)+1 && !r.backBefore(j) && !r.is(j-1, "i") {
			continue // "the rooster went off at 5"
		}
		if r.begins(j, cPain)+r.begins(j, cBack)+r.begins(j, cFlare)+r.begins(j, cGood)+r.begins(j, cWorse)+r.begins(j, cBetter)+r.begins(j, cStatusOther)+r.begins(j, cUnsure) > 0 {
			return nil
		}
	}
	return nil
}

// yesAlone says whether a yes stands between two marks: "I believe it is, yes. Shall I rest?".
func (r *reading) yesAlone(h lexicon.Hit) bool {
	i, end := int(h.From), int(h.To)
	return i > 0 && r.mark(i-1) && (end >= len(r.toks) || r.mark(end)) && (r.is(i, "yes") || r.is(i, "yeah") || r.is(i, "yep") || r.is(i, "si") && end-i == 1) && !r.is(i-1, "?")
}

var cUnsure = lexicon.Must("unsure")

func (r *reading) skipGreeting() int {
	i := 0
	for i < len(r.toks) {
		end := r.begins(i, cGreeting)
		switch {
		case end > 0 && r.begins(i, cYes) == 0 && r.begins(i, cNo) == 0:
			i = end
		case r.toks[i].Kind != token.Word && r.toks[i].Kind != token.Number && i > 0:
			i++
		case r.begins(i, cInterjection) > 0 && r.begins(i, cYes) == 0:
			i++
		default:
			return i
		}
	}
	return i
}

var cInterjection = lexicon.Must("interjection")

// bareNo tells "no", "no, it's fine" and "not really" from "no pain".
func (r *reading) bareNo(i, end int) bool {
	if r.is(i, "never") && r.is(i+1, "mind") {
		return false
	}
	if end-i > 1 || !r.is(i, "no") && !r.is(i, "not") && !r.is(i, "none") && !r.is(i, "n") && !r.is(i, "nothing") && !r.is(i, "never") {
		return true
	}
	if end >= len(r.toks) || r.toks[end].Kind != token.Word && r.toks[end].Kind != token.Number {
		return true
	}
	if r.is(i, "no") {
		return r.begins(end, cStopper)+r.begins(end, cLaughing) > 0 || r.begins(end, cJoiner) > 0 && r.begins(end+1, cStopWish) > 0 || r.begins(end, cSubject) > 0 && !r.is(end, "me") && !r.is(end, "se") && !r.is(end, "tengo") && !r.is(end, "estoy") && !r.is(end, "siento") ||
			r.begins(end, cNo) > 0 || r.begins(end, cThanks) > 0 || r.begins(end, cGood) > 0 && !r.is(end, "better") && !r.is(end, "problem") && !r.is(end, "good") || r.is(end, "not") || r.is(end, "gracias") || r.is(end, "too")
	}
	return r.is(i, "none") || r.is(i, "nothing") || r.is(i, "never")
}

func (r *reading) bareYes(i, end int) bool {
	if r.is(i, "ya") || r.is(i, "y") {
		return end >= len(r.toks) || r.toks[end].Kind != token.Word || r.is(i, "ya") && r.lang != Spanish && r.begins(end, cSubject) > 0
	}
	if r.is(i, "si") && end-i == 1 {
		return r.flags[i]&hypothetical == 0
	}
	if (r.is(i, "i") && (r.is(i+1, "have") || r.is(i+1, "am"))) && end == i+2 && end < len(r.toks) && r.asked != AskedConsent && r.asked != AskedTravelPre &&
		!r.mark(end) && r.begins(end, cStopper)+r.begins(end, cYes)+r.begins(end, cSubject)+r.begins(end, cDone) == 0 {
		return false // "I have a chest cold", "I am a retired nurse"
	}
	return r.flags[i]&negated == 0 && (!r.is(end-1, "do") || r.begins(end, cNegate) == 0)
}

// wordCount counts the words and numbers of the text.
func (r *reading) wordCount() int { return r.total }

// only says whether phrases of the given concepts cover every word.
func (r *reading) only(cs ...lexicon.Concept) bool {
	found := false
	for i := 0; i < len(r.toks); {
		if r.toks[i].Kind == token.Mark || r.toks[i].Kind == token.Newline {
			i++
			continue
		}
		end := 0
		for _, c := range cs {
			end = max(end, r.begins(i, c))
		}
		switch {
		case end > 0:
			found = true
			i = end
		case r.begins(i, cFillerWord) > 0:
			i++
		default:
			return false
		}
	}
	return found
}
