package storage

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// InsertOutgoing stores a text that is to leave, queued, and returns its id.
// The job that sends it belongs into the same transaction.
func (t *Tx) InsertOutgoing(ctx context.Context, m Message, now time.Time) (string, error) {
	m, sealed, err := t.sealOutgoing(m)
	if err != nil {
		return "", err
	}
	_, err = t.exec(ctx, `
		INSERT INTO messages (id, clinic_id, patient_id, direction, kind, class, state, number,
		                      phone_hash, phone, body, media, in_reply_to, provider_id, provider_status,
		                      rank, carrier_done, error_code, reason, segments, attempts, created_at,
		                      not_before, expires_at)
		VALUES ($1, $2, $3, 'out', $4, $5, 'queued', $6, $7, $8, $9, $10, $11, '', '', 0, '', 0, '', $12, 0, $13, $14, $15)`,
		m.ID, m.ClinicID, m.PatientID, m.Kind, m.Class, m.Number,
		sealed.hash, sealed.phone, sealed.body, sealed.media, m.InReplyTo, m.Segments, At(now), m.NotBefore, m.ExpiresAt)
	return m.ID, doing(err, "insert outgoing text")
}

// InsertSending stores a text that leaves at once, marked as MarkSending would:
// whoever stores it calls the provider as soon as the transaction has committed.
// Where an older text to the same patient, of one of the classes, has not left, it
// is stored as by InsertOutgoing, and leaves is false.
func (t *Tx) InsertSending(ctx context.Context, m Message, now time.Time, before ...string) (leaves bool, err error) {
	m, sealed, err := t.sealOutgoing(m)
	if err != nil {
		return false, err
	}
	var classes [mostClasses]string // no class is ""
	if copy(classes[:], before) < len(before) {
		return false, fmt.Errorf("insert outgoing text: more than %d classes leave before it", mostClasses)
	}
	var state MessageState
	err = t.get(ctx, &state, `
		INSERT INTO messages (id, clinic_id, patient_id, direction, kind, class, state, number,
		                      phone_hash, phone, body, media, in_reply_to, provider_id, provider_status,
		                      rank, carrier_done, error_code, reason, segments, attempts, created_at,
		                      not_before, expires_at, attempted_at)
		VALUES ($1, $2, $3, 'out', $4, $5,
		        CASE WHEN EXISTS (
		        	SELECT 1 FROM messages
		        	WHERE patient_id = CAST($3 AS TEXT) -- SQLite plans anew for every bare argument that could be the '' of messages_unknown
		        	  AND state IN ('queued', 'sending') AND id < $1 AND class IN ($16, $17, $18, $19, $20, $21))
		        THEN 'queued' ELSE 'sending' END,
		        $6, $7, $8, $9, $10, $11, '', '', 0, '', 0, '', $12, 1, $13, $14, $15, $13)
		RETURNING state`,
		m.ID, m.ClinicID, m.PatientID, m.Kind, m.Class, m.Number,
		sealed.hash, sealed.phone, sealed.body, sealed.media, m.InReplyTo, m.Segments, At(now), m.NotBefore, m.ExpiresAt,
		classes[0], classes[1], classes[2], classes[3], classes[4], classes[5])
	if err != nil || state == MessageSending {
		return err == nil, doing(err, "insert outgoing text")
	}
	_, err = t.exec(ctx, `
		UPDATE messages SET attempts = 0, attempted_at = NULL WHERE id = $1`, // it was not attempted after all
		m.ID)
	return false, doing(err, "queue message %s", m.ID)
}

// mostClasses is how many classes of texts may leave before another.
const mostClasses = 6

// sealedText is what is sealed of a text.
type sealedText struct {
	hash, phone, body, media []byte
}

func (t *Tx) sealOutgoing(m Message) (Message, sealedText, error) {
	m.ID = orNewID(m.ID)
	s := t.sealer("messages", m.ID, m.ClinicID)
	sealed := sealedText{s.hash(m.Phone), s.seal("phone", m.Phone), s.seal("body", m.Body), s.sealBytes("media", m.Media)}
	return m, sealed, s.err
}

// LockMessage reads a message and keeps others from changing it until the
// transaction ends.
func (t *Tx) LockMessage(ctx context.Context, id string) (Message, error) {
	var m Message
	err := t.get(ctx, &m, `
		SELECT id, clinic_id, patient_id, direction, kind, class, state, number, phone, body, media,
		       in_reply_to, provider_id, provider_status, rank, carrier_done, error_code, reason,
		       segments, attempts, created_at, not_before, expires_at, attempted_at, sent_at, done_at
		FROM messages
		WHERE id = $1
		/*pg: FOR UPDATE */`,
		id)
	if err != nil {
		return Message{}, doing(err, "lock message %s", id)
	}
	return m, t.openMessage(&m)
}

// MarkSending says that the provider is about to be called; commit it before
// the call. ErrState: the text does not wait any more.
func (t *Tx) MarkSending(ctx context.Context, id string, at time.Time) error {
	n, err := t.exec(ctx, `
		UPDATE messages SET state = 'sending', attempts = attempts + 1, attempted_at = $2, reason = ''
		WHERE id = $1 AND state = 'queued'`,
		id, At(at))
	return doing(changedOne(n, err, ErrState), "mark message %s sending", id)
}

// MarkSent says that the provider took the text. A delivery report that came
// first is not undone. It returns the id of the oldest other text that waits to
// leave to the same patient; empty when none does. ErrState: the text had already
// failed or was cancelled.
func (t *Tx) MarkSent(ctx context.Context, id, providerID, status string, segments int, at time.Time) (following string, err error) {
	a := newAcceptance(id, providerID, status, segments, at)
	if err := t.markSent(ctx, a); err != nil {
		return "", err
	}
	return a.following, a.err
}

// MarkSent is a transaction of its own.
func (s *Store) MarkSent(ctx context.Context, id, providerID, status string, segments int, at time.Time) (following string, err error) {
	if s.engine == Postgres {
		return s.accepted.keep(ctx, s.Reader, newAcceptance(id, providerID, status, segments, at))
	}
	err = s.InTx(ctx, func(tx *Tx) error {
		following, err = tx.MarkSent(ctx, id, providerID, status, segments, at)
		return err
	})
	return following, err
}

// markSent keeps that the provider took texts, each once, and sets what came of it; on
// SQLite it takes one. It may be run again when nobody knows whether it was: it changes
// nothing then.
func (r Reader) markSent(ctx context.Context, all ...*acceptance) error {
	var kept []struct{ ID, Following string }
	err := r.all(ctx, &kept, `
		UPDATE messages
		SET state           = CASE WHEN state IN ('queued', 'sending') THEN 'sent' ELSE state END,
		    provider_id     = CASE WHEN messages.provider_id <> '' THEN messages.provider_id ELSE /*pg:said.provider_id --*/ $2
		                      END,
		    provider_status = CASE WHEN messages.rank >= /*pg:said.rank --*/ $3
		                      THEN provider_status ELSE /*pg:said.status --*/ $4
		                      END,
		    rank            = CASE WHEN messages.rank >= /*pg:said.rank --*/ $3
		                      THEN messages.rank ELSE /*pg:said.rank --*/ $3
		                      END,
		    segments        = COALESCE(NULLIF(/*pg:said.segments --*/ $5
		                      , 0), messages.segments),
		    sent_at         = COALESCE(sent_at, /*pg:said.at --*/ $6
		                      ),
		    reason          = CASE WHEN state IN ('queued', 'sending') THEN '' ELSE reason END
		/*pg:FROM (SELECT unnest($1::text[]) AS id, unnest($2::text[]) AS provider_id, unnest($3::int[]) AS rank,
		             unnest($4::text[]) AS status, unnest($5::int[]) AS segments, unnest($6::bigint[]) AS at) AS said*/
		WHERE messages.id = /*pg:said.id --*/ $1
		  AND direction = 'out' AND (state IN ('queued', 'sending', 'sent') OR messages.rank > 0)
		RETURNING messages.id AS id, COALESCE((
			SELECT others.id FROM messages AS others
			WHERE others.patient_id = messages.patient_id AND others.patient_id <> '' AND others.id <> messages.id
			  AND others.state IN ('queued', 'sending') AND others.state = 'queued'
			ORDER BY others.id
			LIMIT 1), '') AS following`,
		column(r, all, func(a *acceptance) string { return a.messageID }), column(r, all, func(a *acceptance) string { return a.providerID }),
		column(r, all, func(a *acceptance) int { return a.rank }), column(r, all, func(a *acceptance) string { return a.status }),
		column(r, all, func(a *acceptance) int { return a.segments }), column(r, all, func(a *acceptance) int64 { return a.at }))
	for _, a := range all {
		a.following, a.err = "", doing(ErrState, "mark message %s sent", a.messageID)
		for _, k := range kept {
			if k.ID == a.messageID {
				a.following, a.err = k.Following, nil
			}
		}
	}
	return doing(err, "mark %d messages sent", len(all))
}

// column is one column of the rows as an argument: an array, on SQLite what the one row has.
func column[R, C any](r Reader, rows []R, of func(R) C) any {
	if r.engine == SQLite {
		return of(rows[0])
	}
	cells := make([]C, len(rows))
	for i, row := range rows {
		cells[i] = of(row)
	}
	return pq.Array(cells)
}

// MarkFailed gives a text up, with the provider's code (0 when it was we) and
// the reason a clinic can read. ErrState: it had left, or was at its end.
func (t *Tx) MarkFailed(ctx context.Context, id string, code int, reason string, at time.Time) error {
	n, err := t.exec(ctx, `
		UPDATE messages SET state = 'failed', error_code = $2, reason = $3, done_at = $4
		WHERE id = $1 AND state IN ('queued', 'sending')`,
		id, code, reason, At(at))
	return doing(changedOne(n, err, ErrState), "mark message %s failed", id)
}

// Requeue lets a text wait again that the provider did not take, until a time
// (zero for none). ErrState: it had left, or was at its end.
func (t *Tx) Requeue(ctx context.Context, id, reason string, notBefore time.Time) error {
	n, err := t.exec(ctx, `
		UPDATE messages SET state = 'queued', reason = $2, not_before = $3
		WHERE id = $1 AND state IN ('queued', 'sending')`,
		id, reason, At(notBefore))
	return doing(changedOne(n, err, ErrState), "requeue message %s", id)
}

// CancelMessage keeps a text that waits from leaving. ErrState: it does not
// wait any more.
func (t *Tx) CancelMessage(ctx context.Context, id, reason string, at time.Time) error {
	n, err := t.exec(ctx, `
		UPDATE messages SET state = 'cancelled', reason = $2, done_at = $3
		WHERE id = $1 AND state = 'queued'`,
		id, reason, At(at))
	return doing(changedOne(n, err, ErrState), "cancel message %s", id)
}

// CancelQueuedTexts keeps every text of a patient that waits from leaving, but
// those of the classes excepted, and returns how many.
func (t *Tx) CancelQueuedTexts(ctx context.Context, patientID, reason string, at time.Time, except ...string) (int64, error) {
	query, args, err := sqlx.In(`
		UPDATE messages SET state = 'cancelled', reason = ?, done_at = ?
		WHERE patient_id = CAST(? AS TEXT) AND direction = 'out' AND state = 'queued' AND class NOT IN (?)`,
		reason, At(at), patientID, append(except, "-")) // IN () does not parse; no class is "-"
	if err != nil {
		return 0, err
	}
	n, err := t.exec(ctx, sqlx.Rebind(sqlx.DOLLAR, query), args...)
	return n, doing(err, "cancel texts of patient %s", patientID)
}

// OlderWaits reports whether an older text to the patient, of one of the
// classes, waits or is being sent: two texts leave in the order they were
// decided. before is the id of the later one; empty for one not yet stored.
func (t *Tx) OlderWaits(ctx context.Context, patientID, before string, classes ...string) (bool, error) {
	if before == "" {
		before = "~" // after every id
	}
	var waiting []string
	err := t.all(ctx, &waiting, `
		SELECT class FROM messages
		WHERE patient_id = CAST($1 AS TEXT) -- SQLite plans anew for every bare argument that could be the '' of messages_unknown
		  AND state IN ('queued', 'sending') AND id < $2`,
		patientID, before)
	isOne := func(class string) bool { return slices.Contains(classes, class) }
	return slices.ContainsFunc(waiting, isOne), doing(err, "texts waiting for patient %s", patientID)
}
