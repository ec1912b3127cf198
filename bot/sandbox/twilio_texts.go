package sandbox

import (
	"net/url"
	"slices"
	"strconv"
	"time"
)

// Text is a message of the account, in either direction.
type Text struct {
	SID            string
	From, To, Body string
	Direction      string // "inbound", "outbound-api", "outbound-reply"
	Status         string
	ErrorCode      int
	ServiceSID     string
	StatusCallback string
	Validity       time.Duration // as asked; 0 when not
	SendAt         time.Time     // of a scheduled text
	Media          []Media
	Created        time.Time
	Updated        time.Time
	Sent           time.Time  // zero until it left
	Callbacks      []Callback // status callbacks made, in order; the newest 50
	Webhooks       []Delivery // of an inbound text: calls of the bot; the newest 50
	Carrier        bool       // an answer of the carrier itself (STOP, START, HELP)
	Redacted       bool
	Params         url.Values // of the create request
	extra          url.Values // of an inbound text, beyond the usual fields
}

// Inbound says that a phone sent the text to the clinic.
func (x Text) Inbound() bool { return x.Direction == "inbound" }

// Callback is one status callback.
type Callback struct {
	Status    string
	ErrorCode int
	Delivery  Delivery
}

// Media is a picture or file of a text.
type Media struct {
	SID         string
	ContentType string
	Data        []byte
	URL         string // of an outbound text, as given
	Created     time.Time
}

const historyKept = 50

// Texts lists every text, oldest first.
func (t *Twilio) Texts() []Text {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.copies(func(*Text) bool { return true })
}

// SentTo lists the texts the bot sent to a phone, oldest first. What the
// carrier answered itself is not among them.
func (t *Twilio) SentTo(phone string) []Text {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.copies(func(x *Text) bool { return x.To == phone && !x.Inbound() && !x.Carrier })
}

// Bodies lists what SentTo's texts say.
func (t *Twilio) Bodies(phone string) []string {
	var bodies []string
	for _, x := range t.SentTo(phone) {
		bodies = append(bodies, x.Body)
	}
	return bodies
}

// Conversation lists what a phone shows: every text to and from it.
func (t *Twilio) Conversation(phone string) []Text {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.copies(func(x *Text) bool { return x.To == phone || x.From == phone })
}

// TextBySID finds a text.
func (t *Twilio) TextBySID(sid string) (Text, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	x, ok := t.bySID[sid]
	if !ok {
		return Text{}, false
	}
	return x.copy(), true
}

// copies needs the lock held.
func (t *Twilio) copies(want func(*Text) bool) []Text {
	var out []Text
	for _, x := range t.texts {
		if want(x) {
			out = append(out, x.copy())
		}
	}
	return out
}

func (x *Text) copy() Text {
	c := *x
	c.Media = slices.Clone(x.Media)
	c.Callbacks = slices.Clone(x.Callbacks)
	c.Webhooks = slices.Clone(x.Webhooks)
	return c
}

// keep stores a text and drops the oldest beyond the limit. It needs the lock.
func (t *Twilio) keep(x *Text) {
	t.texts = append(t.texts, x)
	t.bySID[x.SID] = x
	if limit := t.s.opt.Keep; len(t.texts) > limit+limit/10+16 {
		cut := len(t.texts) - limit
		for _, old := range t.texts[:cut] {
			delete(t.bySID, old.SID)
		}
		t.texts = slices.Clone(t.texts[cut:])
	}
}

// lastOf keeps a history short.
func lastOf[T any](list []T, next T) []T {
	if len(list) >= historyKept {
		list = slices.Clone(list[len(list)-historyKept+1:])
	}
	return append(list, next)
}

// json is the resource as the API shows it: numbers as strings.
func (t *Twilio) json(x *Text) map[string]any {
	var code, message any
	if x.ErrorCode != 0 {
		code, message = x.ErrorCode, twilioTitle(x.ErrorCode)
	}
	from := orNull(x.From)
	segments := strconv.Itoa(Segments(x.Body))
	if x.ServiceSID != "" && (x.Status == "accepted" || x.Status == "scheduled") {
		from, segments = nil, "0"
	}
	return map[string]any{
		"account_sid": t.s.opt.AccountSID, "api_version": apiVersion, "body": x.Body,
		"date_created": rfc2822(x.Created), "date_sent": rfc2822(x.Sent), "date_updated": rfc2822(x.Updated),
		"direction": x.Direction, "error_code": code, "error_message": message,
		"from": from, "to": x.To, "messaging_service_sid": orNull(x.ServiceSID),
		"num_media": strconv.Itoa(len(x.Media)), "num_segments": segments,
		"price": nil, "price_unit": "USD", "sid": x.SID, "status": x.Status,
		"subresource_uris": map[string]any{"media": t.uri("Messages", x.SID, "Media.json")},
		"uri":              t.uri("Messages", x.SID+".json"),
	}
}
