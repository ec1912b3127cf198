package sandbox

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
)

// Command types a slash command in a channel. The bot's answer appears there:
// only to the user unless it says in_channel.
func (sl *Slack) Command(user, channel, command, text string) Delivery {
	sl.mu.Lock()
	c := sl.find(channel)
	if c == nil {
		sl.mu.Unlock()
		return Delivery{Err: fmt.Errorf("sandbox: no channel %s", channel)}
	}
	u, _ := sl.user(user)
	o, t := sl.s.opt, sl.team(sl.teamOfUser(user))
	name := c.Name
	if c.user != "" {
		name = "directmessage"
	}
	address := sl.newResponseURL(channel, "", "", user)
	form := url.Values{
		"token": {"sandbox"}, "team_id": {t.ID}, "team_domain": {t.Domain},
		"channel_id": {channel}, "channel_name": {name}, "user_id": {user}, "user_name": {u.Handle},
		"command": {command}, "text": {text}, "api_app_id": {o.AppID}, "is_enterprise_install": {"false"},
		"response_url": {address}, "trigger_id": {sl.newTrigger(user)},
	}
	sl.mu.Unlock()
	d := sl.send("/slack/commands", formType, form.Encode(), nil)
	switch {
	case !d.OK():
		sl.notice(user, channel, command+" failed with the error \""+failedAs(d)+"\"")
	case strings.TrimSpace(d.Body) != "":
		sl.commandAnswer(user, channel, d)
	}
	sl.s.hub.changed()
	return d
}

// commandAnswer shows the answer to a command: JSON, or plain text.
func (sl *Slack) commandAnswer(user, channel string, d Delivery) {
	a := slackArgs{}
	if strings.HasPrefix(d.Header.Get("Content-Type"), jsonType) {
		if json.Unmarshal([]byte(d.Body), &a.body) != nil || len(a.body) == 0 {
			return
		}
	} else {
		a.body = map[string]json.RawMessage{"text": marshal(d.Body)}
	}
	sl.mu.Lock()
	err := sl.answerIn(&responseURL{channel: channel, user: user}, a)
	sl.mu.Unlock()
	if err != nil {
		sl.notice(user, channel, "The answer could not be shown: "+err.Error())
	}
}

// notice is a line of Slack's own to one user.
func (sl *Slack) notice(user, channel, words string) {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	if c := sl.find(channel); c != nil {
		sl.add(c, &Message{User: "USLACKBOT", Ephemeral: user, Text: words})
	}
}

func failedAs(d Delivery) string {
	switch {
	case d.Err != nil && strings.Contains(d.Err.Error(), "deadline"):
		return "operation_timeout"
	case d.Err != nil:
		return "dispatch_failed"
	}
	return fmt.Sprintf("dispatch_failed (HTTP %d)", d.Status)
}
