package sandbox_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"backstop/bot/sandbox"
)

func words(n int) string { return strings.Repeat("é", n) }

func plainObject(n int) string { return fmt.Sprintf(`{"type":"plain_text","text":%q}`, words(n)) }

func many(n int, format string) string {
	var items []string
	for i := range n {
		items = append(items, strings.ReplaceAll(format, "#", fmt.Sprint(i)))
	}
	return "[" + strings.Join(items, ",") + "]"
}

func TestBlocksAtTheirLimitsAreGoodAndOneBeyondIsNot(t *testing.T) {
	option := `{"text":{"type":"plain_text","text":"o"},"value":"#"}`
	button := func(fields string) string {
		return `[{"type":"actions","elements":[{"type":"button",` + fields + `}]}]`
	}
	for name, at := range map[string]struct {
		limit int
		of    func(n int) string
	}{
		"blocks":       {50, func(n int) string { return many(n, `{"type":"divider"}`) }},
		"section text": {3000, func(n int) string { return `[{"type":"section","text":` + plainObject(n) + `}]` }},
		"fields": {10, func(n int) string {
			return `[{"type":"section","fields":` + many(n, plainObject(1)) + `}]`
		}},
		"field":       {2000, func(n int) string { return `[{"type":"section","fields":[` + plainObject(n) + `]}]` }},
		"header":      {150, func(n int) string { return `[{"type":"header","text":` + plainObject(n) + `}]` }},
		"context":     {10, func(n int) string { return `[{"type":"context","elements":` + many(n, plainObject(1)) + `}]` }},
		"button text": {75, func(n int) string { return button(`"text":` + plainObject(n)) }},
		"value":       {2000, func(n int) string { return button(`"text":` + plainObject(1) + `,"value":"` + words(n) + `"`) }},
		"action_id":   {255, func(n int) string { return button(`"text":` + plainObject(1) + `,"action_id":"` + words(n) + `"`) }},
		"block_id":    {255, func(n int) string { return `[{"type":"divider","block_id":"` + words(n) + `"}]` }},
		"actions": {25, func(n int) string {
			return `[{"type":"actions","elements":` + many(n, `{"type":"button","action_id":"a#","text":`+plainObject(1)+`}`) + `}]`
		}},
		"options": {100, func(n int) string {
			return `[{"type":"actions","elements":[{"type":"static_select","options":` + many(n, option) + `}]}]`
		}},
		"overflow": {5, func(n int) string {
			return `[{"type":"actions","elements":[{"type":"overflow","options":` + many(n, option) + `}]}]`
		}},
		"radio": {10, func(n int) string {
			return `[{"type":"actions","elements":[{"type":"radio_buttons","options":` + many(n, option) + `}]}]`
		}},
		"alt_text": {2000, func(n int) string {
			return `[{"type":"image","image_url":"https://x.example/y.png","alt_text":"` + words(n) + `"}]`
		}},
		"markdown": {12000, func(n int) string { return `[{"type":"markdown","text":"` + words(n) + `"}]` }},
		"confirm": {300, func(n int) string {
			return button(`"text":` + plainObject(1) + `,"confirm":{"title":` + plainObject(100) + `,"text":` + plainObject(n) +
				`,"confirm":` + plainObject(30) + `,"deny":` + plainObject(30) + `}`)
		}},
		"label": {2000, func(n int) string {
			return `[{"type":"input","label":` + plainObject(n) + `,"element":{"type":"plain_text_input"}}]`
		}},
	} {
		if got := sandbox.ValidateBlocks([]byte(at.of(at.limit))); len(got) != 0 {
			t.Errorf("%s at %d: %v", name, at.limit, got)
		}
		if got := sandbox.ValidateBlocks([]byte(at.of(at.limit + 1))); len(got) == 0 {
			t.Errorf("%s at %d passes", name, at.limit+1)
		}
		if name == "block_id" || name == "action_id" || name == "value" {
			continue // may be empty
		}
		if got := sandbox.ValidateBlocks([]byte(at.of(0))); len(got) == 0 {
			t.Errorf("%s at 0 passes", name)
		}
	}
}

func TestWhatTheValidatorFinds(t *testing.T) {
	for bad, says := range map[string]string{
		`{}`:                    "array",
		`[7]`:                   "object",
		`[{"type":"carousel"}]`: "unsupported type: carousel",
		`[{"type":"section"}]`:  "text or fields",
		`[{"type":"section","text":{"type":"mrkdwn","text":"x","emoji":true}}]`:                           "emoji",
		`[{"type":"header","text":{"type":"mrkdwn","text":"x"}}]`:                                         "plain_text",
		`[{"type":"divider","block_id":"a"},{"type":"divider","block_id":"a"}]`:                           "already exists",
		`[{"type":"image","alt_text":"x"}]`:                                                               "exactly one",
		`[{"type":"image","image_url":"/x","alt_text":"x"}]`:                                              "absolute",
		`[{"type":"actions","elements":[{"type":"plain_text_input"}]}]`:                                   "unsupported type: plain_text_input",
		`[{"type":"actions","elements":[{"type":"button","text":` + plainObject(1) + `,"style":"red"}]}]`: "primary or danger",
		`[{"type":"rich_text","elements":[{"type":"paragraph"}]}]`:                                        "unsupported type: paragraph",
		`[{"type":"actions","elements":[{"type":"button","action_id":"a","text":` + plainObject(1) + `},{"type":"button","action_id":"a","text":` + plainObject(1) + `}]}]`: "already exists",
	} {
		got := strings.Join(sandbox.ValidateBlocks([]byte(bad)), "\n")
		if !strings.Contains(got, says) {
			t.Errorf("%s: %q does not say %q", bad, got, says)
		}
	}
	got := sandbox.ValidateBlocks([]byte(`[{"type":"divider"},{"type":"header","text":` + plainObject(151) + `}]`))
	equal(t, "as Slack words it", strings.Join(got, ""), "[ERROR] must be less than 151 characters [json-pointer:/blocks/1/text/text]")
}

func TestViewsAreChecked(t *testing.T) {
	view := func(kind, rest string) string { return `{"type":"` + kind + `",` + rest + `}` }
	title := `"title":` + plainObject(24)
	input := `{"type":"input","label":` + plainObject(1) + `,"element":{"type":"plain_text_input"}}`
	for _, good := range []string{
		view("modal", title+`,"blocks":[{"type":"divider"}]`),
		view("modal", title+`,"submit":`+plainObject(24)+`,"blocks":[`+input+`]`),
		view("home", `"blocks":`+many(100, `{"type":"divider"}`)),
	} {
		if got := sandbox.ValidateView([]byte(good)); len(got) != 0 {
			t.Errorf("%.80s: %v", good, got)
		}
	}
	for _, bad := range []string{
		view("modal", `"blocks":[{"type":"divider"}]`), view("modal", title+`,"blocks":null`), view("modal", title+`,"blocks":[]`),
		view("modal", title+`,"blocks":[`+input+`]`), view("modal", `"title":`+plainObject(25)+`,"blocks":[{"type":"divider"}]`),
		view("modal", title+`,"private_metadata":"`+words(3001)+`","blocks":[{"type":"divider"}]`),
		view("home", title+`,"blocks":[]`), view("home", `"blocks":`+many(101, `{"type":"divider"}`)), view("sheet", `"blocks":[]`),
	} {
		if got := sandbox.ValidateView([]byte(bad)); len(got) == 0 {
			t.Errorf("%.80s passes", bad)
		}
	}
}

func TestTheValidatorNeverPanics(t *testing.T) {
	kinds := rapid.SampledFrom([]string{"section", "header", "actions", "context", "image", "input", "rich_text", "markdown", "button",
		"static_select", "overflow", "checkboxes", "plain_text", "mrkdwn", "table", ""})
	keys := rapid.SampledFrom([]string{"type", "text", "fields", "elements", "accessory", "options", "option_groups", "label", "element",
		"confirm", "value", "action_id", "block_id", "initial_option", "initial_options", "slack_file", "image_url", "title"})
	var value func(depth int) *rapid.Generator[any]
	value = func(depth int) *rapid.Generator[any] {
		return rapid.Custom(func(t *rapid.T) any {
			n := rapid.IntRange(0, 5).Draw(t, "shape")
			if depth == 0 {
				n %= 3
			}
			switch n {
			case 0:
				return kinds.Draw(t, "word")
			case 1:
				return nil
			case 2:
				return rapid.Float64Range(-10, 10).Draw(t, "number")
			case 3:
				return rapid.SliceOfN(value(depth-1), 0, 4).Draw(t, "list")
			}
			m := rapid.MapOfN(keys, value(depth-1), 0, 6).Draw(t, "object")
			m["type"] = kinds.Draw(t, "type")
			return m
		})
	}
	rapid.Check(t, func(t *rapid.T) {
		raw, err := json.Marshal(rapid.SliceOfN(value(4), 0, 4).Draw(t, "blocks"))
		if err != nil {
			t.Fatal(err)
		}
		sandbox.ValidateBlocks(raw)
		sandbox.ValidateView([]byte(`{"type":"modal","blocks":` + string(raw) + `}`))
	})
}
