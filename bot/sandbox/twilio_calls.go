package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Call is a voice call the bot placed.
type Call struct {
	SID, From, To  string
	Status         string // queued, ringing, in-progress, completed, busy, failed, no-answer, canceled
	TwiML, URL     string // one of them, as given
	StatusCallback string
	Events         []string // of StatusCallbackEvent; completed when none was given
	Timeout        time.Duration
	AnsweredBy     string
	Said           []string // what the phone heard, in order
	Digits         []string // what was pressed
	Waiting        bool     // a Gather waits for a digit
	Created        time.Time
	Started, Ended time.Time
	Callbacks      []Callback
	Params         url.Values
	action         string // where the Gather in hand posts to
	rest           []verb // what follows when nothing is pressed
	base           string // address of the document in hand
	sequence       int
	line           *sync.Mutex // keeps the call's events in order
}

// Calls lists every call, oldest first.
func (t *Twilio) Calls() []Call {
	t.mu.Lock()
	defer t.mu.Unlock()
	var out []Call
	for _, c := range t.calls {
		out = append(out, c.copy())
	}
	return out
}

// CallBySID finds a call.
func (t *Twilio) CallBySID(sid string) (Call, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	c, ok := t.callSID[sid]
	if !ok {
		return Call{}, false
	}
	return c.copy(), true
}

func (c *Call) copy() Call {
	d := *c
	d.Said, d.Digits, d.Callbacks = slices.Clone(c.Said), slices.Clone(c.Digits), slices.Clone(c.Callbacks)
	return d
}

// over says that the call has ended in any way.
func (c *Call) over() bool {
	switch c.Status {
	case "queued", "ringing", "in-progress":
		return false
	}
	return true
}

// createCall is POST Calls.json. The call rings by itself unless calls are held.
func (t *Twilio) createCall(w http.ResponseWriter, r *http.Request) {
	p := r.PostForm
	f, faulty := t.faults.take("call:"+p.Get("To"), "calls")
	if faulty && !f.accept {
		if !t.s.spoil(w, r, f) {
			refuse(w, f.code)
		}
		return
	}
	if code := t.callRefusal(p); code != 0 {
		refuse(w, code)
		return
	}
	body := t.place(p)
	if faulty && t.s.spoil(w, r, f) {
		return
	}
	if f.noSID {
		delete(body, "sid")
	}
	writeJSON(w, http.StatusCreated, body)
}

func (t *Twilio) callRefusal(p url.Values) int {
	to, from := p.Get("To"), p.Get("From")
	switch {
	case magicCallFrom[from] != 0:
		return magicCallFrom[from]
	case magicCallTo[to] != 0:
		return magicCallTo[to]
	case !t.owns(from):
		return 21210
	case !e164.MatchString(to):
		return 21217
	case p.Get("Url") == "" && p.Get("Twiml") == "" && p.Get("ApplicationSid") == "":
		return 21205
	case len(p.Get("Twiml")) > 4000:
		return 21658
	case p.Get("StatusCallback") != "" && !absolute(p.Get("StatusCallback")):
		return 21609
	}
	return 0
}

// place stores a call, lets it ring and returns the resource as it was at that
// moment.
func (t *Twilio) place(p url.Values) map[string]any {
	c := &Call{
		SID: t.s.ids.sid("CA"), From: p.Get("From"), To: p.Get("To"), Status: "queued", URL: p.Get("Url"),
		StatusCallback: p.Get("StatusCallback"), Events: p["StatusCallbackEvent"], Timeout: 60 * time.Second,
		Created: t.s.now(), Params: p, line: &sync.Mutex{},
	}
	if c.URL == "" {
		c.TwiML = p.Get("Twiml")
	}
	if len(c.Events) == 1 {
		c.Events = strings.Fields(c.Events[0])
	}
	if len(c.Events) == 0 {
		c.Events = []string{"completed"}
	}
	if n, err := strconv.Atoi(p.Get("Timeout")); err == nil && n > 0 && n <= 600 {
		c.Timeout = time.Duration(n) * time.Second
	}
	t.mu.Lock()
	t.calls = append(t.calls, c)
	t.callSID[c.SID] = c
	body := t.callJSON(c)
	if limit := t.s.opt.Keep; len(t.calls) > limit+limit/10+16 {
		for _, old := range t.calls[:len(t.calls)-limit] {
			delete(t.callSID, old.SID)
		}
		t.calls = slices.Clone(t.calls[len(t.calls)-limit:])
	}
	t.mu.Unlock()
	t.s.hub.changed()
	if !t.s.opt.HoldCalls {
		t.background(func() { t.Ring(c.SID) })
	}
	return body
}

func (t *Twilio) fetchCall(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	c, ok := t.callSID[sidOf(r)]
	if !ok {
		refuse(w, 20404)
		return
	}
	writeJSON(w, http.StatusOK, t.callJSON(c))
}

// updateCall cancels a call that was not answered, or ends one that was.
func (t *Twilio) updateCall(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	c, ok := t.callSID[sidOf(r)]
	over := ok && c.over()
	t.mu.Unlock()
	if !ok {
		refuse(w, 20404)
		return
	}
	if over {
		refuse(w, 21220)
		return
	}
	if status := r.PostForm.Get("Status"); status == "canceled" || status == "completed" {
		t.endCall(c.SID, status)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	writeJSON(w, http.StatusOK, t.callJSON(c))
}

func (t *Twilio) listCalls(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	during, ok := dateFilter(q, "StartTime")
	if !ok {
		refuse(w, 20001)
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	var found []any
	for _, c := range slices.Backward(t.calls) {
		if matches(q, "To", c.To) && matches(q, "From", c.From) && matches(q, "Status", c.Status) && during(c.Created) {
			found = append(found, t.callJSON(c))
		}
	}
	writePage(w, r, "calls", found)
}

func (t *Twilio) callJSON(c *Call) map[string]any {
	var duration any
	if !c.Ended.IsZero() {
		duration = strconv.Itoa(int(c.Ended.Sub(c.Started).Seconds()))
	}
	return map[string]any{
		"sid": c.SID, "account_sid": t.s.opt.AccountSID, "api_version": apiVersion, "parent_call_sid": nil,
		"from": c.From, "from_formatted": c.From, "to": c.To, "to_formatted": c.To, "phone_number_sid": nil,
		"status": c.Status, "direction": "outbound-api", "answered_by": orNull(c.AnsweredBy),
		"date_created": rfc2822(c.Created), "date_updated": rfc2822(t.s.now()),
		"start_time": rfc2822(c.Started), "end_time": rfc2822(c.Ended), "duration": duration,
		"price": nil, "price_unit": "USD", "forwarded_from": nil, "group_sid": nil, "caller_name": nil,
		"queue_time": "0", "trunk_sid": nil, "uri": t.uri("Calls", c.SID+".json"),
		"subresource_uris": map[string]any{"events": t.uri("Calls", c.SID, "Events.json")},
	}
}
