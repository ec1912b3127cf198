package slack_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"backstop/bot"
	"backstop/bot/sandbox"
	"backstop/bot/slack"
)

const (
	channel = "C0CLINIC"
	michael = "U0MICHAEL"
	sam     = "U0SAM"
)

// workspace is a client and webhooks that talk with the stand-in Slack over HTTP.
type workspace struct {
	stand  *sandbox.Sandbox
	slack  *sandbox.Slack
	client *slack.Client
	desk   *desk
}

func newWorkspace(t *testing.T, options sandbox.Options, change ...func(*slack.Config)) *workspace {
	t.Helper()
	options.Seed = t.Name()
	stand := sandbox.New(options)
	t.Cleanup(stand.Close)
	base, err := stand.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	ours := httptest.NewServer(mux)
	t.Cleanup(ours.Close)
	stand.SetBotURL(ours.URL)
	o := stand.Options()
	config := slack.Config{BotToken: o.SlackBotToken, SigningSecret: o.SlackSigningSecret, APIURL: base + "/api", AppID: o.AppID, Teams: []string{o.Team.ID}}
	for _, apply := range change {
		apply(&config)
	}
	client, err := slack.New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	s := &workspace{stand: stand, slack: stand.Slack(), client: client, desk: &desk{}}
	hooks, err := slack.NewWebhooks(config, client, s.desk, slack.Doors{})
	if err != nil {
		t.Fatal(err)
	}
	hooks.Register(mux)
	return s
}

func TestEveryMessageIsTakenByTheStandIn(t *testing.T) {
	s := newWorkspace(t, sandbox.Options{}, func(c *slack.Config) {
		c.Degraded = func(postID, code string) { t.Errorf("%s was refused: %s", postID, code) }
	})
	parent, err := s.client.Post(t.Context(), bot.Post{ID: "parent", Channel: channel, Line: "x"})
	if err != nil {
		t.Fatal(err)
	}
	for name, p := range messages(t) {
		p.Channel = channel
		if p.Thread != "" {
			p.Thread = parent.TS
		}
		at, err := s.client.Post(t.Context(), p)
		if err != nil {
			t.Errorf("post %s: %v", name, err)
			continue
		}
		if err := s.client.Update(t.Context(), p, at); err != nil {
			t.Errorf("update %s: %v", name, err)
		}
		if m, _ := s.slack.Message(at.Channel, at.TS); m.Updates != 1 || m.ThreadTS != p.Thread {
			t.Errorf("%s stands as %+v", name, m)
		}
	}
}

func TestAlertIsTakenInPlace(t *testing.T) {
	s := newWorkspace(t, sandbox.Options{})
	p := messages(t)["p1_open"]
	p.Channel = channel
	at, err := s.client.Post(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	act := sandbox.Act{User: michael, Channel: channel, TS: at.TS, ActionID: bot.ActionAcknowledge}
	payload, err := s.slack.Payload(act)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the same press, twice
		if d := s.slack.Again(payload); !d.OK() || d.Body != "" {
			t.Fatalf("answered %+v", d)
		}
	}
	if n := len(s.desk.presses); n != 2 || s.desk.presses[0].Key != s.desk.presses[1].Key {
		t.Errorf("got %+v, want one key", s.desk.presses)
	}
	if d := s.slack.Press(sam, channel, at.TS, bot.ActionAcknowledge); !d.OK() || s.desk.presses[2].Key == s.desk.presses[0].Key {
		t.Errorf("another person's press is the same press: %+v", s.desk.presses)
	}
	press := s.desk.presses[0]
	if press.About != p.Card.AlertID || press.User != michael || press.Channel != channel || press.Team != s.stand.Options().Team.ID {
		t.Errorf("got %+v", press)
	}
	p.Card.State, p.Card.AcknowledgedBy, p.Card.AcknowledgedAt = "acknowledged", michael, p.Card.OpenedAt.Add(time.Minute)
	if err := s.client.Update(t.Context(), p, at); err != nil {
		t.Fatal(err)
	}
	m, _ := s.slack.Message(channel, at.TS)
	if blocks := string(m.Blocks); strings.Contains(blocks, `"acknowledge"`) || !strings.Contains(blocks, michael) {
		t.Errorf("the message shows %s", blocks)
	}
	if d := s.slack.Press(sam, channel, at.TS, bot.ActionAcknowledge); d.Err == nil {
		t.Error("the button can still be pressed")
	}
}

func TestPressThatIsNotSavedIsToldToWhoPressed(t *testing.T) {
	s := newWorkspace(t, sandbox.Options{})
	p := messages(t)["p2_open"]
	p.Channel = channel
	at, err := s.client.Post(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	s.desk.refuse = errors.New("database is down")
	if d := s.slack.Press(michael, channel, at.TS, bot.ActionResolve); !d.OK() {
		t.Fatalf("answered %+v", d)
	}
	told := func() bool {
		notes := s.slack.Ephemerals(channel, michael)
		return len(notes) == 1 && strings.Contains(notes[0].Text, "press again")
	}
	if err := s.stand.Wait(t.Context(), told); err != nil {
		t.Fatalf("%+v", s.slack.Ephemerals(channel, michael))
	}
	if n := s.slack.Requests("chat.postEphemeral"); n != 0 {
		t.Errorf("the address for answers was not taken: %d notes went to the channel", n)
	}
	if notes := s.slack.Ephemerals(channel, sam); len(notes) != 0 {
		t.Errorf("others were told: %+v", notes)
	}
}

func TestLostAnswerIsFoundAgain(t *testing.T) {
	for _, thread := range []bool{false, true} {
		s := newWorkspace(t, sandbox.Options{})
		p := messages(t)["p2_open"]
		p.Channel = channel
		if thread {
			parent, err := s.client.Post(t.Context(), bot.Post{ID: "parent", Channel: channel, Line: "x"})
			if err != nil {
				t.Fatal(err)
			}
			p.Thread = parent.TS
		}
		before := time.Now()
		if _, found, err := s.client.Find(t.Context(), p, before); found || err != nil {
			t.Fatalf("found before it was posted: %v %v", found, err)
		}
		s.slack.FailNext("chat.postMessage", 1, sandbox.CutAfter())
		_, err := s.client.Post(t.Context(), p)
		wantSendError(t, err, bot.Ambiguous)
		at, found, err := s.client.Find(t.Context(), p, before)
		if err != nil || !found {
			t.Fatalf("thread %v: got %v %v, want it found", thread, found, err)
		}
		if m, ok := s.slack.Message(at.Channel, at.TS); !ok || m.ThreadTS != p.Thread {
			t.Errorf("found %+v", m)
		}
	}
}

func TestRefusalsOfTheStandIn(t *testing.T) {
	for _, c := range []struct {
		fault sandbox.Fault
		want  bot.Verdict
	}{
		{sandbox.SlackError("token_revoked"), bot.Operator},
		{sandbox.SlackError("is_archived"), bot.Operator},
		{sandbox.SlackError("internal_error"), bot.Ambiguous},
		{sandbox.SlackError(""), bot.Ambiguous},
		{sandbox.RateLimited("3"), bot.Retry},
		{sandbox.RateLimited(""), bot.Retry},
		{sandbox.RateLimited("1.5"), bot.Retry},
		{sandbox.HTML(502), bot.Ambiguous},
		{sandbox.CutBefore(), bot.Ambiguous},
	} {
		s := newWorkspace(t, sandbox.Options{})
		s.slack.FailNext("chat.postMessage", 1, c.fault)
		_, err := s.client.Post(t.Context(), bot.Post{ID: "p", Channel: channel, Line: "x"})
		wantSendError(t, err, c.want)
	}
}

func TestRefusedBlocksStillReachTheChannel(t *testing.T) {
	s := newWorkspace(t, sandbox.Options{})
	p := messages(t)["p1_open"]
	p.Channel = channel
	s.slack.FailNext("chat.postMessage", 1, sandbox.SlackError("invalid_blocks"))
	at, err := s.client.Post(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if m, _ := s.slack.Message(channel, at.TS); len(m.Blocks) > 4 || !strings.Contains(m.Text, "Red flag") || !strings.Contains(m.Text, "<!here>") {
		t.Errorf("the channel shows %+v", m)
	}
	if _, found, err := s.client.Find(t.Context(), p, time.Now()); !found || err != nil {
		t.Errorf("not found again: %v", err)
	}
}

func TestCommandHomeAndChatter(t *testing.T) {
	s := newWorkspace(t, sandbox.Options{})
	if err := s.slack.VerifyEvents(); err != nil {
		t.Fatal(err)
	}
	if d := s.slack.Command(michael, channel, "/backstop", "help"); !d.OK() {
		t.Errorf("answered %+v", d)
	}
	if notes := s.slack.Ephemerals(channel, michael); len(notes) != 1 || !strings.Contains(notes[0].Text, "Acknowledge") {
		t.Errorf("the command showed %+v", notes)
	}
	if d := s.slack.OpenHome(michael); !d.OK() {
		t.Errorf("answered %+v", d)
	}
	published := func() bool { _, ok := s.slack.Home(michael); return ok }
	if err := s.stand.Wait(t.Context(), published); err != nil {
		t.Fatal(err)
	}
	at, err := s.client.Post(t.Context(), bot.Post{ID: "p", Channel: channel, Line: "x"})
	if err != nil {
		t.Fatal(err)
	}
	before := len(s.slack.Messages(channel))
	ts, d := s.slack.Say(michael, channel, at.TS, "I called them, all fine")
	if !d.OK() || ts == "" {
		t.Errorf("answered %+v", d)
	}
	if after := len(s.slack.Messages(channel)); after != before+1 || len(s.desk.presses) != 0 {
		t.Errorf("chatter had an effect: %d messages, then %d", before, after)
	}
}

func TestDoctorReadsTheStandIn(t *testing.T) {
	s := newWorkspace(t, sandbox.Options{
		Scopes:   []string{"chat:write", "commands"},
		Channels: []sandbox.Channel{{ID: channel, Name: "pt-alerts"}, {ID: "C0OTHER", Name: "other", NoBot: true}},
	})
	who, err := s.client.Scopes(t.Context(), "")
	if err != nil || who.TeamID != s.stand.Options().Team.ID || !slices.Contains(who.MissingScopes, "channels:history") {
		t.Errorf("got %+v %v", who, err)
	}
	if err := s.client.Check(t.Context(), "", channel); err != nil {
		t.Error(err)
	}
	if err := s.client.Check(t.Context(), "", "C0OTHER"); err == nil || !strings.Contains(err.Error(), "/invite") {
		t.Errorf("got %v, want what to do", err)
	}
	wantSendError(t, s.client.Check(t.Context(), "", "C0NONE"), bot.Operator)
}
