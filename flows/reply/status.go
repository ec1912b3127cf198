package reply

import "backstop/flows/reply/lexicon"

var (
	cGoodNegated  = lexicon.Must("good_negated")
	cBetter       = lexicon.Must("comparative_good")
	cWorse        = lexicon.Must("worse")
	cWorseDenied  = lexicon.Must("worse_denied")
	cMildWorse    = lexicon.Must("mild_worse")
	cWorstEver    = lexicon.Must("worst_ever")
	cMuch         = lexicon.Must("much_word")
	cVengeance    = lexicon.Must("vengeance")
	cFlareSoft    = lexicon.Must("flare_soft")
	cFlareOut     = lexicon.Must("flare_out")
	cBladder      = lexicon.Must("bladder")
	cPeeWord      = lexicon.Must("pee_word")
	cCancer       = lexicon.Must("cancer")
	cStatusOther  = lexicon.Must("status_other")
	cOtherSubject = lexicon.Must("other_subject")
)

// status is what the text says of how the back is.
type status struct {
	flare, noFlare  bool
	good, better    bool
	well            bool // good in itself, not only better than before
	betterNow       bool // said outright: "so it is better"
	worse, muchMore bool
	notWorse        bool
	any             bool // some word of status, also a vague one
}

// readStatus gathers the words of flare, better and worse.
func (r *reading) readStatus() status {
	var s status
	for _, h := range r.hits {
		switch h.Concept {
		case cFlare:
			r.readFlare(h, &s)
		case cGood, cBetter:
			if r.okOpens(h) || r.namesNumber(h) || r.ofTheDay(h) {
				continue
			}
			if good := r.saysGood(h); good && (r.easedInWindow(h) || r.ironic(h)) {
				s.any = true
			} else if good {
				s.good = true
				s.better = s.better || h.Concept == cBetter
				s.betterNow = s.betterNow || r.saysBetter(h)
				s.well = s.well || h.Concept == cGood && r.begins(int(h.From), cBetter) == 0
				s.any = true
				r.note("flare: false", int(h.From), int(h.To), "the back is well")
			}
		case cWorse, cVengeance, cWorstEver:
			r.readWorse(h, &s)
		case cWorseDenied:
			s.notWorse, s.any = true, true
		case cGoodNegated:
			s.any = s.any || r.negatesItself(h) && !r.foreign(h)
		case cStatusOther:
			if r.plain(h) && !r.foreign(h) && !r.overlapped(h, cGoodNegated) || r.negatesItself(h) {
				s.any = true
			}
		}
	}
	if s.good && !s.better && r.mixedDays() {
		s.good, s.well = false, false // "not great, not terrible", "unos días bien, otros no"
	}
	if r.asked == AskedFlareCheck && !s.flare && r.saysOver() {
		s.noFlare, s.any = true, true // "it passed", "it was, but its over"
	}
	return s
}

// saysOver says whether a clause says no more than that it is over.
func (r *reading) saysOver() bool {
	_, ok := r.find(cFlareEnds, func(h lexicon.Hit) bool {
		if !r.plain(h) || r.flags[h.From]&impossible != 0 {
			return false
		}
		for j := r.startOfClause(int(h.From)); j < int(h.From); j++ {
			if r.begins(j, cAnaphor)+r.begins(j, cBut)+r.begins(j, cFillerWord)+r.begins(j, cJoiner) == 0 && !r.mark(j) {
				return false
			}
		}
		end := int(h.To)
		when := r.begins(end, cDay)+r.begins(end, cStopManner) > 0 || r.is(end, "yesterday") || r.is(end, "ayer") || r.is(end, "last")
		return when || end == r.endOfClause(end-1) || r.mark(end)
	})
	return ok
}

// okOpens says whether "ok" only opens what is said: "ok so a 4", "ok un cuatro".
func (r *reading) okOpens(h lexicon.Hit) bool {
	i := int(h.From)
	if i != 0 || h.To != 1 || !r.is(i, "ok") && !r.is(i, "okay") {
		return false
	}
	for i++; i < 4 && (r.is(i, "so") || r.is(i, "un") || r.is(i, "a") || r.is(i, "de") || r.begins(i, cApprox) == i+1); i++ {
	}
	_, figure := r.figureStarting(i)
	return figure
}

// onlyAcks says whether all that is good is an "ok" that opens the text: "ok thats enough
// texts from u".
func (r *reading) onlyAcks() bool {
	_, ok := r.find(cGood, func(h lexicon.Hit) bool {
		return h.From > 0 || !r.is(0, "ok") && !r.is(0, "okay") && !r.is(0, "bueno")
	})
	return !ok && !r.any(cBetter)
}

// goodTakenBack says whether what was called good is put right: "good, well not so good".
func (r *reading) goodTakenBack() bool {
	_, ok := r.find(cGoodNegated, func(h lexicon.Hit) bool {
		i := int(h.From) - 1
		return r.is(i, "bueno") || r.is(i, "well") || r.is(i, "ok") || r.is(i, "actually") || r.is(i, "or") || r.is(i, "pues") || r.is(i, ",") && (r.is(i-1, "bueno") || r.is(i-1, "well"))
	})
	return ok
}

func (r *reading) readFlare(h lexicon.Hit, s *status) {
	i := int(h.From)
	flags := r.flags[i]
	recalls := r.asked == AskedRelapse || r.asked == AskedWeekly
	switch {
	case flags&(hypothetical|someoneElse|idiomatic) != 0 || r.flaresElsewhere(h) || r.questionClause(h) && !r.any(cBack):
		return
	case r.asked == AskedFlareCheck && r.opens(cUnsure):
		s.any = true
		return
	case r.covered(i, cPseudoNegation) && flags&negated == 0:
		return
	case flags&past != 0 && !recalls:
		return
	case r.begins(i, cFlareOut) == int(h.To) && !r.backBefore(i), r.begins(i, cFlareSoft) == int(h.To):
		return
	}
	s.any = true
	if r.fearedBefore(i) && r.turnedOutNot(int(h.To)) {
		s.noFlare = true // "thought it was gonna flare but nope"
		return
	}
	if r.opens(cNo) && recalls && r.speaksOf(cEnded, int(h.To), r.endOfClause(i)) {
		s.noFlare = true // "no, the flare ups stopped"
		return
	}
	if !recalls && flags&negated == 0 && r.endedAfter(int(h.To)) {
		s.noFlare = true // "flare ended last night, 1 now"
		return
	}
	if k, ok := r.endsFigure(i); ok && r.figures[k].value == 0 && recalls {
		s.noFlare = true // "0 flares"
		return
	}
	if flags&negated != 0 || r.is(i-1, "nothing") || r.is(i-1, "nada") {
		s.noFlare = true
		return
	}
	s.flare = true
	r.note("flare: true", i, int(h.To), "a word for a flare")
}

// endedAfter says whether what is named before token i is said to have ended: "flare is
// over", "the spasm finally let go", but neither "the flare has not ended" nor "flared when
// the session ended".
func (r *reading) endedAfter(i int) bool {
	for j := i; j < r.endOfClause(i-1) && j < i+endedReach; j++ {
		if r.begins(j, cFlareEnds) > 0 {
			return r.flags[j]&(negated|impossible|hypothetical) == 0
		}
		if r.begins(j, cStopper)+r.begins(j, cSubordinate)+r.begins(j, cPreposition) > 0 {
			return false
		}
	}
	return false
}

// endedReach is how many words may stand between a flare and its end.
const endedReach = 4

var cFlareEnds = lexicon.Must("flare_ends")

// fewHad finds "had a couple" at the start of an answer.
func (r *reading) fewHad() bool {
	i := r.skipGreeting()
	return (r.is(i, "had") || r.is(i, "tuve") || r.is(i, "been")) && r.begins(i+1, cFewCount)+r.begins(i+2, cFewCount) > 0
}

// fearedBefore says whether a flare at i was only expected: "thought it was gonna flare".
func (r *reading) fearedBefore(i int) bool {
	return r.speaksOf(cFeared, r.startOfSentence(i), i)
}

// turnedOutNot says whether a "but" and a "no" follow token i in its sentence.
func (r *reading) turnedOutNot(i int) bool {
	for j := i; j < r.endOfSentence(max(i-1, 0)); j++ {
		if r.begins(j, cBut) > 0 || r.mark(j) {
			return r.begins(j+1, cNo)+r.begins(j+1, cNegate)+r.begins(j+2, cNegate) > 0
		}
	}
	return false
}

var cFeared = lexicon.Must("feared")

// flaresElsewhere says whether what flared, seized or was thrown out is another
// part of the body or a thing: "my eczema flared up", "threw out the old couch".
func (r *reading) flaresElsewhere(h lexicon.Hit) bool {
	start, end := r.startOfClause(int(h.From)), min(r.endOfClause(int(h.To)-1), int(h.To)+5)
	for j := start; j < end; j++ {
		if r.begins(j, cBack) > 0 {
			return false
		}
	}
	for j := start; j < end; j++ {
		if r.begins(j, cFlaresToo) > 0 && (j < int(h.From) || r.begins(j-1, cPreposition) == 0 && !r.is(j-1, "del")) || r.begins(j, cOtherBody) > 0 && !r.legPain(j) && !r.handled(j) && r.begins(j, cLegs) == 0 {
			return true
		}
	}
	return false
}

var (
	cFlaresToo = lexicon.Must("flares_too")
	cUnlike    = lexicon.Must("unlike")
	cEnded     = lexicon.Must("ended_word")
)

// backBefore says whether "back" or "it" stands just before "went out".
func (r *reading) backBefore(i int) bool {
	for j := i - 1; j >= 0 && i-j <= 4; j-- {
		if r.begins(j, cBack) > 0 || r.is(j, "it") || r.is(j, "its") {
			return true
		}
	}
	return false
}

var (
	cGoodNoun  = lexicon.Must("good_noun")
	cSameThing = lexicon.Must("same_thing")
)

func (r *reading) plainOrResolved(h lexicon.Hit) bool {
	return r.flags[h.From]&(negated|hypothetical|someoneElse) == 0 || r.flags[h.From]&(hypothetical|someoneElse) == 0 && r.negatesItself(h)
}

// negatesItself says whether the phrase brings its own negation ("no complaints").
func (r *reading) negatesItself(h lexicon.Hit) bool { return r.begins(int(h.From), cNegate) > 0 }

// overlapped says whether a phrase of c that covers h begins at most three
// tokens before it.
func (r *reading) overlapped(h lexicon.Hit, c lexicon.Concept) bool {
	for back := range 4 {
		if end := r.begins(int(h.From)-back, c); end > int(h.From) && end >= int(h.To) {
			return true
		}
	}
	return false
}

// foreign says whether the clause of h speaks of something else than the back:
// another part of the body, the bladder, the session.
func (r *reading) foreign(h lexicon.Hit) bool {
	start, end := r.startOfClause(int(h.From)), r.endOfClause(int(h.From))
	if i := int(h.From); r.is(i-1, "feel") && r.is(i-2, "i") || r.is(i-1, "im") || r.is(i-1, "siento") && r.is(i-2, "me") {
		return false // "put 95 on the bar and today I feel as good as new"
	}
	other := false
	for j := start; j < end; j++ {
		switch {
		case r.begins(j, cBack) > 0:
			return false
		case j >= int(h.From) && j < int(h.To): // "a hair better"
		case r.flags[j]&idiomatic != 0 && (r.is(j, "eyes") || r.is(j, "ojos")): // "since i opened my eyes"
		case r.begins(j, cOtherBody)+r.begins(j, cBody)+r.begins(j, cTiptoe) > 0 && !r.legPain(j), r.begins(j, cBladder)+r.begins(j, cPee)+r.begins(j, cPeed) > 0, j < int(h.From) && r.begins(j, cOtherSubject) > 0:
			other = true
		}
	}
	return other || r.foreignBefore(start, int(h.From))
}

// foreignBefore looks at the clause before, when this one only refers to it:
// "my foot was numb but thats normal now", "did 3x5, felt good".
func (r *reading) foreignBefore(start, at int) bool {
	for j := start; j < at; j++ {
		if r.begins(j, cAnaphor)+r.begins(j, cBut)+r.begins(j, cFillerWord)+r.begins(j, cFeel) == 0 && !r.mark(j) {
			return false
		}
	}
	last := start - 1
	for last >= 0 && r.mark(last) {
		last--
	}
	if last < 0 || r.sent[last] != r.sent[start] {
		return false
	}
	other, symptom := false, at > start
	for j := r.startOfClause(last); j <= last; j++ {
		if r.begins(j, cBack)+r.begins(j, cPain) > 0 {
			return false
		}
		k, figure := r.figureStarting(j)
		symptom = symptom || r.symptomAt(j)
		other = other || r.begins(j, cOtherBody) > 0 && !r.legPain(j) || figure && r.figures[k].claim == claimLift
	}
	return other && symptom
}

var cPee = lexicon.Must("pee")

func (r *reading) readWorse(h lexicon.Hit, s *status) {
	i := int(h.From)
	if !r.plain(h) || r.overlapped(h, cWorseDenied) || r.foreign(h) && !r.overlapped(h, cMildWorse) {
		return
	}
	if h.Concept == cWorse && (r.is(i, "worst") || r.is(i, "the") && r.is(i+1, "worst") || r.is(i, "peor") && r.superlative(i)) && r.nearFigure(i) {
		return
	}
	s.any = true
	if r.overlapped(h, cMildWorse) && (h.Concept != cWorse || !r.muchNear(h)) {
		s.worse = true
		return
	}
	s.worse = true
	if h.Concept != cWorse || r.muchNear(h) {
		s.muchMore = true
		r.note("flare: true", i, int(h.To), "clearly worse")
	}
}

// superlative says whether "peor" at i is "the worst" rather than "worse".
func (r *reading) superlative(i int) bool {
	switch r.keyOr(i - 1) {
	case "el", "la", "lo", "al", "su":
		return true
	}
	switch r.keyOr(i + 1) {
	case "fue", "es", "era", "un", "dia":
		return true
	}
	return i == 0
}

// nearFigure says whether "worst" only names a number ("worst was 3").
func (r *reading) nearFigure(i int) bool {
	for j := i - 3; j < i+8; j++ {
		if _, ok := r.figureStarting(j); ok {
			return true
		}
	}
	return false
}

func (r *reading) muchNear(h lexicon.Hit) bool {
	for j := int(h.From) - 3; j < int(h.To)+2; j++ {
		if j < 0 || j >= len(r.toks) || j >= int(h.From) && j < int(h.To) || r.clause[j] != r.clause[h.From] {
			continue
		}
		if r.begins(j, cMuch) > 0 && r.flags[j]&negated == 0 {
			return true
		}
	}
	return false
}

// mostFlares is the highest number of flare-ups that may follow a "no".
const mostFlares = 10

// flareOf settles the flare: true, false or not stated.
func (r *reading) flareOf(s status, out *Reply) *bool {
	if r.asksMeaning() || r.any(cHeardOnly) && r.only(cHeardOnly, cAck, cThanks, cGreeting, cCourtesy, cWeekday) {
		return nil // "ok see you then" says nothing of the back
	}
	yes, no := true, false
	asksFlare := r.asked == AskedFlareCheck || r.asked == AskedRelapse
	recovered := r.asked == AskedWeekly && s.good && !s.better && out.Pain != nil && *out.Pain > 0 && r.goodOnlyNow()
	switch {
	case s.noFlare && asksFlare && r.opens(cNo) && r.deniedFirst():
		return &no // "no, its grouchy but no flare, i know a flare"
	case out.Interference == InterferenceSevere, s.flare, asksFlare && out.Yes != nil && *out.Yes && !(r.any(cFlareSoft) && r.asked == AskedRelapse && out.Interference != InterferenceSome):
		return &yes
	case r.asked == AskedRelapse && r.any(cFlareSoft) && !s.noFlare && (out.Count == nil || *out.Count > 0):
		return nil
	case s.muchMore && !s.better, s.worse && out.Interference == InterferenceSome:
		return &yes
	case r.asked == AskedRelapse && (out.Count != nil && *out.Count > 0 && !(out.Yes != nil && !*out.Yes && *out.Count > mostFlares) || r.opens(cFewCount) || r.fewHad()):
		return &yes
	case s.noFlare, asksFlare && out.Yes != nil, r.asked == AskedRelapse && out.Count != nil:
		return &no
	case r.asked == AskedWorkdays:
		return nil
	case s.notWorse:
		return &no
	case s.worse || recovered:
		return nil
	case s.better && !s.well && !s.betterNow && r.asked == AskedEvening && len(r.ratings) > 1 && out.Pain != nil && *out.Pain > 0:
		return nil // down in the course of the evening
	case s.good && r.goodTakenBack():
		return nil
	case s.good && !r.onTopic(), s.good && len(out.RedFlags) > 0 && !r.goodOfBack():
		return nil
	case s.good || out.Pain != nil && *out.Pain == 0:
		return &no
	}
	return nil
}

// sameSaid says whether a rating is called the usual: "4, same as usual".
func (r *reading) sameSaid() bool {
	_, ok := r.find(cGood, func(h lexicon.Hit) bool {
		_, before := r.endsFigure(int(h.From))
		_, after := r.figureStarting(int(h.To))
		return r.begins(int(h.From), cWhole) > 0 && (before || after || r.mark(int(h.From)-1) || r.is(int(h.From)-1, "my") || r.is(int(h.From)-1, "mi"))
	})
	return ok
}

var cImBetter = lexicon.Must("im_better")

// ratedSelf says whether a number of pain above zero was taken.
func (r *reading) ratedSelf() bool {
	for _, x := range r.ratings {
		if x.used && x.value > 0 {
			return true
		}
	}
	return false
}

// onTopic says whether "good" or "fine" can be said of the back: it was asked
// for, or the back, pain or a feeling is named.
func (r *reading) onTopic() bool {
	if r.asked == AskedHomework && len(r.ratings) > 0 && (r.sameSaid() || r.betterThan()) {
		return true
	}
	if r.asked == AskedNone && r.ratedSelf() {
		return true
	}
	switch r.asked {
	case AskedNone, AskedHomework, AskedTravelPre, AskedConsent, AskedWhich, AskedScore, AskedInterference:
		return r.any(cBack, cPain, cFeel, cFlare) || r.asked == AskedNone && r.asserted(cImBetter)
	}
	return true
}
