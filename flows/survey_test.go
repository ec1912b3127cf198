package flows_test

import (
	"slices"
	"testing"
	"time"

	"backstop/flows"
	"backstop/flows/copy"
	"backstop/flows/reply"
)

// TestPEGIsAskedAfterFourWeeks lets a month go by with calm answers: the three
// questions come in week 4, one after the other, and make a score.
func TestPEGIsAskedAfterFourWeeks(t *testing.T) {
	s := newStage(t)
	start := s.now
	p, _ := flows.Step(s.clinic, flows.Patient{ID: "p"}, flows.Enrolled{Language: reply.English, TimeZone: s.zone.String(), Unit: reply.Kilogram,
		Usual: 1, Stage: flows.StageMobility, CheckIns: true, Consent: flows.Consent{State: flows.ConsentGiven, Method: "written", At: start}}, start)
	answers := map[copy.Key]string{copy.Weekly: "1", copy.PEGPain: "4", copy.PEGEnjoyment: "6", copy.PEGActivity: "5",
		copy.PSFSPick: "lift the kids", copy.PSFSNext: "ok", copy.PSFSItem: "7"}
	var asked []copy.Key
	var scores []flows.Score
	var at time.Time
	now := start
	var step func(e flows.Event)
	step = func(e flows.Event) {
		var effects []flows.Effect
		p, effects = flows.Step(s.clinic, p, e, now)
		for _, effect := range effects {
			switch e := effect.(type) {
			case flows.RecordScore:
				scores, at = append(scores, e.Score), now
			case flows.SendText:
				asked = append(asked, e.Key)
				if words, ok := answers[e.Key]; ok {
					now = now.Add(time.Minute)
					step(flows.TextReceived{Message: string(e.Key) + now.String(), Text: words, SentAt: now})
				}
			default:
			}
		}
	}
	for end := start.AddDate(0, 0, 31); len(p.Agenda) > 0 && p.Agenda[0].At.Before(end); {
		due := p.Agenda[0]
		if due.At.After(now) {
			now = due.At
		}
		step(flows.FollowUpDue{Key: due.Key, Kind: due.Kind})
	}
	i := slices.Index(asked, copy.PEGPain)
	if i < 0 || !slices.Equal(asked[i:i+4], []copy.Key{copy.PEGPain, copy.PEGEnjoyment, copy.PEGActivity, copy.ScoreDone}) {
		t.Fatalf("asked %v, want the three PEG questions in a row", asked)
	}
	peg := slices.IndexFunc(scores, func(s flows.Score) bool { return s.Kind == flows.PEG })
	if peg < 0 || !slices.Equal(scores[peg].Answers, []float64{4, 6, 5}) || scores[peg].Mean() != 5 {
		t.Fatalf("scores are %+v, want PEG 4, 6, 5 with a mean of 5", scores)
	}
	if week := int(scores[peg].At.Sub(start) / (7 * 24 * time.Hour)); week != 4 {
		t.Errorf("PEG was asked in week %d, want 4", week)
	}
	if at.IsZero() {
		t.Error("no score was recorded")
	}
}
