package protocol

import (
	"fmt"
	"time"
)

// Clock is a time of day: minutes since midnight, 0 to 1439.
type Clock int

// ParseClock reads "08:30": 24 hours, two digits each.
func ParseClock(s string) (Clock, error) {
	t, err := time.Parse("15:04", s)
	if err != nil || len(s) != len("15:04") {
		return 0, fmt.Errorf("%q is not a time of day like 08:30", s)
	}
	return Clock(t.Hour()*60 + t.Minute()), nil
}

// String writes the time as in the clinic file.
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", c/60, c%60) }

// Date is a calendar day.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// ParseDate reads "2026-12-25".
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a date like 2026-12-25", s)
	}
	return DateOf(t, time.UTC), nil
}

// DateOf is the calendar day of a moment in a zone.
func DateOf(t time.Time, zone *time.Location) Date {
	y, m, d := t.In(zone).Date()
	return Date{y, m, d}
}

// String writes the date as 2026-12-25.
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// AddDays is the date so many days later.
func (d Date) AddDays(n int) Date {
	return DateOf(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC), time.UTC)
}

func (d Date) before(other Date) bool {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Before(time.Date(other.Year, other.Month, other.Day, 0, 0, 0, 0, time.UTC))
}

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Weekday()
}

// At is the moment when the clocks of a zone show a time on a date. A time that
// the clocks skip moves forward by the gap; of a time they show twice it is the
// first.
func At(d Date, c Clock, zone *time.Location) time.Time {
	wall := time.Date(d.Year, d.Month, d.Day, 0, int(c), 0, 0, time.UTC)
	// Offsets range from -12 h to +14 h: one before and one after any change near here.
	early := wall.Add(-offset(wall.Add(-15*time.Hour), zone))
	late := wall.Add(-offset(wall.Add(13*time.Hour), zone))
	switch {
	case shows(early, wall, zone) && shows(late, wall, zone):
		if late.Before(early) {
			return late.In(zone)
		}
		return early.In(zone)
	case shows(late, wall, zone):
		return late.In(zone)
	}
	return early.In(zone)
}

// offset is how far a zone's clocks are ahead of UTC.
func offset(t time.Time, zone *time.Location) time.Duration {
	_, seconds := t.In(zone).Zone()
	return time.Duration(seconds) * time.Second
}

// shows reports whether a zone's clocks show the wall time at a moment.
func shows(t, wall time.Time, zone *time.Location) bool {
	return t.Add(offset(t, zone)).Equal(wall)
}
