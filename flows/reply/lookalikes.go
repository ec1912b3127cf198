package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

var (
	cBowelLoss = lexicon.Must("bowel_loss")
	cUrineBurn = lexicon.Must("urine_burn")
)

// lookalike says whether a hit only looks like a finding, by what stands beside it.
func (r *reading) lookalike(h lexicon.Hit) bool {
	if bodyConcepts.has(h.Concept) && r.ownedByOther(int(h.From)) {
		return true
	}
	switch h.Concept {
	case cBlow:
		return r.weightDropped(h)
	case cFell, cFellWord, cHitBy, cCrash:
		return r.caughtOneself(h) || r.clapsHands(h)
	case cBowelLoss:
		return r.onlyBack(h)
	case cUrineBurn:
		return r.ratesDolor(h)
	case cUnitTime:
		return h.To == h.From+1 && r.is(int(h.From), "y") && (h.From == 0 || r.toks[h.From-1].Kind != token.Number) // "5y", and no "and"
	case cBoth:
		return r.wellAt(int(h.To)) // "strength and feeling both intact"
	case cPeed:
		return r.shoeSlips(h) || r.wetBy(h)
	case cVoidVerb:
		return r.wetBy(h)
	case cFace:
		return r.otherCheek(h)
	case cFirstPerson:
		return r.begins(int(h.To), cOtherPerson) > 0 && !r.proxy // "under my brother"
	case cSaddle:
		return r.any(cDental) && r.is(int(h.To)-1, "cheeks")
	case cLegs:
		return r.crosses(h)
	case cChest:
		return r.ribsOfBone(h)
	}
	return false
}

// ownedByOther says whether the part of the body at i is somebody else's: "a lump on my dog's
// back".
func (r *reading) ownedByOther(i int) bool {
	if i < 2 || r.proxy || r.keys[r.toks[i-1].KeyEnd-1] != 's' || r.toks[i-1].KeyEnd-r.toks[i-1].KeyStart < 2 {
		return false
	}
	return r.begins(i-1, cOtherPerson) > 0 && r.begins(i-2, cPossessive) > 0
}

// weightDropped says whether what dropped is the patient's own weight: "dropped 18 lbs since
// feb for no reason", but not "dropped 45 lbs on my foot".
func (r *reading) weightDropped(h lexicon.Hit) bool {
	k, ok := r.figureStarting(int(h.To))
	if !ok {
		return false
	}
	after := r.begins(r.figures[k].to, cUnitLoad)
	return after > 0 && (after >= len(r.toks) || r.mark(after) || r.begins(after, cWeightSince) > 0)
}

var cWeightSince = lexicon.Must("weight_since")

// wellAt says whether "fine", "intact" or "feel normal" stands at token i.
func (r *reading) wellAt(i int) bool {
	if r.begins(i, cFeel)+r.begins(i, cCopula) > 0 {
		i++
	}
	return r.begins(i, cGood)+r.begins(i, cUnharmed) > 0
}

// shoeSlips says whether what "se me sale solo" is a shoe.
func (r *reading) shoeSlips(h lexicon.Hit) bool {
	slips := false
	for i := int(h.From); i < int(h.To); i++ {
		slips = slips || r.is(i, "sale") || r.is(i, "salen") || r.is(i, "salio")
	}
	return slips && r.clauseHas(h, cFootwear) && !r.clauseHas(h, cPeeWord)
}

// crosses says whether legs are only named as crossed: "my foot tingles when i cross my legs".
func (r *reading) crosses(h lexicon.Hit) bool {
	i := int(h.From)
	return r.flags[i]&impossible == 0 && (r.begins(i-1, cCross) > 0 || r.begins(i-2, cCross) > 0 && r.begins(i-1, cPossessive) > 0 || r.is(int(h.To), "crossed"))
}

// ribsOfBone says whether the chest is only the ribs of somebody who had a cancer: "breast
// cancer six years ago, a new ache in my ribs that never lets up".
func (r *reading) ribsOfBone(h lexicon.Hit) bool {
	last := int(h.To) - 1
	return r.any(cCancer) && (r.is(last, "ribs") || r.is(last, "costillas"))
}

// wetBy says whether what is wet is so by water, or by somebody else: "my pants are wet bc
// my son got me with a balloon", "the bed was wet bc the toddler had an accident".
func (r *reading) wetBy(h lexicon.Hit) bool {
	wet := false
	for i := int(h.From); i < int(h.To); i++ {
		wet = wet || r.begins(i, cMereWet) > 0
	}
	if !wet || r.begins(int(h.From)-1, cFirstPerson) > 0 && r.begins(int(h.From)-1, cPossessive) == 0 && r.is(int(h.From), "wet") {
		return false // "I wet the bed"
	}
	for i := r.startOfSentence(int(h.From)); i < int(h.From); i++ {
		if r.flags[i]&someoneElse != 0 && r.begins(i, cPeed)+r.begins(i, cVoidVerb) > 0 {
			return true // "mi niña se orinó en mi cama, amanecí mojado"
		}
	}
	for i := int(h.To); i < r.endOfSentence(int(h.From)); i++ {
		end := r.begins(i, cCauseMark)
		if end > 0 && r.speaksOf(cOtherPerson, end, end+3) || r.begins(i, cWashing) > 0 {
			return true
		}
	}
	return false
}

// otherCheek says whether a cheek is one of those that are sat on: "from the left cheek to
// the right cheek and in between".
func (r *reading) otherCheek(h lexicon.Hit) bool {
	last, start, end := int(h.To)-1, r.startOfSentence(int(h.From)), r.endOfSentence(int(h.From))
	return (r.is(last, "cheek") || r.is(last, "cheeks")) &&
		(r.clauseHas(h, cSaddle) || !r.any(cDental) && r.speaksOf(cSits, start, end))
}

var (
	cVoidVerb = lexicon.Must("void_verb")
	cFace     = lexicon.Must("face")
	cMereWet  = lexicon.Must("merely_wet")
	cWashing  = lexicon.Must("washing")
	cSaddle   = lexicon.Must("saddle")
	cSits     = lexicon.Must("sits")
	cDental   = lexicon.Must("dental")
	cCross    = lexicon.Must("cross_verb")

	cFootwear = lexicon.Must("footwear")
	cUnharmed = lexicon.Must("unharmed")
)

// onlyBack says whether "solo" is "only" and leads to the back: "orino bien, solo la espalda
// tiesa", "solo me jala la espalda", but not "se me sale solo".
func (r *reading) onlyBack(h lexicon.Hit) bool {
	if h.To != h.From+1 || !r.is(int(h.From), "solo") {
		return false
	}
	for j := int(h.To); j < len(r.toks) && j <= int(h.To)+3 && r.clause[j] == r.clause[h.From] && !r.mark(j); j++ {
		if r.begins(j, cBack) > 0 {
			return true
		}
	}
	return false
}

// ratesDolor says whether "dolor" is the pain that is rated or the back's, and not that of
// passing water: "2 de dolor, orino bien", "dolor de espalda 4".
func (r *reading) ratesDolor(h lexicon.Hit) bool {
	if i := int(h.From); r.is(i, "dolor") {
		return i > 1 && r.is(i-1, "de") && r.toks[i-2].Kind == token.Number || r.is(i+1, "de") && r.begins(i+2, cBack) > 0
	}
	return false
}

// clapsHands says whether what met are hands: "choqué las cinco con mi nieto", but not "a las cinco".
func (r *reading) clapsHands(h lexicon.Hit) bool {
	i := int(h.To)
	return r.is(i, "las") && (r.is(i+1, "cinco") || r.is(i+1, "5")) && (i+2 >= len(r.toks) || r.mark(i+2) || r.is(i+2, "con"))
}
