package flows

import (
	"strconv"
	"strings"
	"time"

	"backstop/flows/protocol"
)

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
	for i, month := range monthNames {
		for _, full := range month {
			if strings.HasPrefix(full, name) {
				return i + 1
			}
		}
	}
	return 0
}

var monthNames = [...][]string{{"january", "enero"}, {"february", "febrero"}, {"march", "marzo"}, {"april", "abril"}, {"may", "mayo"},
	{"june", "junio"}, {"july", "julio"}, {"august", "agosto"}, {"september", "septiembre", "setiembre"}, {"october", "octubre"},
	{"november", "noviembre"}, {"december", "diciembre"}}

// nextWeekday is the first such day after a date.
func nextWeekday(d protocol.Date, day time.Weekday) protocol.Date {
	for d = d.AddDays(1); d.Weekday() != day; d = d.AddDays(1) {
	}
	return d
}
