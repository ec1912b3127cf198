package slack_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"backstop/bot"
	"backstop/bot/slack"
	"backstop/flows"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func newClient(t *testing.T, f *fakeSlack, change ...func(*slack.Config)) *slack.Client {
	t.Helper()
	config := f.config()
	for _, apply := range change {
		apply(&config)
	}
	client, err := slack.New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return client
}

func emergency() bot.Post {
	return bot.Post{ID: "post-1", Channel: "C1", Card: &bot.Card{
		AlertID: "alert-42", Level: flows.P1, Patient: "J.D.", Headline: "Red flag: bladder, bowel or saddle area",
		Words: "can't feel <!channel> when I pee", Mention: true, State: "open",
		OpenedAt: time.Date(2026, 11, 24, 2, 4, 0, 0, time.UTC),
	}}
}

func wantSendError(t *testing.T, err error, verdict bot.Verdict) *bot.SendError {
	t.Helper()
	var sendErr *bot.SendError
	if !errors.As(err, &sendErr) {
		t.Fatalf("got %T %v, want a *bot.SendError", err, err)
	}
	if sendErr.Verdict != verdict || sendErr.Reason == "" {
		t.Errorf("verdict %s (%v), want %s", sendErr.Verdict, err, verdict)
	}
	for _, secret := range []string{"xoxb", "pee", "J.D."} {
		if strings.Contains(fmt.Sprintf("%v %v", err, sendErr.Err), secret) {
			t.Errorf("the error tells %q: %v (%v)", secret, err, sendErr.Err)
		}
	}
	return sendErr
}

func TestPostOnTheWire(t *testing.T) {
	f := newFakeSlack(t)
	client := newClient(t, f)
	p := emergency()
	p.Thread = "1690000000.000001"
	at, err := client.Post(t.Context(), p)
	if want := (bot.Posted{Channel: "C1", TS: "1700000000.000100"}); err != nil || at != want {
		t.Fatalf("got %+v %v, want %+v", at, err, want)
	}
	form := f.received("chat.postMessage")[0].form
	for field, want := range map[string]string{
		"token": "xoxb-1-2-abc", "channel": "C1", "thread_ts": "1690000000.000001", "parse": "none",
		"unfurl_links": "false", "unfurl_media": "false",
		"metadata": `{"event_type":"backstop_post","event_payload":{"post":"post-1"}}`,
		"text":     "Backstop alert, P1 Emergency, act now (open)",
	} {
		if got := form[field]; !slices.Equal(got, []string{want}) {
			t.Errorf("%s is %q, want %q", field, got, want)
		}
	}
	if blocks := form.Get("blocks"); !strings.Contains(blocks, "J.D.") || strings.Contains(form.Get("text"), "J.D.") {
		t.Errorf("blocks %s, text %s", blocks, form.Get("text"))
	}
}

func TestUpdateOnTheWire(t *testing.T) {
	f := newFakeSlack(t)
	client := newClient(t, f)
	p := emergency()
	p.Card.State, p.Card.AcknowledgedBy = "acknowledged", "U0SAM"
	if err := client.Update(t.Context(), p, bot.Posted{Channel: "C1", TS: "1700000000.000100"}); err != nil {
		t.Fatal(err)
	}
	form := f.received("chat.update")[0].form
	for field, want := range map[string]string{
		"channel": "C1", "ts": "1700000000.000100", "parse": "none",
		"metadata": `{"event_type":"backstop_post","event_payload":{"post":"post-1"}}`,
		"text":     "Backstop alert, P1 Emergency, act now (acknowledged)",
	} {
		if got := form[field]; !slices.Equal(got, []string{want}) {
			t.Errorf("%s is %q, want %q", field, got, want)
		}
	}
	if len(form.Get("text")) > 4000 || strings.Contains(form.Get("blocks"), "here") {
		t.Error("the update calls the channel again")
	}
}

func TestWhatAnAnswerMeans(t *testing.T) {
	refused := func(name string) string { return fmt.Sprintf(`{"ok":false,"error":%q}`, name) }
	for _, c := range []struct {
		name       string
		status     int
		retryAfter string
		body       string
		post       bot.Verdict
		update     bot.Verdict
		wait       time.Duration
	}{
		{name: "token revoked", body: refused("token_revoked"), post: bot.Operator, update: bot.Operator},
		{name: "scope missing", body: `{"ok":false,"error":"missing_scope","needed":"chat:write","provided":"commands"}`, post: bot.Operator, update: bot.Operator},
		{name: "channel gone", body: refused("channel_not_found"), post: bot.Operator, update: bot.Operator},
		{name: "slow down, in words", body: refused("ratelimited"), post: bot.Retry, update: bot.Retry},
		{name: "slow down", status: 429, retryAfter: "30", post: bot.Retry, update: bot.Retry, wait: 30 * time.Second},
		{name: "slow down, at once", status: 429, retryAfter: "0", post: bot.Retry, update: bot.Retry, wait: time.Second},
		{name: "slow down, beyond reason", status: 429, retryAfter: "999999", post: bot.Retry, update: bot.Retry, wait: time.Hour},
		{name: "slow down, does not say how long", status: 429, post: bot.Retry, update: bot.Retry},
		{name: "slow down, a fraction", status: 429, retryAfter: "1.5", post: bot.Retry, update: bot.Retry, wait: time.Second},
		{name: "internal error", body: refused("internal_error"), post: bot.Ambiguous, update: bot.Retry},
		{name: "message gone", body: refused("message_not_found"), post: bot.GiveUp, update: bot.GiveUp},
		{name: "a gateway's page", status: 502, body: "<html>", post: bot.Ambiguous, update: bot.Retry},
		{name: "not available", status: 503, body: "<html>", post: bot.Retry, update: bot.Retry},
		{name: "not Slack at all", status: 404, body: "<html>", post: bot.Operator, update: bot.Operator},
		{name: "a redirect", status: 302, post: bot.Operator, update: bot.Operator},
		{name: "a page where JSON should be", body: "<html>", post: bot.Ambiguous, update: bot.Retry},
		{name: "breaks off", body: `{"ok":true,"ts":"17`, post: bot.Ambiguous, update: bot.Retry},
		{name: "not ok, and no word why", body: `{"ok":false}`, post: bot.Ambiguous, update: bot.Retry},
		{name: "ok, and nothing else", body: `{"ok":true}`, post: bot.Ambiguous, update: bot.Retry},
		{name: "ok, and no time stamp", body: `{"ok":true,"channel":"C1"}`, post: bot.Ambiguous, update: bot.Retry},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFakeSlack(t)
			answer := func(_ int, w http.ResponseWriter) {
				if c.retryAfter != "" {
					w.Header().Set("Retry-After", c.retryAfter)
				}
				if c.status == http.StatusFound {
					w.Header().Set("Location", "/elsewhere")
				}
				if c.status != 0 {
					w.WriteHeader(c.status)
				}
				_, _ = io.WriteString(w, c.body)
			}
			f.answers["chat.postMessage"], f.answers["chat.update"] = answer, answer
			client := newClient(t, f)
			_, err := client.Post(t.Context(), emergency())
			if got := wantSendError(t, err, c.post); got.RetryAfter != c.wait {
				t.Errorf("wait %s, want %s", got.RetryAfter, c.wait)
			}
			wantSendError(t, client.Update(t.Context(), emergency(), bot.Posted{Channel: "C1", TS: "1.2"}), c.update)
			if n := len(f.received("chat.postMessage")); n != 1 {
				t.Errorf("posted %d times, want once", n)
			}
			if len(f.received("/elsewhere")) != 0 {
				t.Error("a redirect was followed")
			}
		})
	}
}

func TestRefusedFormIsShownOnceAsPlainText(t *testing.T) {
	for _, code := range []string{"invalid_blocks", "msg_blocks_too_long", "metadata_too_large", "an_error_of_a_later_year"} {
		t.Run(code, func(t *testing.T) {
			f := newFakeSlack(t)
			answer := func(n int, w http.ResponseWriter) {
				if n == 1 {
					_, _ = fmt.Fprintf(w, `{"ok":false,"error":%q,"response_metadata":{"messages":["[ERROR] no [json-pointer:/blocks/0]"]}}`, code)
					return
				}
				_, _ = io.WriteString(w, `{"ok":true,"channel":"C1","ts":"1700000000.000200"}`)
			}
			f.answers["chat.postMessage"], f.answers["chat.update"] = answer, answer
			var told []string
			client := newClient(t, f, func(c *slack.Config) {
				c.Degraded = func(postID, code string) { told = append(told, postID+" "+code) }
			})
			at, err := client.Post(t.Context(), emergency())
			if err != nil || at.TS != "1700000000.000200" {
				t.Fatalf("got %+v %v", at, err)
			}
			if err := client.Update(t.Context(), emergency(), bot.Posted{Channel: "C1", TS: "1.2"}); err != nil {
				t.Fatal(err)
			}
			if want := []string{"post-1 " + code, "post-1 " + code}; !slices.Equal(told, want) {
				t.Errorf("told %v, want %v", told, want)
			}
			post, update := f.received("chat.postMessage")[1].form, f.received("chat.update")[1].form
			text := post.Get("text")
			if !strings.HasPrefix(text, "<!here> ") || !strings.Contains(text, "J.D.") || !strings.Contains(text, "bladder") || strings.Contains(text, "pee") {
				t.Errorf("the plain text is %q", text)
			}
			if post.Has("blocks") || update.Get("blocks") != "[]" {
				t.Errorf("blocks %q and %q, want none", post["blocks"], update["blocks"])
			}
			if named := post.Get("metadata") != ""; named == strings.Contains(code, "metadata") {
				t.Errorf("metadata %q after %s", post.Get("metadata"), code)
			}
		})
	}
}

func TestFormRefusedTwiceIsGivenUp(t *testing.T) {
	f := newFakeSlack(t)
	f.says("chat.postMessage", `{"ok":false,"error":"invalid_blocks"}`)
	_, err := newClient(t, f).Post(t.Context(), emergency())
	wantSendError(t, err, bot.GiveUp)
	if n := len(f.received("chat.postMessage")); n != 2 {
		t.Errorf("posted %d times, want twice", n)
	}
}

func TestNoConnectionIsNotAmbiguous(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f := newFakeSlack(t)
	client := newClient(t, f, func(c *slack.Config) { c.APIURL = "http://" + listener.Addr().String() })
	_ = listener.Close()
	_, err = client.Post(t.Context(), emergency())
	wantSendError(t, err, bot.Retry)
}

func TestSilenceIsAmbiguous(t *testing.T) {
	release := make(chan struct{})
	f := newFakeSlack(t)
	t.Cleanup(func() { close(release) })
	wait := func(int, http.ResponseWriter) { <-release }
	f.answers["chat.postMessage"], f.answers["chat.update"] = wait, wait
	client := newClient(t, f, func(c *slack.Config) { c.Timeout = 50 * time.Millisecond })
	_, err := client.Post(t.Context(), emergency())
	wantSendError(t, err, bot.Ambiguous)
	wantSendError(t, client.Update(t.Context(), emergency(), bot.Posted{Channel: "C1", TS: "1.2"}), bot.Retry)

	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err = newClient(t, f).Post(ctx, emergency())
	wantSendError(t, err, bot.Ambiguous)
}
