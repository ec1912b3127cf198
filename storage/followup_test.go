package storage_test

import (
	"sync"
	"testing"
	"time"

	"backstop/storage"
	"backstop/storage/storagetest"
)

func put(t *testing.T, s *storage.Store, p storage.Patient, key string, due time.Time) (f storage.FollowUp) {
	t.Helper()
	in(t, s, func(tx *storage.Tx) error {
		return tx.PutFollowUps(t.Context(), []storage.FollowUp{{
			ClinicID: p.ClinicID, PatientID: p.ID, Key: key, Kind: "evening", DueAt: storage.At(due),
		}}, now)
	})
	for _, f := range must(s.Agenda(t.Context(), p.ClinicID, p.ID)) {
		if f.Key == key {
			return f
		}
	}
	t.Fatalf("%s is not on the agenda", key)
	return f
}

// claim leaves to a job what is due.
func claim(t *testing.T, s *storage.Store, at time.Time, limit int) []storage.FollowUp {
	t.Helper()
	due := must(s.DueFollowUps(t.Context(), at, limit))
	for i := range due {
		in(t, s, func(tx *storage.Tx) error {
			if queued, err := tx.QueueFollowUp(t.Context(), due[i].ID, at); err != nil || !queued {
				t.Errorf("queued %v, %v", queued, err)
			}
			return nil
		})
		due[i] = must(s.FollowUpByID(t.Context(), due[i].ClinicID, due[i].ID))
	}
	return due
}

func take(t *testing.T, s *storage.Store, id string, at time.Time) (taken bool) {
	t.Helper()
	in(t, s, func(tx *storage.Tx) (err error) {
		_, taken, err = tx.TakeFollowUp(t.Context(), id, at)
		return err
	})
	return taken
}

func TestAFollowUpIsClaimedWhenDueAndTakenOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		p := storagetest.Patient(t, s, "main", "+15551234567")
		f := put(t, s, p, "evening", later(time.Hour))
		if next := must(s.NextFollowUpAt(t.Context())); !next.Equal(later(time.Hour)) {
			t.Errorf("next at %v", next)
		}
		if due := claim(t, s, later(time.Hour-time.Microsecond), 10); len(due) != 0 {
			t.Errorf("claimed early: %+v", due)
		}
		due := claim(t, s, later(time.Hour), 10)
		if len(due) != 1 || due[0].ID != f.ID || due[0].State != storage.FollowUpQueued || due[0].ClinicID != "main" {
			t.Fatalf("claimed %+v", due)
		}
		if again := claim(t, s, later(2*time.Hour), 10); len(again) != 0 {
			t.Errorf("claimed twice: %+v", again)
		}
		if !take(t, s, f.ID, later(time.Hour)) || take(t, s, f.ID, later(time.Hour)) {
			t.Error("not taken exactly once")
		}
		if !must(s.NextFollowUpAt(t.Context())).IsZero() {
			t.Error("something still waits")
		}
		if got := must(s.FollowUpByID(t.Context(), "main", f.ID)); got.State != storage.FollowUpDone || got.DoneAt.Time != later(time.Hour) {
			t.Errorf("%+v", got)
		}
	})
}

func TestAFollowUpPutAgainReplacesTheOneThatWaits(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		p := storagetest.Patient(t, s, "main", "+15551234567")
		first := put(t, s, p, "evening", later(time.Hour))
		claim(t, s, later(time.Hour), 10) // a job for it is on its way
		second := put(t, s, p, "evening", later(3*time.Hour))
		if second.ID != first.ID || second.State != storage.FollowUpPending || second.DueAt.Time != later(3*time.Hour) {
			t.Errorf("%+v", second)
		}
		if take(t, s, first.ID, later(time.Hour)) {
			t.Error("the job of the earlier time took it")
		}
		if agenda := must(s.Agenda(t.Context(), "main", p.ID)); len(agenda) != 1 {
			t.Errorf("agenda %+v", agenda)
		}
		if !take(t, s, first.ID, later(3*time.Hour)) {
			t.Error("not taken at its new time")
		}
		third := put(t, s, p, "evening", later(5*time.Hour))
		if third.ID == first.ID {
			t.Error("one that was done came back")
		}
	})
}

func TestACancelledFollowUpIsNeverTaken(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		f := put(t, s, p, "evening", later(time.Hour))
		g := put(t, s, p, "h48", later(2*time.Hour))
		put(t, s, p, "daily", later(2*time.Hour))
		claim(t, s, later(time.Hour), 10)
		in(t, s, func(tx *storage.Tx) error {
			cancelled, err := tx.CancelFollowUp(ctx, p.ID, "answered", now, "evening", "morning")
			again, err2 := tx.CancelFollowUp(ctx, p.ID, "answered", now, "evening")
			if cancelled != 1 || again != 0 || err2 != nil {
				t.Errorf("cancelled %v, again %v, %v", cancelled, again, err2)
			}
			return err
		})
		in(t, s, func(tx *storage.Tx) error {
			n, err := tx.CancelFollowUps(ctx, p.ID, "stopped", now)
			if n != 2 {
				t.Errorf("cancelled %d, want 2", n)
			}
			return err
		})
		if take(t, s, f.ID, later(5*time.Hour)) || take(t, s, g.ID, later(5*time.Hour)) {
			t.Error("taken")
		}
		if got := must(s.FollowUpByID(ctx, "main", f.ID)); got.Reason != "answered" || got.State != storage.FollowUpCancelled {
			t.Errorf("%+v", got)
		}
	})
}

func TestOfTwoFollowUpsUnderAKeyTheLastCounts(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		p := storagetest.Patient(t, s, "main", "+15551234567")
		before := put(t, s, p, "evening", later(time.Hour))
		in(t, s, func(tx *storage.Tx) error {
			at := func(key string, due time.Time) storage.FollowUp {
				return storage.FollowUp{ClinicID: "main", PatientID: p.ID, Key: key, Kind: key, DueAt: storage.At(due)}
			}
			return tx.PutFollowUps(t.Context(), []storage.FollowUp{
				at("evening", later(2*time.Hour)), at("h48", later(4*time.Hour)), at("evening", later(3*time.Hour)),
			}, now)
		})
		agenda := must(s.Agenda(t.Context(), "main", p.ID))
		if len(agenda) != 2 || agenda[0].ID != before.ID || !agenda[0].DueAt.Equal(later(3*time.Hour)) || agenda[1].Key != "h48" {
			t.Errorf("%+v", agenda)
		}
	})
}

func TestMachinesThatLookAtOnceTakeEachFollowUpOnce(t *testing.T) {
	for _, engine := range storagetest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			url := storagetest.URL(t, engine)
			machines := []*storage.Store{storagetest.OpenURL(t, url), storagetest.OpenURL(t, url)}
			p := storagetest.Patient(t, machines[0], "main", "+15551234567")
			const n = 60
			in(t, machines[0], func(tx *storage.Tx) error {
				var all []storage.FollowUp
				for range n {
					all = append(all, storage.FollowUp{
						ClinicID: "main", PatientID: p.ID, Key: storage.NewID(), Kind: "evening", DueAt: storage.At(now),
					})
				}
				return tx.PutFollowUps(t.Context(), all, now)
			})
			var (
				wg    sync.WaitGroup
				mu    sync.Mutex
				taken = map[string]int{}
			)
			for i := range 4 {
				wg.Go(func() {
					due, err := machines[i%2].DueFollowUps(t.Context(), now, n)
					if err != nil {
						t.Error(err)
					}
					for _, f := range due {
						mine := false
						err := machines[i%2].InTx(t.Context(), func(tx *storage.Tx) (err error) {
							_, mine, err = tx.TakeFollowUp(t.Context(), f.ID, now)
							return err
						})
						if err != nil {
							t.Error(err)
						}
						mu.Lock()
						if mine {
							taken[f.ID]++
						}
						mu.Unlock()
					}
				})
			}
			wg.Wait()
			for id, times := range taken {
				if times != 1 {
					t.Errorf("%s taken %d times", id, times)
				}
			}
			if len(taken) != n {
				t.Errorf("taken %d of %d", len(taken), n)
			}
		})
	}
}
