package slack

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"
)

// DefaultTimeout is how long one call of Slack's API may take. slack-go has no limit of its own.
const DefaultTimeout = 10 * time.Second

// Config is what the client and the webhooks need to know.
type Config struct {
	BotToken string // xoxb-...
	// In place of a bot token: the app is installed into each clinic's workspace
	// over OAuth, and Tokens finds a workspace's token (empty for none).
	ClientID, ClientSecret string
	Tokens                 func(ctx context.Context, team string) (string, error)

	SigningSecret string        // Slack signs its requests with it
	APIURL        string        // empty for Slack's own
	Timeout       time.Duration // of one call; 0 for DefaultTimeout

	AppID string   // A...; when set, requests for another app are refused
	Teams []string // T...; when set, requests from another workspace are refused

	Transport http.RoundTripper // what carries the calls; nil for the network

	Log *slog.Logger // nil is silent
	// Degraded is told when Slack refused the form of a post and it was shown
	// as plain text: the post's id, and Slack's error. It may be nil.
	Degraded func(postID, code string)
}

// Check reports every mistake in the settings, one line for each, naming the setting.
func (c Config) Check() error {
	var wrong []error
	switch {
	case c.ClientID != "" && c.BotToken != "":
		wrong = append(wrong, errors.New("SLACK_BOT_TOKEN and SLACK_CLIENT_ID are both set: one workspace has a bot token, several have a client id and secret"))
	case c.ClientID != "" && c.ClientSecret == "":
		wrong = append(wrong, errors.New("SLACK_CLIENT_SECRET is missing: it is on the app's Basic Information page"))
	case c.ClientID != "" && c.Tokens == nil:
		wrong = append(wrong, errors.New("nothing keeps the tokens of Slack workspaces"))
	case c.ClientID != "":
	case c.BotToken == "":
		wrong = append(wrong, errors.New("SLACK_BOT_TOKEN is missing"))
	case !botToken(c.BotToken):
		wrong = append(wrong, errors.New("SLACK_BOT_TOKEN must be a bot token: xoxb- and letters, digits or dashes"))
	}
	switch {
	case c.SigningSecret == "":
		wrong = append(wrong, errors.New("SLACK_SIGNING_SECRET is missing: it is on the app's Basic Information page"))
	case strings.ContainsFunc(c.SigningSecret, notInAToken):
		wrong = append(wrong, errors.New("SLACK_SIGNING_SECRET may hold only letters, digits and dashes"))
	}
	if c.APIURL != "" {
		u, err := url.Parse(c.APIURL)
		if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
			wrong = append(wrong, errors.New("SLACK_API_URL must be an absolute http or https address"))
		}
	}
	if slices.Contains(c.Teams, "") {
		wrong = append(wrong, errors.New("a Slack team id is empty"))
	}
	if c.Timeout < 0 {
		wrong = append(wrong, errors.New("the timeout of Slack calls must not be negative"))
	}
	return errors.Join(wrong...)
}

func botToken(s string) bool {
	return strings.HasPrefix(s, "xoxb-") && !strings.ContainsFunc(s, notInAToken)
}

func notInAToken(r rune) bool {
	return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '-'
}

// apiURL ends in a slash: slack-go appends the method's name to it.
func (c Config) apiURL() string {
	if c.APIURL == "" {
		return slack.APIURL
	}
	return strings.TrimRight(c.APIURL, "/") + "/"
}

func (c Config) logger() *slog.Logger {
	if c.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return c.Log
}

// authorizeURL is where a browser is sent to install the app: beside the API.
func (c Config) authorizeURL() string {
	return strings.TrimSuffix(c.apiURL(), "api/") + "oauth/v2/authorize"
}
