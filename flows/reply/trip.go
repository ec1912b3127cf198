package reply

import (
	"backstop/flows/reply/lexicon"
	"backstop/flows/reply/token"
)

var (
	cTripDrive  = lexicon.Must("trip_drive")
	cTripFlight = lexicon.Must("trip_flight")
	cTripBed    = lexicon.Must("trip_bed")
	cMoveHome   = lexicon.Must("move_home")
	cTripNoun   = lexicon.Must("trip_noun")
	cNoTrip     = lexicon.Must("no_trip")
	cEventAway  = lexicon.Must("event_away")
	cCalledOff  = lexicon.Must("called_off")
	cUpcoming   = lexicon.Must("upcoming")
	cFinished   = lexicon.Must("finished")
	cDay        = lexicon.Must("day_relative")
)

// trip finds a drive, flight, move or other bed that is coming or just over.
// Whatever is said to "a trip coming?" is a trip; elsewhere it needs its time.
func (r *reading) trip() *Trip {
	_, none := r.find(cNoTrip, func(h lexicon.Hit) bool {
		return r.plain(h) && !r.is(int(h.To), "de") && !r.ends(int(h.From), cTripDrive)
	}) // "en casa", not "en casa de mi suegra"
	if none || r.asserted(cCalledOff) {
		return nil
	}
	kind, from, to := "", 0, 0
	for _, k := range []struct {
		concept lexicon.Concept
		kind    string
	}{{cTripFlight, "flight"}, {cMoveHome, "move"}, {cTripDrive, "drive"}, {cTripBed, "bed"}, {cTripNoun, "trip"}} {
		h, ok := r.find(k.concept, func(h lexicon.Hit) bool {
			taken := negated | hypothetical | someoneElse | impossible
			if k.concept == cTripBed {
				taken &^= someoneElse // "on my brothers futon"
			}
			return r.flags[h.From]&taken == 0
		})
		if ok {
			kind, from, to = k.kind, int(h.From), int(h.To)
			break
		}
	}
	if h, ok := r.find(cEventAway, r.plain); kind == "" && ok && r.asked == AskedTravelPre {
		kind, from, to = "trip", int(h.From), int(h.To)
	}
	if kind == "" {
		at, ok := r.headsForPlace()
		if !ok {
			return nil
		}
		kind, from, to = "drive", at, at+1
	} else if r.asked != AskedTravelPre && !r.any(cUpcoming, cFinished) && !r.claims(claimDuration) {
		if date, _ := r.tripDate(); date == "" {
			return nil
		}
	}
	r.note("trip: "+kind, from, to, "")
	return &Trip{Kind: kind, When: r.tripTime()}
}

// headsForPlace finds a place by its name that one will reach, or a ride to it: "Amarillo by
// nightfall", "Bus to Albuquerque tonight".
func (r *reading) headsForPlace() (at int, ok bool) {
	if r.isQuestion() || !r.any(cByNight, cRideWord) || !r.any(cUpcoming, cDay, cByNight) && !r.claims(claimClock) && !r.claims(claimDate) && r.asked != AskedTravelPre {
		return 0, false
	}
	for i := range r.toks {
		town := r.capital(i) || i > 1 && r.is(i-1, "to") && i+1 < len(r.toks) && r.capital(i+1) // "bus to El Paso"
		if !town || r.begins(i, cWeekday)+r.begins(i, cMonth)+r.begins(i, cOtherPerson)+r.begins(i, cDay) > 0 || r.flags[i]&(someoneElse|negated) != 0 {
			continue
		}
		if r.begins(i+1, cByNight) > 0 || r.is(i-1, "to") && i > 1 && r.begins(i-2, cRideWord) > 0 {
			return i, true
		}
	}
	return 0, false
}

var (
	cByNight  = lexicon.Must("by_night")  // "by nightfall", "by supper"
	cRideWord = lexicon.Must("ride_word") // "bus", "train"
)

func (r *reading) claims(c claim) bool {
	for k := range r.figures {
		if r.figures[k].claim == c {
			return true
		}
	}
	return false
}

// tripTime is the first day as written: a date, a day of the week, or a relative
// day. Later ones are of the way home; "friday the 12th" is the date.
func (r *reading) tripTime() string {
	const near = 2
	date, at := r.tripDate()
	for i := range r.toks {
		if date != "" && at <= i+near {
			return date
		}
		if end := max(r.begins(i, cWeekday), r.begins(i, cDay)); end > 0 && (date == "" || at > end+near) {
			when := ""
			for j := i; j < end; j++ {
				if j > i {
					when += " "
				}
				when += r.key(j)
			}
			return fullDay(when)
		}
	}
	if r.any(cFinished) && !r.any(cUpcoming) {
		return "just_finished"
	}
	return date
}

// tripDate is the first date of a text and where it stands; empty where there is none.
func (r *reading) tripDate() (date string, at int) {
	const months = 12
	for k := range r.figures {
		f := &r.figures[k]
		slashed := r.is(f.to, "/") && !f.outOfTen && f.value >= 1 && f.value <= months
		if f.claim != claimDate && !slashed {
			continue
		}
		if f.from > 0 && r.begins(f.from-1, cMonth) > 0 {
			return r.key(f.from-1) + " " + number(f.value), f.from
		}
		if r.is(f.to, "/") && f.to+1 < len(r.toks) && r.toks[f.to+1].Kind == token.Number {
			return twoDigits(f.value) + "-" + twoDigits(r.toks[f.to+1].Value), f.from
		}
		return number(f.value), f.from
	}
	return "", 0
}

func fullDay(day string) string {
	switch day {
	case "mon", "lunes":
		return "monday"
	case "tue", "tues", "martes":
		return "tuesday"
	case "wed", "weds", "miercoles":
		return "wednesday"
	case "thu", "thur", "thurs", "jueves":
		return "thursday"
	case "fri", "viernes":
		return "friday"
	case "sat", "sabado":
		return "saturday"
	case "sun", "domingo":
		return "sunday"
	case "tmrw", "manana":
		return "tomorrow"
	}
	return day
}

func twoDigits(v float64) string {
	s := number(v)
	if len(s) == 1 {
		return "0" + s
	}
	return s
}
