// Package reply reads what a patient typed: from a text, the question it may
// answer, and the patient's language, to what the patient meant.
//
// The rules are those of the clinical specification, sections 3 (red flags)
// and 6 (free text): see docs/protocol.md. The package is pure: the same text
// always gives the same Reply.
package reply

// Asked names the question a text may answer. It decides what a bare number
// or a bare yes means.
type Asked string

// The questions Backstop asks.
const (
	AskedNone         Asked = "none"         // nothing asked in the last 24 h
	AskedEvening      Asked = "evening"      // worst back pain during or since the session, 0-10
	AskedNextMorning  Asked = "next_morning" // back pain this morning, 0-10
	AskedH48          Asked = "h48"          // back pain now, two days after the session, 0-10
	AskedWeekly       Asked = "weekly"       // worst back pain in the last 7 days, 0-10
	AskedWorkdays     Asked = "workdays"     // days off work in the last 7, 0-7
	AskedHomework     Asked = "homework"     // DONE and pain, or SKIP
	AskedFlareCheck   Asked = "flare_check"  // is this a flare-up? yes or no
	AskedInterference Asked = "interference" // A = no, B = some things, C = can't work or do basics
	AskedTravelPre    Asked = "travel_pre"   // a long drive, flight or other bed coming?
	AskedRelapse      Asked = "relapse"      // flare-ups since we last asked? no, or how many
	AskedConsent      Asked = "consent"      // may we text you? YES or NO
	AskedWhich        Asked = "which"        // a shared phone: which of you is this? 1, 2, ...
	AskedScore        Asked = "score"        // one 0-10 item of a questionnaire; a bare number is Count, never Pain
)

// Lang is the patient's set language. Texts are understood in English and
// Spanish whatever is set; it only settles what could be read either way.
type Lang string

// The languages Backstop speaks.
const (
	English Lang = "en"
	Spanish Lang = "es"
)

// RedFlag is a category of symptom that needs care now or today
// (IFOMPT framework, Finucane 2020; NHS back-pain advice).
type RedFlag string

// The categories, in the order in which the higher one wins.
const (
	NoRedFlag          RedFlag = ""
	ChestPain          RedFlag = "chest_pain"
	VascularAAA        RedFlag = "vascular_aaa"
	OtherEmergency     RedFlag = "other_emergency"
	MentalHealthCrisis RedFlag = "mental_health_crisis"
	CaudaEquina        RedFlag = "cauda_equina"
	NeuroDeficit       RedFlag = "neuro_deficit"
	TraumaFracture     RedFlag = "trauma_fracture"
	Infection          RedFlag = "infection"
	Cancer             RedFlag = "cancer"
)

// RedFlagOrder is every category, the most serious first.
var RedFlagOrder = []RedFlag{ChestPain, VascularAAA, OtherEmergency, MentalHealthCrisis,
	CaudaEquina, NeuroDeficit, TraumaFracture, Infection, Cancer}

// Intent is what a text is for.
type Intent string

// The intents, in the order of "first match wins".
const (
	IntentStop            Intent = "stop"
	IntentStart           Intent = "start"
	IntentHelp            Intent = "help"
	IntentWrongPerson     Intent = "wrong_person"
	IntentHomeworkDone    Intent = "homework_done"
	IntentHomeworkSkipped Intent = "homework_skipped"
	IntentAnswer          Intent = "answer"
	IntentPainReport      Intent = "pain_report"
	IntentTravelTrigger   Intent = "travel_trigger"
	IntentReschedule      Intent = "reschedule"
	IntentQuestion        Intent = "question"
	IntentThanks          Intent = "thanks"
	IntentOther           Intent = "other"
)

// Interference is how much the back gets in the way of the day.
type Interference string

// The grades of interference; the empty one means not stated.
const (
	InterferenceUnknown Interference = ""
	InterferenceNone    Interference = "none"   // normal activity, at work
	InterferenceSome    Interference = "some"   // an activity limited, sleep disturbed
	InterferenceSevere  Interference = "severe" // a work day missed, cannot do basics
)

// Unit is the unit of a load as the patient wrote it.
type Unit string

// The units of load; the empty one means not written.
const (
	UnitUnknown Unit = ""
	Kilogram    Unit = "kg"
	Pound       Unit = "lb"
)

// Lift is one logged line of lifting, as written. A zero or absent field was
// not written: nothing is guessed into a record.
type Lift struct {
	Exercise   string   `json:"exercise,omitempty"` // "deadlift", "trap_bar", "kettlebell", "rdl", ...; empty when not named
	Sets       int      `json:"sets,omitempty"`
	Reps       []int    `json:"reps,omitempty"` // one number for all sets, or one per set
	Load       float64  `json:"load,omitempty"`
	Unit       Unit     `json:"unit,omitempty"`
	Plates     float64  `json:"plates,omitempty"` // "2 plates": full-size plates a side; the load depends on the bar
	Bodyweight bool     `json:"bodyweight,omitempty"`
	RPE        *float64 `json:"rpe,omitempty"`   // 1-10
	Doubt      string   `json:"doubt,omitempty"` // why a human or the patient must be asked before this is recorded
}

// Trip is a drive, flight, move or other bed the patient speaks of.
type Trip struct {
	Kind string `json:"kind"`           // "drive", "flight", "bed", "move", "trip"
	When string `json:"when,omitempty"` // as written, normalised: "tomorrow", "friday", "2026-07-04", "07-04", "just_finished"
}

// Rating is one pain number in a text together with the time it speaks of.
type Rating struct {
	Pain float64 `json:"pain"` // 0-10, halves allowed
	When string  `json:"when"` // "", "now", "morning", "evening", "last_night", "yesterday", "session", "week", "past", "usual"
	Used bool    `json:"used"` // whether it is (part of) the answer
}

// Because is one finding and the words that led to it, as positions in the
// text given to Understand (byte offsets; end exclusive).
type Because struct {
	Finding string `json:"finding"` // e.g. "red_flag: cauda_equina", "pain: 3"
	Words   string `json:"words"`   // the patient's words, as written
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Rule    string `json:"rule,omitempty"` // which composition or rule
}

// Reply is what a text meant.
type Reply struct {
	Pain         *float64     // 0-10, halves allowed; nil when no rating was given
	Interference Interference // empty when not stated
	Flare        *bool        // nil when not stated
	RedFlag      RedFlag      // the highest; empty for none
	RedFlags     []RedFlag    // all that were found, highest first
	Intent       Intent
	Yes          *bool    // a bare yes or no, whatever was asked
	Lifts        []Lift   // in the order written
	DaysOff      *float64 // days missed or cut short because of the back
	Count        *int     // a count that was asked for (flare-ups; items of a questionnaire)
	Trip         *Trip
	Ratings      []Rating // every pain number found, used or not
	Corrects     bool     // amends what was said just before ("sorry, 1", "*3")
	Automatic    bool     // an auto-reply, a bounce or a tapback: never answered
	Deceased     bool     // says that the patient has died: a human only
	Distress     bool     // despair short of a crisis: a human calls
	Worry        bool     // is worried about the back: a human answers
	Visit        bool     // names an appointment at the clinic
	MayOptOut    bool     // resembles an opt-out that no rule found: a human decides
	Pleasantry   bool     // only laughs, wishes or greets: nobody need answer
	Effort       *float64 // RPE or effort stated anywhere, 1-10
	Hypothetical bool     // asks about a red-flag symptom without having it
	Graph        bool     // asks to see their progress
	LeftOver     []string // the parts that were not understood, as written
	Because      []Because
}
