package sandbox

import (
	"slices"
	"strconv"
)

// Where an element may stand.
var (
	pressable = []string{"button", "workflow_button", "overflow", "datepicker", "timepicker", "datetimepicker",
		"checkboxes", "radio_buttons", "static_select", "external_select", "users_select", "conversations_select",
		"channels_select", "multi_static_select", "multi_external_select", "multi_users_select",
		"multi_conversations_select", "multi_channels_select"}
	fillable = []string{"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input",
		"file_input", "datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons", "static_select",
		"external_select", "users_select", "conversations_select", "channels_select", "multi_static_select",
		"multi_external_select", "multi_users_select", "multi_conversations_select", "multi_channels_select"}
)

func (c *check) elements(at string, b map[string]any, most int, where string) {
	elements, _ := b["elements"].([]any)
	if len(elements) == 0 || len(elements) > most {
		c.bad(at+"/elements", "must have 1 to %d items", most)
	}
	for i, e := range elements {
		c.element(at+"/elements/"+strconv.Itoa(i), e, where)
	}
}

func (c *check) element(at string, raw any, where string) {
	e, ok := raw.(map[string]any)
	if !ok {
		c.bad(at, "must be an object")
		return
	}
	kind, _ := e["type"].(string)
	if where == "accessory" && kind == "image" {
		c.image(at, e)
		return
	}
	allowed := pressable
	if where == "input" {
		allowed = fillable
	}
	if !slices.Contains(allowed, kind) {
		c.bad(at+"/type", "unsupported type: %s", kind)
		return
	}
	c.optional(at, e, "action_id", 255)
	if id, _ := e["action_id"].(string); id != "" {
		if c.actions[id] {
			c.bad(at+"/action_id", "action_id %q already exists in this block", id)
		}
		c.actions[id] = true
	}
	if e["confirm"] != nil {
		c.confirm(at+"/confirm", e["confirm"])
	}
	if on, _ := e["focus_on_load"].(bool); on {
		c.focused++
	}
	c.plain(at, e, "placeholder", 150, false)
	c.details(at, kind, e)
}

// details are the rules of one kind of element.
func (c *check) details(at, kind string, e map[string]any) {
	switch kind {
	case "button":
		c.plain(at, e, "text", 75, true)
		c.optional(at, e, "value", 2000)
		c.optional(at, e, "url", 3000)
		c.optional(at, e, "accessibility_label", 75)
		if s, ok := e["style"]; ok && s != "primary" && s != "danger" {
			c.bad(at+"/style", "must be primary or danger")
		}
	case "overflow":
		c.options(at, e, 5, false)
	case "checkboxes":
		c.options(at, e, 10, true)
		c.initials(at, e)
	case "radio_buttons":
		c.options(at, e, 10, true)
		c.initial(at, e)
	case "static_select", "multi_static_select":
		c.choices(at, e)
		c.initial(at, e)
		c.initials(at, e)
	case "plain_text_input", "email_text_input", "url_text_input":
		c.optional(at, e, "initial_value", 3000)
		if n, ok := e["max_length"].(float64); ok && (n < 1 || n > 3000) {
			c.bad(at+"/max_length", "must be 1 to 3000")
		}
		if n, ok := e["min_length"].(float64); ok && (n < 0 || n > 3000) {
			c.bad(at+"/min_length", "must be 0 to 3000")
		}
	case "number_input":
		if _, ok := e["is_decimal_allowed"].(bool); !ok {
			c.bad(at, "missing required field: is_decimal_allowed")
		}
	}
}

// choices are a select's options, plain or in groups.
func (c *check) choices(at string, e map[string]any) {
	groups, grouped := e["option_groups"].([]any)
	if !grouped {
		c.options(at, e, 100, false)
		return
	}
	if e["options"] != nil {
		c.bad(at, "only one of options and option_groups is allowed")
	}
	if len(groups) == 0 || len(groups) > 100 {
		c.bad(at+"/option_groups", "must have 1 to 100 items")
	}
	for i, raw := range groups {
		here := at + "/option_groups/" + strconv.Itoa(i)
		g, _ := raw.(map[string]any)
		c.plain(here, g, "label", 75, true)
		c.options(here, g, 100, false)
	}
}

func (c *check) options(at string, e map[string]any, most int, mrkdwn bool) {
	list, _ := e["options"].([]any)
	if len(list) < 1 || len(list) > most {
		c.bad(at+"/options", "must have 1 to %d items", most)
	}
	seen := map[any]bool{}
	for i, raw := range list {
		here := at + "/options/" + strconv.Itoa(i)
		o, ok := raw.(map[string]any)
		if !ok {
			c.bad(here, "must be an object")
			continue
		}
		c.option(here, o, mrkdwn)
		if v, ok := o["value"].(string); ok && seen[v] {
			c.bad(here+"/value", "value %q already exists", v)
		}
		seen[o["value"]] = true
	}
}

func (c *check) option(at string, o map[string]any, mrkdwn bool) {
	if mrkdwn {
		c.text(at+"/text", o["text"], 75)
	} else {
		c.plain(at, o, "text", 75, true)
	}
	c.required(at, o, "value", 75)
	if o["description"] != nil {
		c.text(at+"/description", o["description"], 75)
	}
}

// initial and initials must be among the options.
func (c *check) initial(at string, e map[string]any) {
	if o, ok := e["initial_option"].(map[string]any); ok && findOption(e, text(o, "value")) == nil {
		c.bad(at+"/initial_option", "must be one of the options")
	}
}

func (c *check) initials(at string, e map[string]any) {
	list, ok := e["initial_options"].([]any)
	if ok && len(list) == 0 {
		c.bad(at+"/initial_options", "no less than 1 items required")
	}
	for _, raw := range list {
		o, _ := raw.(map[string]any)
		if findOption(e, text(o, "value")) == nil {
			c.bad(at+"/initial_options", "must be among the options")
		}
	}
}

// findOption finds an element's option by its value, in groups as well.
func findOption(e map[string]any, value string) map[string]any {
	for _, o := range optionsOf(e) {
		if text(o, "value") == value {
			return o
		}
	}
	return nil
}

func optionsOf(e map[string]any) []map[string]any {
	out := list(e, "options")
	for _, g := range list(e, "option_groups") {
		out = append(out, list(g, "options")...)
	}
	return out
}
