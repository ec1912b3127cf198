package flows

import (
	"time"

	"backstop/flows/reply"
)

// Patient is the snapshot of one patient that the flows decide on. It is a
// value: Step returns a new one and never writes through the one it was given.
// Replaying a patient's events from an empty snapshot reproduces it.
type Patient struct {
	ID       string     `json:"id"`
	Name     string     `json:"name,omitempty"` // first name at most; never needed to decide
	Language reply.Lang `json:"language"`
	TimeZone string     `json:"time_zone"` // IANA name; the clinic's where it is empty or unknown
	Unit     reply.Unit `json:"unit"`
	Place    int        `json:"place,omitempty"` // among those who share the phone, from 1; 0 for a phone of their own

	Consent  Consent  `json:"consent"`
	Stage    Stage    `json:"stage"`
	Paused   bool     `json:"paused,omitempty"`   // by a clinician: no unsolicited text leaves
	Taken    Takeover `json:"taken,omitzero"`     // a clinician is texting in person
	Snooze   Snooze   `json:"snooze,omitzero"`    // a known symptom that raises no alert
	Course   Course   `json:"course,omitzero"`    // what is asked week by week
	Trip     Trip     `json:"trip,omitzero"`      // coming or under way; zero when none
	NextTrip Trip     `json:"next_trip,omitzero"` // told of while away on another

	// Usual is the patient's usual back pain, 0-10, as the clinician entered it
	// at intake; the baseline B of the rules starts from it.
	Usual float64 `json:"usual"`

	Session   Session      `json:"session"` // the session being followed up; zero when none
	Training  Training     `json:"training"`
	Questions []Question   `json:"questions,omitempty"` // open questions, oldest first
	Answered  Answered     `json:"answered,omitzero"`   // the last answered question
	Readings  []Reading    `json:"readings,omitempty"`  // the last weeks, oldest first; bounded
	Marks     []Mark       `json:"marks,omitempty"`     // changes of the baseline, oldest first; bounded
	Episode   Episode      `json:"episode"`             // the open flare watch or flare-up; zero when none
	RedFlag   OpenRedFlag  `json:"red_flag"`            // zero when none; only a clinician clears it
	Alerts    []OpenAlert  `json:"alerts,omitempty"`    // not yet resolved
	Agenda    []Due        `json:"agenda,omitempty"`    // follow-ups that are due later, soonest first
	Sent      []Unprompted `json:"sent,omitempty"`      // unsolicited texts of the last 7 days, for the caps
	Texts     int          `json:"texts"`               // texts decided so far; varies the wording
	Misread   int          `json:"misread,omitempty"`   // texts in a row that were not understood
	Advised   []Advice     `json:"advised,omitempty"`   // red-flag advice given, at most one per category in 12 h
	Waiting   []Waiting    `json:"waiting,omitempty"`   // texts that wait for an alert's delivery
}

// ConsentState is whether a patient may be texted.
type ConsentState string

// The states of consent.
const (
	ConsentNone    ConsentState = ""        // nothing may be sent
	ConsentAsked   ConsentState = "asked"   // the one opt-in text has left; nothing else may
	ConsentGiven   ConsentState = "given"   // may be texted
	ConsentStopped ConsentState = "stopped" // opted out; only START or written consent reopens
	ConsentWrong   ConsentState = "wrong"   // the number belongs to somebody else; a clinician corrects it
)

// Consent is the state of consent and since when it holds.
type Consent struct {
	State  ConsentState `json:"state"`
	Method string       `json:"method,omitempty"` // "written", "text", "start", ...
	At     time.Time    `json:"at,omitzero"`
}

// Unreachable reports whether texts stopped because they do not reach the number.
func (c Consent) Unreachable() bool { return c.State == ConsentWrong && c.Method == byCarrier }

// byCarrier is the method of what the carrier says about a number.
const byCarrier = "carrier"

// Stage is a step of the ladder from a calm back to heavy deadlifts.
type Stage string

// The stages of care.
const (
	StageCalm       Stage = "S0"
	StageMobility   Stage = "S1"
	StageHinge      Stage = "S2"
	StageLight      Stage = "S3"
	StageCheckpoint Stage = "CHECKPOINT"
	StageBuild      Stage = "S4"
	StageHeavy      Stage = "S5"
	StageTravel     Stage = "S6"
)

// Session is a finished session and what the patient answered about it.
type Session struct {
	ID      string    `json:"id,omitempty"`
	EndedAt time.Time `json:"ended_at,omitzero"`
	Evening *float64  `json:"evening,omitempty"` // Ps: worst pain during or since
	Morning *float64  `json:"morning,omitempty"` // Pm: the next morning
	H48     *float64  `json:"h48,omitempty"`     // P48: two days after
	Decided Decision  `json:"decided,omitempty"` // the last decision told to the patient

	Homework bool     `json:"homework,omitempty"` // done alone, and told by text
	During   *float64 `json:"during,omitempty"`   // pain during, as the clinician saw it
	Late     bool     `json:"late,omitempty"`     // the evening's question was put with the morning's

	Interference   reply.Interference `json:"interference,omitempty"`
	InterferenceAt time.Time          `json:"interference_at,omitzero"`
	Flare          *bool              `json:"flare,omitempty"`
	FlareAt        time.Time          `json:"flare_at,omitzero"`
	FlareAsked     bool               `json:"flare_asked,omitempty"` // is it a flare-up? once a session
}

// Question is something the patient was asked and has not answered.
type Question struct {
	Asked   reply.Asked `json:"asked"`
	Session string      `json:"session,omitempty"`
	At      time.Time   `json:"at"`
	Closes  time.Time   `json:"closes"` // later answers are kept but decide nothing by themselves
	Reasked int         `json:"reasked,omitempty"`

	Reminded time.Time `json:"reminded,omitzero"` // when it was put once more without an answer
	Guess    *float64  `json:"guess,omitempty"`   // the pain that a yes confirms
}

// put is when the question was put last before a time.
func (q Question) put(before time.Time) time.Time {
	if q.Reminded.After(before) || q.Reminded.Before(q.At) {
		return q.At
	}
	return q.Reminded
}

// Reading is a pain number with its time and kind.
type Reading struct {
	At   time.Time   `json:"at"`
	Kind reply.Asked `json:"kind"`
	Pain float64     `json:"pain"` // 0-10

	InFlare bool `json:"in_flare,omitempty"` // taken while a flare watch or flare-up was open
}

// EpisodeKind tells a flare watch from a flare-up.
type EpisodeKind string

// The kinds of episode.
const (
	EpisodeNone  EpisodeKind = ""
	EpisodeWatch EpisodeKind = "flare_watch"
	EpisodeFlare EpisodeKind = "flare_up"
)

// Episode is an open flare watch or flare-up.
type Episode struct {
	Kind    EpisodeKind `json:"kind,omitempty"`
	ID      string      `json:"id,omitempty"` // "flare:<onset>", the key of its alert too
	Onset   time.Time   `json:"onset,omitzero"`
	Peak    float64     `json:"peak,omitempty"`
	Settled int         `json:"settled,omitempty"` // settled daily readings in a row
	Before  Stage       `json:"before,omitempty"`  // the stage when it opened
	Checks  int         `json:"checks,omitempty"`  // daily checks sent so far
	DaysOff float64     `json:"days_off,omitempty"`
	Long    bool        `json:"long,omitempty"` // a human decides: the daily checks are used up

	By        string             `json:"by,omitempty"`        // what made it known: "patient_word", "pain_rule" or "interference_rule"
	Trigger   string             `json:"trigger,omitempty"`   // "travel" or "lifting"; empty when nobody knows
	Baseline  float64            `json:"baseline,omitempty"`  // the usual pain when it opened
	Worst     reply.Interference `json:"worst,omitempty"`     // the most it got in the way
	Recovered bool               `json:"recovered,omitempty"` // it ended without any pain, not only as usual
}

// OpenRedFlag suspends homework, praise and check-ins until a clinician clears it.
type OpenRedFlag struct {
	Category reply.RedFlag `json:"category,omitempty"`
	At       time.Time     `json:"at,omitzero"`
}

// Open reports whether a red flag has not been cleared.
func (r OpenRedFlag) Open() bool { return r.Category != reply.NoRedFlag }

// OpenAlert is an alert nobody has resolved yet.
type OpenAlert struct {
	Key       string    `json:"key"` // the episode it belongs to
	Level     Level     `json:"level"`
	At        time.Time `json:"at"`
	Delivered bool      `json:"delivered,omitempty"` // a human can see it
}

// Due is one follow-up on the agenda.
type Due struct {
	Key  string       `json:"key"` // unique among the patient's pending ones
	Kind FollowUpKind `json:"kind"`
	At   time.Time    `json:"at"`
}

// Unprompted is one unsolicited text, kept for the daily and weekly caps.
type Unprompted struct {
	At    time.Time `json:"at"`
	Again bool      `json:"again,omitempty"` // the one reminder after discharge: beside the cap of one question a week
}

// Advice is the red-flag advice of one category and when it was given.
type Advice struct {
	Category reply.RedFlag `json:"category"`
	At       time.Time     `json:"at"`
}

// Answered is the last answered question, kept so that "sorry, 1" amends it.
type Answered struct {
	Question Question  `json:"question,omitzero"`
	At       time.Time `json:"at,omitzero"`
	Before   *Undo     `json:"before,omitempty"` // replaced, never changed; nil where the answer moved nothing
}
