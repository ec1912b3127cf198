package sandbox_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"backstop/bot/sandbox"
)

const (
	room    = "C0CLINIC"
	michael = "U0MICHAEL"
	sam     = "U0SAM"
)

func alert() slack.MsgOption {
	return slack.MsgOptionBlocks(
		slack.NewHeaderBlock(slack.NewTextBlockObject("plain_text", "Pain 7 this evening", false, false)),
		slack.NewActionBlock("alert",
			slack.NewButtonBlockElement("acknowledge", "alert-42", slack.NewTextBlockObject("plain_text", "Acknowledge", false, false)).WithStyle("primary"),
			slack.NewButtonBlockElement("resolve", "alert-42", slack.NewTextBlockObject("plain_text", "Resolve", false, false))))
}

func TestPostUpdateAndReadBack(t *testing.T) {
	sb, _ := play(t, sandbox.Options{})
	api := slackClient(t, sb)
	ch, ts, err := api.PostMessage(room, slack.MsgOptionText("Alert", false), alert(),
		slack.MsgOptionMetadata(slack.SlackMetadata{EventType: "alert", EventPayload: map[string]any{"alert_id": "a1"}}))
	if err != nil || ch != room || ts == "" {
		t.Fatal(ch, ts, err)
	}
	if _, _, err := api.PostMessage(room, slack.MsgOptionText("news", false), slack.MsgOptionTS(ts)); err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := api.UpdateMessage(ch, ts, slack.MsgOptionText("Acknowledged", false)); err != nil {
		t.Fatal(err)
	}
	h, err := api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: room, IncludeAllMetadata: true})
	if err != nil || len(h.Messages) != 1 {
		t.Fatal(h, err)
	}
	m := h.Messages[0]
	equal(t, "text", m.Text, "Acknowledged")
	equal(t, "metadata", fmt.Sprint(m.Metadata.EventPayload["alert_id"]), "a1")
	equal(t, "blocks gone with the update", len(m.Blocks.BlockSet), 0)
	equal(t, "replies", m.ReplyCount, 1)
	r, _, _, err := api.GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: room, Timestamp: ts})
	if err != nil || len(r) != 2 || r[1].Text != "news" {
		t.Error(r, err)
	}
	h, _ = api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: room})
	equal(t, "no metadata unasked", h.Messages[0].Metadata.EventType, "")
}

func TestHistoryBoundsAndPages(t *testing.T) {
	sb, _ := play(t, sandbox.Options{})
	api := slackClient(t, sb)
	var stamps []string
	for i := range 5 {
		_, ts, err := api.PostMessage(room, slack.MsgOptionText(fmt.Sprint("m", i), false))
		if err != nil {
			t.Fatal(err)
		}
		stamps = append(stamps, ts)
	}
	page := func(p slack.GetConversationHistoryParameters) string {
		p.ChannelID = room
		var got []string
		for {
			h, err := api.GetConversationHistory(&p)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range h.Messages {
				got = append(got, m.Text)
			}
			if !h.HasMore {
				return strings.Join(got, " ")
			}
			p.Cursor = h.ResponseMetaData.NextCursor
		}
	}
	equal(t, "all in pages", page(slack.GetConversationHistoryParameters{Limit: 2}), "m4 m3 m2 m1 m0")
	equal(t, "oldest", page(slack.GetConversationHistoryParameters{Oldest: stamps[2]}), "m4 m3")
	equal(t, "inclusive", page(slack.GetConversationHistoryParameters{Oldest: stamps[3], Latest: stamps[4], Inclusive: true}), "m4 m3")
	equal(t, "latest", page(slack.GetConversationHistoryParameters{Latest: stamps[1]}), "m0")
}

func TestWhatChatRefuses(t *testing.T) {
	sb, _ := play(t, sandbox.Options{Channels: []sandbox.Channel{{ID: room, Name: "pt"}, {ID: "C1", Name: "other", NoBot: true},
		{ID: "C2", Name: "secret", Private: true, NoBot: true}}})
	api := slackClient(t, sb)
	try := func(channel string, o ...slack.MsgOption) string {
		_, _, err := api.PostMessage(channel, o...)
		if err == nil {
			return ""
		}
		return err.Error()
	}
	hi := slack.MsgOptionText("hi", false)
	equal(t, "not in it", try("C1", hi), "not_in_channel")
	equal(t, "private", try("C2", hi), "channel_not_found")
	equal(t, "none", try("C9", hi), "channel_not_found")
	equal(t, "nothing said", try(room), "no_text")
	equal(t, "no thread", try(room, hi, slack.MsgOptionTS("1.000001")), "thread_not_found")
	_, _, _, err := api.GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: room, Timestamp: "1.000001"})
	equal(t, "no such thread", fmt.Sprint(err), "thread_not_found")
	_, _, _, err = api.UpdateMessage(room, "1.000001", hi)
	equal(t, "no message", err.Error(), "message_not_found")
	_, ts, _ := api.PostMessage(room, hi)
	_, _, _, err = api.UpdateMessage(room, ts, slack.MsgOptionText(strings.Repeat("x", 4001), false))
	equal(t, "too long", err.Error(), "msg_too_long")
	_, _, err = api.PostMessage(room, slack.MsgOptionBlocks(slack.NewHeaderBlock(
		slack.NewTextBlockObject("plain_text", strings.Repeat("x", 151), false, false))))
	var e slack.SlackErrorResponse
	if !errors.As(err, &e) || e.Err != "invalid_blocks" || len(e.ResponseMetadata.Messages) != 1 {
		t.Errorf("%#v", err)
	}
	tr := &http.Transport{}
	defer tr.CloseIdleConnections()
	bad := slack.New("xoxb-other", slack.OptionAPIURL(sb.URL()+"/api/"), slack.OptionHTTPClient(&http.Client{Transport: tr}))
	if _, err := bad.AuthTest(); err == nil || err.Error() != "invalid_auth" {
		t.Error(err)
	}
}

func TestOrderedFaultsOfSlack(t *testing.T) {
	sb, _ := play(t, sandbox.Options{})
	sl := sb.Slack()
	tr := &http.Transport{}
	defer tr.CloseIdleConnections()
	api := slack.New(sb.Options().SlackBotToken, slack.OptionAPIURL(sb.URL()+"/api/"),
		slack.OptionHTTPClient(&http.Client{Timeout: 300 * time.Millisecond, Transport: tr}))
	post := func() error {
		_, _, err := api.PostMessage(room, slack.MsgOptionText("hi", false))
		return err
	}
	sl.FailNext("chat.postMessage", 1, sandbox.RateLimited("7"))
	var limited *slack.RateLimitedError
	if err := post(); !errors.As(err, &limited) || limited.RetryAfter != 7*time.Second {
		t.Errorf("%#v", err)
	}
	sl.FailNext("chat.postMessage", 1, sandbox.HTML(503))
	var status slack.StatusCodeError
	if err := post(); !errors.As(err, &status) || status.Code != 503 {
		t.Errorf("%#v", err)
	}
	sl.FailAlways("", sandbox.SlackError("token_revoked"))
	if err := post(); err == nil || err.Error() != "token_revoked" {
		t.Error(err)
	}
	sl.ClearFaults()
	sl.FailIn(room, sandbox.SlackError("is_archived"))
	if err := post(); err == nil || err.Error() != "is_archived" {
		t.Error(err)
	}
	sl.ClearFaults()
	for _, f := range []sandbox.Fault{sandbox.TimeoutAfter(), sandbox.CutAfter()} {
		before := len(sl.Messages(room))
		sl.FailNext("chat.postMessage", 1, f)
		if err := post(); err == nil {
			t.Error("no error")
		}
		equal(t, "posted all the same", len(sl.Messages(room))-before, 1)
	}
	sl.FailNext("chat.postMessage", 1, sandbox.SlackError(""))
	if err := post(); err != nil {
		t.Error("an empty error is no error to the library:", err)
	}
}

func TestAPressedButtonReachesTheBotAsSlackSendsIt(t *testing.T) {
	sb, b := play(t, sandbox.Options{})
	api, sl := slackClient(t, sb), sb.Slack()
	_, ts, err := api.PostMessage(room, alert())
	if err != nil {
		t.Fatal(err)
	}
	if d := sl.Press(michael, room, ts, "acknowledge"); !d.OK() {
		t.Fatalf("%+v", d)
	}
	var p slack.InteractionCallback
	if err := json.Unmarshal([]byte(b.got("/slack/interactions")[0].Get("payload")), &p); err != nil {
		t.Fatal(err)
	}
	equal(t, "type", p.Type, slack.InteractionTypeBlockActions)
	equal(t, "user", p.User.ID, michael)
	equal(t, "team", p.Team.ID, sb.Options().Team.ID)
	equal(t, "app", p.APIAppID, sb.Options().AppID)
	equal(t, "container", p.Container.MessageTs, ts)
	equal(t, "message", p.Message.Timestamp, ts)
	a := p.ActionCallback.BlockActions[0]
	equal(t, "action", a.ActionID+" "+a.BlockID+" "+a.Value+" "+string(a.Type), "acknowledge alert alert-42 button")
	if a.ActionTs == "" || p.TriggerID == "" || p.ResponseURL == "" {
		t.Errorf("%+v", p)
	}
	err = slack.PostWebhookCustomHTTPContext(t.Context(), p.ResponseURL, b.server.Client(), &slack.WebhookMessage{Text: "taken"})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "only for the one who pressed", sl.Ephemerals(room, michael)[0].Text, "taken")
	equal(t, "not for others", len(sl.Ephemerals(room, sam)), 0)
	if d := sl.Press(michael, room, ts, "nothing"); d.Err == nil {
		t.Error("pressed what is not there")
	}
	for range 4 {
		_ = slack.PostWebhookCustomHTTPContext(t.Context(), p.ResponseURL, b.server.Client(), &slack.WebhookMessage{Text: "x", ReplaceOriginal: true})
	}
	if err := slack.PostWebhookCustomHTTPContext(t.Context(), p.ResponseURL, b.server.Client(), &slack.WebhookMessage{Text: "x"}); err == nil {
		t.Error("a sixth use")
	}
	m, _ := sl.Message(room, ts)
	equal(t, "replaced", m.Text, "x")
}

func modal(blocks ...slack.Block) slack.ModalViewRequest {
	plain := func(s string) *slack.TextBlockObject { return slack.NewTextBlockObject("plain_text", s, false, false) }
	return slack.ModalViewRequest{Type: "modal", Title: plain("Resolve"), Submit: plain("Save"), Close: plain("Cancel"),
		CallbackID: "resolve", PrivateMetadata: "a1", NotifyOnClose: true, Blocks: slack.Blocks{BlockSet: blocks}}
}

func noteField() *slack.InputBlock {
	plain := func(s string) *slack.TextBlockObject { return slack.NewTextBlockObject("plain_text", s, false, false) }
	return slack.NewInputBlock("note_block", plain("Note"), nil, slack.NewPlainTextInputBlockElement(nil, "note"))
}

func outcomeField() *slack.InputBlock {
	plain := func(s string) *slack.TextBlockObject { return slack.NewTextBlockObject("plain_text", s, false, false) }
	return slack.NewInputBlock("outcome_block", plain("Outcome"), nil, slack.NewOptionsSelectBlockElement("static_select", nil, "outcome",
		slack.NewOptionBlockObject("settled", plain("Settled"), nil), slack.NewOptionBlockObject("referred", plain("Referred"), nil)))
}

func TestAModalIsOpenedFilledRefusedAndAccepted(t *testing.T) {
	sb, b := play(t, sandbox.Options{})
	api, sl := slackClient(t, sb), sb.Slack()
	_, ts, _ := api.PostMessage(room, alert())
	answer := ""
	b.on("/slack/interactions", func(w http.ResponseWriter, r *http.Request) {
		var p slack.InteractionCallback
		_ = json.Unmarshal([]byte(r.Form.Get("payload")), &p)
		switch p.Type {
		case slack.InteractionTypeBlockActions:
			if _, err := api.OpenView(p.TriggerID, modal(noteField(), outcomeField())); err != nil {
				t.Error(err)
			}
			if _, err := api.OpenView(p.TriggerID, modal(noteField())); err == nil || err.Error() != "exchanged_trigger_id" {
				t.Error("second use:", err)
			}
		case slack.InteractionTypeViewSubmission:
			equal(t, "note", p.View.State.Values["note_block"]["note"].Value, "Called at 10:15")
			equal(t, "outcome", p.View.State.Values["outcome_block"]["outcome"].SelectedOption.Value, "referred")
			equal(t, "private", p.View.PrivateMetadata, "a1")
			if answer != "" {
				w.Header().Set("Content-Type", "application/json")
				_, _ = w.Write([]byte(answer))
			}
		}
	})
	if d := sl.Press(michael, room, ts, "resolve"); !d.OK() {
		t.Fatal(d)
	}
	if _, open := sl.Modal(michael); !open {
		t.Fatal("no modal")
	}
	if d := sl.SubmitModal(michael, map[string]any{"note": "", "outcome": "referred"}); !errors.Is(d.Err, sandbox.ErrIncomplete) {
		t.Error("sent an empty form:", d.Err)
	}
	answer = `{"response_action":"errors","errors":{"note_block":"Please write more"}}`
	full := map[string]any{"note": "Called at 10:15", "outcome_block": "referred"}
	sl.SubmitModal(michael, full)
	v, _ := sl.Modal(michael)
	equal(t, "refused", v.Errors["note_block"], "Please write more")
	answer = `{"response_action":"push","view":{"type":"modal","title":{"type":"plain_text","text":"Sure?"},"blocks":[{"type":"divider"}]}}`
	sl.SubmitModal(michael, full)
	top, _ := sl.Modal(michael)
	equal(t, "pushed", top.Previous, v.ID)
	if d := sl.CloseModal(michael); d.Err != nil || d.Attempts != 0 {
		t.Error("told of a closing it did not ask for", d)
	}
	answer = ""
	sl.SubmitModal(michael, full)
	_, open := sl.Modal(michael)
	equal(t, "closed", open, false)
	sl.Press(michael, room, ts, "resolve")
	if d := sl.CloseModal(michael); !d.OK() {
		t.Error(d)
	}
	all := b.got("/slack/interactions")
	if !strings.Contains(all[len(all)-1].Get("payload"), `"view_closed"`) {
		t.Error(all[len(all)-1])
	}
}

func TestAViewIsUpdatedUnlessItChangedMeanwhile(t *testing.T) {
	sb, b := play(t, sandbox.Options{})
	api, sl := slackClient(t, sb), sb.Slack()
	sl.Command(michael, room, "/backstop", "enroll")
	v, err := api.OpenView(b.got("/slack/commands")[0].Get("trigger_id"), modal(noteField()))
	if err != nil {
		t.Fatal(err)
	}
	next := modal(noteField(), outcomeField())
	if _, err := api.UpdateView(next, "", "stale", v.ID); err == nil || err.Error() != "hash_conflict" {
		t.Error(err)
	}
	if _, err := api.UpdateView(next, "", v.Hash, v.ID); err != nil {
		t.Error(err)
	}
	if _, err := api.UpdateView(next, "", "", "V0"); err == nil || err.Error() != "not_found" {
		t.Error(err)
	}
	if d := sl.SubmitModal(michael, map[string]any{"note": "x", "outcome": "settled"}); !d.OK() {
		t.Error(d)
	}
}

func TestATriggerIsGoodForThreeSeconds(t *testing.T) {
	sb, b := play(t, sandbox.Options{})
	api := slackClient(t, sb)
	d := sb.Slack().Command(michael, room, "/backstop", "enroll")
	if !d.OK() {
		t.Fatal(d)
	}
	id := b.got("/slack/commands")[0].Get("trigger_id")
	sb.Slack().ExpireTriggers()
	if _, err := api.OpenView(id, modal(noteField())); err == nil || err.Error() != "expired_trigger_id" {
		t.Error(err)
	}
	if _, err := api.OpenView("1.2.3", modal(noteField())); err == nil || err.Error() != "invalid_trigger_id" {
		t.Error(err)
	}
}

func TestACommandHasEveryFieldAndItsAnswerIsShown(t *testing.T) {
	sb, b := play(t, sandbox.Options{})
	b.on("/slack/commands", func(w http.ResponseWriter, r *http.Request) {
		if r.Form.Get("text") == "all" {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(`{"response_type":"in_channel","text":"for all"}`))
			return
		}
		_, _ = w.Write([]byte("for you"))
	})
	sl := sb.Slack()
	sl.Command(michael, room, "/backstop", "help")
	sl.Command(michael, room, "/backstop", "all")
	form := b.got("/slack/commands")[0]
	for _, k := range []string{"token", "team_id", "team_domain", "channel_id", "channel_name", "user_id", "user_name", "command",
		"text", "response_url", "trigger_id", "api_app_id", "is_enterprise_install"} {
		if form.Get(k) == "" {
			t.Error("no", k)
		}
	}
	equal(t, "ephemeral", sl.Ephemerals(room, michael)[0].Text, "for you")
	equal(t, "in channel", sl.Messages(room)[0].Text, "for all")
}

func TestEventsAreSignedRetriedAndParsed(t *testing.T) {
	sb, b := play(t, sandbox.Options{EventRetries: []time.Duration{0, time.Millisecond}})
	sl := sb.Slack()
	b.on("/slack/events", func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(b.raw("/slack/events")[len(b.raw("/slack/events"))-1], "url_verification") {
			var v struct{ Challenge string }
			_ = json.Unmarshal([]byte(b.raw("/slack/events")[len(b.raw("/slack/events"))-1]), &v)
			_, _ = w.Write([]byte(v.Challenge))
		}
	})
	if err := sl.VerifyEvents(); err != nil {
		t.Error(err)
	}
	_, ts, _ := slackClient(t, sb).PostMessage(room, slack.MsgOptionText("alert", false))
	at, d := sl.Say(michael, room, ts, "called <her> & all is well")
	if !d.OK() {
		t.Fatal(d)
	}
	e, err := slackevents.ParseEvent([]byte(b.raw("/slack/events")[1]), slackevents.OptionNoVerifyToken())
	if err != nil {
		t.Fatal(err)
	}
	m := e.InnerEvent.Data.(*slackevents.MessageEvent)
	equal(t, "text", m.Text, "called &lt;her&gt; &amp; all is well")
	equal(t, "thread", m.ThreadTimeStamp, ts)
	equal(t, "who", m.User, michael)
	sl.Edit(room, at, "called her")
	sl.Remove(room, at)
	sl.OpenHome(michael)
	all := strings.Join(b.raw("/slack/events"), "\n")
	for _, want := range []string{"message_changed", "message_deleted", "app_home_opened"} {
		if !strings.Contains(all, want) {
			t.Error("no", want)
		}
	}
	before := len(b.raw("/slack/events"))
	fails := 2
	b.on("/slack/events", func(w http.ResponseWriter, _ *http.Request) {
		if fails--; fails >= 0 {
			w.WriteHeader(500)
		}
	})
	sl.Say(sam, room, "", "hello")
	await(t, sb, "retried", func() bool { return len(b.raw("/slack/events")) == before+3 })
	h := b.header("/slack/events")[before+1]
	equal(t, "retry", h.Get("X-Slack-Retry-Num")+" "+h.Get("X-Slack-Retry-Reason"), "1 http_error")
	last := sl.Events()[len(sl.Events())-1]
	if d := sl.Resend(last.ID, 1, "http_timeout"); !d.OK() {
		t.Error(d)
	}
}

func TestHomeIsPublishedAndItsButtonsWork(t *testing.T) {
	sb, b := play(t, sandbox.Options{})
	api, sl := slackClient(t, sb), sb.Slack()
	view := slack.HomeTabViewRequest{Type: "home", Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewActionBlock("x",
		slack.NewButtonBlockElement("enroll", "1", slack.NewTextBlockObject("plain_text", "Enroll", false, false)))}}}
	res, err := api.PublishView(michael, view, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err = api.PublishView(michael, view, "old"); err == nil || err.Error() != "hash_conflict" {
		t.Error(err)
	}
	home, _ := sl.Home(michael)
	equal(t, "id", home.ID, res.View.ID)
	if d := sl.PressIn(michael, home.ID, "enroll"); !d.OK() {
		t.Fatal(d)
	}
	var p slack.InteractionCallback
	_ = json.Unmarshal([]byte(b.got("/slack/interactions")[0].Get("payload")), &p)
	equal(t, "container", p.Container.ViewID, home.ID)
}

func TestAFileIsUploadedSharedAndUsedInABlock(t *testing.T) {
	sb, _ := play(t, sandbox.Options{})
	api := slackClient(t, sb)
	png := append([]byte("\x89PNG\r\n\x1a\n"), bytes.Repeat([]byte{0}, 100)...)
	f, err := api.UploadFile(slack.UploadFileParameters{Filename: "trend.png", FileSize: len(png), Reader: bytes.NewReader(png),
		AltTxt: "the last weeks", Channel: room})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "shared", sb.Slack().Messages(room)[0].Files[0], f.ID)
	equal(t, "alt", sb.Slack().Files()[0].AltText, "the last weeks")
	info, _, _, err := api.GetFileInfo(f.ID, 0, 0)
	if err != nil || info.Mimetype != "image/png" {
		t.Error(info, err)
	}
	var out bytes.Buffer
	if err := api.GetFile(info.URLPrivate, &out); err != nil || !bytes.Equal(out.Bytes(), png) {
		t.Error(err)
	}
	image := slack.NewImageBlockSlackFile(&slack.SlackFileObject{ID: f.ID}, "trend", "", nil)
	if _, _, err := api.PostMessage(room, slack.MsgOptionBlocks(image)); err != nil {
		t.Error(err)
	}
	image = slack.NewImageBlockSlackFile(&slack.SlackFileObject{ID: "F0"}, "trend", "", nil)
	if _, _, err := api.PostMessage(room, slack.MsgOptionBlocks(image)); err == nil || err.Error() != "invalid_blocks" {
		t.Error(err)
	}
	_, err = api.UploadFile(slack.UploadFileParameters{Filename: "x.png", FileSize: 3, Reader: bytes.NewReader(png), Channel: room})
	if err == nil || !strings.Contains(err.Error(), "missing_file_data") {
		t.Error("wrong length:", err)
	}
}

func TestWhoIsWho(t *testing.T) {
	sb, _ := play(t, sandbox.Options{})
	api := slackClient(t, sb)
	a, err := api.AuthTest()
	if err != nil || a.TeamID != "T0SANDBOX" || a.BotID != "B0BACKSTOP" || !strings.Contains(a.Header.Get("X-OAuth-Scopes"), "chat:write") {
		t.Error(a, err)
	}
	u, err := api.GetUserInfo(michael)
	if err != nil || u.RealName != "Dr. Michael Reyes" || u.TZ == "" {
		t.Error(u, err)
	}
	c, err := api.GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: room})
	if err != nil || c.Name != "pt-alerts" || !c.IsMember {
		t.Error(c, err)
	}
	if _, _, err := api.GetConversations(&slack.GetConversationsParameters{}); err != nil {
		t.Error(err)
	}
	members, _, err := api.GetUsersInConversation(&slack.GetUsersInConversationParameters{ChannelID: room})
	if err != nil || len(members) != 3 {
		t.Error(members, err)
	}
	im, _, _, err := api.OpenConversation(&slack.OpenConversationParameters{Users: []string{sam}})
	if err != nil || im.ID != "D0SAM" {
		t.Error(im, err)
	}
	ch, _, err := api.PostMessage(sam, slack.MsgOptionText("psst", false))
	if err != nil || ch != "D0SAM" {
		t.Error(ch, err)
	}
	team, err := api.GetTeamInfo()
	if err != nil || team.Name != "Harbor Physical Therapy" {
		t.Error(team, err)
	}
	if _, err := api.PostEphemeral(room, michael, slack.MsgOptionText("only you", false)); err != nil {
		t.Error(err)
	}
	_, ts, _ := api.PostMessage(room, slack.MsgOptionText("x", false))
	if err := api.AddReaction("eyes", slack.NewRefToMessage(room, ts)); err != nil {
		t.Error(err)
	}
	if _, err := api.GetPermalink(&slack.PermalinkParameters{Channel: room, Ts: ts}); err != nil {
		t.Error(err)
	}
	if _, _, err := api.DeleteMessage(room, ts); err != nil {
		t.Error(err)
	}
	tr := &http.Transport{}
	defer tr.CloseIdleConnections()
	o := sb.Options()
	for want, app := range map[string][2]string{"invalid_client_id": {"id", o.ClientSecret}, "bad_client_secret": {o.ClientID, "no"}, "invalid_code": {o.ClientID, o.ClientSecret}} {
		_, err := slack.GetOAuthV2Response(&http.Client{Transport: tr}, app[0], app[1], "code", "https://x/", slack.OAuthOptionAPIURL(sb.URL()+"/api/"))
		if err == nil || err.Error() != want {
			t.Error(want, err)
		}
	}
	_ = url.Values{}
}
