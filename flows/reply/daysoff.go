package reply

import "backstop/flows/reply/lexicon"

var (
	cUnitDay   = lexicon.Must("unit_day")
	cWeekday   = lexicon.Must("weekday")
	cManyDays  = lexicon.Must("many_days")
	cFlareNoun = lexicon.Must("flare_noun")
)

const daysInWeek = 7

// daysOff returns the days missed or cut short because of the back, 0-7 when
// they were asked for.
func (r *reading) daysOff(out *Reply) *float64 {
	if r.asked == AskedWorkdays && r.asserted(cOtherCause) && r.any(cZeroBare) {
		zero := 0.0
		return &zero
	}
	if r.asked == AskedWorkdays && out.Yes != nil && !*out.Yes && r.any(cAtWork, cTask) && !r.missedSaid() && out.Interference != InterferenceSome {
		zero := 0.0
		return &zero // "none at all, worked 6 days"
	}
	if r.otherCause() {
		return nil
	}
	if r.asked == AskedWorkdays {
		if _, apart := r.daysForBack(); r.asksMeaning() || r.any(cNotTheBack) && !apart && !r.opensWithDays() {
			return nil
		}
		return r.askedDays(out)
	}
	if !r.missedSaid() {
		return nil
	}
	for k := range r.figures {
		f := &r.figures[k]
		if f.claim == claimDuration && r.begins(f.to, cUnitDay) > 0 {
			days := f.value
			return &days
		}
	}
	return nil
}

// saidOff reads the days that are called off ("5 on, 0 off") and the denials of
// any: "ni uno", "no days for the back", "didn't cancel a single shift".
func (r *reading) saidOff() (float64, bool) {
	if days, ok := r.daysForBack(); ok {
		return days, true
	}
	if k, ok := r.allDays(); ok && r.any(cAtWork) && !r.any(cMissedWork) {
		r.note("days_off: 0", r.figures[k].from-1, r.figures[k].to, "all days worked")
		return 0, true
	}
	for k := range r.figures {
		f := &r.figures[k]
		if f.value <= daysInWeek && (r.is(f.to, "off") || r.is(f.from-1, "off") && f.to == r.endOfClause(f.from)) {
			r.note("days_off: "+number(f.value), f.from, f.to, "days off")
			return f.value, true
		}
	}
	if k, ok := r.allDays(); ok && r.opens(cNo) {
		r.note("days_off: 0", r.figures[k].from-1, r.figures[k].to, "all days worked")
		return 0, true
	}
	if k, ok := r.fullCount(); ok && !r.missedSaid() {
		r.note("days_off: 0", r.figures[k].from, r.figures[k+1].to, "all days worked")
		return 0, true
	}
	for i := range r.toks {
		if r.is(i, "no") && r.begins(i+1, cUnitDay) > 0 && !r.any(cNoJob) || r.is(i, "ni") && (r.is(i+1, "uno") || r.is(i+1, "un")) {
			return 0, true
		}
	}
	missed := func(h lexicon.Hit) bool { return r.flags[h.From]&negated != 0 }
	_, none := r.find(cCutShort, missed)
	return 0, none && !r.missedSaid()
}

// daysForBack finds the days that are said to be the back's among others: "missed 2
// for jury duty, 0 for back", "por la espalda ninguno".
func (r *reading) daysForBack() (float64, bool) {
	for i := range r.toks {
		if r.begins(i, cBack) == 0 {
			continue
		}
		j := i - 1
		for r.is(j, "la") || r.is(j, "el") || r.is(j, "my") || r.is(j, "the") || r.is(j, "mi") {
			j--
		}
		if !r.is(j, "for") && !r.is(j, "por") && !r.is(j, "bc") {
			continue
		}
		if k, ok := r.endsFigure(j); ok && r.figures[k].value <= daysInWeek {
			return r.figures[k].value, true
		}
		if r.ends(j-1, cZeroBare) || r.begins(i+1, cZeroBare) > 0 {
			return 0, true
		}
		if k, ok := r.figureStarting(i + 1); ok && r.figures[k].claim == unclaimed && r.figures[k].value <= daysInWeek {
			return r.figures[k].value, true
		}
	}
	return 0, false
}

// fullCount finds the days that were all worked, counted out of as many: "5 for 5", but "5 of
// 5" only after a "no" or beside work.
func (r *reading) fullCount() (int, bool) {
	for k := 1; k < len(r.figures); k++ {
		f, g := &r.figures[k-1], &r.figures[k]
		if f.value != g.value || f.value == 0 || f.value > daysInWeek {
			continue
		}
		outOf := r.is(f.to, "of") || r.is(f.to, "out") || r.is(f.to, "de")
		if r.is(f.to, "for") && g.from == f.to+1 || outOf && g.from <= f.to+2 && (r.opens(cNo) || r.any(cAtWork, cTask)) {
			return k - 1, true
		}
	}
	return 0, false
}

// allDays finds "all 5 days", and where work is told of "all five", "los cinco", "each of the 5".
func (r *reading) allDays() (int, bool) {
	for k := range r.figures {
		f := &r.figures[k]
		if r.is(f.from-1, "all") && r.begins(f.to, cUnitDay) > 0 {
			return k, true
		}
		if _, worked := r.find(cAtWork, func(h lexicon.Hit) bool { return int(h.From) < f.from-1 || int(h.From) >= f.to }); f.value > daysInWeek || !worked {
			continue
		}
		day := f.to >= len(r.toks) || r.mark(f.to) || r.begins(f.to, cUnitDay)+r.begins(f.to, cShiftNoun)+r.begins(f.to, cJoiner)+r.begins(f.to, cAtWork) > 0 || r.is(f.to, "of")
		switch r.keyOr(f.from - 1) {
		case "all", "los", "mis", "todos":
			if day {
				return k, true
			}
		case "the", "my":
			if day && r.is(f.from-2, "of") && !r.toksNumber(f.from-3) && !r.is(f.from-3, "most") && !r.is(f.from-3, "out") {
				return k, true
			}
		}
	}
	return 0, false
}

func (r *reading) missedSaid() bool {
	_, ok := r.find(cMissedWork, func(h lexicon.Hit) bool {
		return r.flags[h.From]&(someoneElse|hypothetical|negated) == 0 && !r.overlapped(h, cAtWork) && !r.byOther(h) && r.begins(int(h.To), cHalfDay) == 0
	})
	return ok
}

func (r *reading) askedDays(out *Reply) *float64 {
	if days, ok := r.saidOff(); ok {
		return &days
	}
	for k := range r.figures {
		f := &r.figures[k]
		rated := false
		for _, x := range r.ratings {
			rated = rated || x.strong && x.from <= f.from && f.to <= x.to
		}
		if f.value > daysInWeek || rated || f.claim != unclaimed && r.begins(f.to, cUnitDay) == 0 && !r.outOfWeek(f) {
			continue
		}
		days := f.value
		r.note("days_off: "+number(days), f.from, f.to, "days asked for")
		return &days
	}
	zero, one := 0.0, 1.0
	switch {
	case out.Yes != nil && !*out.Yes, r.any(cZeroBare) && (!r.any(cNoJob) || r.opensWithNone()), r.is(0, "no") && r.begins(1, cUnitDay) > 0, out.Interference == InterferenceNone:
		return &zero
	case r.asserted(cOneDay):
		return &one
	case r.any(cWeekday) && r.any(cMissedWork), r.awayOn():
		return r.weekdays()
	case r.any(cManyDays) && !r.any(cAtWork, cNoJob):
		out.Interference = InterferenceSevere
	case r.any(cMissedWork) && out.Interference == InterferenceSevere:
		return r.weekdays()
	case r.cutForBack(), r.onlyWeekdays():
		return r.weekdays()
	}
	return nil
}

// outOfWeek finds the days of "missed 3 of 5".
func (r *reading) outOfWeek(f *figure) bool {
	_, of := r.figureStarting(f.to + 1)
	return of && r.is(f.to, "of")
}

// cutForBack says whether a day was cut short, and not for something else.
func (r *reading) cutForBack() bool {
	_, ok := r.find(cCutShort, func(h lexicon.Hit) bool { return r.plain(h) && !r.byOther(h) })
	return ok
}

// onlyWeekdays says whether the answer begins with the days that were missed:
// "tuesday and wednesday both".
func (r *reading) onlyWeekdays() bool {
	i := r.skipGreeting()
	if r.is(i, "just") || r.is(i, "only") || r.is(i, "solo") || r.is(i, "nomas") {
		i++
	}
	return r.begins(i, cWeekday) > 0 && !r.any(cAtWork, cCutShort, cOtherCause, cNotTheBack) && !r.isQuestion()
}

var (
	cOneDay   = lexicon.Must("one_day")
	cFewCount = lexicon.Must("few_count")
)

// weekdays counts the days of the week that are named, at least one.
func (r *reading) weekdays() *float64 {
	days := 0.0
	for i := range r.toks {
		if r.begins(i, cWeekday) > 0 {
			days++
		}
	}
	days = max(1, min(days, daysInWeek))
	return &days
}

// slashed says whether a number is half of a date: "ill bring the form on 12/3".
func (r *reading) slashed(f *figure) bool {
	return !f.outOfTen && (r.is(f.to, "/") || r.is(f.from-1, "/"))
}

// count returns the number that was asked for: flare-ups, the item of a
// questionnaire, or which person of a shared phone.
func (r *reading) count(out *Reply) *int {
	if r.asked != AskedRelapse && r.asked != AskedScore && r.asked != AskedWhich || r.asksMeaning() {
		return nil
	}
	for k := range r.figures {
		f := &r.figures[k]
		flares := r.asked == AskedRelapse && (r.begins(f.to, cFlareNoun) > 0 || r.is(f.to, "of") && r.begins(f.to+1, cThemWord) > 0 || r.is(f.to, "de") && (r.is(f.to+1, "esas") || r.is(f.to+1, "ellas")))
		if f.claim != unclaimed && !flares || r.flags[f.from]&negated != 0 && r.any(cFlare) || f.value > r.mostCounted(f) || f.value != float64(int(f.value)) || r.slashed(f) {
			continue
		}
		n := int(f.value)
		if f.outOfTen {
			n = min(n, 10)
		}
		return &n
	}
	zero := 0
	if r.asked == AskedRelapse && (out.Yes != nil && !*out.Yes || r.any(cZeroBare) && !r.any(cMissedWork)) {
		return &zero
	}
	if i := r.skipGreeting(); r.asked == AskedRelapse && (r.is(i, "couple") || r.is(i, "a") && r.is(i+1, "couple") || r.is(i, "un") && r.is(i+1, "par")) {
		two := 2
		return &two
	} else if r.asked == AskedRelapse && r.is(i, "una") {
		one := 1
		return &one
	}
	if n, ok := r.timesWord(); ok && r.asked == AskedRelapse {
		return &n
	}
	return nil
}

// mostCounted is the highest count that can be meant.
func (r *reading) mostCounted(f *figure) float64 {
	if r.asked == AskedScore && !f.outOfTen {
		return 10
	}
	return 100
}

func (r *reading) timesWord() (int, bool) {
	for i := range r.toks {
		switch {
		case r.is(i, "once"):
			return 1, r.lang != Spanish
		case r.is(i, "twice"):
			return 2, true
		}
	}
	return 0, false
}
