package reply

import "backstop/flows/reply/lexicon"

// An end that is asked of somebody else: what another sender's message says, and what
// others were told.

var (
	cAnswerWith = lexicon.Must("answer_with")
	cToldWord   = lexicon.Must("told_word")
	cOurPeople  = lexicon.Must("our_people")
)

// instructs says whether token i stands in the order that another sender's message ends
// with: "Reply STOP to opt out", "Para no recibir avisos envíe BAJA".
func (r *reading) instructs(i int) bool {
	if !r.all.has(cAnswerWith) || !r.all.has(cCarrierStop) {
		return false
	}
	start, end := r.startOfClause(i), r.endOfClause(i)
	for j := start; j < end; j++ {
		with := r.answeredWith(j)
		if with == 0 {
			continue
		}
		for k := start; k < j; k++ {
			if r.begins(k, cFirstPerson)+r.begins(k, cAsksEnd) > 0 {
				return false // "i text STOP to end these"
			}
		}
		purpose := r.begins(with, cPreposition)+r.begins(with, cJoiner)+r.begins(with, cIf) > 0 || r.is(with, "2")
		return purpose || r.speaksOf(cStopWish, start, j) || r.speaksOf(cForbid, start, j)
	}
	return false
}

// answeredWith returns the end of "reply STOP" or "reply 1 to refill or STOP" at token j.
func (r *reading) answeredWith(j int) int {
	with := r.begins(j, cAnswerWith)
	if with == 0 {
		return 0
	}
	if end := r.begins(with, cCarrierStop); end > 0 {
		return end
	}
	for k := with; k < with+5 && k < r.endOfClause(j); k++ {
		if r.begins(k, cJoiner) > 0 {
			return r.begins(k+1, cCarrierStop)
		}
	}
	return 0
}

// toldReach is how many words before an act of ending somebody may have been told of it.
const toldReach = 12

// toldOther says whether i stands in what somebody was told who is none of us: "told the
// car warranty people to take me off", "le pedí a la farmacia que me quitara".
func (r *reading) toldOther(i int) bool {
	if !r.all.has(cToldWord) {
		return false
	}
	for j := i - 1; j >= 0 && i-j <= toldReach && r.sent[j] == r.sent[i]; j-- {
		if end := r.begins(j, cToldWord); end > 0 && end <= i {
			return r.strangerBetween(end, i)
		}
	}
	return false
}

// strangerBetween says whether what stands from token from names somebody, none of us,
// who is told what follows before token to.
func (r *reading) strangerBetween(from, to int) bool {
	told := -1
	for k := from; k < to; k++ {
		if chat := r.begins(k, cOtherChat); chat > 0 {
			k = chat - 1 // "my team chat" is no team of ours
			continue
		}
		if r.ofUs(k) || r.mark(k) && !(r.is(k, ",") && r.is(k+1, "que")) {
			return false
		}
		if told < 0 && (r.is(k, "to") || r.is(k, "que") || r.is(k, "not")) {
			told = k
		}
	}
	return told > from || told < 0 && to > from && (r.is(to, "to") || r.is(to, "que") || r.is(to, "not"))
}

// ofUs says whether token i names one of us, or somebody who may be.
func (r *reading) ofUs(i int) bool {
	return r.begins(i, cOurPeople)+r.begins(i, cOurs)+r.begins(i, cThirdPerson) > 0 || r.begins(i, cKinObject) == i+1
}

// sentElsewhere says whether what was sent went to somebody, none of us, after "to" at
// token i: "i sent stop to the pharmacy".
func (r *reading) sentElsewhere(i int) bool {
	for j := i; j < min(i+3, r.endOfClause(i)); j++ {
		if r.ofUs(j) {
			return false
		}
	}
	return r.begins(i+1, cStopWish)+r.begins(i+1, cTextsEnd) == 0
}

var (
	cOtherChat = lexicon.Must("other_chat")
	cBlocks    = lexicon.Must("blocks")
	cDidBlock  = lexicon.Must("did_block") // "had to", "tuve que"
	cOtherKind = lexicon.Must("other_kind")
	cCompanion = lexicon.Must("companion")
	cButNotI   = lexicon.Must("but_not_i") // "pero yo sigo"
)

// blockReach is how many words after an act of ending tell whose texts it ends.
const blockReach = 5

// blocksOthers says whether the act at i tells of a number or texts that are none of ours: "had to
// block a spam caller", "gotta unsubscribe from some political texts"; but not "i had to block you".
func (r *reading) blocksOthers(i int) bool {
	if !r.any(cBlocks, cDidBlock) {
		return false
	}
	blocks := r.begins(i, cBlocks) > 0
	if !blocks && !r.ends(i-1, cDidBlock) {
		return false
	}
	some := false
	for j := i + 1; j < min(i+1+blockReach, r.endOfClause(i)); j++ {
		if r.you(j) || r.is(j, "your") || r.is(j, "this") || r.is(j, "these") || r.is(j, "este") || r.is(j, "su") || r.is(j, "sus") {
			return false
		}
		some = some || r.indefinite(j) && (blocks || r.begins(j-1, cPreposition) > 0)
		if some && !blocks || r.begins(j, cOtherKind) > 0 {
			return true
		}
	}
	return some
}

// companionWants says whether it is somebody about, of whom is only told, that wants no texts before
// token i: "mi compadre ya no quiere mensajes, pero yo sigo".
func (r *reading) companionWants(i int) bool {
	return (r.ends(i-1, cCompanion) || (r.is(i-1, "ya") || r.is(i-1, "lla")) && r.ends(i-2, cCompanion)) && r.any(cLaughing, cButNotI)
}
