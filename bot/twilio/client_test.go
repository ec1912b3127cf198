package twilio_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"backstop/bot"
	"backstop/bot/twilio"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// newClient is a client whose Twilio is a handler of the test's.
func newClient(t *testing.T, handler http.HandlerFunc, change ...func(*twilio.Config)) *twilio.Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return clientAt(t, server.URL, change...)
}

func clientAt(t *testing.T, base string, change ...func(*twilio.Config)) *twilio.Client {
	t.Helper()
	c := config()
	c.BaseURL = base
	for _, apply := range change {
		apply(&c)
	}
	client, err := twilio.New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return client
}

func outgoing() bot.OutgoingText {
	return bot.OutgoingText{ID: "text-1", From: "+15005550006", To: "+14155550123", Body: "How is your back?", Validity: time.Hour, Attempt: 1}
}

func wantSendError(t *testing.T, err error, verdict bot.Verdict) *bot.SendError {
	t.Helper()
	var sendErr *bot.SendError
	if !errors.As(err, &sendErr) {
		t.Fatalf("got %T %v, want a *bot.SendError", err, err)
	}
	if sendErr.Verdict != verdict {
		t.Errorf("verdict %s (%v), want %s", sendErr.Verdict, err, verdict)
	}
	if sendErr.Reason == "" {
		t.Error("no reason")
	}
	for _, secret := range []string{authToken, accountSID, "+1415", "4155550123", "How is your back"} {
		if strings.Contains(fmt.Sprintf("%v %v", err, sendErr.Err), secret) {
			t.Errorf("the error tells %q: %v (%v)", secret, err, sendErr.Err)
		}
	}
	return sendErr
}

func TestSendTextOnTheWire(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*bot.OutgoingText)
		config func(*twilio.Config)
		user   string
		want   url.Values
	}{
		{
			name: "from a number", user: accountSID,
			want: url.Values{
				"To": {"+14155550123"}, "From": {"+15005550006"}, "Body": {"How is your back?"}, "SmartEncoded": {"false"},
				"StatusCallback": {publicURL + "/twilio/status?m=text-1"}, "ValidityPeriod": {"3600"}, "Attempt": {"1"},
			},
		},
		{
			name: "from a messaging service, with an API key", user: "SK00000000000000000000000000000001",
			change: func(o *bot.OutgoingText) { o.From, o.Validity, o.Attempt = "MG0001", 0, 0 },
			config: func(c *twilio.Config) { c.APIKey, c.APISecret = "SK00000000000000000000000000000001", "keysecret" },
			want: url.Values{
				"To": {"+14155550123"}, "MessagingServiceSid": {"MG0001"}, "Body": {"How is your back?"}, "SmartEncoded": {"false"},
				"StatusCallback": {publicURL + "/twilio/status?m=text-1"},
			},
		},
		{
			name: "a picture, an id with odd characters, a validity beyond the limit", user: accountSID,
			change: func(o *bot.OutgoingText) {
				o.ID, o.Body, o.MediaURL, o.Validity = "a&b=c#d", "", "https://bot.example.com/x.png", 11*time.Hour
			},
			config: func(c *twilio.Config) { c.PublicURL = publicURL + "/" },
			want: url.Values{
				"To": {"+14155550123"}, "From": {"+15005550006"}, "MediaUrl": {"https://bot.example.com/x.png"}, "SmartEncoded": {"false"},
				"StatusCallback": {publicURL + "/twilio/status?m=a%26b%3Dc%23d"}, "ValidityPeriod": {"36000"}, "Attempt": {"1"},
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got url.Values
			var path, user string
			client := newClient(t, func(w http.ResponseWriter, r *http.Request) {
				_ = r.ParseForm()
				got, path = r.PostForm, r.URL.Path
				user, _, _ = r.BasicAuth()
				w.WriteHeader(http.StatusCreated)
				_, _ = io.WriteString(w, `{"sid":"SM9","status":"queued","num_segments":"2"}`)
			}, func(conf *twilio.Config) {
				if c.config != nil {
					c.config(conf)
				}
			})
			text := outgoing()
			if c.change != nil {
				c.change(&text)
			}
			accepted, err := client.SendText(t.Context(), text)
			if err != nil {
				t.Fatal(err)
			}
			if want := (bot.Accepted{ProviderID: "SM9", Status: "queued", Segments: 2}); accepted != want {
				t.Errorf("got %+v, want %+v", accepted, want)
			}
			if got.Encode() != c.want.Encode() {
				t.Errorf("sent %v\nwant %v", got, c.want)
			}
			if want := "/2010-04-01/Accounts/" + accountSID + "/Messages.json"; path != want || user != c.user {
				t.Errorf("sent to %s as %s, want %s as %s", path, user, want, c.user)
			}
		})
	}
}

func TestWhatAnAnswerMeans(t *testing.T) {
	rest := func(code, status int) string {
		return fmt.Sprintf(`{"code":%d,"status":%d,"message":"The number +14155550123 said no","more_info":"x"}`, code, status)
	}
	for _, c := range []struct {
		name       string
		status     int
		body       string
		retryAfter string
		verdict    bot.Verdict
		code       int
		wait       time.Duration
	}{
		{name: "opted out", status: 400, body: rest(21610, 400), verdict: bot.OptedOut, code: 21610},
		{name: "not a mobile number", status: 400, body: rest(21614, 400), verdict: bot.NumberBad, code: 21614},
		{name: "wrong credentials", status: 401, body: rest(20003, 401), verdict: bot.Operator, code: 20003},
		{name: "too many at once", status: 429, body: rest(20429, 429), retryAfter: "7", verdict: bot.Retry, code: 20429, wait: 7 * time.Second},
		{name: "too many at once, says a proxy", status: 429, body: "<html>", retryAfter: "2.5", verdict: bot.Retry, wait: 2500 * time.Millisecond},
		{name: "a wait beyond reason", status: 429, body: rest(20429, 429), retryAfter: "999999", verdict: bot.Retry, code: 20429, wait: time.Hour},
		{name: "a wait that is none", status: 429, body: rest(20429, 429), retryAfter: "soon", verdict: bot.Retry, code: 20429},
		{name: "an unknown refusal", status: 400, body: rest(29999, 400), verdict: bot.GiveUp, code: 29999},
		{name: "an unknown failure of theirs", status: 500, body: rest(29999, 500), verdict: bot.Ambiguous, code: 29999},
		{name: "an unknown limit", status: 429, body: rest(29999, 429), verdict: bot.Retry, code: 29999},
		{name: "an internal error", status: 500, body: rest(20500, 500), verdict: bot.Ambiguous, code: 20500},
		{name: "a gateway's page", status: 502, body: "<html>Bad gateway</html>", verdict: bot.Ambiguous},
		{name: "an empty 503", status: 503, body: "", verdict: bot.Ambiguous},
		{name: "an error without a code", status: 400, body: `{"message":"x"}`, verdict: bot.Ambiguous},
		{name: "a proxy that refuses us", status: 403, body: "<html>", verdict: bot.Operator},
		{name: "nothing there", status: 404, body: "not found", verdict: bot.Operator},
		{name: "it worked, but names nothing", status: 201, body: `{}`, verdict: bot.Ambiguous},
		{name: "it worked, but is no JSON", status: 201, body: `<html>`, verdict: bot.Ambiguous},
		{name: "it worked, but breaks off", status: 201, body: `{"sid":"SM`, verdict: bot.Ambiguous},
	} {
		t.Run(c.name, func(t *testing.T) {
			client := newClient(t, func(w http.ResponseWriter, _ *http.Request) {
				if c.retryAfter != "" {
					w.Header().Set("Retry-After", c.retryAfter)
				}
				w.WriteHeader(c.status)
				_, _ = io.WriteString(w, c.body)
			})
			_, err := client.SendText(t.Context(), outgoing())
			sendErr := wantSendError(t, err, c.verdict)
			if sendErr.Code != c.code || sendErr.RetryAfter != c.wait {
				t.Errorf("code %d, wait %s; want %d, %s", sendErr.Code, sendErr.RetryAfter, c.code, c.wait)
			}
			_, err = client.Call(t.Context(), bot.OutgoingCall{ID: "c", To: "+14155550123", From: "+15005550006", Say: "x"})
			wantSendError(t, err, c.verdict)
		})
	}
}

func TestRetryAfterAsADate(t *testing.T) {
	client := newClient(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", time.Now().Add(30*time.Second).UTC().Format(http.TimeFormat))
		w.WriteHeader(http.StatusTooManyRequests)
	})
	_, err := client.SendText(t.Context(), outgoing())
	if got := wantSendError(t, err, bot.Retry).RetryAfter; got < 25*time.Second || got > 30*time.Second {
		t.Errorf("wait %s, want about 30 s", got)
	}
}
