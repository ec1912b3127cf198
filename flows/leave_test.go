package flows_test

import (
	"testing"
	"time"

	"backstop/flows"
	"backstop/flows/reply"
)

// Scenario 28: nothing that was not asked for leaves at night, also when the
// queue was slow; and what is judged again just before sending.
func TestScenario28WhatMayLeaveIsJudgedAgainJustBefore(t *testing.T) {
	clinic := newStage(t).clinic
	zone, err := time.LoadLocation("Pacific/Honolulu")
	if err != nil {
		t.Fatal(err)
	}
	at := func(hour, minute int) time.Time { return time.Date(2026, 11, 24, hour, minute, 0, 0, zone) }
	given := flows.Patient{TimeZone: zone.String(), Consent: flows.Consent{State: flows.ConsentGiven}}
	with := func(change func(*flows.Patient)) flows.Patient {
		p := given
		change(&p)
		return p
	}
	stopped := with(func(p *flows.Patient) { p.Consent.State = flows.ConsentStopped })
	wrong := with(func(p *flows.Patient) { p.Consent.State = flows.ConsentWrong })
	for name, c := range map[string]struct {
		patient flows.Patient
		class   flows.Class
		now     time.Time
		expires time.Time
		want    string // "go", "hold", "cancel"
	}{
		"a check by day":                    {given, flows.ClassCheck, at(19, 0), at(20, 30), "go"},
		"a check at night, useful tomorrow": {given, flows.ClassCheck, at(21, 0), at(21, 0).AddDate(0, 0, 1), "hold"},
		"a check at night, useful no more":  {given, flows.ClassCheck, at(21, 0), at(23, 0), "cancel"},
		"a check past its time":             {given, flows.ClassCheck, at(12, 0), at(12, 0), "cancel"},
		"an answer at night":                {given, flows.ClassAnswer, at(3, 0), at(15, 0), "go"},
		"advice at night after STOP":        {stopped, flows.ClassSafety, at(3, 0), at(15, 0), "go"},
		"advice to a wrong number":          {wrong, flows.ClassSafety, at(10, 0), at(15, 0), "cancel"},
		"an answer after STOP":              {stopped, flows.ClassAnswer, at(10, 0), at(15, 0), "cancel"},
		"the confirmation of STOP":          {stopped, flows.ClassOptOut, at(3, 0), at(15, 0), "go"},
		"homework while paused":             {with(func(p *flows.Patient) { p.Paused = true }), flows.ClassHomework, at(10, 0), at(15, 0), "cancel"},
		"a check under a red flag":          {with(func(p *flows.Patient) { p.RedFlag.Category = reply.CaudaEquina }), flows.ClassCheck, at(10, 0), at(15, 0), "cancel"},
		"a check while a human talks":       {with(func(p *flows.Patient) { p.Taken.By = "U1" }), flows.ClassCheck, at(10, 0), at(15, 0), "cancel"},
		"the question for consent":          {with(func(p *flows.Patient) { p.Consent.State = flows.ConsentAsked }), flows.ClassConsent, at(10, 0), at(15, 0), "go"},
		"the question for consent, given":   {given, flows.ClassConsent, at(10, 0), at(15, 0), "cancel"},
	} {
		leave := flows.MayLeave(clinic, c.patient, c.class, c.expires, c.now)
		got := "hold"
		switch {
		case leave.Go:
			got = "go"
		case leave.Cancel != "":
			got = "cancel"
		}
		if got != c.want {
			t.Errorf("%s: %s (%+v), want %s", name, got, leave, c.want)
		}
		if got == "hold" && (leave.HoldUntil.In(zone).Hour() != 8 || leave.HoldUntil.Before(c.now)) {
			t.Errorf("%s is held until %s", name, leave.HoldUntil.In(zone))
		}
	}
}
