package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

const (
	kinReach      = 3 // tokens between "my mom" and a verb that gives the subject back
	maxOtherReach = 25
)

// other marks what is said of someone else: from "my mom" to the end of the
// sentence or to the next "I", "me" or "my".
func (r *reading) other(h lexicon.Hit) {
	i := int(h.From)
	if r.begins(i, cPossessive) == 0 && (i == 0 || r.begins(i-1, cPossessive) == 0) && !r.kinOwns(h) && !r.kinOpens(h) {
		return
	}
	for j := int(h.To); j < int(h.To)+kinReach && j < len(r.toks); j++ {
		if r.begins(j, cKinSpeaks) > 0 {
			return
		}
	}
	if i >= 2 && r.begins(i-2, cPreposition) > 0 && !r.is(i-2, "for") && !r.is(i-2, "by") && !r.is(int(h.To), "le") || i >= 2 && r.begins(i-2, cCarry) > 0 {
		return
	}
	for j := int(h.To); j < len(r.toks) && j-i < maxOtherReach && r.sent[j] == r.sent[i]; j++ {
		if r.clause[j] != r.clause[j-1] && !r.goesOnOther(j) {
			return
		}
		if r.begins(j, cFirstPerson) > 0 && r.begins(j+1, cOtherPerson) == 0 {
			return
		}
		r.flags[j] |= someoneElse
	}
}

// kinOwns says whether the word for a person owns a back or pain: "wife's back".
func (r *reading) kinOwns(h lexicon.Hit) bool {
	t := r.toks[h.From]
	if t.End-t.Start < 2 || r.keys[t.KeyEnd-1] != 's' {
		return false
	}
	return r.begins(int(h.To), cBack)+r.begins(int(h.To), cPain)+r.begins(int(h.To), cOtherBody) > 0
}

// kinOpens says whether the person is the bare subject of a clause: "husband
// passed out", but neither "Mom here" nor "baby steps".
func (r *reading) kinOpens(h lexicon.Hit) bool {
	i := int(h.From)
	start := r.startOfClause(i)
	if i != start && !(i == start+1 && r.begins(start, cJoiner)+r.begins(start, cInterjection)+r.begins(start, cBut) > 0) {
		return false
	}
	return r.begins(i, cKinSubject) == int(h.To) && int(h.To) < len(r.toks) && r.toks[h.To].Kind == token.Word && !r.is(int(h.To), "here")
}

var cKinSubject = lexicon.Must("kin_subject")

// goesOnOther says whether the clause at j still speaks of the other person:
// "my dad fell, he hurt his back".
func (r *reading) goesOnOther(j int) bool {
	for i := j; i < j+2 && i < len(r.toks); i++ {
		if r.begins(i, cThirdPerson) > 0 {
			return true
		}
	}
	return r.begins(j, cJoiner) > 0 && r.begins(j+1, cSubject) == 0
}

// another marks the clause of "she" or "he" when the text has named another
// person before: "I'm with my daughter, she fainted".
func (r *reading) another(i int) {
	if !r.is(i, "she") && !r.is(i, "he") && !r.is(i, "shes") && !r.is(i, "hes") && !r.is(i, "ella") || !r.kinBefore(i) {
		return
	}
	for j := i; j < len(r.toks) && r.clause[j] == r.clause[i]; j++ {
		if r.begins(j, cFirstPerson) > 0 || r.begins(j, cKinSpeaks) > 0 {
			return
		}
		r.flags[j] |= someoneElse
	}
}

// kinBefore says whether "my daughter" or the like stands at most maxOtherReach
// tokens before i.
func (r *reading) kinBefore(i int) bool {
	for j := i - 1; j > 0 && i-j <= maxOtherReach; j-- {
		if r.begins(j, cOtherPerson) > 0 && r.begins(j-1, cPossessive) > 0 {
			return true
		}
	}
	return false
}

// namesProxy says whether somebody writes for the patient and gives their name:
// "this is Lorraine's sister".
func (r *reading) namesProxy() bool {
	if len(r.toks) < 4 || r.begins(0, cThisIs) == 0 && !r.is(0, "its") || !r.all.has(cOtherPerson) {
		return false
	}
	i := max(r.begins(0, cThisIs), 1)
	if r.begins(i, cPossessive)+r.begins(i, cFirstPerson) > 0 || r.keys[r.toks[i].KeyEnd-1] != 's' {
		return false
	}
	return r.begins(i+1, cOtherPerson) > 0
}
