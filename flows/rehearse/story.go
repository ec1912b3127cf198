package rehearse

import (
	"time"

	"backstop/flows"
	"backstop/flows/lift"
	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// Intake is the model patient as a clinician enrols them: flare-ups a couple of
// times a year, off work for days each time.
func Intake(clinic *flows.Clinic, at time.Time) flows.Enrolled {
	unit := reply.Unit(clinic.Unit)
	weighs := 80.0
	if unit == reply.Pound {
		weighs = 180
	}
	return flows.Enrolled{Name: "Alex", Language: reply.Lang(clinic.Language), TimeZone: clinic.TimeZone.String(), Unit: unit,
		Usual: 2, Stage: flows.StageMobility, Consent: flows.Consent{State: flows.ConsentGiven, Method: "written", At: at},
		Gate: gateOf(at, lift.Load{Value: weighs, Unit: unit}), History: flows.History{FlaresPerYear: 3, DaysOff: 4}}
}

func gateOf(at time.Time, weighs lift.Load) flows.Gate {
	return flows.Gate{ExaminedAt: at, Adult: true, Gear: []string{protocol.Bar, protocol.TrapBar, protocol.Kettlebell}, Bodyweight: weighs}
}

// strength is what the model patient could lift once when care begins, if it did
// not hurt: about body weight.
const strength = 1.05

// begin enrols the model patient.
func begin(clinic *flows.Clinic, at time.Time) *Rehearsal {
	e := Intake(clinic, at)
	r := New(clinic, Well(strength*e.Gate.Bodyweight.Value), at)
	r.Do("enrols Alex", e)
	return r
}

// weekOn lets a week pass; the clinician examines the patient again before the
// protocol's time for that is over.
func (r *Rehearsal) weekOn() {
	gate := r.Patient.Training.Gate
	to := r.Now.Add(7 * 24 * time.Hour)
	if to.Sub(gate.ExaminedAt) >= r.Clinic.Protocol.Gate.ExaminedWithin {
		again := gateOf(r.Now, gate.Bodyweight)
		r.Do("examines Alex again", flows.PlanChanged{Gate: &again, By: Clinician})
	}
	r.Until(to)
}

// Story is the course that the product exists for: from too much pain to
// deadlift, over the checkpoint, to heavy lifts with personal bests; then a long
// drive, an evening with pain and a worry, a good morning, and back to lifting
// without a day off work. It begins on a Monday at ten in the clinic's time.
func Story(clinic *flows.Clinic, at time.Time) *Rehearsal {
	const mostWeeks, heavyWeeks = 60, 8
	r := begin(clinic, at)
	heavy := 0
	for range mostWeeks {
		if r.weekOn(); r.Patient.Stage == flows.StageHeavy {
			heavy++
		}
		if heavy == heavyWeeks {
			break
		}
	}
	r.drive()
	for range 3 {
		r.weekOn()
	}
	return r
}

// drive is the road trip: told of on a Wednesday, driven on the Friday.
func (r *Rehearsal) drive() {
	r.Until(r.at(2, 12, 0))
	r.Says("driving 9 hours on friday to see my family")
	r.Until(r.Now.Add(2 * time.Minute))
	r.Says("back on sunday")
	r.Until(r.at(2, 19, 40))
	r.Says("long drive done. some back pain, a 3. bit worried")
	r.answerOnce("woke up fine", "0")
}

// answerOnce has the person answer the next morning's question in words first,
// and then with the number that is asked for.
func (r *Rehearsal) answerOnce(words, number string) {
	usual := r.Person.Pain
	next := r.at(1, 8, 31)
	r.Until(next)
	r.pending = nil // what they would have answered
	r.Now = next.Add(9 * time.Minute)
	r.Says(words)
	r.Now = r.Now.Add(2 * time.Minute)
	r.pending = nil
	r.Says(number)
	r.Person.Pain = usual
}

// at is a time of day so many days from now, in the clinic's time.
func (r *Rehearsal) at(days, hour, minute int) time.Time {
	d := protocol.DateOf(r.Now, r.Clinic.TimeZone).AddDays(days)
	return protocol.At(d, protocol.Clock(60*hour+minute), r.Clinic.TimeZone)
}
