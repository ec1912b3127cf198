package protocol

import (
	_ "embed"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Ladder is the stages in the order in which a patient climbs them; S6 stands
// beside the ladder.
type Ladder []Stage

// Stage is one step: what to do, how often, and what must be so before the next.
type Stage struct {
	ID          string         `yaml:"-"`
	Name        string         `yaml:"name" unit:"text" maxlen:"20" help:"one word for clinicians"`
	Goal        string         `yaml:"goal" unit:"text" maxlen:"80" help:"what it is for"`
	Approve     bool           `yaml:"approve" unit:"yes/no" help:"a clinician approves the entry"`
	DaysPerWeek int            `yaml:"days_per_week" unit:"days" min:"0" max:"7" help:"homework days a week"`
	DaysMax     int            `yaml:"days_max" unit:"days" min:"0" max:"7" help:"at most"`
	LiftDays    []time.Weekday `yaml:"lift_days" unit:"weekday" help:"planned days, where the patient has not chosen"`
	RPEMin      float64        `yaml:"rpe_min" unit:"RPE" min:"0" max:"10" help:"effort: from"`
	RPEMax      float64        `yaml:"rpe_max" unit:"RPE" min:"0" max:"10" help:"effort: to"`
	Rest        time.Duration  `yaml:"rest" unit:"duration" min:"0m" max:"10m" help:"rest between sets"`
	PainMax     float64        `yaml:"pain_max" unit:"pain 0-10" min:"0" max:"10" help:"stop when pain goes over this"`
	Exercises   []Exercise     `yaml:"exercises"`
	Exit        Exit           `yaml:"exit"`
}

// What an exercise is done with.
const (
	Body       = "body" // no load, or the weight of a broomstick or a band
	Kettlebell = "kettlebell"
	Bar        = "bar"
	TrapBar    = "trap_bar"
)

// What an exercise is there for.
const (
	Main    = "main"     // carries the load that progresses
	TopSet  = "top"      // the heavy set of S5
	BackOff = "back_off" // lighter sets after it
	Assist  = "assist"
	WarmUp  = "warm_up"
)

// Exercise is one line of a plan. Its name and its cue stand in the wording,
// under its id. A count that does not apply is zero.
type Exercise struct {
	ID            string        `yaml:"id" unit:"text" like:"slug" required:"true" help:"names it in the wording"`
	With          string        `yaml:"with" default:"body" unit:"choice" oneof:"body|kettlebell|bar|trap_bar" help:"what it is done with"`
	Role          string        `yaml:"role" default:"assist" unit:"choice" oneof:"main|top|back_off|assist|warm_up" help:"what it is there for"`
	Letter        string        `yaml:"letter" unit:"choice" oneof:"a|b|c|d" optional:"true" help:"the step within S3"`
	OneOf         string        `yaml:"one_of" unit:"text" like:"slug" optional:"true" help:"of those with the same word here, the clinician picks one"`
	Sets          int           `yaml:"sets" unit:"sets" min:"0" max:"20" help:"sets"`
	SetsMax       int           `yaml:"sets_max" unit:"sets" min:"0" max:"20" help:"sets: to"`
	Reps          int           `yaml:"reps" unit:"reps" min:"0" max:"50" help:"reps"`
	RepsMax       int           `yaml:"reps_max" unit:"reps" min:"0" max:"50" help:"reps: to"`
	Time          time.Duration `yaml:"time" unit:"duration" min:"0s" max:"2h" help:"how long, in place of reps"`
	TimeMax       time.Duration `yaml:"time_max" unit:"duration" min:"0s" max:"2h" help:"how long: to"`
	Metres        int           `yaml:"metres" unit:"m" min:"0" max:"1000" help:"how far, in place of reps"`
	Breaths       int           `yaml:"breaths" unit:"breaths" min:"0" max:"20" help:"breaths, in place of reps"`
	PerSide       bool          `yaml:"per_side" unit:"yes/no" help:"each side"`
	Hold          time.Duration `yaml:"hold" unit:"duration" min:"0s" max:"2m" help:"hold of each rep"`
	Tempo         string        `yaml:"tempo" unit:"s down-pause-up" like:"tempo" optional:"true" help:"seconds down, pause, up"`
	StartKg       float64       `yaml:"start_kg" unit:"kg" min:"0" max:"100" help:"first load"`
	StartLb       float64       `yaml:"start_lb" unit:"lb" min:"0" max:"220" help:"first load"`
	BodyweightMax float64       `yaml:"bodyweight_max" unit:"share of body weight" min:"0" max:"3" help:"no load above this share of body weight"`
	TopShare      float64       `yaml:"top_share" unit:"share of top set" min:"0" max:"1" help:"back-off load"`
}

// Exit is what must be so before the next stage; a zero asks for nothing.
type Exit struct {
	SettledDays  int           `yaml:"settled_days" unit:"days" min:"0" max:"14" help:"days running with pain at most pain_over_usual above the usual, and nothing severely in the way"`
	PainOver     float64       `yaml:"pain_over_usual" unit:"points" min:"0" max:"5" help:"for settled_days"`
	Sessions     int           `yaml:"sessions" unit:"sessions" min:"0" max:"30" help:"sessions done"`
	Within       time.Duration `yaml:"within" unit:"duration" min:"0d" max:"90d" help:"... within this time"`
	EveningMax   float64       `yaml:"evening_max" unit:"pain 0-10" min:"0" max:"10" help:"evening pain of those sessions at most this, or green"`
	Mornings     int           `yaml:"settled_mornings" unit:"mornings" min:"0" max:"14" help:"settled mornings in a row"`
	ProgressRuns int           `yaml:"progress_runs" unit:"sessions" min:"0" max:"10" help:"PROGRESS decisions in a row, for each letter of S3"`
	Weeks        int           `yaml:"weeks" unit:"weeks" min:"0" max:"26" help:"weeks in the stage"`
	Attendance   float64       `yaml:"attendance" unit:"share" min:"0" max:"1" help:"share of the planned sessions done"`
	RatedSets    int           `yaml:"rated_sets" unit:"sets" min:"0" max:"20" help:"sets that give an e1RM"`
	Target       float64       `yaml:"target_bodyweight" unit:"share of body weight" min:"0" max:"4" help:"e1RM to reach"`
	Confirm      string        `yaml:"confirm" unit:"text" maxlen:"60" optional:"true" help:"what a clinician ticks"`
}

//go:embed stages.yaml
var stagesFile []byte

// stageIDs in the order of the ladder.
var stageIDs = []string{"S0", "S1", "S2", "S3", "CHECKPOINT", "S4", "S5", "S6"}

// defaultLadder is the ladder of stages.yaml; the caller may replace its stages.
func defaultLadder() Ladder { return slices.Clone(readLadder()) }

var readLadder = sync.OnceValue(func() Ladder {
	d := &decoder{file: "stages.yaml"}
	ladder := make(Ladder, len(stageIDs))
	for i, id := range stageIDs {
		ladder[i].ID = id
	}
	root, err := parseTree(stagesFile)
	if err == nil {
		ladder.decode(d, root, "stages")
		err = d.mistakes.InOrder()
	}
	if err != nil {
		panic(fmt.Sprintf("the built-in stages: %v", err))
	}
	return ladder
})

// decode changes the stages a mapping names and leaves the others as they are.
func (l *Ladder) decode(d *decoder, n *node, key string) {
	for _, e := range d.entries(n, key) {
		i := slices.IndexFunc(*l, func(s Stage) bool { return s.ID == e.key })
		if i < 0 {
			d.add(e.line, join(key, e.key), "no such stage%s", nearest(e.key, stageIDs))
			continue
		}
		d.decode(&(*l)[i], e.value, join(key, e.key))
		d.checkStage((*l)[i], e, join(key, e.key))
	}
}

// checkStage reports exercises that say nothing to do, and ranges upside down.
func (d *decoder) checkStage(s Stage, at entry, key string) {
	if s.DaysMax < s.DaysPerWeek {
		d.add(at.line, key, "days_max %d is below days_per_week %d", s.DaysMax, s.DaysPerWeek)
	}
	if s.RPEMax < s.RPEMin {
		d.add(at.line, key, "rpe_max %v is below rpe_min %v", s.RPEMax, s.RPEMin)
	}
	if len(s.Exercises) == 0 {
		d.add(at.line, key, "a stage needs exercises")
	}
	lines := at.value.child("exercises").itemLines()
	for i, x := range s.Exercises {
		line := at.line
		if i < len(lines) {
			line = lines[i]
		}
		where := fmt.Sprintf("%s.exercises[%d]", key, i)
		if x.Reps == 0 && x.Time == 0 && x.Metres == 0 && x.Breaths == 0 {
			d.add(line, where, "%s says neither reps nor time nor metres nor breaths", x.ID)
		}
		if (x.RepsMax != 0 && x.RepsMax < x.Reps) || (x.SetsMax != 0 && x.SetsMax < x.Sets) || (x.TimeMax != 0 && x.TimeMax < x.Time) {
			d.add(line, where, "%s: a range ends below its start", x.ID)
		}
	}
}

// Stage is the stage with an id.
func (p Protocol) Stage(id string) (Stage, bool) {
	for _, s := range p.Stages {
		if s.ID == id {
			return s, true
		}
	}
	return Stage{}, false
}

// Main is the exercise of a stage whose load progresses, at a letter of S3 (any
// letter where the stage has none).
func (s Stage) Main(letter string) (Exercise, bool) {
	for _, x := range s.Exercises {
		if (x.Role == Main || x.Role == TopSet) && (x.Letter == "" || x.Letter == letter) {
			return x, true
		}
	}
	return Exercise{}, false
}

// Letters are the steps within a stage, in order; only S3 has any.
func (s Stage) Letters() []string {
	var letters []string
	for _, x := range s.Exercises {
		if x.Letter != "" && !slices.Contains(letters, x.Letter) {
			letters = append(letters, x.Letter)
		}
	}
	return letters
}

// Next is the stage after one; the last of the ladder, and S6, have none.
func (p Protocol) Next(id string) (string, bool) {
	i := slices.Index(stageIDs, id)
	if i < 0 || id == "S5" || id == "S6" {
		return "", false
	}
	return stageIDs[i+1], true
}
