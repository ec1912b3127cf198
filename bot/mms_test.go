package bot_test

import (
	"bytes"
	"context"
	"errors"
	"image/png"
	"strings"
	"testing"
	"time"

	"backstop/storage"
)

// The patient owns the chart: GRAPH answers with a line and, where the clinic
// sends pictures, with the last weeks as one.
func TestGraphIsAnsweredWithALineAndAPicture(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.must(w.bot.Stop(w.ctx)) // nothing may read the clinic while it changes
		w.clinic.Media = true
		w.restart()
		w.enrol()
		for range 3 {
			w.session()
			w.until(0, "19:05")
			w.texts("2")
			w.until(1, "08:35")
			w.texts("1")
		}
		before := len(w.phone())
		w.texts("GRAPH")
		got := w.phone()[before:]
		if len(got) != 1 || !strings.Contains(got[0], "back pain 1 to 1") {
			t.Fatalf("GRAPH was answered with %q, want one line of progress", got)
		}
		texts := w.sandbox.Twilio().Texts()
		last := texts[len(texts)-1]
		if len(last.Media) != 1 {
			t.Fatalf("the line came without a picture: %+v", last)
		}
		address := last.Media[0].URL
		for _, word := range []string{"Alex", "Rivera", "312555", "alex"} {
			if strings.Contains(address, word) {
				t.Errorf("the address %s says who it is about", address)
			}
		}
		ctx, cancel := context.WithTimeout(w.ctx, 30*time.Second)
		defer cancel()
		w.must(w.sandbox.Wait(ctx, func() bool {
			x, _ := w.sandbox.Twilio().TextBySID(last.SID)
			return x.Media[0].Data != nil
		}))
		x, _ := w.sandbox.Twilio().TextBySID(last.SID)
		if _, err := png.Decode(bytes.NewReader(x.Media[0].Data)); err != nil {
			t.Errorf("what was fetched is no picture: %v", err)
		}

		_, ticket, _ := strings.Cut(address, "/pictures/")
		w.clock.set(w.clock.Now().Add(25 * time.Hour))
		if _, err := w.bot.PatientPicture(w.ctx, ticket); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("a day later the ticket still opens: %v", err)
		}
	})
}
