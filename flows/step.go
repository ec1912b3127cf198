package flows

import (
	"slices"
	"sync"
	"time"

	"backstop/flows/copy"
	"backstop/flows/protocol"
)

// Clinic is what the flows need of a clinic: its settings with its protocol,
// and its wording.
type Clinic struct {
	protocol.Clinic
	Copy *copy.Catalog
}

// Step lets one event happen to one patient: it returns the patient as they
// are afterwards, and what is to be done, in order. The same clinic, patient,
// event and time always give the same result.
func Step(clinic *Clinic, before Patient, event Event, now time.Time) (Patient, []Effect) {
	t := step(clinic, before, event, now)
	return t.p, t.effects
}

func step(clinic *Clinic, before Patient, event Event, now time.Time) *turn {
	t := &turn{clinic: clinic, p: before.clone(), now: now}
	t.zone = clinic.zoneOf(before.TimeZone)
	switch event.(type) {
	case StageSet, StepApproved, ExitConfirmed, PlanChanged, AlertResolved, BaselineConfirmed, SessionFinished, SessionCancelled, Discharged:
		t.p.Answered.Before = nil // decided since by somebody else: an older answer undoes it no more
	default:
	}
	switch e := event.(type) {
	case Enrolled:
		t.enrolled(e)
	case SessionFinished:
		t.sessionFinished(e)
	case SessionCancelled:
		t.sessionCancelled(e)
	case StageSet:
		t.backInCare()
		t.stageSet(e)
	case StepApproved:
		t.stepApproved(e)
	case ExitConfirmed:
		t.exitConfirmed(e)
	case PlanChanged:
		t.planChanged(e)
	case TextReceived:
		t.textReceived(e)
	case PhoneShared:
		t.p.Place = e.Place
	case FollowUpDue:
		t.followUpDue(e)
	case AlertDelivered:
		t.alertDelivered(e)
	case AlertResolved:
		t.alertResolved(e)
	case OptedOut:
		t.optedOutBy(e)
	case CarrierOptedOut:
		t.carrierOptedOut()
	case NumberFailed:
		t.numberFailed(e)
	case ConversationTaken:
		t.taken(e)
	case ConversationHandedBack:
		t.handedBack(e)
	case Paused:
		t.pausedBy(e)
	case Resumed:
		t.resumed()
	case CallPromised:
		t.callPromised(e)
	case CallMissed:
		t.callMissed()
	case SymptomSnoozed:
		t.symptomSnoozed(e)
	case BaselineConfirmed:
		t.baselineConfirmed(e)
	case Discharged:
		t.discharged()
	case TripNoted:
		t.tripNoted(e)
	case ContactCorrected:
		t.contactCorrected(e)
	case ZoneChanged:
		t.zoneChanged(e)
	case TextUndelivered:
		t.textUndelivered(e)
	}
	t.keepAsking()
	return t
}

// turn is one Step under way: a patient of its own to change, and the effects so far.
type turn struct {
	clinic  *Clinic
	p       Patient
	now     time.Time
	zone    *time.Location
	effects []Effect

	words copy.Vars // what this turn's texts say: the plan, a lift, a best
	pain  string    // the number a text repeats; empty for most
	tail  copy.Key  // a sentence that goes along with the next text; empty for most
	when  string    // the moment a text names; the next office hours where empty

	question, count, choices string // what a text repeats; empty for most

	judged []Judged // what the rules looked at
}

func (t *turn) do(e Effect) { t.effects = append(t.effects, e) }

// note leaves a silent line in the patient's Slack thread.
func (t *turn) note(line string) { t.do(Note{Line: line}) }

// clone copies everything a turn may change, so that the original stays as it was.
func (p Patient) clone() Patient {
	p.Questions = slices.Clone(p.Questions)
	p.Readings = slices.Clone(p.Readings)
	p.Marks = slices.Clone(p.Marks)
	p.Alerts = slices.Clone(p.Alerts)
	p.Agenda = slices.Clone(p.Agenda)
	p.Sent = slices.Clone(p.Sent)
	p.Training = p.Training.clone()
	p.Waiting = slices.Clone(p.Waiting)
	p.Advised = slices.Clone(p.Advised)
	p.Course = p.Course.clone()
	return p
}

// zoneOf is the patient's time zone, or the clinic's where it is empty or unknown.
func (c *Clinic) zoneOf(name string) *time.Location {
	if zone, ok := zones.Load(name); ok {
		return zone.(*time.Location)
	}
	if name == "" {
		return c.TimeZone
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return c.TimeZone
	}
	zones.Store(name, zone)
	return zone
}

// zones are the time zones met so far, by name; reading one is slow, and there
// are only so many.
var zones sync.Map
