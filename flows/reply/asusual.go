package reply

import (
	"strings"

	"backstop/flows/reply/lexicon"
)

// What was done as on any other day.

var (
	cAsUsual = lexicon.Must("as_usual")
	cNoDeed  = lexicon.Must("no_deed") // "complaining as usual"
)

// deedAsUsual finds a deed that was done as on any other day: "been framing walls since six like
// every other day", "en la cocina desde las 5 como de costumbre".
func (r *reading) deedAsUsual() bool {
	if !r.any(cAsUsual) || r.asked == AskedHomework || r.asked == AskedTravelPre || !r.backIsCause(false) || r.any(cNoJob) {
		return false
	}
	h, ok := r.find(cAsUsual, func(h lexicon.Hit) bool {
		start, deed := r.startOfClause(int(h.From)), false
		if !r.plain(h) {
			return false
		}
		for j := start; j < int(h.From); j++ {
			if r.begins(j, cPain)+r.begins(j, cFeel)+r.begins(j, cNoDeed)+r.begins(j, cNegate)+r.begins(j, cUnable) > 0 || r.symptomAt(j) {
				return false
			}
			deed = deed || r.begins(j, cTask)+r.begins(j, cWorkplace)+r.begins(j, cAtWork) > 0 || doingWord(r.key(j))
		}
		return deed
	})
	if ok {
		r.note("interference: none", int(h.From), int(h.To), "done as ever")
	}
	return ok
}

// doingWord says whether a word tells of something that is being done: "welding", "vendiendo".
func doingWord(key string) bool {
	return len(key) > 6 && (strings.HasSuffix(key, "ing") || strings.HasSuffix(key, "ando") || strings.HasSuffix(key, "iendo"))
}
