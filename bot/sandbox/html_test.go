package sandbox

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func drawn(t *testing.T, blocks any) string {
	t.Helper()
	raw, err := json.Marshal(blocks)
	if err != nil {
		t.Fatal(err)
	}
	s := New(Options{})
	t.Cleanup(s.Close)
	return string(s.page.draw("m", map[string]string{"ts": "1"}, nil, nil).blocks(raw))
}

func TestMrkdwnReadsAsSlackShowsIt(t *testing.T) {
	w := words{zone: time.UTC, user: func(id string) string { return "Dr. " + id }, channel: func(string) string { return "pt" }}
	for in, want := range map[string]string{
		"*bold* _it_ ~no~ `x*y*`":                   "<b>bold</b> <i>it</i> <s>no</s> <code>x*y*</code>",
		"2*3*4 snake_case_name":                     "2*3*4 snake_case_name",
		"* not bold *":                              "* not bold *",
		"a\nb":                                      "a<br>b",
		"&gt; quoted\nplain":                        "<blockquote>quoted</blockquote>plain",
		"```a <b> *c*```":                           "<pre>a &lt;b&gt; *c*</pre>",
		"<@U1> in <#C1> <!here>":                    `<span class="mention">@Dr. U1</span> in <span class="mention">#pt</span> <span class="mention">@here</span>`,
		"<https://x.example/?a=1&amp;b|go>":         `<a href="https://x.example/?a=1&amp;b" target="_blank" rel="noopener noreferrer">go</a>`,
		"see https://x.example/y.":                  `see <a href="https://x.example/y" target="_blank" rel="noopener noreferrer">https://x.example/y</a>.`,
		"<javascript:alert(1)|click>":               "click",
		"&lt;script&gt; &amp; :warning: :no:":       "&lt;script&gt; &amp; ⚠️ :no:",
		"<!date^1392734382^{date_num} {time}|then>": "2014-02-18 2:39 PM",
		"<!date^x^{date}|then>":                     "then",
		"*<@U1>* said":                              `<b><span class="mention">@Dr. U1</span></b> said`,
	} {
		if got := w.mrkdwn(in); got != want {
			t.Errorf("%q\n got %s\nwant %s", in, got, want)
		}
	}
}

func TestEveryBlockIsDrawn(t *testing.T) {
	s := func(text string) map[string]any { return map[string]any{"type": "plain_text", "text": text} }
	options := []any{map[string]any{"text": s("One"), "value": "1"}, map[string]any{"text": s("Two"), "value": "2"}}
	input := func(e map[string]any) map[string]any {
		e["action_id"] = "act-" + e["type"].(string)
		return map[string]any{"type": "input", "block_id": "b-" + e["type"].(string), "label": s("Label"), "element": e, "hint": s("Hint")}
	}
	got := drawn(t, []any{
		map[string]any{"type": "header", "text": s("Head")}, map[string]any{"type": "divider"},
		map[string]any{"type": "image", "image_url": "http://127.0.0.1/x.png", "alt_text": "pic", "title": s("Title")},
		map[string]any{"type": "context", "elements": []any{s("small"), map[string]any{"type": "image", "image_url": "http://x/y", "alt_text": "i"}}},
		map[string]any{"type": "section", "text": s("sec"), "accessory": map[string]any{"type": "overflow", "action_id": "more", "options": options}},
		map[string]any{"type": "actions", "elements": []any{map[string]any{"type": "users_select", "action_id": "who"},
			map[string]any{"type": "datepicker", "action_id": "day", "initial_date": "2026-11-23"}}},
		input(map[string]any{"type": "static_select", "options": options, "initial_option": options[1]}),
		input(map[string]any{"type": "multi_static_select", "options": options}),
		input(map[string]any{"type": "checkboxes", "options": options, "initial_options": options[:1]}),
		input(map[string]any{"type": "radio_buttons", "options": options}),
		input(map[string]any{"type": "timepicker", "initial_time": "08:30"}),
		input(map[string]any{"type": "datetimepicker"}), input(map[string]any{"type": "number_input", "is_decimal_allowed": true}),
		input(map[string]any{"type": "plain_text_input", "multiline": true, "initial_value": "</textarea><script>"}),
		map[string]any{"type": "rich_text", "elements": []any{map[string]any{"type": "rich_text_list", "style": "bullet", "elements": []any{
			map[string]any{"type": "rich_text_section", "elements": []any{map[string]any{"type": "text", "text": "*raw* <b>", "style": map[string]any{"bold": true}}}}}}}},
	})
	for _, want := range []string{"<h4", "<hr", `alt="pic"`, "small", "press-more-2", `data-testid="field-who"`, "Dr. Michael Reyes",
		`value="2026-11-23"`, `value="2" selected`, "multiple", `value="1" checked`, `type="radio"`, `value="08:30"`, "datetime-local",
		`step="any"`, "&lt;/textarea&gt;&lt;script&gt;", "<ul><li><b>*raw* &lt;b&gt;</b></li></ul>", "Hint"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
}

// Whatever stands in a text, no tag and no attribute can come of it.
func TestNoTextBecomesMarkup(t *testing.T) {
	s := New(Options{})
	t.Cleanup(s.Close)
	evil := rapid.StringOfN(rapid.SampledFrom([]rune("<>&\"'`*_~|@#!:/^ ajsx\n=")), 0, 60, -1)
	rapid.Check(t, func(t *rapid.T) {
		e := "<script>" + evil.Draw(t, "text") + `"><img src=x onerror=1>`
		plain := map[string]any{"type": "plain_text", "text": e}
		raw := marshal([]any{
			map[string]any{"type": "header", "text": plain},
			map[string]any{"type": "section", "block_id": e, "text": map[string]any{"type": "mrkdwn", "text": e}, "accessory": map[string]any{
				"type": "button", "action_id": e, "text": plain, "value": e, "style": e, "accessibility_label": e,
				"confirm": map[string]any{"title": plain, "text": plain}}},
			map[string]any{"type": "image", "image_url": e, "alt_text": e},
			map[string]any{"type": "input", "block_id": e, "label": plain, "element": map[string]any{"type": "static_select", "action_id": e,
				"placeholder": plain, "options": []any{map[string]any{"text": plain, "value": e}}}},
			map[string]any{"type": e},
			map[string]any{"type": "rich_text", "elements": []any{map[string]any{"type": "rich_text_section", "elements": []any{
				map[string]any{"type": "text", "text": e}, map[string]any{"type": "link", "url": e, "text": e}, map[string]any{"type": "emoji", "name": e},
				map[string]any{"type": "user", "user_id": e}}}}},
		})
		got := string(s.page.draw(`m"><script>`, map[string]string{"ts": e}, map[string]map[string]any{e: {e: e}}, map[string]string{e: e}).blocks(raw))
		for _, bad := range []string{"<script", "<img src=x", "<img src=\"x"} {
			if strings.Contains(got, bad) {
				t.Fatalf("%s in %s", bad, got)
			}
		}
	})
}

func TestSkipsAimAtTheWallClockOfThePhone(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) time.Time {
		x, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	for _, c := range []struct{ now, to, want string }{
		{"2026-11-23 16:40", "evening", "2026-11-23 19:05"}, {"2026-11-23 19:05", "evening", "2026-11-24 19:05"},
		{"2026-11-23 23:00", "morning", "2026-11-24 08:35"}, {"2026-11-23 07:00", "morning", "2026-11-23 08:35"},
		{"2026-10-31 20:00", "morning", "2026-11-01 08:35"}, // the clocks go back that night
		{"2026-10-30 10:00", "week", "2026-11-06 10:00"},
	} {
		got, _, err := skipTarget(at(c.now).UTC(), zone, c.to)
		if err != nil || !got.Equal(at(c.want)) {
			t.Errorf("%s %s: %v %v", c.now, c.to, got, err)
		}
	}
	if _, _, err := skipTarget(time.Now(), zone, "yesterday"); err == nil {
		t.Error("skipped to yesterday")
	}
}

func TestSegments(t *testing.T) {
	for body, want := range map[string]int{"": 1, strings.Repeat("a", 160): 1, strings.Repeat("a", 161): 2, strings.Repeat("€", 80): 1,
		strings.Repeat("€", 81): 2, strings.Repeat("ç", 70): 1, strings.Repeat("ç", 71): 2, strings.Repeat("🙂", 35): 1, strings.Repeat("🙂", 36): 2} {
		if got := Segments(body); got != want {
			t.Errorf("%.20q (%d): %d, want %d", body, len(body), got, want)
		}
	}
}
