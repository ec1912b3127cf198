package reply_test

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"backstop/flows/reply"
)

func BenchmarkUnderstand(b *testing.B) {
	for name, text := range map[string]string{
		"number":  "3",
		"short":   "about a 4, back is tight",
		"typical": "was a 5 last night, down to a 1 this morning. made it to work",
		"redflag": "4 but my butt and between my legs is tingly and numb",
		"long":    strings.Repeat("did 3x5 at 135, back felt fine, no numbness or tingling. ", 5),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				reply.Understand(reply.AskedNextMorning, text, reply.English)
			}
		})
	}
}

// TestLinearTime takes texts of nasty shapes in two lengths: ten times the text
// must not take much more than ten times as long.
func TestLinearTime(t *testing.T) {
	const short, long = 3_000, 30_000
	for _, piece := range []string{"5 ", "no ", "pain ", "my leg is numb ", "my leg is numb, ", "if ", "cant feel my leg. ", "3x5 @ 185 ",
		"aaaaaaaaaaaaaaaa ", "a", "x5", "stop texting ", "my mom ", "\xff", "🔟", "gone ", "5 or ", "1,", "-", "qwrtzpsdfg ", "the ", "fever ", "\n", "?", "yesterday 5 today ",
		"take me off the list if ", "make it so i dont get ", "id be glad if you did not write ", "put me back on ", "i told you stop ", "remove. me. from. ",
		"the pharmacy keeps texting me and ", "4 then 5 at 6am ", "is fine but ", "my foot fell asleep and ", "numb on my way ", "grandpa fell and ", "want to die not ",
		"ok. ", "2, ", "flared, 9 ", "full blown flare up ", "E.N.D. ", "tomé 20 pastillas hace una hora, ", "no quiero llegar a los 40, "} {
		var brief, lengthy time.Duration
		ratio := 0.0
		for range 20 { // all of them together: each is told roughly, and garbage may have been collected meanwhile
			brief += timeOf(t, strings.Repeat(piece, short/len(piece)))
			lengthy += timeOf(t, strings.Repeat(piece, long/len(piece)))
			if ratio = float64(lengthy) / float64(brief); ratio <= 3*long/short {
				break
			}
		}
		if ratio > 3*long/short {
			t.Errorf("%q: %d bytes in %v, %d in %v: %.0f times", piece, short, brief, long, lengthy, ratio)
		}
	}
}

// timeOf is the processor time a text takes, which other programs that keep the
// machine busy do not count into.
func timeOf(t *testing.T, text string) time.Duration {
	t.Helper()
	start := processorTime(t)
	reply.Understand(reply.AskedEvening, text, reply.English)
	return processorTime(t) - start
}

func processorTime(t *testing.T) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
