package api

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"backstop/bot"
	"backstop/flows/reply"
	"backstop/storage"
)

// Session is a finished session as the API shows one.
type Session struct {
	ID         string       `json:"id"`
	Clinic     string       `json:"clinic"`
	Patient    string       `json:"patient"` // our id
	ExternalID string       `json:"external_id,omitempty"`
	EndedAt    time.Time    `json:"ended_at"`
	Kind       string       `json:"kind"`
	Lifts      []reply.Lift `json:"lifts"`
	Note       string       `json:"note"`
	CreatedAt  time.Time    `json:"created_at"`
}

// SessionOf shows a session as it is kept.
func SessionOf(s storage.Session, lifts []storage.Lift) Session {
	out := Session{ID: s.ID, Clinic: s.ClinicID, Patient: s.PatientID, ExternalID: s.ExternalID, EndedAt: s.EndedAt.Time,
		Kind: s.Kind, Lifts: []reply.Lift{}, Note: s.Note, CreatedAt: s.CreatedAt.Time}
	for _, l := range lifts {
		out.Lifts = append(out.Lifts, l.Work.Lift)
	}
	return out
}

const mostLifts = 100

// readSession reads a session that has ended.
func readSession(o *object) bot.NewSession {
	n := bot.NewSession{
		Clinic:     o.text("clinic", mostWord),
		Patient:    o.text("patient", mostLine),
		ExternalID: o.text("external_id", mostLine),
		EndedAt:    o.moment("ended_at"),
		Kind:       o.text("kind", mostWord),
		Note:       o.lines("note", mostNote),
		PainDuring: o.number("pain_during"),
	}
	lifts := o.objects("lifts", mostLifts)
	n.Lifts = make([]reply.Lift, len(lifts))
	for i, lift := range lifts {
		if lift != nil {
			n.Lifts[i] = readLift(lift)
		}
	}
	o.done()
	return n
}

// The bounds of a lift are those of typing errors: no human lifts 1,000.
const (
	mostSets = 50
	mostReps = 200
	mostLoad = 1000
)

func readLift(o *object) reply.Lift {
	l := reply.Lift{
		Exercise:   o.text("exercise", mostWord),
		Sets:       o.whole("sets", 1, mostSets),
		Reps:       readReps(o),
		Load:       o.between("load", 0, mostLoad),
		Unit:       reply.Unit(o.text("unit", mostWord)),
		Plates:     o.between("plates", 0, 20),
		Bodyweight: o.yes("bodyweight"),
	}
	if rpe := o.between("rpe", 1, 10); rpe != 0 {
		l.RPE = &rpe
	}
	if l.Unit != reply.UnitUnknown && l.Unit != reply.Kilogram && l.Unit != reply.Pound {
		o.refuse("unit", "is not one of kg, lb")
	}
	if len(l.Reps) > 1 && l.Sets > 0 && len(l.Reps) != l.Sets {
		o.refuse("reps", "wants one number for all sets, or one for each of them")
	}
	if len(l.Reps) == 0 && l.Sets == 0 {
		o.refuse("reps", "is missing: a lift says its sets or its reps")
	}
	o.done()
	return l
}

// readReps reads one number for all sets, or a list with one for each.
func readReps(o *object) []int {
	raw, given := o.get("reps")
	if !given {
		return nil
	}
	var reps []int
	if err := json.Unmarshal(raw, &reps); err != nil {
		var all int
		if err := json.Unmarshal(raw, &all); err != nil {
			o.refuse("reps", "wants a whole number, or a list of them")
			return nil
		}
		reps = []int{all}
	}
	if len(reps) == 0 || len(reps) > mostSets || slices.Min(reps) < 0 || slices.Max(reps) > mostReps {
		o.refuse("reps", "wants 1 to %d numbers from 0 to %d", mostSets, mostReps)
	}
	return reps
}

// logSession takes a session in that has ended, once for each external id.
func (a *API) logSession(ctx context.Context, r *http.Request, token storage.Token) (answer, error) {
	o, err := body(r)
	if err != nil {
		return answer{}, err
	}
	n := readSession(o)
	if n.Clinic, err = clinicOf(token, n.Clinic); err != nil {
		return answer{}, err
	}
	if len(*o.wrong) > 0 {
		return answer{}, alsoWrong(*o.wrong, a.desk.CheckSession(ctx, n))
	}
	s, created, err := a.desk.LogSession(ctx, n, by(token))
	if err != nil {
		return answer{}, err
	}
	lifts, err := a.records.LiftsOfSession(ctx, s.ClinicID, s.PatientID, s.ID)
	if err != nil {
		return answer{}, err
	}
	return answer{status: madeOrKnown(created), body: SessionOf(s, lifts)}, nil
}
