package lexicon

import (
	"io/fs"
	"strings"
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

// TestNoWordingStandsTwice holds that a meaning has each of its wordings once: which of two
// would somebody change?
func TestNoWordingStandsTwice(t *testing.T) {
	lines, err := wordLines(data)
	if err != nil {
		t.Fatal(err)
	}
	stands := map[string]line{}
	for _, l := range lines {
		name, wordings, ok := strings.Cut(l.text, " = ")
		if !ok {
			continue // a spelling
		}
		for wording := range strings.SplitSeq(wordings, ";") {
			wording = strings.Join(strings.Fields(wording), " ")
			if first, twice := stands[name+" = "+wording]; twice && wording != "" {
				t.Errorf("%v", l.errorf("%s has %q since %s:%d", name, wording, first.file, first.no))
			}
			stands[name+" = "+wording] = l
		}
	}
}
