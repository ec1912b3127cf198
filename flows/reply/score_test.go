package reply_test

import (
	"os"
	"strings"
	"testing"

	"backstop/flows/reply/score"
)

// bars are the least that a labelled set must reach.
type bars struct {
	redFlags, severe, falseFlags, pain, intent, flare float64
	dangerous                                         int
}

func TestLabelledSets(t *testing.T) {
	for file, bar := range map[string]bars{
		"shared.jsonl":   {redFlags: 1, severe: 1, falseFlags: 0.02, pain: 0.98, intent: 0.98, flare: 0.98},
		"written.jsonl":  {redFlags: 0.98, severe: 1, falseFlags: 0.02, pain: 0.96, intent: 0.95, flare: 0.95},
		"held_out.jsonl": {redFlags: 0.98, severe: 1, falseFlags: 0.02, pain: 0.96, intent: 0.92, flare: 0.92},
	} {
		t.Run(strings.TrimSuffix(file, ".jsonl"), func(t *testing.T) {
			in, err := os.Open("testdata/" + file)
			if err != nil {
				t.Fatal(err)
			}
			defer in.Close()
			rows, err := score.Read(in)
			if err != nil {
				t.Fatal(err)
			}
			checkBars(t, score.Score(rows), bar)
		})
	}
}

func checkBars(t *testing.T, rep score.Report, bar bars) {
	t.Helper()
	var report strings.Builder
	if err := rep.Write(&report); err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + report.String())
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
	atLeast("stop recall", rep.Stops, 1)
	if rep.Dangerous > bar.dangerous || rep.FalseStops > 0 {
		t.Errorf("%d dangerous errors, %d false stops", rep.Dangerous, rep.FalseStops)
	}
}
