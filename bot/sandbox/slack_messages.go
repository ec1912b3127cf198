package sandbox

import (
	"encoding/json"
	"slices"
)

// Message is a message in a channel.
type Message struct {
	Channel, TS string
	ThreadTS    string // the parent's; empty for a message of its own
	User        string
	BotID       string // set when the bot wrote it
	Text        string
	Blocks      json.RawMessage
	Metadata    json.RawMessage
	EditedTS    string // of the last update; empty when there was none
	Updates     int
	Broadcast   bool     // a reply also shown in the channel
	Ephemeral   string   // the only user who sees it; empty for everybody
	Files       []string // ids
	Reactions   []string
	inputs      map[string]map[string]any // what a user has chosen in it, by block and action
}

func (m *Message) copy() Message {
	c := *m
	c.Files, c.Reactions = slices.Clone(m.Files), slices.Clone(m.Reactions)
	c.inputs = nil
	return c
}

// Messages lists a channel, oldest first, replies in threads included and
// ephemeral messages not.
func (sl *Slack) Messages(channel string) []Message {
	return sl.messagesWhere(channel, func(m *Message) bool { return m.Ephemeral == "" })
}

// Thread lists a thread: the parent and its replies.
func (sl *Slack) Thread(channel, ts string) []Message {
	return sl.messagesWhere(channel, func(m *Message) bool {
		return m.Ephemeral == "" && (m.TS == ts || m.ThreadTS == ts)
	})
}

// Ephemerals lists what only this user sees in a channel.
func (sl *Slack) Ephemerals(channel, user string) []Message {
	return sl.messagesWhere(channel, func(m *Message) bool { return m.Ephemeral == user && user != "" })
}

// DirectMessages lists the conversation of the bot with a user.
func (sl *Slack) DirectMessages(user string) []Message {
	sl.mu.Lock()
	id := sl.im(user).ID
	sl.mu.Unlock()
	return sl.Messages(id)
}

// Message finds one message.
func (sl *Slack) Message(channel, ts string) (Message, bool) {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	if c := sl.find(channel); c != nil {
		if m := c.message(ts); m != nil {
			return m.copy(), true
		}
	}
	return Message{}, false
}

func (sl *Slack) messagesWhere(channel string, want func(*Message) bool) []Message {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	var out []Message
	if c := sl.find(channel); c != nil {
		for _, m := range c.messages {
			if want(m) {
				out = append(out, m.copy())
			}
		}
	}
	return out
}

// add stores a message and drops the oldest beyond the limit. It needs the lock.
func (sl *Slack) add(c *channel, m *Message) {
	m.Channel = c.ID
	if m.TS == "" {
		m.TS = sl.ts()
	}
	c.messages = append(c.messages, m)
	if limit := sl.s.opt.Keep; len(c.messages) > limit+limit/10+16 {
		c.messages = slices.Clone(c.messages[len(c.messages)-limit:])
	}
}

func (c *channel) remove(m *Message) {
	c.messages = slices.DeleteFunc(c.messages, func(o *Message) bool { return o == m })
}

// messageJSON is a message as the API shows it. It needs the lock.
func (sl *Slack) messageJSON(c *channel, m *Message, withMetadata bool) map[string]any {
	o, team := sl.s.opt, sl.teamOfChannel(c)
	out := map[string]any{"type": "message", "user": m.User, "text": m.Text, "ts": m.TS, "team": team}
	if m.BotID != "" {
		out["bot_id"], out["app_id"] = m.BotID, o.AppID
		out["bot_profile"] = map[string]any{"id": o.BotID, "app_id": o.AppID, "name": o.BotName, "team_id": team, "deleted": false}
	}
	if len(m.Blocks) > 0 {
		out["blocks"] = m.Blocks
	}
	if withMetadata && m.Metadata != nil {
		out["metadata"] = m.Metadata
	}
	if m.EditedTS != "" {
		out["edited"] = map[string]any{"user": m.User, "ts": m.EditedTS}
	}
	if len(m.Files) > 0 {
		var files []any
		for _, id := range m.Files {
			if f := sl.file(id); f != nil {
				files = append(files, sl.fileJSON(f))
			}
		}
		out["files"], out["upload"] = files, false
	}
	if m.ThreadTS != "" {
		out["thread_ts"] = m.ThreadTS
		if m.Broadcast {
			out["subtype"] = "thread_broadcast"
		}
	} else {
		sl.countReplies(c, m, out)
	}
	return out
}

func (sl *Slack) countReplies(c *channel, m *Message, out map[string]any) {
	if m == c.messages[len(c.messages)-1] {
		return // just posted
	}
	n, latest := 0, ""
	var users []string
	for _, r := range c.messages {
		if r.ThreadTS == m.TS && r.Ephemeral == "" {
			n, latest = n+1, r.TS
			if !slices.Contains(users, r.User) {
				users = append(users, r.User)
			}
		}
	}
	if n > 0 {
		out["thread_ts"], out["reply_count"], out["latest_reply"] = m.TS, n, latest
		out["reply_users"], out["reply_users_count"] = users, len(users)
	}
}
