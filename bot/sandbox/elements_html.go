package sandbox

import (
	"html"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// attributes are what the script needs to know about an element.
func (d *drawing) attributes(b, e map[string]any) string {
	data := maps.Clone(d.place)
	if data == nil {
		data = map[string]string{}
	}
	data["block"], data["action"] = text(b, "block_id"), text(e, "action_id")
	if c := object(e, "confirm"); c != nil {
		data["confirm-title"], data["confirm-text"] = text(c, "title"), text(c, "text")
		data["confirm-yes"], data["confirm-no"] = text(c, "confirm"), text(c, "deny")
		data["confirm-style"] = text(c, "style")
	}
	if u := text(e, "url"); absolute(u) {
		data["url"] = u
	}
	var out strings.Builder
	for _, key := range slices.Sorted(maps.Keys(data)) {
		out.WriteString(` data-` + key + `="` + html.EscapeString(data[key]) + `"`)
	}
	return out.String()
}

// element draws what stands in actions or beside a section: using it tells the
// bot at once.
func (d *drawing) element(b, e map[string]any) {
	action := html.EscapeString(text(e, "action_id"))
	switch text(e, "type") {
	case "button", "workflow_button":
		label := ""
		if l := text(e, "accessibility_label"); l != "" {
			label = ` aria-label="` + html.EscapeString(l) + `"`
		}
		d.raw(`<button type="button" class="btn `, html.EscapeString(text(e, "style")), `" data-press data-testid="press-`, action, `"`,
			label, d.attributes(b, e), ">", d.text(object(e, "text")), "</button>")
	case "overflow":
		d.raw(`<details class="overflow" data-keep="`, d.id(), `"><summary class="btn" aria-label="More">⋯</summary><div class="menu">`)
		for _, o := range optionsOf(e) {
			d.raw(`<button type="button" data-press data-value="`, html.EscapeString(text(o, "value")), `" data-testid="press-`, action, "-",
				html.EscapeString(text(o, "value")), `"`, d.attributes(b, e), ">", d.text(object(o, "text")), "</button>")
		}
		d.raw("</div></details>")
	default:
		id := d.id()
		if p := d.placeholder(e); p != "" {
			d.raw(`<label class="hidden" for="`, id, `">`, html.EscapeString(p), "</label>")
		}
		d.raw(`<span data-change>`)
		d.field(b, e, id)
		d.raw("</span>")
	}
}

func (d *drawing) placeholder(e map[string]any) string {
	if p := text(e, "placeholder"); p != "" {
		return p
	}
	return "Choose"
}

// value is what a field shows: what was entered, else what it came with.
func (d *drawing) value(b, e map[string]any, initial string) string {
	if given, ok := d.inputs[text(b, "block_id")][text(e, "action_id")]; ok && given != nil {
		return asString(given)
	}
	if o := object(e, initial); o != nil {
		return text(o, "value")
	}
	if n, ok := e[initial].(float64); ok {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	return text(e, initial)
}

func (d *drawing) chosen(b, e map[string]any) []string {
	if given, ok := d.inputs[text(b, "block_id")][text(e, "action_id")]; ok && given != nil {
		return asStrings(given)
	}
	var out []string
	for _, o := range list(e, "initial_options") {
		out = append(out, text(o, "value"))
	}
	return append(out, asStrings(e["initial_users"])...)
}

// inputTypes are the one-line fields and how a browser asks for them.
var inputTypes = map[string]struct{ html, initial string }{
	"plain_text_input": {"text", "initial_value"}, "email_text_input": {"email", "initial_value"},
	"url_text_input": {"url", "initial_value"}, "number_input": {"number", "initial_value"},
	"datepicker": {"date", "initial_date"}, "timepicker": {"time", "initial_time"},
	"datetimepicker": {"datetime-local", "initial_date_time"}, "external_select": {"text", ""},
}

// field draws anything that holds a value.
func (d *drawing) field(b, e map[string]any, id string) {
	kind := text(e, "type")
	dispatch := ""
	if truth(b, "dispatch_action") {
		dispatch = " data-change"
	}
	common := ` id="` + id + `" data-field="` + kind + `" data-testid="field-` + html.EscapeString(text(e, "action_id")) + `"` +
		d.attributes(b, e) + dispatch
	if p := text(e, "placeholder"); p != "" {
		common += ` placeholder="` + html.EscapeString(p) + `"`
	}
	if truth(e, "focus_on_load") {
		common += " data-focus"
	}
	switch kind {
	case "checkboxes":
		d.boxes(e, "checkbox", common, d.chosen(b, e))
	case "radio_buttons":
		d.boxes(e, "radio", common, []string{d.value(b, e, "initial_option")})
	case "plain_text_input":
		if truth(e, "multiline") {
			d.raw("<textarea rows=4", common, ">", html.EscapeString(d.value(b, e, "initial_value")), "</textarea>")
			return
		}
		d.line(b, e, kind, common)
	case "rich_text_input":
		d.raw("<textarea rows=4", common, "></textarea>")
	default:
		if _, ok := inputTypes[kind]; ok {
			d.line(b, e, kind, common)
			return
		}
		d.selectBox(b, e, kind, common)
	}
}

func (d *drawing) line(b, e map[string]any, kind, common string) {
	t := inputTypes[kind]
	if n, ok := e["max_length"].(float64); ok {
		common += ` maxlength="` + strconv.Itoa(int(n)) + `"`
	}
	if kind == "number_input" && truth(e, "is_decimal_allowed") {
		common += ` step="any"`
	}
	d.raw(`<input type="`, t.html, `"`, common, ` value="`, html.EscapeString(d.value(b, e, t.initial)), `">`)
}

func (d *drawing) boxes(e map[string]any, kind, common string, on []string) {
	name := d.id()
	d.raw(`<div class="bk-boxes"`, common, ">")
	for _, o := range optionsOf(e) {
		v := text(o, "value")
		checked := ""
		if slices.Contains(on, v) {
			checked = " checked"
		}
		d.raw(`<label><input type="`, kind, `" name="`, name, `" value="`, html.EscapeString(v), `"`, checked, "> <span>",
			d.text(object(o, "text")))
		if about := object(o, "description"); about != nil {
			d.raw(`<small>`, d.text(about), "</small>")
		}
		d.raw("</span></label>")
	}
	d.raw("</div>")
}

var singleInitial = map[string]string{"static_select": "initial_option", "users_select": "initial_user",
	"channels_select": "initial_channel", "conversations_select": "initial_conversation"}

func (d *drawing) selectBox(b, e map[string]any, kind, common string) {
	multiple := strings.HasPrefix(kind, "multi_")
	on := d.chosen(b, e)
	if !multiple {
		on = []string{d.value(b, e, singleInitial[kind])}
	}
	d.raw("<select", common)
	if multiple {
		d.raw(" multiple")
	}
	d.raw(">")
	if !multiple {
		d.raw(`<option value="">`, html.EscapeString(d.placeholder(e)), "</option>")
	}
	option := func(value, label string) {
		selected := ""
		if value != "" && slices.Contains(on, value) {
			selected = " selected"
		}
		d.raw(`<option value="`, html.EscapeString(value), `"`, selected, ">", label, "</option>")
	}
	if strings.Contains(kind, "users") || strings.Contains(kind, "conversations") {
		for _, u := range d.users {
			option(u.ID, html.EscapeString(u.Name))
		}
	}
	if strings.Contains(kind, "channels") || strings.Contains(kind, "conversations") {
		for _, c := range d.rooms {
			option(c.ID, "#"+html.EscapeString(c.Name))
		}
	}
	for _, o := range list(e, "options") {
		option(text(o, "value"), d.text(object(o, "text")))
	}
	for _, g := range list(e, "option_groups") {
		d.raw(`<optgroup label="`, html.EscapeString(text(g, "label")), `">`)
		for _, o := range list(g, "options") {
			option(text(o, "value"), d.text(object(o, "text")))
		}
		d.raw("</optgroup>")
	}
	d.raw("</select>")
}
