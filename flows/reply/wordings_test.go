package reply_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"backstop/flows/reply"
)

// TestWordings reads many wordings of the same few things, one field of each:
// breadth beside the labelled sets. One in twenty-five may be misread, an opt-out never.
func TestWordings(t *testing.T) {
	data, err := os.ReadFile("testdata/wordings.txt")
	if err != nil {
		t.Fatal(err)
	}
	of, wrong := map[string]int{}, map[string]int{}
	for line := range strings.Lines(string(data)) {
		parts := strings.SplitN(strings.TrimSpace(line), "|", 4)
		if len(parts) < 4 || line[0] == '#' {
			continue
		}
		field, want, asked := parts[0], parts[1], parts[2]
		lang := reply.English
		if kind, spanish := strings.CutPrefix(asked, "es "); spanish {
			asked, lang = kind, reply.Spanish
		}
		out := reply.Understand(reply.Asked(asked), parts[3], lang)
		got := string(out.Intent)
		switch field {
		case "interference":
			got = string(out.Interference)
		case "pain":
			got = ""
			if out.Pain != nil {
				got = fmt.Sprintf("%g", *out.Pain)
			}
		}
		of[field]++
		if other, not := strings.CutPrefix(want, "!"); not && got != other || !not && got == want {
			continue
		}
		wrong[field]++
		t.Logf("%s of [%s] %q: %s, want %s", field, asked, parts[3], got, want)
		if strings.HasSuffix(want, string(reply.IntentStop)) {
			t.Error("an opt-out misread")
		}
	}
	for field, n := range of {
		if t.Logf("%s: %d of %d misread", field, wrong[field], n); wrong[field]*25 > n {
			t.Errorf("%s: %d of %d misread, at most one in twenty-five", field, wrong[field], n)
		}
	}
	if len(of) != 3 {
		t.Errorf("fields %v", of)
	}
}
