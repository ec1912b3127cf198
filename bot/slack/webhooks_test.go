package slack_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"backstop/bot"
	"backstop/bot/slack"

	api "github.com/slack-go/slack"
)

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

func TestCommandAnswersItsSenderAlone(t *testing.T) {
	body := url.Values{
		"command": {"/backstop"}, "text": {"who <@U2|sam>"}, "team_id": {"T1"}, "channel_id": {"C1"}, "user_id": {"U1"}, "trigger_id": {"1.2.3"},
	}.Encode()
	for _, c := range []struct {
		name, want, say string
		refuse          error
	}{
		{"an answer", "2 due &lt;!here&gt;", "2 due <!here>", nil},
		{"no answer", slack.Help(), "", nil},
		{"an error", "That did not work just now. Please try again.", "", errors.New("down")},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := newRoom(t, nil)
			m.desk.say, m.desk.refuse = c.say, c.refuse
			w := m.post("/slack/commands", body)
			var said api.Msg
			if err := json.Unmarshal(w.Body.Bytes(), &said); err != nil || w.Code != http.StatusOK {
				t.Fatalf("answered %d %q: %v", w.Code, w.Body, err)
			}
			if said.Text != c.want || said.ResponseType != "ephemeral" {
				t.Errorf("said %q (%s), want %q", said.Text, said.ResponseType, c.want)
			}
			if want := (bot.Command{Text: "who <@U2|sam>", Team: "T1", Channel: "C1", User: "U1"}); len(m.desk.typed) != 1 || m.desk.typed[0] != want {
				t.Errorf("got %+v, want %+v", m.desk.typed, want)
			}
		})
	}
}

func TestBodyBeyondTheLimitIsRefused(t *testing.T) {
	m := newRoom(t, nil)
	if w := m.post("/slack/events", strings.Repeat("x", 1<<20+1)); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("answered %d, want 413", w.Code)
	}
}
