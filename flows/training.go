package flows

import (
	"slices"
	"time"

	"backstop/flows/lift"
	"backstop/flows/reply"
)

// Training is where a patient stands on the ladder and what they lift. Every
// list in it is bounded and oldest first.
type Training struct {
	Gate    Gate      `json:"gate"`
	Letter  string    `json:"letter,omitempty"` // the step within S3
	Since   time.Time `json:"since,omitzero"`   // at this stage and letter
	Choices Choices   `json:"choices"`

	Lifts  []Lifted  `json:"lifts,omitempty"`  // one for each exercise that has a load
	Bests  []Best    `json:"bests,omitempty"`  // one for each exercise and unit
	Done   []Done    `json:"done,omitempty"`   // the last weeks' sessions
	Return Return    `json:"return"`           // the way back after a flare-up, a break or a trip; zero when none
	Easier Easier    `json:"easier"`           // the easier week
	Tries  Tries     `json:"tries"`            // at the checkpoint
	Moved  Moved     `json:"moved,omitzero"`   // the last step that the rules took by themselves
	Asked  Approval  `json:"approval"`         // the next step, waiting for a clinician; zero when none
	Ticked Stage     `json:"ticked,omitempty"` // the stage whose exit a clinician has confirmed
	Cheer  Cheer     `json:"cheer"`            // a personal best that waits for the back to agree
	Logged LoggedNow `json:"logged"`           // what the patient logged and was asked back about; zero when none

	Told        []string  `json:"told,omitempty"`          // what the clinician has been told once: why there is no homework, "stuck", ...
	Restarted   time.Time `json:"restarted,omitzero"`      // loads before are no measure any more
	HeavyMissed time.Time `json:"heavy_missed,omitzero"`   // when a week without a heavy lift was last mentioned
	CheeredAt   time.Time `json:"cheered_at,omitzero"`     // the last personal best told
	PlanFrom    time.Time `json:"plan_from,omitzero"`      // when the homework of the stage was last texted
	ChosenDay   string    `json:"chosen_day,omitempty"`    // a lift day the patient chose besides, as a date
	TodayWaits  string    `json:"today_waits,omitempty"`   // the lift day whose homework waits for the morning's answer
	History     History   `json:"history"`                 // before care, as told at intake
	CheckIns    bool      `json:"check_ins_only,omitzero"` // the clinic wants no homework by text
	Suspended   bool      `json:"suspended,omitempty"`     // by a red flag, until a clinician sets the stage by hand
}

// Gate is what must be known before anybody gets lifting homework by itself,
// as a clinician entered it.
type Gate struct {
	ExaminedAt time.Time `json:"examined_at,omitzero"` // by the clinician
	Adult      bool      `json:"adult,omitempty"`
	Excluded   []string  `json:"excluded,omitempty"` // pregnancy, surgery, osteoporosis, fracture, cancer, ...
	Override   bool      `json:"override,omitempty"` // a clinician has allowed it all the same
	Gear       []string  `json:"gear,omitempty"`     // what the patient has: protocol.Bar, protocol.TrapBar, protocol.Kettlebell
	Bells      []float64 `json:"bells,omitempty"`    // their own bells, in their unit, light to heavy
	BarLoad    float64   `json:"bar,omitempty"`      // their own empty bar; 0 for the usual one
	Bodyweight lift.Load `json:"bodyweight,omitzero"`
	Target     lift.Load `json:"target,omitzero"` // the load of the checkpoint, where a clinician sets it
}

// Choices are what a clinician picked where a stage offers several.
type Choices struct {
	LiftDays []time.Weekday    `json:"lift_days,omitempty"` // the patient's own; the stage's where empty
	Picks    map[string]string `json:"picks,omitempty"`     // which of the exercises that say one_of: "assistance" to "hip_thrust"; replaced, never changed
}

// History is how it was before care.
type History struct {
	FlaresPerYear float64 `json:"flares_per_year,omitempty"`
	DaysOff       float64 `json:"days_off,omitempty"` // work, of each
}

// Lifted is the load of one exercise.
type Lifted struct {
	Exercise string    `json:"exercise"`
	Plan     lift.Plan `json:"plan"` // as planned for the last session with it
	Next     lift.Plan `json:"next"` // for the next one
	Last     lift.Load `json:"last,omitzero"`
	LastAt   time.Time `json:"last_at,omitzero"`
	SetAt    time.Time `json:"set_at,omitzero"` // when a clinician set Next
	E1RM     float64   `json:"e1rm,omitempty"`  // of the last session that gave one, in Plan's unit
}

// Best holds the personal bests of an exercise in one unit.
type Best struct {
	Exercise string      `json:"exercise"`
	Unit     reply.Unit  `json:"unit"`
	Reps     [11]float64 `json:"reps"` // the heaviest set of so many reps, 1 to 10
	E1RM     float64     `json:"e1rm,omitempty"`
}

// Done is what a session says to trends, exits and deloads.
type Done struct {
	Session  string    `json:"session"`
	At       time.Time `json:"at"`
	Stage    Stage     `json:"stage"`
	Letter   string    `json:"letter,omitempty"`
	Decision Decision  `json:"decision,omitempty"` // empty until decided
	Rule     string    `json:"rule,omitempty"`
	Evening  *float64  `json:"evening,omitempty"`
	Settled  bool      `json:"settled,omitempty"` // the morning after
	Homework bool      `json:"homework,omitempty"`

	Exercise string   `json:"exercise,omitempty"` // the main one
	Work     []Worked `json:"work,omitempty"`
	Target   float64  `json:"target,omitempty"` // the planned RPE
	E1RM     float64  `json:"e1rm,omitempty"`   // of the main one
	Heavy    bool     `json:"heavy,omitempty"`
	Bests    []Best   `json:"bests,omitempty"`  // as they were before it, where it beat any
	Easier   bool     `json:"easier,omitempty"` // planned lighter than it could be: an easier week, a step back
}

// Worked is what was done of one exercise.
type Worked struct {
	Exercise string     `json:"exercise"`
	Sets     []lift.Set `json:"sets"`
}

// sets are those of an exercise.
func (d Done) sets(exercise string) []lift.Set {
	for _, w := range d.Work {
		if w.Exercise == exercise {
			return w.Sets
		}
	}
	return nil
}

// top is the heaviest set of an exercise; its load is not known where there is none.
func (d Done) top(exercise string) lift.Set {
	var top lift.Set
	for _, s := range d.sets(exercise) {
		if !top.Load.Known() || s.Load.Above(top.Load) {
			top = s
		}
	}
	return top
}

// Return is the way back to lifting.
type Return struct {
	Kind   lift.Return `json:"kind,omitempty"`
	Since  time.Time   `json:"since,omitzero"`   // sessions before are no step on it
	Factor float64     `json:"factor,omitempty"` // of the load before, for one session
	Step   int         `json:"step,omitempty"`   // of the steps back; -1 is the session of S2 before them
	At     time.Time   `json:"at,omitzero"`      // when the last step was done
	Before Stage       `json:"before,omitempty"`
	Letter string      `json:"letter,omitempty"`
	Loads  []Lifted    `json:"loads,omitempty"` // from before; replaced, never changed
	Alert  string      `json:"alert,omitempty"` // nothing begins before a clinician has resolved it
}

// fromFlare reports whether it is the way back after a flare-up, which nothing shortens.
func (r Return) fromFlare() bool {
	return r.Kind == lift.ReturnSteps || r.Kind == lift.ReturnCheckpoint
}

// Easier is a planned lighter week of S5.
type Easier struct {
	Since time.Time `json:"since,omitzero"` // S5 without an easier week since
	Until time.Time `json:"until,omitzero"`
	Why   string    `json:"why,omitempty"`
}

// Tries are the tries at the checkpoint.
type Tries struct {
	Failed int       `json:"failed,omitempty"`
	Last   time.Time `json:"last,omitzero"`
	Passed bool      `json:"passed,omitempty"`
}

// Moved is a step that the rules took by themselves, kept so that it can be taken
// back where a session it rested on did not take place.
type Moved struct {
	Stage  Stage     `json:"stage,omitempty"` // before it
	Letter string    `json:"letter,omitempty"`
	Since  time.Time `json:"since,omitzero"`
	To     Stage     `json:"to,omitempty"`
	Next   string    `json:"next,omitempty"` // the letter after it
	Down   bool      `json:"down,omitempty"`
}

// Approval is a step that waits for a clinician.
type Approval struct {
	Stage    Stage     `json:"stage,omitempty"`
	Letter   string    `json:"letter,omitempty"`
	At       time.Time `json:"at,omitzero"`
	Declined bool      `json:"declined,omitempty"` // the clinician closed the request without approving
}

// Cheer is a personal best that is told once the morning allows.
type Cheer struct {
	Session string `json:"session,omitempty"`
	Max     bool   `json:"max,omitempty"`  // the estimated maximum, else the most for so many reps
	Lift    string `json:"lift,omitempty"` // in words
	Best    string `json:"best,omitempty"` // the maximum in words
}

// LoggedNow is lifting that the patient logged and was asked back about.
// Nothing of it is recorded before the answer.
type LoggedNow struct {
	Question LiftQuestion `json:"question,omitempty"`
	Session  string       `json:"session,omitempty"`
	Message  string       `json:"message,omitempty"`
	At       time.Time    `json:"at,omitzero"`
	Lifts    []reply.Lift `json:"lifts,omitempty"`
}

// LiftQuestion is what was asked about a logged lift.
type LiftQuestion string

// The questions about a logged lift.
const (
	LiftWhat LiftQuestion = "load" // which load, how many reps?
	LiftUnit LiftQuestion = "unit" // kg or lb?
	LiftSure LiftQuestion = "sure" // a big jump: is it right?
)

// clone copies what a turn may change.
func (tr Training) clone() Training {
	tr.Lifts = slices.Clone(tr.Lifts)
	tr.Bests = slices.Clone(tr.Bests)
	tr.Done = slices.Clone(tr.Done)
	tr.Told = slices.Clone(tr.Told)
	return tr
}
