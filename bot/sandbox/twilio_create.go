package sandbox

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

var (
	e164      = regexp.MustCompile(`^\+[1-9]\d{6,14}$`)
	shortCode = regexp.MustCompile(`^\d{3,8}$`)
)

// createText is POST Messages.json.
func (t *Twilio) createText(w http.ResponseWriter, r *http.Request) {
	p := r.PostForm
	f, faulty := t.faults.take("to:"+p.Get("To"), "messages")
	if faulty && !f.accept {
		if !t.s.spoil(w, r, f) {
			refuse(w, f.code)
		}
		return
	}
	if code := t.refusal(p); code != 0 {
		refuse(w, code)
		return
	}
	body := t.accept(p)
	if faulty && t.s.spoil(w, r, f) {
		return
	}
	if f.noSID {
		body.SID = ""
	}
	writeJSON(w, http.StatusCreated, body)
}

// refusal finds the code Twilio refuses these parameters with, or 0.
func (t *Twilio) refusal(p url.Values) int {
	to, from, service := p.Get("To"), p.Get("From"), p.Get("MessagingServiceSid")
	switch {
	case to == "":
		return 21604
	case from == "" && service == "":
		return 21603
	case magicTextFrom[from] != 0:
		return magicTextFrom[from]
	case magicTextTo[to] != 0:
		return magicTextTo[to]
	case !e164.MatchString(to) && !shortCode.MatchString(to):
		return 21211
	case service != "" && !strings.HasPrefix(service, "MG"):
		return 21705
	case service != "" && service != t.s.opt.ServiceSID:
		return 21701
	case service == "" && !e164.MatchString(from) && !shortCode.MatchString(from):
		return 21212
	case from != "" && !t.owns(from):
		return 21606
	}
	if code := contentRefusal(p); code != 0 {
		return code
	}
	if code := t.timingRefusal(p); code != 0 {
		return code
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if service == "" && t.blocked[to+" "+from] {
		return 21610
	}
	return 0
}

func contentRefusal(p url.Values) int {
	body, media := p.Get("Body"), p["MediaUrl"]
	switch {
	case body == "" && len(media) == 0 && p.Get("ContentSid") == "":
		return 21619
	case p.Get("ContentVariables") != "" && p.Get("ContentSid") == "":
		return 21654
	case utf8.RuneCountInString(body) > 1600:
		return 21617
	case len(media) > 10:
		return 21623
	}
	for _, m := range media {
		if !absolute(m) {
			return 21620
		}
	}
	if c := p.Get("StatusCallback"); c != "" {
		u, err := url.Parse(c)
		if err != nil || !absolute(c) || len(c) > 4000 || strings.Contains(u.Hostname(), "_") {
			return 21609
		}
	}
	return 0
}

func (t *Twilio) timingRefusal(p url.Values) int {
	if v := p.Get("ValidityPeriod"); v != "" {
		if n, err := strconv.Atoi(v); err != nil || n < 1 || n > 36000 {
			return 90007
		}
	}
	if p.Get("ScheduleType") == "" {
		return 0
	}
	at := p.Get("SendAt")
	switch {
	case at == "":
		return 35111
	case p.Get("MessagingServiceSid") == "":
		return 21603
	case !strings.HasSuffix(at, "Z"):
		return 35115
	}
	when, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return 35115
	}
	if wait := when.Sub(t.s.now()); wait < 300*time.Second || wait > 35*24*time.Hour {
		return 35114
	}
	return 0
}

// accept stores a text, lets it travel and returns the resource as it was at
// that moment.
func (t *Twilio) accept(p url.Values) *shownText {
	now := t.s.now()
	x := &Text{
		SID: t.s.ids.sid("SM"), From: p.Get("From"), To: p.Get("To"), Body: p.Get("Body"),
		Direction: "outbound-api", Status: "queued", ServiceSID: p.Get("MessagingServiceSid"),
		StatusCallback: p.Get("StatusCallback"), Created: now, Updated: now, Params: p,
	}
	if n, err := strconv.Atoi(p.Get("ValidityPeriod")); err == nil {
		x.Validity = time.Duration(n) * time.Second
	}
	if x.ServiceSID != "" {
		x.Status = "accepted"
		if x.From == "" {
			x.From = t.s.opt.Number
		}
	}
	if p.Get("ScheduleType") != "" {
		x.Status = "scheduled"
		x.SendAt, _ = time.Parse(time.RFC3339, p.Get("SendAt"))
	}
	for _, m := range p["MediaUrl"] {
		x.SID = "MM" + x.SID[2:]
		x.Media = append(x.Media, Media{SID: t.s.ids.sid("ME"), URL: m, Created: now})
	}
	t.mu.Lock()
	t.keep(x)
	body := t.shown(x)
	held := t.hold || x.Status == "scheduled"
	t.mu.Unlock()
	t.s.hub.changed()
	if len(x.Media) > 0 {
		t.background(func() { t.fetchMediaOf(x.SID) })
	}
	if !held {
		t.background(func() { t.travel(x.SID) })
	}
	return body
}

func absolute(raw string) bool {
	u, err := url.Parse(raw)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}
