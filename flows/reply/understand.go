package reply

import (
	"strconv"

	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/likeness"
)

// Prepare makes ready what the first text would wait for otherwise, some tenth of a
// second: the words are compiled, and what the second look has learnt is read.
func Prepare() {
	lexicon.Default()
	likeness.Default()
	likeness.OptOuts()
	rulesBy()
}

// Understand says what the patient meant by text, given the question it may
// answer and the patient's set language. It accepts any bytes and never panics. Of a
// text longer than a text message can be, the first part counts as the answer; red flags
// and opt-outs are heard in all of it, and the rest is in LeftOver.
// Reply.Because stays empty; Explain fills it.
func Understand(asked Asked, text string, lang Lang) Reply {
	return understand(asked, text, lang, false)
}

// Explain is Understand with Reply.Because filled: which words led to which finding.
func Explain(asked Asked, text string, lang Lang) Reply {
	return understand(asked, text, lang, true)
}

// reply takes the reading from words to meaning. The order matters: numbers are
// claimed before they can be ratings, red flags come before everything that
// they change.
func (r *reading) reply() Reply {
	var out Reply
	out.Automatic = r.automatic()
	r.findFigures()
	if out.Automatic {
		out.Intent = r.intent(&out, status{})
		return out
	}
	r.findLifts()
	r.claimFigures()
	r.findRatings()
	r.findParallel()
	r.findDenials()
	r.placeEarlier()

	out.RedFlags = r.redFlags()
	if len(out.RedFlags) == 0 {
		out.RedFlags = r.secondLook()
	}
	if len(out.RedFlags) > 0 {
		out.RedFlag = out.RedFlags[0]
	}
	out.Pain = r.pain()
	out.Yes = r.yesOrNo()
	out.Lifts = r.lifts
	skipped := r.asked == AskedHomework && r.saysSkipped()
	skipped = skipped || r.asked == AskedHomework && out.Yes != nil && !*out.Yes
	out.Interference = r.interference(out.RedFlags, skipped, out.Yes)
	r.settleDays(&out)
	out.Count = r.count(&out)
	s := r.readStatus()
	out.Flare = r.flareOf(s, &out)
	out.Trip = r.trip()
	out.Deceased = r.deceased()
	out.Worry = r.asserted(cWorry)
	out.Visit = r.any(cVisit)
	out.Distress = out.RedFlag != MentalHealthCrisis && r.asserted(cDistress)
	out.Effort = r.effort()
	out.Hypothetical = r.supposed()
	out.Graph = r.any(cGraph)
	out.Corrects = r.corrects()
	out.Intent = r.intent(&out, s)
	out.MayOptOut = r.mayOptOut(&out)
	if out.Intent == IntentStop && !(out.Interference == InterferenceSevere && painAsked(r.asked) && r.any(cBasics)) && len(r.ratings) == 0 && !r.any(cPain, cBack, cFlare, cMissedWork) && !(r.asked == AskedWorkdays && r.opensWithNone()) {
		out.Interference, out.DaysOff = InterferenceUnknown, nil // "my phone buzzes all day at work, dont text me"
		if out.Flare != nil && (*out.Flare || !(s.good && !r.onlyAcks() && (painAsked(r.asked) || r.any(cImBetter))) && out.Yes == nil) {
			out.Flare = nil
		}
	}
	if out.Intent == IntentStart && len(r.ratings) == 0 && !r.any(cPain, cFlare) {
		out.Flare = nil // "put me back on, i behave better when watched"
		out.Interference, out.DaysOff = InterferenceUnknown, nil
	}
	if out.Intent == IntentTravelTrigger && out.Trip == nil {
		out.Trip = &Trip{Kind: "trip", When: r.tripTime()}
	}
	out.Pleasantry = out.Intent == IntentOther && r.any(cPleasantry) && r.only(cPleasantry, cAck, cGreeting, cCourtesy, cThanks)
	out.Ratings = r.allRatings()
	out.LeftOver = r.leftOver(len(out.RedFlags) > 0)
	return out
}

// settleDays joins the days off with the interference that they mean.
func (r *reading) settleDays(out *Reply) {
	if r.asked == AskedWorkdays && r.otherCause() {
		out.Interference = InterferenceUnknown
		return
	}
	out.DaysOff = r.daysOff(out)
	if r.asked != AskedWorkdays || out.DaysOff == nil {
		return
	}
	switch {
	case *out.DaysOff == 0:
		if _, apart := r.daysForBack(); out.Interference != InterferenceSome || apart {
			out.Interference = InterferenceNone
		}
	case out.Interference == InterferenceSome && *out.DaysOff == 1 && !r.missedSaid():
		// "one, I came home at noon": that day was cut short
	case out.Interference != InterferenceSome || r.missedSaid() || r.opensWithDays():
		out.Interference = InterferenceSevere
	}
}

// opensWithDays says whether the answer is a number and what follows only tells
// more: "three, and a half day besides", but not "2 cut short".
func (r *reading) opensWithDays() bool {
	i := r.skipGreeting()
	if r.is(i, "just") {
		i++
	}
	if r.is(i, "the") {
		i++
	}
	k, ok := r.figureStarting(i)
	return ok && r.mark(r.figures[k].to) && !r.is(r.figures[k].to, "-")
}

// opensWithNone says whether the answer opens with a number or with none.
func (r *reading) opensWithNone() bool {
	i := r.skipGreeting()
	_, ok := r.figureStarting(i)
	return ok || r.opens(cZeroBare) && !r.is(i+1, "of")
}

func (r *reading) allRatings() []Rating {
	if len(r.ratings) == 0 {
		return nil
	}
	out := make([]Rating, len(r.ratings))
	for i, x := range r.ratings {
		out[i] = Rating{Pain: x.value, When: x.when, Used: x.used}
	}
	return out
}

// effort returns the last effort that was stated, 1-10.
func (r *reading) effort() *float64 {
	for k := len(r.figures) - 1; k >= 0; k-- {
		if f := &r.figures[k]; f.claim == claimEffort && f.value >= 1 && f.value <= 10 {
			v := f.value
			return &v
		}
	}
	return nil
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
