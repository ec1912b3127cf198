package sandbox

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

func formatTS(micro int64) string {
	return fmt.Sprintf("%d.%06d", micro/1_000_000, micro%1_000_000)
}

// tsTime reads a message timestamp as a time.
func tsTime(ts string) time.Time {
	return time.UnixMicro(tsMicro(ts)).UTC()
}

// tsMicro also reads the plain seconds that callers may give as a bound.
func tsMicro(ts string) int64 {
	whole, fraction, _ := strings.Cut(ts, ".")
	seconds, _ := strconv.ParseInt(whole, 10, 64)
	fraction = (fraction + "000000")[:6]
	micro, _ := strconv.ParseInt(fraction, 10, 64)
	return seconds*1_000_000 + micro
}

// reach finds a channel the bot may use. A user's id means the conversation
// with that user. It needs the lock.
func (sl *Slack) reach(id string) (*channel, error) {
	if strings.HasPrefix(id, "U") && sl.isUser(id) {
		return sl.im(id), nil
	}
	for _, c := range sl.channels {
		if c.ID != id {
			continue
		}
		if c.NoBot && c.Private {
			return nil, fail("channel_not_found")
		}
		if c.NoBot {
			return nil, fail("not_in_channel")
		}
		return c, nil
	}
	return nil, fail("channel_not_found")
}

// find is reach without the bot's rights. It needs the lock.
func (sl *Slack) find(id string) *channel {
	for _, c := range sl.channels {
		if c.ID == id {
			return c
		}
	}
	return nil
}

// im finds or makes the direct conversation with a user. It needs the lock.
func (sl *Slack) im(user string) *channel {
	for _, c := range sl.channels {
		if c.user == user {
			return c
		}
	}
	c := &channel{Channel: Channel{ID: "D" + user[1:], Name: user}, user: user}
	sl.channels = append(sl.channels, c)
	return c
}

func (c *channel) message(ts string) *Message {
	i, ok := slices.BinarySearchFunc(c.messages, tsMicro(ts), func(m *Message, at int64) int {
		return int(tsMicro(m.TS) - at)
	})
	if !ok {
		return nil
	}
	return c.messages[i]
}

func (c *channel) kind() string {
	switch {
	case c.user != "":
		return "im"
	case c.Private:
		return "group"
	}
	return "channel"
}

func (c *channel) json() map[string]any {
	m := map[string]any{
		"id": c.ID, "is_channel": c.kind() == "channel", "is_group": c.kind() == "group", "is_im": c.user != "",
		"is_private": c.Private || c.user != "", "is_archived": false, "is_member": !c.NoBot, "created": 1700000000,
	}
	if c.user != "" {
		m["user"] = c.user
		return m
	}
	m["name"], m["name_normalized"] = c.Name, c.Name
	m["topic"] = map[string]any{"value": "", "creator": "", "last_set": 0}
	m["purpose"] = m["topic"]
	return m
}

func (sl *Slack) channelInfo(a slackArgs) (map[string]any, error) {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	c := sl.find(a.str("channel"))
	if c == nil || (c.NoBot && c.Private) {
		return nil, fail("channel_not_found")
	}
	return map[string]any{"channel": c.json()}, nil
}

func (sl *Slack) channelList(a slackArgs) (map[string]any, error) {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	types := a.str("types")
	if types == "" {
		types = "public_channel"
	}
	names := map[string]string{"channel": "public_channel", "group": "private_channel", "im": "im"}
	list := []any{}
	for _, c := range sl.channels {
		if (!c.NoBot || !c.Private) && slices.Contains(strings.Split(types, ","), names[c.kind()]) {
			list = append(list, c.json())
		}
	}
	return map[string]any{"channels": list, "response_metadata": map[string]any{"next_cursor": ""}}, nil
}

func (sl *Slack) members(a slackArgs) (map[string]any, error) {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	c, err := sl.reach(a.str("channel"))
	if err != nil {
		return nil, err
	}
	ids := []string{sl.s.opt.BotUserID}
	for _, u := range sl.s.opt.Users {
		here := c.user == u.ID || (c.user == "" && !slices.Contains(c.Without, u.ID) && sl.team(u.Team).ID == sl.team(c.Team).ID)
		if here {
			ids = append(ids, u.ID)
		}
	}
	return map[string]any{"members": ids, "response_metadata": map[string]any{"next_cursor": ""}}, nil
}

func (sl *Slack) join(a slackArgs) (map[string]any, error) {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	c := sl.find(a.str("channel"))
	if c == nil || c.Private {
		return nil, fail("channel_not_found")
	}
	c.NoBot = false
	return map[string]any{"channel": c.json()}, nil
}

func (sl *Slack) openIM(a slackArgs) (map[string]any, error) {
	sl.mu.Lock()
	defer sl.mu.Unlock()
	user := a.str("users")
	if !sl.isUser(user) {
		return nil, fail("user_not_found")
	}
	return map[string]any{"channel": sl.im(user).json()}, nil
}
