package protocol

import (
	"errors"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// node is a piece of YAML with its line: a scalar, a list or a mapping.
type node struct {
	line    int
	kind    kind
	text    string // of a scalar, as written
	items   []*node
	entries []entry
}

type kind int

const (
	nothing kind = iota
	scalar
	list
	mapping
	unsupported
)

func (k kind) String() string {
	return [...]string{"nothing", "a single value", "a list", "a mapping", "an anchor, alias or tag"}[k]
}

// entry is one key of a mapping with its value.
type entry struct {
	key   string
	line  int
	value *node
}

// parseTree reads one YAML document. Its error is an Error without a file when
// the text is no YAML at all.
func parseTree(data []byte) (*node, error) {
	file, err := parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		at := Error{Line: 1, Reason: err.Error()}
		var syntax yaml.Error
		if errors.As(err, &syntax) {
			at = Error{Line: lineOf(syntax.GetToken()), Reason: syntax.GetMessage()}
		}
		return nil, at
	}
	var root *node
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		if root != nil {
			return nil, Error{Line: lineOf(doc.Body.GetToken()), Reason: "a second document: a clinic file is one list"}
		}
		root = treeOf(doc.Body)
	}
	if root == nil {
		return &node{line: 1}, nil
	}
	return root, nil
}

func treeOf(n ast.Node) *node {
	out := &node{line: lineOf(n.GetToken())}
	switch n := n.(type) {
	case *ast.MappingNode:
		out.kind = mapping
		for _, v := range n.Values {
			out.entries = append(out.entries, entryOf(v))
		}
		if len(out.entries) > 0 {
			out.line = out.entries[0].line
		}
	case *ast.MappingValueNode:
		out.kind = mapping
		out.entries = []entry{entryOf(n)}
		out.line = out.entries[0].line
	case *ast.SequenceNode:
		out.kind = list
		for _, v := range n.Values {
			out.items = append(out.items, treeOf(v))
		}
	case *ast.NullNode:
		out.kind = nothing
	case *ast.LiteralNode:
		out.kind, out.text = scalar, n.Value.Value
	case *ast.StringNode:
		out.kind, out.text = scalar, n.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		out.kind, out.text = scalar, n.GetToken().Value
	default:
		out.kind = unsupported
	}
	return out
}

func entryOf(v *ast.MappingValueNode) entry {
	key := v.Key.GetToken()
	return entry{key: key.Value, line: lineOf(key), value: treeOf(v.Value)}
}

func lineOf(t *token.Token) int {
	if t == nil || t.Position == nil {
		return 1
	}
	return t.Position.Line
}

// child is the value under a key; an empty node when there is none.
func (n *node) child(key string) *node {
	if n != nil {
		for _, e := range n.entries {
			if e.key == key {
				return e.value
			}
		}
	}
	return &node{}
}

// has reports whether a mapping names a key.
func (n *node) has(key string) bool { return n.child(key).line > 0 }

// itemLines are the lines on which the items of a list start.
func (n *node) itemLines() []int {
	lines := make([]int, len(n.items))
	for i, item := range n.items {
		lines[i] = item.line
	}
	return lines
}
