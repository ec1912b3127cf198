package bot_test

import (
	"testing"
	"time"

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
