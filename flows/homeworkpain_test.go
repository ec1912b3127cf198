package flows_test

import (
	"testing"
	"time"

	"backstop/flows"
	"backstop/flows/reply"
)

// TestPainInAnAnswerAboutHomeworkReachesAHuman: "today" in it is not a day to
// move the homework to. A simulated patient found this.
func TestPainInAnAnswerAboutHomeworkReachesAHuman(t *testing.T) {
	now := time.Date(2026, 11, 3, 0, 32, 0, 0, time.UTC)
	before := flows.Patient{ID: "p", Language: "en", Unit: "lb", Usual: 1, Stage: flows.StageHeavy,
		Consent:   flows.Consent{State: flows.ConsentGiven},
		Questions: []flows.Question{{Asked: reply.AskedHomework, At: now.Add(-time.Hour), Closes: now.Add(time.Hour)}}}
	for _, text := range []string{"its a 8 today", "back is 8 today, moving it to friday"} {
		_, effects := flows.Step(newStage(t).clinic, before, flows.TextReceived{Message: "m", Text: text, SentAt: now}, now)
		raised := false
		for _, e := range effects {
			_, isAlert := e.(flows.RaiseAlert)
			raised = raised || isAlert
		}
		if !raised {
			t.Errorf("%q led to %+v, want an alert", text, effects)
		}
	}
}
