package storage_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"backstop/storage"
	"backstop/storage/storagetest"
)

func TestOneOfManyClaimsACursorOnceAPeriod(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx, now := t.Context(), time.Date(2026, 11, 24, 20, 0, 0, 0, time.UTC)
		claim := func(at time.Time) (value string, claimed bool) {
			if err := s.InTx(ctx, func(tx *storage.Tx) (err error) {
				value, claimed, err = tx.ClaimCursor(ctx, "sweep", time.Minute, at)
				return err
			}); err != nil {
				t.Error(err)
			}
			return value, claimed
		}
		var won atomic.Int64
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				if value, claimed := claim(now); claimed {
					won.Add(1)
					if value != "" {
						t.Errorf("a cursor that never ran holds %q", value)
					}
				}
			})
		}
		group.Wait()
		if won.Load() != 1 {
			t.Fatalf("%d machines claimed the same period, want 1", won.Load())
		}
		if err := s.InTx(ctx, func(tx *storage.Tx) error { return tx.SetCursor(ctx, "sweep", "here", now) }); err != nil {
			t.Fatal(err)
		}
		if _, claimed := claim(now.Add(59 * time.Second)); claimed {
			t.Error("claimed again before the period was over")
		}
		if value, claimed := claim(now.Add(time.Minute)); !claimed || value != "here" {
			t.Errorf("after the period: %q %t, want what was kept", value, claimed)
		}
		if _, claimed := claim(now.Add(-time.Hour)); !claimed {
			t.Error("a clock that was set back holds the cursor for ever")
		}
	})
}
