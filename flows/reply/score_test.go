package reply_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backstop/flows/reply/score"
)

// bars are the least that a labelled set must reach.
type bars struct {
	redFlags, severe, falseFlags, pain, intent, flare float64
	stopsMissed, falseStops, dangerous                int // at most
}

// The targets of the project on rows that no rule was written by; the sets that
// rules were written by must do better.
var (
	known = bars{redFlags: 1, severe: 1, falseFlags: 0.01, pain: 0.99, intent: 0.98, flare: 0.98}
	// Written by somebody else: its last misreads are of a kind that was left alone.
	written2 = bars{redFlags: 0.98, severe: 1, falseFlags: 0.02, pain: 0.98, intent: 0.97, flare: 0.97}
	// By a third author, full of texts said sideways.
	written3 = bars{redFlags: 0.97, severe: 0.95, falseFlags: 0.025, pain: 0.98, intent: 0.96, flare: 0.96}
	written4 = bars{redFlags: 0.98, severe: 1, falseFlags: 0.0375, pain: 0.98, intent: 0.96, flare: 0.96}
	// By a fourth author.
	written5 = bars{redFlags: 0.98, severe: 0.93, falseFlags: 0.01, pain: 0.99, intent: 0.98, flare: 0.98}
	// By a fifth author, without a red flag.
	written6 = bars{redFlags: 1, severe: 1, falseFlags: 0.01, pain: 0.99, intent: 0.97, flare: 0.97}
	unseen   = bars{redFlags: 0.98, severe: 1, falseFlags: 0.02, pain: 0.96, intent: 0.92, flare: 0.92}
	// What is left of the fifth author's: held to where it stands, short of the targets in pain and intent.
	unseen2 = bars{redFlags: 1, severe: 1, falseFlags: 0.025, pain: 0.95, intent: 0.86, flare: 0.97}
	// By a sixth and a seventh author, and by one who wrote opt-outs and pain above all.
	written7 = bars{redFlags: 0.98, severe: 0.93, falseFlags: 0.015, pain: 0.99, intent: 0.97, flare: 0.97}
	written8 = bars{redFlags: 0.95, severe: 0.91, falseFlags: 0.015, pain: 0.99, intent: 0.97, flare: 0.96}
	written9 = bars{redFlags: 0.92, severe: 0.83, falseFlags: 0.01, pain: 0.99, intent: 0.97, flare: 0.98}
	// Opt-outs and what only sounds like one.
	written10 = bars{redFlags: 1, severe: 1, falseFlags: 0.01, pain: 0.985, intent: 0.955, flare: 0.98}
	// By examiners: long and mixed texts; Spanish and learners' English.
	written13 = bars{redFlags: 0.985, severe: 0.96, falseFlags: 0.01, pain: 0.99, intent: 0.98, flare: 0.98}
	written14 = bars{redFlags: 0.99, severe: 1, falseFlags: 0.01, pain: 0.985, intent: 0.98, flare: 0.97}
	// By an examiner: pain among other numbers.
	written15 = bars{redFlags: 1, severe: 1, falseFlags: 0.01, pain: 0.99, intent: 0.99, flare: 0.99}
	// By four examiners, the body's and despair's flags left to the second look; and opt-outs by a fifth.
	written19 = bars{redFlags: 0.95, severe: 0.94, falseFlags: 0.02, pain: 0.99, intent: 0.99, flare: 0.99}
	written20 = bars{redFlags: 1, severe: 1, falseFlags: 0.01, pain: 0.99, intent: 0.95, flare: 0.99, stopsMissed: 8, falseStops: 1}
	// By three examiners in the shared set's balance; and opt-outs, and what only sounds like one.
	written21 = bars{redFlags: 0.98, severe: 1, falseFlags: 0.01, pain: 0.99, intent: 0.97, flare: 0.99}
	written22 = bars{redFlags: 1, severe: 1, falseFlags: 0.01, pain: 0.99, intent: 0.985, flare: 0.99}
	// By three examiners in the shared set's balance, at the targets when first looked at but for one red flag in 50;
	// and a row of each of 780 frames: numbers beside the pain's, opt-outs, Spanish red flags, and their twins.
	written23 = bars{redFlags: 0.985, severe: 0.98, falseFlags: 0.01, pain: 0.99, intent: 0.98, flare: 0.98}
	written24 = bars{redFlags: 0.98, severe: 0.94, falseFlags: 0.01, pain: 0.99, intent: 0.96, flare: 0.95}
	// By a thirteenth author: near the targets, and held to where they stand.
	unseen5 = bars{redFlags: 0.94, severe: 0.94, falseFlags: 0.02, pain: 0.98, intent: 0.93, flare: 0.95, stopsMissed: 1, falseStops: 2, dangerous: 1}
	// By two examiners: the targets but for one pain in 150 and one red flag in 47.
	unseen6 = bars{redFlags: 0.98, severe: 1, falseFlags: 0.02, pain: 0.97, intent: 0.97, flare: 0.97, dangerous: 2}
	// By three examiners: pain among other numbers, opt-outs, and some of everything.
	unseen8 = bars{redFlags: 1, severe: 1, falseFlags: 0.011, pain: 0.959, intent: 0.95, flare: 0.97, stopsMissed: 6, falseStops: 2, dangerous: 2}
	// The rest of four examiners' rows: two thirds with the shared set's balance, a sixth opt-outs, a sixth pain.
	unseen9 = bars{redFlags: 1, severe: 1, falseFlags: 0.005, pain: 0.97, intent: 0.97, flare: 0.975, stopsMissed: 3, dangerous: 1}
	// A third of three examiners' rows: the shared set's balance, and a fifth about pain and opt-outs.
	unseen10 = bars{redFlags: 0.97, severe: 0.9, falseFlags: 0.011, pain: 0.98, intent: 0.96, flare: 0.98, stopsMissed: 1, dangerous: 1}
	// The rest of the four examiners', harder on purpose; the shared set's balance anew; and two fifths red flags.
	unseen11 = bars{redFlags: 0.85, severe: 0.73, falseFlags: 0.037, pain: 0.96, intent: 0.96, flare: 0.94, stopsMissed: 1, falseStops: 1, dangerous: 7}
	unseen12 = bars{redFlags: 1, severe: 1, falseFlags: 0.006, pain: 0.97, intent: 0.96, flare: 0.97}
	unseen13 = bars{redFlags: 0.92, severe: 0.86, falseFlags: 0.013, pain: 0.98, intent: 0.98, flare: 0.97, dangerous: 1}
	// Four further examiners', in the shared set's balance; and a fifth of an author's opt-outs and what only sounds like one.
	unseen14 = bars{redFlags: 0.98, severe: 1, falseFlags: 0.02, pain: 0.96, intent: 0.97, flare: 0.96}
	unseen15 = bars{redFlags: 1, severe: 1, falseFlags: 0.02, pain: 0.99, intent: 0.92, flare: 0.99, stopsMissed: 4}
	unseen16 = bars{redFlags: 0.98, severe: 1, falseFlags: 0.01, pain: 0.97, intent: 0.96, flare: 0.97, dangerous: 2}
	unseen7  = bars{redFlags: 0.975, severe: 1, falseFlags: 0.01, pain: 0.97, intent: 0.96, flare: 0.94}
)

// barsOf says what each set is held to.
var barsOf = map[string]bars{
	"shared": known, "written": known, "written_2": written2, "written_3": written3, "written_4": written4, "written_5": written5,
	"written_6": written6, "written_7": written7, "written_8": written8, "written_9": written9, "written_10": written10,
	"written_11": known, "written_12": known, "written_13": written13, "written_14": written14, "written_15": written15,
	"written_16": known,
	"held_out":   unseen, "held_out_2": unseen2, "held_out_5": unseen5, "held_out_6": unseen6, "held_out_7": unseen7, "held_out_8": unseen8,
	"written_17": known, "written_18": known, "written_19": written19, "written_20": written20, "held_out_9": unseen9, "held_out_10": unseen10,
	"held_out_11": unseen11, "held_out_12": unseen12, "held_out_13": unseen13, "held_out_14": unseen14, "held_out_15": unseen15, "held_out_16": unseen16,
	"written_21": written21, "written_22": written22, "written_23": written23, "written_24": written24,
}

func TestLabelledSets(t *testing.T) {
	for _, file := range append(append(sets(t, "written*"), sets(t, "held_out*")...), "shared") {
		bar, ok := barsOf[file]
		if !ok {
			t.Errorf("%s is held to nothing", file)
		}
		t.Run(file, func(t *testing.T) { checkBars(t, score.Score(labelled(t, file)), bar) })
	}
}

// sets are the names of the labelled sets that match a pattern.
func sets(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*/" + pattern + ".jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no labelled set matches %s: %v", pattern, err)
	}
	for i, file := range files {
		files[i] = strings.TrimSuffix(filepath.Base(file), ".jsonl")
	}
	return files
}

func labelled(t *testing.T, file string) []score.Row {
	t.Helper()
	folder := "labelled/"
	if strings.HasPrefix(file, "held_out") {
		folder = "held_out/"
	}
	in, err := os.Open("testdata/" + folder + file + ".jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	rows, err := score.Read(in)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestTheSetsAreApart holds the size of our own sets, and that no held-out text
// was used for rules.
func TestTheSetsAreApart(t *testing.T) {
	used := map[string]bool{}
	own := 0
	for _, file := range append(sets(t, "written*"), "shared") {
		for _, row := range labelled(t, file) {
			used[string(row.Kind)+"|"+strings.ToLower(row.Text)] = true
			if file == "written" {
				own++
			}
		}
	}
	var heldOut []score.Row
	for _, file := range sets(t, "held_out*") {
		heldOut = append(heldOut, labelled(t, file)...)
	}
	for i, row := range heldOut {
		if used[string(row.Kind)+"|"+strings.ToLower(row.Text)] {
			t.Errorf("row %d of the held-out sets stands in a set used for rules", i+1) // without its words: they stay unread
		}
	}
	if len(heldOut) < 1310 || own < 400 {
		t.Errorf("%d rows of our own, %d held out", own, len(heldOut))
	}
}

func checkBars(t *testing.T, rep score.Report, bar bars) {
	t.Helper()
	var report strings.Builder
	if err := rep.Write(&report); err != nil {
		t.Fatal(err)
	}
	text := report.String()
	if strings.Contains(t.Name(), "held_out") {
		text, _, _ = strings.Cut(text, "line ") // the rows stay unread
	}
	t.Log("\n" + text)
	atLeast := func(what string, got score.Tally, want float64) {
		if got.Share() < want {
			t.Errorf("%s: %.3f, want at least %.3f", what, got.Share(), want)
		}
	}
	atLeast("red-flag recall", rep.RedFlags, bar.redFlags)
	atLeast("cauda equina", rep.Categories["cauda_equina"], bar.severe)
	atLeast("self-harm", rep.Categories["mental_health_crisis"], bar.severe)
	atLeast("no false red flag", rep.FalseRedFlags, 1-bar.falseFlags)
	atLeast("pain", rep.Pain, bar.pain)
	atLeast("intent", rep.Intent, bar.intent)
	atLeast("flare", rep.Flare, bar.flare)
	if missed := rep.Stops.Of - rep.Stops.Right; missed > bar.stopsMissed || rep.FalseStops > bar.falseStops || rep.Dangerous > bar.dangerous {
		t.Errorf("%d opt-outs missed, %d false ones, %d dangerous errors", missed, rep.FalseStops, rep.Dangerous)
	}
}
