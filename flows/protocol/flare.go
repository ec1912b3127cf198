package protocol

import "time"

// Flare follows a flare watch or a flare-up to its end. A flare-up is a
// worsening that lasts hours to weeks, is hard to tolerate and affects what one
// does (Costa 2019, J Pain 20:1267).
type Flare struct {
	ResolvedDays     int           `yaml:"resolved_days" default:"2" unit:"readings" min:"1" max:"7" help:"settled daily readings in a row that end a flare-up"`
	ResumeFactorNear float64       `yaml:"resume_factor_near" default:"0.9" unit:"factor" min:"0.3" max:"1" help:"load of the one session after a near-flare"`
	ResumeSteps      []float64     `yaml:"resume_steps" default:"0.6,0.75,0.9,1.0" unit:"factor" min:"0.3" max:"1" help:"loads of the sessions after a flare-up, one step for each that settles"`
	StepApart        time.Duration `yaml:"step_apart" default:"48h" unit:"duration" min:"24h" max:"168h" help:"least time between two of these steps"`
	LongDays         int           `yaml:"long_days" default:"7" unit:"days" min:"2" max:"60" help:"a flare-up longer than this, or with any day off work, starts again at S0 and needs the checkpoint"`
	DailyChecksMax   int           `yaml:"daily_checks_max" default:"7" unit:"checks" min:"1" max:"21" help:"daily checks of one episode; then a human decides (first recurrences lasted a median of 3 to 4 days: WalkBack analysis 2025)"`
}

// Gate says who may get automatic lifting homework at all.
type Gate struct {
	ExaminedWithin time.Duration `yaml:"examined_within" default:"60d" unit:"duration" min:"7d" max:"365d" help:"the clinician examined the patient this recently"`
}

// Checkpoint modes.
const (
	Strict   = "strict"   // a deadlift with no pain at all
	Relative = "relative" // for patients who never are at 0: no rise above the usual
)

// Checkpoint is the pain-free deadlift that unlocks building load. Its pass
// rule is policy.
type Checkpoint struct {
	Mode             string        `yaml:"mode" default:"strict" unit:"choice" oneof:"strict|relative" help:"strict: pain 0 during, settled after; relative: no rise above the usual"`
	Reps             int           `yaml:"reps" default:"5" unit:"reps" min:"1" max:"10" help:"reps to do"`
	MinBodyweightPct float64       `yaml:"min_bodyweight_pct" default:"0.40" unit:"share of body weight" min:"0.1" max:"2" help:"least load, unless the clinician sets one"`
	EveningMax       float64       `yaml:"evening_max" default:"0" unit:"pain 0-10" min:"0" max:"5" help:"strict: evening pain at most this, or the usual where that is higher"`
	MorningMax       float64       `yaml:"morning_max" default:"1" unit:"pain 0-10" min:"0" max:"5" help:"strict: morning pain at most this, or the usual where that is higher"`
	RetryAfter       time.Duration `yaml:"retry_after" default:"48h" unit:"duration" min:"24h" max:"336h" help:"rest before another try"`
	FailsMax         int           `yaml:"fails_max" default:"3" unit:"tries" min:"1" max:"10" help:"failed tries before the clinician hears of it"`
}
