package reply

import "backstop/flows/reply/likeness"

// optOutMargin is from where on a text in which no rule found an opt-out may be one. Of
// the texts that nothing was taught by, it hears more than half of what the rules miss,
// and takes two in a thousand others for one.
const optOutMargin = -1

// mayOptOut asks whether a text in which no rule found an opt-out resembles those that are
// one: the law wants any reasonable wording heard. It is no more than a suspicion, since
// what only sounds like one resembles them as well; a human decides. What gives a pain, a
// trip or a count, logs lifts or is a red flag is something else.
func (r *reading) mayOptOut(out *Reply) bool {
	switch {
	case out.Intent == IntentStop, out.Intent == IntentStart, out.Automatic, out.Deceased, out.Pain != nil, out.Trip != nil, out.DaysOff != nil,
		out.Count != nil, len(out.Lifts) > 0, len(out.RedFlags) > 0, r.keepsTexts():
		return false
	}
	var wordRoom [48]likeness.Word
	var placeRoom [48]int32
	var meaningRoom [160]likeness.Meaning
	words, at, meanings := r.liken(wordRoom[:0], placeRoom[:0], meaningRoom[:0])
	found, _ := likeness.OptOuts().Look(words, meanings)
	if found.Margin < optOutMargin {
		return false
	}
	if r.explain {
		r.note("may opt out", int(at[found.From]), int(at[found.To-1])+1, "like opt-outs in other words")
	}
	return true
}
