package protocol

// Formulas for the estimated one-rep maximum.
const (
	Brzycki = "brzycki" // w * 36 / (37 - r): lower below ten reps, so loads stay on the safe side
	Epley   = "epley"   // w * (1 + r/30)
)

// Lift is the arithmetic of loads. A load stays in the unit it was lifted in.
// RPE 10 is no rep left, 9 is one (Zourdos 2016); estimates are poor far from
// failure and in long sets (Zourdos 2021, JSCR 35:S158). Steps of 2-10 % follow
// ACSM 2009; the caps inside it are policy.
type Lift struct {
	Formula            string    `yaml:"formula" default:"brzycki" unit:"choice" oneof:"brzycki|epley" help:"how a set becomes an estimated one-rep maximum (e1RM)"`
	StepKg             float64   `yaml:"step_kg" default:"2.5" unit:"kg" min:"0.5" max:"10" help:"the smallest step of a loaded bar, both sides together"`
	StepLb             float64   `yaml:"step_lb" default:"5" unit:"lb" min:"1" max:"20" help:"the same in pounds"`
	BarKg              float64   `yaml:"bar_kg" default:"20" unit:"kg" min:"5" max:"35" help:"the bar, where the patient's is not known; a lower target means a kettlebell"`
	BarLb              float64   `yaml:"bar_lb" default:"45" unit:"lb" min:"10" max:"75" help:"the same in pounds"`
	TrapBarKg          float64   `yaml:"trap_bar_kg" default:"25" unit:"kg" min:"10" max:"50" help:"the trap bar"`
	TrapBarLb          float64   `yaml:"trap_bar_lb" default:"55" unit:"lb" min:"20" max:"110" help:"the same in pounds"`
	PlateKg            float64   `yaml:"plate_kg" default:"20" unit:"kg" min:"5" max:"50" help:"a full-size plate, for patients who count plates"`
	PlateLb            float64   `yaml:"plate_lb" default:"45" unit:"lb" min:"10" max:"110" help:"the same in pounds"`
	BellsKg            []float64 `yaml:"bells_kg" default:"4,6,8,10,12,16,20,24,28,32,36,40,44,48" unit:"kg" min:"1" max:"100" help:"the kettlebells there are, light to heavy"`
	BellsLb            []float64 `yaml:"bells_lb" default:"10,15,18,20,25,26,30,35,40,44,50,53,62,70,80,88,97,106" unit:"lb" min:"2" max:"220" help:"the same in pounds"`
	BellJumpMaxPct     float64   `yaml:"bell_jump_max_pct" default:"0.20" unit:"share" min:"0.05" max:"1" help:"a bell heavier by more than this is earned with extra reps first"`
	BellExtraReps      int       `yaml:"bell_extra_reps" default:"4" unit:"reps" min:"0" max:"10" help:"how many extra reps earn it"`
	LightBelowKg       float64   `yaml:"light_below_kg" default:"60" unit:"kg" min:"20" max:"200" help:"a bar lighter than this rises by light_step"`
	LightBelowLb       float64   `yaml:"light_below_lb" default:"135" unit:"lb" min:"45" max:"440" help:"the same in pounds"`
	HeavyAboveKg       float64   `yaml:"heavy_above_kg" default:"100" unit:"kg" min:"30" max:"300" help:"a bar heavier than this rises by heavy_step"`
	HeavyAboveLb       float64   `yaml:"heavy_above_lb" default:"225" unit:"lb" min:"65" max:"660" help:"the same in pounds"`
	LightStepKg        float64   `yaml:"light_step_kg" default:"5" unit:"kg" min:"0.5" max:"20" help:"rise of a light bar; between light and heavy too, while the last set felt easy"`
	LightStepLb        float64   `yaml:"light_step_lb" default:"10" unit:"lb" min:"1" max:"40" help:"the same in pounds"`
	HeavyStepKg        float64   `yaml:"heavy_step_kg" default:"2.5" unit:"kg" min:"0.5" max:"10" help:"rise of a heavy bar; between light and heavy too, when the last set was harder"`
	HeavyStepLb        float64   `yaml:"heavy_step_lb" default:"5" unit:"lb" min:"1" max:"20" help:"the same in pounds"`
	EasyRPE            float64   `yaml:"easy_rpe" default:"7" unit:"RPE" min:"5" max:"10" help:"a last set up to this felt easy"`
	RegressFactor      float64   `yaml:"regress_factor" default:"0.9" unit:"factor" min:"0.5" max:"1" help:"load after a regression, rounded down"`
	RPECapUnsupervised float64   `yaml:"rpe_cap_unsupervised" default:"9" unit:"RPE" min:"6" max:"10" help:"homework is never planned harder: at least one rep stays in the tank"`
	HeavyMinPct        float64   `yaml:"heavy_min_pct" default:"0.80" unit:"share of e1RM" min:"0.5" max:"1" help:"a set from here counts as heavy (Androulakis-Korakakis 2021: over 80 % of the maximum, 1-5 reps)"`
	HeavyMinPerWeek    int       `yaml:"heavy_min_per_week" default:"1" unit:"sessions" min:"1" max:"3" help:"heavy sessions a week in S5 (Androulakis-Korakakis 2020, Sports Med 50:751: one already raises strength)"`
	WeekJumpMaxPct     float64   `yaml:"week_jump_max_pct" default:"0.05" unit:"share" min:"0.01" max:"0.2" help:"a week's rise is at most this share ..."`
	WeekJumpMaxKg      float64   `yaml:"week_jump_max_kg" default:"10" unit:"kg" min:"1" max:"20" help:"... and at most this"`
	WeekJumpMaxLb      float64   `yaml:"week_jump_max_lb" default:"20" unit:"lb" min:"2" max:"45" help:"the same in pounds"`
	BackOffMin         float64   `yaml:"back_off_min" default:"0.80" unit:"share of top set" min:"0.5" max:"1" help:"back-off sets: lightest"`
	BackOffMax         float64   `yaml:"back_off_max" default:"0.85" unit:"share of top set" min:"0.5" max:"1" help:"back-off sets: heaviest"`
	REffMax            float64   `yaml:"r_eff_max" default:"10" unit:"reps" min:"5" max:"12" help:"reps done and left together above this make no e1RM: the formulas are too poor there"`
	RIRMax             float64   `yaml:"rir_max" default:"4" unit:"reps" min:"0" max:"6" help:"reps left are believed up to this many"`
	PRMinPct           float64   `yaml:"pr_min_pct" default:"0.01" unit:"share" min:"0" max:"0.2" help:"an e1RM best is better by this share, and by a plate step"`
	TypoJumpPct        float64   `yaml:"typo_jump_pct" default:"0.20" unit:"share" min:"0.05" max:"1" help:"a load this far above the last one is asked about before it counts"`
}

// Deload is a planned easier week (lifters take 6.4 days every 5.6 weeks with
// less volume, load and effort at the same frequency: Rogerson 2024, Sports Med
// Open 10:26). The factors are policy.
type Deload struct {
	EveryWeeks    int     `yaml:"every_weeks" default:"5" unit:"weeks" min:"2" max:"12" help:"weeks of S5 before an easier one"`
	Days          int     `yaml:"days" default:"7" unit:"days" min:"3" max:"14" help:"how long it lasts"`
	SetFactor     float64 `yaml:"set_factor" default:"0.5" unit:"factor" min:"0.2" max:"1" help:"share of the sets, rounded up to at least one"`
	LoadFactor    float64 `yaml:"load_factor" default:"0.9" unit:"factor" min:"0.5" max:"1" help:"share of the load, rounded down"`
	RepsLeft      int     `yaml:"reps_left" default:"4" unit:"reps" min:"2" max:"6" help:"reps left in every set, at least"`
	E1RMDrop      float64 `yaml:"trigger_e1rm_drop" default:"0.05" unit:"share" min:"0.01" max:"0.3" help:"early: e1RM below the best by this share ..."`
	E1RMSessions  int     `yaml:"trigger_e1rm_sessions" default:"2" unit:"sessions" min:"1" max:"6" help:"... in this many sessions in a row"`
	RPEOver       float64 `yaml:"trigger_rpe_over" default:"1.5" unit:"RPE" min:"0.5" max:"4" help:"early: sets felt harder than planned by this much ..."`
	RPESessions   int     `yaml:"trigger_rpe_sessions" default:"2" unit:"sessions" min:"1" max:"6" help:"... in this many sessions in a row"`
	AmberEvenings int     `yaml:"trigger_amber" default:"3" unit:"sessions" min:"1" max:"10" help:"early: this many amber evenings ..."`
	AmberOfLast   int     `yaml:"trigger_amber_of" default:"4" unit:"sessions" min:"1" max:"10" help:"... among so many sessions"`
}

// Restart is the load after weeks without lifting and without pain (general
// knowledge, no study).
type Restart struct {
	OneWeek    float64 `yaml:"missed_one_week" default:"1.0" unit:"factor" min:"0.3" max:"1" help:"load after one missed week"`
	TwoWeeks   float64 `yaml:"missed_two_weeks" default:"0.9" unit:"factor" min:"0.3" max:"1" help:"after two"`
	FourWeeks  float64 `yaml:"missed_four_weeks" default:"0.8" unit:"factor" min:"0.3" max:"1" help:"after three or four"`
	Longer     float64 `yaml:"missed_longer" default:"0.7" unit:"factor" min:"0.3" max:"1" help:"after more: back in S4 at this"`
	TravelBack float64 `yaml:"travel_back" default:"0.9" unit:"factor" min:"0.3" max:"1" help:"S5 after a trip"`
}
