package reply

import "backstop/flows/reply/lexicon"

// shortNight is how few hours of sleep the back is blamed for.
const shortNight = 5

// wokenByIt finds a night that the back cut up: hours at which one was up, or how
// few were slept, and the back or "it" as the cause.
func (r *reading) wokenByIt() bool {
	if !r.any(cRises, cSlept) {
		return false
	}
	for i := range r.toks {
		if r.begins(i, cRises)+r.begins(i, cSlept) == 0 || r.flags[i]&(negated|hypothetical|someoneElse|past) != 0 {
			continue
		}
		night := false
		for j := i + 1; j < len(r.toks) && r.sent[j] == r.sent[i]; j++ {
			if k, ok := r.figureStarting(j); ok {
				f := &r.figures[k]
				night = night || r.begins(i, cRises) > 0 && f.claim == claimClock || r.begins(i, cSlept) > 0 && f.claim == claimDuration && f.value <= shortNight && j <= i+4
			}
			end := r.begins(j, cCauseMark)
			if !night || end == 0 || r.looseCause(j) && !r.is(j, "por") && !r.is(j, "from") && !(r.is(j, "with") && r.is(end, "it")) {
				continue
			}
			for k := end; k < end+4 && k < len(r.toks) && r.clause[k] == r.clause[j]; k++ {
				if r.is(k, "it") || r.begins(k, cBack)+r.begins(k, cPain) > 0 {
					r.note("interference: some", i, k+1, "a night cut up")
					return true
				}
			}
		}
	}
	return false
}

var cSlept = lexicon.Must("slept_word")
