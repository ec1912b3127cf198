package protocol

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// decoder fills values from YAML and collects every mistake on the way.
type decoder struct {
	file     string
	mistakes Errors
}

func (d *decoder) add(line int, key, reason string, args ...any) {
	d.mistakes = append(d.mistakes, Error{File: d.file, Line: line, Key: key, Reason: fmt.Sprintf(reason, args...)})
}

// custom is a value that reads its own YAML.
type custom interface {
	decode(d *decoder, n *node, key string)
}

// decode changes what a node names in the value p points to, and leaves the rest.
func (d *decoder) decode(p any, n *node, key string) {
	d.value(reflect.ValueOf(p).Elem(), n, key, "")
}

func (d *decoder) value(v reflect.Value, n *node, key string, tag reflect.StructTag) {
	if n.kind == unsupported {
		d.add(n.line, key, "anchors, aliases and tags are not understood here: write the value out")
		return
	}
	if c, ok := v.Addr().Interface().(custom); ok {
		c.decode(d, n, key)
		return
	}
	if _, single := parseableTypes[v.Type()]; !single {
		switch v.Kind() {
		case reflect.Struct:
			d.fields(v, n, key)
			return
		case reflect.Slice:
			d.items(v, n, key, tag)
			return
		}
	}
	d.single(v, n, key, tag)
}

// parseableTypes are structs that stand as a single value.
var parseableTypes = map[reflect.Type]bool{reflect.TypeFor[Date](): true}

// fields fills a struct: unknown, repeated and missing keys are mistakes.
func (d *decoder) fields(v reflect.Value, n *node, key string) {
	var known []string
	byKey := map[string]func(*node, string){}
	eachField(v, func(name string, field reflect.Value, tag reflect.StructTag) {
		known = append(known, name)
		byKey[name] = func(n *node, key string) { d.value(field, n, key, tag) }
	})
	for _, e := range d.entries(n, key) {
		fill, ok := byKey[e.key]
		if !ok {
			d.add(e.line, join(key, e.key), "unknown key%s", nearest(e.key, known))
			continue
		}
		fill(e.value, join(key, e.key))
	}
	if n.kind != mapping {
		return
	}
	eachField(v, func(name string, _ reflect.Value, tag reflect.StructTag) {
		if tag.Get("required") == "true" && !n.has(name) {
			d.add(n.line, join(key, name), "missing")
		}
	})
}

// entries are the keys of a mapping; a repeated one counts once and is a mistake.
func (d *decoder) entries(n *node, key string) []entry {
	if n.kind != mapping {
		if n.kind == nothing {
			d.add(n.line, key, "has nothing in it: leave the key out, or give it a value")
		} else {
			d.add(n.line, key, "wants keys and values, not %s", n.kind)
		}
		return nil
	}
	var once []entry
	lines := map[string]int{}
	for _, e := range n.entries {
		if first, seen := lines[e.key]; seen {
			d.add(e.line, join(key, e.key), "stands twice, first on line %d", first)
			continue
		}
		lines[e.key] = e.line
		once = append(once, e)
	}
	return once
}

// items replaces a list as a whole.
func (d *decoder) items(v reflect.Value, n *node, key string, tag reflect.StructTag) {
	if n.kind != list {
		d.add(n.line, key, "wants a list, not %s", n.kind)
		return
	}
	fresh := reflect.MakeSlice(v.Type(), len(n.items), len(n.items))
	for i, item := range n.items {
		if fresh.Index(i).Kind() == reflect.Struct {
			setDefaultsOf(fresh.Index(i))
		}
		d.value(fresh.Index(i), item, fmt.Sprintf("%s[%d]", key, i), tag)
	}
	v.Set(fresh)
}

// single fills one value and holds it against its tag.
func (d *decoder) single(v reflect.Value, n *node, key string, tag reflect.StructTag) {
	if n.kind != scalar {
		d.add(n.line, key, "wants a single value, not %s", n.kind)
		return
	}
	got, err := parseValue(v.Type(), n.text)
	if err != nil {
		d.add(n.line, key, "%v", err)
		return
	}
	if reason := outside(got, tag); reason != "" {
		d.add(n.line, key, "%s", reason)
		return
	}
	v.Set(got)
}

// outside says why a value is not allowed by its tag; empty when it is.
func outside(v reflect.Value, tag reflect.StructTag) string {
	for _, bound := range []string{"min", "max"} {
		text, ok := tag.Lookup(bound)
		if !ok {
			continue
		}
		limit, got := number(mustParse(v.Type(), text)), number(v)
		if (bound == "min" && got < limit) || (bound == "max" && got > limit) {
			return fmt.Sprintf("%s is outside %s to %s (%s)", format(v), tag.Get("min"), tag.Get("max"), tag.Get("unit"))
		}
	}
	if v.Kind() == reflect.String {
		return unfit(v.String(), tag)
	}
	return ""
}

func number(v reflect.Value) float64 {
	if v.CanFloat() {
		return v.Float()
	}
	return float64(v.Int())
}

// unfit says why a text is not allowed by its tag; empty when it is.
func unfit(s string, tag reflect.StructTag) string {
	if s == "" {
		if tag.Get("optional") == "true" {
			return ""
		}
		return "is empty"
	}
	if strings.ContainsFunc(s, unicode.IsControl) || strings.TrimSpace(s) != s || !utf8.ValidString(s) {
		return fmt.Sprintf("%q has line breaks, control characters or spaces at its ends", s)
	}
	if choices := tag.Get("oneof"); choices != "" {
		all := strings.Split(choices, "|")
		for _, c := range all {
			if s == c {
				return ""
			}
		}
		return fmt.Sprintf("%q is none of %s%s", s, strings.Join(all, ", "), nearest(s, all))
	}
	if name := tag.Get("like"); name != "" && !patterns[name].shape.MatchString(s) {
		return fmt.Sprintf("%q is not %s", s, patterns[name].says)
	}
	if text, ok := tag.Lookup("maxlen"); ok {
		most := mustParse(reflect.TypeFor[int](), text).Int()
		if n := utf8.RuneCountInString(s); int64(n) > most {
			return fmt.Sprintf("%q has %d characters, at most %d fit", s, n, most)
		}
	}
	return ""
}

// patterns are the shapes a text may have to have.
var patterns = map[string]struct {
	shape *regexp.Regexp
	says  string
}{
	"slug":          {regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,39}$`), "lower-case letters, digits, - and _"},
	"short":         {regexp.MustCompile(`^[0-9]{2,6}$`), "a short number like 911"},
	"tempo":         {regexp.MustCompile(`^[0-9]-[0-9]-[0-9]$`), "seconds down, pause and up, like 3-0-1"},
	"country":       {regexp.MustCompile(`^[A-Z]{2}$`), "a country of two letters, like US"},
	"https":         {regexp.MustCompile(`^https://[^\s/]+\.[^\s]+$`), "an address that starts with https://"},
	"service":       {regexp.MustCompile(`^MG[0-9a-fA-F]{32}$`), "a messaging service: MG and 32 hexadecimal digits"},
	"slack_team":    {regexp.MustCompile(`^[TE][A-Z0-9]{4,}$`), "a Slack team id like T0123ABCD"},
	"slack_channel": {regexp.MustCompile(`^[CG][A-Z0-9]{4,}$`), "a Slack channel id like C0123ABCD (not the channel's name)"},
	"slack_user":    {regexp.MustCompile(`^[UW][A-Z0-9]{4,}$`), "a Slack user id like U0123ABCD (not the user's name)"},
}

// join puts a key below another.
func join(parent, key string) string {
	if parent == "" {
		return key
	}
	return parent + "." + key
}
