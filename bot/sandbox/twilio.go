package sandbox

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const apiVersion = "2010-04-01"

// Twilio is the stand-in Twilio: REST for the bot, and the methods below for
// whoever plays the patient, the carrier and the phone that rings.
type Twilio struct {
	s      *Sandbox
	faults *faultBook
	slots  chan struct{} // bounds how many callbacks are under way
	busy   atomic.Int64

	mu       sync.Mutex
	texts    []*Text
	bySID    map[string]*Text
	calls    []*Call
	callSID  map[string]*Call
	optOut   OptOut
	blocked  map[string]bool // phone + " " + sender, after STOP
	hold     bool
	outcomes map[string]outcome // by phone: how texts to it end
}

type outcome struct {
	status string
	code   int
}

func newTwilio(s *Sandbox) *Twilio {
	return &Twilio{
		s: s, faults: newFaultBook(), slots: make(chan struct{}, 32),
		bySID: map[string]*Text{}, callSID: map[string]*Call{},
		optOut: s.opt.OptOut, hold: s.opt.HoldStatus,
		blocked: map[string]bool{}, outcomes: map[string]outcome{},
	}
}

func (t *Twilio) routes(mux *http.ServeMux) {
	const account = "/2010-04-01/Accounts/{account}"
	handle := func(pattern string, f http.HandlerFunc) { mux.HandleFunc(pattern, t.authorized(f)) }
	handle("GET /2010-04-01/Accounts/{file}", t.fetchAccount)
	handle("GET "+account+"/Balance.json", t.fetchBalance)
	handle("GET "+account+"/IncomingPhoneNumbers.json", t.listNumbers)
	handle("POST "+account+"/Messages.json", t.createText)
	handle("GET "+account+"/Messages.json", t.listTexts)
	handle("GET "+account+"/Messages/{file}", t.fetchText)
	handle("POST "+account+"/Messages/{file}", t.updateText)
	handle("DELETE "+account+"/Messages/{file}", t.deleteText)
	handle("GET "+account+"/Messages/{message}/Media.json", t.listMedia)
	handle("GET "+account+"/Messages/{message}/Media/{file}", t.fetchMedia)
	handle("DELETE "+account+"/Messages/{message}/Media/{file}", t.deleteMedia)
	handle("POST "+account+"/Calls.json", t.createCall)
	handle("GET "+account+"/Calls.json", t.listCalls)
	handle("GET "+account+"/Calls/{file}", t.fetchCall)
	handle("POST "+account+"/Calls/{file}", t.updateCall)
	handle("GET /v1/Services/{service}", t.fetchService)
	handle("GET /v1/Services/{service}/PhoneNumbers", t.listServiceNumbers)
	handle("/2010-04-01/", t.notFound)
	handle("/v1/", t.notFound)
}

// authorized lets a request through with the account's own credentials or its
// API key, and only under the account's own path.
func (t *Twilio) authorized(next http.HandlerFunc) http.HandlerFunc {
	same := func(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
	return func(w http.ResponseWriter, r *http.Request) {
		o := t.s.opt
		user, pass, _ := r.BasicAuth()
		byToken := same(user, o.AccountSID) && same(pass, o.AuthToken)
		byKey := o.APIKey != "" && same(user, o.APIKey) && same(pass, o.APISecret)
		if !byToken && !byKey {
			refuse(w, 20003)
			return
		}
		if a := r.PathValue("account"); a != "" && a != o.AccountSID {
			refuse(w, 20404)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
		if err := r.ParseForm(); err != nil {
			refuse(w, 20001)
			return
		}
		if f, ok := t.faults.take("path:"+r.Method+" "+r.URL.Path, "account"); ok {
			if t.s.spoil(w, r, f) {
				return
			}
			if f.code != 0 {
				refuse(w, f.code)
				return
			}
		}
		next(w, r)
	}
}

func (t *Twilio) notFound(w http.ResponseWriter, _ *http.Request) { refuse(w, 20404) }

// FailNext spoils the next n creates of a message, whoever they are for.
func (t *Twilio) FailNext(n int, f Fault) { t.faults.add("messages", n, f) }

// FailTo spoils every create of a message to a phone until ClearFaults.
func (t *Twilio) FailTo(phone string, f Fault) { t.faults.always("to:"+phone, f) }

// FailCalls spoils the next n creates of a call.
func (t *Twilio) FailCalls(n int, f Fault) { t.faults.add("calls", n, f) }

// FailCallsTo spoils every create of a call to a phone until ClearFaults.
func (t *Twilio) FailCallsTo(phone string, f Fault) { t.faults.always("call:"+phone, f) }

// FailAll spoils every REST request until ClearFaults: Twilio is down, and
// nothing is accepted whatever the fault.
func (t *Twilio) FailAll(f Fault) { t.faults.always("account", f) }

// ClearFaults ends every ordered fault.
func (t *Twilio) ClearFaults() { t.faults.clear() }

func (t *Twilio) uri(parts ...string) string {
	return "/2010-04-01/Accounts/" + t.s.opt.AccountSID + "/" + strings.Join(parts, "/")
}

// owns says whether a number belongs to the account.
func (t *Twilio) owns(number string) bool {
	if number == t.s.opt.Number || number == magicGood {
		return true
	}
	for _, n := range t.s.opt.MoreNumbers {
		if n == number {
			return true
		}
	}
	return false
}

// background runs one delivery; a few at a time are under way.
func (t *Twilio) background(f func()) {
	t.busy.Add(1)
	t.s.background(func(ctx context.Context) {
		select {
		case t.slots <- struct{}{}:
			f()
			<-t.slots
		case <-ctx.Done():
		}
		t.busy.Add(-1)
	})
}

// Quiet says that no status callback or call event is under way.
func (t *Twilio) Quiet() bool { return t.busy.Load() == 0 }

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v)
}

// rfc2822 is how this API writes a time; a zero time is null.
func rfc2822(at time.Time) any {
	if at.IsZero() {
		return nil
	}
	return at.UTC().Format(time.RFC1123Z)
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func sidOf(r *http.Request) string {
	sid, _ := strings.CutSuffix(r.PathValue("file"), ".json")
	return sid
}
