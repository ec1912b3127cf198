package twilio_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"backstop/bot"
	"backstop/bot/twilio"
)

func config() twilio.Config {
	return twilio.Config{AccountSID: accountSID, AuthToken: authToken, PublicURL: publicURL}
}

// inbox keeps what the webhooks brought, or refuses it.
type inbox struct {
	mu      sync.Mutex
	refuse  error
	say     string
	texts   []bot.InboundText
	reports []bot.DeliveryReport
	calls   []bot.CallReport
}

func (i *inbox) ReceiveText(ctx context.Context, t bot.InboundText) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.refuse != nil {
		return i.refuse
	}
	i.texts = append(i.texts, t)
	return ctx.Err()
}

func (i *inbox) ReceiveDelivery(_ context.Context, r bot.DeliveryReport) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.refuse != nil {
		return i.refuse
	}
	i.reports = append(i.reports, r)
	return nil
}

func (i *inbox) ReceiveCall(_ context.Context, r bot.CallReport) (string, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.refuse != nil {
		return "", i.refuse
	}
	i.calls = append(i.calls, r)
	return i.say, nil
}

func (i *inbox) empty() bool { return len(i.texts)+len(i.reports)+len(i.calls) == 0 }

// door is a mux with the webhooks on it and what they told their watch.
type door struct {
	mux    *http.ServeMux
	inbox  *inbox
	log    bytes.Buffer
	forged []string
	failed []string
}

func newDoor(t *testing.T, c twilio.Config) *door {
	t.Helper()
	d := &door{mux: http.NewServeMux(), inbox: &inbox{say: "The alert is yours."}}
	hooks, err := twilio.NewWebhooks(c, d.inbox, twilio.Watch{
		Forged: func(route string) { d.forged = append(d.forged, route) },
		Failed: func(route string) { d.failed = append(d.failed, route) },
	}, slog.New(slog.NewTextHandler(&d.log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	hooks.Register(d.mux)
	return d
}

func (d *door) post(target, body, signature string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, target, strings.NewReader(body))
	r.Host = "10.0.0.7:8080" // behind a proxy: never what Twilio signed
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
	if signature != "" {
		r.Header.Set("X-Twilio-Signature", signature)
	}
	w := httptest.NewRecorder()
	d.mux.ServeHTTP(w, r)
	return w
}

func (d *door) signed(t *testing.T, target, body string) *httptest.ResponseRecorder {
	t.Helper()
	form, err := url.ParseQuery(body)
	if err != nil {
		t.Fatal(err)
	}
	return d.post(target, body, sign(authToken, publicURL+target, form))
}

// text is a webhook body with some fields of our own over the usual ones; an
// empty value takes a field away.
func text(fields ...string) string {
	form := url.Values{
		"AccountSid": {accountSID}, "ApiVersion": {"2010-04-01"}, "SmsStatus": {"received"},
		"MessageSid": {"SM1"}, "SmsSid": {"SM1"}, "SmsMessageSid": {"SM1"},
		"From": {"+14155550123"}, "To": {"+15005550006"}, "Body": {"7"},
		"NumMedia": {"0"}, "NumSegments": {"1"},
		"FromCity": {""}, "FromState": {"CA"}, "FromZip": {""}, "ToZip": {""},
	}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	return form.Encode()
}
