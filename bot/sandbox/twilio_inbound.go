package sandbox

import (
	"fmt"
	"maps"
	"net/url"
	"strconv"
)

// In is a text somebody sends to the clinic. Only From is needed.
type In struct {
	From, To, Body string // To is the clinic's number when empty
	SID            string // made when empty
	Media          []Media
	Service        bool       // it came through the Messaging Service
	Extra          url.Values // further fields, or others in place of the usual
	Lost           bool       // only store it: the webhook never comes
}

// Received is what came of it.
type Received struct {
	SID      string
	Delivery Delivery
}

// Text sends a text from a phone: stored, then the signed webhook. It waits for
// the bot's answer.
func (t *Twilio) Text(from, body string) Received {
	return t.Send(In{From: from, Body: body})
}

// TextLost stores a text whose webhook never comes: only listing finds it.
func (t *Twilio) TextLost(from, body string) string {
	return t.Send(In{From: from, Body: body, Lost: true}).SID
}

// Send is Text with every choice.
func (t *Twilio) Send(in In) Received {
	x := t.store(in)
	word := t.keyword(x)
	t.s.hub.changed()
	if in.Lost {
		return Received{SID: x.SID}
	}
	t.answerKeyword(x, word)
	return Received{SID: x.SID, Delivery: t.deliverInbound(x.SID, word)}
}

// Redeliver sends the webhook of a text once more, as a duplicate.
func (t *Twilio) Redeliver(sid string) Delivery {
	t.mu.Lock()
	x, ok := t.bySID[sid]
	t.mu.Unlock()
	if !ok {
		return Delivery{Err: fmt.Errorf("sandbox: no text %s", sid)}
	}
	return t.deliverInbound(sid, t.keyword(x))
}

func (t *Twilio) store(in In) *Text {
	now := t.s.now()
	x := &Text{
		SID: in.SID, From: in.From, To: in.To, Body: in.Body, Direction: "inbound", Status: "received",
		Created: now, Updated: now, Sent: now, extra: in.Extra,
	}
	if x.SID == "" {
		x.SID = t.s.ids.sid("SM")
		if len(in.Media) > 0 {
			x.SID = "MM" + x.SID[2:]
		}
	}
	if x.To == "" {
		x.To = t.s.opt.Number
	}
	if in.Service {
		x.ServiceSID = t.s.opt.ServiceSID
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, m := range in.Media {
		m.SID, m.Created = t.s.ids.sid("ME"), now
		x.Media = append(x.Media, m)
	}
	t.keep(x)
	return x
}

// deliverInbound calls the registered address, and the fallback when that
// fails, and carries out the TwiML of the answer.
func (t *Twilio) deliverInbound(sid, word string) Delivery {
	t.mu.Lock()
	x, ok := t.bySID[sid]
	if !ok {
		t.mu.Unlock()
		return Delivery{Err: fmt.Errorf("sandbox: no text %s", sid)}
	}
	form, token := t.inboundForm(x, word), t.s.ids.uuid()
	t.mu.Unlock()
	d := t.call(t.s.botURL(t.s.opt.SMSURL), form, token)
	if !d.OK() && t.s.opt.SMSFallbackURL != "" {
		attempts := d.Attempts
		form.Set("ErrorCode", "11200")
		form.Set("ErrorUrl", t.s.botURL(t.s.opt.SMSURL))
		d = t.call(t.s.botURL(t.s.opt.SMSFallbackURL), form, token)
		d.Attempts += attempts
	}
	t.mu.Lock()
	x.Webhooks = lastOf(x.Webhooks, d)
	t.mu.Unlock()
	if d.OK() {
		t.reply(x, d)
	}
	t.s.hub.changed()
	return d
}

// inboundForm has the fields of a real webhook.
func (t *Twilio) inboundForm(x *Text, word string) url.Values {
	form := url.Values{
		"MessageSid": {x.SID}, "SmsSid": {x.SID}, "SmsMessageSid": {x.SID},
		"AccountSid": {t.s.opt.AccountSID}, "From": {x.From}, "To": {x.To}, "Body": {x.Body},
		"NumMedia": {strconv.Itoa(len(x.Media))}, "NumSegments": {strconv.Itoa(Segments(x.Body))},
		"ApiVersion": {apiVersion}, "SmsStatus": {"received"},
		"FromCity": {""}, "FromState": {""}, "FromZip": {""}, "FromCountry": {"US"},
		"ToCity": {""}, "ToState": {""}, "ToZip": {""}, "ToCountry": {"US"},
	}
	if x.ServiceSID != "" {
		form.Set("MessagingServiceSid", x.ServiceSID)
	}
	if word != "" && t.optOut == OptOutAdvanced {
		form.Set("OptOutType", word)
	}
	for i, m := range x.Media {
		n := strconv.Itoa(i)
		form.Set("MediaContentType"+n, m.ContentType)
		form.Set("MediaUrl"+n, t.s.URL()+t.uri("Messages", x.SID, "Media", m.SID))
	}
	maps.Copy(form, x.extra)
	return form
}
