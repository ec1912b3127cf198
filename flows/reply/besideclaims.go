package reply

import "backstop/flows/reply/lexicon"

// besideClaim is what number k is when it stands beside the pain's own: another's mark, a date, a
// part done, or what is said not to be the number.
func (r *reading) besideClaim(k int) claim {
	f := &r.figures[k]
	switch {
	case r.restRated(k):
		return claimDuration
	case r.namesScaleEnd(f):
		return claimScale
	case r.visitDate(f), r.slashedDate(k), r.ordinalDay(f):
		return claimDate
	case r.doseHour(k), r.visitHour(k), r.textBackHour(f), r.deskHours(k):
		return claimClock
	case r.doneOf(k), r.machineSet(f), r.thousands(k), r.lessThanBefore(k), r.besideRain(f), r.inName(f), r.oneSufferer(f),
		r.gameScore(k), r.sessionNumber(f):
		return claimCount
	case r.othersOpinion(k), r.reviews(k):
		return claimElsewhere
	case r.notTheNumber(k):
		return claimDenied
	}
	if c := r.offhandClaim(k); c != unclaimed {
		return c
	}
	return r.rangeOfUnits(k)
}

// textBackHour says whether the number is the hour for a text: "text me back after 7".
func (r *reading) textBackHour(f *figure) bool {
	at := f.from - 1
	if f.outOfTen || f.value < 1 || f.value > lastHour || !r.is(at, "after") && !r.is(at, "before") && !r.is(at, "by") && !r.is(at, "at") {
		return false
	}
	return r.ends(at-1, cTextBack)
}

// besideRain says whether the number is how warm it is: "rainy and 8 here".
func (r *reading) besideRain(f *figure) bool {
	if f.outOfTen || !r.all.has(cWeatherAdj) || !r.is(f.to, "here") && !r.is(f.to, "outside") && !r.is(f.to, "out") && !r.is(f.to, "degrees") {
		return false
	}
	at := f.from - 1
	return r.begins(at, cJoiner) > 0 && r.ends(at-1, cWeatherAdj) || r.begins(f.to+1, cJoiner) > 0 && r.begins(f.to+2, cWeatherAdj) > 0
}

// gameScore says whether the number opens the score of a game that is told to have ended: "lost our
// game 21-7". It takes both.
func (r *reading) gameScore(k int) bool {
	f := &r.figures[k]
	if f.outOfTen || k+1 >= len(r.figures) || !r.ends(f.from-1, cGameEnds) || !r.is(f.to, "-") && !r.is(f.to, "to") {
		return false
	}
	g := &r.figures[k+1]
	if g.from != f.to+1 || g.outOfTen || !r.digits(f) || r.painSubject(f) {
		return false
	}
	g.claim = claimCount
	return true
}

// sessionNumber says whether the number tells which session it was, and one of pain follows:
// "session three was like a 4".
func (r *reading) sessionNumber(f *figure) bool {
	return !f.outOfTen && r.is(f.from-1, "session") && r.begins(f.to, cCopula) > 0 && r.figureWithin(f.to+1, f.to+4)
}

// oneSufferer says whether "one" only counts the patient or the back: "one sore back over here".
func (r *reading) oneSufferer(f *figure) bool {
	if !r.is(f.from, "one") || r.begins(f.to, cStatusOther)+r.begins(f.to, cPain) == 0 {
		return false
	}
	return r.begins(f.to+1, cBack) > 0 || r.begins(f.to+1, cSufferer) > 0
}

// placeFor tells what part a number is for, where that is said right behind it: "no pain in the
// back, a 4 for the right hip", "a 10 for the elbow n a 3 for the back".
func (r *reading) placeFor(f *figure) (claim, bool) {
	if !r.is(f.to, "for") {
		return unclaimed, false
	}
	for i := f.to + 1; i <= f.to+4 && i < len(r.toks) && r.clause[i] == r.clause[f.from]; i++ {
		switch {
		case r.begins(i, cBack) > 0:
			return unclaimed, true
		case r.begins(i, cOtherBody) > 0 && !r.legPain(i) && !r.namesExercise(i):
			end := r.begins(i, cOtherBody)
			return claimElsewhere, !r.andBack(end) && (r.backNamedBefore(f.from) || r.backToldApart(f, end))
		}
	}
	return unclaimed, false
}

// sideRated says whether the number is one side's and another number the other's: "left side 4
// right side 9", "right side is a 7 left side is a 3".
func (r *reading) sideRated(f *figure) bool {
	side := r.sideBefore(f)
	if side == "" {
		return false
	}
	k := int(r.figureFrom[f.from]) - 1
	for _, j := range [2]int{k - 1, k + 1} {
		if j >= 0 && j < len(r.figures) {
			if other := r.sideBefore(&r.figures[j]); other != "" && other != side {
				return true
			}
		}
	}
	return false
}

// sideBefore is the word of the side that leads to a number, empty if none does.
func (r *reading) sideBefore(f *figure) string {
	for i := f.from - 1; i >= 0 && f.from-i <= leadReach; i-- {
		if r.begins(i, cSide) > 0 {
			return r.key(i)
		}
		if r.begins(i, cHedge)+r.begins(i, cArticle)+r.begins(i, cApprox) == 0 && !r.is(i, "side") {
			return ""
		}
	}
	return ""
}

var (
	cSufferer   = lexicon.Must("sufferer") // "guy"
	cTextBack   = lexicon.Must("text_back")
	cWeatherAdj = lexicon.Must("weather_adj") // "rainy"
)

// sided says whether the number that begins at token from is one of two sides.
func (r *reading) sided(from int) bool {
	k, ok := r.figureStarting(from)
	return ok && r.all.has(cSide) && r.sideRated(&r.figures[k])
}
