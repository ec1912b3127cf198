package sandbox

import (
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// ValidateBlocks checks the blocks of a message against Slack's documented
// limits. It returns one line per mistake, each with the place as a JSON
// pointer, in the form Slack puts into response_metadata.messages; none when
// the blocks are good.
func ValidateBlocks(raw []byte) []string {
	var blocks []any
	if err := json.Unmarshal(raw, &blocks); err != nil {
		return []string{"[ERROR] must be an array of blocks: " + err.Error()}
	}
	c := newCheck("message")
	c.blocks("/blocks", blocks, 50)
	return c.problems
}

// ValidateView checks a modal or a home tab.
func ValidateView(raw []byte) []string {
	var view map[string]any
	if err := json.Unmarshal(raw, &view); err != nil {
		return []string{"[ERROR] must be a view: " + err.Error()}
	}
	kind, _ := view["type"].(string)
	c := newCheck(kind)
	switch kind {
	case "modal":
		c.plain("/view", view, "title", 24, true)
		c.plain("/view", view, "submit", 24, false)
		c.plain("/view", view, "close", 24, false)
	case "home":
		if view["title"] != nil || view["submit"] != nil || view["close"] != nil {
			c.bad("/view", "a home tab has no title, submit or close")
		}
	default:
		c.bad("/view/type", "must be modal or home")
	}
	c.optional("/view", view, "private_metadata", 3000)
	c.optional("/view", view, "callback_id", 255)
	c.optional("/view", view, "external_id", 255)
	blocks, ok := view["blocks"].([]any)
	if !ok {
		c.bad("/view/blocks", "must be an array")
		return c.problems
	}
	c.blocks("/view/blocks", blocks, 100)
	if kind == "modal" && c.inputs > 0 && view["submit"] == nil {
		c.bad("/view", "missing required field: submit (the view has inputs)")
	}
	return c.problems
}

// check collects mistakes while it walks.
type check struct {
	surface  string
	problems []string
	blockIDs map[string]bool
	actions  map[string]bool // of the block in hand
	markdown int
	inputs   int
	focused  int
}

func newCheck(surface string) *check {
	return &check{surface: surface, blockIDs: map[string]bool{}}
}

func (c *check) bad(at, format string, args ...any) {
	c.problems = append(c.problems, "[ERROR] "+fmt.Sprintf(format, args...)+" [json-pointer:"+at+"]")
}

func (c *check) blocks(at string, blocks []any, most int) {
	if len(blocks) == 0 && c.surface != "home" {
		c.bad(at, "no less than 1 items required")
	}
	if len(blocks) > most {
		c.bad(at, "no more than %d items allowed", most)
	}
	for i, raw := range blocks {
		here := at + "/" + strconv.Itoa(i)
		b, ok := raw.(map[string]any)
		if !ok {
			c.bad(here, "must be an object")
			continue
		}
		c.block(here, b)
	}
	if c.markdown > 12_000 {
		c.bad(at, "markdown blocks hold more than 12000 characters together")
	}
	if c.focused > 1 {
		c.bad(at, "only one element may have focus_on_load")
	}
}

func (c *check) block(at string, b map[string]any) {
	c.actions = map[string]bool{}
	c.optional(at, b, "block_id", 255)
	if id, _ := b["block_id"].(string); id != "" {
		if c.blockIDs[id] {
			c.bad(at+"/block_id", "block_id %q already exists", id)
		}
		c.blockIDs[id] = true
	}
	kind, _ := b["type"].(string)
	switch kind {
	case "section":
		c.section(at, b)
	case "header":
		c.plain(at, b, "text", 150, true)
	case "divider":
	case "image":
		c.image(at, b)
		c.plain(at, b, "title", 2000, false)
	case "context":
		c.context(at, b)
	case "actions":
		c.elements(at, b, 25, "action")
	case "input":
		c.input(at, b)
	case "rich_text":
		c.richText(at, b)
	case "markdown":
		c.required(at, b, "text", 12_000)
		text, _ := b["text"].(string)
		c.markdown += utf8.RuneCountInString(text)
		if c.surface != "message" {
			c.bad(at+"/type", "markdown is for messages only")
		}
	case "video":
		c.required(at, b, "alt_text", 2000)
		c.plain(at, b, "title", 200, true)
		c.required(at, b, "video_url", 3000)
		c.required(at, b, "thumbnail_url", 3000)
	case "file":
		c.required(at, b, "external_id", 255)
	case "table":
		rows, _ := b["rows"].([]any)
		if len(rows) == 0 || len(rows) > 100 {
			c.bad(at+"/rows", "must have 1 to 100 rows")
		}
	default:
		c.bad(at+"/type", "unsupported type: %s", kind)
	}
}

func (c *check) section(at string, b map[string]any) {
	fields, hasFields := b["fields"].([]any)
	if b["text"] == nil && !hasFields {
		c.bad(at, "missing required field: text or fields")
	}
	if b["text"] != nil {
		c.text(at+"/text", b["text"], 3000)
	}
	if hasFields && (len(fields) == 0 || len(fields) > 10) {
		c.bad(at+"/fields", "must have 1 to 10 items")
	}
	for i, f := range fields {
		c.text(at+"/fields/"+strconv.Itoa(i), f, 2000)
	}
	if b["accessory"] != nil {
		c.element(at+"/accessory", b["accessory"], "accessory")
	}
}

func (c *check) context(at string, b map[string]any) {
	elements, _ := b["elements"].([]any)
	if len(elements) == 0 || len(elements) > 10 {
		c.bad(at+"/elements", "must have 1 to 10 items")
	}
	for i, raw := range elements {
		here := at + "/elements/" + strconv.Itoa(i)
		e, ok := raw.(map[string]any)
		switch {
		case !ok:
			c.bad(here, "must be an object")
		case e["type"] == "image":
			c.image(here, e)
		default:
			c.text(here, e, 3000)
		}
	}
}

// image needs words for who cannot see it, and exactly one source.
func (c *check) image(at string, b map[string]any) {
	c.required(at, b, "alt_text", 2000)
	file, hasFile := b["slack_file"].(map[string]any)
	url, hasURL := b["image_url"].(string)
	switch {
	case hasFile == hasURL:
		c.bad(at, "must have exactly one of image_url and slack_file")
	case hasFile && file["id"] == nil && file["url"] == nil:
		c.bad(at+"/slack_file", "missing required field: id or url")
	case hasURL && (!absolute(url) || utf8.RuneCountInString(url) > 3000):
		c.bad(at+"/image_url", "must be an absolute URL of at most 3000 characters")
	}
}

func (c *check) input(at string, b map[string]any) {
	c.inputs++
	c.plain(at, b, "label", 2000, true)
	c.plain(at, b, "hint", 2000, false)
	if b["element"] == nil {
		c.bad(at, "missing required field: element")
		return
	}
	c.element(at+"/element", b["element"], "input")
}

func (c *check) richText(at string, b map[string]any) {
	elements, _ := b["elements"].([]any)
	if len(elements) == 0 {
		c.bad(at+"/elements", "no less than 1 items required")
	}
	for i, raw := range elements {
		e, _ := raw.(map[string]any)
		switch e["type"] {
		case "rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted":
			if _, ok := e["elements"].([]any); !ok {
				c.bad(at+"/elements/"+strconv.Itoa(i), "missing required field: elements")
			}
		default:
			c.bad(at+"/elements/"+strconv.Itoa(i)+"/type", "unsupported type: %v", e["type"])
		}
	}
}
