package main

import (
	"context"
	"fmt"
	"time"

	"backstop/storage"
)

// growth measures what an inbound text costs as the database fills.
func growth(ctx context.Context, o options, engine storage.Engine, t *table) error {
	r, err := open(ctx, o, engine, 0)
	if err != nil {
		return err
	}
	const known = 1000
	phones, err := r.enrol(ctx, known)
	if err != nil {
		return err
	}
	cost := func() (float64, error) {
		rate, err := forAWhile(o.seconds/2, func(worker, i int) error {
			return r.text(ctx, newSID(), phones[(i*connections+worker)%known], travel)
		})
		return 1000 / rate, err
	}
	if _, err := cost(); err != nil { // warms up
		return err
	}
	small, err := cost()
	if err != nil {
		return err
	}
	t.set("an inbound text with 1,000 patients", "", engine, "%.2f ms", small)
	if err := r.fill(ctx, engine, o.patients-known); err != nil {
		return err
	}
	large, err := cost()
	if err != nil {
		return err
	}
	t.set(fmt.Sprintf("an inbound text with %d patients and %d texts", o.patients, 3*o.patients), "<= 1.2 times", engine,
		"%.2f ms, %.2f times", large, large/small)
	return r.close()
}

// fill copies patients with their texts, follow-ups and events, each copy under
// ids and a phone of its own.
func (r *room) fill(ctx context.Context, engine storage.Engine, count int) error {
	numbers, id, hash := `SELECT n FROM generate_series(1, $1::int) AS g(n)`, `'copy-' || lpad(n::text, 12, '0')`, `decode(md5(n::text) || md5('x' || n::text), 'hex')`
	if engine == storage.SQLite {
		numbers = `WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < $1) SELECT n FROM g`
		id, hash = `'copy-' || printf('%012d', n)`, `randomblob(32)`
	}
	one := `(SELECT * FROM patients ORDER BY id LIMIT 1)`
	for _, statement := range []string{
		`INSERT INTO patients (id, clinic_id, external_id, phone_hash, phone, name, time_zone, language, consent, stage, paused, snapshot, seq, created_at, updated_at)
		 SELECT ` + id + `, clinic_id, '', ` + hash + `, phone, name, time_zone, language, consent, stage, paused, snapshot, seq, created_at, updated_at
		 FROM ` + one + ` AS p, (` + numbers + `) AS numbers`,
		`INSERT INTO messages (id, clinic_id, patient_id, direction, kind, class, state, number, phone_hash, phone, body, media, in_reply_to,
		                       provider_id, provider_status, rank, carrier_done, error_code, reason, segments, attempts, created_at)
		 SELECT ` + id + ` || '-' || k, clinic_id, ` + id + `, 'out', kind, class, 'delivered', number, ` + hash + `, phone, body, media, '',
		        ` + id + ` || '-' || k, 'delivered', 5, '', 0, '', 1, 1, created_at
		 FROM (SELECT * FROM messages WHERE direction = 'out' ORDER BY id LIMIT 1) AS m, (SELECT 'a' AS k UNION ALL SELECT 'b' UNION ALL SELECT 'c') AS three, (` + numbers + `) AS numbers`,
		`INSERT INTO follow_ups (id, clinic_id, patient_id, key, kind, due_at, state, reason, created_at)
		 SELECT ` + id + `, clinic_id, ` + id + `, 'evening', 'evening', created_at + 864000000000, 'pending', '', created_at
		 FROM ` + one + ` AS p, (` + numbers + `) AS numbers`,
		`INSERT INTO events (patient_id, seq, clinic_id, at, kind, payload)
		 SELECT ` + id + `, 1, clinic_id, at, kind, payload
		 FROM (SELECT * FROM events ORDER BY patient_id LIMIT 1) AS e, (` + numbers + `) AS numbers`,
	} {
		ctx, cancel := context.WithTimeout(ctx, 15*time.Minute)
		_, err := r.store.DB().ExecContext(ctx, statement, count)
		cancel()
		if err != nil {
			return fmt.Errorf("fill: %w", err)
		}
	}
	_, err := r.store.DB().ExecContext(ctx, "ANALYZE")
	return err
}
