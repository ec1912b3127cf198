package twilio

import (
	"context"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"backstop/bot"

	openapi "github.com/twilio/twilio-go/rest/api/v2010"
)

// Ringing: 25 s ends before most voicemail boxes answer; Twilio allows ten minutes.
const (
	defaultRing = 25 * time.Second
	minRing     = 5 * time.Second
	maxRing     = 10 * time.Minute
)

// maxSay keeps the spoken words, said twice and escaped, inside Twilio's 4,000
// characters of inline TwiML. It is some twenty seconds of speech.
const maxSay = 300

// Call rings one phone, says the words twice and waits for a key. The ids of
// the call and the alert go into the addresses Twilio calls back.
//
// Its error is a *bot.SendError.
func (c *Client) Call(ctx context.Context, call bot.OutgoingCall) (bot.Accepted, error) {
	action := c.voiceAddress(call, false)
	script, err := askForKey(call.Say, action)
	if err != nil {
		return bot.Accepted{}, &bot.SendError{Verdict: bot.GiveUp, Reason: "the words of the call cannot be spoken", Err: err}
	}
	ring := call.Ring
	if ring == 0 {
		ring = defaultRing
	}
	params := &openapi.CreateCallParams{}
	params.SetTo(call.To)
	params.SetFrom(call.From)
	params.SetTwiml(script)
	params.SetTimeout(int(min(max(ring, minRing), maxRing).Seconds()))
	params.SetStatusCallback(c.voiceAddress(call, true))
	params.SetStatusCallbackMethod(http.MethodPost)
	params.SetStatusCallbackEvent([]string{"answered", "completed"})
	var placed *openapi.ApiV2010Call
	saw, err := c.do(ctx, func(api *openapi.ApiService) (err error) {
		placed, err = api.CreateCall(params)
		return err
	})
	if err != nil {
		return bot.Accepted{}, sendError(err, saw)
	}
	if str(placed.Sid) == "" {
		return bot.Accepted{}, errNoSID()
	}
	return bot.Accepted{ProviderID: str(placed.Sid), Status: str(placed.Status)}, nil
}

// voiceAddress is where Twilio reports a pressed key, or how the call went.
func (c *Client) voiceAddress(call bot.OutgoingCall, status bool) string {
	query := url.Values{"c": {call.ID}, "a": {call.AlertID}}
	if status {
		query.Set("s", "1")
	}
	return c.config.public() + "/twilio/voice?" + query.Encode()
}

// The TwiML verbs we use (https://www.twilio.com/docs/voice/twiml), in the
// order in which they are carried out.
type (
	response struct {
		XMLName xml.Name `xml:"Response"`
		Verbs   []any
	}
	gather struct {
		XMLName   xml.Name `xml:"Gather"`
		NumDigits int      `xml:"numDigits,attr"`
		Action    string   `xml:"action,attr"`
		Method    string   `xml:"method,attr"`
		Timeout   int      `xml:"timeout,attr"`
		Verbs     []any
	}
	say struct {
		XMLName xml.Name `xml:"Say"`
		Words   string   `xml:",chardata"`
	}
	pause struct {
		XMLName xml.Name `xml:"Pause"`
		Length  int      `xml:"length,attr"`
	}
)

// keyTimeout is how many seconds after the last word a key may still be pressed.
const keyTimeout = 8

// askForKey says the words twice and waits for one key.
func askForKey(words, action string) (string, error) {
	runes := []rune(words)
	words = string(runes[:min(len(runes), maxSay)])
	return encode(
		gather{NumDigits: 1, Action: action, Method: http.MethodPost, Timeout: keyTimeout, Verbs: []any{
			say{Words: words}, pause{Length: 1}, say{Words: words},
		}},
		say{Words: "No key was pressed. Good bye."},
	)
}

// speak says the words, if there are any, and ends the call.
func speak(words string) (string, error) {
	if words == "" {
		return emptyTwiML, nil
	}
	return encode(say{Words: words})
}

// encode writes a TwiML document.
func encode(verbs ...any) (string, error) {
	body, err := xml.Marshal(response{Verbs: verbs})
	if err != nil {
		return "", fmt.Errorf("encode twiml: %w", err)
	}
	return xml.Header + string(body), nil
}
