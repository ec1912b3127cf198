package protocol

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Error is one mistake in a clinic file.
type Error struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Key    string `json:"key"` // "[0].protocol.pain.green_max"; the clinic's place in the list comes first
	Reason string `json:"reason"`
}

// Error is one line: where, what, why.
func (e Error) Error() string {
	if e.Key == "" {
		return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Reason)
	}
	return fmt.Sprintf("%s:%d: %s: %s", e.File, e.Line, e.Key, e.Reason)
}

// Errors are all mistakes of a file, in the order of its lines.
type Errors []Error

// Error has one line for each mistake.
func (es Errors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// InOrder are the mistakes in the order of their lines; without any there is no error.
func (es Errors) InOrder() error {
	if len(es) == 0 {
		return nil
	}
	slices.SortStableFunc(es, func(a, b Error) int { return cmp.Compare(a.Line, b.Line) })
	return es
}
