package reply

import "backstop/flows/reply/lexicon"

// Marks that somebody of the patient's gives the pain beside the patient's own, in Spanish and mixed.

// kinsVerdict says whether somebody else is said to hold number k of the pain, beside the patient's
// own: "yo le doy 8 aunque mi nuera cree que es 5", "mi mom cree que nueve, i say 4". Alone it
// stays a rating.
func (r *reading) kinsVerdict(k int) bool {
	f := &r.figures[k]
	if len(r.figures) < 2 || f.value > 10 || r.proxy || !r.all.has(cHoldsVerdict) || !r.kinHolds(f) {
		return false
	}
	for j := max(0, k-nearFigures); j < k; j++ {
		g := &r.figures[j]
		if g.claim == unclaimed && g.value <= 10 && r.sent[g.from] == r.sent[f.from] && (r.mayRate(g) || r.begins(g.to, cOwnVerdict) > 0) && !r.kinHolds(g) {
			return true
		}
	}
	return r.ownVerdictAfter(k)
}

// ownVerdictAfter says whether the next number is put as the patient's own: "i say 4", "but es un 7".
func (r *reading) ownVerdictAfter(k int) bool {
	if k+1 >= len(r.figures) || r.figures[k+1].value > 10 || r.kinHolds(&r.figures[k+1]) {
		return false
	}
	own := false
	for i := r.figures[k].to; i < r.figures[k+1].from; i++ {
		own = own || r.begins(i, cBut) > 0 || r.is(i, "yo") || r.is(i, "i") || r.is(i, "id") || r.is(i, "mia") || r.begins(i, cOwnVerdict) > 0
	}
	return own
}

// kinHolds says whether a verb of opinion whose subject is somebody of the patient's leads to the number.
func (r *reading) kinHolds(f *figure) bool {
	for i := f.from - 1; i > 0 && f.from-i <= verdictReach; i-- {
		if end := r.begins(i, cHoldsVerdict); end > 0 && end <= f.from {
			return r.kinSubjectAt(i)
		}
		if !r.leadsOn(i) && !r.is(i, "que") && !r.is(i, "q") && !r.is(i, "es") && !r.is(i, "en") && !r.is(i, "its") && !r.covered(i, cHoldsVerdict) {
			return false
		}
	}
	return false
}

// verdictReach is how many words may stand from the verb of a verdict to its number.
const verdictReach = 7

// kinSubjectAt says whether somebody of the patient's is named as the subject right before token i.
func (r *reading) kinSubjectAt(i int) bool {
	for back := 1; back <= 2; back++ {
		j := i - back
		if r.begins(j, cOtherPerson)+r.begins(j, cKinWord)+r.begins(j, cKinSubject) > 0 && (r.isPossessive(j-1) || r.is(j-1, "la") || r.is(j-1, "el")) {
			return r.begins(j-2, cPreposition) == 0
		}
	}
	return false
}

var (
	cHoldsVerdict = lexicon.Must("holds_verdict") // "cree", "says", "me ve como"
	cOwnVerdict   = lexicon.Must("own_verdict")   // "digo yo", "para mí"
)
