package storage_test

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"testing"
	"time"

	"backstop/storage"
	"backstop/storage/storagetest"
)

// A network that swallows everything, or a server that hangs, closes no connection.
// Who waits on one is let go, and what comes next goes by new ones.
func TestAServerThatFallsSilentIsLeft(t *testing.T) {
	hole, address := storagetest.ThroughABlackHole(t, storagetest.URL(t, storage.Postgres))
	s := storagetest.OpenURL(t, address+"&max_silence=1s")
	p := storagetest.Patient(t, s, "main", "+15551234567")
	lock := func(tx *storage.Tx) error {
		_, err := tx.LockPatient(t.Context(), "main", p.ID)
		return err
	}
	const connections = 6
	for name, atOnce := range map[string]int{"many wait at once": 8, "one after the other": 1} {
		t.Run(name, func(t *testing.T) {
			together := make(chan struct{}, connections)
			var warm sync.WaitGroup
			for range connections { // all of which fall silent
				warm.Go(func() {
					in(t, s, func(tx *storage.Tx) error {
						together <- struct{}{}
						for len(together) < connections {
							time.Sleep(time.Millisecond)
						}
						return nil
					})
				})
			}
			warm.Wait()
			hole.Swallow()
			freed := make(chan error)
			for range atOnce {
				go func() { freed <- s.InTx(t.Context(), lock) }()
			}
			for range atOnce {
				select {
				case <-freed:
				case <-time.After(20 * time.Second):
					t.Fatal("somebody still waits for a server that fell silent 20 s ago")
				}
			}
			in(t, s, lock) // no other silent connection is tried
			if _, err := s.PatientByID(t.Context(), "main", p.ID); err != nil {
				t.Error(err)
			}
		})
	}
}

// A migration may take long, and another machine's is waited for.
func TestAMigrationMayBeSilentForLong(t *testing.T) {
	_, address := storagetest.ThroughABlackHole(t, storagetest.URL(t, storage.Postgres))
	s := storagetest.OpenURL(t, address+"&max_silence=1s")
	other := must(sql.Open("postgres", address))
	defer other.Close()
	tx := must(other.Begin())
	if _, err := tx.Exec(`LOCK TABLE goose_db_version IN ACCESS EXCLUSIVE MODE`); err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(2500*time.Millisecond, func() { _ = tx.Rollback() })
	began := time.Now()
	if err := s.Migrate(t.Context()); err != nil {
		t.Errorf("waiting for another machine's migration: %v", err)
	}
	if waited := time.Since(began); waited < 2*time.Second {
		t.Errorf("it waited %s: that proves nothing", waited)
	}
}

// Whoever has only so long is told no later, and does not keep the connection busy
// for others.
func TestAStatementIsGivenUpWhenItsContextEnds(t *testing.T) {
	s := storagetest.Open(t, storage.Postgres)
	p := storagetest.Patient(t, s, "main", "+15551234567")
	lock := func(ctx context.Context) error {
		return s.InTx(ctx, func(tx *storage.Tx) error {
			_, err := tx.LockPatient(ctx, "main", p.ID)
			return err
		})
	}
	in(t, s, func(tx *storage.Tx) error {
		if _, err := tx.LockPatient(t.Context(), "main", p.ID); err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		defer cancel()
		began := time.Now()
		err := lock(ctx)
		if waited := time.Since(began); err == nil || waited < 200*time.Millisecond || waited > 5*time.Second {
			t.Errorf("a row that somebody else holds: %v after %s", err, waited)
		}
		if err := lock(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("begun after the end: %v", err)
		}
		return nil
	})
	if err := lock(t.Context()); err != nil {
		t.Errorf("after the row was let go: %v", err)
	}
}

// A connection may lie idle beyond the time of whoever used it last.
func TestAConnectionOutlivesItsStatementsTime(t *testing.T) {
	s := storagetest.Open(t, storage.Postgres)
	read := func() {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		defer cancel()
		for range 5 {
			if err := s.DB().PingContext(ctx); err != nil {
				return
			}
			var one int
			_ = s.DB().QueryRowContext(ctx, "SELECT 1").Scan(&one)
		}
		<-ctx.Done()
	}
	read()
	time.Sleep(200 * time.Millisecond)
	if err := s.DB().PingContext(t.Context()); err != nil {
		t.Errorf("used again: %v", err)
	}
	read()
	time.Sleep(200 * time.Millisecond)
	if err := s.Close(); err != nil {
		t.Errorf("closed: %v", err)
	}
}
