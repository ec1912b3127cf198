package storage_test

import (
	"testing"
	"time"

	"go.uber.org/goleak"

	"backstop/storage"
	"backstop/storage/storagetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var now = storagetest.Now

// in runs f in a transaction that must succeed.
func in(t testing.TB, s *storage.Store, f func(tx *storage.Tx) error) {
	t.Helper()
	if err := s.InTx(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

// must unwraps what cannot fail unless the test is broken.
// errOf is the error of two results.
func errOf[V any](_ V, err error) error { return err }

func must[V any](v V, err error) V {
	if err != nil {
		panic(err)
	}
	return v
}

func later(d time.Duration) time.Time { return now.Add(d) }
