package sandbox

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"
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

// postMessage is chat.postMessage.
func (sl *Slack) postMessage(a slackArgs) (map[string]any, error) {
	if a.str("channel") == "" {
		return nil, fail("channel_not_found")
	}
	sl.mu.Lock()
	defer sl.mu.Unlock()
	c, err := sl.reach(a.str("channel"))
	if err != nil {
		return nil, err
	}
	m := &Message{User: sl.s.opt.BotUserID, BotID: sl.s.opt.BotID}
	if err := sl.fill(m, a); err != nil {
		return nil, err
	}
	if m.ThreadTS, err = c.thread(a.str("thread_ts")); err != nil {
		return nil, err
	}
	m.Broadcast = m.ThreadTS != "" && a.is("reply_broadcast")
	sl.add(c, m)
	if sl.s.opt.EchoPosts {
		sl.echo(c, m)
	}
	if posted := sl.s.opt.Posted; posted != nil {
		post := m.copy()
		sl.s.background(func(context.Context) { posted(post) })
	}
	return map[string]any{"channel": c.ID, "ts": m.TS, "message": sl.messageJSON(c, m, true)}, nil
}

// thread checks the parent of a reply.
func (c *channel) thread(ts string) (string, error) {
	if ts == "" {
		return "", nil
	}
	parent := c.message(ts)
	switch {
	case parent == nil:
		return "", fail("thread_not_found")
	case parent.ThreadTS != "" && parent.ThreadTS != parent.TS:
		return "", fail("cannot_reply_to_message")
	}
	return ts, nil
}

// fill takes text, blocks and metadata, and refuses what Slack refuses.
func (sl *Slack) fill(m *Message, a slackArgs) error {
	text := a.str("text")
	if markdown := a.str("markdown_text"); markdown != "" {
		if text != "" || a.has("blocks") {
			return fail("markdown_text_conflict")
		}
		text = markdown
	}
	blocks := a.json("blocks")
	if string(blocks) == "[]" {
		blocks = nil
	}
	if text == "" && len(blocks) == 0 && a.json("attachments") == nil {
		return fail("no_text")
	}
	if utf8.RuneCountInString(text) > 40_000 {
		text = string([]rune(text)[:40_000])
	}
	if len(blocks) > 0 {
		ready, err := sl.readBlocks(blocks, ValidateBlocks)
		if err != nil {
			return err
		}
		blocks = ready
	}
	meta, err := metadata(a)
	if err != nil {
		return err
	}
	m.Text, m.Blocks = text, blocks
	if a.has("metadata") {
		m.Metadata = meta
	}
	return nil
}

// metadata is {"event_type":...,"event_payload":{...}}; {} removes it.
func metadata(a slackArgs) (json.RawMessage, error) {
	raw := a.json("metadata")
	if raw == nil {
		return nil, nil
	}
	var meta struct {
		EventType    string         `json:"event_type"`
		EventPayload map[string]any `json:"event_payload"`
	}
	if err := json.Unmarshal(raw, &meta); err != nil {
		return nil, fail("invalid_metadata_format")
	}
	if strings.TrimSpace(string(raw)) == "{}" {
		return nil, nil
	}
	if meta.EventType == "" || meta.EventPayload == nil {
		return nil, fail("invalid_metadata_schema")
	}
	if len(raw) > 16<<10 {
		return nil, fail("metadata_too_large")
	}
	return raw, nil
}

// updateMessage is chat.update: it replaces text and blocks.
func (sl *Slack) updateMessage(a slackArgs) (map[string]any, error) {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	id := a.str("channel")
	if strings.HasPrefix(id, "U") {
		return nil, fail("channel_not_found")
	}
	c, err := sl.reach(id)
	if err != nil {
		return nil, err
	}
	m := c.message(a.str("ts"))
	switch {
	case m == nil || m.Ephemeral != "":
		return nil, fail("message_not_found")
	case m.BotID == "":
		return nil, fail("cant_update_message")
	case utf8.RuneCountInString(a.str("text")) > 4000:
		return nil, fail("msg_too_long")
	}
	next := *m
	if err := sl.fill(&next, a); err != nil {
		return nil, err
	}
	next.Updates++
	next.EditedTS = sl.ts()
	*m = next
	return map[string]any{"channel": c.ID, "ts": m.TS, "text": m.Text, "message": sl.messageJSON(c, m, true)}, nil
}

func (sl *Slack) deleteMessage(a slackArgs) (map[string]any, error) {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	c, err := sl.reach(a.str("channel"))
	if err != nil {
		return nil, err
	}
	m := c.message(a.str("ts"))
	switch {
	case m == nil || m.Ephemeral != "":
		return nil, fail("message_not_found")
	case m.BotID == "":
		return nil, fail("cant_delete_message")
	}
	c.remove(m)
	return map[string]any{"channel": c.ID, "ts": m.TS}, nil
}

func (c *channel) remove(m *Message) {
	c.messages = slices.DeleteFunc(c.messages, func(o *Message) bool { return o == m })
}

func (sl *Slack) postEphemeral(a slackArgs) (map[string]any, error) {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	c, err := sl.reach(a.str("channel"))
	if err != nil {
		return nil, err
	}
	user := a.str("user")
	if !sl.isUser(user) {
		return nil, fail("user_not_in_channel")
	}
	m := &Message{User: sl.s.opt.BotUserID, BotID: sl.s.opt.BotID, Ephemeral: user, ThreadTS: a.str("thread_ts")}
	if err := sl.fill(m, a); err != nil {
		return nil, err
	}
	sl.add(c, m)
	return map[string]any{"message_ts": m.TS}, nil
}

func (sl *Slack) permalink(a slackArgs) (map[string]any, error) {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	c, err := sl.reach(a.str("channel"))
	if err != nil {
		return nil, err
	}
	ts := a.str("message_ts")
	if c.message(ts) == nil {
		return nil, fail("message_not_found")
	}
	return map[string]any{"channel": c.ID,
		"permalink": "https://" + sl.s.opt.Team.Domain + ".slack.com/archives/" + c.ID + "/p" + strings.ReplaceAll(ts, ".", "")}, nil
}

func (sl *Slack) addReaction(a slackArgs) (map[string]any, error) {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	c, err := sl.reach(a.str("channel"))
	if err != nil {
		return nil, err
	}
	m, name := c.message(a.str("timestamp")), a.str("name")
	switch {
	case m == nil:
		return nil, fail("message_not_found")
	case name == "":
		return nil, fail("invalid_name")
	case slices.Contains(m.Reactions, name):
		return nil, fail("already_reacted")
	}
	m.Reactions = append(m.Reactions, name)
	return nil, nil
}

// messageJSON is a message as the API shows it. It needs the lock.
func (sl *Slack) messageJSON(c *channel, m *Message, withMetadata bool) map[string]any {
	o := sl.s.opt
	out := map[string]any{"type": "message", "user": m.User, "text": m.Text, "ts": m.TS, "team": o.Team.ID}
	if m.BotID != "" {
		out["bot_id"], out["app_id"] = m.BotID, o.AppID
		out["bot_profile"] = map[string]any{"id": o.BotID, "app_id": o.AppID, "name": o.BotName, "team_id": o.Team.ID, "deleted": false}
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
