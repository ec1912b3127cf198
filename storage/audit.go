package storage

import (
	"context"
	"time"
)

// AuditEntry is one line of the append-only record of who did what.
type AuditEntry struct {
	ID       string
	ClinicID string
	At       Time
	Actor    string // a clinician, a token, "backstop"
	Action   string // "view", "export", "resolve", ...
	Subject  string // the id of what it was done to
	Detail   string // sealed
}

// Audit appends to the record.
func (t *Tx) Audit(ctx context.Context, e AuditEntry) error {
	e.ID = orNewID(e.ID)
	s := t.sealer("audit", e.ID, e.ClinicID)
	detail := s.seal("detail", e.Detail)
	if s.err != nil {
		return s.err
	}
	_, err := t.exec(ctx, `
		INSERT INTO audit (id, clinic_id, at, actor, action, subject, detail)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		e.ID, e.ClinicID, e.At, e.Actor, e.Action, e.Subject, detail)
	return doing(err, "audit %s", e.Action)
}

// AuditTrail reads a clinic's record in [since, until), oldest first, up to limit.
func (r Reader) AuditTrail(ctx context.Context, clinicID string, since, until time.Time, limit int) ([]AuditEntry, error) {
	var entries []AuditEntry
	err := r.all(ctx, &entries, `
		SELECT id, clinic_id, at, actor, action, subject, detail
		FROM audit
		WHERE clinic_id = $1 AND at >= $2 AND at < $3
		ORDER BY at, id
		LIMIT $4`,
		clinicID, since.UnixMicro(), until.UnixMicro(), limit)
	if err != nil {
		return nil, doing(err, "audit trail of %s", clinicID)
	}
	for i := range entries {
		s := r.sealer("audit", entries[i].ID, entries[i].ClinicID)
		if s.open("detail", &entries[i].Detail); s.err != nil {
			return nil, s.err
		}
	}
	return entries, nil
}
