package sandbox

import (
	"net/url"
	"strconv"
)

// statusRank orders statuses: a later one never gives way to an earlier one.
var statusRank = map[string]int{
	"accepted": 1, "scheduled": 1, "queued": 2, "sending": 3, "sent": 4,
	"delivered": 5, "undelivered": 5, "failed": 5, "canceled": 5, "read": 6,
}

// Hold stops status callbacks from leaving by themselves: Report, Deliver and
// Release send them.
func (t *Twilio) Hold(on bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.hold = on
}

// Release ends Hold and lets every held text travel to its end.
func (t *Twilio) Release() {
	t.mu.Lock()
	t.hold = false
	var held []string
	for _, x := range t.texts {
		if !x.Inbound() && !x.Carrier && statusRank[x.Status] < statusRank["sent"] && x.Status != "scheduled" {
			held = append(held, x.SID)
		}
	}
	t.mu.Unlock()
	for _, sid := range held {
		t.background(func() { t.travel(sid) })
	}
}

// Outcome decides how texts to a phone end from now on, for example
// ("undelivered", 30003). An empty status ends it. "sent" stops there: the
// carrier never reports.
func (t *Twilio) Outcome(phone, status string, code int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if status == "" {
		delete(t.outcomes, phone)
		return
	}
	t.outcomes[phone] = outcome{status, code}
}

// travel takes a text through its statuses, one callback after the other.
func (t *Twilio) travel(sid string) {
	for _, step := range t.journey(sid) {
		if t.s.ctx.Err() != nil {
			return
		}
		t.Report(sid, step.status, step.code)
	}
	if x, ok := t.TextBySID(sid); ok && x.Status == "delivered" && t.s.opt.Arrived != nil {
		t.s.opt.Arrived(x)
	}
}

func (t *Twilio) journey(sid string) []outcome {
	t.mu.Lock()
	defer t.mu.Unlock()
	x, ok := t.bySID[sid]
	if !ok {
		return nil
	}
	var way []outcome
	if x.Status == "accepted" {
		way = append(way, outcome{"queued", 0})
	}
	if x.ServiceSID != "" && t.blocked[x.To+" "+x.From] {
		return append(way, outcome{"failed", 21610})
	}
	end, ok := t.outcomes[x.To]
	switch {
	case !ok:
		return append(way, outcome{"sent", 0}, outcome{"delivered", 0})
	case end.status == "failed", end.status == "sent":
		return append(way, end)
	default:
		return append(way, outcome{"sent", 0}, end)
	}
}

// Report sends one status callback, whatever was reported before: use it for
// any order and for duplicates. The resource itself only moves forward. It
// waits for the bot's answer.
func (t *Twilio) Report(sid, status string, code int) Delivery {
	if !t.SetStatus(sid, status, code) {
		return Delivery{}
	}
	t.mu.Lock()
	x := t.bySID[sid]
	if x == nil || x.StatusCallback == "" {
		t.mu.Unlock()
		return Delivery{}
	}
	target, form, token := x.StatusCallback, t.statusForm(x, status, code), t.s.ids.uuid()
	t.mu.Unlock()
	d := t.call(target, form, token)
	t.mu.Lock()
	x.Callbacks = lastOf(x.Callbacks, Callback{status, code, d})
	t.mu.Unlock()
	t.s.hub.changed()
	return d
}

// Deliver reports sent and delivered.
func (t *Twilio) Deliver(sid string) Delivery {
	t.Report(sid, "sent", 0)
	return t.Report(sid, "delivered", 0)
}

// SetStatus changes the resource without a callback: the callback is lost. It
// says whether there is such a text.
func (t *Twilio) SetStatus(sid, status string, code int) bool {
	t.mu.Lock()
	x, ok := t.bySID[sid]
	if ok && statusRank[status] >= statusRank[x.Status] {
		x.Status, x.ErrorCode, x.Updated = status, code, t.s.now()
		if x.Sent.IsZero() && (status == "sent" || status == "delivered" || status == "undelivered") {
			x.Sent = x.Updated
		}
	}
	t.mu.Unlock()
	if ok {
		t.s.hub.changed()
	}
	return ok
}

func (t *Twilio) statusForm(x *Text, status string, code int) url.Values {
	form := url.Values{
		"MessageSid": {x.SID}, "SmsSid": {x.SID}, "MessageStatus": {status}, "SmsStatus": {status},
		"AccountSid": {t.s.opt.AccountSID}, "From": {x.From}, "To": {x.To}, "ApiVersion": {apiVersion},
	}
	if x.ServiceSID != "" {
		form.Set("MessagingServiceSid", x.ServiceSID)
	}
	if code != 0 {
		form.Set("ErrorCode", strconv.Itoa(code))
	}
	if status == "delivered" || status == "undelivered" {
		form.Set("RawDlrDoneDate", t.s.now().Format("0601021504"))
	}
	return form
}
