package main

import (
	"bytes"
	"os"
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
