package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"backstop/bot"
	"backstop/storage"
)

// answer is what a request is answered with. Body is written as JSON; raw bytes
// are JSON already.
type answer struct {
	status int
	header http.Header
	body   any
}

// answerer answers one request. An error becomes a problem: a *problem itself,
// wrong fields as such, anything else as our own failure.
type answerer func(ctx context.Context, r *http.Request) (answer, error)

// requestTime bounds one request.
const requestTime = 15 * time.Second

// logged answers a request and leaves one line about it, with nothing of its
// body or address.
func (a *API) logged(next answerer) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun, id := time.Now(), storage.NewID()
		ctx, cancel := context.WithTimeout(r.Context(), requestTime)
		defer cancel()
		who := &caller{}
		ctx = context.WithValue(ctx, callerKey{}, who)
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)

		out, err := next(ctx, r)
		contentType := "application/json"
		if err != nil {
			p := asProblem(err)
			p.Instance = "urn:uuid:" + id
			if p.Status >= http.StatusInternalServerError {
				a.log.ErrorContext(ctx, "api request failed", "request", id, "route", r.Pattern, "error", err)
			}
			out.status, out.body, contentType = p.Status, p, "application/problem+json"
		}
		body, raw := out.body.([]byte)
		if !raw {
			body, err = json.Marshal(out.body)
			if err != nil {
				a.log.ErrorContext(ctx, "api answer not written", "request", id, "route", r.Pattern, "error", err)
				w.WriteHeader(http.StatusInternalServerError)
				return
			}
			body = append(body, '\n')
		}
		header := w.Header()
		for name, values := range out.header {
			header[name] = values
		}
		header.Set("Content-Type", contentType)
		header.Set("Cache-Control", "no-store")
		header.Set("X-Content-Type-Options", "nosniff")
		w.WriteHeader(out.status)
		_, _ = w.Write(body) // the caller may be gone
		a.log.InfoContext(ctx, "api request", "request", id, "route", r.Pattern, "status", out.status,
			"clinic", who.token.ClinicID, "token", who.token.ID, "took", time.Since(begun).Round(time.Microsecond))
	})
}

// asProblem is an error as the caller may see it.
func asProblem(err error) *problem {
	var p *problem
	var fields bot.FieldErrors
	switch {
	case errors.As(err, &p):
		return p
	case errors.As(err, &fields):
		return wrongFields(fields)
	case errors.Is(err, storage.ErrNotFound):
		return plain(http.StatusNotFound, "This clinic has nothing under this id.")
	}
	return plain(http.StatusInternalServerError, "Something went wrong on our side. Send it again with the same external_id: it will not happen twice.")
}
