package reply

import "backstop/flows/reply/lexicon"

// statedFirst finds what links the patient's own statement with what was to be watched for at
// token i: the "like" of "saddle area is numb like the sheet said to watch for". It is 0 where
// nothing is stated before, or only asked.
func (r *reading) statedFirst(i int) int {
	from, to := r.windowOf(lexicon.Sentence, i)
	if r.is(to-1, "?") || r.speaksOf(cIf, from, i) || r.speaksOf(cModal, from, i) {
		return 0
	}
	stated := false
	for j := from; j < i; j++ {
		if stated && r.linksTold(j) {
			return j
		}
		stated = stated || (r.symptomAt(j) || r.begins(j, cUnable) > 0) && r.statesAt(j, from)
	}
	return 0
}

// statesAt says whether what stands at token j is said to be so of the patient: "is numb", "I can't
// feel", "tengo dormida".
func (r *reading) statesAt(j, from int) bool {
	for k := max(from, j-3); k <= j; k++ {
		if r.begins(k, cCopula)+r.begins(k, cFirstPerson)+r.begins(k, cHasIt) > 0 || r.is(k, "tengo") || r.is(k, "siento") {
			return true
		}
	}
	return r.begins(j, cUnable) > 0 && j == from
}

// linksTold says whether token j leads from what is so to what was told of it.
func (r *reading) linksTold(j int) bool {
	switch r.key(j) {
	case "like", "as", "what", "which", "como", "lo", ",", "-", "...":
		return true
	}
	return false
}
