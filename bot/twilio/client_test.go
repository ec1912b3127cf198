package twilio_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
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

func TestEnvironmentDoesNotMoveTheAddress(t *testing.T) {
	t.Setenv("TWILIO_EDGE", "dublin")
	t.Setenv("TWILIO_REGION", "ie1")
	var path string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path = r.URL.Path
		_, _ = io.WriteString(w, `{"sid":"SM9"}`)
	}))
	defer server.Close()
	if _, err := clientAt(t, server.URL+"/twilio/").SendText(t.Context(), outgoing()); err != nil {
		t.Fatal(err)
	}
	if want := "/twilio/2010-04-01/Accounts/" + accountSID + "/Messages.json"; path != want {
		t.Errorf("sent to %s, want %s", path, want)
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

func TestRedirectIsNotFollowed(t *testing.T) {
	var followed atomic.Bool
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { followed.Store(true) }))
	defer elsewhere.Close()
	for _, body := range []string{"", "{}", `{"sid":"SM9"}`} {
		client := newClient(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", elsewhere.URL)
			w.WriteHeader(http.StatusFound)
			_, _ = io.WriteString(w, body)
		})
		_, err := client.SendText(t.Context(), outgoing())
		wantSendError(t, err, bot.Operator)
		_, err = client.TextsTo(t.Context(), "+14155550123", time.Now())
		wantSendError(t, err, bot.Operator)
	}
	if followed.Load() {
		t.Error("the text and the credentials went elsewhere")
	}
}

func TestNoConnectionIsNotAmbiguous(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + listener.Addr().String()
	_ = listener.Close()
	_, err = clientAt(t, address).SendText(t.Context(), outgoing())
	wantSendError(t, err, bot.Retry)
}

func TestConnectionThatBreaksIsAmbiguous(t *testing.T) {
	client := newClient(t, func(w http.ResponseWriter, _ *http.Request) {
		connection, _, err := http.NewResponseController(w).Hijack()
		if err == nil {
			_ = connection.Close()
		}
	})
	_, err := client.SendText(t.Context(), outgoing())
	wantSendError(t, err, bot.Ambiguous)
}

func TestSlowAnswerIsAmbiguous(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	client := newClient(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		<-release
	}, func(c *twilio.Config) { c.Timeout = 50 * time.Millisecond })
	_, err := client.SendText(t.Context(), outgoing())
	if sendErr := wantSendError(t, err, bot.Ambiguous); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the cause is %v, want the deadline", sendErr.Err)
	}
}

func TestBodyThatStallsIsAmbiguous(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	for _, status := range []int{http.StatusCreated, http.StatusBadGateway} {
		client := newClient(t, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, `{"sid":`)
			_ = http.NewResponseController(w).Flush()
			<-release
		}, func(c *twilio.Config) { c.Timeout = 50 * time.Millisecond })
		_, err := client.SendText(t.Context(), outgoing())
		wantSendError(t, err, bot.Ambiguous)
	}
}

func TestCallersContextEndsTheCall(t *testing.T) {
	arrived, release := make(chan struct{}), make(chan struct{})
	defer close(release)
	client := newClient(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		close(arrived)
		<-release
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-arrived
		cancel()
	}()
	_, err := client.SendText(ctx, outgoing())
	if wantSendError(t, err, bot.Ambiguous); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the caller's cancellation", err)
	}
	_, err = client.SendText(ctx, outgoing())
	wantSendError(t, err, bot.Retry) // it never left
}

func TestErrorBodiesDoNotLeakConnections(t *testing.T) {
	big := `{"code":21610,"status":400,"message":"` + strings.Repeat("x", 20_000) + `"}`
	var opened atomic.Int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, big)
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	client := clientAt(t, server.URL)
	for range 20 {
		_, err := client.SendText(t.Context(), outgoing())
		wantSendError(t, err, bot.OptedOut)
	}
	if n := opened.Load(); n > 2 {
		t.Errorf("%d connections for 20 errors in a row, want one", n)
	}
}

func TestEndlessErrorBodyIsCutOff(t *testing.T) {
	client := newClient(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadGateway)
		junk := []byte(strings.Repeat("x", 1<<15))
		for {
			if _, err := w.Write(junk); err != nil {
				return
			}
		}
	})
	_, err := client.SendText(t.Context(), outgoing())
	wantSendError(t, err, bot.Ambiguous)
}

func TestManySendsAtOnce(t *testing.T) {
	client := newClient(t, func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		_, _ = fmt.Fprintf(w, `{"sid":%q}`, r.PostForm.Get("Body"))
	})
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() {
			text := outgoing()
			text.Body = fmt.Sprint("SM", i)
			accepted, err := client.SendText(t.Context(), text)
			if err != nil || accepted.ProviderID != text.Body {
				t.Errorf("got %+v %v, want %s", accepted, err, text.Body)
			}
		})
	}
	all.Wait()
}

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

// book is a list at Twilio, newest first, served in pages.
type book struct {
	resource string // "messages" or "calls"
	rows     []map[string]any
	size     int
	queries  []url.Values
}

func (b *book) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	b.queries = append(b.queries, query)
	start := 0
	_, _ = fmt.Sscan(query.Get("Page"), &start)
	end := min((start+1)*b.size, len(b.rows))
	next := any(nil)
	if end < len(b.rows) {
		next = fmt.Sprintf("%s?To=%s&PageSize=100&Page=%d&PageToken=PA%d", r.URL.Path, url.QueryEscape(query.Get("To")), start+1, start+1)
	}
	_ = json.NewEncoder(w).Encode(map[string]any{b.resource: b.rows[start*b.size : end], "next_page_uri": next})
}

func mail(at time.Time) string { return at.UTC().Format(time.RFC1123Z) }

func TestTextsToFindsWhatStillWaits(t *testing.T) {
	since := time.Date(2026, 3, 1, 17, 30, 0, 600e6, time.UTC)
	b := &book{resource: "messages", size: 2, rows: []map[string]any{
		{"sid": "SM5", "direction": "outbound-api", "status": "queued", "date_created": mail(since.Add(time.Minute)), "date_sent": nil, "body": "waits", "to": "+1", "from": "+2", "num_segments": "1", "num_media": "0"},
		{"sid": "SM4", "direction": "inbound", "status": "received", "date_created": mail(since.Add(30 * time.Second)), "date_sent": mail(since.Add(30 * time.Second))},
		{"sid": "SM3", "direction": "outbound-api", "status": "failed", "error_code": 30003, "date_created": mail(since), "date_sent": mail(since.Add(2 * time.Second)), "body": "failed", "num_media": "2"},
		{"sid": "SM2", "direction": "outbound-api", "status": "sent", "date_created": mail(since.Add(-time.Second)), "date_sent": mail(since.Add(time.Minute))},
		{"sid": "SM1", "direction": "outbound-api", "date_created": mail(since.Add(-time.Hour))},
		{"sid": "SM0", "direction": "outbound-api", "date_created": mail(since.Add(-2 * time.Hour))},
		{"sid": "SM-", "direction": "outbound-api", "date_created": mail(since.Add(-3 * time.Hour))},
	}}
	client := newClient(t, b.ServeHTTP)
	texts, err := client.TextsTo(t.Context(), "+14155550123", since)
	if err != nil {
		t.Fatal(err)
	}
	want := []bot.SentText{
		{Accepted: bot.Accepted{ProviderID: "SM5", Status: "queued", Segments: 1}, From: "+2", To: "+1", Body: "waits", SentAt: since.Add(time.Minute).Truncate(time.Second)},
		{Accepted: bot.Accepted{ProviderID: "SM3", Status: "failed"}, Body: "failed", SentAt: since.Add(2 * time.Second).Truncate(time.Second), ErrorCode: 30003, Media: 2},
	}
	if !slices.Equal(texts, want) {
		t.Errorf("got  %+v\nwant %+v", texts, want)
	}
	if len(b.queries) != 3 {
		t.Errorf("read %d pages, want 3: the third lies wholly before", len(b.queries))
	}
	if first := b.queries[0]; first.Get("To") != "+14155550123" || first.Has("DateSent>") || first.Get("PageSize") != "100" {
		t.Errorf("asked for %v", first)
	}
	if last := b.queries[2]; last.Get("PageToken") != "PA2" || last.Get("Page") != "2" {
		t.Errorf("asked for %v", last)
	}
}

func TestTextsReceivedReadsEveryPageOldestFirst(t *testing.T) {
	since := time.Date(2026, 3, 1, 17, 30, 0, 0, time.FixedZone("EST", -5*3600))
	b := &book{resource: "messages", size: 3}
	for i := range 10 {
		at := mail(since.Add(time.Duration(10-i) * time.Minute))
		b.rows = append(b.rows, map[string]any{"sid": fmt.Sprintf("SM%02d", 10-i), "direction": "inbound", "date_created": at, "date_sent": at})
	}
	b.rows = append(b.rows, map[string]any{"sid": "SM00", "direction": "inbound", "date_created": mail(since.Add(-time.Minute)), "date_sent": mail(since.Add(-time.Minute))})
	client := newClient(t, b.ServeHTTP)
	texts, err := client.TextsReceived(t.Context(), "+15005550006", since)
	if err != nil {
		t.Fatal(err)
	}
	var sids []string
	for _, text := range texts {
		sids = append(sids, text.ProviderID)
		if !text.Inbound {
			t.Errorf("%s is not inbound", text.ProviderID)
		}
	}
	if want := []string{"SM01", "SM02", "SM03", "SM04", "SM05", "SM06", "SM07", "SM08", "SM09", "SM10"}; !slices.Equal(sids, want) {
		t.Errorf("got %v, want %v", sids, want)
	}
	if got := b.queries[0].Get("DateSent>"); got != "2026-03-01T00:00:00Z" {
		t.Errorf("asked for texts since %s, want the start of the day in UTC", got)
	}
}

func TestListThatNeverEndsIsAnError(t *testing.T) {
	client := newClient(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = fmt.Fprintf(w, `{"messages":[{"sid":"SM1","direction":"inbound","date_created":%q}],"next_page_uri":"%s?Page=1&PageToken=PA1"}`, mail(time.Now()), r.URL.Path)
	})
	if _, err := client.TextsReceived(t.Context(), "+15005550006", time.Now().Add(-time.Hour)); err == nil {
		t.Error("accepted")
	}
}

func TestListErrorsAreSorted(t *testing.T) {
	client := newClient(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"code":20003,"status":401,"message":"x"}`)
	})
	_, texts := client.TextsTo(t.Context(), "+14155550123", time.Now())
	_, calls := client.CallsTo(t.Context(), "+14155550123", time.Now())
	wantSendError(t, texts, bot.Operator)
	wantSendError(t, calls, bot.Operator)
}

func TestCallsTo(t *testing.T) {
	since := time.Date(2026, 3, 1, 17, 30, 0, 0, time.UTC)
	b := &book{resource: "calls", size: 50, rows: []map[string]any{
		{"sid": "CA3", "direction": "outbound-api", "status": "queued", "date_created": mail(since.Add(time.Minute)), "start_time": nil, "to": "+1"},
		{"sid": "CA2", "direction": "inbound", "status": "completed", "date_created": mail(since.Add(time.Minute))},
		{"sid": "CA1", "direction": "outbound-api", "status": "completed", "date_created": mail(since.Add(-time.Minute))},
	}}
	client := newClient(t, b.ServeHTTP)
	calls, err := client.CallsTo(t.Context(), "+1", since)
	if err != nil {
		t.Fatal(err)
	}
	want := []bot.PlacedCall{{Accepted: bot.Accepted{ProviderID: "CA3", Status: "queued"}, To: "+1", PlacedAt: since.Add(time.Minute)}}
	if !slices.Equal(calls, want) {
		t.Errorf("got %+v, want %+v", calls, want)
	}
}
