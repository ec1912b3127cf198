package slack_test

import (
	"context"
	"encoding/json"
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

// conversation answers history and replies in pages of two, newest first.
func conversation(f *fakeSlack, messages ...map[string]any) {
	page := func(method string) func(int, http.ResponseWriter) {
		return func(n int, w http.ResponseWriter) {
			from := min((n-1)*2, len(messages))
			to := min(from+2, len(messages))
			answer := map[string]any{"ok": true, "messages": messages[from:to], "has_more": to < len(messages)}
			if to < len(messages) {
				answer["response_metadata"] = map[string]any{"next_cursor": method + "-next"}
			}
			_ = json.NewEncoder(w).Encode(answer)
		}
	}
	f.answers["conversations.history"], f.answers["conversations.replies"] = page("history"), page("replies")
}

func named(ts, post string) map[string]any {
	return map[string]any{"ts": ts, "text": "x", "metadata": map[string]any{"event_type": "backstop_post", "event_payload": map[string]any{"post": post}}}
}

func TestFindReadsBackOurOwnPost(t *testing.T) {
	since := time.Date(2026, 11, 24, 2, 4, 0, 250_000_000, time.UTC)
	others := []map[string]any{
		{"ts": "5.0", "text": "chatter", "blocks": []any{map[string]any{"type": "block_of_a_later_year", "x": 1}}},
		named("4.0", "post-0"),
		{"ts": "3.0", "text": "x", "metadata": map[string]any{"event_type": "another_app", "event_payload": map[string]any{"post": "post-1"}}},
	}
	for _, c := range []struct{ name, method, thread string }{
		{"in the channel", "conversations.history", ""}, {"in a thread", "conversations.replies", "1.0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := emergency()
			p.Thread = c.thread
			f := newFakeSlack(t)
			conversation(f, append(slices.Clone(others), named("2.0", "post-1"))...)
			at, found, err := newClient(t, f).Find(t.Context(), p, since)
			if want := (bot.Posted{Channel: "C1", TS: "2.0"}); err != nil || !found || at != want {
				t.Fatalf("got %+v %v %v, want %+v", at, found, err, want)
			}
			calls := f.received(c.method)
			if len(calls) != 2 || calls[1].form.Get("cursor") == "" {
				t.Fatalf("asked %d times", len(calls))
			}
			form := calls[0].form
			if form.Get("include_all_metadata") != "1" || form.Get("oldest") != "1795485720.250000" || form.Get("channel") != "C1" || form.Get("ts") != c.thread {
				t.Errorf("asked for %v", form)
			}

			f = newFakeSlack(t)
			conversation(f, others...)
			if _, found, err := newClient(t, f).Find(t.Context(), p, since); found || err != nil {
				t.Errorf("got %v %v for a post that is not there", found, err)
			}
			f = newFakeSlack(t)
			f.says(c.method, `{"ok":false}`)
			if _, _, err := newClient(t, f).Find(t.Context(), p, since); err == nil {
				t.Error("no list was taken for an empty one")
			}
			f = newFakeSlack(t)
			f.says(c.method, `{"ok":false,"error":"not_in_channel"}`)
			_, _, err = newClient(t, f).Find(t.Context(), p, since)
			wantSendError(t, err, bot.Operator)
		})
	}
}

func TestFindGivesUpOnAFlood(t *testing.T) {
	f := newFakeSlack(t)
	f.says("conversations.history", `{"ok":true,"messages":[{"ts":"1.0","text":"x"}],"has_more":true,"response_metadata":{"next_cursor":"on"}}`)
	if _, found, err := newClient(t, f).Find(t.Context(), emergency(), time.Now()); err == nil || found {
		t.Errorf("got %v %v, want an error: it may still be there", found, err)
	}
}

func TestScopes(t *testing.T) {
	f := newFakeSlack(t)
	f.answers["auth.test"] = func(_ int, w http.ResponseWriter) {
		w.Header().Set("X-OAuth-Scopes", "chat:write,commands, channels:read,groups:read,channels:history,im:write,users:read")
		_, _ = io.WriteString(w, `{"ok":true,"team":"Clinic","team_id":"T1","user":"backstop","user_id":"U0BOT"}`)
	}
	who, err := newClient(t, f).Scopes(t.Context())
	if err != nil || who.TeamID != "T1" || who.UserID != "U0BOT" || len(who.Granted) != 7 {
		t.Errorf("got %+v %v", who, err)
	}
	if want := []string{"files:write", "groups:history"}; !slices.Equal(who.MissingScopes, want) {
		t.Errorf("missing %v, want %v", who.MissingScopes, want)
	}
	f.says("auth.test", `{"ok":false,"error":"invalid_auth"}`)
	_, err = newClient(t, f).Scopes(t.Context())
	wantSendError(t, err, bot.Operator)
	f.says("auth.test", `{"ok":false}`)
	_, err = newClient(t, f).Scopes(t.Context())
	wantSendError(t, err, bot.Ambiguous)
}

func TestCheckChannel(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"member", `{"ok":true,"channel":{"id":"C1","name":"pt","is_member":true}}`, ""},
		{"a direct message", `{"ok":true,"channel":{"id":"D1","is_im":true}}`, ""},
		{"not invited", `{"ok":true,"channel":{"id":"C1","name":"pt"}}`, "/invite @Backstop in #pt"},
		{"archived", `{"ok":true,"channel":{"id":"C1","is_member":true,"is_archived":true}}`, "archived"},
		{"private and not invited, or not there", `{"ok":false,"error":"channel_not_found"}`, "invite it"},
		{"no answer to speak of", `{"ok":false}`, "could not be read"},
	} {
		f := newFakeSlack(t)
		f.says("conversations.info", c.body)
		err := newClient(t, f).Check(t.Context(), "C1")
		if (err == nil) != (c.want == "") || (err != nil && !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}

func TestSettingsAreCheckedWhole(t *testing.T) {
	_, err := slack.New(slack.Config{BotToken: "xapp-1", SigningSecret: "", APIURL: "slack", Timeout: -1, Teams: []string{""}})
	if err == nil {
		t.Fatal("accepted")
	}
	for _, want := range []string{"SLACK_BOT_TOKEN must be", "SLACK_SIGNING_SECRET is missing", "SLACK_API_URL", "timeout", "team id"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing from:\n%v", want, err)
		}
	}
	for want, c := range map[string]slack.Config{
		"SLACK_BOT_TOKEN is missing":         {SigningSecret: "s"},
		"SLACK_BOT_TOKEN must be":            {SigningSecret: "s", BotToken: "xoxb-1\n"},
		"SLACK_SIGNING_SECRET may hold only": {SigningSecret: "s ", BotToken: "xoxb-1"},
	} {
		_, clientErr := slack.New(c)
		_, hooksErr := slack.NewWebhooks(c, nil, nil, slack.Doors{})
		for _, err := range []error{clientErr, hooksErr} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("got %v, want %q", err, want)
			}
		}
	}
}
