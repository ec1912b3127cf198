package sandbox

import (
	"maps"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Fault is one way to misbehave. Make it with the functions below.
type Fault struct {
	status int
	code   int    // Twilio error code, or 0
	slack  string // Slack error name, or empty
	header http.Header
	body   string
	delay  time.Duration
	accept bool // do what was asked first
	cut    bool // close the connection without an answer
	hang   bool // never answer
	noSID  bool
}

// TwilioError refuses with a documented code, its HTTP status and Twilio's JSON.
func TwilioError(code int) Fault { return Fault{code: code, status: twilioStatus(code)} }

// SlackError answers {"ok":false,"error":name}. An empty name is left out.
func SlackError(name string) Fault {
	if name == "" {
		return Fault{status: http.StatusOK, body: `{"ok":false}`, header: jsonHeader()}
	}
	return Fault{slack: name, status: http.StatusOK}
}

// RateLimited answers 429 with Retry-After in seconds; an empty string leaves
// the header out, and it may be malformed.
func RateLimited(retryAfter string) Fault {
	h := http.Header{}
	if retryAfter != "" {
		h.Set("Retry-After", retryAfter)
	}
	return Fault{status: http.StatusTooManyRequests, code: 20429, slack: "ratelimited", header: h}
}

// HTML answers with a status and an error page that is no JSON.
func HTML(status int) Fault {
	return Fault{status: status, header: http.Header{"Content-Type": {"text/html"}},
		body: "<html><body><h1>" + strconv.Itoa(status) + " " + http.StatusText(status) + "</h1></body></html>"}
}

// Slow does what was asked and answers after d.
func Slow(d time.Duration) Fault { return Fault{delay: d, accept: true} }

// TimeoutBefore never answers, and does not do what was asked.
func TimeoutBefore() Fault { return Fault{hang: true} }

// TimeoutAfter does what was asked and never answers.
func TimeoutAfter() Fault { return Fault{hang: true, accept: true} }

// CutBefore closes the connection without doing what was asked.
func CutBefore() Fault { return Fault{cut: true} }

// CutAfter does what was asked, then closes the connection without an answer.
func CutAfter() Fault { return Fault{cut: true, accept: true} }

// NoSID accepts and answers 201 with a body that lacks the sid.
func NoSID() Fault { return Fault{noSID: true, accept: true} }

// ErrorAfter does what was asked and answers an HTML error nevertheless.
func ErrorAfter(status int) Fault {
	f := HTML(status)
	f.accept = true
	return f
}

// faultBook keeps what was ordered: a queue for the next requests and standing
// orders, each by a key (a phone number, a Slack method, or "" for any).
type faultBook struct {
	mu       sync.Mutex
	next     map[string][]Fault
	standing map[string]Fault
}

func newFaultBook() *faultBook {
	return &faultBook{next: map[string][]Fault{}, standing: map[string]Fault{}}
}

func (b *faultBook) add(key string, n int, f Fault) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for range n {
		b.next[key] = append(b.next[key], f)
	}
}

func (b *faultBook) always(key string, f Fault) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.standing[key] = f
}

func (b *faultBook) clear() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.next, b.standing = map[string][]Fault{}, map[string]Fault{}
}

// take finds the fault for a request that goes by these keys, the most telling
// key first.
func (b *faultBook) take(keys ...string) (Fault, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, k := range keys {
		if q := b.next[k]; len(q) > 0 {
			b.next[k] = q[1:]
			return q[0], true
		}
	}
	for _, k := range keys {
		if f, ok := b.standing[k]; ok {
			return f, true
		}
	}
	return Fault{}, false
}

// spoil carries out the part of a fault that replaces the answer. It says
// whether the request is finished; otherwise the true answer must follow.
func (s *Sandbox) spoil(w http.ResponseWriter, r *http.Request, f Fault) bool {
	if f.delay > 0 {
		t := time.NewTimer(f.delay)
		defer t.Stop()
		select {
		case <-t.C:
		case <-r.Context().Done():
		case <-s.ctx.Done():
		}
	}
	switch {
	case f.hang:
		select {
		case <-r.Context().Done():
		case <-s.ctx.Done():
		}
		panic(http.ErrAbortHandler)
	case f.cut:
		panic(http.ErrAbortHandler)
	}
	maps.Copy(w.Header(), f.header)
	switch {
	case f.body != "":
		w.WriteHeader(f.status)
		_, _ = w.Write([]byte(f.body))
		return true
	default:
		return false
	}
}

func jsonHeader() http.Header {
	return http.Header{"Content-Type": {"application/json; charset=utf-8"}}
}
