package slack_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"backstop/bot"
	"backstop/bot/slack"
)

func TestEvents(t *testing.T) {
	var lost []string
	seen := map[string]bool{}
	change := func(_ *slack.Config, d *slack.Doors) {
		d.Lost = func(_ context.Context, event, team string, _ time.Time) { lost = append(lost, event+" "+team) }
		d.Seen = func(_ context.Context, key string) (bool, error) {
			if key == "slack event:down" {
				return false, errors.New("database is down")
			}
			before := seen[key]
			seen[key] = true
			return before, nil
		}
	}
	m := newRoom(t, change)
	m.desk.home = &bot.Home{Title: "Northside", Sections: []bot.HomeSection{{Title: "Needs you now (2)"}}}
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
		if len(calls) != 1 || !strings.Contains(calls[0].body, "Needs you now (2)") || !strings.Contains(calls[0].body, `"user_id":"U1"`) {
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

func TestAStrangersHomeShowsNoPatients(t *testing.T) {
	m := newRoom(t, nil)
	m.post("/slack/events", `{"type":"event_callback","event_id":"E","event":{"type":"app_home_opened","user":"U1","tab":"home"}}`)
	calls := m.slack.received("views.publish")
	if len(calls) != 1 || !strings.Contains(calls[0].body, "clinicians whom its clinic file names") {
		t.Errorf("published %+v", calls)
	}
}
