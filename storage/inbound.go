package storage

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// InsertInbound stores a text that came in, once: the same ProviderID again
// returns the id of the one that is stored, and inserted is false.
func (t *Tx) InsertInbound(ctx context.Context, m Message, now time.Time) (id string, inserted bool, err error) {
	m.ID = orNewID(m.ID)
	if m.CreatedAt.IsZero() {
		m.CreatedAt = At(now)
	}
	s := t.sealer("messages", m.ID, m.ClinicID)
	hash, phone := s.hash(m.Phone), s.seal("phone", m.Phone)
	body, media := s.seal("body", m.Body), s.sealBytes("media", m.Media)
	if s.err != nil {
		return "", false, s.err
	}
	n, err := t.exec(ctx, `
		INSERT INTO messages (id, clinic_id, patient_id, direction, kind, class, state, number,
		                      phone_hash, phone, body, media, in_reply_to, provider_id, provider_status,
		                      rank, carrier_done, error_code, reason, segments, attempts, created_at, sent_at)
		VALUES ($1, $2, $3, 'in', $4, '', 'received', $5, $6, $7, $8, $9, '', $10, '', 0, '', 0, '', $11, 0, $12, $13)
		ON CONFLICT (provider_id) WHERE provider_id <> '' DO NOTHING`,
		m.ID, m.ClinicID, m.PatientID, m.Kind, m.Number,
		hash, phone, body, media, m.ProviderID, m.Segments, m.CreatedAt, m.SentAt)
	if err != nil {
		return "", false, doing(err, "insert inbound text")
	}
	if n == 1 {
		return m.ID, true, nil
	}
	id, err = t.messageIDByProvider(ctx, m.ProviderID)
	return id, false, err
}

func (r Reader) messageIDByProvider(ctx context.Context, providerID string) (string, error) {
	var id string
	err := r.get(ctx, &id, `
		SELECT id FROM messages WHERE provider_id = $1 AND provider_id <> ''`,
		providerID)
	return id, doing(err, "message %s", providerID)
}

// HasMessage reports whether a message of the provider is stored.
func (r Reader) HasMessage(ctx context.Context, providerID string) (bool, error) {
	_, err := r.messageIDByProvider(ctx, providerID)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// AssignMessage says whose an inbound text is and what it turned out to be, for
// those stored before that was known.
func (t *Tx) AssignMessage(ctx context.Context, clinicID, id, patientID, kind string) error {
	n, err := t.exec(ctx, `
		UPDATE messages SET patient_id = $3, kind = $4
		WHERE id = $1 AND clinic_id = $2 AND direction = 'in'`,
		id, clinicID, patientID, kind)
	return doing(changedOne(n, err, sql.ErrNoRows), "assign message %s", id)
}
