package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backstop/flows/protocol"
)

// clinicCheck runs the command on a file with the given content.
func clinicCheck(t *testing.T, content string, flags ...string) (out string, err error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "clinic.yaml")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	std := &stdio{In: strings.NewReader(""), Out: &stdout, Err: &stderr}
	err = run(context.Background(), append([]string{"clinic", "check", file}, flags...), std)
	return strings.ReplaceAll(stdout.String(), file, "clinic.yaml"), err
}

func TestClinicCheckShowsWhatAFileMakes(t *testing.T) {
	file := strings.Replace(string(protocol.Example), "alert_abs: 7", "alert_abs: 6", 1)
	out, err := clinicCheck(t, file)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"northside: Northside PT\n",
		"S2 hinge, 3 days a week: dowel hinge 3x10, wall-tap hinge 3x10, brace and breathe 3x5 breaths,",
		"S3 light, 2-3 days a week, after a clinician's approval: kettlebell deadlift from a box 3x8,",
		"A patient who answers well, week by week:\n",
		"a clinician approves S3\n",
		"deadlift 1x5 at 75 lb. Do 2-3 lighter sets first.",
		"on call: Michael Torres, then Sam Lee\n",
		"changed: pain.alert_abs is 6 (pain 0-10): a rise to this number or more is a flare-up alert, whenever it was\n",
		"1 of 1    Northside PT: Good morning. How is your BACK this morning, 0-10? Just text a number.\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if strings.Contains(out, "changed: pain.green_max") || strings.Contains(out, "note:") || strings.Contains(out, "stages.S6.exit") {
		t.Errorf("says more than is so:\n%.600s", out)
	}
}

func TestClinicCheckReportsEveryMistakeAndFails(t *testing.T) {
	file := strings.Replace(string(protocol.Example), "alert_abs: 7", "alert_abs: 4", 1)
	file = strings.Replace(file, "country: US", "countri: US", 1)
	out, err := clinicCheck(t, file)
	if err == nil || !strings.HasSuffix(err.Error(), "2 mistake(s)") {
		t.Errorf("got %v", err)
	}
	want := "clinic.yaml:13: [0].countri: unknown key, did you mean country?\nclinic.yaml:66: [0].protocol.pain.alert_abs: must be above amber_max 5\n"
	if out != want {
		t.Errorf("got\n%s\nwant\n%s", out, want)
	}
}

func TestClinicCheckAsJSON(t *testing.T) {
	out, err := clinicCheck(t, string(protocol.Example), "--json")
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Clinics []clinicReport `json:"clinics"`
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Clinics) != 1 || got.Clinics[0].ID != "northside" || len(got.Clinics[0].Texts) < 200 {
		t.Errorf("got %.200s", out)
	}
	out, err = clinicCheck(t, "- id: 7 7\n", "--json")
	if err == nil || !strings.Contains(out, `"key": "[0].id"`) {
		t.Errorf("got %.200s, %v", out, err)
	}
}

func TestClinicCheckWarnsWhenNobodyIsOnCall(t *testing.T) {
	from, _, _ := strings.Cut(string(protocol.Example), "  # Who is rung")
	_, to, _ := strings.Cut(string(protocol.Example), "phone: \"+13125550144\"\n")
	out, err := clinicCheck(t, from+to)
	if err != nil || !strings.Contains(out, "note: nobody is on call") {
		t.Errorf("%v\n%.600s", err, out)
	}
}

func TestClinicCheckOfAFileThatIsNotThere(t *testing.T) {
	var out bytes.Buffer
	std := &stdio{In: strings.NewReader(""), Out: &out, Err: &out}
	err := run(context.Background(), []string{"clinic", "check", filepath.Join(t.TempDir(), "none.yaml")}, std)
	if err == nil || !strings.Contains(err.Error(), "the clinic file: open ") {
		t.Errorf("got %v", err)
	}
}

func TestClinicCheckReportsAStageNobodyLeaves(t *testing.T) {
	file := strings.Replace(string(protocol.Example), "      S5:\n", "      S2:\n        exit: {sessions: 9, within: 21d}\n        lift_days: [monday]\n      S5:\n", 1)
	out, err := clinicCheck(t, file)
	if err != nil {
		t.Fatalf("%v\n%.500s", err, out)
	}
	if want := "note: a patient who answers well is still in S2 after 52 weeks\n"; !strings.Contains(out, want) {
		t.Errorf("%q is missing:\n%.900s", want, out)
	}
}
