package simulate

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"backstop/storage"
)

// twilioTook sees what the stand-in Twilio has done.
func (w *world) twilioTook(r *http.Request, form string, status int, body []byte) {
	if status != http.StatusCreated || !strings.HasSuffix(r.URL.Path, "/Messages.json") {
		return
	}
	var made struct{ SID string }
	fields, err := url.ParseQuery(form)
	if err = errors.Join(err, json.Unmarshal(body, &made)); err != nil {
		w.must(err)
		return
	}
	callback, err := url.Parse(fields.Get("StatusCallback"))
	if err != nil {
		w.must(err)
		return
	}
	w.took(made.SID, callback.Query().Get("m"), fields.Get("To"), fields.Get("Body"))
	if w.chances.crash > 0 && w.rng.Float64() < w.chances.crash {
		w.dies("crash after a call") // taken, and the answer never read
	}
}

// took is a text on its way to a phone.
func (w *world) took(sid, id, to, body string) {
	p := w.byPhone[to]
	if p == nil {
		return // somebody on call
	}
	w.checkTaken(p, id, body)
	p.last = body
	status, code := "delivered", 0
	switch {
	case p.bad:
		status, code = "undelivered", 30006
	case p.chance.Float64() < w.chances.unreachable:
		status, code = "undelivered", 30003
	}
	if status != "delivered" {
		w.Undelivered++
	}
	lost := p.chance.Float64() < w.chances.callback
	if lost {
		w.injected("callback lost")
	}
	reordered := !lost && p.chance.Float64() < w.chances.reordered
	w.at(w.now.Add(2*time.Second), func() {
		if lost {
			w.sandbox.Twilio().SetStatus(sid, status, code)
		} else {
			w.sandbox.Twilio().Report(sid, status, code)
		}
		if reordered {
			w.late(p, sid, id, status)
		}
		if status == "delivered" {
			w.reads(p, body)
		}
	})
}

// late brings the callbacks of a text that come before its last one after it, and
// the last one again: it must stay where the last one brought it.
func (w *world) late(p *person, sid, id, last string) {
	w.injected("callbacks reordered")
	for i, status := range [...]string{"sent", "queued", last} {
		w.at(w.now.Add(time.Duration(1+i+p.chance.IntN(20))*time.Second), func() {
			is := w.stateOf(id)
			w.sandbox.Twilio().Report(sid, status, 0)
			if now := w.stateOf(id); (is == storage.MessageDelivered || is == storage.MessageUndelivered) && now != is {
				w.wrongBecause(p, "a text never moves backwards", "it was %s, then %q came late, and it is %s", is, status, now)
			}
		})
	}
}

// stateOf is where a text of ours stands.
func (w *world) stateOf(id string) storage.MessageState {
	m, err := w.store.MessageHead(w.ctx, w.o.Clinic.ID, id)
	w.must(err)
	return m.State
}
