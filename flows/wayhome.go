package flows

import (
	"backstop/flows/copy"
	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// saysHome is the day on which a patient is home again who tells of a trip; a
// guess where the text does not say.
func (t *turn) saysHome(e TextReceived, trip reply.Trip, from protocol.Date) (home protocol.Date, said bool) {
	if home, ok := homecoming(e.Text, from, protocol.DateOf(e.SentAt, t.zone)); ok {
		return home, true
	}
	switch {
	case t.p.Trip.Wanted && t.p.Trip.Days > 0:
		return from.AddDays(t.p.Trip.Days), true
	case trip.Kind == "move": // a day of lifting and carrying; nobody comes back
		return from, true
	case trip.Kind == "bed" && (dayWords(e.Text).have("night") || dayWords(e.Text).have("noche")):
		return from.AddDays(1), true
	}
	return from.AddDays(tripDays), false
}

// aboutHome takes what a patient says of the end of the trip that is known: the
// day, that they are home, or that nobody knows yet. It reports whether it did.
func (t *turn) aboutHome(e TextReceived, asked Question, r reply.Reply) bool {
	trip := t.p.Trip
	if trip.Kind == "" || says(r) || ofVisit(r) || len(r.Lifts) > 0 {
		return false
	}
	switch r.Intent {
	case reply.IntentHomeworkDone, reply.IntentHomeworkSkipped, reply.IntentQuestion, reply.IntentReschedule:
		if asked.Asked != reply.AskedTravelPre {
			return false
		}
	}
	answers := asked.Asked == reply.AskedTravelPre && trip.Open
	today := protocol.DateOf(e.SentAt, t.zone)
	from := protocol.DateOf(trip.From, t.zone)
	if before(from, today) {
		from = today
	}
	switch home, ok := t.homeDay(e.Text, from, today, answers); {
	case ok && (!answers || aboutADay(e.Text, r)) && (r.Trip == nil || answers || dayWords(e.Text).days(today) == 1):
		t.p.Trip.Until, t.p.Trip.Open, t.p.Trip.Asked = protocol.At(home, 0, t.zone), false, false
		t.planBack()
		if !sameDay(t.p.Trip.From, t.now, t.zone) && trip.Away {
			t.plan(DueTravelCheck, t.nextMorning(t.p.Trip.Until)) // the one of the way there has been
		}
		t.do(RecordTrip{t.p.Trip})
		t.do(Note{Line: "Home again on " + t.p.Trip.Until.In(t.zone).Format("Mon 2 Jan") + ".", Words: e.Text})
		t.say(copy.TravelNoted, ClassAnswer)
	case trip.Away && (homeAgain(e.Text) || answers && trip.Asked && r.Yes != nil && *r.Yes):
		t.home(trip.Kind, e.SentAt)
		t.do(Note{Line: "Home again from a trip.", Words: e.Text})
		t.say(copy.TravelHome, ClassAnswer)
	case answers && trip.Asked && r.Yes != nil:
		t.p.Trip.Until, t.p.Trip.Asked = t.on(t.now, tripDays, 0), false
		t.planBack()
		t.do(Note{Line: "Still away.", Words: e.Text})
		t.close(asked)
		t.ask(reply.AskedTravelPre, t.now.Add(t.fresh()))
		t.say(copy.TravelUntil, ClassAnswer)
		return true
	case answers && dontKnow(e.Text):
		t.do(Note{Line: "Does not know yet when they are home again.", Words: e.Text})
		t.say(copy.Thanks, ClassAnswer)
	default:
		return false
	}
	if answers {
		t.close(asked)
	}
	t.p.Misread = 0
	return true
}

// homeDay is the day of coming home in an answer to that question, or in a text
// that speaks of it.
func (t *turn) homeDay(text string, from, today protocol.Date, asked bool) (protocol.Date, bool) {
	if asked {
		return homeOn(text, from, today)
	}
	words := dayWords(text)
	for i := range words {
		if words.returns(i) {
			return words.dayAfter(i+1, from, today)
		}
	}
	return protocol.Date{}, false
}
