package storage_test

import (
	"encoding/json"
	"errors"
	"sync"
	"testing"
	"time"

	"backstop/flows"
	"backstop/storage"
	"backstop/storage/storagetest"
)

func openAlert(t *testing.T, s *storage.Store, a storage.Alert) (out storage.Alert, created bool) {
	t.Helper()
	in(t, s, func(tx *storage.Tx) (err error) {
		out, created, err = tx.OpenAlert(t.Context(), a)
		return err
	})
	return out, created
}

func flare(p storage.Patient) storage.Alert {
	return storage.Alert{
		ClinicID: p.ClinicID, PatientID: p.ID, Key: "flare:1", Level: flows.P2, OpenedAt: storage.At(now),
		NextStepAt: storage.At(later(15 * time.Minute)), Payload: json.RawMessage(`{"reading":"7 now"}`),
	}
}

func TestAnEpisodeHasOneUnresolvedAlert(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		a, created := openAlert(t, s, flare(p))
		again, twice := openAlert(t, s, flare(p))
		if !created || twice || again.ID != a.ID || string(again.Payload) != `{"reading":"7 now"}` {
			t.Fatalf("%v %+v, %v %+v", created, a, twice, again)
		}
		in(t, s, func(tx *storage.Tx) error {
			a.Level, a.Payload, a.DeliveredAt = flows.P1, json.RawMessage(`{"reading":"9 now"}`), storage.At(later(time.Second))
			return tx.SaveAlert(ctx, a)
		})
		if read := must(s.AlertByID(ctx, "main", a.ID)); read.Level != flows.P1 || string(read.Payload) != `{"reading":"9 now"}` || read.DeliveredAt.IsZero() {
			t.Errorf("%+v", read)
		}
		in(t, s, func(tx *storage.Tx) error {
			_, won, err := tx.ResolveAlert(ctx, "main", a.ID, "U1", "called her", later(time.Hour))
			if !won {
				t.Error("not resolved")
			}
			return err
		})
		next, created := openAlert(t, s, flare(p))
		if !created || next.ID == a.ID {
			t.Error("a resolved alert came back")
		}
		if open := must(s.UnresolvedAlerts(ctx, "main")); len(open) != 1 || open[0].ID != next.ID {
			t.Errorf("%+v", open)
		}
		if all := must(s.AlertsOf(ctx, "main", p.ID, 10)); len(all) != 2 {
			t.Errorf("%+v", all)
		}
	})
}

func TestAnUnknownNumberHasAnAlertOfItsOwn(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		for _, c := range []struct {
			clinic, key string
			created     bool
		}{{"main", "unknown:1", true}, {"main", "unknown:2", true}, {"main", "unknown:1", false}, {"other", "unknown:1", true}} {
			_, created := openAlert(t, s, storage.Alert{ClinicID: c.clinic, Key: c.key, Level: flows.P3, OpenedAt: storage.At(now)})
			if created != c.created {
				t.Errorf("%s in %s: created %v", c.key, c.clinic, created)
			}
		}
	})
}

func TestAlertsOpenedAtOnceAreOne(t *testing.T) {
	for _, engine := range storagetest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			url := storagetest.URL(t, engine)
			machines := []*storage.Store{storagetest.OpenURL(t, url), storagetest.OpenURL(t, url)}
			p := storagetest.Patient(t, machines[0], "main", "+15551234567")
			var (
				wg      sync.WaitGroup
				mu      sync.Mutex
				ids     = map[string]bool{}
				created int
			)
			for i := range 12 {
				wg.Go(func() {
					err := machines[i%2].InTx(t.Context(), func(tx *storage.Tx) error {
						a, first, err := tx.OpenAlert(t.Context(), flare(p))
						mu.Lock()
						defer mu.Unlock()
						ids[a.ID] = true
						if first {
							created++
						}
						return err
					})
					if err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if created != 1 || len(ids) != 1 {
				t.Errorf("created %d, as %v", created, ids)
			}
		})
	}
}

func TestTheFirstToAcknowledgeWins(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		a, _ := openAlert(t, s, flare(p))
		acknowledge := func(by string) (got storage.Alert, won bool) {
			in(t, s, func(tx *storage.Tx) (err error) {
				got, won, err = tx.AcknowledgeAlert(ctx, "main", a.ID, by, later(time.Minute))
				return err
			})
			return got, won
		}
		if got, won := acknowledge("U1"); !won || got.State != storage.AlertAcknowledged || got.AcknowledgedBy != "U1" || !got.NextStepAt.IsZero() || len(got.Payload) == 0 {
			t.Errorf("%v %+v", won, got)
		}
		if got, won := acknowledge("U2"); won || got.AcknowledgedBy != "U1" {
			t.Errorf("%v %+v", won, got)
		}
		in(t, s, func(tx *storage.Tx) error {
			got, won, err := tx.ResolveAlert(ctx, "main", a.ID, "U2", "fine", later(time.Hour))
			if !won || got.ResolvedBy != "U2" || got.Outcome != "fine" || got.AcknowledgedBy != "U1" {
				t.Errorf("%v %+v", won, got)
			}
			return err
		})
		in(t, s, func(tx *storage.Tx) error {
			got, won, err := tx.ResolveAlert(ctx, "main", a.ID, "U3", "no", later(time.Hour))
			if won || got.ResolvedBy != "U2" {
				t.Errorf("%v %+v", won, got)
			}
			return err
		})
		if got, won := acknowledge("U3"); won || got.State != storage.AlertResolved {
			t.Errorf("%v %+v", won, got)
		}
		err := s.InTx(ctx, func(tx *storage.Tx) error {
			_, _, err := tx.ResolveAlert(ctx, "other", a.ID, "U3", "no", now)
			return err
		})
		if !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("from another clinic: %v", err)
		}
	})
}

func TestAnAlertNobodyAcknowledgesIsEscalatedStepByStep(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		a, _ := openAlert(t, s, flare(p))
		due := func(at time.Time) (due []storage.Alert) {
			in(t, s, func(tx *storage.Tx) (err error) {
				due, err = tx.ClaimDueEscalations(ctx, at, at.Add(5*time.Minute), 10)
				return err
			})
			return due
		}
		if got := due(later(14 * time.Minute)); len(got) != 0 {
			t.Errorf("early: %+v", got)
		}
		if got := due(later(15 * time.Minute)); len(got) != 1 || got[0].Step != 1 || len(got[0].Payload) == 0 {
			t.Errorf("first: %+v", got)
		}
		if got := due(later(16 * time.Minute)); len(got) != 0 {
			t.Errorf("claimed twice: %+v", got)
		}
		if got := due(later(20 * time.Minute)); len(got) != 1 || got[0].Step != 2 {
			t.Errorf("its job was lost: %+v", got)
		}
		in(t, s, func(tx *storage.Tx) error {
			_, _, err := tx.AcknowledgeAlert(ctx, "main", a.ID, "U1", later(21*time.Minute))
			return err
		})
		if got := due(later(time.Hour)); len(got) != 0 {
			t.Errorf("after it was acknowledged: %+v", got)
		}
	})
}
