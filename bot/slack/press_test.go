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
		Key: "1700000000.000100/acknowledge/1700000001.000200/U1", Action: "acknowledge", About: "alert-42",
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

// sentForm is the body of a dialog that was sent.
func (m *room) sentForm(change func(map[string]any)) string {
	return m.press(func(p map[string]any) {
		p["type"] = "view_submission"
		delete(p, "actions")
		delete(p, "container")
		p["view"] = map[string]any{
			"id": "V1", "type": "modal", "callback_id": "resolve", "private_metadata": "alert-42", "hash": "h1",
			"state": map[string]any{"values": map[string]any{
				"outcome": map[string]any{"outcome": map[string]any{"type": "static_select", "selected_option": map[string]any{"value": "seen"}}},
				"note":    map[string]any{"note": map[string]any{"type": "plain_text_input", "value": "Called at 10:15"}},
				"day":     map[string]any{"day": map[string]any{"type": "datepicker", "selected_date": "2026-11-24"}},
				"ended":   map[string]any{"ended": map[string]any{"type": "timepicker", "selected_time": "17:30"}},
				"pain":    map[string]any{"pain": map[string]any{"type": "number_input", "value": "2.5"}},
				"empty":   map[string]any{"empty": map[string]any{"type": "plain_text_input", "value": nil}},
			}},
		}
		if change != nil {
			change(p)
		}
	})
}

func TestASentFormIsStoredAndCloses(t *testing.T) {
	m := newRoom(t, nil)
	if w := m.post("/slack/interactions", m.sentForm(nil)); w.Code != http.StatusOK || w.Body.Len() != 0 {
		t.Errorf("answered %d %q, want 200 and nothing: that closes the dialog", w.Code, w.Body)
	}
	want := bot.Submission{Key: "V1/resolve", Form: "resolve", About: "alert-42", Team: "T1", User: "U1", Name: "Lee", Fields: map[string]string{
		"outcome": "seen", "note": "Called at 10:15", "day": "2026-11-24", "ended": "17:30", "pain": "2.5", "empty": ""}}
	if len(m.desk.sent) != 1 || fmt.Sprintf("%+v", m.desk.sent[0]) != fmt.Sprintf("%+v", want) {
		t.Errorf("got %+v\nwant %+v", m.desk.sent, want)
	}
}

func TestWrongFieldsAreSaidWhereTheyStand(t *testing.T) {
	m := newRoom(t, nil)
	m.desk.wrong = bot.FieldErrors{{Field: "note", Reason: "too short <!channel>"}, {Field: "elsewhere", Reason: "missing"}}
	w := m.post("/slack/interactions", m.sentForm(nil))
	var got struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
	}
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || got.Action != "errors" {
		t.Fatalf("answered %q: %v", w.Body, err)
	}
	if got.Errors["note"] != "too short ‹!channel›" || got.Errors["day"] != "elsewhere: missing" || len(got.Errors) != 2 {
		t.Errorf("errors %v", got.Errors)
	}
}

func TestAFormThatWasNotStoredSaysSo(t *testing.T) {
	m := newRoom(t, nil)
	m.desk.refuse = errors.New("down")
	if w := m.post("/slack/interactions", m.sentForm(nil)); !strings.Contains(w.Body.String(), `"update"`) || !strings.Contains(w.Body.String(), "could not be saved") {
		t.Errorf("answered %q", w.Body)
	}
}

func TestADialogThatComesTooLateIsAskedForAgain(t *testing.T) {
	m := newRoom(t, nil)
	m.desk.form = &bot.Form{Name: "resolve", Title: "Resolve", Submit: "Resolve", Fields: []bot.Field{{Name: "note", Label: "Note", Kind: bot.FieldLong}}}
	m.slack.says("views.open", `{"ok":false,"error":"expired_trigger_id"}`)
	m.slack.says("/respond", "ok")
	m.post("/slack/interactions", m.press(nil))
	if calls := m.slack.received("/respond"); len(calls) != 1 || !strings.Contains(calls[0].body, "press again") {
		t.Errorf("whispered %+v", calls)
	}
	if calls := m.slack.received("views.open"); len(calls) != 1 || !strings.Contains(calls[0].body, `"trigger_id":"1.2.3"`) {
		t.Errorf("opened %+v", calls)
	}
}

func TestAPressInADialogChangesThatDialog(t *testing.T) {
	m := newRoom(t, nil)
	m.desk.form = &bot.Form{Name: "text", Title: "Text"}
	m.post("/slack/interactions", m.press(func(p map[string]any) {
		p["container"] = map[string]any{"type": "view", "view_id": "V7"}
		p["view"] = map[string]any{"id": "V7", "type": "modal", "callback_id": "text", "private_metadata": "patient-1",
			"state": map[string]any{"values": map[string]any{"body": map[string]any{"body": map[string]any{"value": "hello"}}}}}
		p["actions"] = []any{map[string]any{"type": "plain_text_input", "action_id": "body", "block_id": "body", "value": "hello", "action_ts": "1.2"}}
	}))
	if len(m.desk.presses) != 1 || m.desk.presses[0].Action != "text.body" || m.desk.presses[0].About != "patient-1" || m.desk.presses[0].Fields["body"] != "hello" {
		t.Errorf("got %+v", m.desk.presses)
	}
	if calls := m.slack.received("views.update"); len(calls) != 1 || !strings.Contains(calls[0].body, `"view_id":"V7"`) {
		t.Errorf("changed %+v", calls)
	}
}

// Outside of channels there is nowhere to whisper: what is to be said stands in a
// dialog, and where that comes too late, on the home view.
func TestWhatIsSaidOutsideAChannelIsSeen(t *testing.T) {
	inHome := func(p map[string]any) {
		p["container"] = map[string]any{"type": "view", "view_id": "V1"}
		p["view"] = map[string]any{"id": "V1", "type": "home", "private_metadata": `{"clinic":"north"}`}
		delete(p, "channel")
		delete(p, "response_url")
	}
	t.Run("on the home view", func(t *testing.T) {
		m := newRoom(t, nil)
		m.desk.say = "Sam took it"
		m.post("/slack/interactions", m.press(inHome))
		if len(m.desk.presses) != 1 || m.desk.presses[0].Clinic != "north" {
			t.Errorf("got %+v", m.desk.presses)
		}
		if calls := m.slack.received("views.open"); len(calls) != 1 || !strings.Contains(calls[0].body, "Sam took it") {
			t.Errorf("opened %+v", calls)
		}
	})
	t.Run("on the home view, too late", func(t *testing.T) {
		m := newRoom(t, nil)
		m.desk.say = "Sam took it"
		m.slack.says("views.open", `{"ok":false,"error":"expired_trigger_id"}`)
		m.post("/slack/interactions", m.press(inHome))
		calls := m.slack.received("views.publish")
		if len(calls) == 0 || !strings.Contains(calls[len(calls)-1].body, "Sam took it") || !strings.Contains(calls[len(calls)-1].body, "press again") {
			t.Errorf("published %+v", calls)
		}
	})
	t.Run("in a dialog", func(t *testing.T) {
		m := newRoom(t, nil)
		m.desk.say = "Only a clinician can do that."
		m.post("/slack/interactions", m.press(func(p map[string]any) {
			inHome(p)
			p["view"] = map[string]any{"id": "V7", "type": "modal", "callback_id": "patient", "private_metadata": `{"clinic":"north","about":"p"}`}
			p["actions"] = []any{map[string]any{"type": "button", "action_id": "command:discharge p", "value": "discharge p", "action_ts": "1.2"}}
		}))
		if len(m.desk.presses) != 1 || m.desk.presses[0].Action != "command" || m.desk.presses[0].About != "discharge p" {
			t.Errorf("got %+v", m.desk.presses)
		}
		if calls := m.slack.received("views.update"); len(calls) != 1 || !strings.Contains(calls[0].body, "Only a clinician") || !strings.Contains(calls[0].body, `"view_id":"V7"`) {
			t.Errorf("changed %+v", calls)
		}
	})
}

// A view that an older version showed carries only what it is about.
func TestWhatAViewCarries(t *testing.T) {
	for carried, want := range map[string][2]string{
		`{"clinic":"north","about":"alert-42"}`: {"north", "alert-42"},
		"alert-42":                              {"", "alert-42"},
		"":                                      {"", ""},
		`{"clinic":7}`:                          {"", `{"clinic":7}`},
	} {
		m := newRoom(t, nil)
		m.post("/slack/interactions", m.sentForm(func(p map[string]any) { p["view"].(map[string]any)["private_metadata"] = carried }))
		if len(m.desk.sent) != 1 || m.desk.sent[0].Clinic != want[0] || m.desk.sent[0].About != want[1] {
			t.Errorf("%s was read as %+v", carried, m.desk.sent)
		}
	}
}
