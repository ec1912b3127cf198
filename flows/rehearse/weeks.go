package rehearse

import (
	"fmt"
	"strings"
	"time"

	"backstop/flows"
	"backstop/flows/copy"
)

// Week is what a week of care is for a patient who answers well.
type Week struct {
	Number int         `json:"week"` // from 1
	Stage  flows.Stage `json:"stage"`
	Letter string      `json:"letter,omitempty"`
	Plans  []string    `json:"plans,omitempty"` // the homework of the week, in the words of its texts
	Texts  int         `json:"texts"`           // that the patient did not ask for
	News   []string    `json:"news,omitempty"`  // steps on the ladder, bests, easier weeks
}

// Weeks rehearses a protocol from the mobility stage on, for so many weeks.
func Weeks(clinic *flows.Clinic, at time.Time, weeks int) []Week {
	r := begin(clinic, at)
	var out []Week
	for n := range weeks {
		from := len(r.Lines)
		r.weekOn()
		w := Week{Number: n + 1, Stage: r.Patient.Stage, Letter: r.Patient.Training.Letter}
		for _, line := range r.Lines[from:] {
			w.take(line)
		}
		for _, s := range r.Patient.Sent {
			if r.Now.Sub(s.At) < 7*24*time.Hour {
				w.Texts++
			}
		}
		out = append(out, w)
	}
	return out
}

// take keeps what a line says about its week.
func (w *Week) take(line Line) {
	switch copy.Key(line.What) {
	case copy.HomeworkPlan, copy.CheckpointPlan, copy.Deload, copy.TravelPlan:
		w.Plans = append(w.Plans, line.Words)
	case copy.BestReps, copy.BestMax, copy.CheckpointPassed:
		w.News = append(w.News, line.Words)
	}
	if line.Who == Clinician && strings.HasPrefix(line.What, "approves") {
		w.News = append(w.News, "a clinician "+line.What)
	}
}

// Stuck says in which stage a patient who answers well never gets on; empty when
// the heavy stage was reached.
func Stuck(clinic *flows.Clinic, weeks []Week) string {
	if len(weeks) == 0 {
		return ""
	}
	for _, w := range weeks {
		if w.Stage == flows.StageHeavy {
			return ""
		}
	}
	last := weeks[len(weeks)-1]
	if _, known := clinic.Protocol.Stage(string(last.Stage)); !known {
		return ""
	}
	return fmt.Sprintf("a patient who answers well is still in %s after %d weeks", last.Stage, len(weeks))
}
