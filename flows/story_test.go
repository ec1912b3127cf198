package flows_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"backstop/flows"
	"backstop/flows/rehearse"
)

var update = flag.Bool("update", false, "write testdata/story.txt anew; read what has changed before keeping it")

// TestTheStory plays the whole course of care. Every text, alert, load and date
// of it stands in testdata/story.txt, and the points that matter once more here.
func TestTheStory(t *testing.T) {
	clinic := exampleClinic(t)
	r := rehearse.Story(clinic, time.Date(2026, 3, 2, 10, 0, 0, 0, clinic.TimeZone))
	got := told(r, clinic)
	inOrder(t, r, []point{
		{"bot", "homework.plan", "open book"},
		{"clinician", "approves S2", ""},
		{"bot", "homework.plan", "dowel hinge"},
		{"slack", "P3", "Ready for S3"},
		{"clinician", "approves S3", ""},
		{"bot", "homework.plan", "kettlebell deadlift from a box 3x8 at 20 lb"},
		{"slack", "note", "S3 light, step b"},
		{"slack", "note", "S3 light, step c"},
		{"bot", "homework.plan", "trap bar deadlift 3x6 at 55 lb"},
		{"slack", "note", "S3 light, step d"},
		{"clinician", "approves CHECKPOINT", ""},
		{"bot", "checkpoint.plan", "deadlift 1x5 at 75 lb"},
		{"bot", "checkpoint.passed", "75 lb with no pain"},
		{"clinician", "approves S4", ""},
		{"bot", "homework.plan", "deadlift 3x5 at 75 lb"},
		{"bot", "homework.plan", "deadlift 3x5 at 135 lb"},
		{"clinician", "approves S5", ""},
		{"bot", "homework.plan", "deadlift 1x3"},
		{"bot", "deload", "Easier week"},
		{"bot", "best.reps", "Deadlift 1x3 at 180 lb"},
		{"patient", "", "driving 9 hours on friday"},
		{"bot", "travel.tips", ""},
		{"patient", "", "a 3. bit worried"},
		{"bot", "thanks.evening.worried", "passed on to Dr. Michael"},
		{"bot", "next_morning", ""},
		{"patient", "", "woke up fine"},
		{"bot", "ask_number.fine", ""},
		{"patient", "", "0"},
		{"bot", "hold", "ame weight"},
		{"slack", "episode", "near_flare"},
		{"bot", "travel.back", "1x3 at 165 lb"}, // 90 % of 185, rounded down
		{"bot", "homework.plan", "deadlift 1x3 at 185 lb"},
		{"bot", "best.reps", "Deadlift 1x3 at 185 lb"},
	})
	for _, line := range r.Lines {
		if line.Who == rehearse.Slack && (line.What == string(flows.P1) || line.What == string(flows.P1b) || line.What == string(flows.P2)) {
			t.Errorf("nobody needed to be called, but: %+v", line)
		}
	}
	for _, past := range r.Patient.Course.Past {
		if past.DaysOff != 0 || past.Resolution != "near_flare" {
			t.Errorf("an episode other than a near-flare without a day off work: %+v", past)
		}
	}
	if n := len(r.Patient.Course.Past); n != 1 || r.Patient.Stage != flows.StageHeavy {
		t.Errorf("%d episodes, stage %s; want one near-flare and S5", n, r.Patient.Stage)
	}
	const file = "testdata/story.txt"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the story is another one; see the difference with go test ./flows -run Story -update and git diff")
	}
}

// point is one thing the story must come to.
type point struct{ who, what, words string }

// inOrder checks that the points are met one after another.
func inOrder(t *testing.T, r *rehearse.Rehearsal, points []point) {
	t.Helper()
	i := 0
	for _, p := range points {
		from := i
		for i < len(r.Lines) && (r.Lines[i].Who != p.who || (p.what != "" && r.Lines[i].What != p.what) || !strings.Contains(r.Lines[i].Words, p.words)) {
			i++
		}
		if i == len(r.Lines) {
			t.Fatalf("after line %d the story never comes to %+v", from, p)
		}
		i++
	}
}

// told is the story as somebody reads it: a line for each text, press and alert.
func told(r *rehearse.Rehearsal, clinic *flows.Clinic) string {
	var b strings.Builder
	day := ""
	for _, line := range r.Lines {
		at := line.At.In(clinic.TimeZone)
		if d := at.Format("Monday 2 January 2006"); d != day {
			day = d
			fmt.Fprintf(&b, "\n%s\n", day)
		}
		fmt.Fprintf(&b, "  %s %s", at.Format("15:04"), line.Who)
		if line.What != "" {
			fmt.Fprintf(&b, " [%s]", line.What)
		}
		fmt.Fprintf(&b, " %s\n", line.Words)
	}
	return b.String()
}
