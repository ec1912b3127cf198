package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"backstop/flows/protocol"
)

func TestSimulateComparesTwoProtocolsOnTheSamePatients(t *testing.T) {
	file := filepath.Join(t.TempDir(), "clinic.yaml")
	changed := strings.Replace(string(protocol.Example), "per_day: 2", "per_day: 1", 1)
	if err := os.WriteFile(file, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	std := &stdio{Out: &out, Err: &bytes.Buffer{}}
	if err := run(t.Context(), []string{"simulate", "--patients", "12", "--weeks", "2", "--faults", "light", "--protocol", file}, std); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	for _, want := range []string{"With the example's protocol:", "With " + file, "texts a patient and week", "violations                    none"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("printed\n%s\nwant it to say %q", out.String(), want)
		}
	}
	before, after, _ := strings.Cut(out.String(), "\nWith "+file)
	if strings.TrimPrefix(before, "With the example's protocol:") == after {
		t.Errorf("half the texts a day made no difference: %s", out.String())
	}
}

// On several processors there is a process for each, and what they saw is what one
// would have seen.
func TestSimulateSeesTheSameOnAnyNumberOfProcessors(t *testing.T) {
	file := filepath.Join(t.TempDir(), "clinic.yaml")
	changed := strings.Replace(string(protocol.Example), "per_day: 2", "per_day: 1", 1)
	if err := os.WriteFile(file, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	program, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, processors := range []string{"1", "2"} {
		cmd := exec.Command(program, "simulate", "--patients", "60", "--weeks", "1", "--seed", "3", "--faults", "heavy", "--protocol", file)
		cmd.Env = append(os.Environ(), "GOMAXPROCS="+processors)
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		seen[processors] = string(out)
	}
	if seen["1"] != seen["2"] || !strings.Contains(seen["2"], "patients                      60 for 1 weeks") {
		t.Errorf("on one processor\n%s\non two\n%s", seen["1"], seen["2"])
	}
}
