package twilio_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"backstop/bot"
)

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
		{"STOP that Twilio recognized", text("Body", "Stop ", "OptOutType", "STOP"), with(func(t *bot.InboundText) { t.Body, t.Keyword = "Stop ", "STOP" })},
		{"HELP that Twilio recognized", text("OptOutType", "HELP"), with(func(t *bot.InboundText) { t.Keyword = "HELP" })},
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
