package twilio

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"backstop/bot"

	twilioclient "github.com/twilio/twilio-go/client"
)

// maxBody is far above what a webhook of Twilio's can hold (1,600 characters and ten attachments).
const maxBody = 64 << 10

// inboxTime is how long storing may take. Twilio waits 15 seconds for an answer.
const inboxTime = 12 * time.Second

// Inbox takes in what Twilio tells us. An error means that nothing was stored
// and that Twilio should come again; the same thing may come several times.
type Inbox interface {
	ReceiveText(ctx context.Context, t bot.InboundText) error
	ReceiveDelivery(ctx context.Context, r bot.DeliveryReport) error
	// ReceiveCall takes what became of a call; what it returns is said to
	// whoever pressed a key.
	ReceiveCall(ctx context.Context, r bot.CallReport) (say string, err error)
}

// Watch is told what the webhooks turned away. Either function may be nil.
type Watch struct {
	Forged func(route string) // the signature was missing or wrong: nothing was stored
	Failed func(route string) // the inbox could not store: Twilio was asked to come again
}

// Webhooks are the addresses Twilio calls.
type Webhooks struct {
	publics   []string
	validator twilioclient.RequestValidator
	inbox     Inbox
	watch     Watch
	log       *slog.Logger
}

// NewWebhooks makes the webhooks. Its error names every setting that is
// missing or wrong; a nil logger is silent.
func NewWebhooks(config Config, inbox Inbox, watch Watch, log *slog.Logger) (*Webhooks, error) {
	if err := config.Check(); err != nil {
		return nil, errors.Join(errors.New("twilio webhooks"), err)
	}
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	publics := []string{config.public()}
	for _, public := range config.AlsoPublic {
		publics = append(publics, strings.TrimRight(public, "/"))
	}
	return &Webhooks{
		publics:   publics,
		validator: twilioclient.NewRequestValidator(config.AuthToken),
		inbox:     inbox,
		watch:     watch,
		log:       log,
	}, nil
}

// Register puts the webhooks on their routes.
func (h *Webhooks) Register(mux *http.ServeMux) {
	mux.Handle("POST /twilio/sms", h.verified(h.text))
	mux.Handle("POST /twilio/status", h.verified(h.delivery))
	mux.Handle("POST /twilio/voice", h.verified(h.voice))
}

// verified reads the body and lets only what Twilio signed through. Answers
// are never text/plain: Twilio would send them on to the patient.
//
// The signature covers the public address as configured, the request's path
// and query, and every field of the body; the host name in the request is not
// asked, since a proxy may have changed it. A forged request is turned away
// before its body is looked at.
func (h *Webhooks) verified(next func(http.ResponseWriter, *http.Request, url.Values)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/xml")
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			status := http.StatusBadRequest
			if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
				status = http.StatusRequestEntityTooLarge
			}
			w.WriteHeader(status)
			return
		}
		if !h.signed(r, body) {
			h.log.Warn("twilio webhook turned away", "route", r.URL.Path, "reason", "signature")
			tell(h.watch.Forged, r.URL.Path)
			w.WriteHeader(http.StatusForbidden)
			return
		}
		form, err := url.ParseQuery(string(body))
		if err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		// What arrived is stored even when Twilio hangs up meanwhile: a second copy is recognized.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), inboxTime)
		defer cancel()
		next(w, r.WithContext(ctx), form)
	})
}

func (h *Webhooks) signed(r *http.Request, body []byte) bool {
	signature := r.Header.Get("X-Twilio-Signature")
	return signature != "" && slices.ContainsFunc(h.publics, func(public string) bool {
		return h.validator.ValidateBody(public+r.URL.RequestURI(), body, signature)
	})
}

// unstored asks Twilio to come again: a 5xx is retried where the address was
// registered with the override rp=5xx, and goes to the fallback address.
func (h *Webhooks) unstored(w http.ResponseWriter, r *http.Request, sid string, err error) {
	h.log.Error("twilio webhook not stored", "route", r.URL.Path, "sid", sid, "error", err)
	tell(h.watch.Failed, r.URL.Path)
	w.WriteHeader(http.StatusServiceUnavailable)
}

func tell(who func(string), route string) {
	if who != nil {
		who(route)
	}
}

const emptyTwiML = xml.Header + "<Response/>"
