package simulate

import (
	"errors"
	"net/http"
	"net/url"
	"time"

	"backstop/storage"
)

// crash is what a process dies of.
type crash struct{}

func isCrash(r any) bool { _, is := r.(crash); return is }

func (w *world) twilioFault(r *http.Request, form string) fault {
	f := w.twilioBreaks(r)
	if f == cutBefore && r.Method == http.MethodPost {
		w.hangs(form)
	}
	return f
}

// hangs lets some opt out while a text to them hangs: nobody knows yet whether
// it has left.
func (w *world) hangs(form string) {
	fields, err := url.ParseQuery(form)
	w.must(err)
	if p := w.byPhone[fields.Get("To")]; p != nil && p.chance.Float64() < 0.01*max(w.o.stops, 1) {
		w.at(w.now.Add(5*time.Second), func() { w.stops(p) })
	}
}

func (w *world) twilioBreaks(r *http.Request) fault {
	for _, o := range w.twilio {
		if o.holds(w.now) {
			w.injected("Twilio down")
			w.lookForStuck()
			return [...]fault{cutBefore, refused}[w.rng.IntN(2)]
		}
	}
	if r.Method != http.MethodPost {
		return fine
	}
	return w.draw()
}

// dies ends the process.
func (w *world) dies(name string) {
	w.Crashes++
	w.injected(name)
	w.lookForStuck()
	panic(crash{})
}

// injected counts what went wrong, so that a fault which never happens is seen.
func (w *world) injected(name string) {
	if w.Injected == nil {
		w.Injected = map[string]int{}
	}
	w.Injected[name]++
}

// errDatabase is a failure of the database.
var errDatabase = errors.New("disk I/O error")

// databaseBreaks draws what happens to a transaction.
func (w *world) databaseBreaks(m storage.Moment) error {
	c, x := w.chances, w.rng.Float64()
	switch m {
	case storage.AtStatement:
		if x < c.database/10 { // of some ten in a transaction
			return w.fails("statement failed", errDatabase)
		}
	case storage.BeforeCommit:
		switch {
		case x < c.crash/4:
			w.dies("crash before a commit")
		case x < c.crash/4+c.database/2:
			return w.fails("connection lost", storage.ErrLost)
		}
	case storage.AfterCommit:
		switch {
		case x < c.crash/4:
			w.dies("crash after a commit")
		case x < c.crash/4+c.database/2:
			return w.fails("commit unknown", errDatabase)
		}
	}
	return nil
}

func (w *world) fails(name string, err error) error {
	w.injected(name)
	w.lookForStuck()
	return err
}

func (w *world) slackFault(*http.Request, string) fault {
	for _, o := range w.slack {
		if o.holds(w.now) {
			w.injected("Slack down")
			w.lookForStuck()
			return [...]fault{cutBefore, refused}[w.rng.IntN(2)]
		}
	}
	return w.draw()
}

// draw draws what happens to one call; the process may die in it.
func (w *world) draw() fault {
	c, x := w.chances, w.rng.Float64()
	for _, f := range [...]struct {
		chance float64
		fault  fault
		name   string
	}{
		{c.cutAfter, cutAfter, "answer lost"}, {c.cutBefore, cutBefore, "request lost"}, {c.refused, refused, "429"},
		{c.broken / 2, brokenBefore, "5xx"}, {c.broken / 2, brokenAfter, "5xx, though taken"},
	} {
		if x -= f.chance; x < 0 {
			w.injected(f.name)
			w.lookForStuck()
			return f.fault
		}
	}
	if x -= c.crash; x < 0 {
		w.dies("crash before a call")
	}
	return fine
}
