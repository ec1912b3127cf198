package protocol

import "time"

// Windows are the times of day around a session, in the patient's own time.
type Windows struct {
	MorningSend   Clock         `yaml:"morning_send" default:"08:30" unit:"time" help:"the morning question leaves"`
	MorningRemind Clock         `yaml:"morning_remind" default:"11:00" unit:"time" help:"its one reminder (Li 2014: four more reminders gained 11.7 % of answers)"`
	MorningClose  Clock         `yaml:"morning_close" default:"12:00" unit:"time" help:"without an answer by now the session counts as without data"`
	EveningSend   Clock         `yaml:"evening_send" default:"19:00" unit:"time" help:"the evening question leaves on a session day ..."`
	EveningAfter  time.Duration `yaml:"evening_after" default:"4h" unit:"duration" min:"0h" max:"12h" help:"... but no sooner than this after the session ..."`
	EveningLatest Clock         `yaml:"evening_latest" default:"20:30" unit:"time" help:"... and not after this: then only the morning is asked"`
	QuietFrom     Clock         `yaml:"quiet_from" default:"20:30" unit:"time" help:"from here no text leaves that the patient did not ask for"`
	QuietTo       Clock         `yaml:"quiet_to" default:"08:00" unit:"time" help:"until here; red-flag texts and direct answers leave at any hour"`
	H48           time.Duration `yaml:"h48" default:"48h" unit:"duration" min:"24h" max:"96h" help:"a rise must have settled this long after the session"`
	ContextFresh  time.Duration `yaml:"context_fresh" default:"24h" unit:"duration" min:"6h" max:"72h" help:"words about flares and interference, and an open question, count this long"`
}

// Limits keep the bot from being a nuisance. Answers to a patient's own text
// and red-flag texts never count.
type Limits struct {
	PerDay         int           `yaml:"per_day" default:"2" unit:"texts" min:"1" max:"4" help:"unsolicited texts a day: one in the morning, one in the evening"`
	PerWeekActive  int           `yaml:"per_week_active" default:"7" unit:"texts" min:"1" max:"14" help:"unsolicited texts in seven days of active care; the consent text names this number"`
	PerWeekTravel  int           `yaml:"per_week_maintain" default:"3" unit:"texts" min:"1" max:"14" help:"the same in S6 (maintaining, travelling)"`
	PerWeekRelapse int           `yaml:"per_week_relapse" default:"1" unit:"texts" min:"1" max:"7" help:"the same after discharge"`
	ReaskMax       int           `yaml:"reask_max" default:"1" unit:"times" min:"0" max:"2" help:"asking again for an answer that was not understood"`
	ReminderMax    int           `yaml:"reminder_max" default:"1" unit:"times" min:"0" max:"1" help:"reminders of an unanswered question; more gain little (Li 2014)"`
	MisreadMax     int           `yaml:"misread_max" default:"2" unit:"texts" min:"1" max:"5" help:"texts in a row that were not understood before only a human answers"`
	CheersPerWeek  int           `yaml:"cheers_per_week" default:"1" unit:"texts" min:"0" max:"7" help:"personal bests told in seven days"`
	UnreachedMax   int           `yaml:"unreached_max" default:"4" unit:"texts" min:"2" max:"10" help:"texts in a row, over a day at least, that found the phone unreachable before its number is texted no more and another is asked for"`
	AdviceRepeat   time.Duration `yaml:"advice_repeat" default:"12h" unit:"duration" min:"1h" max:"48h" help:"the advice of one red flag is not repeated sooner"`
	FooterEvery    time.Duration `yaml:"footer_every" default:"30d" unit:"duration" min:"7d" max:"90d" help:"how often 'not for emergencies' is said again"`
	UnknownPerDay  int           `yaml:"unknown_per_day" default:"1" unit:"texts" min:"0" max:"3" help:"polite answers a day to a number nobody knows"`
}

// Schedule says when the other questions leave, in the patient's own time.
type Schedule struct {
	HomeworkAt        Clock         `yaml:"homework_at" default:"18:30" unit:"time" help:"the homework check on a lift day"`
	HomeworkRemind    Clock         `yaml:"homework_remind" default:"10:00" unit:"time" help:"its one reminder, the day after"`
	H48FirstSessions  int           `yaml:"h48_first_sessions" default:"2" unit:"sessions" min:"0" max:"10" help:"the first sessions of a stage are asked about after two days even when the morning was settled"`
	WeeklyDay         time.Weekday  `yaml:"weekly_day" default:"sunday" unit:"weekday" help:"the weekly check: day"`
	WeeklyAt          Clock         `yaml:"weekly_at" default:"17:00" unit:"time" help:"the weekly check: time"`
	WeeklyRemindDay   time.Weekday  `yaml:"weekly_remind_day" default:"monday" unit:"weekday" help:"its one reminder: day"`
	WeeklyRemindAt    Clock         `yaml:"weekly_remind_at" default:"12:00" unit:"time" help:"its one reminder: time"`
	WeeklySkip        time.Duration `yaml:"weekly_skip" default:"24h" unit:"duration" min:"0h" max:"7d" help:"no weekly check when another was answered this recently"`
	WorkdaysMinPain   float64       `yaml:"workdays_min_pain" default:"3" unit:"pain 0-10" min:"0" max:"10" help:"a weekly reading from here asks for days off work too"`
	TravelEveryWeeks  int           `yaml:"travel_every_weeks" default:"2" unit:"weeks" min:"1" max:"12" help:"'any long drive coming?' every so many weeks in S4 to S6 (sitting over 6 h before a flare: odds ratio 4.4, Suri 2018, Spine 43:427)"`
	TravelDay         time.Weekday  `yaml:"travel_day" default:"thursday" unit:"weekday" help:"the travel question: day"`
	TravelAt          Clock         `yaml:"travel_at" default:"17:00" unit:"time" help:"the travel question and the tips: time"`
	TravelTipsDays    int           `yaml:"travel_tips_days" default:"1" unit:"days" min:"0" max:"7" help:"tips leave this many days before a trip"`
	RelapseAt         Clock         `yaml:"relapse_at" default:"17:00" unit:"time" help:"checks after discharge: time, on the weekly day"`
	RelapseWeekly     int           `yaml:"relapse_weekly_weeks" default:"8" unit:"weeks" min:"0" max:"52" help:"after discharge: weekly up to this week ..."`
	RelapseFortnight  int           `yaml:"relapse_fortnightly_weeks" default:"26" unit:"weeks" min:"0" max:"52" help:"... every two weeks up to this one (month 6) ..."`
	RelapseMonthly    int           `yaml:"relapse_monthly_weeks" default:"52" unit:"weeks" min:"1" max:"156" help:"... and every four weeks up to this one (69 % recur within a year, median 139 days: da Silva 2019, J Physiother 65:159)"`
	RelapseRemindDays int           `yaml:"relapse_remind_days" default:"1" unit:"days" min:"1" max:"7" help:"the one reminder of a check after discharge"`
	PEGEveryWeeks     int           `yaml:"peg_every_weeks" default:"4" unit:"weeks" min:"1" max:"26" help:"the three PEG questions (Krebs 2009, JGIM)"`
	PSFSWeeks         []int         `yaml:"psfs_weeks" default:"0,4,8,12" unit:"weeks" min:"0" max:"52" help:"the patient's own activities (PSFS; Abbott & Schmitt 2014, JOSPT 44:560)"`
	ScoreOpen         time.Duration `yaml:"score_open" default:"3d" unit:"duration" min:"12h" max:"14d" help:"a questionnaire left half way can be taken up this long"`
}
