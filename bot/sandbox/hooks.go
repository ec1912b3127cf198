package sandbox

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// Delivery is what came of calling the bot.
type Delivery struct {
	Status   int // of the last try; 0 when there was no answer
	Header   http.Header
	Body     string // at most 256 kB of it
	Err      error  // why there was no answer
	Attempts int
	URL      string
	At       time.Time
}

// OK says that the bot answered with a 2xx.
func (d Delivery) OK() bool { return d.Err == nil && d.Status >= 200 && d.Status < 300 }

const answerLimit = 256 << 10

// hooks calls the bot. It follows no redirect and keeps no cookie.
type hooks struct{ client *http.Client }

func newHooks(wire http.RoundTripper) *hooks {
	if wire == nil {
		wire = &http.Transport{MaxIdleConnsPerHost: 32, IdleConnTimeout: 30 * time.Second}
	}
	return &hooks{client: &http.Client{
		Transport: wire,
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	}}
}

func (h *hooks) close() { h.client.CloseIdleConnections() }

// post makes one try. The timeout covers the whole exchange.
func (h *hooks) post(ctx context.Context, url string, header http.Header, body string, timeout time.Duration) Delivery {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	d := Delivery{URL: url, Attempts: 1, At: time.Now()}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		d.Err = err
		return d
	}
	req.Header = header
	res, err := h.client.Do(req)
	if err != nil {
		d.Err = err
		return d
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(res.Body, answerLimit))
	d.Status, d.Header, d.Body, d.Err = res.StatusCode, res.Header, string(raw), err
	return d
}

// neverConnected says that the bot cannot have seen the request.
func neverConnected(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}
