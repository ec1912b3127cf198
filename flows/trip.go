package flows

import (
	"strings"
	"time"

	"backstop/flows/copy"
	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// Trip is a long drive, flight, move or other bed: what most often comes before
// a flare-up (sitting over 6 h: odds ratio 4.4, Suri 2018).
type Trip struct {
	Kind   string    `json:"kind,omitempty"` // "drive", "flight", "bed", "move", "trip"
	From   time.Time `json:"from,omitzero"`  // the day it begins, in the patient's time
	Until  time.Time `json:"until,omitzero"` // the day they are home again, as far as is known
	Away   bool      `json:"away,omitempty"`
	Stage  Stage     `json:"stage,omitempty"`  // before it
	Wanted bool      `json:"wanted,omitempty"` // a trip was told of without a day, and the day was asked for
	Days   int       `json:"days,omitempty"`   // how long, told before the day was
	Open   bool      `json:"open,omitempty"`   // nobody has said when they are home again: Until is a guess
	Asked  bool      `json:"asked,omitempty"`  // the guess is over, and they were asked whether they are home
}

// TripNoted is a trip a clinician knows of.
type TripNoted struct {
	By   string    `json:"by"`
	Kind string    `json:"kind"`
	From time.Time `json:"from"`
	Days int       `json:"days"`
}

// tripDays is how long a patient is thought to be away who has not said; answerDays
// how long they are waited for who do not say whether they are home.
const (
	tripDays   = 3
	answerDays = 2
)

// travelAsk asks whether a trip is coming, in the stages that lift.
func (t *turn) travelAsk() {
	s := t.clinic.Protocol.Schedule
	t.plan(DueTravelAsk, t.nextOn(s.TravelDay, s.TravelAt, 7*s.TravelEveryWeeks-6))
	switch t.p.Stage {
	case StageBuild, StageHeavy, StageTravel:
	default:
		return
	}
	if t.p.Trip.Kind == "" && t.p.Episode.Kind == EpisodeNone && !t.silent() && t.roomToSpare() {
		t.check(reply.AskedTravelPre, copy.TravelPre, t.quietFrom(t.now))
	}
}

// tellsOfTrip takes in a trip the patient tells of and answers, unless the text
// says more that is answered.
func (t *turn) tellsOfTrip(e TextReceived, asked Question, trip reply.Trip, more bool) {
	if asked.Asked == reply.AskedTravelPre {
		t.close(asked)
	}
	from, known := t.dayOf(trip.When, e.SentAt)
	known = known && !from.Before(t.on(e.SentAt, 0, 0))
	if trip.When == "just_finished" {
		t.home(trip.Kind, e.SentAt)
		if !more {
			t.do(Note{Line: "Tells of a trip that is over.", Words: e.Text})
			t.say(copy.TravelHome, ClassAnswer)
		}
		return
	}
	if days, ok := dayWords(e.Text).begins(); !known && ok {
		from, known = t.on(e.SentAt, days, 0), true
	}
	if !known {
		t.do(Note{Line: "Tells of a trip without a day.", Words: e.Text})
		if more {
			return
		}
		if t.p.Trip.Wanted {
			t.say(copy.TravelNoted, ClassAnswer)
			return
		}
		t.p.Trip.Wanted = true
		t.p.Trip.Days, _ = dayWords(e.Text).lasts()
		t.ask(reply.AskedTravelPre, t.now.Add(t.fresh()))
		t.say(copy.TravelWhen, ClassAnswer)
		return
	}
	begins := protocol.DateOf(from, t.zone)
	home, said := t.saysHome(e, trip, begins)
	t.do(Note{Line: "Tells of a trip on " + from.In(t.zone).Format("Mon 2 Jan") + ".", Words: e.Text})
	if t.p.Trip.Away && t.on(from, 0, 0).After(t.p.Trip.Until) {
		t.p.NextTrip = Trip{Kind: trip.Kind, From: t.on(from, 0, 0), Until: protocol.At(home, 0, t.zone), Open: !said}
		said = true // asked about when its time comes
	} else {
		t.setTrip(trip.Kind, from, home, !said)
	}
	switch {
	case more:
	case said || dontKnow(e.Text):
		t.say(copy.TravelNoted, ClassAnswer)
	default:
		t.ask(reply.AskedTravelPre, t.now.Add(t.fresh()))
		t.say(copy.TravelUntil, ClassAnswer)
	}
}

func (t *turn) tripNoted(e TripNoted) {
	t.setTrip(e.Kind, e.From, protocol.DateOf(e.From, t.zone).AddDays(max(1, e.Days)), false)
	t.note("A trip on " + e.From.In(t.zone).Format("Mon 2 Jan") + " was noted.")
}

// setTrip plans what a trip brings: tips the day before, a check the morning
// after, and home again. Where its end is a guess, that is asked about.
func (t *turn) setTrip(kind string, from time.Time, home protocol.Date, open bool) {
	s, w := t.clinic.Protocol.Schedule, t.clinic.Protocol.Windows
	t.p.Trip = Trip{Kind: kind, From: t.on(from, 0, 0), Until: protocol.At(home, 0, t.zone), Open: open, Away: t.p.Trip.Away, Stage: t.p.Trip.Stage}
	t.cancel("another trip", DueTravelTips, DueTravelDay, DueTravelCheck, DueTravelBack)
	if tips := t.on(from, -s.TravelTipsDays, s.TravelAt); tips.After(t.now) {
		t.plan(DueTravelTips, tips)
	}
	day := t.on(from, 0, w.MorningSend)
	if !day.After(t.now) {
		day = t.now
	}
	t.plan(DueTravelDay, day)
	t.plan(DueTravelCheck, t.on(from, 1, w.MorningSend))
	t.planBack()
	t.do(RecordTrip{t.p.Trip})
}

// planBack plans the morning after the last day of a trip; where that is a guess,
// the afternoon of the day itself.
func (t *turn) planBack() {
	back := t.on(t.p.Trip.Until, 1, t.clinic.Protocol.Windows.MorningSend)
	if t.p.Trip.Open {
		back = t.on(t.p.Trip.Until, 0, t.clinic.Protocol.Schedule.TravelAt)
	}
	t.plan(DueTravelBack, back)
}

// home ends a trip, with a check the next morning: the way back was one too.
func (t *turn) home(kind string, at time.Time) {
	away, stage := t.p.Trip.Away, t.p.Trip.Stage
	t.cancel("home again", DueTravelTips, DueTravelDay, DueTravelBack)
	t.p.Trip = Trip{Kind: kind, From: t.on(at, 0, 0), Until: t.on(at, 0, 0), Away: away, Stage: stage}
	t.plan(DueTravelCheck, t.nextMorning(at))
	t.planBack()
	t.do(RecordTrip{t.p.Trip})
}

// travelTips leaves the day before a trip.
func (t *turn) travelTips() {
	if t.mayPrompt() {
		t.prompt(copy.TravelTips, t.quietFrom(t.now))
	}
}

// travelCheck asks on the morning after a day of travel.
func (t *turn) travelCheck() {
	t.askMorning(copy.NextMorning)
	if back := t.nextMorning(t.p.Trip.Until); t.p.Trip.Kind != "" && !t.p.Trip.Open && back.After(t.now) {
		t.plan(DueTravelCheck, back) // the way home is one too
	}
}

// travelling reports whether a moment is on a day of travel.
func (t *turn) travelling(at time.Time) bool {
	return t.p.Trip.Kind != "" && (sameDay(t.p.Trip.From, at, t.zone) || sameDay(t.p.Trip.Until, at, t.zone))
}

// travelSession is what readings of a day of travel belong to, so that the
// evening and the next morning are judged together. No load follows from it.
const travelSession = "trip:"

// onTravelDay makes an unasked reading of a day of travel its evening reading.
func (t *turn) onTravelDay(asked Question, r reply.Reply, at time.Time) Question {
	if asked.Asked != reply.AskedNone || r.Pain == nil || !t.travelling(at) || sameDay(t.p.Session.EndedAt, at, t.zone) {
		return asked
	}
	t.p.Session = Session{ID: travelSession + protocol.DateOf(at, t.zone).String(), EndedAt: at}
	t.plan(DueTravelCheck, t.nextMorning(at))
	return Question{Asked: reply.AskedEvening, Session: t.p.Session.ID, At: at, Closes: at}
}

// travelDay begins a trip: who lifts gets a plan without a gym.
func (t *turn) travelDay() {
	t.p.Trip.Away = true
	if t.p.Stage != StageHeavy && t.p.Stage != StageBuild || t.p.Episode.Kind != EpisodeNone {
		return
	}
	t.p.Trip.Stage = t.p.Stage
	t.enter(StageTravel, "", "", "a trip")
}

// travelBack ends a trip: back to the stage before it, the first time a bit
// lighter; the next lift day says so. Where its end was a guess, it is asked about
// once, and who does not answer is taken to be home.
func (t *turn) travelBack() {
	if t.p.Trip.Open && !t.p.Trip.Asked && t.p.Stage == StageTravel {
		t.p.Trip.Asked = true
		t.plan(DueTravelBack, t.on(t.now, answerDays, t.clinic.Protocol.Windows.MorningSend))
		t.check(reply.AskedTravelPre, copy.TravelStill, t.quietFrom(t.now))
		return
	}
	before, next := t.p.Trip.Stage, t.p.NextTrip
	t.p.Trip, t.p.NextTrip = Trip{}, Trip{}
	if t.p.Stage == StageTravel && before != "" {
		t.enter(before, "", "", "home again")
		t.backHome()
		if t.isLiftDay(t.now) {
			t.plan(DueHomework, t.now)
		}
	}
	if next.Kind != "" && next.Until.After(t.now) {
		if t.dueToday(DueTravelCheck) {
			t.askMorning(copy.NextMorning) // the way home was one too
		}
		t.setTrip(next.Kind, next.From, protocol.DateOf(next.Until, t.zone), next.Open)
	}
}

// dayOfTrip reads a bare day as the answer to when a trip begins.
func (t *turn) dayOfTrip(e TextReceived, asked Question, r reply.Reply) (reply.Trip, bool) {
	if asked.Asked != reply.AskedTravelPre || r.Trip != nil || says(r) || ofVisit(r) || r.Yes != nil && !*r.Yes {
		return reply.Trip{}, false
	}
	when := strings.ReplaceAll(strings.ToLower(strings.Trim(strings.TrimSpace(e.Text), ".!")), "/", "-")
	if _, ok := t.dayOf(when, e.SentAt); ok {
		return reply.Trip{Kind: "trip", When: when}, true
	}
	if day, ok := dayNamed(e.Text, e.SentAt.In(t.zone)); ok && aboutADay(e.Text, r) {
		return reply.Trip{Kind: "trip", When: day.Format(time.DateOnly)}, true
	}
	return reply.Trip{}, false
}

// atHome is the stage without the trip.
func (t *turn) atHome() Stage {
	if t.p.Stage == StageTravel && t.p.Trip.Stage != "" {
		return t.p.Trip.Stage
	}
	return t.p.Stage
}

// afterTravel reports whether what is followed up is a day of travel.
func (t *turn) afterTravel() bool { return strings.HasPrefix(t.p.Session.ID, travelSession) }
