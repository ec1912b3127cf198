package simulate

import (
	"bytes"
	"context"
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
	died    func(panicked any) bool // takes a panic of the handler for the death of its process; nil for none
}

// fault is what goes wrong on the wire.
type fault int

const (
	fine fault = iota
	cutBefore
	cutAfter
	refused
	brokenBefore
	brokenAfter
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
	case brokenBefore:
		return answer(r, http.StatusServiceUnavailable, http.Header{"Content-Type": {"text/html"}}, []byte("<html>unavailable</html>")), nil
	case fine, cutAfter, brokenAfter:
	}
	in := r.Clone(context.WithoutCancel(r.Context())) // answered before anybody could end it
	in.RequestURI, in.RemoteAddr = r.URL.RequestURI(), "127.0.0.1:1"
	in.Body = io.NopCloser(strings.NewReader(form))
	in.ContentLength = int64(len(form))
	if in.Host == "" {
		in.Host = r.URL.Host
	}
	rec := &recorder{header: http.Header{}, status: http.StatusOK}
	if !w.survives(rec, in) {
		return nil, errCut
	}
	if w.done != nil {
		w.done(r, form, rec.status, rec.body.Bytes())
	}
	switch happens {
	case cutAfter:
		return nil, errCut
	case brokenAfter:
		return answer(r, http.StatusBadGateway, http.Header{"Content-Type": {"text/html"}}, []byte("<html>bad gateway</html>")), nil
	default:
	}
	return answer(r, rec.status, rec.header, rec.body.Bytes()), nil
}

// survives has the handler answer, and reports whether it lived to do so.
func (w *wire) survives(rec *recorder, in *http.Request) (alive bool) {
	defer func() {
		if p := recover(); p != nil && (w.died == nil || !w.died(p)) {
			panic(p)
		}
	}()
	w.handler.ServeHTTP(rec, in)
	return true
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
