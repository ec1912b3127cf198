package slack_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"backstop/bot"
	"backstop/bot/slack"
)

const secret = "test-signing-secret"

// call is one request the stand-in for Slack's API received.
type call struct {
	method string
	form   url.Values
	body   string
}

// fakeSlack answers each method with what a test prepared, or with ok.
type fakeSlack struct {
	*httptest.Server
	mu      sync.Mutex
	calls   []call
	answers map[string]func(n int, w http.ResponseWriter) // by method; n counts from 1
}

func newFakeSlack(t *testing.T) *fakeSlack {
	t.Helper()
	f := &fakeSlack{answers: map[string]func(int, http.ResponseWriter){}}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
}

func (f *fakeSlack) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	form, _ := url.ParseQuery(string(body))
	method := strings.TrimPrefix(r.URL.Path, "/api/")
	f.mu.Lock()
	f.calls = append(f.calls, call{method: method, form: form, body: string(body)})
	n := len(f.of(method))
	answer := f.answers[method]
	f.mu.Unlock()
	if answer == nil {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"ok":true,"channel":"C1","ts":"1700000000.000100"}`)
		return
	}
	answer(n, w)
}

func (f *fakeSlack) of(method string) []call {
	return slices.DeleteFunc(slices.Clone(f.calls), func(c call) bool { return c.method != method })
}

func (f *fakeSlack) received(method string) []call {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.of(method)
}

// says answers a method with one body, always.
func (f *fakeSlack) says(method, body string) {
	f.answers[method] = func(_ int, w http.ResponseWriter) { _, _ = io.WriteString(w, body) }
}

func (f *fakeSlack) config() slack.Config {
	return slack.Config{BotToken: "xoxb-1-2-abc", SigningSecret: secret, APIURL: f.URL + "/api"}
}

// desk keeps what was pressed, or refuses it.
type desk struct {
	mu      sync.Mutex
	refuse  error
	slow    bool
	say     string
	form    *bot.Form
	wrong   bot.FieldErrors
	home    *bot.Home
	presses []bot.Press
	sent    []bot.Submission
	typed   []bot.Command
}

func (d *desk) Submit(_ context.Context, s bot.Submission) (bot.Pressed, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.refuse != nil {
		return bot.Pressed{}, d.refuse
	}
	d.sent = append(d.sent, s)
	return bot.Pressed{Done: true, Say: d.say, Form: d.form, Wrong: d.wrong}, nil
}

func (d *desk) Command(_ context.Context, c bot.Command) (bot.Pressed, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.typed = append(d.typed, c)
	return bot.Pressed{Say: d.say, Form: d.form}, d.refuse
}

func (d *desk) HomeOf(context.Context, string, string, string) (*bot.Home, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.home, d.refuse
}

func (d *desk) Press(ctx context.Context, p bot.Press) (bot.Pressed, error) {
	if d.slow {
		<-ctx.Done()
		return bot.Pressed{}, ctx.Err()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.refuse != nil {
		return bot.Pressed{}, d.refuse
	}
	d.presses = append(d.presses, p)
	return bot.Pressed{Done: true, Say: d.say, Form: d.form}, nil
}

// room is a mux with the webhooks on it, between a desk and a stand-in Slack.
type room struct {
	mux    *http.ServeMux
	slack  *fakeSlack
	desk   *desk
	log    bytes.Buffer
	forged []string
}

func newRoom(t *testing.T, change func(*slack.Config, *slack.Doors)) *room {
	t.Helper()
	m := &room{mux: http.NewServeMux(), slack: newFakeSlack(t), desk: &desk{}}
	config := m.slack.config()
	config.Log = slog.New(slog.NewTextHandler(&m.log, nil))
	doors := slack.Doors{Forged: func(route string) { m.forged = append(m.forged, route) }}
	if change != nil {
		change(&config, &doors)
	}
	client, err := slack.New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	hooks, err := slack.NewWebhooks(config, client, m.desk, doors)
	if err != nil {
		t.Fatal(err)
	}
	hooks.Register(m.mux)
	return m
}

// sign computes a signature by the documented rule, apart from any library.
func sign(secret, timestamp, body string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + timestamp + ":" + body))
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

func (m *room) post(route, body string) *httptest.ResponseRecorder {
	now := strconv.FormatInt(time.Now().Unix(), 10)
	return m.send(route, body, now, sign(secret, now, body))
}

func (m *room) send(route, body, timestamp, signature string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, route, strings.NewReader(body))
	if !strings.HasPrefix(body, "{") {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if timestamp != "" {
		r.Header.Set("X-Slack-Request-Timestamp", timestamp)
		r.Header.Set("X-Slack-Signature", signature)
	}
	w := httptest.NewRecorder()
	m.mux.ServeHTTP(w, r)
	return w
}

// press is the body of an interaction: a button on an alert's message.
func (m *room) press(change func(map[string]any)) string {
	payload := map[string]any{
		"type": "block_actions", "api_app_id": "A1", "trigger_id": "1.2.3",
		"team":      map[string]any{"id": "T1", "domain": "clinic"},
		"user":      map[string]any{"id": "U1", "username": "pt.lee", "name": "Lee", "team_id": "T1"},
		"container": map[string]any{"type": "message", "message_ts": "1700000000.000100", "channel_id": "C1"},
		"channel":   map[string]any{"id": "C1"},
		"message": map[string]any{"ts": "1700000000.000100", "text": "secret words", "blocks": []any{
			map[string]any{"type": "block_of_a_later_year", "elements": 7},
		}},
		"response_url": m.slack.URL + "/respond",
		"actions": []any{map[string]any{
			"type": "button", "action_id": "acknowledge", "block_id": "alert", "value": "alert-42", "action_ts": "1700000001.000200",
		}},
	}
	if change != nil {
		change(payload)
	}
	encoded, err := json.Marshal(payload)
	if err != nil {
		panic(err)
	}
	return url.Values{"payload": {string(encoded)}}.Encode()
}
