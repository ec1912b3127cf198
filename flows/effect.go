package flows

import (
	"time"

	"backstop/flows/copy"
	"backstop/flows/reply"
)

// Effect is something to be done or kept because of an event. The set is
// sealed: whoever carries effects out handles every one of them.
//
//sumtype:decl
type Effect interface{ effect() }

// Class says by which right a text leaves; it is checked again just before.
type Class string

// The classes of text, most urgent first.
const (
	ClassSafety   Class = "safety"   // red-flag advice and safety lines: at any hour, whatever the consent
	ClassOptOut   Class = "opt_out"  // the single confirmation of an opt-out, or of a wrong number
	ClassAnswer   Class = "answer"   // an answer to the patient's own text: at any hour, with consent
	ClassConsent  Class = "consent"  // the one text that asks for consent
	ClassCheck    Class = "check"    // an unsolicited question: inside the patient's hours and caps
	ClassHomework Class = "homework" // unsolicited homework: likewise, and never under a red flag
)

// Unsolicited reports whether texts of the class wait for the patient's hours and count against the caps.
func (c Class) Unsolicited() bool {
	return c == ClassCheck || c == ClassHomework || c == ClassConsent
}

// SendText is a text to the patient.
type SendText struct {
	Key     copy.Key
	Body    string
	Class   Class
	Expires time.Time // after this it must not leave any more
	Picture bool      // with the picture of the last weeks
}

// RaiseAlert opens the alert of an episode, or adds news to it when it is
// open already. An alert's level never falls while it is open.
type RaiseAlert struct {
	Key      string // the episode; one open alert for each
	Level    Level
	Headline string   // in our words
	Words    string   // the patient's words, untrusted
	Reading  string   // the number against the baseline, in words
	Pain     *float64 // that number, 0-10; nil without one
	Trend    string   // the last readings, in words
	Told     string   // what the bot told the patient
	Why      string   // the rule in words
	Because  string   // for a red flag the patient's words that led to it, untrusted
}

// WithdrawAlert resolves an open alert because its ground is gone.
type WithdrawAlert struct {
	Key     string
	Outcome string
	By      string // the clinician who took it away; empty where the patient's later words did
}

// Note is a silent line in the patient's Slack thread.
type Note struct {
	Line  string // in our words
	Words string // the patient's words, untrusted; may be empty
}

// PutFollowUp puts a follow-up on the agenda; one with the same key is replaced.
type PutFollowUp struct{ Due }

// CancelFollowUp takes a follow-up off the agenda.
type CancelFollowUp struct {
	Key    string
	Reason string
}

// CancelTexts cancels every text that waits to leave, but answers about safety and opt-out.
type CancelTexts struct {
	Reason    string
	Questions bool // only what the patient did not ask for
}

// RecordReading keeps what the patient said about the back.
type RecordReading struct {
	At           time.Time
	Kind         reply.Asked
	Session      string
	Message      string
	Pain         *float64
	Interference reply.Interference
	Flare        *bool
	DaysOff      *float64
}

// RecordLift keeps a logged lift.
type RecordLift struct {
	At      time.Time
	Session string
	Message string
	Lift    reply.Lift
}

// RecordEpisode keeps the state of a flare watch or flare-up.
type RecordEpisode struct {
	Episode    Episode
	Resolved   time.Time // zero while open
	Resolution string    // "near_flare", "settled_24h", "settled_48h", "settled_7d", "longer", "clinician", "corrected"; empty while open
}

// RecordStage keeps a step up or down the ladder.
type RecordStage struct {
	At     time.Time
	Stage  Stage
	Letter string
	By     string // who decided; empty where the rules did
	Why    string
}

// RecordConsent keeps a change of consent with the words that made it.
type RecordConsent struct {
	Consent Consent
	Words   string
	Message string
}

// RecordTrip keeps a trip as it is known now.
type RecordTrip struct{ Trip }

// RecordScore keeps a finished questionnaire.
type RecordScore struct{ Score }

func (RecordTrip) effect()     {}
func (RecordScore) effect()    {}
func (SendText) effect()       {}
func (RaiseAlert) effect()     {}
func (WithdrawAlert) effect()  {}
func (Note) effect()           {}
func (PutFollowUp) effect()    {}
func (CancelFollowUp) effect() {}
func (CancelTexts) effect()    {}
func (RecordReading) effect()  {}
func (RecordLift) effect()     {}
func (RecordEpisode) effect()  {}
func (RecordStage) effect()    {}
func (RecordConsent) effect()  {}
