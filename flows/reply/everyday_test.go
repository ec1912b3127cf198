package reply_test

import (
	"os"
	"strings"
	"testing"

	"backstop/flows/reply"
)

// TestEverydayTextsAreQuiet reads 500 texts that have nothing to do with
// health: a bot that cries wolf is muted.
func TestEverydayTextsAreQuiet(t *testing.T) {
	data, err := os.ReadFile("testdata/everyday.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	if len(lines) < 500 {
		t.Fatalf("%d texts, want at least 500", len(lines))
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
	if alarms > 2 {
		t.Errorf("%d false alarms in %d everyday texts, want at most 2", alarms, len(lines))
	}
}
