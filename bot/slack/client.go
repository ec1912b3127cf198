package slack

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"

	"backstop/bot"

	"github.com/slack-go/slack"
)

// Client shows posts in Slack. It is safe for use by many goroutines.
type Client struct {
	one      *slack.Client                                          // of the plain bot token
	tokens   func(ctx context.Context, team string) (string, error) // nil with a plain bot token
	http     *http.Client
	apiURL   string
	log      *slog.Logger
	degraded func(postID, code string)
}

var (
	_ bot.Alerter  = (*Client)(nil)
	_ bot.Uploader = (*Client)(nil)
)

// New makes a client. Its error names every setting that is missing or wrong.
func New(config Config) (*Client, error) {
	if err := config.Check(); err != nil {
		return nil, fmt.Errorf("slack settings: %w", err)
	}
	timeout := config.Timeout
	if timeout == 0 {
		timeout = DefaultTimeout
	}
	wire := http.DefaultTransport.(*http.Transport).Clone()
	wire.MaxIdleConnsPerHost = 8
	wire.IdleConnTimeout = 90 * time.Second
	client := &http.Client{
		Transport:     wire,
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	if config.Transport != nil {
		client.Transport = config.Transport
	}
	degraded := config.Degraded
	if degraded == nil {
		degraded = func(string, string) {}
	}
	c := &Client{
		http:     client,
		apiURL:   config.apiURL(),
		log:      config.logger(),
		degraded: degraded,
	}
	if config.ClientID != "" {
		c.tokens = config.Tokens
	} else {
		c.one = c.with(config.BotToken)
	}
	return c, nil
}

// Close drops the idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// watched is a context that notices whether a connection was there, so that
// the request may have been read.
func watched(ctx context.Context) (context.Context, *atomic.Bool) {
	connected := &atomic.Bool{}
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { connected.Store(true) },
	}), connected
}
