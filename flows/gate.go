package flows

import (
	"slices"
	"strings"

	"backstop/flows/protocol"
)

// gated says why the patient gets no lifting homework by text, in a clinician's
// words; empty when nothing stands against it. A stage without loads needs less.
func (t *turn) gated() string {
	tr, rules := t.p.Training, t.clinic.Protocol
	s := t.stage()
	switch {
	case tr.CheckIns || !t.p.Course.Discharged.IsZero():
		return checkInsOnly
	case t.p.RedFlag.Open():
		return "a red flag is open"
	case tr.Suspended:
		return "a red flag suspended it: set the stage by hand"
	case len(s.Exercises) == 0:
		return "the protocol has no exercises for " + string(t.p.Stage)
	case t.clinic.Baseline(t.p, t.now) > rules.Pain.BaselineMaxAuto:
		return "the usual pain is over " + num(rules.Pain.BaselineMaxAuto)
	case !lifts(s):
		return ""
	case tr.Return.Alert != "":
		return "the alert of the last flare-up is open" // they were told to wait for a word from the clinic
	case !tr.Gate.Adult:
		return "it is not entered that the patient is an adult"
	case tr.Gate.ExaminedAt.IsZero() || t.now.Sub(tr.Gate.ExaminedAt) > rules.Gate.ExaminedWithin:
		return "no examination in the last " + days(rules.Gate.ExaminedWithin) + " is entered"
	case len(tr.Gate.Excluded) > 0 && !tr.Gate.Override:
		return "excluded: " + strings.Join(tr.Gate.Excluded, ", ")
	}
	return t.lacks(s)
}

const checkInsOnly = "check-ins only"

// lacks says what of gear or knowledge is missing for a stage's loads.
func (t *turn) lacks(s protocol.Stage) string {
	gate := t.p.Training.Gate
	x, ok := s.Main(t.p.Training.Letter)
	switch {
	case !ok:
		return ""
	case !slices.Contains(gate.Gear, x.With):
		return "the patient has no " + strings.ReplaceAll(x.With, "_", " ") + " entered for " + t.where()
	case x.BodyweightMax > 0 && !gate.Bodyweight.Known():
		return "the body weight is missing, which limits the load of " + t.where()
	}
	if _, ok := t.planned(s, x); !ok {
		return "no load is known for " + t.where() + ", or nothing that light is there: enter one"
	}
	return ""
}

// tellOnce tells the clinician something once in a stage.
func (t *turn) tellOnce(what, line string) {
	if slices.Contains(t.p.Training.Told, what) {
		return
	}
	t.p.Training.Told = append(t.p.Training.Told, what)
	t.note(line)
}
