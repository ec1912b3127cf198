package lexicon

import (
	"fmt"
	"strings"
)

// line is one logical line of a data file: continued lines are joined.
type line struct {
	file string
	no   int
	text string
}

func (l line) errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", l.file, l.no, fmt.Sprintf(format, args...))
}

func logicalLines(file, text string) ([]line, error) {
	var out []line
	var whole []string // of the line being read
	join := func() {
		if len(whole) > 0 {
			out[len(out)-1].text = strings.Join(whole, "")
		}
		whole = whole[:0]
	}
	no := 0
	for raw := range strings.Lines(text) {
		no++
		raw = strings.TrimRight(raw, " \r\n")
		switch {
		case raw == "" || raw[0] == '#':
		case raw[0] == ' ':
			if len(out) == 0 {
				return nil, line{file, no, ""}.errorf("continues nothing")
			}
			whole = append(whole, raw)
		default:
			join()
			out, whole = append(out, line{file: file, no: no}), append(whole, raw)
		}
	}
	join()
	return out, nil
}

// alternatives spells out "threw/throw out" as "threw out" and "throw out".
func alternatives(phrase string) []string {
	out := []string{""}
	for field := range strings.FieldsSeq(phrase) {
		options := []string{field}
		if isChoice(field) {
			options = strings.Split(field, "/")
		}
		var grown []string
		for _, head := range out {
			for _, o := range options {
				grown = append(grown, strings.TrimSpace(head+" "+o))
			}
		}
		out = grown
	}
	return out
}

// isChoice tells "threw/throw" from "w/o" and "24/7".
func isChoice(field string) bool {
	parts := strings.Split(field, "/")
	if len(parts) < 2 {
		return false
	}
	for i, p := range parts {
		if len(p) < 2 && !(len(p) == 1 && i > 0 && (p == "r" || p == "a")) || strings.ContainsAny(p, "0123456789") {
			return false
		}
	}
	return true
}
