package flows

import (
	"encoding/json"
	"fmt"
	"time"

	"backstop/flows/lift"
	"backstop/flows/reply"
)

// Event is something that happened to a patient. The set is sealed: every
// event is in the table eventKinds, and Step handles each of them.
//
//sumtype:decl
type Event interface{ eventKind() string }

// Enrolled starts a patient's course of care.
type Enrolled struct {
	Name     string     `json:"name,omitempty"`
	Language reply.Lang `json:"language"`
	TimeZone string     `json:"time_zone"`
	Unit     reply.Unit `json:"unit"`
	Usual    float64    `json:"usual"` // usual back pain, 0-10
	Stage    Stage      `json:"stage"`
	Consent  Consent    `json:"consent"` // written consent; the zero value asks by text

	Letter   string    `json:"letter,omitempty"` // the step within S3
	Gate     Gate      `json:"gate,omitzero"`
	Choices  Choices   `json:"choices,omitzero"`
	History  History   `json:"history,omitzero"`
	CheckIns bool      `json:"check_ins_only,omitempty"` // no homework by text
	Last     lift.Load `json:"last,omitzero"`            // the working load of the stage's main lift, where the patient lifts already
}

// SessionFinished is a visit with the clinician or at the gym that has ended.
type SessionFinished struct {
	Session string    `json:"session"` // our id
	EndedAt time.Time `json:"ended_at"`
	Kind    string    `json:"kind,omitempty"`

	Lifts      []reply.Lift `json:"lifts,omitempty"`       // what was lifted, kept already
	PainDuring *float64     `json:"pain_during,omitempty"` // 0-10, as the clinician saw it
}

// SessionCancelled says that a session did not take place, or was logged by mistake.
type SessionCancelled struct {
	Session string `json:"session"`
}

// StageSet is a clinician's word on where a patient stands, up or down.
type StageSet struct {
	Stage  Stage  `json:"stage"`
	Letter string `json:"letter,omitempty"` // the step within S3; the first where empty
	By     string `json:"by"`
}

// StepApproved is a clinician's yes to the step that waits for one.
type StepApproved struct {
	Stage Stage  `json:"stage,omitempty"` // the one asked for; an older request changes nothing
	By    string `json:"by"`
}

// ExitConfirmed is a clinician's tick of what a stage's exit asks for
// ("technique OK"), before or after everything else is met.
type ExitConfirmed struct {
	Stage Stage  `json:"stage,omitempty"`
	By    string `json:"by"`
}

// PlanChanged is a clinician's own plan. What is zero stays.
type PlanChanged struct {
	Exercise string    `json:"exercise,omitempty"` // as the stage names it; the main one where empty
	Load     lift.Load `json:"load,omitzero"`
	Sets     int       `json:"sets,omitempty"`
	Reps     int       `json:"reps,omitempty"`
	Choices  Choices   `json:"choices,omitzero"`
	Gate     *Gate     `json:"gate,omitempty"` // examined again, other gear, another body weight
	By       string    `json:"by"`
}

// TextReceived is what the patient typed.
type TextReceived struct {
	Message string    `json:"message"` // our id of the stored text
	Text    string    `json:"text"`
	SentAt  time.Time `json:"sent_at"` // when the provider took it
	Media   int       `json:"media,omitempty"`
	Shared  bool      `json:"shared,omitempty"` // somebody else who shares the phone may have written it
}

// PhoneShared says that other patients have the same phone.
type PhoneShared struct {
	Place int `json:"place"` // from 1, in the order in which they came into care; 0 for a phone of their own again
}

// FollowUpDue is a follow-up whose time has come.
type FollowUpDue struct {
	Key  string       `json:"key"`
	Kind FollowUpKind `json:"kind"`
}

// AlertDelivered says that a human can see an alert: it stands in Slack, or a
// phone on call has it.
type AlertDelivered struct {
	Key string `json:"key"`
}

// AlertResolved is a clinician's word that an alert is dealt with.
type AlertResolved struct {
	Key     string `json:"key"`
	By      string `json:"by"`
	Outcome string `json:"outcome,omitempty"`
}

// OptedOut says that the patient told the clinic to send no more texts.
type OptedOut struct {
	By string `json:"by"`
}

// CarrierOptedOut says that the carrier refused a text because the recipient opted out.
type CarrierOptedOut struct{}

// NumberFailed says that a text can never reach the patient's number.
type NumberFailed struct {
	Reason string `json:"reason"`
}

func (Enrolled) eventKind() string               { return "enrolled" }
func (SessionFinished) eventKind() string        { return "session_finished" }
func (SessionCancelled) eventKind() string       { return "session_cancelled" }
func (StageSet) eventKind() string               { return "stage_set" }
func (StepApproved) eventKind() string           { return "step_approved" }
func (ExitConfirmed) eventKind() string          { return "exit_confirmed" }
func (PlanChanged) eventKind() string            { return "plan_changed" }
func (TextReceived) eventKind() string           { return "text_received" }
func (PhoneShared) eventKind() string            { return "phone_shared" }
func (FollowUpDue) eventKind() string            { return "follow_up_due" }
func (AlertDelivered) eventKind() string         { return "alert_delivered" }
func (AlertResolved) eventKind() string          { return "alert_resolved" }
func (OptedOut) eventKind() string               { return "opted_out" }
func (CarrierOptedOut) eventKind() string        { return "carrier_opted_out" }
func (NumberFailed) eventKind() string           { return "number_failed" }
func (ConversationTaken) eventKind() string      { return "conversation_taken" }
func (ConversationHandedBack) eventKind() string { return "conversation_handed_back" }
func (Paused) eventKind() string                 { return "paused" }
func (Resumed) eventKind() string                { return "resumed" }
func (CallPromised) eventKind() string           { return "call_promised" }
func (CallMissed) eventKind() string             { return "call_missed" }
func (SymptomSnoozed) eventKind() string         { return "symptom_snoozed" }
func (BaselineConfirmed) eventKind() string      { return "baseline_confirmed" }
func (Discharged) eventKind() string             { return "discharged" }
func (TripNoted) eventKind() string              { return "trip_noted" }
func (ContactCorrected) eventKind() string       { return "contact_corrected" }
func (ZoneChanged) eventKind() string            { return "zone_changed" }
func (TextUndelivered) eventKind() string        { return "text_undelivered" }

// eventKinds decodes each kind of event.
var eventKinds = map[string]func([]byte) (Event, error){
	Enrolled{}.eventKind():               decode[Enrolled],
	SessionFinished{}.eventKind():        decode[SessionFinished],
	SessionCancelled{}.eventKind():       decode[SessionCancelled],
	StageSet{}.eventKind():               decode[StageSet],
	StepApproved{}.eventKind():           decode[StepApproved],
	ExitConfirmed{}.eventKind():          decode[ExitConfirmed],
	PlanChanged{}.eventKind():            decode[PlanChanged],
	TextReceived{}.eventKind():           decode[TextReceived],
	PhoneShared{}.eventKind():            decode[PhoneShared],
	FollowUpDue{}.eventKind():            decode[FollowUpDue],
	AlertDelivered{}.eventKind():         decode[AlertDelivered],
	AlertResolved{}.eventKind():          decode[AlertResolved],
	OptedOut{}.eventKind():               decode[OptedOut],
	CarrierOptedOut{}.eventKind():        decode[CarrierOptedOut],
	NumberFailed{}.eventKind():           decode[NumberFailed],
	ConversationTaken{}.eventKind():      decode[ConversationTaken],
	ConversationHandedBack{}.eventKind(): decode[ConversationHandedBack],
	Paused{}.eventKind():                 decode[Paused],
	Resumed{}.eventKind():                decode[Resumed],
	CallPromised{}.eventKind():           decode[CallPromised],
	CallMissed{}.eventKind():             decode[CallMissed],
	SymptomSnoozed{}.eventKind():         decode[SymptomSnoozed],
	BaselineConfirmed{}.eventKind():      decode[BaselineConfirmed],
	Discharged{}.eventKind():             decode[Discharged],
	TripNoted{}.eventKind():              decode[TripNoted],
	ContactCorrected{}.eventKind():       decode[ContactCorrected],
	ZoneChanged{}.eventKind():            decode[ZoneChanged],
	TextUndelivered{}.eventKind():        decode[TextUndelivered],
}

// EncodeEvent gives the kind and the JSON under which an event is logged.
func EncodeEvent(e Event) (kind string, payload []byte, err error) {
	payload, err = json.Marshal(e)
	if err != nil {
		return "", nil, fmt.Errorf("encode event %s: %w", e.eventKind(), err)
	}
	return e.eventKind(), payload, nil
}

// DecodeEvent reads back what EncodeEvent wrote.
func DecodeEvent(kind string, payload []byte) (Event, error) {
	decode, ok := eventKinds[kind]
	if !ok {
		return nil, fmt.Errorf("decode event: unknown kind %q", kind)
	}
	e, err := decode(payload)
	if err != nil {
		return nil, fmt.Errorf("decode event %s: %w", kind, err)
	}
	return e, nil
}

func decode[E Event](payload []byte) (Event, error) {
	var e E
	if err := json.Unmarshal(payload, &e); err != nil {
		return nil, err
	}
	return e, nil
}
