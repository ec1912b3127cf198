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
	ctx, store, b := sweeper(t)
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

// TestASecondWithoutADigestNeedsNoTransaction looks at when the clinics are looked through
// for digests after a sweep has done so.
func TestASecondWithoutADigestNeedsNoTransaction(t *testing.T) {
	ctx, _, b := sweeper(t)
	maybe := func(at time.Time) bool {
		may, err := b.maybeDigest(ctx, at)
		must(t, err)
		return may
	}
	if !maybe(b.now()) {
		t.Error("a machine that has just begun does not look for the digests of its morning")
	}
	must(t, b.Sweep(ctx))
	looked, next := b.swept.digestsLooked, b.swept.nextDigest
	if local := next.In(b.first.TimeZone); local.Format("15:04") != b.first.Slack.Digest.String() || next.Sub(looked) > 25*time.Hour || !next.After(looked) {
		t.Errorf("after %s the next digest is looked for at %s", looked, local)
	}
	if maybe(looked) || maybe(next.Add(-time.Second)) {
		t.Error("it looks again before a digest may be due")
	}
	if !maybe(next) || !maybe(looked.Add(-time.Second)) {
		t.Error("it does not look when a digest may be due, or when the clock was set back")
	}
}

// sweeper is a bot of the example clinic that works nothing by itself.
func sweeper(t *testing.T) (context.Context, *storage.Store, *Bot) {
	t.Helper()
	ctx := t.Context()
	keys, err := seal.New()
	must(t, err)
	store, err := storage.Open(ctx, "sqlite::memory:", keys)
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	must(t, store.Migrate(ctx))
	clinics, catalogs, err := copy.Load("example.yaml", protocol.Example)
	must(t, err)
	b, err := New(Config{Store: store, Clinics: []*flows.Clinic{{Clinic: clinics[0], Copy: catalogs[0]}}, Log: slog.New(slog.DiscardHandler), Stepped: true})
	must(t, err)
	must(t, b.syncClinic(ctx, b.first))
	return ctx, store, b
}
