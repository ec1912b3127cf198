package copy

import (
	"fmt"
	"slices"
	"strings"
)

// piece is a part of a template: words, a variable, or a part that is left out
// when a variable in it has no value.
type piece struct {
	words    string
	variable string
	optional []piece
}

// parse splits a template into its pieces. Optional parts do not nest.
func parse(template string) ([]piece, error) {
	pieces, rest, err := parsePieces(template, false)
	if err == nil && rest != "" {
		err = fmt.Errorf("a ] without its [")
	}
	return pieces, err
}

func parsePieces(s string, inside bool) (pieces []piece, rest string, err error) {
	for s != "" {
		i := strings.IndexAny(s, "{}[]")
		if i < 0 {
			i = len(s)
		}
		if i > 0 {
			pieces = append(pieces, piece{words: s[:i]})
		}
		if i == len(s) {
			break
		}
		mark, after := s[i], s[i+1:]
		switch mark {
		case '{':
			name, tail, ok := strings.Cut(after, "}")
			if !ok || name == "" || strings.ContainsAny(name, "{[] ") {
				return nil, "", fmt.Errorf("a { without a variable and its }")
			}
			pieces = append(pieces, piece{variable: name})
			s = tail
		case '[':
			if inside {
				return nil, "", fmt.Errorf("a [ inside another")
			}
			part, tail, err := parsePieces(after, true)
			if err != nil {
				return nil, "", err
			}
			if !strings.HasPrefix(tail, "]") || len(variables(part)) == 0 {
				return nil, "", fmt.Errorf("a [ without its ], or without a variable")
			}
			pieces = append(pieces, piece{optional: part})
			s = tail[1:]
		case ']':
			return pieces, s[i:], nil
		case '}':
			return nil, "", fmt.Errorf("a } without its {")
		}
	}
	return pieces, "", nil
}

// variables are the names used in pieces, each once.
func variables(pieces []piece) []string {
	var names []string
	for _, p := range pieces {
		for _, name := range append(variables(p.optional), p.variable) {
			if name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// fill puts values into a template and names the variables that had none.
func fill(template string, value func(string) string) (text string, missing []string) {
	pieces, err := parse(template)
	if err != nil {
		return template, []string{err.Error()}
	}
	return fillPieces(pieces, value)
}

func fillPieces(pieces []piece, value func(string) string) (text string, missing []string) {
	var b strings.Builder
	for _, p := range pieces {
		switch {
		case p.variable != "":
			v := value(p.variable)
			if v == "" {
				missing = append(missing, p.variable)
			}
			b.WriteString(v)
		case p.optional != nil:
			part, without := fillPart(p.optional, value)
			if !without {
				b.WriteString(part)
			}
		default:
			b.WriteString(p.words)
		}
	}
	return b.String(), missing
}

func fillPart(pieces []piece, value func(string) string) (text string, without bool) {
	for _, p := range pieces {
		if p.variable == "" {
			text += p.words
			continue
		}
		v := value(p.variable)
		if v == "" {
			return "", true
		}
		text += v
	}
	return text, false
}
