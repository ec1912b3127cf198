package rehearse

import (
	"slices"
	"strings"
	"time"

	"backstop/flows"
)

// Who says a line.
const (
	Bot       = "bot"
	Patient   = "patient"
	Clinician = "clinician"
	Slack     = "slack"
)

// Line is one thing that happened.
type Line struct {
	At    time.Time
	Who   string
	What  string // of the bot, the text's key; of Slack, the level; of a clinician, what they do
	Words string

	Event flows.Event // of a patient or a clinician: what brought it about
}

// Rehearsal is a course of care under way.
type Rehearsal struct {
	Clinic  *flows.Clinic
	Patient flows.Patient
	Now     time.Time
	Lines   []Line
	Person  Person

	pending []pending
	texts   int
}

// pending is what somebody is about to do.
type pending struct {
	at    time.Time
	who   string
	what  string
	words string
	event flows.Event
}

// New begins a rehearsal at a time, before anybody is enrolled.
func New(clinic *flows.Clinic, person Person, at time.Time) *Rehearsal {
	return &Rehearsal{Clinic: clinic, Patient: flows.Patient{ID: "model"}, Person: person, Now: at}
}

// Do lets a clinician do something now.
func (r *Rehearsal) Do(what string, event flows.Event) {
	r.Lines = append(r.Lines, Line{At: r.Now, Who: Clinician, What: what, Event: event})
	r.step(event)
}

// Says lets the patient text now.
func (r *Rehearsal) Says(words string) {
	r.texts++
	event := flows.TextReceived{Message: "text-" + r.Now.UTC().Format(time.RFC3339), Text: words, SentAt: r.Now}
	r.Lines = append(r.Lines, Line{At: r.Now, Who: Patient, Words: words, Event: event})
	r.step(event)
}

// Until lets time pass: what is due happens at its time, questions are answered,
// and what a clinician is asked is approved in office hours.
func (r *Rehearsal) Until(to time.Time) {
	for {
		due, next := r.nextDue()
		if len(r.pending) > 0 && (due == nil || r.pending[0].at.Before(next)) {
			p := r.pending[0]
			if p.at.After(to) {
				break
			}
			r.pending = r.pending[1:]
			r.Now = p.at
			if p.who == Patient {
				r.Says(p.words)
				continue
			}
			r.Do(p.what, p.event)
			continue
		}
		if due == nil || next.After(to) {
			break
		}
		if next.After(r.Now) {
			r.Now = next
		}
		r.step(due)
	}
	if to.After(r.Now) {
		r.Now = to
	}
}

// nextDue is what is first on the agenda.
func (r *Rehearsal) nextDue() (flows.Event, time.Time) {
	if len(r.Patient.Agenda) == 0 {
		return nil, time.Time{}
	}
	d := r.Patient.Agenda[0]
	return flows.FollowUpDue{Key: d.Key, Kind: d.Kind}, d.At
}

// step lets the flows decide, and everybody react.
func (r *Rehearsal) step(event flows.Event) {
	var effects []flows.Effect
	r.Patient, effects = flows.Step(r.Clinic, r.Patient, event, r.Now)
	var delivered []string
	for _, effect := range effects {
		switch e := effect.(type) {
		case flows.SendText:
			r.Lines = append(r.Lines, Line{At: r.Now, Who: Bot, What: string(e.Key), Words: e.Body})
			if words, after := r.Person.answer(e.Key, e.Body, r.week()); words != "" {
				r.soon(pending{at: r.Now.Add(after), who: Patient, words: words})
			}
		case flows.RaiseAlert:
			r.Lines = append(r.Lines, Line{At: r.Now, Who: Slack, What: string(e.Level), Words: e.Headline})
			delivered = append(delivered, e.Key)
			r.react(e)
		case flows.Note:
			r.Lines = append(r.Lines, Line{At: r.Now, Who: Slack, What: "note", Words: e.Line})
		case flows.RecordEpisode:
			if e.Resolution != "" {
				r.Lines = append(r.Lines, Line{At: r.Now, Who: Slack, What: "episode", Words: e.Resolution})
			}
		case flows.WithdrawAlert, flows.PutFollowUp, flows.CancelFollowUp, flows.CancelTexts, flows.RecordReading,
			flows.RecordLift, flows.RecordTrip, flows.RecordStage, flows.RecordConsent, flows.RecordScore:
		}
	}
	for _, key := range delivered {
		r.step(flows.AlertDelivered{Key: key})
	}
}

// react is what the clinician will do about an alert, in office hours.
func (r *Rehearsal) react(e flows.RaiseAlert) {
	at := r.Clinic.NextOfficeOpen(r.Now.Add(time.Hour))
	if stage, ok := strings.CutPrefix(e.Key, "approval:"); ok {
		r.soon(pending{at: at, who: Clinician, what: "approves " + stage, event: flows.StepApproved{Stage: flows.Stage(stage), By: Clinician}})
		return
	}
	r.soon(pending{at: at, who: Clinician, what: "resolves: " + e.Headline, event: flows.AlertResolved{Key: e.Key, By: Clinician}})
}

func (r *Rehearsal) soon(p pending) {
	r.pending = append(r.pending, p)
	slices.SortStableFunc(r.pending, func(a, b pending) int { return a.at.Compare(b.at) })
}

// week counts the weeks since the first line.
func (r *Rehearsal) week() int {
	if len(r.Lines) == 0 {
		return 0
	}
	return int(r.Now.Sub(r.Lines[0].At) / (7 * 24 * time.Hour))
}
