package lexicon

import "testing"

// BenchmarkLoad is the compiling of the lexicon, most of the time until the program is
// ready.
func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := load(data); err != nil {
			b.Fatal(err)
		}
	}
}
