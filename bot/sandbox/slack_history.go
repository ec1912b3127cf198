package sandbox

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
)

// history lists a channel, newest first, without the replies in threads.
func (sl *Slack) history(a slackArgs) (map[string]any, error) {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	c, err := sl.reach(a.str("channel"))
	if err != nil {
		return nil, err
	}
	var found []*Message
	for _, m := range slices.Backward(c.messages) {
		if m.Ephemeral == "" && (m.ThreadTS == "" || m.ThreadTS == m.TS || m.Broadcast) {
			found = append(found, m)
		}
	}
	return sl.messagePage(a, c, found)
}

// replies lists a thread: the parent, then the replies, oldest first.
func (sl *Slack) replies(a slackArgs) (map[string]any, error) {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	c, err := sl.reach(a.str("channel"))
	if err != nil {
		return nil, err
	}
	ts := a.str("ts")
	if c.message(ts) == nil {
		return nil, fail("thread_not_found")
	}
	var found []*Message
	for _, m := range c.messages {
		if m.Ephemeral == "" && (m.TS == ts || m.ThreadTS == ts) {
			found = append(found, m)
		}
	}
	return sl.messagePage(a, c, found)
}

// messagePage applies bounds, limit and cursor; the cursor is an offset.
func (sl *Slack) messagePage(a slackArgs, c *channel, all []*Message) (map[string]any, error) {
	var found []*Message
	for _, m := range all {
		if within(a, m.TS) {
			found = append(found, m)
		}
	}
	limit, start := 100, 0
	if n, err := strconv.Atoi(a.str("limit")); err == nil && n > 0 {
		limit = min(n, 999)
	}
	if cursor := a.str("cursor"); cursor != "" {
		raw, err := base64.StdEncoding.DecodeString(cursor)
		n, err2 := strconv.Atoi(strings.TrimPrefix(string(raw), "next:"))
		if err != nil || err2 != nil || n < 0 {
			return nil, fail("invalid_cursor")
		}
		start = min(n, len(found))
	}
	end := min(start+limit, len(found))
	list := []any{}
	for _, m := range found[start:end] {
		list = append(list, sl.messageJSON(c, m, a.is("include_all_metadata")))
	}
	next := ""
	if end < len(found) {
		next = base64.StdEncoding.EncodeToString([]byte("next:" + strconv.Itoa(end)))
	}
	return map[string]any{"messages": list, "has_more": next != "", "pin_count": 0,
		"response_metadata": map[string]any{"next_cursor": next}}, nil
}

func within(a slackArgs, ts string) bool {
	at, inclusive := tsMicro(ts), a.is("inclusive")
	if oldest := a.str("oldest"); oldest != "" {
		if bound := tsMicro(oldest); at < bound || (at == bound && !inclusive) {
			return false
		}
	}
	if latest := a.str("latest"); latest != "" {
		if bound := tsMicro(latest); at > bound || (at == bound && !inclusive) {
			return false
		}
	}
	return true
}
