package protocol

import (
	"slices"
	"time"
)

// searchDays is how far ahead open time is looked for; a clinic that is closed
// for longer counts as never open again.
const searchDays = 400

// opening is one stretch of open time.
type opening struct{ from, to time.Time }

// OfficeOpen reports whether the clinic is open at a moment.
func (c Clinic) OfficeOpen(t time.Time) bool {
	o, ok := c.nextOpening(t)
	return ok && !t.Before(o.from)
}

// NextOfficeOpen is the first moment, t or later, at which the clinic is open;
// zero when there is none within a year.
func (c Clinic) NextOfficeOpen(t time.Time) time.Time {
	o, ok := c.nextOpening(t)
	switch {
	case !ok:
		return time.Time{}
	case t.Before(o.from):
		return o.from
	}
	return t
}

// AddOfficeHours is the moment when the clinic will have been open for d since
// t; zero when that is not within a year.
func (c Clinic) AddOfficeHours(t time.Time, d time.Duration) time.Time {
	for {
		o, ok := c.nextOpening(t)
		if !ok {
			return time.Time{}
		}
		start := t
		if start.Before(o.from) {
			start = o.from
		}
		if left := o.to.Sub(start); left < d {
			d -= left
			t = o.to
			continue
		}
		return start.Add(d)
	}
}

// EndOfWorkingDay is when the clinic closes on the day of t, or on the next
// working day when it has closed for that day or does not open; zero when there
// is none within a year.
func (c Clinic) EndOfWorkingDay(t time.Time) time.Time {
	o, ok := c.nextOpening(t)
	if !ok {
		return time.Time{}
	}
	day := c.openings(DateOf(o.from, c.TimeZone))
	return day[len(day)-1].to
}

// AddWorkingDays is the end of the n-th working day after the day of t.
func (c Clinic) AddWorkingDays(t time.Time, n int) time.Time {
	day := DateOf(t, c.TimeZone)
	for range searchDays {
		if n == 0 {
			break
		}
		day = day.AddDays(1)
		if len(c.openings(day)) > 0 {
			n--
		}
	}
	open := c.openings(day)
	if len(open) == 0 {
		return c.EndOfWorkingDay(t)
	}
	return open[len(open)-1].to
}

// nextOpening is the opening that t lies in, or the next one.
func (c Clinic) nextOpening(t time.Time) (opening, bool) {
	day := DateOf(t, c.TimeZone)
	for range searchDays {
		for _, o := range c.openings(day) {
			if t.Before(o.to) {
				return o, true
			}
		}
		day = day.AddDays(1)
	}
	return opening{}, false
}

// openings are the open times of a day, in order; none on a holiday.
func (c Clinic) openings(day Date) []opening {
	if slices.Contains(c.Holidays, day) {
		return nil
	}
	var out []opening
	for _, s := range c.OfficeHours[day.Weekday()] {
		o := opening{At(day, s.From, c.TimeZone), At(day, s.To, c.TimeZone)}
		if o.from.Before(o.to) {
			out = append(out, o)
		}
	}
	return out
}

// WorksOn reports whether the clinic opens on the day of a moment.
func (c Clinic) WorksOn(t time.Time) bool { return len(c.openings(DateOf(t, c.TimeZone))) > 0 }

// WorkingDays counts the days on which the clinic opens, from the day of one
// moment to the day before another's.
func (c Clinic) WorkingDays(from, to time.Time) int {
	n := 0
	for day, end := DateOf(from, c.TimeZone), DateOf(to, c.TimeZone); day.before(end); day = day.AddDays(1) {
		if len(c.openings(day)) > 0 {
			n++
		}
	}
	return n
}
