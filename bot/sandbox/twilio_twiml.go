package sandbox

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// verb is one element of a TwiML document.
type verb struct {
	name  string
	attr  map[string]string
	text  string
	verbs []verb
}

// parseTwiML reads a document whose root is Response.
func parseTwiML(doc string) ([]verb, error) {
	d := xml.NewDecoder(strings.NewReader(doc))
	for {
		token, err := d.Token()
		if err != nil {
			return nil, fmt.Errorf("twiml: %w", err)
		}
		if e, ok := token.(xml.StartElement); ok {
			if e.Name.Local != "Response" {
				return nil, fmt.Errorf("twiml: root is %s, not Response", e.Name.Local)
			}
			root, err := readVerb(d, e)
			return root.verbs, err
		}
	}
}

func readVerb(d *xml.Decoder, e xml.StartElement) (verb, error) {
	v := verb{name: e.Name.Local, attr: map[string]string{}}
	for _, a := range e.Attr {
		v.attr[a.Name.Local] = a.Value
	}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return v, errors.New("twiml: ends too early")
		}
		if err != nil {
			return v, fmt.Errorf("twiml: %w", err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			child, err := readVerb(d, x)
			if err != nil {
				return v, err
			}
			v.verbs = append(v.verbs, child)
		case xml.CharData:
			v.text += string(x)
		case xml.EndElement:
			v.text = strings.TrimSpace(v.text)
			return v, nil
		}
	}
}

// reply carries out the answer to an inbound text: a Message verb, or a body in
// text/plain, becomes a text to the sender.
func (t *Twilio) reply(to *Text, d Delivery) {
	kind, _, _ := strings.Cut(d.Header.Get("Content-Type"), ";")
	var bodies []string
	switch strings.TrimSpace(kind) {
	case "text/plain":
		if b := strings.TrimSpace(d.Body); b != "" {
			bodies = append(bodies, b)
		}
	case "text/xml", "application/xml":
		verbs, err := parseTwiML(d.Body)
		if err != nil {
			return
		}
		for _, v := range verbs {
			if v.name == "Message" || v.name == "Sms" {
				bodies = append(bodies, messageBody(v))
			}
		}
	}
	for _, body := range bodies {
		t.answerByTwiML(to, body)
	}
}

func messageBody(v verb) string {
	for _, child := range v.verbs {
		if child.name == "Body" {
			return child.text
		}
	}
	return v.text
}

func (t *Twilio) answerByTwiML(to *Text, body string) {
	now := t.s.now()
	x := &Text{SID: t.s.ids.sid("SM"), From: to.To, To: to.From, Body: body, Direction: "outbound-reply",
		Status: "queued", Created: now, Updated: now}
	t.mu.Lock()
	if t.blocked[x.To+" "+x.From] {
		x.Status, x.ErrorCode = "failed", 21610
	}
	t.keep(x)
	t.mu.Unlock()
	if x.Status != "failed" {
		t.background(func() { t.travel(x.SID) })
	}
}
