package storage_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"backstop/flows"
	"backstop/storage"
	"backstop/storage/storagetest"
)

func TestAPatientIsFoundByIDByExternalIDAndByPhone(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		storagetest.Clinic(t, s, "main")
		in(t, s, func(tx *storage.Tx) error {
			p, created, err := tx.InsertPatient(ctx, storage.Patient{
				ClinicID: "main", ExternalID: "mrn-7", Phone: "+15551234567", Name: "Sam Archer",
				Snapshot: flows.Patient{TimeZone: "America/New_York", Usual: 2, Stage: flows.StageHeavy},
			}, now)
			if err != nil || !created || p.ID == "" || p.Snapshot.ID != p.ID {
				t.Errorf("%+v, %v, %v", p, created, err)
			}
			return err
		})
		byExternal := must(s.PatientByExternalID(ctx, "main", "mrn-7"))
		byID := must(s.PatientByID(ctx, "main", byExternal.ID))
		byPhone := must(s.PatientByPhone(ctx, "main", "+15551234567"))
		for how, p := range map[string]storage.Patient{"external id": byExternal, "id": byID, "phone": byPhone} {
			if p.Name != "Sam Archer" || p.Phone != "+15551234567" || p.Snapshot.Usual != 2 || p.Snapshot.Stage != flows.StageHeavy ||
				p.CreatedAt != storage.At(now) {
				t.Errorf("by %s: %+v", how, p)
			}
		}
	})
}

func TestAPatientOfAnotherClinicIsNotFound(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		storagetest.Clinic(t, s, "other")
		if _, err := s.PatientByID(ctx, "other", p.ID); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("by id: %v", err)
		}
		if _, err := s.PatientByPhone(ctx, "other", p.Phone); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("by phone: %v", err)
		}
		if _, err := s.PatientByExternalID(ctx, "main", ""); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("without external id: %v", err)
		}
		err := s.InTx(ctx, func(tx *storage.Tx) error {
			_, err := tx.LockPatient(ctx, "other", p.ID)
			return err
		})
		if !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("locked: %v", err)
		}
	})
}

func TestTheSameExternalIDIsTheSamePatient(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		storagetest.Clinic(t, s, "main")
		storagetest.Clinic(t, s, "other")
		ids := map[string]bool{}
		for i, clinic := range []string{"main", "main", "other"} {
			in(t, s, func(tx *storage.Tx) error {
				p, created, err := tx.InsertPatient(ctx, storage.Patient{
					ClinicID: clinic, ExternalID: "mrn-7", Phone: fmt.Sprintf("+1555123456%d", i),
				}, now)
				if created != (i != 1) {
					t.Errorf("%d: created %v", i, created)
				}
				ids[p.ID] = true
				return err
			})
		}
		if len(ids) != 2 {
			t.Errorf("%d patients, want one in each clinic", len(ids))
		}
	})
}

func TestACoupleMayShareAPhone(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		first := storagetest.Patient(t, s, "main", "+15551234567")
		storagetest.Patient(t, s, "main", "+15551234567")
		storagetest.Patient(t, s, "main", "+15550000000")
		in(t, s, func(tx *storage.Tx) error {
			couple, err := tx.LockPatientsByPhone(ctx, "main", "+15551234567")
			if len(couple) != 2 || couple[0].ID != first.ID {
				t.Errorf("locked %+v", couple)
			}
			return err
		})
		if _, err := s.PatientByPhone(ctx, "main", "+15551234567"); !errors.Is(err, storage.ErrShared) {
			t.Errorf("one by phone: %v", err)
		}
	})
}

func TestSavingAppendsTheEventAndOnlyFromWhereItWasRead(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		stale := p
		for i := range 3 {
			in(t, s, func(tx *storage.Tx) (err error) {
				p.Snapshot.Misread = i + 1
				p.Snapshot.Paused = true
				p, err = tx.SavePatient(ctx, p, storage.Event{
					At: storage.At(later(time.Duration(i) * time.Hour)), Kind: "replied",
					Payload: json.RawMessage(fmt.Sprintf(`{"pain":%d}`, i)),
				})
				return err
			})
		}
		if p.Seq != 3 {
			t.Errorf("at %d, want 3", p.Seq)
		}
		err := s.InTx(ctx, func(tx *storage.Tx) error {
			_, err := tx.SavePatient(ctx, stale, storage.Event{At: storage.At(now), Kind: "replied"})
			return err
		})
		if !errors.Is(err, storage.ErrConflict) {
			t.Errorf("saved from a stale read: %v", err)
		}

		read := must(s.PatientByID(ctx, "main", p.ID))
		if read.Snapshot.Misread != 3 || read.Seq != 3 {
			t.Errorf("read %+v", read)
		}
		events := must(s.Events(ctx, "main", p.ID, 0, 100))
		if len(events) != 3 {
			t.Fatalf("%d events", len(events))
		}
		for i, e := range events {
			if e.Seq != int64(i+1) || string(e.Payload) != fmt.Sprintf(`{"pain":%d}`, i) || e.At.Time != later(time.Duration(i)*time.Hour) {
				t.Errorf("event %d: %+v", i, e)
			}
		}
		if rest := must(s.Events(ctx, "main", p.ID, 2, 100)); len(rest) != 1 || rest[0].Seq != 3 {
			t.Errorf("after 2: %+v", rest)
		}
	})
}

// Many texts of one patient at once, on two machines: each is decided on what
// the one before it left.
func TestALockedPatientChangesOneEventAtATime(t *testing.T) {
	for _, engine := range storagetest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			ctx := t.Context()
			url := storagetest.URL(t, engine)
			machines := []*storage.Store{storagetest.OpenURL(t, url), storagetest.OpenURL(t, url)}
			p := storagetest.Patient(t, machines[0], "main", "+15551234567")
			const texts = 40
			var wg sync.WaitGroup
			for i := range texts {
				wg.Go(func() {
					err := machines[i%2].InTx(ctx, func(tx *storage.Tx) error {
						locked, err := tx.LockPatientsByPhone(ctx, "main", p.Phone)
						if err != nil {
							return err
						}
						locked[0].Snapshot.Texts++
						_, err = tx.SavePatient(ctx, locked[0], storage.Event{At: storage.At(now), Kind: "replied"})
						return err
					})
					if err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			read := must(machines[0].PatientByID(ctx, "main", p.ID))
			if read.Seq != texts || read.Snapshot.Texts != texts {
				t.Errorf("%d events, %d texts; want %d of each", read.Seq, read.Snapshot.Texts, texts)
			}
		})
	}
}

func TestPatientsAreListedInPages(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		var want []string
		for i := range 5 {
			want = append(want, storagetest.Patient(t, s, "main", fmt.Sprintf("+1555000000%d", i)).ID)
		}
		storagetest.Patient(t, s, "other", "+15559999999")
		var got []string
		for after := ""; ; {
			page := must(s.ListPatients(ctx, "main", after, 2))
			if len(page) == 0 {
				break
			}
			for _, p := range page {
				got = append(got, p.ID)
			}
			after = got[len(got)-1]
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("listed %v, want %v", got, want)
		}
	})
}

func TestPatientsAreFoundAfterTheKeysWereRotated(t *testing.T) {
	for _, engine := range storagetest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			ctx := t.Context()
			url := storagetest.URL(t, engine)
			p := storagetest.Patient(t, storagetest.OpenURL(t, url), "main", "+15551234567")
			rotated, err := storagetest.Keys(t).RotatePrimary()
			if err != nil {
				t.Fatal(err)
			}
			s, err := storage.Open(ctx, url, rotated)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			found, err := s.PatientByPhone(ctx, "main", "+15551234567")
			if err != nil || found.ID != p.ID || found.Name != p.Name {
				t.Fatalf("%+v, %v", found, err)
			}
		})
	}
}

// A store that remembers snapshots still goes by what lies in the row: neither a
// transaction that was undone nor what another one wrote is taken for it.
func TestARememberedSnapshotIsTheOneInTheRow(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		s.Remember()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		undone := errors.New("undone")
		save := func(change func(*flows.Patient), then error) error {
			return s.InTx(ctx, func(tx *storage.Tx) error {
				locked, err := tx.LockPatient(ctx, p.ClinicID, p.ID)
				if err != nil {
					return err
				}
				change(&locked.Snapshot)
				if _, err = tx.SavePatient(ctx, locked, storage.Event{At: storage.At(now), Kind: "replied"}); err != nil {
					return err
				}
				return then
			})
		}
		if err := save(func(p *flows.Patient) { p.Texts = 1 }, nil); err != nil {
			t.Fatal(err)
		}
		if err := save(func(p *flows.Patient) { p.Texts, p.Paused = 2, true }, undone); !errors.Is(err, undone) {
			t.Fatal(err)
		}
		kept := must(s.PatientByID(ctx, p.ClinicID, p.ID)).Snapshot
		if s.Remember(); kept.Texts != 1 || kept.Paused {
			t.Errorf("after a transaction that was undone: %d texts, paused %v", kept.Texts, kept.Paused)
		}
		if read := must(s.PatientByID(ctx, p.ClinicID, p.ID)).Snapshot; !reflect.DeepEqual(read, kept) {
			t.Errorf("remembered %+v, read %+v", kept, read)
		}
	})
}
