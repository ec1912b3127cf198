package slack_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
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

	api "github.com/slack-go/slack"
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
	presses []bot.Press
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
	return bot.Pressed{Done: true, Say: d.say}, nil
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

func TestPressIsStoredAndAnsweredEmpty(t *testing.T) {
	m := newRoom(t, nil)
	w := m.post("/slack/interactions", m.press(nil))
	if w.Code != http.StatusOK || w.Body.Len() != 0 {
		t.Errorf("answered %d %q, want 200 and nothing", w.Code, w.Body)
	}
	want := bot.Press{
		Key: "1700000000.000100/acknowledge/1700000001.000200/U1", Action: "acknowledge", AlertID: "alert-42",
		Team: "T1", Channel: "C1", User: "U1", Name: "Lee",
	}
	if len(m.desk.presses) != 1 || fmt.Sprintf("%+v", m.desk.presses[0]) != fmt.Sprintf("%+v", want) {
		t.Errorf("got %+v\nwant %+v", m.desk.presses, want)
	}
	if calls := m.slack.received("/respond"); len(calls) != 0 {
		t.Errorf("something was whispered: %+v", calls)
	}
}

func TestWhatAPressSaysIsForWhoPressedAlone(t *testing.T) {
	for _, c := range []struct {
		name, want string
		prepare    func(*desk)
	}{
		{"already taken", "<@U0SAM> &lt;!here&gt; took it", func(d *desk) { d.say = "U0SAM <!here> took it" }},
		{"the database is down", "That could not be saved. Please press again.", func(d *desk) { d.refuse = errors.New("down") }},
		{"the database is slow", "That could not be saved. Please press again.", func(d *desk) { d.slow = true }},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := newRoom(t, nil)
			c.prepare(m.desk)
			m.slack.says("/respond", "ok")
			began := time.Now()
			if w := m.post("/slack/interactions", m.press(nil)); w.Code != http.StatusOK || w.Body.Len() != 0 {
				t.Errorf("answered %d %q, want 200 and nothing", w.Code, w.Body)
			}
			if took := time.Since(began); took > 2900*time.Millisecond {
				t.Errorf("took %s, Slack waits 3 s", took)
			}
			calls := m.slack.received("/respond")
			if len(calls) != 1 {
				t.Fatalf("whispered %d times, want once", len(calls))
			}
			var said struct {
				Text         string `json:"text"`
				ResponseType string `json:"response_type"`
				Replace      bool   `json:"replace_original"`
			}
			if err := json.Unmarshal([]byte(calls[0].body), &said); err != nil {
				t.Fatal(err)
			}
			if said.Text != c.want || said.ResponseType != "ephemeral" || said.Replace {
				t.Errorf("whispered %+v, want %q", said, c.want)
			}
		})
	}
}

func TestAnswersGoNowhereButToSlack(t *testing.T) {
	var leaked bool
	evil := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { leaked = true }))
	defer evil.Close()
	m := newRoom(t, nil)
	m.desk.say = "Sam took it"
	for _, address := range []string{evil.URL + "/respond", "http://hooks.slack.com/x", "https://hooks.slack.com.evil.example/x", "", "::"} {
		m.post("/slack/interactions", m.press(func(p map[string]any) { p["response_url"] = address }))
	}
	if leaked {
		t.Error("an answer went to a foreign host")
	}
	calls := m.slack.received("chat.postEphemeral")
	if strings.Contains(m.log.String(), "/respond") {
		t.Errorf("the log tells the address for answers: %s", m.log.String())
	}
	if len(calls) != 5 {
		t.Fatalf("%d notes in the channel, want 5", len(calls))
	}
	if form := calls[0].form; form.Get("user") != "U1" || form.Get("channel") != "C1" || form.Get("text") != "Sam took it" {
		t.Errorf("got %v", form)
	}
}

func TestForgedRequestsAreCountedAndNotStored(t *testing.T) {
	now := strconv.FormatInt(time.Now().Unix(), 10)
	old := strconv.FormatInt(time.Now().Add(-301*time.Second).Unix(), 10)
	ahead := strconv.FormatInt(time.Now().Add(310*time.Second).Unix(), 10)
	m := newRoom(t, nil)
	body := m.press(nil)
	for _, route := range []string{"/slack/interactions", "/slack/commands", "/slack/events"} {
		for _, c := range []struct{ name, body, timestamp, signature string }{
			{"unsigned", body, "", ""},
			{"another secret", body, now, sign("other", now, body)},
			{"an empty secret", body, now, sign("", now, body)},
			{"another body", body + "x", now, sign(secret, now, body)},
			{"another time", body, now, sign(secret, old, body)},
			{"older than five minutes", body, old, sign(secret, old, body)},
			{"from the future", body, ahead, sign(secret, ahead, body)},
			{"a time that is none", body, "soon", sign(secret, "soon", body)},
			{"not hex", body, now, "v0=zz"},
			{"another version", body, now, "v1=" + strings.TrimPrefix(sign(secret, now, body), "v0=")},
		} {
			t.Run(route+" "+c.name, func(t *testing.T) {
				m := newRoom(t, nil)
				if w := m.send(route, c.body, c.timestamp, c.signature); w.Code != http.StatusForbidden {
					t.Errorf("answered %d, want 403", w.Code)
				}
				if len(m.desk.presses) != 0 {
					t.Error("something was stored")
				}
				if !slices.Equal(m.forged, []string{route}) {
					t.Errorf("counted %v, want one", m.forged)
				}
				if strings.Contains(m.log.String(), "secret words") {
					t.Errorf("the log tells what was sent: %s", m.log.String())
				}
			})
		}
	}
}

// The vector of Slack's documentation proves the test's own rule.
func TestSignatureVector(t *testing.T) {
	body := "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
	want := "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
	if got := sign("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", body); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestAnotherAppOrWorkspaceIsRefused(t *testing.T) {
	strict := func(c *slack.Config, _ *slack.Doors) { c.AppID, c.Teams = "A1", []string{"T1"} }
	command := func(app, team string) string {
		return url.Values{"command": {"/backstop"}, "api_app_id": {app}, "team_id": {team}, "user_id": {"U1"}}.Encode()
	}
	event := func(app, team string) string {
		return fmt.Sprintf(`{"type":"event_callback","event_id":"E1","api_app_id":%q,"team_id":%q,"event":{"type":"message"}}`, app, team)
	}
	for _, c := range []struct {
		app, team string
		want      int
	}{{"A1", "T1", 200}, {"A2", "T1", 403}, {"A1", "T2", 403}, {"", "", 403}} {
		m := newRoom(t, strict)
		press := m.press(func(p map[string]any) {
			p["api_app_id"] = c.app
			p["team"] = map[string]any{"id": c.team}
		})
		for route, body := range map[string]string{
			"/slack/interactions": press, "/slack/commands": command(c.app, c.team), "/slack/events": event(c.app, c.team),
		} {
			if w := m.post(route, body); w.Code != c.want {
				t.Errorf("%s for app %q team %q answered %d, want %d", route, c.app, c.team, w.Code, c.want)
			}
		}
		if stored := len(m.desk.presses) == 1; stored != (c.want == 200) {
			t.Errorf("app %q team %q: stored %v", c.app, c.team, stored)
		}
	}
}

func TestOddInteractionsAreAnsweredAndIgnored(t *testing.T) {
	m := newRoom(t, nil)
	for name, body := range map[string]string{
		"no payload":        "a=b",
		"no JSON":           "payload=%7B",
		"a view submission": m.press(func(p map[string]any) { p["type"] = "view_submission" }),
		"no actions":        m.press(func(p map[string]any) { delete(p, "actions") }),
		"a type to come":    m.press(func(p map[string]any) { p["type"] = "gesture" }),
	} {
		if w := m.post("/slack/interactions", body); w.Code != http.StatusOK {
			t.Errorf("%s answered %d, want 200", name, w.Code)
		}
	}
	if len(m.desk.presses) != 0 {
		t.Errorf("stored %+v", m.desk.presses)
	}
}

func TestPressOfAnOrganisationWithoutTeam(t *testing.T) {
	m := newRoom(t, nil)
	m.post("/slack/interactions", m.press(func(p map[string]any) { p["team"] = nil }))
	if len(m.desk.presses) != 1 || m.desk.presses[0].Team != "T1" {
		t.Errorf("got %+v, want the user's team", m.desk.presses)
	}
}

func TestCommandAnswersItsSenderAlone(t *testing.T) {
	body := url.Values{
		"command": {"/backstop"}, "text": {"who <@U2|sam>"}, "team_id": {"T1"}, "channel_id": {"C1"}, "user_id": {"U1"}, "trigger_id": {"1.2.3"},
	}.Encode()
	var typed slack.Command
	answering := func(say string, err error) func(*slack.Config, *slack.Doors) {
		return func(_ *slack.Config, d *slack.Doors) {
			d.Command = func(_ context.Context, c slack.Command) (string, error) { typed = c; return say, err }
		}
	}
	for _, c := range []struct {
		name, want string
		change     func(*slack.Config, *slack.Doors)
	}{
		{"nobody behind the door", slack.Help, nil},
		{"an answer", "2 due &lt;!here&gt;", answering("2 due <!here>", nil)},
		{"no answer", slack.Help, answering("", nil)},
		{"an error", "That did not work just now. Please try again.", answering("", errors.New("down"))},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := newRoom(t, c.change)
			w := m.post("/slack/commands", body)
			var said api.Msg
			if err := json.Unmarshal(w.Body.Bytes(), &said); err != nil || w.Code != http.StatusOK {
				t.Fatalf("answered %d %q: %v", w.Code, w.Body, err)
			}
			if said.Text != c.want || said.ResponseType != "ephemeral" {
				t.Errorf("said %q (%s), want %q", said.Text, said.ResponseType, c.want)
			}
		})
	}
	if want := (slack.Command{Text: "who <@U2|sam>", Team: "T1", Channel: "C1", User: "U1", Trigger: "1.2.3"}); typed != want {
		t.Errorf("got %+v, want %+v", typed, want)
	}
}

func TestEvents(t *testing.T) {
	var lost []string
	seen := map[string]bool{}
	change := func(_ *slack.Config, d *slack.Doors) {
		d.Lost = func(_ context.Context, event, team string) { lost = append(lost, event+" "+team) }
		d.Seen = func(_ context.Context, key string) (bool, error) {
			if key == "slack event:down" {
				return false, errors.New("database is down")
			}
			before := seen[key]
			seen[key] = true
			return before, nil
		}
		d.OpenAlerts = func(context.Context, string, string) (int, error) { return 2, nil }
	}
	m := newRoom(t, change)
	event := func(id, inner string) string {
		return fmt.Sprintf(`{"type":"event_callback","team_id":"T1","api_app_id":"A1","event_id":%q,"event":%s}`, id, inner)
	}

	t.Run("the address is proved", func(t *testing.T) {
		w := m.post("/slack/events", `{"token":"x","challenge":"abc","type":"url_verification"}`)
		if w.Code != http.StatusOK || w.Body.String() != "abc" || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain") {
			t.Errorf("answered %d %q", w.Code, w.Body)
		}
	})
	t.Run("home is shown once for an event that comes twice", func(t *testing.T) {
		for range 2 {
			if w := m.post("/slack/events", event("Ev1", `{"type":"app_home_opened","user":"U1","tab":"home"}`)); w.Code != http.StatusOK {
				t.Errorf("answered %d", w.Code)
			}
		}
		calls := m.slack.received("views.publish")
		if len(calls) != 1 || !strings.Contains(calls[0].body, "2 open alerts.") || !strings.Contains(calls[0].body, `"user_id":"U1"`) {
			t.Errorf("published %+v", calls)
		}
	})
	t.Run("the operator hears that the app was taken away", func(t *testing.T) {
		m.post("/slack/events", event("Ev2", `{"type":"app_uninstalled"}`))
		m.post("/slack/events", event("Ev3", `{"type":"tokens_revoked","tokens":{"bot":["U9"]}}`))
		m.post("/slack/events", `{"type":"app_rate_limited","team_id":"T1","api_app_id":"A1","minute_rate_limited":1}`)
		if want := []string{"app_uninstalled T1", "tokens_revoked T1", "app_rate_limited T1"}; !slices.Equal(lost, want) {
			t.Errorf("got %v, want %v", lost, want)
		}
	})
	t.Run("an event that could not be stored comes again", func(t *testing.T) {
		if w := m.post("/slack/events", event("down", `{"type":"app_uninstalled"}`)); w.Code != http.StatusServiceUnavailable {
			t.Errorf("answered %d, want 503", w.Code)
		}
	})
	t.Run("the rest is answered and ignored", func(t *testing.T) {
		before := len(m.slack.calls)
		for name, body := range map[string]string{
			"chatter in a thread":  event("Ev4", `{"type":"message","channel":"C1","user":"U1","text":"called the patient","ts":"1.2","thread_ts":"1.1"}`),
			"our own message":      event("Ev5", `{"type":"message","subtype":"bot_message","bot_id":"B1","text":"x"}`),
			"another tab":          event("Ev6", `{"type":"app_home_opened","user":"U1","tab":"messages"}`),
			"a kind to come":       event("Ev7", `{"type":"mind_read","user":{"id":"U1"}}`),
			"no inner event":       event("Ev8", `null`),
			"no JSON":              `{`,
			"JSON of another make": `{"type":7}`,
		} {
			if w := m.post("/slack/events", body); w.Code != http.StatusOK || w.Body.Len() != 0 {
				t.Errorf("%s answered %d %q, want 200 and nothing", name, w.Code, w.Body)
			}
		}
		if len(m.slack.calls) != before || len(m.desk.presses) != 0 {
			t.Error("something was done about it")
		}
	})
}

func TestHomeWithoutACountShowsTheHelp(t *testing.T) {
	m := newRoom(t, nil)
	m.post("/slack/events", `{"type":"event_callback","event_id":"E","event":{"type":"app_home_opened","user":"U1","tab":"home"}}`)
	calls := m.slack.received("views.publish")
	if len(calls) != 1 || strings.Contains(calls[0].body, "open alert") || !strings.Contains(calls[0].body, "Acknowledge") {
		t.Errorf("published %+v", calls)
	}
}

func TestBodyBeyondTheLimitIsRefused(t *testing.T) {
	m := newRoom(t, nil)
	if w := m.post("/slack/events", strings.Repeat("x", 1<<20+1)); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("answered %d, want 413", w.Code)
	}
}
