package storage_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"backstop/storage"
	"backstop/storage/storagetest"
)

func TestManyMachinesKeepOnePace(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		now := time.Date(2026, 11, 24, 14, 30, 0, 0, time.UTC)
		take := func(urgent bool, at time.Time) (wait time.Duration) {
			if err := s.InTx(t.Context(), func(tx *storage.Tx) (err error) {
				wait, err = tx.Pace(t.Context(), "+13125550199", 100*time.Millisecond, time.Second, urgent, at)
				return err
			}); err != nil {
				t.Error(err)
			}
			return wait
		}
		var went atomic.Int64
		var group sync.WaitGroup
		for range 40 {
			group.Go(func() {
				if take(false, now) == 0 {
					went.Add(1)
				}
			})
		}
		group.Wait()
		if went.Load() != 11 { // the one now, and a burst of a second at ten a second
			t.Fatalf("%d went at once, want 11", went.Load())
		}
		if wait := take(false, now); wait != 100*time.Millisecond {
			t.Errorf("the next one waits %s, want 100ms", wait)
		}
		for range 5 {
			if wait := take(true, now); wait != 0 {
				t.Errorf("an urgent one waits %s", wait)
			}
		}
		if wait := take(false, now); wait != 600*time.Millisecond {
			t.Errorf("behind five urgent ones it waits %s, want 600ms", wait)
		}
		if wait := take(false, now.Add(600*time.Millisecond)); wait != 0 {
			t.Errorf("when its time has come it waits %s", wait)
		}
	})
}

func TestALineIsHeld(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		now := time.Date(2026, 11, 24, 14, 30, 0, 0, time.UTC)
		must(0, s.InTx(t.Context(), func(tx *storage.Tx) error {
			for _, until := range []time.Duration{30 * time.Second, 10 * time.Second} { // a shorter wait shortens nothing
				if err := tx.HoldPace(t.Context(), "slack:C1", now.Add(until)); err != nil {
					return err
				}
			}
			wait, err := tx.Pace(t.Context(), "slack:C1", time.Second, 0, false, now)
			if err == nil && wait != 30*time.Second {
				t.Errorf("waits %s, want 30s", wait)
			}
			return err
		}))
	})
}
