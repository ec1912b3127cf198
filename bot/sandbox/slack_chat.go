package sandbox

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"
)

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
