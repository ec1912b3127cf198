package twilio_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"backstop/bot"
)

func TestCallOnTheWire(t *testing.T) {
	var got url.Values
	client := newClient(t, func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		got = r.PostForm
		_, _ = io.WriteString(w, `{"sid":"CA9","status":"queued"}`)
	})
	placed, err := client.Call(t.Context(), bot.OutgoingCall{
		ID: "call-1", AlertID: "alert-1", From: "+15005550006", To: "+14155550123", Ring: 20 * time.Second,
		Say: `Urgent <alert> & "now"`,
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := (bot.Accepted{ProviderID: "CA9", Status: "queued"}); placed != want {
		t.Errorf("got %+v, want %+v", placed, want)
	}
	want := url.Values{
		"To": {"+14155550123"}, "From": {"+15005550006"}, "Timeout": {"20"},
		"StatusCallback": {publicURL + "/twilio/voice?a=alert-1&c=call-1&s=1"}, "StatusCallbackMethod": {"POST"},
		"StatusCallbackEvent": {"answered", "completed"},
		"Twiml": {`<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
			`<Response><Gather numDigits="1" action="https://bot.example.com/twilio/voice?a=alert-1&amp;c=call-1" method="POST" timeout="8">` +
			`<Say>Urgent &lt;alert&gt; &amp; &#34;now&#34;</Say><Pause length="1"></Pause><Say>Urgent &lt;alert&gt; &amp; &#34;now&#34;</Say></Gather>` +
			`<Say>No key was pressed. Good bye.</Say></Response>`},
	}
	if got.Encode() != want.Encode() {
		t.Errorf("sent %v\nwant %v", got, want)
	}
}

func TestCallWordsStayInsideTwilioLimit(t *testing.T) {
	for _, say := range []string{strings.Repeat("&", 5000), strings.Repeat("ö", 5000), "\x00\xff"} {
		var script string
		client := newClient(t, func(w http.ResponseWriter, r *http.Request) {
			_ = r.ParseForm()
			script = r.PostForm.Get("Twiml")
			_, _ = io.WriteString(w, `{"sid":"CA9"}`)
		})
		if _, err := client.Call(t.Context(), bot.OutgoingCall{ID: "c", To: "+1", From: "+1", Say: say}); err != nil {
			t.Fatal(err)
		}
		if n := len([]rune(script)); n > 4000 || !strings.HasSuffix(script, "</Response>") {
			t.Errorf("%d characters of TwiML, Twilio takes 4,000", n)
		}
	}
}

func TestRingTime(t *testing.T) {
	for ring, want := range map[time.Duration]string{0: "25", time.Second: "5", 40 * time.Second: "40", time.Hour: "600"} {
		var got string
		client := newClient(t, func(w http.ResponseWriter, r *http.Request) {
			_ = r.ParseForm()
			got = r.PostForm.Get("Timeout")
			_, _ = io.WriteString(w, `{"sid":"CA9"}`)
		})
		if _, err := client.Call(t.Context(), bot.OutgoingCall{ID: "c", To: "+1", From: "+1", Say: "x", Ring: ring}); err != nil || got != want {
			t.Errorf("ring %s: sent %s %v, want %s", ring, got, err, want)
		}
	}
}
