package twilio

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// maxErrorBody is how much of an error response is read; Twilio's errors are a few hundred bytes.
const maxErrorBody = 64 << 10

// maxRetryAfter bounds what a Retry-After header can ask for.
const maxRetryAfter = time.Hour

// seen is what one exchange showed that twilio-go does not pass on.
type seen struct {
	connected  atomic.Bool // a connection was there, so the request may have been read
	status     int         // of the last response; 0 when none came
	retryAfter time.Duration
}

// roundTripper stands between twilio-go and the network for one exchange.
type roundTripper struct {
	ctx  context.Context
	base *url.URL
	next http.RoundTripper
	saw  *seen
}

// RoundTrip sends the request to the configured base address under the
// caller's context. twilio-go never closes the body of an error response, so
// those are read here and replaced by a buffer: the connection stays usable.
func (t *roundTripper) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx := httptrace.WithClientTrace(t.ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { t.saw.connected.Store(true) },
	})
	out := r.Clone(ctx)
	t.redirect(out)
	response, err := t.next.RoundTrip(out)
	if err != nil {
		return nil, err
	}
	t.saw.status = response.StatusCode
	t.saw.retryAfter = retryAfter(response.Header.Get("Retry-After"), time.Now())
	if response.StatusCode >= 300 && response.StatusCode < 400 {
		_ = response.Body.Close()
		return nil, errRedirect
	}
	if response.StatusCode >= http.StatusBadRequest {
		err := buffer(response)
		if err != nil {
			return nil, err
		}
	}
	return response, nil
}

// errRedirect says that it is not Twilio's API that answered. twilio-go would
// take a redirect for a success, or follow it with the credentials.
var errRedirect = errors.New("answered with a redirect")

// redirect points a request at the base address, whatever host the library's
// environment variables (TWILIO_EDGE, TWILIO_REGION) made of it. Other
// products of Twilio keep their host name on the real thing; a stand-in serves
// them all on one.
func (t *roundTripper) redirect(r *http.Request) {
	product, _, _ := strings.Cut(r.URL.Host, ".")
	if t.base.String() == defaultBaseURL && product != "api" {
		return
	}
	r.URL.Scheme = t.base.Scheme
	r.URL.Host = t.base.Host
	r.Host = ""
	if prefix := strings.TrimRight(t.base.Path, "/"); prefix != "" {
		r.URL.Path, r.URL.RawPath = prefix+r.URL.Path, ""
	}
}

func buffer(response *http.Response) error {
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxErrorBody))
	if err != nil {
		return err
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	return nil
}

// retryAfter reads seconds or a date; 0 when there is neither.
func retryAfter(header string, now time.Time) time.Duration {
	if header == "" {
		return 0
	}
	if seconds, err := strconv.ParseFloat(header, 64); err == nil && seconds > 0 {
		return time.Duration(min(seconds, maxRetryAfter.Seconds()) * float64(time.Second))
	}
	if at, err := http.ParseTime(header); err == nil && at.After(now) {
		return min(at.Sub(now), maxRetryAfter)
	}
	return 0
}
