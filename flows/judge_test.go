package flows_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"backstop/flows"
	"backstop/flows/protocol"
	"backstop/flows/reply"

	"pgregory.net/rapid"
)

// quarter is three months of an ordinary patient: sessions, answers to most
// questions, flare-ups, and a clinician who resolves alerts sooner or later.
type quarter struct {
	t      *rapid.T
	clinic *flows.Clinic
	p      flows.Patient
	now    time.Time
	judged []flows.Judged
	told   []flows.PainAlert // as the effects told them
	open   map[string]int
}

func (q *quarter) step(e flows.Event) {
	after, effects := flows.Step(q.clinic, q.p, e, q.now)
	same, judged := flows.StepJudged(q.clinic, q.p, e, q.now)
	if !reflect.DeepEqual(after, same) {
		q.t.Fatal("StepJudged is not Step")
	}
	q.judged = append(q.judged, judged...)
	if e, ok := e.(flows.AlertResolved); ok {
		delete(q.open, e.Key)
	}
	for _, effect := range effects {
		if e, ok := effect.(flows.WithdrawAlert); ok {
			delete(q.open, e.Key)
		}
		if e, ok := effect.(flows.RaiseAlert); ok && strings.HasPrefix(e.Key, "flare:") && !strings.HasPrefix(e.Headline, "Not settled") {
			q.raised(e)
		}
	}
	q.p = after
}

// raised keeps an alert of pain as it was told.
func (q *quarter) raised(e flows.RaiseAlert) {
	i, known := q.open[e.Key]
	if !known {
		i = len(q.told)
		q.open[e.Key], q.told = i, append(q.told, flows.PainAlert{At: q.now})
	}
	if e.Level == flows.P2 && q.told[i].Flare.IsZero() {
		q.told[i].Flare = q.now
	}
}

// answers are what a patient says to a question; silence too.
func (q *quarter) answers(asked reply.Asked) string {
	switch asked {
	case reply.AskedFlareCheck:
		return pick(q.t, "flare?", "yes", "no", "no", "")
	case reply.AskedInterference:
		return pick(q.t, "in the way?", "A", "B", "B", "C", "")
	case reply.AskedEvening, reply.AskedNextMorning, reply.AskedH48, reply.AskedWeekly:
		return pick(q.t, "pain", "0", "1", "1", "2", "2", "3", "4", "5", "6", "7", "8", "")
	}
	return ""
}

func (q *quarter) live() {
	q.step(flows.Enrolled{Language: reply.English, TimeZone: "America/Chicago", Unit: reply.Pound, Usual: float64(rapid.IntRange(0, 3).Draw(q.t, "usual")),
		Stage: flows.StageHeavy, CheckIns: true, Consent: flows.Consent{State: flows.ConsentGiven, Method: "written", At: q.now}})
	end := q.now.AddDate(0, 0, 84)
	for session := q.now; q.now.Before(end); {
		next := session
		if len(q.p.Agenda) > 0 && q.p.Agenda[0].At.Before(next) {
			next = q.p.Agenda[0].At
		}
		if next.After(q.now) {
			q.now = next
		}
		if next.Equal(session) {
			q.step(flows.SessionFinished{Session: q.now.String(), EndedAt: q.now})
			session = session.AddDate(0, 0, rapid.IntRange(2, 5).Draw(q.t, "days to the next"))
			q.resolves()
			continue
		}
		due := q.p.Agenda[0]
		q.step(flows.FollowUpDue{Key: due.Key, Kind: due.Kind})
		for range 3 { // an answer may lead to another question
			n := len(q.p.Questions)
			if n == 0 || !q.p.Questions[n-1].At.Equal(q.now) {
				break
			}
			says := q.answers(q.p.Questions[n-1].Asked)
			if says == "" {
				break
			}
			q.now = q.now.Add(7 * time.Minute)
			q.step(flows.TextReceived{Message: q.now.String(), Text: says, SentAt: q.now})
		}
	}
}

func (q *quarter) resolves() {
	for key := range q.open {
		if rapid.IntRange(0, 2).Draw(q.t, "resolve") > 0 {
			q.step(flows.AlertResolved{Key: key, By: "U1", Outcome: pick(q.t, "outcome", "settled", "seen", "false_alarm")})
		}
		return // of several, one: a map has no order to repeat
	}
}

// Under the thresholds that hold, judging the same answers again gives the very
// alerts that were raised.
func TestThePresentThresholdsGiveThePresentAlerts(t *testing.T) {
	clinic := exampleClinic(t)
	rapid.Check(t, func(t *rapid.T) {
		q := &quarter{t: t, clinic: clinic, p: flows.Patient{ID: "p"}, now: time.Date(2026, 3, 2, 20, 0, 0, 0, time.UTC), open: map[string]int{}}
		q.live()
		again := flows.PainAlerts(clinic.Protocol.Pain, clinic.Protocol.Flare, q.judged)
		if !reflect.DeepEqual(again, q.told) {
			t.Fatalf("judged again:\n%v\nas told:\n%v", again, q.told)
		}
	})
}

// What is told anew is nothing but earlier, the same, later, never or new.
func TestAHigherThresholdTellsLaterOrNever(t *testing.T) {
	limits := protocol.Default().Pain
	flare := protocol.Default().Flare
	at := func(hours int) time.Time {
		return time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC).Add(time.Duration(hours) * time.Hour)
	}
	pain := func(p float64) *float64 { return &p }
	evening := func(hours int, p float64) flows.Judged {
		return flows.Judged{At: at(hours), Text: true, Evening: true, Pain: pain(p), Answers: flows.Answers{Baseline: 1, Evening: pain(p), WindowOpen: true}}
	}
	morning := func(hours int, e, m float64) flows.Judged {
		return flows.Judged{At: at(hours), Text: true, Pain: pain(m), Answers: flows.Answers{Baseline: 1, Evening: pain(e), Morning: pain(m)}}
	}
	moments := []flows.Judged{
		evening(0, 7), morning(13, 7, 6), {At: at(20), Closed: true, Over: true}, // told that evening; later it would be the morning
		evening(200, 7), morning(213, 7, 1), {At: at(220), Closed: true, Over: true}, // settled by the morning
		evening(400, 8), {At: at(401), Closed: true, Over: true},
	}
	higher := limits
	higher.AlertAbs = 8
	h := flows.Compare(flows.PainAlerts(limits, flare, moments), flows.PainAlerts(higher, flare, moments), at(-1))
	if h.Alerts != 3 || h.Would != 3 || h.Lower != 2 || h.Same != 1 || len(h.Later) != 1 || h.Later[0] != 13*time.Hour || len(h.Never) != 1 || !h.Never[0].Equal(at(200)) || h.New != 0 {
		t.Errorf("at 8 instead of 7: %+v", h)
	}
	back := flows.Compare(flows.PainAlerts(higher, flare, moments), flows.PainAlerts(limits, flare, moments), at(-1))
	if back.Alerts != 3 || back.Would != 3 || back.Lower != 0 || back.Same != 1 || back.Earlier != 1 || back.New != 1 {
		t.Errorf("at 7 instead of 8: %+v", back)
	}
	if h := flows.Compare(flows.PainAlerts(limits, flare, moments), nil, at(300)); h.Alerts != 1 || len(h.Never) != 1 {
		t.Errorf("since the last one alone: %+v", h)
	}
}
