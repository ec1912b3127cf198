package flows_test

import (
	"testing"
	"time"

	"backstop/flows"
	"backstop/flows/lift"
	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// BenchmarkStep is one morning answer of a patient with a full history, which
// decides, makes the next plan and looks at the ladder. It should stay under 20
// microseconds.
func BenchmarkStep(b *testing.B) {
	clinic, patient, now := trained(b)
	answer := flows.TextReceived{Message: "m", Text: "1", SentAt: now}
	b.ReportAllocs()
	for b.Loop() {
		flows.Step(clinic, patient, answer, now)
	}
}

// trained is a patient of S4 after eight weeks of homework, asked this morning.
func trained(tb testing.TB) (*flows.Clinic, flows.Patient, time.Time) {
	clinic := exampleClinic(tb)
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, clinic.TimeZone)
	p := flows.Patient{ID: "p"}
	step := func(e flows.Event) {
		var effects []flows.Effect
		p, effects = flows.Step(clinic, p, e, now)
		for _, effect := range effects {
			if text, ok := effect.(flows.SendText); ok && text.Body == "" {
				tb.Fatalf("%s is empty", text.Key)
			}
		}
	}
	step(flows.Enrolled{Language: reply.English, TimeZone: "America/Chicago", Unit: reply.Kilogram, Stage: flows.StageBuild,
		Consent: flows.Consent{State: flows.ConsentGiven, Method: "written", At: now},
		Last:    lift.Load{Value: 60, Unit: reply.Kilogram},
		Gate: flows.Gate{Adult: true, ExaminedAt: now, Gear: []string{protocol.Bar, protocol.Kettlebell},
			Bodyweight: lift.Load{Value: 80, Unit: reply.Kilogram}}})
	end := now.AddDate(0, 0, 56)
	for len(p.Agenda) > 0 && p.Agenda[0].At.Before(end) {
		due := p.Agenda[0]
		now = due.At
		step(flows.FollowUpDue{Key: due.Key, Kind: due.Kind})
		for _, q := range p.Questions {
			if !q.At.Equal(now) {
				continue
			}
			now = now.Add(time.Hour)
			switch q.Asked {
			case reply.AskedHomework:
				step(flows.TextReceived{Message: now.String(), Text: "done 1 3x8 at 60 kg rpe 7", SentAt: now})
			case reply.AskedNextMorning, reply.AskedH48, reply.AskedEvening:
				if now.Before(end.AddDate(0, 0, -7)) || q.Asked != reply.AskedNextMorning {
					step(flows.TextReceived{Message: now.String(), Text: "0", SentAt: now})
					break
				}
				return clinic, p, now
			}
			break
		}
	}
	tb.Fatal("no morning was asked about")
	return nil, p, now
}
