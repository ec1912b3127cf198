package slack_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// wrongWith checks blocks, as JSON, against Slack's documented limits
// (https://docs.slack.dev/reference/block-kit/blocks) and against our own rule
// that text is plain_text with emoji codes off, or verbatim mrkdwn.
func wrongWith(encoded string) []string {
	var blocks []map[string]any
	if err := json.Unmarshal([]byte(encoded), &blocks); err != nil {
		return []string{"not a list of blocks: " + err.Error()}
	}
	v := &validator{ids: map[string]bool{}}
	if len(blocks) == 0 || len(blocks) > 50 {
		v.add("message", "%d blocks, want 1 to 50", len(blocks))
	}
	for i, block := range blocks {
		v.block(fmt.Sprintf("block %d", i), block)
	}
	return v.wrong
}

type validator struct {
	wrong []string
	ids   map[string]bool
}

func (v *validator) add(where, format string, args ...any) {
	v.wrong = append(v.wrong, where+": "+fmt.Sprintf(format, args...))
}

func (v *validator) block(where string, b map[string]any) {
	if id, ok := b["block_id"].(string); ok {
		if id == "" || runes(id) > 255 || v.ids[id] {
			v.add(where, "block_id %q is empty, too long or not unique", id)
		}
		v.ids[id] = true
	}
	switch kind := b["type"]; kind {
	case "header":
		v.text(where, b["text"], 150, "plain_text")
	case "section":
		fields, _ := b["fields"].([]any)
		if b["text"] == nil && len(fields) == 0 {
			v.add(where, "neither text nor fields")
		}
		if b["text"] != nil {
			v.text(where, b["text"], 3000, "plain_text", "mrkdwn")
		}
		if _, given := b["fields"]; given && (len(fields) == 0 || len(fields) > 10) {
			v.add(where, "%d fields, want 1 to 10", len(fields))
		}
		for _, field := range fields {
			v.text(where+" field", field, 2000, "plain_text", "mrkdwn")
		}
	case "image":
		alt, _ := b["alt_text"].(string)
		file, _ := b["slack_file"].(map[string]any)
		if strings.TrimSpace(alt) == "" || runes(alt) > 2000 || strings.ContainsAny(alt, "<>") {
			v.add(where, "alternative text %q", alt)
		}
		if id, _ := file["id"].(string); id == "" || b["image_url"] != nil {
			v.add(where, "want exactly a file of Slack's: %v", b)
		}
		v.text(where+" title", b["title"], 2000, "plain_text")
	case "context":
		elements, _ := b["elements"].([]any)
		if len(elements) == 0 || len(elements) > 10 {
			v.add(where, "%d elements, want 1 to 10", len(elements))
		}
		for _, element := range elements {
			v.text(where+" element", element, 3000, "plain_text", "mrkdwn")
		}
	case "actions":
		elements, _ := b["elements"].([]any)
		if len(elements) == 0 || len(elements) > 25 {
			v.add(where, "%d elements, want 1 to 25", len(elements))
		}
		actions := map[string]bool{}
		for _, element := range elements {
			v.button(where+" button", element, actions)
		}
	default:
		v.add(where, "a block of type %v, which we do not use", kind)
	}
}

func (v *validator) button(where string, element any, actions map[string]bool) {
	b, _ := element.(map[string]any)
	action, _ := b["action_id"].(string)
	value, _ := b["value"].(string)
	switch {
	case b["type"] != "button":
		v.add(where, "type %v", b["type"])
	case action == "" || runes(action) > 255 || actions[action]:
		v.add(where, "action_id %q is empty, too long or not unique", action)
	case value == "" || runes(value) > 2000:
		v.add(where, "value of %d characters", runes(value))
	case b["style"] != nil && b["style"] != "primary" && b["style"] != "danger":
		v.add(where, "style %v", b["style"])
	}
	actions[action] = true
	v.text(where, b["text"], 75, "plain_text")
	if confirm, ok := b["confirm"].(map[string]any); ok {
		v.text(where+" title", confirm["title"], 100, "plain_text")
		v.text(where+" text", confirm["text"], 300, "plain_text", "mrkdwn")
		v.text(where+" confirm", confirm["confirm"], 30, "plain_text")
		v.text(where+" deny", confirm["deny"], 30, "plain_text")
	}
}

func (v *validator) text(where string, object any, limit int, kinds ...string) {
	o, _ := object.(map[string]any)
	text, _ := o["text"].(string)
	kind, _ := o["type"].(string)
	switch {
	case !strings.Contains(strings.Join(kinds, " "), kind) || kind == "":
		v.add(where, "text of type %q, want %v", kind, kinds)
	case strings.TrimSpace(text) == "":
		v.add(where, "empty text")
	case runes(text) > limit:
		v.add(where, "%d characters, want at most %d", runes(text), limit)
	case !utf8.ValidString(text):
		v.add(where, "not UTF-8")
	case kind == "plain_text" && o["emoji"] != false:
		v.add(where, "plain_text with emoji codes on")
	case kind == "plain_text" && strings.ContainsAny(text, "<>"):
		v.add(where, "angle brackets in plain_text: %q", text)
	case kind == "mrkdwn" && o["verbatim"] != true:
		v.add(where, "mrkdwn that makes links of bare addresses")
	case kind == "mrkdwn" && !escapedRight(text):
		v.add(where, "something unescaped in mrkdwn: %q", text)
	}
	for _, r := range text {
		if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf) {
			v.add(where, "an invisible character %U", r)
			break
		}
	}
}

// escapedRight reports whether nothing in a mrkdwn text can mention or link,
// but for the channel's call and Slack's own user ids.
func escapedRight(text string) bool {
	text = strings.Replace(text, "<!here>", "", 1)
	text = userMention.ReplaceAllString(text, "")
	if strings.ContainsAny(text, "<>") {
		return false
	}
	for i, r := range text {
		if r != '&' {
			continue
		}
		if rest := text[i:]; !strings.HasPrefix(rest, "&amp;") && !strings.HasPrefix(rest, "&lt;") && !strings.HasPrefix(rest, "&gt;") {
			return false
		}
	}
	return true
}

func runes(s string) int { return utf8.RuneCountInString(s) }
