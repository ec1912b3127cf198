package twilio

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// DefaultTimeout is how long one REST call may take. Twilio's own client library waits as long.
const DefaultTimeout = 10 * time.Second

// defaultBaseURL is where Twilio's REST API answers.
const defaultBaseURL = "https://api.twilio.com"

// Config is what the client and the webhooks need to know.
type Config struct {
	AccountSID string // AC..., 34 characters
	AuthToken  string // the account's primary token: Twilio signs webhooks with it
	APIKey     string // SK..., optional; REST uses it in place of the token
	APISecret  string // goes with APIKey

	BaseURL   string        // of the REST API; empty for Twilio's own
	PublicURL string        // what Twilio calls, without fragment: "https://bot.example.com"
	Timeout   time.Duration // of one REST call; 0 for DefaultTimeout

	Transport http.RoundTripper // what carries REST calls; nil for the network

	AlsoPublic []string // further public addresses whose webhooks are accepted (a second host name)
}

var (
	accountSID   = regexp.MustCompile(`^AC[0-9A-Za-z]{32}$`)
	apiKeySID    = regexp.MustCompile(`^SK[0-9A-Za-z]{32}$`)
	alphanumeric = regexp.MustCompile(`^[0-9A-Za-z]+$`)
)

// Check reports every mistake in the settings, one line for each, naming the
// setting. An empty auth token would make the signature check accept anybody
// who signs with an empty key; twilio-go refuses credentials with other
// characters than letters and digits only when it sends.
func (c Config) Check() error {
	var wrong []error
	if !accountSID.MatchString(c.AccountSID) {
		wrong = append(wrong, errors.New("TWILIO_ACCOUNT_SID must be AC and 32 letters or digits"))
	}
	if c.AuthToken == "" {
		wrong = append(wrong, errors.New("TWILIO_AUTH_TOKEN is missing: webhooks are signed with it"))
	} else if !alphanumeric.MatchString(c.AuthToken) {
		wrong = append(wrong, errors.New("TWILIO_AUTH_TOKEN may hold only letters and digits"))
	}
	switch {
	case c.APIKey == "" && c.APISecret == "":
	case c.APIKey == "":
		wrong = append(wrong, errors.New("TWILIO_API_KEY is missing: TWILIO_API_SECRET is set without it"))
	case c.APISecret == "":
		wrong = append(wrong, errors.New("TWILIO_API_SECRET is missing: TWILIO_API_KEY is set without it"))
	default:
		if !apiKeySID.MatchString(c.APIKey) {
			wrong = append(wrong, errors.New("TWILIO_API_KEY must be SK and 32 letters or digits"))
		}
		if !alphanumeric.MatchString(c.APISecret) {
			wrong = append(wrong, errors.New("TWILIO_API_SECRET may hold only letters and digits"))
		}
	}
	if _, err := parseBase(c.BaseURL); err != nil {
		wrong = append(wrong, fmt.Errorf("TWILIO_BASE_URL %w", err))
	}
	for _, public := range append([]string{c.PublicURL}, c.AlsoPublic...) {
		if err := checkPublic(public); err != nil {
			wrong = append(wrong, fmt.Errorf("PUBLIC_URL %w", err))
		}
	}
	if c.Timeout < 0 {
		wrong = append(wrong, errors.New("the timeout of Twilio calls must not be negative"))
	}
	return errors.Join(wrong...)
}

// credentials are the user name and password of REST calls.
func (c Config) credentials() (username, password string) {
	if c.APIKey != "" {
		return c.APIKey, c.APISecret
	}
	return c.AccountSID, c.AuthToken
}

// public is PUBLIC_URL without a trailing slash.
func (c Config) public() string { return strings.TrimRight(c.PublicURL, "/") }

// parseBase reads the address of the REST API; empty means Twilio's.
func parseBase(raw string) (*url.URL, error) {
	if raw == "" {
		raw = defaultBaseURL
	}
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return nil, errors.New("must be an absolute http or https address")
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, errors.New("must hold no user, query or fragment")
	}
	return u, nil
}

// checkPublic refuses what Twilio would refuse as a callback (21609), and a
// fragment: connection overrides belong where the address is registered, and
// Twilio does not sign them.
func checkPublic(raw string) error {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return errors.New("must be an absolute http or https address")
	}
	if u.User != nil || u.RawQuery != "" || u.ForceQuery {
		return errors.New("must hold no user and no query")
	}
	if strings.Contains(raw, "#") {
		return errors.New("must hold no #fragment: connection overrides go into the address registered at Twilio")
	}
	if strings.Contains(u.Hostname(), "_") {
		return errors.New("must hold no underscore in its host name: Twilio refuses such callbacks")
	}
	return nil
}
