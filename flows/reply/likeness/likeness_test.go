package likeness

import (
	"bytes"
	"strings"
	"testing"
)

func wordsOf(text string) []Word {
	var out []Word
	for word := range strings.FieldsSeq(text) {
		out = append(out, WordOf([]byte(word)))
	}
	return out
}

var lessons = []Example{
	{wordsOf("my foot hangs down and drags"), "neuro"}, {wordsOf("the foot hangs and will not lift"), "neuro"},
	{wordsOf("i counted the pills tonight"), "crisis"}, {wordsOf("the pills are all lined up"), "crisis"},
	{wordsOf("did my sets and it felt good"), ""}, {wordsOf("back is fine and i feel good"), ""}, {wordsOf("the gym was closed today"), ""},
}

func taught() *Model { return Train(lessons, []string{"neuro", "crisis"}) }

func TestTellsApartWhatItWasTaught(t *testing.T) {
	m := taught()
	for _, l := range lessons {
		f := m.look(l.Words)
		if (f.Score > 0) != (l.Category != "") || l.Category != "" && f.Category != l.Category {
			t.Errorf("%v: %.2f %s, want %q", l.Words, f.Score, f.Category, l.Category)
		}
		if f.From < 0 || f.To > len(l.Words) || f.From >= f.To {
			t.Errorf("the words that weighed most are %d to %d of %d", f.From, f.To, len(l.Words))
		}
	}
}

func TestADeniedWordIsAnotherWord(t *testing.T) {
	m := taught()
	said := wordsOf("my foot hangs down and drags")
	denied := make([]Word, len(said))
	for i, w := range said {
		denied[i] = w.Elsewhere()
	}
	if a, b := m.look(said).Score, m.look(denied).Score; a <= b {
		t.Errorf("said %.2f, denied %.2f", a, b)
	}
}

func TestOneSentenceAmongManyIsHeard(t *testing.T) {
	m := taught()
	long := strings.Repeat("it rained all day and we stayed home ", 30)
	f, _ := m.Look(wordsOf(long + "i counted the pills tonight"))
	if alone := m.look(wordsOf(long)); f.Score <= alone.Score || f.Category != "crisis" {
		t.Errorf("%.2f %s, the rest alone %.2f", f.Score, f.Category, alone.Score)
	}
	if f.From < 200 {
		t.Errorf("the words that weighed most begin at %d", f.From)
	}
	if _, is := m.Look(wordsOf("the pills")); is {
		t.Error("two words are too few to resemble anything")
	}
}

func TestTheFileHoldsTheModel(t *testing.T) {
	data := taught().Bytes()
	again, err := parse(data)
	if err != nil || !bytes.Equal(again.Bytes(), data) {
		t.Fatalf("read back: %v", err)
	}
	for cut := range data {
		if m, err := parse(data[:cut]); err == nil && len(m.weights) >= len(again.weights) {
			t.Errorf("cut at %d: %d features, no error", cut, len(m.weights))
		}
	}
}
