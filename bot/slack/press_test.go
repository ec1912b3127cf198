package slack_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"backstop/bot"
)

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

func TestPressOfAnOrganizationWithoutTeam(t *testing.T) {
	m := newRoom(t, nil)
	m.post("/slack/interactions", m.press(func(p map[string]any) { p["team"] = nil }))
	if len(m.desk.presses) != 1 || m.desk.presses[0].Team != "T1" {
		t.Errorf("got %+v, want the user's team", m.desk.presses)
	}
}
