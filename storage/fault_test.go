package storage_test

import (
	"database/sql"
	"os"
	"testing"

	"backstop/storage"
	"backstop/storage/storagetest"
)

// Every connection is cut, as in a failover: what comes next opens a new one.
func TestAStoreSurvivesTheLossOfItsConnections(t *testing.T) {
	ctx := t.Context()
	s := storagetest.Open(t, storage.Postgres)
	p := storagetest.Patient(t, s, "main", "+15551234567")
	in(t, s, func(tx *storage.Tx) error { // leaves statements kept on the connection
		_, err := tx.LockPatient(ctx, "main", p.ID)
		return err
	})
	var database string
	if err := s.DB().QueryRow(`SELECT current_database()`).Scan(&database); err != nil {
		t.Fatal(err)
	}
	server := must(sql.Open("postgres", os.Getenv(storagetest.ServerEnv)))
	defer server.Close()
	for range 3 {
		if _, err := server.Exec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1`, database); err != nil {
			t.Fatal(err)
		}
		in(t, s, func(tx *storage.Tx) error {
			_, err := tx.LockPatient(ctx, "main", p.ID)
			return err
		})
		if _, err := s.PatientByID(ctx, "main", p.ID); err != nil {
			t.Error(err)
		}
	}
}

// A deploy migrates while the version before still runs, with statements kept
// that were planned on the old columns.
func TestKeptStatementsSurviveAMigration(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		id := insertOutgoing(t, s, p, "check")
		lockMessage(t, s, id)
		change := `ALTER TABLE messages ADD COLUMN mood TEXT NOT NULL DEFAULT ''`
		if s.Engine() == storage.Postgres {
			change = `ALTER TABLE messages ALTER COLUMN segments TYPE BIGINT`
		}
		if _, err := s.DB().ExecContext(ctx, change); err != nil {
			t.Fatal(err)
		}
		if m := lockMessage(t, s, id); m.Segments != 1 || m.Body != "Thanks, Sam!" {
			t.Errorf("%+v", m)
		}
		if m, err := s.MessageByID(ctx, "main", id); err != nil || m.ID != id {
			t.Errorf("%+v, %v", m, err)
		}
	})
}

// A statement whose rows are still being read can be run again beside them.
func TestAStatementMayRunInsideItsOwnRows(t *testing.T) {
	s := storagetest.Open(t, storage.SQLite)
	storagetest.Patient(t, s, "main", "+15551234567")
	storagetest.Patient(t, s, "main", "+15557654321")
	const query = `SELECT id FROM patients WHERE clinic_id = $1 ORDER BY id`
	tx := must(s.DB().Begin())
	defer func() { _ = tx.Rollback() }()
	count := func(inside func()) (n int) {
		rows := must(tx.Query(query, "main"))
		defer rows.Close()
		for rows.Next() {
			n++
			inside()
		}
		if err := rows.Err(); err != nil {
			t.Error(err)
		}
		return n
	}
	inner := 0
	outer := count(func() { inner += count(func() {}) })
	if outer != 2 || inner != 4 {
		t.Errorf("read %d rows, and %d inside them; want 2 and 4", outer, inner)
	}
}

// After a failover, connections may lead to the server that was the primary and
// takes no writes any more. Each is given up, and the transaction runs again on
// another.
func TestAStoreLeavesAServerThatTakesNoWrites(t *testing.T) {
	ctx := t.Context()
	s := storagetest.Open(t, storage.Postgres)
	p := storagetest.Patient(t, s, "main", "+15551234567")
	var conns []*sql.Conn
	for range 3 { // as many as InTx has tries left
		c := must(s.DB().Conn(ctx))
		if _, err := c.ExecContext(ctx, `SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY`); err != nil {
			t.Fatal(err)
		}
		conns = append(conns, c)
	}
	for _, c := range conns {
		if err := c.Close(); err != nil { // back into the pool
			t.Fatal(err)
		}
	}
	id := insertOutgoing(t, s, p, "check")
	if m := lockMessage(t, s, id); m.ID != id {
		t.Errorf("%+v", m)
	}
	for range 10 { // none of them is left
		insertOutgoing(t, s, p, "check")
	}
}
