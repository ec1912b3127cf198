package likeness

import (
	"bytes"
	"math"
	"strings"
	"testing"
)

func wordsOf(text string) []Word {
	var out []Word
	for word := range strings.FieldsSeq(text) {
		out = append(out, Word{Plain: []byte(word)})
	}
	return out
}

var lessons = []Example{
	{Words: wordsOf("my foot hangs down and drags"), Category: "neuro"}, {Words: wordsOf("the foot hangs and will not lift"), Category: "neuro"},
	{Words: wordsOf("i counted the pills tonight"), Category: "crisis"}, {Words: wordsOf("the pills are all lined up"), Category: "crisis"},
	{Words: wordsOf("did my sets and it felt good")}, {Words: wordsOf("back is fine and i feel good")}, {Words: wordsOf("the gym was closed today")},
}

// taught has heard each lesson as often as a feature needs not to be rare.
func taught() *Model {
	var all []Example
	for range rare {
		all = append(all, lessons...)
	}
	return Train(all, []string{"neuro", "crisis"})
}

func marginOf(m *Model, words []Word) float64 {
	return m.look(part{words: words, to: len(words)}).Margin
}

func TestTellsApartWhatItWasTaught(t *testing.T) {
	m := taught()
	for i, l := range lessons {
		f := m.look(part{words: l.Words, to: len(l.Words)})
		if (f.Margin > 0) != (l.Category != "") || l.Category != "" && f.Category != l.Category {
			t.Errorf("lesson %d: %.2f %s, want %q", i, f.Margin, f.Category, l.Category)
		}
		if f.From < 0 || f.To > len(l.Words) || f.From >= f.To {
			t.Errorf("the words that weighed most are %d to %d of %d", f.From, f.To, len(l.Words))
		}
	}
}

func TestADeniedWordIsAnotherWord(t *testing.T) {
	m := taught()
	said := wordsOf("my foot hangs down and drags")
	denied := wordsOf("my foot hangs down and drags")
	for i := range denied {
		denied[i].Elsewhere = true
	}
	if a, b := marginOf(m, said), marginOf(m, denied); a <= b {
		t.Errorf("said %.2f, denied %.2f", a, b)
	}
}

func TestASlipSharesLetters(t *testing.T) {
	m := taught()
	if a, b := marginOf(m, wordsOf("foot haaangs")), marginOf(m, wordsOf("foot qwrtp")); a <= b {
		t.Errorf("a slip of what was taught %.2f, another word %.2f", a, b)
	}
}

func TestAMeaningCounts(t *testing.T) {
	lift := Scoped(MeaningOf("lift"), 2)
	var all []Example
	for range rare {
		all = append(all, Example{Words: wordsOf("a b"), Meanings: []Meaning{{lift, 0}}, Category: "neuro"}, Example{Words: wordsOf("c d")})
	}
	m := Train(all, []string{"neuro"})
	unseen := wordsOf("e f")
	with := m.look(part{words: unseen, to: 2, meanings: []Meaning{{lift, 1}}}).Margin
	if without := marginOf(m, unseen); with <= without || lift == MeaningOf("lift") || lift == Scoped(MeaningOf("lift"), 1) {
		t.Errorf("with the meaning %.2f, without %.2f", with, without)
	}
}

func TestOneSentenceAmongManyIsHeard(t *testing.T) {
	m := taught()
	long := wordsOf(strings.Repeat("it rained all day and we stayed home ", 30) + "i counted the pills tonight")
	best, from := math.Inf(-1), 0
	for at := 0; at+stride < len(long); at += stride {
		if s := m.look(part{words: long, from: at, to: min(at+window, len(long))}).Margin; s > best {
			best, from = s, at
		}
	}
	if from < 200 || best < marginOf(m, long) {
		t.Errorf("the likest part begins at %d, with %.2f; the whole text %.2f", from, best, marginOf(m, long))
	}
	if _, is := m.Look(wordsOf("pills"), nil); is {
		t.Error("one word is too few to resemble anything")
	}
}

func TestMeaningsBelongToTheirPart(t *testing.T) {
	lift := MeaningOf("lift")
	var all []Example
	for range rare {
		all = append(all, Example{Words: wordsOf("a b"), Meanings: []Meaning{{lift, 0}}, Category: "neuro"}, Example{Words: wordsOf("c d")})
	}
	m := Train(all, []string{"neuro"})
	long := wordsOf(strings.Repeat("c d ", 60))
	f, _ := m.Look(long, []Meaning{{lift, 100}})
	if none, _ := m.Look(long, nil); f.Margin <= none.Margin {
		t.Errorf("a meaning far into the text: %.3f, none: %.3f", f.Margin, none.Margin)
	}
}

func TestTheFileHoldsTheModel(t *testing.T) {
	data := taught().Bytes()
	again, err := parse(data)
	if err != nil || !bytes.Equal(again.Bytes(), data) {
		t.Fatalf("read back: %v", err)
	}
	for cut := range data {
		if m, err := parse(data[:cut]); err == nil && m.size >= again.size {
			t.Errorf("cut at %d: %d features, no error", cut, m.size)
		}
	}
	entry := 4 + len(again.categories) + 1
	if _, err := parse(append(data, data[len(data)-entry:]...)); err == nil {
		t.Error("a feature may stand twice")
	}
}
