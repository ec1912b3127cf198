package simulate

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"strings"
)

// wire carries requests to a handler without a network.
type wire struct {
	handler http.Handler
	fault   func(r *http.Request, form string) fault // what goes wrong with a request; nil for nothing ever
	done    func(r *http.Request, form string, status int, body []byte)
}

// fault is what goes wrong on the wire.
type fault int

const (
	fine fault = iota
	cutBefore
	cutAfter
	refused
)

var errCut = errors.New("connection cut")

// RoundTrip answers a request.
func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	if trace := httptrace.ContextClientTrace(r.Context()); trace != nil && trace.GotConn != nil {
		trace.GotConn(httptrace.GotConnInfo{})
	}
	var form string
	if r.Body != nil {
		raw, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		form = string(raw)
		_ = r.Body.Close()
	}
	happens := fine
	if w.fault != nil {
		happens = w.fault(r, form)
	}
	switch happens {
	case cutBefore:
		return nil, errCut
	case refused:
		return answer(r, http.StatusTooManyRequests, http.Header{"Content-Type": {"application/json"}, "Retry-After": {"1"}},
			[]byte(`{"code":20429,"status":429,"message":"Too Many Requests","ok":false,"error":"ratelimited"}`)), nil
	case fine, cutAfter:
	}
	in := r.Clone(r.Context())
	in.RequestURI, in.RemoteAddr = r.URL.RequestURI(), "127.0.0.1:1"
	in.Body = io.NopCloser(strings.NewReader(form))
	in.ContentLength = int64(len(form))
	if in.Host == "" {
		in.Host = r.URL.Host
	}
	rec := &recorder{header: http.Header{}, status: http.StatusOK}
	w.handler.ServeHTTP(rec, in)
	if w.done != nil {
		w.done(r, form, rec.status, rec.body.Bytes())
	}
	if happens == cutAfter {
		return nil, errCut
	}
	return answer(r, rec.status, rec.header, rec.body.Bytes()), nil
}

func answer(r *http.Request, status int, header http.Header, body []byte) *http.Response {
	return &http.Response{
		Status: http.StatusText(status), StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: header, Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)), Request: r,
	}
}

type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) WriteHeader(status int)      { r.status = status }
func (r *recorder) Write(p []byte) (int, error) { return r.body.Write(p) }
