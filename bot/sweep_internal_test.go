package bot

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"backstop/flows"
	"backstop/flows/copy"
	"backstop/flows/protocol"
	"backstop/storage"
	"backstop/storage/seal"
)

// TestAMachineWithNothingToDoLooksHalfAsOften has sweeps find nothing, then one that
// finds a follow-up.
func TestAMachineWithNothingToDoLooksHalfAsOften(t *testing.T) {
	ctx := context.Background()
	keys, err := seal.New()
	must(t, err)
	store, err := storage.Open(ctx, "sqlite::memory:", keys)
	must(t, err)
	defer store.Close()
	must(t, store.Migrate(ctx))
	clinics, catalogs, err := copy.Load("example.yaml", protocol.Example)
	must(t, err)
	b, err := New(Config{Store: store, Clinics: []*flows.Clinic{{Clinic: clinics[0], Copy: catalogs[0]}}, Log: slog.New(slog.DiscardHandler), Stepped: true})
	must(t, err)
	must(t, b.syncClinic(ctx, b.first))
	sweep := func(times int) {
		for range times {
			must(t, b.Sweep(ctx))
		}
	}

	if sweep(idleFor - 1); b.rest() != time.Second {
		t.Errorf("after %d sweeps that found nothing a machine rests %s", idleFor-1, b.rest())
	}
	if sweep(1); b.rest() != 2*time.Second {
		t.Errorf("after %d sweeps that found nothing a machine rests %s", idleFor, b.rest())
	}
	must(t, store.InTx(ctx, func(tx *storage.Tx) error {
		p, _, err := tx.InsertPatient(ctx, storage.Patient{ClinicID: b.first.ID}, b.now())
		if err != nil {
			return err
		}
		return tx.PutFollowUps(ctx, []storage.FollowUp{{ClinicID: b.first.ID, PatientID: p.ID, Key: "k", Kind: "evening", DueAt: storage.At(b.now())}}, b.now())
	}))
	if sweep(1); b.rest() != time.Second {
		t.Errorf("after a sweep that found something a machine rests %s", b.rest())
	}
}
