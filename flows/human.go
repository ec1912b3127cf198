package flows

import (
	"time"

	"backstop/flows/copy"
)

// What clinicians do with a conversation. Each is an event of the log, with who did it.

// ConversationTaken says that a clinician is texting with the patient in person.
type ConversationTaken struct {
	By string `json:"by"`
}

// ConversationHandedBack gives the conversation back to the bot.
type ConversationHandedBack struct {
	By string `json:"by,omitempty"` // empty when nobody did for a day
}

// Paused stops what the patient did not ask for, until a time or until Resumed.
type Paused struct {
	By    string    `json:"by"`
	Until time.Time `json:"until,omitzero"`
}

// Resumed ends a pause.
type Resumed struct {
	By string `json:"by,omitempty"` // empty when its time had come
}

// CallPromised says by when a clinician will call; the patient is told.
type CallPromised struct {
	Alert string    `json:"alert"`
	By    string    `json:"by"`
	At    time.Time `json:"at"`
}

// CallMissed says that a promised call did not come.
type CallMissed struct {
	Alert string `json:"alert"`
}

// SymptomSnoozed keeps a known symptom from raising alerts: pain up to a number,
// until a time. Anything worse breaks through, and a red flag always does.
type SymptomSnoozed struct {
	By    string    `json:"by"`
	UpTo  float64   `json:"up_to"` // 0-10
	Until time.Time `json:"until"`
}

// BaselineConfirmed is a clinician's word on what is usual now.
type BaselineConfirmed struct {
	By    string  `json:"by"`
	Usual float64 `json:"usual"` // 0-10
}

// Takeover is a conversation that a clinician has taken over; zero when none.
type Takeover struct {
	By    string    `json:"by,omitempty"`
	Since time.Time `json:"since,omitzero"`
}

// Snooze is a known symptom that raises no alert; zero when none.
type Snooze struct {
	UpTo  float64   `json:"up_to,omitempty"`
	Until time.Time `json:"until,omitzero"`
}

// handBackAfter is how long nobody may write before the bot takes over again.
const handBackAfter = 24 * time.Hour

// taken holds the bot's own questions while a human talks.
func (t *turn) taken(e ConversationTaken) {
	if t.p.Taken.By == "" && t.p.Consent.State == ConsentGiven {
		t.say(copy.Held, ClassAnswer)
	}
	t.p.Taken = Takeover{By: e.By, Since: t.now}
	t.plan(DueHandBack, t.now.Add(handBackAfter))
}

// handedBack lets the bot ask again.
func (t *turn) handedBack(e ConversationHandedBack) {
	if t.p.Taken.By == "" {
		return
	}
	t.p.Taken = Takeover{}
	t.cancel("handed back", DueHandBack)
	if e.By == "" {
		t.note("Nobody has written for a day: check-ins go on by themselves.")
		return
	}
	if t.p.Consent.State == ConsentGiven {
		t.say(copy.HandedBack, ClassAnswer)
	}
}

// pausedBy stops what was not asked for.
func (t *turn) pausedBy(e Paused) {
	t.p.Paused = true
	t.cancel("paused", DueResume)
	if !e.Until.IsZero() {
		t.plan(DueResume, e.Until)
	}
	t.note("Check-ins are paused.")
}

// resumed ends a pause.
func (t *turn) resumed() {
	if !t.p.Paused {
		return
	}
	t.p.Paused = false
	t.cancel("resumed", DueResume)
	t.planRhythm()
	t.note("Check-ins go on.")
}

// callPromised tells the patient by when to expect a call.
func (t *turn) callPromised(e CallPromised) {
	if t.p.Consent.State == ConsentGiven {
		t.sayWhen(copy.CallPromised, e.At)
	}
}

// callMissed tells the patient that the call did not come, and whom to ring.
func (t *turn) callMissed() {
	if t.p.Consent.State == ConsentGiven {
		t.say(copy.CallMissed, ClassAnswer)
	}
}

// sayWhen answers with a text that names a moment of the patient's own time.
func (t *turn) sayWhen(key copy.Key, at time.Time) {
	t.when = dayAndTime(t.p.Language, at.In(t.zone))
	t.say(key, ClassAnswer)
	t.when = ""
}

// snoozed reports whether a pain is a known symptom that raises no alert now.
func (t *turn) snoozed(pain *float64) bool {
	return pain != nil && t.now.Before(t.p.Snooze.Until) && *pain <= t.p.Snooze.UpTo
}

func (t *turn) symptomSnoozed(e SymptomSnoozed) {
	t.p.Snooze = Snooze{UpTo: e.UpTo, Until: e.Until}
	t.note("Pain up to " + num(e.UpTo) + " raises no alert until " + e.Until.In(t.clinic.TimeZone).Format("Mon 2 Jan 15:04") + ". Anything worse does.")
}

// baselineConfirmed starts the baseline anew from what a clinician confirmed.
func (t *turn) baselineConfirmed(e BaselineConfirmed) {
	t.p.Usual = e.Usual
	t.p.Readings, t.p.Marks = nil, nil
	t.note("Usual pain set to " + num(e.Usual) + ".")
}
