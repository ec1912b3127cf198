package flows_test

import (
	"testing"
	"time"

	"backstop/flows"
	"backstop/flows/reply"
)

func TestStuckIsThreeAmberSessionsInARow(t *testing.T) {
	clinic := exampleClinic(t)
	day := func(n int) time.Time { return time.Date(2026, 11, 20+n, 14, 0, 0, 0, time.UTC) }
	amber := func(n int) flows.Done {
		return flows.Done{At: day(n), Stage: flows.StageBuild, Decision: flows.Hold, Rule: "R7d"}
	}
	green := flows.Done{At: day(2), Stage: flows.StageBuild, Decision: flows.Progress, Rule: "R8"}
	undecided := flows.Done{At: day(4), Stage: flows.StageBuild}
	for name, c := range map[string]struct {
		done []flows.Done
		at   time.Time
	}{
		"nothing":                   {nil, time.Time{}},
		"two":                       {[]flows.Done{amber(1), amber(2)}, time.Time{}},
		"three":                     {[]flows.Done{amber(1), amber(2), amber(3)}, day(3)},
		"three and one to decide":   {[]flows.Done{amber(1), amber(2), amber(3), undecided}, day(3)},
		"one that moved on between": {[]flows.Done{amber(1), green, amber(3)}, time.Time{}},
	} {
		at, stuck := flows.Stuck(clinic, flows.Patient{Stage: flows.StageBuild, Training: flows.Training{Done: c.done}})
		if !at.Equal(c.at) || stuck == c.at.IsZero() {
			t.Errorf("%s: stuck %v since %s, want %s", name, stuck, at, c.at)
		}
	}
}

func TestWhatStandsWithoutAnAnswer(t *testing.T) {
	now := time.Date(2026, 11, 25, 14, 0, 0, 0, time.UTC)
	question := func(hoursAgo, closesIn int) flows.Question {
		return flows.Question{Asked: reply.AskedEvening, At: now.Add(-time.Duration(hoursAgo) * time.Hour), Closes: now.Add(time.Duration(closesIn) * time.Hour)}
	}
	since := now.Add(-24 * time.Hour)
	answered := flows.Answered{At: now.Add(-2 * time.Hour)}
	for name, c := range map[string]struct {
		p    flows.Patient
		want bool
	}{
		"nothing was asked":                 {flows.Patient{}, false},
		"asked last night":                  {flows.Patient{Questions: []flows.Question{question(13, 4)}}, true},
		"asked just now":                    {flows.Patient{Questions: []flows.Question{question(1, 4)}}, false},
		"closed yesterday":                  {flows.Patient{Course: flows.Course{Missed: question(20, -16)}}, true},
		"closed before that":                {flows.Patient{Course: flows.Course{Missed: question(30, -26)}}, false},
		"something was answered afterwards": {flows.Patient{Course: flows.Course{Missed: question(20, -16)}, Answered: answered}, false},
	} {
		if _, got := flows.Unanswered(c.p, since, now); got != c.want {
			t.Errorf("%s: unanswered is %v, want %v", name, got, c.want)
		}
	}
}
