package sandbox

import (
	"encoding/json"
	"fmt"
	"html"
	"html/template"
	"strings"
	"unicode"
	"unicode/utf8"
)

// drawing turns blocks into HTML. Its place names them for the page's script:
// the message or the view they belong to.
type drawing struct {
	words
	place  map[string]string // data attributes of everything that can be pressed
	scope  string            // makes element ids unique on the page
	users  []User
	rooms  []Channel
	inputs map[string]map[string]any
	errors map[string]string // of a modal, by block id
	file   func(id string) (address string)
	out    strings.Builder
	serial int
}

// blocks draws a list of blocks.
func (d *drawing) blocks(raw json.RawMessage) template.HTML {
	for _, b := range parseBlocks(raw) {
		d.block(b)
	}
	return template.HTML(d.out.String()) //nolint:gosec // every text was escaped on its way
}

func (d *drawing) raw(parts ...string) {
	for _, p := range parts {
		d.out.WriteString(p)
	}
}

func (d *drawing) block(b map[string]any) {
	switch text(b, "type") {
	case "header":
		d.raw(`<h4 class="bk-header">`, d.text(object(b, "text")), "</h4>")
	case "divider":
		d.raw(`<hr class="bk-divider">`)
	case "section":
		d.section(b)
	case "context":
		d.raw(`<div class="bk-context">`)
		for _, e := range list(b, "elements") {
			if e["type"] == "image" {
				d.image(e, "bk-icon")
				continue
			}
			d.raw("<span>", d.text(e), "</span>")
		}
		d.raw("</div>")
	case "actions":
		d.raw(`<div class="bk-actions">`)
		for _, e := range list(b, "elements") {
			d.element(b, e)
		}
		d.raw("</div>")
	case "image":
		d.raw(`<figure class="bk-image">`)
		if t := object(b, "title"); t != nil {
			d.raw("<figcaption>", d.text(t), "</figcaption>")
		}
		d.image(b, "bk-picture")
		d.raw("</figure>")
	case "input":
		d.input(b)
	case "rich_text":
		d.richText(list(b, "elements"))
	case "markdown":
		d.raw(`<div class="bk-section">`, d.mrkdwn(strings.ReplaceAll(text(b, "text"), "**", "*")), "</div>")
	default:
		d.raw(`<div class="bk-context">(`, html.EscapeString(text(b, "type")), " block)</div>")
	}
}

func (d *drawing) section(b map[string]any) {
	d.raw(`<div class="bk-section"><div class="bk-words">`)
	if t := object(b, "text"); t != nil {
		d.raw("<p>", d.text(t), "</p>")
	}
	if fields := list(b, "fields"); len(fields) > 0 {
		d.raw(`<div class="bk-fields">`)
		for _, f := range fields {
			d.raw("<div>", d.text(f), "</div>")
		}
		d.raw("</div>")
	}
	d.raw("</div>")
	if a := object(b, "accessory"); a != nil {
		d.raw(`<div class="bk-accessory">`)
		if a["type"] == "image" {
			d.image(a, "bk-thumb")
		} else {
			d.element(b, a)
		}
		d.raw("</div>")
	}
	d.raw("</div>")
}

// text draws a text object.
func (d *drawing) text(t map[string]any) string {
	if t["type"] == "mrkdwn" {
		return d.mrkdwn(text(t, "text"))
	}
	on, given := t["emoji"].(bool)
	return d.plain(text(t, "text"), on || !given)
}

func (d *drawing) image(e map[string]any, class string) {
	address, alt := text(e, "image_url"), text(e, "alt_text")
	if f := object(e, "slack_file"); f != nil {
		id := text(f, "id")
		if id == "" {
			id = text(f, "url")[strings.LastIndexByte(text(f, "url"), '/')+1:]
		}
		address = d.file(id)
	}
	d.raw(`<img class="`, class, `" src="`, html.EscapeString(address), `" alt="`, html.EscapeString(alt), `" loading="lazy">`)
}

// input draws a labelled field with its hint and its error.
func (d *drawing) input(b map[string]any) {
	e, id := object(b, "element"), d.id()
	block := text(b, "block_id")
	d.raw(`<div class="bk-input" data-block="`, html.EscapeString(block), `">`)
	label := d.text(object(b, "label"))
	if truth(b, "optional") {
		label += ` <span class="bk-optional">(optional)</span>`
	}
	switch text(e, "type") {
	case "checkboxes", "radio_buttons":
		d.raw("<fieldset><legend>", label, "</legend>")
		d.field(b, e, id)
		d.raw("</fieldset>")
	default:
		d.raw(`<label for="`, id, `">`, label, "</label>")
		d.field(b, e, id)
	}
	if hint := object(b, "hint"); hint != nil {
		d.raw(`<p class="bk-hint">`, d.text(hint), "</p>")
	}
	if why := d.errors[block]; why != "" {
		d.raw(`<p class="bk-error" role="alert" data-testid="error-`, html.EscapeString(block), `">`, html.EscapeString(why), "</p>")
	}
	d.raw("</div>")
}

func (d *drawing) id() string {
	d.serial++
	scope := strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return '-'
	}, d.scope)
	return fmt.Sprintf("f-%s-%d", scope, d.serial)
}

// richText draws rich text; its texts are literal.
func (d *drawing) richText(elements []map[string]any) {
	for _, e := range elements {
		open, end := `<p>`, `</p>`
		switch e["type"] {
		case "rich_text_quote":
			open, end = "<blockquote>", "</blockquote>"
		case "rich_text_preformatted":
			open, end = "<pre>", "</pre>"
		case "rich_text_list":
			d.richList(e)
			continue
		}
		d.raw(open, d.spans(list(e, "elements")), end)
	}
}

func (d *drawing) richList(e map[string]any) {
	tag := "ul"
	if text(e, "style") == "ordered" {
		tag = "ol"
	}
	d.raw("<", tag, ">")
	for _, item := range list(e, "elements") {
		d.raw("<li>", d.spans(list(item, "elements")), "</li>")
	}
	d.raw("</", tag, ">")
}

func (d *drawing) spans(elements []map[string]any) string {
	var out strings.Builder
	for _, e := range elements {
		s := strings.ReplaceAll(html.EscapeString(text(e, "text")), "\n", "<br>")
		switch e["type"] {
		case "link":
			label := text(e, "text")
			if label == "" {
				label = text(e, "url")
			}
			s = link(text(e, "url"), label)
		case "emoji":
			s = replaceEmoji(":" + html.EscapeString(text(e, "name")) + ":")
		case "user":
			s = d.reference("@" + text(e, "user_id"))
		case "channel":
			s = d.reference("#" + text(e, "channel_id"))
		case "broadcast":
			s = d.reference("!" + text(e, "range"))
		}
		for _, style := range []struct{ key, tag string }{{"code", "code"}, {"strike", "s"}, {"italic", "i"}, {"bold", "b"}} {
			if truth(object(e, "style"), style.key) {
				s = "<" + style.tag + ">" + s + "</" + style.tag + ">"
			}
		}
		out.WriteString(s)
	}
	return out.String()
}
