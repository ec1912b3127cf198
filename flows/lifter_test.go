package flows_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"pgregory.net/rapid"

	"backstop/flows"
	"backstop/flows/lift"
	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// lifter plays a patient with homework, their clinician, and the checker.
type lifter struct {
	t      *rapid.T
	clinic *flows.Clinic
	p      flows.Patient
	now    time.Time
	unit   reply.Unit
	weighs float64
	texts  int
	seen   map[string]int // how often a rule had something to say
	log    []string       // what happened, for a failure

	last      suggestion         // the newest plan
	planned   map[string]float64 // full loads when the session under way began
	worked    []workout          // the heaviest set of the main lift, session by session
	lighter   float64            // share of the load for one session: after a near-flare or a trip; 0 for none
	since     time.Time          // since when
	back      *wayBack           // after a flare-up; nil when none
	asleep    int                // days without an answer
	usual     float64            // the baseline before the step
	cancelled time.Time          // the last session that was: the restart it began is over all the same
	counted   string             // the session that has led a step on
}

func (l *lifter) enrol() {
	l.unit = pick(l.t, "unit", reply.Kilogram, reply.Pound)
	l.weighs = 80
	last := float64(rapid.IntRange(8, 56).Draw(l.t, "last")) * 2.5
	if l.unit == reply.Pound {
		l.weighs, last = 175, last*2
	}
	stage := pick(l.t, "stage", flows.StageLight, flows.StageCheckpoint, flows.StageBuild, flows.StageHeavy, flows.StageHeavy)
	e := flows.Enrolled{Language: reply.English, TimeZone: l.clinic.TimeZone.String(), Unit: l.unit, Usual: float64(pick(l.t, "usual", 0, 0, 1, 2, 3, 5)),
		Stage: stage, Consent: flows.Consent{State: flows.ConsentGiven, Method: "written", At: l.now},
		Choices: flows.Choices{LiftDays: pick(l.t, "lift days", []time.Weekday{time.Tuesday}, []time.Weekday{time.Monday, time.Thursday}, []time.Weekday{time.Monday, time.Wednesday, time.Friday})},
		Gate: flows.Gate{ExaminedAt: l.now, Adult: true, Gear: []string{protocol.Bar, protocol.TrapBar, protocol.Kettlebell},
			Bodyweight: lift.Load{Value: l.weighs, Unit: l.unit}}}
	e.Letter = pick(l.t, "letter", "a", "b", "c", "d")
	if stage != flows.StageLight {
		e.Last = lift.Load{Value: last, Unit: l.unit}
	}
	l.step(e)
}

// day lets a day pass: what is due happens and is answered, or not.
func (l *lifter) day() {
	if l.asleep > 0 {
		l.asleep--
	} else if rapid.IntRange(0, 59).Draw(l.t, "break") == 0 {
		l.asleep = rapid.IntRange(7, 45).Draw(l.t, "break of days")
	}
	end := l.now.Add(24 * time.Hour)
	for len(l.p.Agenda) > 0 && !l.p.Agenda[0].At.After(end) {
		due := l.p.Agenda[0]
		if due.At.After(l.now) {
			l.now = due.At
		}
		l.step(flows.FollowUpDue{Key: due.Key, Kind: due.Kind})
		if l.asleep == 0 {
			l.answer()
		}
	}
	if end.After(l.now) {
		l.now = end
	}
	l.clinicians()
}

// answer answers the newest question, as a rule.
func (l *lifter) answer() {
	for range 3 {
		n := len(l.p.Questions)
		if n == 0 || !l.now.Before(l.p.Questions[n-1].At.Add(24*time.Hour)) {
			return
		}
		q := l.p.Questions[n-1]
		if rapid.IntRange(0, 9).Draw(l.t, "silent") == 0 {
			return
		}
		l.now = l.now.Add(time.Duration(rapid.IntRange(1, 600).Draw(l.t, "minutes")) * time.Minute / 10)
		l.texts++
		before := len(l.p.Questions)
		l.step(flows.TextReceived{Message: "m" + strconv.Itoa(l.texts), Text: l.words(q.Asked), SentAt: l.now})
		if rapid.IntRange(0, 19).Draw(l.t, "sorry") == 0 {
			l.now = l.now.Add(time.Minute)
			l.texts++
			l.step(flows.TextReceived{Message: "m" + strconv.Itoa(l.texts), Text: "sorry, " + l.pain(), SentAt: l.now})
		}
		if len(l.p.Questions) >= before && l.p.Questions[len(l.p.Questions)-1].At.Equal(q.At) {
			return
		}
	}
}

// pain is a number as a patient has it who mostly does well.
func (l *lifter) pain() string {
	return strconv.Itoa(max(0, min(10, int(l.p.Usual)+pick(l.t, "pain", -1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 3, 4, 6))))
}

func (l *lifter) words(asked reply.Asked) string {
	switch asked {
	case reply.AskedHomework:
		return l.lifted()
	case reply.AskedEvening, reply.AskedNextMorning, reply.AskedH48, reply.AskedWeekly:
		return pick(l.t, "words", "", "", "", "", "", "", "", "", "", "my back flared up, ") + l.pain()
	case reply.AskedFlareCheck:
		return pick(l.t, "flare", "no", "no", "yes")
	case reply.AskedInterference:
		return pick(l.t, "interference", "A", "A", "B", "C")
	case reply.AskedTravelPre:
		return pick(l.t, "trip", "no", "no", "driving 9 hours tomorrow, back in 4 days", "yes")
	}
	return "0"
}

// lifted logs the homework, as planned or otherwise.
func (l *lifter) lifted() string {
	main, ok := l.main()
	if !ok || rapid.IntRange(0, 9).Draw(l.t, "plainly") == 0 {
		return "done " + l.pain()
	}
	load, sets, reps, rpe := l.last.load, l.last.sets, l.last.reps, pick(l.t, "rpe", 6, 6, 7, 7, 8)
	if load == 0 || rapid.IntRange(0, 3).Draw(l.t, "otherwise") == 0 {
		load = max(load, l.next(main.ID)) + float64(pick(l.t, "more", 0, 0, 0, 1, 2, -1, -2))*l.plate()
		sets, reps, rpe = pick(l.t, "sets", 1, 2, 3), max(1, main.Reps+rapid.IntRange(-1, 6).Draw(l.t, "reps")), rapid.IntRange(5, 10).Draw(l.t, "rpe")
	} else if main.Role == protocol.Main && rapid.IntRange(0, 2).Draw(l.t, "well") > 0 {
		reps = max(reps, main.RepsMax) + pick(l.t, "extra", 0, 0, 4)
	}
	text := fmt.Sprintf("done %s, %dx%d at %v %s", l.pain(), sets, reps, load, l.unit)
	if rpe > 5 {
		text += fmt.Sprintf(" rpe %d", rpe)
	}
	return text
}

// clinicians approve, resolve, correct and visit now and then.
func (l *lifter) clinicians() {
	const by = "U1"
	for _, a := range slices.Clone(l.p.Alerts) {
		switch {
		case !a.Delivered:
			l.step(flows.AlertDelivered{Key: a.Key})
		case strings.HasPrefix(a.Key, "approval:") && rapid.IntRange(0, 2).Draw(l.t, "approve") == 0:
			l.step(flows.StepApproved{By: by})
		case rapid.IntRange(0, 4).Draw(l.t, "resolve") == 0:
			l.step(flows.AlertResolved{Key: a.Key, By: by, Outcome: pick(l.t, "outcome", "settled", "seen")})
		}
	}
	if l.now.Sub(l.p.Training.Gate.ExaminedAt) > 50*24*time.Hour && rapid.IntRange(0, 2).Draw(l.t, "examine") > 0 {
		gate := l.p.Training.Gate
		gate.ExaminedAt = l.now
		l.step(flows.PlanChanged{Gate: &gate, By: by})
	}
	if l.p.Training.Suspended && rapid.Bool().Draw(l.t, "set again") {
		l.step(flows.StageSet{Stage: flows.StageBuild, By: by})
	}
	switch rapid.IntRange(0, 79).Draw(l.t, "clinician") {
	case 71:
		l.step(flows.StageSet{Stage: pick(l.t, "to", flows.StageLight, flows.StageBuild, flows.StageHeavy), By: by})
	case 72:
		if x, ok := l.main(); !ok || x.With == protocol.Kettlebell {
			break
		}
		l.step(flows.PlanChanged{Load: lift.Load{Value: 20 * l.plate(), Unit: l.unit}, By: by})
	case 73, 74:
		l.texts++
		l.step(flows.SessionFinished{Session: "s" + strconv.Itoa(l.texts), EndedAt: l.now.Add(-time.Hour),
			Lifts: []reply.Lift{{Exercise: "deadlift", Sets: 3, Reps: []int{5}, Load: 24 * l.plate(), Unit: l.unit}}})
	case 75:
		l.step(flows.SessionCancelled{Session: l.p.Session.ID})
	case 76:
		l.step(flows.TripNoted{By: by, Kind: "drive", From: l.now.Add(48 * time.Hour), Days: rapid.IntRange(1, 30).Draw(l.t, "away")})
	case 77:
		l.texts++
		l.step(flows.TextReceived{Message: "m" + strconv.Itoa(l.texts), Text: "i cant feel when i wipe", SentAt: l.now})
	}
}

func (l *lifter) plate() float64 {
	if l.unit == reply.Pound {
		return 5
	}
	return 2.5
}
