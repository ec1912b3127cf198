package twilio_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"backstop/bot"
)

const (
	accountSID = "AC00000000000000000000000000000001"
	authToken  = "12345"
	publicURL  = "https://bot.example.com"
)

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
