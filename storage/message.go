package storage

import (
	"context"
	"encoding/json"
	"time"
)

// Direction says whether a message came in or goes out.
type Direction string

// The directions.
const (
	Inbound  Direction = "in"
	Outgoing Direction = "out"
)

// MessageState is where a message stands.
type MessageState string

// The states of a message. One that came in is received and stays so.
const (
	MessageReceived    MessageState = "received"
	MessageQueued      MessageState = "queued"      // waits to leave
	MessageSending     MessageState = "sending"     // marked just before the provider is called; found so later, the outcome is not known
	MessageSent        MessageState = "sent"        // the provider has it
	MessageDelivered   MessageState = "delivered"   // the carrier says so
	MessageUndelivered MessageState = "undelivered" // the carrier gave up
	MessageFailed      MessageState = "failed"      // the provider gave up, or we did; Reason says why
	MessageCancelled   MessageState = "cancelled"   // not wanted any more; Reason says why
)

// Message is one text, in or out.
type Message struct {
	ID             string
	ClinicID       string
	PatientID      string // empty when nobody knows whose phone it is
	Direction      Direction
	Kind           string // which sentence of ours, or what the text turned out to be
	Class          string // by which right an outgoing text leaves
	State          MessageState
	Number         string // ours, or our messaging service
	Phone          string // theirs, as the provider writes it
	Body           string
	Media          json.RawMessage // attachments as JSON; empty for none
	InReplyTo      string          // the inbound message it answers; empty otherwise
	ProviderID     string          // the provider's; empty until it has taken the text
	ProviderStatus string          // the provider's last word
	Rank           int             // of ProviderStatus; it only rises
	CarrierDone    string          // the carrier's own time of the end, YYMMDDhhmm
	ErrorCode      int             // the provider's; 0 for none
	Reason         string          // why it failed, waits again or was cancelled
	Segments       int
	Attempts       int
	CreatedAt      Time
	NotBefore      Time // must not leave earlier; zero for at once
	ExpiresAt      Time // must not leave later; zero for never
	AttemptedAt    Time // when the provider was last called
	SentAt         Time
	DoneAt         Time
}

func (r Reader) openMessage(m *Message) error {
	s := r.sealer("messages", m.ID, m.ClinicID)
	s.open("phone", &m.Phone)
	s.open("body", &m.Body)
	s.openRaw("media", &m.Media)
	return s.err
}

func (r Reader) openMessages(messages []Message, err error) ([]Message, error) {
	if err != nil {
		return nil, err
	}
	for i := range messages {
		if err := r.openMessage(&messages[i]); err != nil {
			return nil, err
		}
	}
	return messages, nil
}

// MessageByID reads a message of a clinic.
func (r Reader) MessageByID(ctx context.Context, clinicID, id string) (Message, error) {
	var m Message
	err := r.get(ctx, &m, `
		SELECT id, clinic_id, patient_id, direction, kind, class, state, number, phone, body, media,
		       in_reply_to, provider_id, provider_status, rank, carrier_done, error_code, reason,
		       segments, attempts, created_at, not_before, expires_at, attempted_at, sent_at, done_at
		FROM messages
		WHERE id = $1 AND clinic_id = $2`,
		id, clinicID)
	if err != nil {
		return Message{}, doing(err, "message %s", id)
	}
	return m, r.openMessage(&m)
}

// MessageHead reads of a message what is asked for most and needs no key: whose it
// is, by which right it leaves, until when, and where it stands.
func (r Reader) MessageHead(ctx context.Context, clinicID, id string) (Message, error) {
	var m Message
	err := r.get(ctx, &m, `
		SELECT id, clinic_id, patient_id, class, state, expires_at
		FROM messages
		WHERE id = $1 AND clinic_id = $2`,
		id, clinicID)
	return m, doing(err, "message %s", id)
}

// Conversation reads a patient's last messages, in and out, newest first.
func (r Reader) Conversation(ctx context.Context, clinicID, patientID string, limit int) ([]Message, error) {
	var messages []Message
	err := r.all(ctx, &messages, `
		SELECT id, clinic_id, patient_id, direction, kind, class, state, number, phone, body, media,
		       in_reply_to, provider_id, provider_status, rank, carrier_done, error_code, reason,
		       segments, attempts, created_at, not_before, expires_at, attempted_at, sent_at, done_at
		FROM messages
		WHERE patient_id = CAST($1 AS TEXT) AND patient_id <> '' AND clinic_id = $2
		ORDER BY created_at DESC, id DESC
		LIMIT $3`,
		patientID, clinicID, limit)
	messages, err = r.openMessages(messages, err)
	return messages, doing(err, "conversation of patient %s", patientID)
}

// UnknownConversation reads the last messages with a phone that belongs to no
// patient of the clinic, newest first.
func (r Reader) UnknownConversation(ctx context.Context, clinicID, phone string, limit int) ([]Message, error) {
	hashes, err := r.keys.Hashes(clinicID, phone)
	if err != nil {
		return nil, err
	}
	var messages []Message
	err = r.all(ctx, &messages, `
		SELECT id, clinic_id, patient_id, direction, kind, class, state, number, phone, body, media,
		       in_reply_to, provider_id, provider_status, rank, carrier_done, error_code, reason,
		       segments, attempts, created_at, not_before, expires_at, attempted_at, sent_at, done_at
		FROM messages
		WHERE clinic_id = $1 AND phone_hash IN ($2, $3, $4) AND patient_id = ''
		ORDER BY created_at DESC, id DESC
		LIMIT $5`,
		clinicID, hashes[0], hashes[1], hashes[2], limit)
	messages, err = r.openMessages(messages, err)
	return messages, doing(err, "conversation with an unknown number")
}

// QueuedTexts lists up to limit outgoing texts that wait to leave and were
// stored before a time, oldest first: those whose job may have been lost.
func (r Reader) QueuedTexts(ctx context.Context, before time.Time, limit int) ([]Message, error) {
	var messages []Message
	err := r.all(ctx, &messages, `
		SELECT id, clinic_id, patient_id, direction, kind, class, state, number, phone, body, media,
		       in_reply_to, provider_id, provider_status, rank, carrier_done, error_code, reason,
		       segments, attempts, created_at, not_before, expires_at, attempted_at, sent_at, done_at
		FROM messages
		WHERE state = 'queued' AND created_at < $1
		ORDER BY created_at, id
		LIMIT $2`,
		before.UnixMicro(), limit)
	messages, err = r.openMessages(messages, err)
	return messages, doing(err, "queued texts")
}

// Backlog counts the messages that are not at their end.
type Backlog struct {
	State  MessageState
	Count  int64
	Oldest Time
}

// Backlogs counts what waits to leave and what is being sent. Messages at their
// end are not counted: the cost does not grow with the years.
func (r Reader) Backlogs(ctx context.Context) ([]Backlog, error) {
	var backlogs []Backlog
	err := r.all(ctx, &backlogs, `
		SELECT state, COUNT(*) AS count, MIN(created_at) AS oldest
		FROM messages WHERE state = 'queued' GROUP BY state
		UNION ALL
		SELECT state, COUNT(*) AS count, MIN(created_at) AS oldest
		FROM messages WHERE state = 'sending' GROUP BY state`)
	return backlogs, doing(err, "count messages")
}

// MessageCount is how many messages of a clinic stand in a state.
type MessageCount struct {
	Direction Direction
	State     MessageState
	Count     int64
}

// MessageCounts counts a clinic's messages stored in [since, until). It reads
// them all: for reports, not for every request.
func (r Reader) MessageCounts(ctx context.Context, clinicID string, since, until time.Time) ([]MessageCount, error) {
	var counts []MessageCount
	err := r.all(ctx, &counts, `
		SELECT direction, state, COUNT(*) AS count
		FROM messages
		WHERE clinic_id = $1 AND created_at >= $2 AND created_at < $3
		GROUP BY direction, state
		ORDER BY direction, state`,
		clinicID, since.UnixMicro(), until.UnixMicro())
	return counts, doing(err, "count messages of %s", clinicID)
}
