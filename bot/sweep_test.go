package bot_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"backstop/bot/sandbox"

	"backstop/storage"
)

func TestOldDeliveriesAreForgotten(t *testing.T) {
	each(t, func(w *world) {
		first := func() bool {
			known := false
			w.must(w.store.InTx(w.ctx, func(tx *storage.Tx) (err error) {
				known, err = tx.FirstTime(w.ctx, "slack:Ev1", w.clock.Now())
				return err
			}))
			return known
		}
		if !first() || first() {
			w.t.Fatal("a delivery is not known again")
		}
		w.clock.set(w.clock.Now().Add(20 * 24 * time.Hour))
		w.must(w.bot.Sweep(w.ctx))
		if first() {
			w.t.Error("after 20 days a delivery is forgotten")
		}
		w.clock.set(w.clock.Now().Add(20 * 24 * time.Hour))
		w.must(w.bot.Sweep(w.ctx))
		if !first() {
			w.t.Error("after 40 days a delivery is still kept")
		}
	})
}

// TestAnOutageMakesNoStorm has more texts hang than one look takes at a time, for
// as long as many looks take: no look goes round in circles, no job is doubled, and
// when Twilio is back each text leaves once.
func TestAnOutageMakesNoStorm(t *testing.T) {
	const hanging = 230
	each(t, func(w *world) {
		p := w.enrol()
		w.sandbox.Twilio().FailAll(sandbox.HTML(http.StatusServiceUnavailable))
		w.must(w.store.InTx(w.ctx, func(tx *storage.Tx) error {
			for range hanging {
				m := storage.Message{ClinicID: p.ClinicID, PatientID: p.ID, Phone: p.Phone, Body: "Your clinic rings you today.",
					Kind: "staff", Class: "safety", Number: string(w.clinic.Sender.Number)}
				if _, err := tx.InsertSending(w.ctx, m, w.clock.Now()); err != nil {
					return err
				}
			}
			return nil
		}))
		before := len(w.phone())
		for range 5 {
			w.clock.set(w.clock.Now().Add(time.Second))
			ctx, cancel := context.WithTimeout(w.ctx, 30*time.Second)
			w.must(w.bot.Sweep(ctx))
			cancel()
		}
		var jobs int
		w.must(w.store.DB().QueryRowContext(w.ctx, `SELECT COUNT(*) FROM river_job WHERE kind = 'send_text' AND state <> 'completed'`).Scan(&jobs))
		if jobs > hanging {
			w.t.Errorf("%d jobs for %d texts that hang", jobs, hanging)
		}
		w.sandbox.Twilio().ClearFaults()
		w.eventually("every text leaves", func() bool { return len(w.phone()) >= before+hanging })
		w.settle()
		if got := len(w.phone()) - before; got != hanging {
			w.t.Errorf("%d texts left, want each of %d once", got, hanging)
		}
	})
}
