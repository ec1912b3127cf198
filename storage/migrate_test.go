package storage_test

import (
	"errors"
	"sync"
	"testing"

	"backstop/storage"
	"backstop/storage/storagetest"
)

func TestADatabaseIsBehindUntilItIsMigrated(t *testing.T) {
	for _, engine := range storagetest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			ctx := t.Context()
			s := storagetest.OpenURL(t, storagetest.EmptyURL(t, engine))
			err := s.Behind(ctx)
			var behind *storage.BehindError
			if !errors.Is(err, storage.ErrBehind) || !errors.As(err, &behind) || behind.Pending == 0 {
				t.Fatalf("an empty database: %v", err)
			}
			if err := s.Migrate(ctx); err != nil {
				t.Fatal(err)
			}
			if err := s.Behind(ctx); err != nil {
				t.Errorf("a migrated database: %v", err)
			}
			status := must(s.MigrationStatus(ctx))
			if status.Engine != engine || len(status.Ours) == 0 || len(status.Queue) == 0 || status.Pending() != 0 {
				t.Errorf("status %+v", status)
			}
			if err := s.Migrate(ctx); err != nil {
				t.Errorf("a second time: %v", err)
			}
			storagetest.Patient(t, s, "main", "+15551234567")
		})
	}
}

func TestMachinesThatMigrateAtOnceDoNotCollide(t *testing.T) {
	url := storagetest.EmptyURL(t, storage.Postgres)
	var machines []*storage.Store
	for range 4 {
		machines = append(machines, storagetest.OpenURL(t, url))
	}
	var wg sync.WaitGroup
	for _, s := range machines {
		wg.Go(func() {
			if err := s.Migrate(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if err := machines[0].Behind(t.Context()); err != nil {
		t.Error(err)
	}
}

// A deploy migrates while the version before still serves: a database that is
// ahead is not behind, and what that version writes still fits.
func TestADatabaseThatIsAheadServesTheVersionBefore(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		for _, change := range []string{
			`ALTER TABLE messages ADD COLUMN mood TEXT NOT NULL DEFAULT ''`,
			`ALTER TABLE patients ADD COLUMN shoe BIGINT`,
			`CREATE TABLE moods (id TEXT PRIMARY KEY)`,
			`INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, TRUE)`,
		} {
			if _, err := s.DB().ExecContext(t.Context(), change); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Behind(t.Context()); err != nil {
			t.Errorf("a database that is ahead: %v", err)
		}
		p := storagetest.Patient(t, s, "main", "+15551234567")
		id := insertOutgoing(t, s, p, "check")
		if m := lockMessage(t, s, id); m.Body != "Thanks, Sam!" {
			t.Errorf("%+v", m)
		}
		if err := s.Migrate(t.Context()); err != nil {
			t.Errorf("migrating it with the version before: %v", err)
		}
	})
}
