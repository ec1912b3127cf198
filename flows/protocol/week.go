package protocol

import (
	"fmt"
	"strings"
	"time"
)

// Span is open time within a day, from and up to.
type Span struct{ From, To Clock }

// Week is the open time of each weekday, in order; an empty day is closed.
type Week [7][]Span

// decode reads a mapping of weekdays to "08:00-12:00", a list of these, or "closed".
func (w *Week) decode(d *decoder, n *node, key string) {
	for _, e := range d.entries(n, key) {
		where := join(key, e.key)
		day, err := parseWeekday(e.key)
		if err != nil {
			d.add(e.line, where, "%v", err)
			continue
		}
		w[day] = d.spans(e.value, where)
	}
	if n.kind == mapping && w.closed() {
		d.add(n.line, key, "the clinic is never open")
	}
}

func (d *decoder) spans(n *node, key string) []Span {
	items := n.items
	switch n.kind {
	case scalar:
		if n.text == "closed" {
			return nil
		}
		items = []*node{n}
	case list:
	default:
		d.add(n.line, key, "wants hours like 08:00-18:00, or closed")
		return nil
	}
	var spans []Span
	for _, item := range items {
		if item.kind != scalar {
			d.add(item.line, key, "wants hours in quotes, like \"08:00-18:00\"")
			continue
		}
		s, err := parseSpan(item.text)
		if err != nil {
			d.add(item.line, key, "%v", err)
			continue
		}
		if len(spans) > 0 && s.From < spans[len(spans)-1].To {
			d.add(item.line, key, "%s begins before the hours in front of it end", item.text)
			continue
		}
		spans = append(spans, s)
	}
	return spans
}

func parseSpan(text string) (Span, error) {
	from, to, _ := strings.Cut(text, "-")
	a, err := ParseClock(strings.TrimSpace(from))
	if err != nil {
		return Span{}, fmt.Errorf("%q are not hours like 08:00-18:00", text)
	}
	b, err := ParseClock(strings.TrimSpace(to))
	if err != nil {
		return Span{}, fmt.Errorf("%q are not hours like 08:00-18:00", text)
	}
	if b <= a {
		return Span{}, fmt.Errorf("%q ends before it begins", text)
	}
	return Span{a, b}, nil
}

func (w Week) closed() bool {
	for _, spans := range w {
		if len(spans) > 0 {
			return false
		}
	}
	return true
}

// String writes the week in one line: "Mon 08:00-18:00, Tue ...".
func (w Week) String() string {
	var days []string
	for i := range w {
		day := time.Weekday((i + 1) % 7)
		for _, s := range w[day] {
			days = append(days, fmt.Sprintf("%s %s-%s", day.String()[:3], s.From, s.To))
		}
	}
	return strings.Join(days, ", ")
}
