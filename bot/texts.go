package bot

import (
	"context"
	"fmt"
	"time"
)

// InboundText is a text as a phone sent it to one of our numbers.
type InboundText struct {
	ProviderID string // Twilio's MessageSid; the text is stored once under it
	From, To   string // as received: usually E.164, but a short code or a raw string is possible
	Body       string // as received, any bytes the provider let through, up to 1,600 characters
	Media      []Media
	Segments   int
	Keyword    string    // "STOP", "START" or "HELP" when the provider already recognised it (Advanced Opt-Out)
	SentAt     time.Time // when the provider took it; zero when not known (a webhook: now)
}

// Media is one attachment of an inbound text. It stays at the provider until it is fetched.
type Media struct {
	ContentType string `json:"content_type"`
	URL         string `json:"url"`
}

// OutgoingText is a text ready to leave.
type OutgoingText struct {
	ID       string // ours: goes into the status callback's address
	From     string // a number, or a messaging service
	To       string // E.164
	Body     string
	MediaURL string        // empty for none
	Validity time.Duration // how long the provider may hold it; 1 s to 10 h
	Attempt  int           // 1 for the first
}

// Accepted says that the provider has taken a text or a call.
type Accepted struct {
	ProviderID string
	Status     string // the provider's word: "queued", "accepted", ...
	Segments   int    // 0 when the provider does not say
}

// SentText is a text the provider knows of, as its list tells it.
type SentText struct {
	Accepted
	From, To  string
	Body      string
	SentAt    time.Time
	ErrorCode int
	Inbound   bool
	Media     int
	Service   string // the messaging service it went through; empty for none
}

// Texter sends texts and tells which ones the provider has.
type Texter interface {
	// SendText hands one text to the provider. Its error is a *SendError.
	SendText(ctx context.Context, t OutgoingText) (Accepted, error)
	// TextsTo lists what was sent to a number since a time, newest first.
	TextsTo(ctx context.Context, number string, since time.Time) ([]SentText, error)
	// TextsReceived lists what one of our numbers, or one of our messaging
	// services, received since a time, oldest first.
	TextsReceived(ctx context.Context, ours string, since time.Time) ([]SentText, error)
	// Sort says what a delivery failure's code means: what to do, and why in plain words.
	Sort(code int) (Verdict, string)
}

// DeliveryReport is what the provider says became of a text.
type DeliveryReport struct {
	MessageID   string // ours, from the callback's address; may be empty
	ProviderID  string
	Status      string // "queued", "sent", "delivered", "undelivered", "failed", ...
	ErrorCode   int
	CarrierDone string // the carrier's own time, YYMMDDhhmm; empty when not given
}

// OutgoingCall rings a clinician on call.
type OutgoingCall struct {
	ID      string // ours: goes into the addresses the provider calls back
	From    string
	To      string
	Say     string        // spoken; carries nothing that identifies a patient
	Ring    time.Duration // how long it rings before it counts as not answered
	AlertID string
}

// CallReport is what became of a call, or a key that was pressed in it.
type CallReport struct {
	CallID     string // ours
	AlertID    string
	ProviderID string
	Status     string // "initiated", "ringing", "in-progress", "completed", "busy", "no-answer", "failed", "canceled"
	Digits     string // "1" takes the alert
}

// PlacedCall is a call the provider knows of.
type PlacedCall struct {
	Accepted
	To       string
	PlacedAt time.Time
}

// Caller places voice calls.
type Caller interface {
	// Call rings one phone. Its error is a *SendError.
	Call(ctx context.Context, c OutgoingCall) (Accepted, error)
	// CallsTo lists the calls placed to a number since a time, newest first.
	CallsTo(ctx context.Context, number string, since time.Time) ([]PlacedCall, error)
}

// Verdict sorts what can go wrong with a send into what to do about it.
type Verdict string

// The verdicts.
const (
	Retry      Verdict = "retry"       // not taken; try again soon
	RetryLater Verdict = "retry_later" // not taken or not delivered; try again hours later
	GiveUp     Verdict = "give_up"     // never going to work for this text
	NumberBad  Verdict = "number_bad"  // never going to work for this number
	OptedOut   Verdict = "opted_out"   // the carrier knows the recipient opted out
	Operator   Verdict = "operator"    // nothing will leave until somebody repairs the account
	Ambiguous  Verdict = "ambiguous"   // it may have been taken: ask before sending again
)

// SendError says why a send did not succeed and what to do about it.
type SendError struct {
	Verdict    Verdict
	Code       int           // the provider's error code; 0 when there is none
	Reason     string        // plain words for the clinic, with nothing about the patient
	RetryAfter time.Duration // 0 when the provider did not say
	Err        error         // the cause; may be nil
}

func (e *SendError) Error() string {
	if e.Code != 0 {
		return fmt.Sprintf("%d (%s): %s", e.Code, e.Reason, e.Verdict)
	}
	return fmt.Sprintf("%s: %s", e.Reason, e.Verdict)
}

func (e *SendError) Unwrap() error { return e.Err }
