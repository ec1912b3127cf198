package sandbox

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"time"
)

// slackPatience is how long Slack waits for the bot.
const slackPatience = 3 * time.Second

// SignSlack makes X-Slack-Signature for a raw body sent at a time in seconds.
func SignSlack(secret, timestamp, body string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + timestamp + ":" + body))
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

// send posts a signed request to the bot. It is signed with the machine's time,
// as the bot's library checks it against that.
func (sl *Slack) send(path, contentType, body string, extra http.Header) Delivery {
	at := strconv.FormatInt(wall().Unix(), 10)
	header := http.Header{
		"Content-Type":              {contentType},
		"User-Agent":                {"Slackbot 1.0 (+https://api.slack.com/robots)"},
		"Accept":                    {"application/json,*/*"},
		"X-Slack-Request-Timestamp": {at},
		"X-Slack-Signature":         {SignSlack(sl.s.opt.SlackSigningSecret, at, body)},
	}
	for name, values := range extra {
		header[name] = values
	}
	return sl.s.hooks.post(sl.s.ctx, sl.s.botURL(path), header, body, slackPatience)
}

const (
	formType = "application/x-www-form-urlencoded"
	jsonType = "application/json"
)
