package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// Hours that no word of the clock stands beside.

// spokenMinutes finds "seven fifteen": an hour and its minutes in words.
func (r *reading) spokenMinutes(f *figure) bool {
	k := int(r.figureFrom[f.from]) - 1
	if k > 0 {
		if g := &r.figures[k-1]; g.to == f.from && g.claim == claimClock && f.word && f.value >= 10 {
			return true
		}
	}
	if !f.word || f.value > lastHour || f.value < 1 || k+1 >= len(r.figures) {
		return false
	}
	g := &r.figures[k+1]
	return g.from == f.to && g.word && (g.value == 15 || g.value == 20 || g.value == 30)
}

// wakingHours finds the hours of a night: "woke at 5 and 6 w the newborn", "stiff
// until about 9".
func (r *reading) wakingHours(f *figure) bool {
	if f.value > lastHour || f.value < 1 || f.outOfTen || !r.digits(f) {
		return false
	}
	at := f.from - 1
	if at > 0 && (r.is(at, "about") || r.is(at, "around") || r.is(at, "like")) {
		at-- // "until about 9"
	}
	if at < f.from-1 && (r.is(at, "until") || r.is(at, "till") || r.is(at, "til")) {
		return true
	}
	return r.is(f.from-1, "at") && r.ends(f.from-2, cRises) && (r.is(f.to, "and") || r.is(f.to, ",")) && r.toksNumber(f.to+1)
}

// intended finds the hour of what is yet to be done: "gonna hit it at 8 tonight".
func (r *reading) intended(f *figure) bool {
	at := f.from - 1
	if f.value > lastHour || f.outOfTen || !r.digits(f) || !r.is(at, "at") && !r.is(at, "around") && !r.is(at, "by") && !r.is(at, "como") && !r.is(at, "las") {
		return false
	}
	for j := at - 1; j >= r.startOfClause(f.from) && at-j <= 6; j-- {
		if r.begins(j, cIntends) > 0 {
			return !r.painSubject(f)
		}
	}
	return false
}

var cIntends = lexicon.Must("intends")

func (r *reading) toksNumber(i int) bool { return i < len(r.toks) && r.toks[i].Kind == token.Number }

var cRises = lexicon.Must("rises")
