package sandbox

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// parseBlocks reads stored blocks; they were checked when they came.
func parseBlocks(raw json.RawMessage) []map[string]any {
	var blocks []map[string]any
	_ = json.Unmarshal(raw, &blocks)
	return blocks
}

// readBlocks checks blocks and gives every block and element that has no id one
// of its own, as Slack does.
func (sl *Slack) readBlocks(raw json.RawMessage, validate func([]byte) []string) (json.RawMessage, error) {
	if problems := validate(raw); len(problems) > 0 {
		return nil, &slackFail{name: "invalid_blocks", messages: problems}
	}
	var blocks []map[string]any
	if err := json.Unmarshal(raw, &blocks); err != nil {
		return nil, fail("invalid_blocks_format")
	}
	for _, b := range blocks {
		if err := sl.complete(b); err != nil {
			return nil, err
		}
	}
	return marshal(blocks), nil
}

func (sl *Slack) complete(b map[string]any) error {
	if text(b, "block_id") == "" {
		b["block_id"] = sl.s.ids.slack("b")[:6]
	}
	for _, holder := range append(list(b, "elements"), b, object(b, "accessory")) {
		if id := text(object(holder, "slack_file"), "id"); id != "" && sl.file(id) == nil {
			return &slackFail{name: "invalid_blocks", messages: []string{"[ERROR] invalid slack file"}}
		}
	}
	for _, e := range elementsOf(b) {
		if text(e, "action_id") == "" {
			e["action_id"] = sl.s.ids.slack("a")[:6]
		}
	}
	return nil
}

// elementsOf lists what can be pressed or filled in a block.
func elementsOf(b map[string]any) []map[string]any {
	var out []map[string]any
	switch b["type"] {
	case "actions":
		out = list(b, "elements")
	case "input":
		out = append(out, object(b, "element"))
	case "section":
		if a := object(b, "accessory"); a != nil && a["type"] != "image" {
			out = append(out, a)
		}
	}
	return out
}

// findElement finds an element by its action id, and by its block when given.
func findElement(blocks []map[string]any, blockID, actionID string) (block, element map[string]any) {
	for _, b := range blocks {
		if blockID != "" && text(b, "block_id") != blockID {
			continue
		}
		for _, e := range elementsOf(b) {
			if text(e, "action_id") == actionID {
				return b, e
			}
		}
	}
	return nil, nil
}

// fieldState is an element's value as state.values shows it. given is what
// somebody entered: a string, a list of strings, or nil for what the element
// came with.
func fieldState(e map[string]any, given any) (map[string]any, error) {
	kind := text(e, "type")
	out := map[string]any{"type": kind}
	one, many := asString(given), asStrings(given)
	pick := func(value string) (any, error) {
		if o := findOption(e, value); o != nil {
			return map[string]any{"text": o["text"], "value": value}, nil
		}
		if kind == "external_select" || kind == "multi_external_select" {
			return map[string]any{"text": map[string]any{"type": "plain_text", "text": value}, "value": value}, nil
		}
		return nil, fmt.Errorf("sandbox: %s has no option %q", text(e, "action_id"), value)
	}
	plain := func(key, initial string) {
		out[key] = e[initial]
		if given != nil {
			out[key] = orNull(one)
		}
	}
	switch kind {
	case "static_select", "external_select", "radio_buttons", "overflow":
		out["selected_option"] = e["initial_option"]
		if given != nil && one == "" {
			out["selected_option"] = nil
		} else if given != nil {
			o, err := pick(one)
			if err != nil {
				return nil, err
			}
			out["selected_option"] = o
		}
	case "multi_static_select", "multi_external_select", "checkboxes":
		chosen := []any{}
		if given == nil {
			for _, o := range list(e, "initial_options") {
				chosen = append(chosen, o)
			}
		}
		for _, v := range many {
			o, err := pick(v)
			if err != nil {
				return nil, err
			}
			chosen = append(chosen, o)
		}
		out["selected_options"] = chosen
	case "datepicker":
		plain("selected_date", "initial_date")
	case "timepicker":
		plain("selected_time", "initial_time")
	case "datetimepicker":
		out["selected_date_time"] = e["initial_date_time"]
		if given != nil {
			at, err := pickedMoment(one)
			if err != nil {
				return nil, err
			}
			out["selected_date_time"] = at
		}
	case "users_select":
		plain("selected_user", "initial_user")
	case "channels_select":
		plain("selected_channel", "initial_channel")
	case "conversations_select":
		plain("selected_conversation", "initial_conversation")
	case "multi_users_select":
		out["selected_users"] = orInitial(given, many, e["initial_users"])
	case "multi_channels_select":
		out["selected_channels"] = orInitial(given, many, e["initial_channels"])
	case "multi_conversations_select":
		out["selected_conversations"] = orInitial(given, many, e["initial_conversations"])
	default:
		plain("value", "initial_value")
	}
	return out, nil
}

func orInitial(given any, many []string, initial any) any {
	switch {
	case given != nil && many == nil, given == nil && initial == nil:
		return []string{}
	case given != nil:
		return many
	}
	return initial
}

// pickedMoment reads a date and time as seconds since 1970: as such, or in the
// form of a browser's input, taken as UTC.
func pickedMoment(s string) (any, error) {
	if s == "" {
		return nil, nil
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return n, nil
	}
	at, err := time.Parse("2006-01-02T15:04", s)
	if err != nil {
		return nil, fmt.Errorf("sandbox: %q is no date and time", s)
	}
	return at.Unix(), nil
}

func asString(v any) string {
	switch x := v.(type) {
	case string:
		return x
	case nil:
		return ""
	case []any:
		if len(x) > 0 {
			return asString(x[0])
		}
		return ""
	case []string:
		if len(x) > 0 {
			return x[0]
		}
		return ""
	}
	return fmt.Sprint(v)
}

func asStrings(v any) []string {
	switch x := v.(type) {
	case []string:
		return x
	case []any:
		var out []string
		for _, s := range x {
			out = append(out, asString(s))
		}
		return out
	case string:
		if x != "" {
			return []string{x}
		}
	}
	return nil
}

func marshal(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // only values that were decoded from JSON come here
	}
	return raw
}
