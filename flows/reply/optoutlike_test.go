package reply

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"backstop/flows/reply/likeness"
)

const anOptOut = "stop"

// optOutSamples are the texts of every set but the held-out ones, by whether they ask for
// no more texts.
func optOutSamples(t *testing.T) (taught []sample) {
	t.Helper()
	add := func(text string, intent Intent) {
		category := ""
		if intent == IntentStop {
			category = anOptOut
		}
		taught = append(taught, sampleOf(text, category))
	}
	files, err := filepath.Glob("testdata/labelled/*.jsonl")
	if err != nil || len(files) < 3 {
		t.Fatalf("labelled sets: %q %v", files, err)
	}
	for _, file := range files {
		for line := range lines(t, file) {
			var row struct {
				Text     string
				Expected struct{ Intent Intent }
			}
			if err := json.Unmarshal([]byte(line), &row); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			add(row.Text, row.Expected.Intent)
		}
	}
	for line := range lines(t, "testdata/wordings.txt") {
		if parts := strings.SplitN(line, "|", 4); len(parts) == 4 && parts[0] == "intent" {
			add(parts[3], Intent(parts[1]))
		}
	}
	for _, file := range texts(t, "ordinary*", "everyday*", "chatter", "plain", "sideways*") {
		for line := range lines(t, file) {
			if _, text, labelled := strings.Cut(line, "\t"); labelled {
				line = text
			}
			if Understand(AskedNone, line, English).Intent != IntentStop || strings.HasPrefix(filepath.Base(file), "everyday") {
				add(line, IntentOther)
			}
		}
	}
	return taught
}

func teachOptOuts(taught []sample) *likeness.Model {
	return likeness.Train(examplesOf(taught), []string{anOptOut})
}

// TestOptOutsInOtherWords teaches by four fifths of the sets and looks at the last one:
// most opt-outs are found by likeness alone, and next to nothing else is taken for one.
func TestOptOutsInOtherWords(t *testing.T) {
	var learn, look []sample
	for _, s := range optOutSamples(t) {
		if fold(s.text, 5) == 0 {
			look = append(look, s)
		} else {
			learn = append(learn, s)
		}
	}
	m := teachOptOuts(learn)
	optOuts, found, others, falsely := 0, 0, 0, 0
	for _, s := range look {
		got, _ := m.Look(s.Words, s.Meanings)
		like := got.Margin >= optOutMargin
		switch {
		case s.Category == anOptOut && like:
			found++
			fallthrough
		case s.Category == anOptOut:
			optOuts++
		case like:
			falsely++
			t.Logf("taken for one (%.2f): %q", got.Margin, s.text)
			fallthrough
		default:
			others++
		}
	}
	t.Logf("%d of %d opt-outs found, %d of %d others taken for one", found, optOuts, falsely, others)
	if optOuts < 300 || share(found, optOuts) < 0.8 || share(falsely, others) > 0.004 {
		t.Error("want 80 % found and 4 in a thousand of the others at most")
	}
}
