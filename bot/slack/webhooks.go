package slack

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"backstop/bot"

	"github.com/slack-go/slack"
)

// maxBody is far above a press with the whole message in it (50 blocks of 3,000 characters).
const maxBody = 1 << 20

// Slack waits three seconds for an answer. What must be stored gets two of
// them; what is shown afterwards (a note to who pressed, the home view) has
// its own time once the answer is out.
const (
	deskTime  = 2 * time.Second
	afterTime = 10 * time.Second
)

// Desk takes in what clinicians press, send and type. It stores it and is done:
// what must change in Slack changes later.
type Desk interface {
	// Press stores a press; the same key again is the same press. An error
	// means that nothing was stored and that it has to be pressed again.
	Press(ctx context.Context, p bot.Press) (bot.Pressed, error)
	// Submit stores a form; the same key again is the same form.
	Submit(ctx context.Context, s bot.Submission) (bot.Pressed, error)
	// Command answers /backstop. When it says nothing and opens nothing, the help does.
	Command(ctx context.Context, c bot.Command) (bot.Pressed, error)
	// HomeOf is the overview of a user's home view, of the clinic named or else
	// of their first; nil for somebody who may not see any.
	HomeOf(ctx context.Context, team, user, clinic string) (*bot.Home, error)
}

// Doors are the ways in beyond buttons. Each may be nil.
type Doors struct {
	// Seen reports whether an event has come before, and remembers its key:
	// Slack brings an event again when it heard no answer.
	Seen func(ctx context.Context, key string) (bool, error)
	// Lost is told that the workspace took the app away: "app_uninstalled",
	// "tokens_revoked" or "app_rate_limited", the workspace, and when (zero when
	// Slack did not say).
	Lost func(ctx context.Context, event, team string, at time.Time)
	// Forged is told of a request that Slack did not sign, or that is for
	// another app or workspace: nothing was stored.
	Forged func(route string)
}

// Webhooks are the addresses Slack calls.
type Webhooks struct {
	config Config
	client *Client
	desk   Desk
	doors  Doors
	log    *slog.Logger
}

// NewWebhooks makes the webhooks. The client shows what is shown to one person
// alone. Its error names every setting that is missing or wrong.
func NewWebhooks(config Config, client *Client, desk Desk, doors Doors) (*Webhooks, error) {
	if err := config.Check(); err != nil {
		return nil, fmt.Errorf("slack settings: %w", err)
	}
	return &Webhooks{config: config, client: client, desk: desk, doors: doors, log: config.logger()}, nil
}

// Register puts the webhooks on their routes.
func (h *Webhooks) Register(mux *http.ServeMux) {
	mux.Handle("POST /slack/interactions", h.verified(h.interaction))
	mux.Handle("POST /slack/commands", h.verified(h.command))
	mux.Handle("POST /slack/events", h.verified(h.event))
}

// verified reads the body and lets only what Slack signed within the last five
// minutes through. The signature covers the body and not the address, so
// nothing is ever read from the query.
func (h *Webhooks) verified(next func(http.ResponseWriter, *http.Request, []byte)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			status := http.StatusBadRequest
			if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
				status = http.StatusRequestEntityTooLarge
			}
			w.WriteHeader(status)
			return
		}
		if err := h.signed(r.Header, body); err != nil {
			h.refuse(w, r, err.Error())
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		next(w, r, body)
	})
}

func (h *Webhooks) signed(header http.Header, body []byte) error {
	verifier, err := slack.NewSecretsVerifier(header, h.config.SigningSecret)
	if err != nil {
		return errors.New("signature: missing, expired or malformed")
	}
	if _, err := verifier.Write(body); err != nil {
		return err
	}
	if err := verifier.Ensure(); err != nil {
		return errors.New("signature: wrong")
	}
	return nil
}

// ours reports whether a request is for our app, from one of our workspaces.
func (h *Webhooks) ours(app, team string) bool {
	return (h.config.AppID == "" || app == h.config.AppID) &&
		(len(h.config.Teams) == 0 || slices.Contains(h.config.Teams, team))
}

func (h *Webhooks) refuse(w http.ResponseWriter, r *http.Request, reason string) {
	h.log.Warn("slack request turned away", "route", r.URL.Path, "reason", reason)
	if h.doors.Forged != nil {
		h.doors.Forged(r.URL.Path)
	}
	w.Header().Set("X-Slack-No-Retry", "1")
	w.WriteHeader(http.StatusForbidden)
}

// done answers Slack at once. The handler may go on after it, on a context
// that outlives the request.
func done(w http.ResponseWriter, r *http.Request) (context.Context, context.CancelFunc) {
	w.Header().Set("Content-Length", "0")
	w.WriteHeader(http.StatusOK)
	_ = http.NewResponseController(w).Flush() // a writer that cannot flush answers a little later
	return context.WithTimeout(context.WithoutCancel(r.Context()), afterTime)
}
