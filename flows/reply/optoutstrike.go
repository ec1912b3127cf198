package reply

import "backstop/flows/reply/lexicon"

var (
	cStrikes   = lexicon.Must("strikes")    // "delete", "borren"
	cPhoneSelf = lexicon.Must("phone_self") // "number", "celu", "datos"
)

// strikesPhone finds the number, the phone or what is kept of it struck, whoever's it is:
// "pls remove this nmbr", "eliminad mi teléfono", "removing my number would be great".
func (r *reading) strikesPhone() bool {
	if !r.any(cPhoneSelf) {
		return false
	}
	h, ok := r.find(cStrikes, func(h lexicon.Hit) bool {
		i := int(h.From)
		if r.notMeant(h) || r.flags[i]&(negated|impossible) != 0 && !r.ends(i-1, cTurnsToUs) || r.narrated(i) || r.theirs(i) || r.didSo(i) || r.endsElse(h) {
			return false
		}
		j, owned := int(h.To), false
		for ; j < int(h.To)+3 && j < len(r.toks) && r.clause[j] == r.clause[i] && r.begins(j, cPhoneSelf) == 0; j++ {
			owned = owned || r.ownsPhone(j)
			if !r.ownsPhone(j) && !r.is(j, "the") && !r.is(j, "el") && !r.is(j, "los") && !lexicon.Default().Filler(r.words[j]) {
				return false
			}
		}
		if r.is(j, "numbers") && !r.speaksOf(cWhole, int(h.To), j) {
			return false // "trash my numbers, i lied on the sheet"
		}
		end := r.begins(j, cPhoneSelf)
		if end == 0 || j >= int(h.To)+3 || r.notTextsAfter(end-1) {
			return false
		}
		if _, figure := r.figureStarting(end); figure {
			return false // "delete number 4"
		}
		return r.closesWish(end) && (owned || j > int(h.To)) || owned && (r.begins(end, cOffList) > 0 || r.offTexts(end) > 0 || r.begins(end, cWouldBe) > 0)
	})
	if ok {
		r.note("intent: stop", int(h.From), int(h.To), "a phone struck")
	}
	return ok
}

var cWouldBe = lexicon.Must("would_be")

// ownsPhone says whether the word at i names whose the phone is: "this", "my", "nuestro".
func (r *reading) ownsPhone(i int) bool {
	switch r.key(i) {
	case "this", "my", "our", "his", "her", "these", "este", "esta", "mi", "mis", "nuestro", "ese", "su":
		return true
	}
	return false
}

// didSo says whether the patient tells what they do themselves at token i: "i deleted my number",
// "have to remove this phone".
func (r *reading) didSo(i int) bool {
	switch r.keyOr(i - 1) {
	case "i", "ill", "im", "to", "si", "if", "whether", "we", "was", "keep", "keeps", "kept", "he", "she", "they", "it", "yo", "lo":
		return true
	}
	return false
}
