package protocol

import "time"

// Pain judges readings on the 0-10 scale; all are compared as given, halves
// included. The bands follow the pain-monitoring model (Thomeé 1997;
// Silbernagel 2007, AJSM 35:897), tested for Achilles tendon and knee, not for
// the back; two points is the measurement error of the scale (Childs 2005,
// Spine 30:1331). The exact combination is policy.
type Pain struct {
	GreenMax          float64 `yaml:"green_max" default:"2" unit:"pain 0-10" min:"0" max:"10" help:"pain during or after a session up to here is green: the load may rise"`
	AmberMax          float64 `yaml:"amber_max" default:"5" unit:"pain 0-10" min:"0" max:"10" help:"up to here is amber: acceptable when settled by the next morning; above it the load falls"`
	GreenUsualMax     float64 `yaml:"green_usual_max" default:"4" unit:"pain 0-10" min:"0" max:"10" help:"evening pain no higher than usual still counts as green up to here"`
	SettledDelta      float64 `yaml:"settled_delta" default:"1" unit:"points" min:"0" max:"5" help:"a reading this far above the usual pain still counts as settled"`
	RiseDelta         float64 `yaml:"rise_delta" default:"2" unit:"points" min:"0.5" max:"10" help:"a reading this far above the usual pain is a rise"`
	WatchMinAbs       float64 `yaml:"watch_min_abs" default:"3" unit:"pain 0-10" min:"0" max:"10" help:"a rise below this number opens no flare watch by itself"`
	AlertDeltaMorning float64 `yaml:"alert_delta_morning" default:"4" unit:"points" min:"1" max:"10" help:"morning pain this far above the usual is a flare-up alert"`
	AlertAbs          float64 `yaml:"alert_abs" default:"7" unit:"pain 0-10" min:"1" max:"10" help:"a rise to this number or more is a flare-up alert, whenever it was"`
	BaselineMaxAuto   float64 `yaml:"baseline_max_auto" default:"5" unit:"pain 0-10" min:"0" max:"10" help:"with a usual pain above this a clinician sets the homework (direction: Berglund 2015, JSCR 29:1803)"`
}

// Baseline computes the usual pain from the patient's own readings.
type Baseline struct {
	Window      time.Duration `yaml:"window" default:"14d" unit:"duration" min:"3d" max:"90d" help:"readings this recent make the usual pain"`
	MinReadings int           `yaml:"min_readings" default:"5" unit:"readings" min:"1" max:"60" help:"with fewer, the number entered at intake stands"`
	Round       float64       `yaml:"round" default:"0.5" unit:"points" min:"0.1" max:"1" help:"the usual pain is rounded to this"`
	Stale       time.Duration `yaml:"stale" default:"28d" unit:"duration" min:"7d" max:"365d" help:"after this long without readings the intake number stands again"`
	MaxAutoRise float64       `yaml:"max_auto_rise" default:"1" unit:"points" min:"0" max:"10" help:"the usual pain rises by no more than this in four weeks unless a clinician confirms, so that drift hides no decline"`
}

// Trend looks across weeks and sessions (the week-to-week rule of Silbernagel
// 2007; the counts are policy).
type Trend struct {
	WeeklyRise   float64 `yaml:"weekly_rise" default:"1" unit:"points" min:"0.5" max:"5" help:"T1: the weekly median is up by this much ..."`
	WeeklyRuns   int     `yaml:"weekly_runs" default:"2" unit:"weeks" min:"1" max:"8" help:"T1: ... this many weeks running: hold, and a note to the clinician"`
	AmberRuns    int     `yaml:"amber_runs" default:"3" unit:"sessions" min:"2" max:"10" help:"T2: amber holds in a row before the clinician reads 'stuck'"`
	RegressRuns  int     `yaml:"regress_runs" default:"2" unit:"sessions" min:"1" max:"5" help:"T3: regressions in a row before going back a stage"`
	MissedWeekly int     `yaml:"missed_weekly" default:"2" unit:"checks" min:"1" max:"8" help:"T4: unanswered weekly checks before the clinician is asked to call (Axén 2020: two missed weeks early on is the marker)"`
}
