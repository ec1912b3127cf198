package reply

import "backstop/flows/reply/lexicon"

// What Spanish denies before its verb.

// evenSoUnable returns where what cannot be done begins, after a "ni" at i that denies a verb by the
// phrase before it: "ni con ayuda me pude parar de la cama", "ni un minuto puedo estar de pie". It
// returns 0 if there is none.
func (r *reading) evenSoUnable(i int) int {
	if !r.is(i, "ni") || i != r.startOfClause(i) && r.begins(i-1, cJoiner)+r.begins(i-1, cBut)+r.begins(i-1, cBack)+r.begins(i-1, cInterjection) == 0 && !r.is(i-1, "hoy") && !r.is(i-1, "ya") {
		return 0
	}
	if r.begins(i+1, cCouldAtAll) > 0 || r.is(i+1, "me") || r.is(i+1, "se") {
		return 0 // "ni puedo" is denied as it stands
	}
	end := r.endOfClause(i)
	for j := i + 2; j < end && j-i <= phraseReach; j++ {
		if r.begins(j, cJoiner)+r.begins(j, cNegate)+r.begins(j, cBut) > 0 || r.is(j, "que") {
			return 0
		}
		if to := r.begins(j, cCouldAtAll); to > 0 {
			return to
		}
	}
	return 0
}

// phraseReach is how many words after "ni" its verb may come.
const phraseReach = 7

// didIt says whether token i tells what was done, after a "sí" without its accent: "sí la hice".
func (r *reading) didIt(i int) bool {
	if !r.is(i, "la") && !r.is(i, "lo") && !r.is(i, "las") && !r.is(i, "los") {
		return false
	}
	return r.is(i+1, "hice") || r.is(i+1, "ise") || r.is(i+1, "hize") || r.is(i+1, "hicimos") || r.is(i+1, "complete") || r.is(i+1, "termine")
}

var cCouldAtAll = lexicon.Must("could_at_all")
