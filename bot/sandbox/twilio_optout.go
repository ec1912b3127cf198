package sandbox

import (
	"slices"
	"strings"
)

var (
	stopWords  = []string{"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE"}
	startWords = []string{"START", "YES", "UNSTOP"}
	helpWords  = []string{"HELP", "INFO"}
	tollFree   = []string{"+1800", "+1833", "+1844", "+1855", "+1866", "+1877", "+1888"}
)

// SetOptOut changes what the carrier does about STOP, START and HELP.
func (t *Twilio) SetOptOut(o OptOut) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.optOut = o
}

// Blocked says whether texts to a phone are refused after its STOP.
func (t *Twilio) Blocked(phone string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.blocked[phone+" "+t.s.opt.Number]
}

// Block makes the carrier refuse texts to a phone, as if it had sent STOP at
// some other time.
func (t *Twilio) Block(phone string, on bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.blocked[phone+" "+t.s.opt.Number] = on
}

// keyword says which word the carrier takes a text for: STOP, START, HELP or
// none. Only a text that is the word and nothing else counts.
func (t *Twilio) keyword(x *Text) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.optOut == OptOutOff {
		return ""
	}
	word := strings.ToUpper(strings.TrimSpace(x.Body))
	toToll := slices.ContainsFunc(tollFree, func(p string) bool { return strings.HasPrefix(x.To, p) })
	switch {
	case slices.Contains(stopWords, word):
		return "STOP"
	case slices.Contains(helpWords, word):
		return "HELP"
	case word == "YES" && (toToll || !t.blocked[x.From+" "+x.To]):
		return ""
	case slices.Contains(startWords, word):
		return "START"
	}
	return ""
}

// answerKeyword blocks or unblocks and answers in the carrier's own words.
func (t *Twilio) answerKeyword(x *Text, word string) {
	key := x.From + " " + x.To
	t.mu.Lock()
	was := t.blocked[key]
	switch word {
	case "STOP":
		t.blocked[key] = true
	case "START":
		delete(t.blocked, key)
	}
	t.mu.Unlock()
	switch {
	case word == "STOP" && !was:
		t.carrierText(x, "You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.")
	case word == "START":
		t.carrierText(x, "You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.")
	case word == "HELP":
		t.carrierText(x, "Reply STOP to unsubscribe. Msg&Data Rates May Apply.")
	}
}

func (t *Twilio) carrierText(to *Text, body string) {
	now := t.s.now()
	t.mu.Lock()
	t.keep(&Text{SID: t.s.ids.sid("SM"), From: to.To, To: to.From, Body: body, Direction: "outbound-reply",
		Status: "delivered", Created: now, Updated: now, Sent: now, Carrier: true})
	t.mu.Unlock()
	t.s.hub.changed()
}
