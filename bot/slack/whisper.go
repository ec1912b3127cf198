package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"

	"github.com/slack-go/slack"
)

// note is a message for one person alone, as an answer to what they did.
// slack-go's own message type always carries metadata, and empty metadata is
// refused.
type note struct {
	ResponseType string `json:"response_type"`
	Text         string `json:"text"`
}

func privately(text string) note { return note{ResponseType: slack.ResponseTypeEphemeral, Text: text} }

// whisper shows words to one person alone: through the address that came with
// their request where it is Slack's, else in the channel.
func (h *Webhooks) whisper(ctx context.Context, team, responseURL, channel, user, words string) {
	text := named(escaped(words, maxSection))
	err := h.client.answer(ctx, responseURL, privately(text))
	if err != nil && channel != "" {
		var api *slack.Client
		if api, err = h.client.in(ctx, team); err == nil {
			_, err = api.PostEphemeralContext(ctx, channel, user, slack.MsgOptionText(text, false), slack.MsgOptionParse(false))
		}
	}
	if err != nil {
		h.log.Warn("slack note not shown", "user", user, "error", innermost(err))
	}
}

// The ways an answer does not arrive.
var (
	errNotSlack = errors.New("no address of Slack's to answer to")
	errRefused  = errors.New("slack refused the answer")
)

// answer posts to the address that came with a request. The address is a
// secret, so no error holds it.
func (c *Client) answer(ctx context.Context, address string, n note) error {
	if !c.mayAnswer(address) {
		return errNotSlack
	}
	body, err := json.Marshal(n)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return errNotSlack
	}
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	response, err := c.http.Do(r)
	if err != nil {
		return innermost(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return errRefused
	}
	return nil
}

// mayAnswer reports whether an address is one of Slack's for answers, or is on
// the host the API is on (a stand-in). Nothing is sent anywhere else.
func (c *Client) mayAnswer(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.User != nil {
		return false
	}
	if u.Scheme == "https" && u.Host == "hooks.slack.com" {
		return true
	}
	api, err := url.Parse(c.apiURL)
	return err == nil && c.apiURL != slack.APIURL && u.Scheme == api.Scheme && u.Host == api.Host
}
