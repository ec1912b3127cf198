package twilio

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"backstop/bot"

	openapi "github.com/twilio/twilio-go/rest/api/v2010"
)

// The longest time Twilio holds a text in its queue, and the shortest that is allowed.
const (
	maxValidity = 10 * time.Hour
	minValidity = time.Second
)

// SendText hands one text to Twilio. The text's id goes into the address of
// the status callback: Messages has no idempotency key, so a callback (or
// TextsTo) is how a send whose answer was lost is found again.
//
// Its error is a *bot.SendError.
func (c *Client) SendText(ctx context.Context, t bot.OutgoingText) (bot.Accepted, error) {
	params := &openapi.CreateMessageParams{}
	params.SetTo(t.To)
	params.SetStatusCallback(c.statusCallback(t.ID))
	params.SetSmartEncoded(false) // we count the segments, so the body must leave as it is
	if isMessagingService(t.From) {
		params.SetMessagingServiceSid(t.From)
	} else {
		params.SetFrom(t.From)
	}
	if t.Body != "" {
		params.SetBody(t.Body)
	}
	if t.MediaURL != "" {
		params.SetMediaUrl([]string{t.MediaURL})
	}
	if t.Validity != 0 {
		params.SetValidityPeriod(int(min(max(t.Validity, minValidity), maxValidity).Seconds()))
	}
	if t.Attempt > 0 {
		params.SetAttempt(t.Attempt)
	}
	var message *openapi.ApiV2010Message
	saw, err := c.do(ctx, func(api *openapi.ApiService) (err error) {
		message, err = api.CreateMessage(params)
		return err
	})
	if err != nil {
		return bot.Accepted{}, sendError(err, saw)
	}
	if str(message.Sid) == "" {
		return bot.Accepted{}, errNoSID()
	}
	return accepted(message), nil
}

func (c *Client) statusCallback(id string) string {
	return c.config.public() + "/twilio/status?" + url.Values{"m": {id}}.Encode()
}

func isMessagingService(from string) bool { return strings.HasPrefix(from, "MG") }

func accepted(m *openapi.ApiV2010Message) bot.Accepted {
	return bot.Accepted{ProviderID: str(m.Sid), Status: str(m.Status), Segments: number(m.NumSegments)}
}

func str(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// number reads the decimal strings in which Twilio gives numbers; 0 when it is none.
func number(s *string) int {
	n, err := strconv.Atoi(str(s))
	if err != nil {
		return 0
	}
	return n
}
