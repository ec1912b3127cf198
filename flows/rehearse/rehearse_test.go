package rehearse_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"backstop/flows"
	"backstop/flows/copy"
	"backstop/flows/protocol"
	"backstop/flows/rehearse"
)

func clinicOf(t *testing.T, change func(*protocol.Clinic)) *flows.Clinic {
	t.Helper()
	clinics, err := protocol.Parse("example.yaml", protocol.Example)
	if err != nil {
		t.Fatal(err)
	}
	c := clinics[0]
	if change != nil {
		change(&c)
	}
	catalog, err := copy.For(c)
	if err != nil {
		t.Fatal(err)
	}
	return &flows.Clinic{Clinic: c, Copy: catalog}
}

// aMonday is when every course of these tests begins.
func aMonday(c *flows.Clinic) time.Time { return time.Date(2026, 3, 2, 10, 0, 0, 0, c.TimeZone) }

func TestTheSameStoryTwice(t *testing.T) {
	c := clinicOf(t, nil)
	first, second := rehearse.Story(c, aMonday(c)), rehearse.Story(c, aMonday(c))
	if !reflect.DeepEqual(first.Lines, second.Lines) || !reflect.DeepEqual(first.Patient, second.Patient) {
		t.Error("the same story came out differently")
	}
}

func TestWeeksClimbTheLadder(t *testing.T) {
	c := clinicOf(t, nil)
	weeks := rehearse.Weeks(c, aMonday(c), 52)
	seen := map[flows.Stage]int{}
	for _, w := range weeks {
		if seen[w.Stage] == 0 {
			seen[w.Stage] = w.Number
		}
		for _, news := range w.News { // a stage may begin and be left in one week
			if stage, ok := strings.CutPrefix(news, "a clinician approves "); ok {
				seen[flows.Stage(stage)] = w.Number
			}
		}
		if w.Texts > c.Protocol.Limits.PerWeekActive {
			t.Errorf("week %d has %d texts, over the cap", w.Number, w.Texts)
		}
	}
	for _, stage := range []flows.Stage{flows.StageMobility, flows.StageHinge, flows.StageLight, flows.StageCheckpoint, flows.StageBuild, flows.StageHeavy} {
		if seen[stage] == 0 {
			t.Errorf("%s is never reached in a year", stage)
		}
	}
	if stuck := rehearse.Stuck(c, weeks); stuck != "" {
		t.Errorf("the protocol as it is: %s", stuck)
	}
}

func TestAProtocolNobodyGetsThroughIsReported(t *testing.T) {
	c := clinicOf(t, func(c *protocol.Clinic) {
		ladder := append(protocol.Ladder(nil), c.Protocol.Stages...)
		for i := range ladder {
			if ladder[i].ID == "S2" {
				ladder[i].Exit.Sessions, ladder[i].Exit.Within = 9, 7*24*time.Hour // on three days a week
			}
		}
		c.Protocol.Stages = ladder
	})
	weeks := rehearse.Weeks(c, aMonday(c), 52)
	if stuck := rehearse.Stuck(c, weeks); stuck != "a patient who answers well is still in S2 after 52 weeks" {
		t.Errorf("got %q", stuck)
	}
}
