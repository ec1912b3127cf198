package flows

import (
	"strconv"
	"strings"
	"time"
	"unicode"

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
}

// TripNoted is a trip a clinician knows of.
type TripNoted struct {
	By   string    `json:"by"`
	Kind string    `json:"kind"`
	From time.Time `json:"from"`
	Days int       `json:"days"`
}

// tripDays is how long a patient is thought to be away who has not said.
const tripDays = 3

// travelAsk asks whether a trip is coming, in the stages that lift.
func (t *turn) travelAsk() {
	s := t.clinic.Protocol.Schedule
	t.plan(DueTravelAsk, t.nextOn(s.TravelDay, s.TravelAt, 7*s.TravelEveryWeeks-6))
	switch t.p.Stage {
	case StageBuild, StageHeavy, StageTravel:
	default:
		return
	}
	if t.p.Trip.Kind == "" && t.p.Episode.Kind == EpisodeNone {
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
			t.do(Note{Line: "Tells of a trip that is over; asked about in the morning.", Words: e.Text})
			t.say(copy.TravelNoted, ClassAnswer)
		}
		return
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
		t.ask(reply.AskedTravelPre, t.now.Add(t.fresh()))
		t.say(copy.TravelWhen, ClassAnswer)
		return
	}
	days, said := tripLasts(e.Text, protocol.DateOf(from, t.zone))
	if !said {
		days = tripDays
	}
	t.setTrip(trip.Kind, from, days)
	t.do(Note{Line: "Tells of a trip on " + from.In(t.zone).Format("Mon 2 Jan") + ".", Words: e.Text})
	if !more {
		t.say(copy.TravelNoted, ClassAnswer)
	}
}

func (t *turn) tripNoted(e TripNoted) {
	t.setTrip(e.Kind, e.From, max(1, e.Days))
	t.note("A trip on " + e.From.In(t.zone).Format("Mon 2 Jan") + " was noted.")
}

// setTrip plans what a trip brings: tips the day before, a check the morning
// after, and home again.
func (t *turn) setTrip(kind string, from time.Time, days int) {
	s, w := t.clinic.Protocol.Schedule, t.clinic.Protocol.Windows
	t.p.Trip = Trip{Kind: kind, From: t.on(from, 0, 0), Until: t.on(from, days, 0), Away: t.p.Trip.Away, Stage: t.p.Trip.Stage}
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
	t.plan(DueTravelBack, t.on(from, days+1, w.MorningSend))
	t.do(RecordTrip{t.p.Trip})
}

// home ends a trip, with a check the next morning: the way back was one too.
func (t *turn) home(kind string, at time.Time) {
	away, stage := t.p.Trip.Away, t.p.Trip.Stage
	t.cancel("home again", DueTravelTips, DueTravelDay, DueTravelBack)
	t.p.Trip = Trip{Kind: kind, From: t.on(at, 0, 0), Until: t.on(at, 0, 0), Away: away, Stage: stage}
	t.plan(DueTravelCheck, t.nextMorning(at))
	t.plan(DueTravelBack, t.on(at, 1, t.clinic.Protocol.Windows.MorningSend))
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
	if back := t.nextMorning(t.p.Trip.Until); t.p.Trip.Kind != "" && back.After(t.now) {
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

// dayOf is the day a patient named: "tomorrow", "friday", "12-24", "june 4", "4".
func (t *turn) dayOf(when string, said time.Time) (time.Time, bool) {
	today := protocol.DateOf(said, t.zone)
	at := func(d protocol.Date) (time.Time, bool) { return protocol.At(d, 0, t.zone), true }
	switch when {
	case "today", "tonight", "hoy", "esta noche", "now", "this morning", "this afternoon":
		return at(today)
	case "tomorrow", "tomorrow morning", "tomorrow night":
		return at(today.AddDays(1))
	case "this weekend", "weekend", "fin de semana":
		return at(nextWeekday(today, time.Saturday))
	case "next week":
		return at(nextWeekday(today, time.Monday))
	case "next weekend":
		return at(nextWeekday(today, time.Saturday).AddDays(7))
	}
	for day := range time.Saturday + 1 {
		name := strings.ToLower(day.String())
		switch when {
		case name, "this " + name, "on " + name:
			return at(nextWeekday(today, day))
		case "next " + name:
			return at(nextWeekday(nextWeekday(today, time.Sunday), day))
		}
	}
	return dateOf(when, today, t.zone)
}

// dateOf reads a date as it was understood: "2026-07-04", "07-04", "july 4", "4".
func dateOf(when string, today protocol.Date, zone *time.Location) (time.Time, bool) {
	if d, err := protocol.ParseDate(when); err == nil {
		return protocol.At(d, 0, zone), true
	}
	month, day := int(today.Month), 0
	fields := strings.FieldsFunc(when, func(r rune) bool { return r == '-' || r == ' ' })
	switch len(fields) {
	case 1:
		day = atoi(fields[0])
	case 2:
		if month = atoi(fields[0]); month == 0 {
			month = monthNamed(fields[0])
		}
		day = atoi(fields[1])
	}
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return time.Time{}, false
	}
	d := protocol.Date{Year: today.Year, Month: time.Month(month), Day: day}
	if before(d, today) && len(fields) == 1 {
		if d.Month++; d.Month > 12 {
			d.Year, d.Month = d.Year+1, 1
		}
	} else if before(d, today) {
		d.Year++
	}
	return protocol.At(d, 0, zone), true
}

func before(a, b protocol.Date) bool { return a.String() < b.String() }

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// monthNamed is the number of a month in English or Spanish, by its first
// letters; 0 for none.
func monthNamed(name string) int {
	const least = 3
	if len(name) < least {
		return 0
	}
	for i, m := range []string{"january enero", "february febrero", "march marzo", "april abril", "may mayo", "june junio", "july julio",
		"august agosto", "september septiembre setiembre", "october octubre", "november noviembre", "december diciembre"} {
		for _, full := range strings.Fields(m) {
			if strings.HasPrefix(full, name) {
				return i + 1
			}
		}
	}
	return 0
}

// nextWeekday is the first such day after a date.
func nextWeekday(d protocol.Date, day time.Weekday) protocol.Date {
	for d = d.AddDays(1); d.Weekday() != day; d = d.AddDays(1) {
	}
	return d
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

// travelBack ends a trip: back to the stage before it, the first time a bit lighter.
func (t *turn) travelBack() {
	before := t.p.Trip.Stage
	t.p.Trip = Trip{}
	if t.p.Stage != StageTravel || before == "" {
		return
	}
	t.enter(before, "", "", "home again")
	t.backHome()
	if t.mayPrompt() && t.words.Plan != "" {
		t.p.Training.PlanFrom = t.now
		t.prompt(copy.TravelBack, t.quietFrom(t.now))
		t.ask(reply.AskedHomework, t.quietFrom(t.now))
	}
}

// dayOfTrip reads a bare day as the answer to when a trip begins.
func (t *turn) dayOfTrip(e TextReceived, asked Question, r reply.Reply) (reply.Trip, bool) {
	if asked.Asked != reply.AskedTravelPre || r.Trip != nil || says(r) || r.Yes != nil && !*r.Yes {
		return reply.Trip{}, false
	}
	when := strings.ReplaceAll(strings.ToLower(strings.Trim(strings.TrimSpace(e.Text), ".!")), "/", "-")
	if _, ok := t.dayOf(when, e.SentAt); ok {
		return reply.Trip{Kind: "trip", When: when}, true
	}
	if day, ok := dayNamed(e.Text, e.SentAt.In(t.zone)); ok {
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

// tripLasts reads after how many days the patient is home again: "for 4 days",
// "back sunday", "until tomorrow". A day of the week is the first after the trip
// begins.
func tripLasts(text string, from protocol.Date) (days int, said bool) {
	tokens := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, word := range tokens {
		n := atoi(word)
		if n == 0 {
			n = smallNumbers[word]
		}
		if n > 0 && n <= 60 && i+1 < len(tokens) {
			switch unit := tokens[i+1]; {
			case strings.HasPrefix(unit, "day"), strings.HasPrefix(unit, "night"), strings.HasPrefix(unit, "día"), strings.HasPrefix(unit, "dia"), strings.HasPrefix(unit, "noche"):
				return n, true
			case strings.HasPrefix(unit, "week"), strings.HasPrefix(unit, "semana"):
				if i > 0 && tokens[i-1] != "in" && tokens[i-1] != "en" { // "in two weeks" says when it begins
					return 7 * n, true
				}
			}
		}
		switch word {
		case "back", "until", "till", "til", "through", "thru", "to", "return", "returning", "hasta", "regreso", "vuelvo":
			for _, near := range tokens[i+1 : min(i+4, len(tokens))] {
				for day := range time.Saturday + 1 {
					if name := strings.ToLower(day.String()); near == name || near == name[:3] || near == spanishDays[day] {
						home := nextWeekday(from, day)
						for from.AddDays(days) != home {
							days++
						}
						return days, true
					}
				}
			}
		}
	}
	return 0, false
}

// smallNumbers are numbers as people write them out.
var smallNumbers = map[string]int{"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10,
	"una": 1, "un": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "diez": 10}

// afterTravel reports whether what is followed up is a day of travel.
func (t *turn) afterTravel() bool { return strings.HasPrefix(t.p.Session.ID, travelSession) }
