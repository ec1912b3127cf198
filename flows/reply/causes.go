package reply

import "backstop/flows/reply/lexicon"

// What is given as the cause of a limit.

// foreignCause says whether what follows token i gives another cause than the
// back: "for jury duty", "because the roads are iced over".
func (r *reading) foreignCause(i int) bool {
	for j := i; j < len(r.toks) && j < i+maxSentence && r.sent[j] == r.sent[max(i-1, 0)]; j++ {
		end := r.begins(j, cCauseMark)
		if end == 0 || r.is(j, "since") && r.sinceWhen(end) || r.is(j, "with") && r.isPossessive(end) && (r.begins(end+1, cOtherBody)+r.begins(end+1, cLegs)+r.begins(end+1, cBody) > 0) {
			continue
		}
		if r.is(j, "but") && (r.is(end, "after") || r.is(end, "before") || r.is(end, "when") || r.is(end, "only") || r.is(end, "just")) {
			continue // "but thats after 4 hrs of driving"
		}
		loose := r.looseCause(j)
		if !loose && r.becauseOfThat(end, end+1) {
			return false
		}
		named, words := false, 0
		for k := end; k < len(r.toks) && r.clause[k] == r.clause[j]; k++ {
			if words != 0 && r.begins(k, cJoiner) == k+1 {
				break // "tossed all night from it and the cat is blind"
			}
			if r.begins(k, cOwnCause) > 0 || r.begins(k, cBack)+r.begins(k, cPain)+r.begins(k, cFlare)+r.begins(k, cBasics)+r.begins(k, cLightTask)+r.begins(k, cWorse) > 0 || r.legPain(k) {
				return false
			}
			if !loose && words < 2 && (r.is(k, "it") || r.is(k, "that") || r.is(k, "i") || r.is(k, "im") || r.is(k, "eso") || r.is(k, "ello")) {
				named = false
				words = -maxSentence
			}
			words++
			named = named || loose && words == 1 && r.isPossessive(k) || r.begins(k, cOtherCause)+r.begins(k, cOutsideCause)+r.begins(k, cOtherBody)+r.begins(k, cAilment) > 0
		}
		if named || !loose && words > 0 {
			return true
		}
	}
	return false
}

var cOwnCause = lexicon.Must("own_cause") // "because bed is out of the question"

// sinceWhen says whether "since" before token i tells a time and no cause.
func (r *reading) sinceWhen(i int) bool {
	when, _ := r.timeAt(i)
	_, figure := r.figureStarting(i)
	return when != "" || figure || r.begins(i, cWeekday) > 0 || r.begins(i, cMonth) > 0
}

// isPossessive tells "my" from an article.
func (r *reading) isPossessive(k int) bool {
	if k < 0 || k >= len(r.toks) {
		return false
	}
	switch r.key(k) {
	case "my", "our", "his", "her", "their", "mi", "su", "nuestra", "nuestro":
		return true
	}
	return false
}
