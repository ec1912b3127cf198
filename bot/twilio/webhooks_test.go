package twilio_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"backstop/bot"
	"backstop/bot/twilio"
)

const (
	accountSID = "AC00000000000000000000000000000001"
	authToken  = "12345"
	publicURL  = "https://bot.example.com"
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

func TestInboundText(t *testing.T) {
	plain := bot.InboundText{ProviderID: "SM1", From: "+14155550123", To: "+15005550006", Body: "7", Segments: 1}
	with := func(change func(*bot.InboundText)) bot.InboundText {
		changed := plain
		change(&changed)
		return changed
	}
	long := strings.Repeat("ab cd\n", 266) + "🙂 é"
	for _, c := range []struct {
		name string
		body string
		want bot.InboundText
	}{
		{"a number", text(), plain},
		{"nothing is trimmed", text("Body", " 7\n"), with(func(t *bot.InboundText) { t.Body = " 7\n" })},
		{"1,600 characters", text("Body", long, "NumSegments", "24"), with(func(t *bot.InboundText) { t.Body, t.Segments = long, 24 })},
		{"a null byte", text("Body", "7\x00!"), with(func(t *bot.InboundText) { t.Body = "7\x00!" })},
		{"bytes that are no UTF-8", text("Body", "7\xff"), with(func(t *bot.InboundText) { t.Body = "7\xff" })},
		{"an empty body", text("Body", ""), with(func(t *bot.InboundText) { t.Body = "" })},
		{"from a short code", text("From", "787878"), with(func(t *bot.InboundText) { t.From = "787878" })},
		{"from something that is no number", text("From", "whatsapp:+1 & <x>"), with(func(t *bot.InboundText) { t.From = "whatsapp:+1 & <x>" })},
		{"STOP that Twilio recognised", text("Body", "Stop ", "OptOutType", "STOP"), with(func(t *bot.InboundText) { t.Body, t.Keyword = "Stop ", "STOP" })},
		{"HELP that Twilio recognised", text("OptOutType", "HELP"), with(func(t *bot.InboundText) { t.Keyword = "HELP" })},
		{"an opt-out type nobody knows", text("OptOutType", "PAUSE"), plain},
		{"parameters nobody knows", text("Latitude", "1.5", "ButtonPayload", "x", "Zzz", "\x00"), plain},
		{"numbers that are none", text("NumSegments", "many", "NumMedia", "-3"), with(func(t *bot.InboundText) { t.Segments = 0 })},
		{"only the older id", text("MessageSid", "", "SmsMessageSid", "SM2"), with(func(t *bot.InboundText) { t.ProviderID = "SM2" })},
		{"a field that comes twice: the first counts", text() + "&Body=STOP&MessageSid=SM9", plain},
		{"a messaging service", text("MessagingServiceSid", "MG1"), plain},
		{
			"two pictures", text("Body", "", "MessageSid", "MM1", "NumMedia", "2",
				"MediaUrl0", "https://api.twilio.com/a", "MediaContentType0", "image/jpeg",
				"MediaUrl1", "https://api.twilio.com/b", "MediaContentType1", "image/png"),
			with(func(t *bot.InboundText) {
				t.ProviderID, t.Body = "MM1", ""
				t.Media = []bot.Media{{ContentType: "image/jpeg", URL: "https://api.twilio.com/a"}, {ContentType: "image/png", URL: "https://api.twilio.com/b"}}
			}),
		},
		{"media that is announced and missing", text("NumMedia", "999999999"), plain},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDoor(t, config())
			w := d.signed(t, "/twilio/sms", c.body)
			wantEmptyTwiML(t, w)
			if len(d.inbox.texts) != 1 {
				t.Fatalf("%d texts came through, want 1", len(d.inbox.texts))
			}
			got := d.inbox.texts[0]
			if !slices.Equal(got.Media, c.want.Media) {
				t.Errorf("media %v, want %v", got.Media, c.want.Media)
			}
			got.Media, c.want.Media = nil, nil
			if got.ProviderID != c.want.ProviderID || got.From != c.want.From || got.To != c.want.To || got.Body != c.want.Body ||
				got.Segments != c.want.Segments || got.Keyword != c.want.Keyword || !got.SentAt.IsZero() {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func wantEmptyTwiML(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "text/xml" {
		t.Errorf("answered %d %s, want 200 text/xml", w.Code, w.Header().Get("Content-Type"))
	}
	want := `<?xml version="1.0" encoding="UTF-8"?>` + "\n<Response/>"
	if w.Body.String() != want {
		t.Errorf("body %q, want %q", w.Body.String(), want)
	}
}

func TestStatusCallback(t *testing.T) {
	for _, c := range []struct {
		name, target, body string
		want               bot.DeliveryReport
	}{
		{
			"delivered", "/twilio/status?m=42", "MessageSid=SM3&MessageStatus=delivered&SmsStatus=delivered&RawDlrDoneDate=2601151432",
			bot.DeliveryReport{MessageID: "42", ProviderID: "SM3", Status: "delivered", CarrierDone: "2601151432"},
		},
		{
			"undelivered", "/twilio/status?m=42", "MessageSid=SM3&MessageStatus=undelivered&ErrorCode=30003",
			bot.DeliveryReport{MessageID: "42", ProviderID: "SM3", Status: "undelivered", ErrorCode: 30003},
		},
		{
			"only the older names", "/twilio/status?m=42", "SmsSid=SM3&SmsStatus=sent",
			bot.DeliveryReport{MessageID: "42", ProviderID: "SM3", Status: "sent"},
		},
		{
			"no id of ours, a code that is none", "/twilio/status", "MessageSid=SM3&MessageStatus=failed&ErrorCode=x",
			bot.DeliveryReport{ProviderID: "SM3", Status: "failed"},
		},
		{
			"a status of a later day", "/twilio/status?m=42", "MessageSid=SM3&MessageStatus=beamed&ChannelPrefix=x",
			bot.DeliveryReport{MessageID: "42", ProviderID: "SM3", Status: "beamed"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDoor(t, config())
			w := d.signed(t, c.target, c.body)
			if w.Code != http.StatusNoContent || w.Body.Len() != 0 {
				t.Errorf("answered %d %q, want 204 and nothing", w.Code, w.Body)
			}
			if !slices.Equal(d.inbox.reports, []bot.DeliveryReport{c.want}) {
				t.Errorf("got %+v, want %+v", d.inbox.reports, c.want)
			}
		})
	}
}

func TestSignedNonsenseIsTurnedAwayWithoutBeingStored(t *testing.T) {
	for _, c := range []struct{ name, target, body string }{
		{"a text without an id", "/twilio/sms", text("MessageSid", "", "SmsSid", "", "SmsMessageSid", "")},
		{"an empty text", "/twilio/sms", ""},
		{"a report without an id", "/twilio/status?m=1", "MessageStatus=sent"},
		{"a report without a status", "/twilio/status?m=1", "MessageSid=SM1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDoor(t, config())
			if w := d.signed(t, c.target, c.body); w.Code != http.StatusBadRequest || w.Body.Len() != 0 {
				t.Errorf("answered %d %q, want 400 and nothing", w.Code, w.Body)
			}
			if !d.inbox.empty() {
				t.Error("something was stored")
			}
		})
	}
}

func TestForgedWebhooksAreCountedAndNotStored(t *testing.T) {
	body := text("Body", "secret words")
	form, _ := url.ParseQuery(body)
	good := sign(authToken, publicURL+"/twilio/sms", form)
	for _, c := range []struct{ name, target, body, signature string }{
		{"unsigned", "/twilio/sms", body, ""},
		{"signed with another token", "/twilio/sms", body, sign("54321", publicURL+"/twilio/sms", form)},
		{"signed with an empty token", "/twilio/sms", body, sign("", publicURL+"/twilio/sms", form)},
		{"signed for another address", "/twilio/sms", body, sign(authToken, "https://evil.example.com/twilio/sms", form)},
		{"signed for the host in the request", "/twilio/sms", body, sign(authToken, "https://10.0.0.7:8080/twilio/sms", form)},
		{"signed for another route", "/twilio/status", body, good},
		{"another query", "/twilio/sms?x=1", body, good},
		{"another body", "/twilio/sms", text("Body", "9"), good},
		{"a body that is no form", "/twilio/sms", "a=%zz", sign(authToken, publicURL+"/twilio/sms", nil)},
		{"not base64", "/twilio/sms", body, "***"},
		{"a fragment in the signed address", "/twilio/sms", body, sign(authToken, publicURL+"/twilio/sms#rc=3", form)},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDoor(t, config())
			w := d.post(c.target, c.body, c.signature)
			if w.Code != http.StatusForbidden || w.Body.Len() != 0 || strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain") {
				t.Errorf("answered %d %s %q, want 403 and nothing", w.Code, w.Header().Get("Content-Type"), w.Body)
			}
			if !d.inbox.empty() {
				t.Error("something was stored")
			}
			if len(d.forged) != 1 {
				t.Errorf("counted %v, want one", d.forged)
			}
			if strings.Contains(d.log.String(), "secret") || strings.Contains(d.log.String(), "+1415") {
				t.Errorf("the log tells what was sent: %s", d.log.String())
			}
		})
	}
}

func TestWebhookOfASecondHostNameIsAccepted(t *testing.T) {
	c := config()
	c.AlsoPublic = []string{"https://backstop.fly.dev/"}
	d := newDoor(t, c)
	form, _ := url.ParseQuery(text())
	wantEmptyTwiML(t, d.post("/twilio/sms", text(), sign(authToken, "https://backstop.fly.dev/twilio/sms", form)))
	wantEmptyTwiML(t, d.signed(t, "/twilio/sms", text()))
}

func TestWhatCannotBeStoredIsAskedForAgain(t *testing.T) {
	for _, target := range []string{"/twilio/sms", "/twilio/status?m=42", "/twilio/voice?c=1&a=2&s=1"} {
		d := newDoor(t, config())
		d.inbox.refuse = errors.New("database is down")
		w := d.signed(t, target, text("MessageStatus", "sent", "CallSid", "CA1", "Body", "secret words"))
		if w.Code != http.StatusServiceUnavailable || w.Body.Len() != 0 {
			t.Errorf("%s answered %d %q, want 503 and nothing", target, w.Code, w.Body)
		}
		if len(d.failed) != 1 {
			t.Errorf("%s: counted %v, want one", target, d.failed)
		}
		if strings.Contains(d.log.String(), "secret") || strings.Contains(d.log.String(), "+1415") {
			t.Errorf("the log tells what was sent: %s", d.log.String())
		}
	}
}

func TestTextIsStoredEvenWhenTwilioHangsUp(t *testing.T) {
	d := newDoor(t, config())
	form, _ := url.ParseQuery(text())
	ctx, cancel := context.WithCancel(t.Context())
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/twilio/sms", strings.NewReader(text()))
	r.Header.Set("X-Twilio-Signature", sign(authToken, publicURL+"/twilio/sms", form))
	cancel()
	w := httptest.NewRecorder()
	d.mux.ServeHTTP(w, r)
	wantEmptyTwiML(t, w)
}

func TestBodyBeyondTheLimitIsRefused(t *testing.T) {
	d := newDoor(t, config())
	w := d.signed(t, "/twilio/sms", text("Body", strings.Repeat("x", 65<<10)))
	if w.Code != http.StatusRequestEntityTooLarge || !d.inbox.empty() {
		t.Errorf("answered %d, want 413 and nothing stored", w.Code)
	}
}

func TestOnlyPostIsAnswered(t *testing.T) {
	d := newDoor(t, config())
	for _, route := range []string{"/twilio/sms", "/twilio/status", "/twilio/voice"} {
		w := httptest.NewRecorder()
		d.mux.ServeHTTP(w, httptest.NewRequest(http.MethodGet, route, nil))
		if w.Code != http.StatusMethodNotAllowed {
			t.Errorf("GET %s answered %d, want 405", route, w.Code)
		}
	}
}

func TestVoice(t *testing.T) {
	const target = "/twilio/voice?a=alert-1&c=call-1"
	taken := bot.CallReport{CallID: "call-1", AlertID: "alert-1", ProviderID: "CA1", Status: "in-progress", Digits: "1"}
	t.Run("1 takes the alert", func(t *testing.T) {
		d := newDoor(t, config())
		w := d.signed(t, target, "CallSid=CA1&CallStatus=in-progress&Digits=1&From=%2B1500&To=%2B1415")
		if !slices.Equal(d.inbox.calls, []bot.CallReport{taken}) {
			t.Errorf("got %+v, want %+v", d.inbox.calls, taken)
		}
		if got := w.Body.String(); !strings.Contains(got, "<Response><Say>The alert is yours.</Say></Response>") {
			t.Errorf("said %s", got)
		}
	})
	t.Run("nothing to say ends the call", func(t *testing.T) {
		d := newDoor(t, config())
		d.inbox.say = ""
		wantEmptyTwiML(t, d.signed(t, target, "CallSid=CA1&CallStatus=in-progress&Digits=1"))
	})
	for _, digits := range []string{"2", "", "11", "#"} {
		t.Run("another key asks again: "+digits, func(t *testing.T) {
			d := newDoor(t, config())
			w := d.signed(t, target, "CallSid=CA1&CallStatus=in-progress&Digits="+url.QueryEscape(digits))
			if !d.inbox.empty() {
				t.Error("the alert was taken")
			}
			if got := w.Body.String(); !strings.Contains(got, `<Gather`) || !strings.Contains(got, `action="https://bot.example.com/twilio/voice?a=alert-1&amp;c=call-1"`) {
				t.Errorf("said %s", got)
			}
		})
	}
	t.Run("what could not be stored can be pressed again", func(t *testing.T) {
		d := newDoor(t, config())
		d.inbox.refuse = errors.New("database is down")
		w := d.signed(t, target, "CallSid=CA1&CallStatus=in-progress&Digits=1")
		if got := w.Body.String(); w.Code != http.StatusOK || !strings.Contains(got, "could not be saved") || !strings.Contains(got, "<Gather") {
			t.Errorf("answered %d %s", w.Code, got)
		}
		if len(d.failed) != 1 {
			t.Errorf("counted %v, want one", d.failed)
		}
	})
	t.Run("how the call went never takes the alert", func(t *testing.T) {
		d := newDoor(t, config())
		w := d.signed(t, target+"&s=1", "CallSid=CA1&CallStatus=no-answer&Digits=1")
		want := bot.CallReport{CallID: "call-1", AlertID: "alert-1", ProviderID: "CA1", Status: "no-answer"}
		if w.Code != http.StatusNoContent || !slices.Equal(d.inbox.calls, []bot.CallReport{want}) {
			t.Errorf("answered %d, got %+v, want %+v", w.Code, d.inbox.calls, want)
		}
	})
}
