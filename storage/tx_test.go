package storage_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"backstop/storage"
	"backstop/storage/storagetest"
)

func TestATransactionHappensWholeOrNotAtAll(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		insert := func(tx *storage.Tx) {
			if _, _, err := tx.InsertInbound(ctx, storage.Message{ClinicID: "main", PatientID: p.ID, ProviderID: "SM1", Body: "7"}, now); err != nil {
				t.Error(err)
			}
		}
		boom := errors.New("boom")
		if err := s.InTx(ctx, func(tx *storage.Tx) error { insert(tx); return boom }); !errors.Is(err, boom) {
			t.Errorf("returned %v", err)
		}
		func() {
			defer func() {
				if err, _ := recover().(error); !errors.Is(err, boom) {
					t.Error("the panic was swallowed")
				}
			}()
			_ = s.InTx(ctx, func(tx *storage.Tx) error { insert(tx); panic(boom) })
		}()
		gone, cancel := context.WithCancel(ctx)
		err := s.InTx(gone, func(tx *storage.Tx) error { insert(tx); cancel(); return nil })
		if err == nil {
			t.Error("committed after the caller had gone")
		}
		if must(s.HasMessage(ctx, "SM1")) {
			t.Error("half of it happened")
		}
		in(t, s, func(tx *storage.Tx) error { insert(tx); return nil })
		if !must(s.HasMessage(ctx, "SM1")) {
			t.Error("it did not happen")
		}
	})
}

func TestWhatATransactionWritesIsReadInsideItOnly(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		storagetest.Clinic(t, s, "main")
		in(t, s, func(tx *storage.Tx) error {
			p, _, err := tx.InsertPatient(ctx, storage.Patient{ClinicID: "main", Phone: "+15551234567"}, now)
			if err != nil {
				return err
			}
			if _, err := tx.PatientByID(ctx, "main", p.ID); err != nil {
				t.Errorf("inside: %v", err)
			}
			if _, err := s.PatientByID(ctx, "main", p.ID); !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("outside: %v", err)
			}
			return nil
		})
	})
}

// Two transactions that lock the same two patients in opposite order: PostgreSQL
// ends one of them, which runs again; SQLite lets one wait for the other.
func TestTransactionsThatMeetBothHappen(t *testing.T) {
	for _, engine := range storagetest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			ctx := t.Context()
			url := storagetest.URL(t, engine)
			machines := []*storage.Store{storagetest.OpenURL(t, url), storagetest.OpenURL(t, url)}
			a := storagetest.Patient(t, machines[0], "main", "+15551234567")
			b := storagetest.Patient(t, machines[0], "main", "+15557654321")
			orders := [][2]string{{a.ID, b.ID}, {b.ID, a.ID}}
			var (
				wg  sync.WaitGroup
				met sync.WaitGroup // each waits for the other between its two locks, the first time
			)
			met.Add(2)
			for i, order := range orders {
				wg.Go(func() {
					tries := 0
					err := machines[i].InTx(ctx, func(tx *storage.Tx) error {
						tries++
						for n, id := range order {
							p, err := tx.LockPatient(ctx, "main", id)
							if err != nil {
								return err
							}
							p.Snapshot.Texts++
							if _, err := tx.SavePatient(ctx, p, storage.Event{At: storage.At(now), Kind: "replied"}); err != nil {
								return err
							}
							if n == 0 && tries == 1 && engine == storage.Postgres {
								met.Done()
								met.Wait()
							}
						}
						return nil
					})
					if err != nil {
						t.Errorf("transaction %d: %v", i, err)
					}
				})
			}
			wg.Wait()
			for _, id := range orders[0] {
				if p := must(machines[0].PatientByID(ctx, "main", id)); p.Snapshot.Texts != 2 || p.Seq != 2 {
					t.Errorf("%d texts at %d, want 2", p.Snapshot.Texts, p.Seq)
				}
			}
		})
	}
}

type noteArgs struct {
	Note string `json:"note"`
}

func (noteArgs) Kind() string { return "note" }

type noteWorker struct {
	river.WorkerDefaults[noteArgs]
	done chan string
}

func (w *noteWorker) Work(_ context.Context, job *river.Job[noteArgs]) error {
	w.done <- job.Args.Note
	return nil
}

func TestAJobIsEnqueuedWithTheTransactionThatWantsIt(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		done := make(chan string, 4)
		workers := river.NewWorkers()
		river.AddWorker(workers, &noteWorker{done: done})
		client, err := river.NewClient(s.QueueDriver(), &river.Config{
			Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 2}}, Workers: workers,
			FetchPollInterval: 50 * time.Millisecond, FetchCooldown: 10 * time.Millisecond, TestOnly: true,
		})
		if err != nil {
			t.Fatal(err)
		}
		rollback := errors.New("rollback")
		for note, result := range map[string]error{"kept": nil, "dropped": rollback} {
			err := s.InTx(ctx, func(tx *storage.Tx) error {
				if _, err := client.InsertTx(ctx, tx.SQL(), noteArgs{note}, nil); err != nil {
					return err
				}
				return result
			})
			if !errors.Is(err, result) {
				t.Fatal(err)
			}
		}
		if err := client.Start(ctx); err != nil {
			t.Fatal(err)
		}
		select {
		case note := <-done:
			if note != "kept" {
				t.Errorf("worked %q", note)
			}
		case <-time.After(20 * time.Second):
			t.Error("no job came")
		}
		if err := client.Stop(ctx); err != nil {
			t.Error(err)
		}
		if len(done) != 0 {
			t.Error("the job of a transaction that was rolled back was worked")
		}
	})
}
