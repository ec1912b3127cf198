package slack_test

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"backstop/bot"
	"backstop/bot/slack"
)

func TestScopes(t *testing.T) {
	f := newFakeSlack(t)
	f.answers["auth.test"] = func(_ int, w http.ResponseWriter) {
		w.Header().Set("X-OAuth-Scopes", "chat:write,commands, channels:read,groups:read,channels:history,im:write,users:read")
		_, _ = io.WriteString(w, `{"ok":true,"team":"Clinic","team_id":"T1","user":"backstop","user_id":"U0BOT"}`)
	}
	who, err := newClient(t, f).Scopes(t.Context(), "")
	if err != nil || who.TeamID != "T1" || who.UserID != "U0BOT" || len(who.Granted) != 7 {
		t.Errorf("got %+v %v", who, err)
	}
	if want := []string{"files:write", "groups:history"}; !slices.Equal(who.MissingScopes, want) {
		t.Errorf("missing %v, want %v", who.MissingScopes, want)
	}
	f.says("auth.test", `{"ok":false,"error":"invalid_auth"}`)
	_, err = newClient(t, f).Scopes(t.Context(), "")
	wantSendError(t, err, bot.Operator)
	f.says("auth.test", `{"ok":false}`)
	_, err = newClient(t, f).Scopes(t.Context(), "")
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
		err := newClient(t, f).Check(t.Context(), "", "C1")
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
