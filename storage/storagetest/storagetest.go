// Package storagetest gives each test databases of its own, migrated and empty,
// on both engines.
package storagetest

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"backstop/storage"
	"backstop/storage/seal"
)

// Engines are the engines every storage test runs on.
var Engines = []storage.Engine{storage.Postgres, storage.SQLite}

// Each runs a test on every engine, with a fresh database each time.
func Each(t *testing.T, f func(t *testing.T, s *storage.Store)) {
	t.Helper()
	for _, engine := range Engines {
		t.Run(string(engine), func(t *testing.T) { f(t, Open(t, engine)) })
	}
}

// Open gives a fresh database, open until the test ends.
func Open(t testing.TB, engine storage.Engine) *storage.Store {
	t.Helper()
	return OpenURL(t, URL(t, engine))
}

// OpenURL opens a database that URL gave, until the test ends: for a second
// machine on the same database.
func OpenURL(t testing.TB, url string) *storage.Store {
	t.Helper()
	s, err := storage.Open(context.Background(), url, Keys(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// URL gives the address of a fresh database, for a test that starts a real
// process: DATABASE_URL. Its BACKSTOP_KEYSET is Keyset.
func URL(t testing.TB, engine storage.Engine) string {
	t.Helper()
	if engine == storage.Postgres {
		return postgresURL(t)
	}
	return sqliteURL(t)
}

// EmptyURL gives the address of a fresh database without tables, for tests of
// what happens before it is migrated.
func EmptyURL(t testing.TB, engine storage.Engine) string {
	t.Helper()
	if engine == storage.Postgres {
		return postgresCopy(t, "template0")
	}
	return "sqlite:" + filepath.Join(t.TempDir(), "backstop.db") + "?synchronous=off"
}

// Keys are the keys of every database here.
func Keys(t testing.TB) *seal.Keys {
	t.Helper()
	k, err := seal.Parse(Keyset(t))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// Keyset is the BACKSTOP_KEYSET of every database here.
func Keyset(t testing.TB) string {
	t.Helper()
	text, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

var generate = sync.OnceValues(seal.Generate)

// Now is the time at which the tests' first rows are made.
var Now = time.Date(2026, 3, 2, 17, 0, 0, 0, time.UTC)

// Clinic stores a clinic and returns its id.
func Clinic(t testing.TB, s *storage.Store, id string) string {
	t.Helper()
	c := storage.Clinic{ID: id, Name: "Clinic " + id, TimeZone: "America/New_York"}
	if err := s.SyncClinic(t.Context(), c, nil, Now); err != nil {
		t.Fatal(err)
	}
	return id
}

// Patient stores a patient with this phone in a clinic, which is made when it
// is missing.
func Patient(t testing.TB, s *storage.Store, clinicID, phone string) storage.Patient {
	t.Helper()
	Clinic(t, s, clinicID)
	var p storage.Patient
	err := s.InTx(t.Context(), func(tx *storage.Tx) (err error) {
		p, _, err = tx.InsertPatient(t.Context(), storage.Patient{
			ClinicID: clinicID, Phone: phone, Name: "Sam Archer",
		}, Now)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}
