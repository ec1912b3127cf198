package reply_test

import (
	"os"
	"strings"
	"testing"

	"backstop/flows/reply"
)

// TestEverydayTextsAreQuiet reads 500 texts that have nothing to do with
// health: a bot that cries wolf is muted.
func TestEverydayTextsAreQuiet(t *testing.T) { quiet(t, "everyday.txt", 500, 2) }

// TestTrainingTalkIsQuiet reads what patients say about training, the body and
// the day that only sounds like a symptom.
func TestTrainingTalkIsQuiet(t *testing.T) { quiet(t, "chatter.txt", 180, 3) }

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
				t.Logf("%s: red flag %q, intent %s: %q", asked, got.RedFlag, got.Intent, text)
				break
			}
		}
	}
	if alarms > atMost {
		t.Errorf("%d false alarms in %d texts, want at most %d", alarms, len(lines), atMost)
	}
}

// TestSideways reads red flags that people said sideways, and harmless texts that
// share their words ("-").
func TestSideways(t *testing.T) {
	data, err := os.ReadFile("testdata/sideways.txt")
	if err != nil {
		t.Fatal(err)
	}
	flags, missed, harmless, alarms := 0, 0, 0, 0
	for line := range strings.Lines(string(data)) {
		category, text, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok {
			t.Fatalf("want a category, a tab and a text: %q", line)
		}
		got := reply.Understand(reply.AskedNone, text, reply.English).RedFlag
		if category == "-" {
			if harmless++; got != reply.NoRedFlag {
				alarms++
				t.Logf("taken for %s: %q", got, text)
			}
			continue
		}
		if flags++; got == reply.NoRedFlag {
			missed++
			t.Logf("missed %s: %q", category, text)
		}
	}
	t.Logf("%d of %d missed, %d of %d false", missed, flags, alarms, harmless)
	if flags < 100 || harmless < 100 || missed*100 > flags*4 || alarms*100 > harmless*8 {
		t.Error("want 4 % missed and 8 % falsely taken at most: these texts share the words of red flags")
	}
}
