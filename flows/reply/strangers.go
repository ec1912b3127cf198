package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// Texts from whoever has the number now.

// wrongPerson finds "wrong number", "not my phone", "this isn't Maria". The
// soft wordings count only before a name.
func (r *reading) wrongPerson() bool {
	for _, h := range r.hits {
		if h.Concept != cWrongWhole || r.flags[h.From]&(someoneElse|hypothetical) != 0 {
			continue
		}
		if r.typedByOther(h) || r.namesOwnNumber(h) {
			continue
		}
		if r.is(int(h.From), "old") && (r.is(int(h.From)-1, "my") || r.is(int(h.To), "i")) {
			continue // "delete my old number and use this one"
		}
		if r.begins(int(h.From), cWrongSoft) != int(h.To) {
			return true
		}
		if r.any(cThisPhone) && !r.any(cPain, cBack, cFlare) {
			return true
		}
		if r.begins(int(h.To), cNameTitle) > 0 && r.begins(int(h.From), cWrongSoft) == int(h.To) && !r.any(cPain, cBack, cFlare) {
			return true // "im not mr donnelly"
		}
		if next := int(h.To); next < len(r.toks) && (r.isName(next) || r.unknownName(next)) && (r.lang == Spanish || !r.any(cPain, cBack, cFlare)) {
			return true
		}
	}
	return r.nobodyHere() || r.isBusiness() || r.kinsPhone()
}

// namesOwnNumber says whether the number that is wrong or new is one of pain: "new number 4", or a
// digit stands in it: "going number 2 anymore".
func (r *reading) namesOwnNumber(h lexicon.Hit) bool {
	for i := int(h.From); i < int(h.To); i++ {
		if r.toks[i].Kind == token.Number {
			return true
		}
	}
	i := int(h.To)
	if r.begins(i, cCopula) > 0 || r.is(i, ":") {
		i++
	}
	k, ok := r.figureStarting(i)
	return ok && painAsked(r.asked) && r.is(int(h.To)-1, "number") && r.figures[k].value <= 10
}

// typedByOther says whether "wrong number" is only what somebody else typed on the patient's phone:
// "my buddy grabbed my phone and typed wrong number, its still me".
func (r *reading) typedByOther(h lexicon.Hit) bool {
	if r.asserted(cStillMe) {
		return true
	}
	i := int(h.From)
	start := r.startOfSentence(i)
	return r.speaksOf(cPhoneTaken, start, i) || r.speaksOf(cDenied, max(start, i-2), i) && (r.is(i-1, "ignore") || r.is(i-2, "ignore"))
}

var (
	cStillMe    = lexicon.Must("still_me")    // "its still me", "soy yo"
	cPhoneTaken = lexicon.Must("phone_taken") // "grabbed my phone"
)

// kinsPhone finds the phone that was somebody else's: "this used to be my brothers phone", "este
// celular era de mi hermano".
func (r *reading) kinsPhone() bool {
	if !r.all.has(cPhoneWord) {
		return false
	}
	i := r.skipGreeting()
	h, ok := r.find(cFormerly, func(h lexicon.Hit) bool { return int(h.From) >= i && int(h.From) <= i+3 })
	if !ok || r.any(cPain, cBack) || r.isQuestion() {
		return false
	}
	phone, kin := r.speaksOf(cPhoneWord, i, int(h.From)), false
	for j := int(h.To); j < r.endOfClause(int(h.From)); j++ {
		phone = phone || r.begins(j, cPhoneWord) > 0
		kin = kin || r.begins(j, cOtherPerson)+r.begins(j, cKinSubject) > 0
	}
	return phone && kin
}

var cFormerly = lexicon.Must("formerly") // "used to be", "was"

// isBusiness finds "you've reached a nail salon", "this is a landscaping company".
func (r *reading) isBusiness() bool {
	i := r.skipGreeting()
	end := r.begins(i, cThisIs)
	if end == 0 && r.begins(i, cCourtesy)+r.begins(i, cStopManner) > 0 {
		i++ // "sir this is a wendys", "hon you reached a pizza place"
		end = r.begins(i, cThisIs)
	}
	if end == 0 || r.any(cPain, cBack) || r.isQuestion() {
		return false
	}
	for j := end; j < len(r.toks) && j < end+5 && r.clause[j] == r.clause[i]; j++ {
		if r.begins(j, cBusiness) > 0 {
			return !r.is(end, "my") && !r.is(end, "mi")
		}
	}
	return false
}

// nobodyHere finds "theres no Luis at this phone", "not Deb" before a number
// that the writer has had for long.
func (r *reading) nobodyHere() bool {
	if r.nameAsked() {
		return true
	}
	if !r.any(cThisPhone) {
		return false
	}
	for i := 1; i < len(r.toks); i++ {
		name := r.capital(i) || r.isName(i) || r.words[i] == lexicon.Words{} && r.toks[i].Kind == token.Word && len(r.key(i)) > 2
		if !name || !r.is(i-1, "no") && !r.is(i-1, "ningun") && !r.is(i-1, "ninguna") {
			continue
		}
		for j := i + 1; j < len(r.toks) && j < i+4 && r.sent[j] == r.sent[i]; j++ {
			if r.begins(j, cThisPhone) > 0 {
				return true
			}
		}
	}
	return false
}

// nameAsked finds "who is Gary" and "my name is Kevin not Marcus".
func (r *reading) nameAsked() bool {
	for i := range r.toks {
		if !r.capital(i) || i < 2 || len(r.at(i)) > 0 {
			continue
		}
		asked := r.is(i-1, "is") && r.is(i-2, "who") || r.is(i-1, "whos") || r.is(i-1, "es") && r.is(i-2, "quien")
		if asked && r.endOfClause(i) <= i+2 {
			return true
		}
		if r.is(i-1, "not") && (r.capital(i-2) || r.is(i-2, ",")) && r.any(cThisIs) {
			return true
		}
	}
	return false
}

// capital says whether a word inside the text begins with a capital letter.
func (r *reading) capital(i int) bool {
	t := r.toks[i]
	if i == 0 || t.Kind != token.Word || t.End-t.Start < 3 || t.Upper || r.sent[i] != r.sent[i-1] {
		return false
	}
	return r.text[t.Start] >= 'A' && r.text[t.Start] <= 'Z'
}

var cNameTitle = lexicon.Must("name_title")

var cThisPhone = lexicon.Must("this_phone")

// isName says whether token i looks like a name: a capital letter, and no word
// that the lexicon or everyday language knows.
func (r *reading) isName(i int) bool {
	t := r.toks[i]
	if t.Kind != token.Word || t.End-t.Start < 3 || t.Upper {
		return false
	}
	first := r.text[t.Start]
	known := r.words[i] != lexicon.Words{}
	return first >= 'A' && first <= 'Z' && (!known || r.begins(i, cName) == 0 && len(r.at(i)) == 0)
}

// unknownName says whether token i is a word that nobody knows at the end of
// its clause: a name in small letters ("this isnt linda").
func (r *reading) unknownName(i int) bool {
	t := r.toks[i]
	return t.Kind == token.Word && t.End-t.Start >= 3 && r.words[i] == lexicon.Words{} && r.endOfClause(i) <= i+2 &&
		(i+1 >= len(r.toks) || r.mark(i+1) || r.is(i+1, "phone") || r.is(i+1, "number") || r.is(i+1, "cell"))
}
