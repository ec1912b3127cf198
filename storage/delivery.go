package storage

import (
	"context"
	"database/sql"
	"errors"
)

// DeliveryReport is what the provider says became of a text. Reports come in
// any order and more than once.
type DeliveryReport struct {
	ClinicID    string // kept with a report that matches no message; may be empty
	MessageID   string // ours, as the callback's address names it; may be empty
	ProviderID  string
	Status      string // "queued", "sent", "delivered", ...
	ErrorCode   int
	CarrierDone string // the carrier's own time of the end, YYMMDDhhmm; may be empty
	At          Time
}

// DeliveryRank orders the provider's words; a message only moves to a higher
// one. 0 is for words that say nothing about delivery.
func DeliveryRank(status string) int {
	switch status {
	case "accepted", "scheduled":
		return 1
	case "queued":
		return 2
	case "sending":
		return 3
	case "sent":
		return 4
	case "delivered", "undelivered", "failed", "canceled":
		return finalRank
	case "read":
		return finalRank + 1
	}
	return 0
}

const finalRank = 5

func stateOf(status string) MessageState {
	switch status {
	case "delivered", "read":
		return MessageDelivered
	case "undelivered":
		return MessageUndelivered
	case "failed":
		return MessageFailed
	case "canceled":
		return MessageCancelled
	}
	return MessageSent
}

// ApplyDelivery keeps a report and moves the message it speaks of, found by our
// id or the provider's, if it says more than what was known. Of two ends that
// contradict each other the carrier's later one holds, else the first. A report
// also settles a send whose outcome was unknown: the message takes over the
// provider's id. changed is false for a report that was here before or says
// nothing new; Message.ID is empty when no message matches. The message comes
// without its words and its phone.
func (t *Tx) ApplyDelivery(ctx context.Context, d DeliveryReport) (_ Message, changed bool, err error) {
	m, err := t.lockReported(ctx, d)
	if errors.Is(err, ErrNotFound) {
		m, err = Message{ClinicID: d.ClinicID}, nil
	}
	if err != nil {
		return Message{}, false, err
	}
	fresh, err := t.insertReport(ctx, m, d)
	if err != nil || !fresh || m.ID == "" || !m.movedBy(d) {
		return m, false, err
	}

	m.ProviderID = d.ProviderID
	m.ProviderStatus, m.Rank, m.State = d.Status, DeliveryRank(d.Status), stateOf(d.Status)
	m.ErrorCode, m.CarrierDone, m.Reason = d.ErrorCode, d.CarrierDone, ""
	if m.SentAt.IsZero() {
		m.SentAt = d.At
	}
	m.DoneAt = Time{}
	if m.Rank >= finalRank {
		m.DoneAt = d.At
	}
	_, err = t.exec(ctx, `
		UPDATE messages
		SET provider_id = $2, provider_status = $3, rank = $4, state = $5, error_code = $6,
		    carrier_done = $7, reason = $8, sent_at = $9, done_at = $10
		WHERE id = $1`,
		m.ID, m.ProviderID, m.ProviderStatus, m.Rank, m.State, m.ErrorCode,
		m.CarrierDone, m.Reason, m.SentAt, m.DoneAt)
	return m, err == nil, doing(err, "apply %s to message %s", d.Status, m.ID)
}

// movedBy reports whether a report says more than what is known.
func (m Message) movedBy(d DeliveryReport) bool {
	rank := DeliveryRank(d.Status)
	switch {
	case m.ProviderID != "" && m.ProviderID != d.ProviderID:
		return false // a second send of the same text: kept, but it decides nothing
	case rank > m.Rank:
		return true
	}
	bothFinal := rank == finalRank && m.Rank == finalRank
	return bothFinal && m.CarrierDone != "" && d.CarrierDone > m.CarrierDone
}

// lockReported finds the message a report speaks of. Our own id is preferred:
// it is there before the provider's is. What is sealed of the message, and when it
// was to leave, is not read: there are three reports for every text.
func (t *Tx) lockReported(ctx context.Context, d DeliveryReport) (Message, error) {
	var m Message
	if d.MessageID != "" {
		err := t.get(ctx, &m, `
			SELECT id, clinic_id, patient_id, direction, kind, class, state, provider_id, provider_status, rank,
			       carrier_done, error_code, created_at, sent_at, done_at
			FROM messages
			WHERE id = $1 AND direction = 'out'
			/*pg: FOR UPDATE */`,
			d.MessageID)
		if !errors.Is(err, sql.ErrNoRows) {
			return m, doing(err, "message %s", d.MessageID)
		}
	}
	err := t.get(ctx, &m, `
		SELECT id, clinic_id, patient_id, direction, kind, class, state, provider_id, provider_status, rank,
		       carrier_done, error_code, created_at, sent_at, done_at
		FROM messages
		WHERE provider_id = $1 AND provider_id <> '' AND direction = 'out'
		/*pg: FOR UPDATE */`,
		d.ProviderID)
	return m, doing(err, "message %s", d.ProviderID)
}

// insertReport keeps a report, and reports whether it is a new one.
func (t *Tx) insertReport(ctx context.Context, m Message, d DeliveryReport) (bool, error) {
	n, err := t.exec(ctx, `
		INSERT INTO delivery_reports (id, clinic_id, message_id, provider_id, status, error_code, carrier_done, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (provider_id, status, error_code) DO NOTHING`,
		NewID(), m.ClinicID, m.ID, d.ProviderID, d.Status, d.ErrorCode, d.CarrierDone, d.At)
	return n > 0, doing(err, "keep delivery report of %s", d.ProviderID)
}

// DeliveryReports reads what was reported about a message, oldest first.
func (r Reader) DeliveryReports(ctx context.Context, clinicID, messageID string) ([]DeliveryReport, error) {
	var reports []DeliveryReport
	err := r.all(ctx, &reports, `
		SELECT clinic_id, message_id, provider_id, status, error_code, carrier_done, at
		FROM delivery_reports
		WHERE message_id = $1 AND clinic_id = $2
		ORDER BY at, id`,
		messageID, clinicID)
	return reports, doing(err, "delivery reports of message %s", messageID)
}
