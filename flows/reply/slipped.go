package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

// Numbers that were sent by a slip, told as a limit, or put on a scale that is not one of pain.

// sentWrong says whether number k is one that was sent by a slip and the next tells what it should
// have been: "puse 9 y era 4", "I typed 8 but its a 3", "meant to put 3 and put 8".
func (r *reading) sentWrong(k int) bool {
	if !r.all.has(cTyped) {
		return false
	}
	if k > 0 && r.typedBefore(&r.figures[k], cTyped) && r.typedBefore(&r.figures[k-1], cMeantTo) {
		return r.figures[k].from-r.figures[k-1].to <= slipReach
	}
	if k+1 >= len(r.figures) || r.figures[k+1].value > 10 || !r.typedBefore(&r.figures[k], cTyped) || r.typedBefore(&r.figures[k], cMeantTo) {
		return false
	}
	f, g := &r.figures[k], &r.figures[k+1]
	at := g.from - 1
	if r.begins(at, cArticle) == g.from {
		at--
	}
	return g.from-f.to <= slipReach && at >= f.to && r.ends(at, cTrulyIs)
}

// slipReach is how many words may stand between a number and what it should have been.
const slipReach = 7

// typedBefore says whether a phrase of c leads to the number, an article between.
func (r *reading) typedBefore(f *figure, c lexicon.Concept) bool {
	at := f.from - 1
	if r.begins(at, cArticle) == f.from || r.is(at, "the") || r.is(at, "el") {
		at--
	}
	return r.ends(at, c)
}

var (
	cTyped   = lexicon.Must("typed_it") // "puse", "I typed"
	cMeantTo = lexicon.Must("meant_to_type")
	cTrulyIs = lexicon.Must("truly_is") // "y era", "but its"
)

// toldLimit says whether number k is what somebody said is allowed, beside the patient's own:
// "hasta 5 está permitido, yo tengo 2", "you said stay under 5, I got to 3".
func (r *reading) toldLimit(k int) bool {
	f := &r.figures[k]
	if !r.any(cToldMe, cAllowed) || f.outOfTen || r.painSubject(f) || !r.figuresOwn(k) {
		return false
	}
	told := r.speaksOf(cToldMe, r.startOfSentence(f.from), f.from)
	limit := r.typedBefore(f, cLimitLead)
	return limit && (told || r.begins(f.to, cAllowed) > 0) || told && r.begins(f.to, cAllowed) > 0
}

// besideLimit says whether the number is the patient's own after a limit that somebody told: "si
// pasa de 5 pare, yo ando en 6".
func (r *reading) besideLimit(f *figure) bool {
	k := int(r.figureFrom[f.from]) - 2
	if k < 0 || r.figures[k].claim != claimDenied || r.clause[r.figures[k].from] == r.clause[f.from] || !r.any(cToldMe, cAllowed) {
		return false
	}
	return r.speaksOf(cFirstPerson, r.startOfClause(f.from), f.from) || r.speaksOf(cStandsAt, r.startOfClause(f.from), f.from)
}

var (
	cToldMe    = lexicon.Must("told_me")
	cAllowed   = lexicon.Must("allowed")
	cLimitLead = lexicon.Must("limit_lead") // "up to", "si pasa de"
)

// onOtherScale says whether number k is on a scale of something else, beside one of pain: "10 on
// the sexy scale, 1 on the pain scale".
func (r *reading) onOtherScale(k int) bool {
	if !r.all.has(cScaleNoun) || len(r.figures) < 2 || r.scaleOf(&r.figures[k]) != scaleOther {
		return false
	}
	for j := max(0, k-nearFigures); j < min(k+nearFigures, len(r.figures)); j++ {
		if g := &r.figures[j]; j != k && g.value <= 10 && (r.scaleOf(g) == scalePain || r.painNamed(g) || r.painBehind(g)) {
			return true
		}
	}
	return false
}

// What a scale that is named beside a number measures.
const (
	scaleNone = iota
	scaleOther
	scalePain
)

// scaleOf tells what the scale measures that is named behind the number or before it: "on the
// pain scale", "en la escala del sueño", "grumpy scale 9".
func (r *reading) scaleOf(f *figure) int {
	if r.is(f.to, "on") || r.is(f.to, "in") || r.is(f.to, "en") {
		for i := f.to + 1; i <= f.to+4 && i < len(r.toks) && r.clause[i] == r.clause[f.from]; i++ {
			if end := r.begins(i, cScaleNoun); end > 0 && i > f.to+2 {
				return r.measures(i-1, f.to)
			} else if end > 0 && (r.is(end, "de") || r.is(end, "del") || r.is(end, "of")) {
				return r.measures(min(end+1, len(r.toks)-1), end)
			}
			if r.is(i, "la") && (r.is(i+1, "de") || r.is(i+1, "del")) && r.begins(i+2, cPain) > 0 {
				return scalePain
			}
		}
	}
	for i := f.from - 1; i > r.startOfClause(f.from) && f.from-i <= 3; i-- {
		if r.begins(i, cScaleNoun) > 0 {
			return r.measures(i-1, i-2)
		}
		if r.begins(i, cCopula)+r.begins(i, cArticle)+r.begins(i, cApprox) == 0 {
			break
		}
	}
	return scaleNone
}

// measures tells what the word at i, after token from, makes of a scale.
func (r *reading) measures(i, from int) int {
	switch {
	case r.begins(i, cPain)+r.begins(i, cPainWord)+r.begins(i, cBack) > 0:
		return scalePain
	case i <= from || r.toks[i].Kind == token.Number || r.is(i, "the") || r.is(i, "a") || r.is(i, "your") || r.is(i, "my") || r.is(i, "same") || r.is(i, "la") || r.is(i, "su"):
		return scaleNone
	}
	return scaleOther
}

var cScaleNoun = lexicon.Must("scale_noun")

// shiftHour says whether the number is an hour with its "a" or "p" typed on: "my 7a-7p".
func (r *reading) shiftHour(f *figure) bool {
	if !r.digits(f) || f.value < 1 || f.value > lastHour || f.to >= len(r.toks) || !r.toks[f.to].Glued {
		return false
	}
	return r.is(f.to, "p") || r.is(f.to, "a")
}

// fallsOn says whether rating i is one of a row that comes down to the last, which is how it
// stands now: "keeps dropping: 6, then 4, now 2".
func (r *reading) fallsOn(i int) bool {
	last := len(r.ratings) - 1
	if i >= last || last >= nearFigures || r.asked != AskedH48 && r.asked != AskedNextMorning && r.asked != AskedNone {
		return false
	}
	falls := r.speaksOf(cTrendDown, 0, r.ratings[0].from)
	if r.asked == AskedNextMorning && !falls {
		return false // the worst of this morning is asked for
	}
	falls = falls || r.ratings[last].when == whenNow
	for k := i; k < last; k++ {
		x, y := &r.ratings[k], &r.ratings[k+1]
		if y.value > x.value || x.zero || y.zero || r.sent[x.from] != r.sent[y.from] {
			return false
		}
		for j := x.to; j < y.from; j++ {
			if r.is(j, "then") || r.is(j, "luego") || r.is(j, "despues") {
				falls = true
				continue
			}
			when, _ := r.timeAt(j)
			if !r.mark(j) && when == "" && r.begins(j, cJoiner)+r.begins(j, cArticle)+r.begins(j, cFillerWord) == 0 {
				return false
			}
		}
	}
	return falls
}

var cTrendDown = lexicon.Must("trend_down") // "keeps dropping", "va bajando"

// notTheClock says whether a number that reads like an hour is said to be one of pain: "woke up at
// 3. pain I mean, not oclock".
func (r *reading) notTheClock(f *figure) bool {
	if !r.all.has(cNotClock) || f.value > 10 {
		return false
	}
	for i := f.to; i <= f.to+2; i++ {
		if r.begins(i, cNotClock) > 0 {
			return true
		}
	}
	return false
}

var cNotClock = lexicon.Must("not_clock")

// weekdaysAgo says whether the number counts days of the week: "two fridays ago", "hace dos viernes".
func (r *reading) weekdaysAgo(f *figure) bool {
	end := r.begins(f.to, cWeekday)
	if end == 0 || f.value < 2 || f.outOfTen {
		return false
	}
	return r.is(end, "ago") || r.is(end, "back") || r.is(end, "running") || r.is(f.from-1, "hace") || r.is(f.from-1, "since")
}

// afterDaysAgo says whether the clause tells before the number of a day that is long over, and
// another number follows: "two mondays ago it was 6, this week 3".
func (r *reading) afterDaysAgo(f *figure) bool {
	k := int(r.figureFrom[f.from]) - 2
	if k < 0 || k+2 >= len(r.figures) || r.figures[k].claim != claimDate || r.clause[r.figures[k].from] != r.clause[f.from] {
		return false
	}
	return r.weekdaysAgo(&r.figures[k]) && !r.is(r.figures[k].from-1, "since") && !r.is(r.figures[k].from-1, "desde")
}
