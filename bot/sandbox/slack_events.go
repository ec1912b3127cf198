package sandbox

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Event is an event the bot was told of.
type Event struct {
	ID         string
	Type       string
	Body       []byte // the whole JSON, for Resend
	Deliveries []Delivery
}

// Say writes plain words as a user: into a channel, or into a thread when
// threadTS is given. The bot is told when it is in the channel.
func (sl *Slack) Say(user, channel, threadTS, words string) (ts string, d Delivery) {
	sl.mu.Lock()
	c := sl.find(channel)
	if c == nil {
		sl.mu.Unlock()
		return "", Delivery{Err: fmt.Errorf("sandbox: no channel %s", channel)}
	}
	m := &Message{User: user, Text: escapeSlack(words), ThreadTS: threadTS}
	sl.add(c, m)
	event := map[string]any{"type": "message", "channel": c.ID, "channel_type": c.kind(), "user": user, "text": m.Text,
		"ts": m.TS, "event_ts": m.TS, "client_msg_id": sl.s.ids.uuid(), "team": sl.teamOfChannel(c)}
	if threadTS != "" {
		event["thread_ts"] = threadTS
		if parent := c.message(threadTS); parent != nil {
			event["parent_user_id"] = parent.User
		}
	}
	away, team := c.NoBot, sl.teamOfChannel(c)
	sl.mu.Unlock()
	sl.s.hub.changed()
	if away {
		return m.TS, Delivery{}
	}
	return m.TS, sl.tellFrom(team, event)
}

// Edit changes what a user wrote; Slack tells the bot of it as message_changed.
func (sl *Slack) Edit(channel, ts, words string) Delivery {
	sl.mu.Lock()
	c := sl.find(channel)
	if c == nil || c.message(ts) == nil {
		sl.mu.Unlock()
		return Delivery{Err: fmt.Errorf("sandbox: no message %s in %s", ts, channel)}
	}
	m := c.message(ts)
	before := sl.messageJSON(c, m, false)
	m.Text, m.EditedTS = escapeSlack(words), sl.ts()
	event := map[string]any{"type": "message", "subtype": "message_changed", "hidden": true, "channel": c.ID,
		"channel_type": c.kind(), "ts": m.EditedTS, "event_ts": m.EditedTS,
		"message": sl.messageJSON(c, m, false), "previous_message": before}
	sl.mu.Unlock()
	sl.s.hub.changed()
	return sl.Tell(event)
}

// Remove deletes what a user wrote; Slack tells the bot of it as
// message_deleted.
func (sl *Slack) Remove(channel, ts string) Delivery {
	sl.mu.Lock()
	c := sl.find(channel)
	if c == nil || c.message(ts) == nil {
		sl.mu.Unlock()
		return Delivery{Err: fmt.Errorf("sandbox: no message %s in %s", ts, channel)}
	}
	m := c.message(ts)
	at := sl.ts()
	event := map[string]any{"type": "message", "subtype": "message_deleted", "hidden": true, "channel": c.ID,
		"channel_type": c.kind(), "ts": at, "event_ts": at, "deleted_ts": m.TS, "previous_message": sl.messageJSON(c, m, false)}
	c.remove(m)
	sl.mu.Unlock()
	sl.s.hub.changed()
	return sl.Tell(event)
}

// OpenHome opens the bot's home tab as a user.
func (sl *Slack) OpenHome(user string) Delivery {
	sl.mu.Lock()
	event := map[string]any{"type": "app_home_opened", "user": user, "channel": sl.im(user).ID, "tab": "home", "event_ts": sl.ts()}
	if v, ok := sl.views[sl.homes[user]]; ok {
		event["view"] = sl.viewJSON(v)
	}
	sl.mu.Unlock()
	return sl.tellFrom(sl.teamOfUser(user), event)
}

// VerifyEvents does what Slack does when the events address is entered: it
// sends a challenge that must come back.
func (sl *Slack) VerifyEvents() error {
	challenge := sl.s.ids.digest()
	d := sl.send("/slack/events", jsonType, string(marshal(map[string]any{
		"token": "sandbox", "challenge": challenge, "type": "url_verification"})), nil)
	if !d.OK() {
		return fmt.Errorf("sandbox: events address %s answered %d: %w", d.URL, d.Status, d.Err)
	}
	if strings.TrimSpace(d.Body) != challenge && d.jsonBody()["challenge"] != challenge {
		return fmt.Errorf("sandbox: events address %s did not return the challenge", d.URL)
	}
	return nil
}

// Tell sends any event of the workspace. When the first try fails, the retries
// follow in the background, after the waits of Options.EventRetries.
func (sl *Slack) Tell(event map[string]any) Delivery {
	return sl.tellFrom(sl.s.opt.Team.ID, event)
}

// tellFrom sends an event of one of the workspaces.
func (sl *Slack) tellFrom(team string, event map[string]any) Delivery {
	o := sl.s.opt
	kind, _ := event["type"].(string)
	e := Event{ID: sl.s.ids.slack("Ev"), Type: kind}
	e.Body = marshal(map[string]any{
		"token": "sandbox", "team_id": team, "api_app_id": o.AppID, "type": "event_callback", "event": event,
		"event_id": e.ID, "event_time": sl.s.now().Unix(),
		"authorizations": []any{map[string]any{"enterprise_id": nil, "team_id": team, "user_id": o.BotUserID,
			"is_bot": true, "is_enterprise_install": false}},
	})
	sl.mu.Lock()
	sl.events = append(sl.events, e)
	if len(sl.events) > 1000 {
		sl.events = slices.Clone(sl.events[len(sl.events)-500:])
	}
	sl.mu.Unlock()
	d := sl.tell(e.ID, e.Body, 0, "")
	if !d.OK() && d.Header.Get("X-Slack-No-Retry") != "1" {
		sl.s.background(func(ctx context.Context) { sl.retry(ctx, e, d) })
	}
	return d
}

// Resend sends an event once more as its retry num for a reason such as
// http_timeout. Num 0 sends it without the headers of a retry.
func (sl *Slack) Resend(eventID string, num int, reason string) Delivery {
	for _, e := range sl.Events() {
		if e.ID == eventID {
			return sl.tell(e.ID, e.Body, num, reason)
		}
	}
	return Delivery{Err: fmt.Errorf("sandbox: no event %s", eventID)}
}

// Events lists the events told so far, oldest first; the newest 500 at least.
func (sl *Slack) Events() []Event {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	out := slices.Clone(sl.events)
	for i := range out {
		out[i].Deliveries = slices.Clone(out[i].Deliveries)
	}
	return out
}

func (sl *Slack) retry(ctx context.Context, e Event, last Delivery) {
	for i, wait := range sl.s.opt.EventRetries {
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return
		}
		last = sl.tell(e.ID, e.Body, i+1, retryReason(last))
		if last.OK() || last.Header.Get("X-Slack-No-Retry") == "1" {
			return
		}
	}
}

func (sl *Slack) tell(id string, body []byte, num int, reason string) Delivery {
	extra := http.Header{}
	if num > 0 {
		extra["X-Slack-Retry-Num"] = []string{strconv.Itoa(num)}
		extra["X-Slack-Retry-Reason"] = []string{reason}
	}
	d := sl.send("/slack/events", jsonType, string(body), extra)
	sl.mu.Lock()
	for i := range sl.events {
		if sl.events[i].ID == id {
			sl.events[i].Deliveries = lastOf(sl.events[i].Deliveries, d)
		}
	}
	sl.mu.Unlock()
	sl.s.hub.changed()
	return d
}

func retryReason(d Delivery) string {
	switch {
	case d.Err != nil && neverConnected(d.Err):
		return "connection_failed"
	case d.Err != nil:
		return "http_timeout"
	}
	return "http_error"
}

// echo tells the bot of its own message. It needs the lock, and tells later.
func (sl *Slack) echo(c *channel, m *Message) {
	event := sl.messageJSON(c, m, true)
	event["channel"], event["channel_type"], event["event_ts"] = c.ID, c.kind(), m.TS
	team := sl.teamOfChannel(c)
	sl.s.background(func(context.Context) { sl.tellFrom(team, event) })
}

// escapeSlack is what Slack does to the words somebody types.
func escapeSlack(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}
