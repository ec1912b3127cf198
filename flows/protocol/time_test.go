package protocol

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func zone(t interface{ Fatal(...any) }, name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func clock(s string) Clock {
	c, err := ParseClock(s)
	if err != nil {
		panic(err)
	}
	return c
}

func date(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestAtOnDaysWhenClocksChange(t *testing.T) {
	for _, c := range []struct{ name, zone, date, clock, want string }{
		{"an ordinary day", "America/Chicago", "2026-07-01", "08:30", "2026-07-01T08:30:00-05:00"},
		{"before the gap", "America/Chicago", "2026-03-08", "01:59", "2026-03-08T01:59:00-06:00"},
		{"in the gap: forward once", "America/Chicago", "2026-03-08", "02:30", "2026-03-08T03:30:00-05:00"},
		{"after the gap", "America/Chicago", "2026-03-08", "08:30", "2026-03-08T08:30:00-05:00"},
		{"in the fold: the first", "America/Chicago", "2026-11-01", "01:30", "2026-11-01T01:30:00-05:00"},
		{"after the fold", "America/Chicago", "2026-11-01", "02:00", "2026-11-01T02:00:00-06:00"},
		{"a midnight that does not exist", "America/Santiago", "2026-09-06", "00:00", "2026-09-06T01:00:00-03:00"},
		{"half an hour of summer time", "Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-04T02:45:00+11:00"},
		{"a day that does not exist", "Pacific/Apia", "2011-12-30", "08:30", "2011-12-31T08:30:00+14:00"},
		{"far east", "Pacific/Kiritimati", "2026-01-01", "00:00", "2026-01-01T00:00:00+14:00"},
		{"far west", "Pacific/Pago_Pago", "2026-01-01", "23:59", "2026-01-01T23:59:00-11:00"},
		{"a quarter of an hour", "Asia/Kathmandu", "2026-01-01", "08:30", "2026-01-01T08:30:00+05:45"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := At(date(c.date), clock(c.clock), zone(t, c.zone)).Format(time.RFC3339); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

var zoneNames = []string{"America/New_York", "America/Chicago", "Pacific/Honolulu", "Europe/London", "Australia/Lord_Howe",
	"America/Santiago", "Africa/Casablanca", "Asia/Kathmandu", "Pacific/Chatham", "America/St_Johns", "UTC"}

func drawMoment(t *rapid.T) (time.Time, *time.Location) {
	z := zone(t, rapid.SampledFrom(zoneNames).Draw(t, "zone"))
	seconds := rapid.Int64Range(1767225600, 1893456000).Draw(t, "seconds") // 2026 to 2029
	return time.Unix(seconds, 0), z
}

func TestAtShowsTheTimeOrMovesForwardByTheGap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		moment, z := drawMoment(t)
		day := DateOf(moment, z)
		c := Clock(rapid.IntRange(0, 1439).Draw(t, "clock"))
		got := At(day, c, z)
		shown := Clock(got.In(z).Hour()*60 + got.In(z).Minute())
		if shown == c && DateOf(got, z) == day {
			if earlier := got.Add(-time.Hour); Clock(earlier.In(z).Hour()*60+earlier.In(z).Minute()) == c {
				t.Fatalf("%s on %s in %s: %s is the second time", c, day, z, got)
			}
			return
		}
		if shown <= c || shown > c+60 {
			t.Fatalf("%s on %s in %s is %s", c, day, z, got)
		}
		if before := got.Add(-2 * time.Hour); offset(before, z) >= offset(got, z) {
			t.Fatalf("%s on %s in %s was moved to %s without a gap", c, day, z, got)
		}
	})
}

func TestQuietHoursOverNight(t *testing.T) {
	w := Default().Windows
	z := zone(t, "America/Chicago")
	for _, c := range []struct {
		at    string
		quiet bool
		next  string
	}{
		{"2026-07-01T20:29:59-05:00", false, "2026-07-01T20:29:59-05:00"},
		{"2026-07-01T20:30:00-05:00", true, "2026-07-02T08:00:00-05:00"},
		{"2026-07-02T00:00:00-05:00", true, "2026-07-02T08:00:00-05:00"},
		{"2026-07-02T07:59:59-05:00", true, "2026-07-02T08:00:00-05:00"},
		{"2026-07-02T08:00:00-05:00", false, "2026-07-02T08:00:00-05:00"},
		{"2026-03-07T22:00:00-06:00", true, "2026-03-08T08:00:00-05:00"},
		{"2026-10-31T22:00:00-05:00", true, "2026-11-01T08:00:00-06:00"},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := w.Quiet(at, z); got != c.quiet {
			t.Errorf("%s quiet: %v", c.at, got)
		}
		if got := w.NextAllowed(at, z).In(z).Format(time.RFC3339); got != c.next {
			t.Errorf("%s next: %s, want %s", c.at, got, c.next)
		}
	}
	honolulu := zone(t, "Pacific/Honolulu")
	morning := At(date("2026-07-01"), clock("10:00"), zone(t, "America/New_York"))
	if !w.Quiet(morning, honolulu) {
		t.Error("10:00 in New York is 04:00 in Honolulu")
	}
}

func TestNextAllowedIsNeverQuietAndNeverEarlier(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		moment, z := drawMoment(t)
		w := Windows{QuietFrom: Clock(rapid.IntRange(0, 1439).Draw(t, "from")), QuietTo: Clock(rapid.IntRange(0, 1439).Draw(t, "to"))}
		if w.QuietFrom == w.QuietTo {
			t.Skip()
		}
		next := w.NextAllowed(moment, z)
		if next.Before(moment) || w.Quiet(next, z) || next.Sub(moment) > 26*time.Hour {
			t.Fatalf("%s to %s: after %s comes %s", w.QuietFrom, w.QuietTo, moment.In(z), next.In(z))
		}
		if !w.Quiet(moment, z) && !next.Equal(moment) {
			t.Fatalf("%s was not quiet but became %s", moment, next)
		}
	})
}

// office is open Monday to Thursday 08:00-18:00, Friday 08:00-12:00 and
// 13:00-17:00, and closed on Christmas Day and New Year's Day.
func office(t *testing.T) Clinic {
	clinics, err := Parse("example.yaml", Example)
	if err != nil {
		t.Fatal(err)
	}
	return clinics[0]
}

func TestOfficeHours(t *testing.T) {
	c := office(t)
	moment := func(s string) time.Time {
		at, err := time.ParseInLocation("2006-01-02 15:04", s, c.TimeZone)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	for _, x := range []struct {
		name, at        string
		open            bool
		next, twoHours  string
		closes, workday string
	}{
		{"Wednesday morning", "2026-07-01 09:00", true, "2026-07-01 09:00", "2026-07-01 11:00", "2026-07-01 18:00", "2026-07-02 18:00"},
		{"before it opens", "2026-07-01 06:00", false, "2026-07-01 08:00", "2026-07-01 10:00", "2026-07-01 18:00", "2026-07-02 18:00"},
		{"late afternoon", "2026-07-01 17:00", true, "2026-07-01 17:00", "2026-07-02 09:00", "2026-07-01 18:00", "2026-07-02 18:00"},
		{"exactly until it closes", "2026-07-01 16:00", true, "2026-07-01 16:00", "2026-07-01 18:00", "2026-07-01 18:00", "2026-07-02 18:00"},
		{"closing time", "2026-07-01 18:00", false, "2026-07-02 08:00", "2026-07-02 10:00", "2026-07-02 18:00", "2026-07-02 18:00"},
		{"Friday over lunch", "2026-07-03 12:30", false, "2026-07-03 13:00", "2026-07-03 15:00", "2026-07-03 17:00", "2026-07-06 18:00"},
		{"Friday before lunch", "2026-07-03 11:00", true, "2026-07-03 11:00", "2026-07-03 14:00", "2026-07-03 17:00", "2026-07-06 18:00"},
		{"Friday evening", "2026-07-03 17:30", false, "2026-07-06 08:00", "2026-07-06 10:00", "2026-07-06 18:00", "2026-07-06 18:00"},
		{"Christmas Day, a Friday", "2026-12-25 10:00", false, "2026-12-28 08:00", "2026-12-28 10:00", "2026-12-28 18:00", "2026-12-28 18:00"},
	} {
		t.Run(x.name, func(t *testing.T) {
			at := moment(x.at)
			if got := c.OfficeOpen(at); got != x.open {
				t.Errorf("open: %v", got)
			}
			if got := c.NextOfficeOpen(at); !got.Equal(moment(x.next)) {
				t.Errorf("next open %s, want %s", got, x.next)
			}
			if got := c.AddOfficeHours(at, 2*time.Hour); !got.Equal(moment(x.twoHours)) {
				t.Errorf("two office hours later %s, want %s", got, x.twoHours)
			}
			if got := c.EndOfWorkingDay(at); !got.Equal(moment(x.closes)) {
				t.Errorf("closes %s, want %s", got, x.closes)
			}
			if got := c.AddWorkingDays(at, 1); !got.Equal(moment(x.workday)) {
				t.Errorf("a working day later %s, want %s", got, x.workday)
			}
		})
	}
}

func TestOfficeHoursAddUp(t *testing.T) {
	c := office(t)
	rapid.Check(t, func(t *rapid.T) {
		at, _ := drawMoment(t)
		first := time.Duration(rapid.IntRange(1, 600).Draw(t, "first")) * time.Minute
		second := time.Duration(rapid.IntRange(1, 600).Draw(t, "second")) * time.Minute
		once, twice := c.AddOfficeHours(at, first+second), c.AddOfficeHours(c.AddOfficeHours(at, first), second)
		if !once.Equal(twice) {
			t.Fatalf("%s and %s from %s: %s at once, %s in two steps", first, second, at, once, twice)
		}
		if once.Sub(at) < first+second {
			t.Fatalf("%s open time since %s had passed at %s", first+second, at, once)
		}
		if next := c.NextOfficeOpen(at); next.Before(at) || !c.OfficeOpen(next) {
			t.Fatalf("after %s it opens at %s", at, next)
		}
	})
}

func TestAClinicThatNeverOpensAgainHasNoTimes(t *testing.T) {
	var c Clinic
	c.TimeZone = time.UTC
	now := time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC)
	if c.OfficeOpen(now) || !c.NextOfficeOpen(now).IsZero() || !c.AddOfficeHours(now, time.Hour).IsZero() || !c.EndOfWorkingDay(now).IsZero() {
		t.Error("a clinic without hours opens")
	}
}

func TestWorkingDaysAreThoseTheClinicOpensOn(t *testing.T) {
	clinics, err := Parse("example.yaml", Example)
	if err != nil {
		t.Fatal(err)
	}
	c := clinics[0]
	at := func(day string) time.Time {
		d, err := time.ParseInLocation("2006-01-02 15:04", day+" 08:00", c.TimeZone)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, week := range []struct {
		from, to string
		want     int
	}{
		{"2026-11-23", "2026-11-30", 5}, // Monday to Monday
		{"2026-11-28", "2026-11-30", 0}, // a weekend
		{"2026-12-21", "2026-12-28", 4}, // Christmas on a Friday
		{"2026-11-30", "2026-11-23", 0},
		{"2026-10-26", "2026-11-23", 20}, // across the night the clocks go back
	} {
		if got := c.WorkingDays(at(week.from), at(week.to)); got != week.want {
			t.Errorf("%s to %s has %d working days, want %d", week.from, week.to, got, week.want)
		}
	}
	if c.WorksOn(at("2026-12-25")) || c.WorksOn(at("2026-11-29")) || !c.WorksOn(at("2026-11-24")) {
		t.Error("a holiday or a Sunday counts as a working day, or a Tuesday does not")
	}
}
