package sandbox

import "unicode/utf8"

// text objects, and the plain strings of blocks.

func (c *check) text(at string, raw any, most int) {
	t, ok := raw.(map[string]any)
	if !ok {
		c.bad(at, "must be a text object")
		return
	}
	switch t["type"] {
	case "plain_text":
		if t["verbatim"] != nil {
			c.bad(at+"/verbatim", "not allowed in plain_text")
		}
	case "mrkdwn":
		if t["emoji"] != nil {
			c.bad(at+"/emoji", "not allowed in mrkdwn")
		}
	default:
		c.bad(at+"/type", "unsupported type: %v", t["type"])
		return
	}
	c.required(at, t, "text", most)
}

// plain is a text object that must be plain_text.
func (c *check) plain(at string, b map[string]any, key string, most int, needed bool) {
	raw, ok := b[key]
	if !ok || raw == nil {
		if needed {
			c.bad(at, "missing required field: %s", key)
		}
		return
	}
	at += "/" + key
	t, ok := raw.(map[string]any)
	if !ok || t["type"] != "plain_text" {
		c.bad(at+"/type", "must be plain_text")
		return
	}
	c.text(at, t, most)
}

func (c *check) required(at string, b map[string]any, key string, most int) {
	s, ok := b[key].(string)
	switch {
	case !ok:
		c.bad(at, "missing required field: %s", key)
	case s == "":
		c.bad(at+"/"+key, "must be more than 0 characters")
	case utf8.RuneCountInString(s) > most:
		c.bad(at+"/"+key, "must be less than %d characters", most+1)
	}
}

func (c *check) optional(at string, b map[string]any, key string, most int) {
	raw, ok := b[key]
	if !ok || raw == nil {
		return
	}
	s, ok := raw.(string)
	switch {
	case !ok:
		c.bad(at+"/"+key, "must be a string")
	case utf8.RuneCountInString(s) > most:
		c.bad(at+"/"+key, "must be less than %d characters", most+1)
	}
}

func (c *check) confirm(at string, raw any) {
	d, ok := raw.(map[string]any)
	if !ok {
		c.bad(at, "must be an object")
		return
	}
	c.plain(at, d, "title", 100, true)
	c.text(at+"/text", d["text"], 300)
	c.plain(at, d, "confirm", 30, true)
	c.plain(at, d, "deny", 30, true)
}

// text reads a string, or the words of a text object.
func text(b map[string]any, key string) string {
	switch v := b[key].(type) {
	case string:
		return v
	case map[string]any:
		s, _ := v["text"].(string)
		return s
	}
	return ""
}

// list reads an array of objects.
func list(b map[string]any, key string) []map[string]any {
	raw, _ := b[key].([]any)
	var out []map[string]any
	for _, r := range raw {
		if m, ok := r.(map[string]any); ok {
			out = append(out, m)
		}
	}
	return out
}

func object(b map[string]any, key string) map[string]any {
	m, _ := b[key].(map[string]any)
	return m
}

func truth(b map[string]any, key string) bool {
	v, _ := b[key].(bool)
	return v
}
