package twilio

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"backstop/bot"

	twilioclient "github.com/twilio/twilio-go/client"
	openapi "github.com/twilio/twilio-go/rest/api/v2010"
)

// Client sends texts and places calls through Twilio's REST API. It is safe
// for use by many goroutines.
type Client struct {
	config Config
	base   *url.URL
	wire   http.RoundTripper
}

var (
	_ bot.Texter = (*Client)(nil)
	_ bot.Caller = (*Client)(nil)
)

// New makes a client. Its error names every setting that is missing or wrong.
func New(config Config) (*Client, error) {
	if err := config.Check(); err != nil {
		return nil, fmt.Errorf("twilio settings: %w", err)
	}
	base, err := parseBase(config.BaseURL)
	if err != nil {
		return nil, fmt.Errorf("twilio settings: TWILIO_BASE_URL %w", err)
	}
	if config.Timeout == 0 {
		config.Timeout = DefaultTimeout
	}
	if config.Transport != nil {
		return &Client{config: config, base: base, wire: config.Transport}, nil
	}
	wire := http.DefaultTransport.(*http.Transport).Clone()
	wire.MaxIdleConnsPerHost = 16
	wire.IdleConnTimeout = 90 * time.Second
	return &Client{config: config, base: base, wire: wire}, nil
}

// Close drops the idle connections.
func (c *Client) Close() { (&http.Client{Transport: c.wire}).CloseIdleConnections() }

// do runs one exchange with Twilio under the client's timeout. What was seen
// on the wire comes back for sorting the error.
func (c *Client) do(ctx context.Context, call func(*openapi.ApiService) error) (*seen, error) {
	ctx, cancel := context.WithTimeout(ctx, c.config.Timeout)
	defer cancel()
	low, saw := c.low(ctx)
	return saw, call(openapi.NewApiServiceWithClient(low))
}

// low builds twilio-go's base client for one exchange. twilio-go takes no
// context, so each exchange gets a round tripper that carries it.
func (c *Client) low(ctx context.Context) (*twilioclient.Client, *seen) {
	saw := &seen{}
	username, password := c.config.credentials()
	low := &twilioclient.Client{
		Credentials: twilioclient.NewCredentials(username, password),
		HTTPClient:  &http.Client{Transport: &roundTripper{ctx: ctx, base: c.base, next: c.wire, saw: saw}},
	}
	low.SetAccountSid(c.config.AccountSID)
	return low, saw
}
