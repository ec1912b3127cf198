package api

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"backstop/storage"
)

// caller is who a request comes from, once that is known.
type caller struct{ token storage.Token }

type callerKey struct{}

// known lets a request through that carries a token, and binds it to the
// token's clinic. It comes before anything else of the request is looked at.
func (a *API) known(next func(ctx context.Context, r *http.Request, token storage.Token) (answer, error)) answerer {
	return func(ctx context.Context, r *http.Request) (answer, error) {
		secret, given := bearer(r.Header.Values("Authorization"))
		if !given {
			return answer{header: challenge(`Bearer realm="backstop"`)},
				plain(http.StatusUnauthorized, "Send the header 'Authorization: Bearer TOKEN'; 'backstop token create' makes a token.")
		}
		token, err := a.records.FindToken(ctx, secret, time.Now())
		switch {
		case errors.Is(err, storage.ErrNotFound):
			return answer{header: challenge(`Bearer realm="backstop", error="invalid_token"`)},
				plain(http.StatusUnauthorized, "This token is unknown or was revoked.")
		case err != nil:
			return answer{}, err
		}
		if who, ok := ctx.Value(callerKey{}).(*caller); ok {
			who.token = token
		}
		if token.ClinicID == "" {
			return answer{}, plain(http.StatusForbidden, "This token is for no clinic; make one with 'backstop token create --clinic'.")
		}
		return next(ctx, r, token)
	}
}

func challenge(scheme string) http.Header { return http.Header{"Www-Authenticate": {scheme}} }

// bearer reads the token of an Authorization header. Two headers are none:
// which one counts is not for us to guess.
func bearer(headers []string) (secret string, given bool) {
	if len(headers) != 1 {
		return "", false
	}
	scheme, secret, _ := strings.Cut(headers[0], " ")
	secret = strings.TrimSpace(secret)
	return secret, strings.EqualFold(scheme, "Bearer") && secret != ""
}

// by is what the record of who did what calls a token.
func by(token storage.Token) string { return "token:" + token.ID }

// clinicOf settles which clinic a request is for: the token's, which the body
// may repeat.
func clinicOf(token storage.Token, named string) (string, error) {
	if named != "" && named != token.ClinicID {
		return "", plain(http.StatusForbidden, "This token is for another clinic than the one the field clinic names.")
	}
	return token.ClinicID, nil
}
