package twilio_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"backstop/bot"
	"backstop/bot/twilio"
)

const inbound = publicURL + "/twilio/sms#rc=3&rp=5xx,ct,rt"

func TestAccount(t *testing.T) {
	client := newClient(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/2010-04-01/Accounts/"+accountSID+".json" {
			http.NotFound(w, r)
			return
		}
		_, _ = fmt.Fprintf(w, `{"sid":%q,"friendly_name":"Clinic","status":"active","type":"Trial","auth_token":%q}`, accountSID, authToken)
	})
	account, err := client.Account(t.Context())
	if want := (twilio.Account{Name: "Clinic", Status: "active", Type: "Trial"}); err != nil || account != want {
		t.Errorf("got %+v %v, want %+v", account, err, want)
	}
}

func TestWebhookOfANumber(t *testing.T) {
	client := newClient(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("PhoneNumber") == "+15005550009" {
			_, _ = io.WriteString(w, `{"incoming_phone_numbers":[]}`)
			return
		}
		_, _ = io.WriteString(w, `{"incoming_phone_numbers":[
			{"phone_number":"+150055500061","sms_url":"https://other.example.com"},
			{"phone_number":"+15005550006","sms_url":"https://bot.example.com/twilio/sms","sms_method":"POST","capabilities":{"sms":true,"voice":true}}]}`)
	})
	hook, err := client.WebhookOf(t.Context(), "+15005550006")
	want := twilio.Webhook{Address: publicURL + "/twilio/sms", Method: "POST", Texts: true, Calls: true}
	if err != nil || hook != want {
		t.Errorf("got %+v %v, want %+v", hook, err, want)
	}
	if _, err := client.WebhookOf(t.Context(), "+15005550009"); err == nil || !strings.Contains(err.Error(), "not a number of this") {
		t.Errorf("got %v for a number of somebody else's", err)
	}
}

func TestWebhookOfAMessagingService(t *testing.T) {
	client := newClient(t, func(w http.ResponseWriter, r *http.Request) {
		user, _, _ := r.BasicAuth()
		if r.URL.Path != "/v1/Services/MG1" || user != accountSID {
			w.WriteHeader(http.StatusNotFound)
			_, _ = io.WriteString(w, `{"code":20404,"status":404,"message":"x"}`)
			return
		}
		_, _ = io.WriteString(w, `{"sid":"MG1","inbound_request_url":null,"inbound_method":"POST","fallback_url":null,"use_inbound_webhook_on_number":true}`)
	})
	hook, err := client.WebhookOf(t.Context(), "MG1")
	if want := (twilio.Webhook{Method: "POST", PerNumber: true, Texts: true}); err != nil || hook != want {
		t.Errorf("got %+v %v, want %+v", hook, err, want)
	}
	_, err = client.WebhookOf(t.Context(), "MG2")
	wantSendError(t, err, bot.Operator)
}

func TestWhatIsWrongWithARegistration(t *testing.T) {
	client := newClient(t, http.NotFound)
	right := twilio.Webhook{Address: inbound, Method: "POST", Fallback: publicURL + "/twilio/sms", Texts: true}
	for _, c := range []struct {
		name   string
		change func(*twilio.Webhook)
		want   []string
	}{
		{"nothing", func(*twilio.Webhook) {}, nil},
		{"no overrides", func(h *twilio.Webhook) { h.Address = publicURL + "/twilio/sms" }, []string{"register " + inbound}},
		{"another address, by GET, no fallback", func(h *twilio.Webhook) {
			*h = twilio.Webhook{Address: "https://demo.twilio.com", Method: "GET", Texts: true}
		}, []string{"register " + inbound, "no fallback"}},
		{"by GET", func(h *twilio.Webhook) { h.Method = "GET" }, []string{"choose POST"}},
		{"an app in between", func(h *twilio.Webhook) { h.Application = "AP1" }, []string{"TwiML app AP1"}},
		{"each number by itself", func(h *twilio.Webhook) { h.PerNumber, h.Address = true, "" }, []string{"each number"}},
		{"voice only", func(h *twilio.Webhook) { h.Texts = false }, []string{"cannot send texts"}},
	} {
		hook := right
		c.change(&hook)
		wrong := client.Wrong(hook)
		if !slices.EqualFunc(wrong, c.want, strings.Contains) {
			t.Errorf("%s: got %q, want %q", c.name, wrong, c.want)
		}
	}
	if got := client.InboundAddress(); got != inbound {
		t.Errorf("register %s, want %s", got, inbound)
	}
}
