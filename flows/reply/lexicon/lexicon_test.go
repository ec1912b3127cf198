package lexicon

import (
	"io/fs"
	"testing"
)

// load reads and compiles the files of a lexicon.
func load(files fs.FS) (*Lexicon, error) {
	lines, err := wordLines(files)
	if err != nil {
		return nil, err
	}
	v, err := name(lines, files)
	if err != nil {
		return nil, err
	}
	return v.compile(lines, files)
}

func TestLexiconLoads(t *testing.T) {
	l, err := load(data)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d concepts, %d words, %d nodes, %d rules", len(l.names), len(l.words), len(l.found), len(l.Rules))
}
