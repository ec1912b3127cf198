package lexicon

import "testing"

func TestLexiconLoads(t *testing.T) {
	l, err := load(data)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d concepts, %d words, %d nodes, %d rules", len(l.names), len(l.words), len(l.found), len(l.Rules))
}
