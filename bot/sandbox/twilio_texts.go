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

// shownText is the resource as the API shows it: numbers as strings, and null for
// what is not there.
type shownText struct {
	AccountSID   string  `json:"account_sid"`
	APIVersion   string  `json:"api_version"`
	Body         string  `json:"body"`
	DateCreated  any     `json:"date_created"`
	DateSent     any     `json:"date_sent"`
	DateUpdated  any     `json:"date_updated"`
	Direction    string  `json:"direction"`
	ErrorCode    any     `json:"error_code"`
	ErrorMessage any     `json:"error_message"`
	From         any     `json:"from"`
	ServiceSID   any     `json:"messaging_service_sid"`
	NumMedia     string  `json:"num_media"`
	NumSegments  string  `json:"num_segments"`
	Price        *string `json:"price"`
	PriceUnit    string  `json:"price_unit"`
	SID          string  `json:"sid,omitempty"` // empty where a fault withholds it
	Status       string  `json:"status"`
	Subresources struct {
		Media string `json:"media"`
	} `json:"subresource_uris"`
	To  string `json:"to"`
	URI string `json:"uri"`
}

func (t *Twilio) shown(x *Text) *shownText {
	s := &shownText{
		AccountSID: t.s.opt.AccountSID, APIVersion: apiVersion, Body: x.Body,
		DateCreated: rfc2822(x.Created), DateSent: rfc2822(x.Sent), DateUpdated: rfc2822(x.Updated),
		Direction: x.Direction, From: orNull(x.From), To: x.To, ServiceSID: orNull(x.ServiceSID),
		NumMedia: strconv.Itoa(len(x.Media)), NumSegments: strconv.Itoa(Segments(x.Body)),
		PriceUnit: "USD", SID: x.SID, Status: x.Status, URI: t.uri("Messages", x.SID+".json"),
	}
	s.Subresources.Media = t.uri("Messages", x.SID, "Media.json")
	if x.ErrorCode != 0 {
		s.ErrorCode, s.ErrorMessage = x.ErrorCode, twilioTitle(x.ErrorCode)
	}
	if x.ServiceSID != "" && (x.Status == "accepted" || x.Status == "scheduled") {
		s.From, s.NumSegments = nil, "0"
	}
	return s
}
