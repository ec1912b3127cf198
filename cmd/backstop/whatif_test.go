package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backstop/flows/protocol"
	"backstop/storage/seal"
)

func TestWhatIfAtTheCommandLine(t *testing.T) {
	folder := t.TempDir()
	keys, err := seal.New()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "clinic.yaml")
	if err := os.WriteFile(file, protocol.Example, 0o600); err != nil {
		t.Fatal(err)
	}
	keyset, err := keys.Export()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("BACKSTOP_KEYSET", keyset)
	t.Setenv("CLINIC_FILE", file)
	t.Setenv("DATABASE_URL", "sqlite:"+filepath.Join(folder, "backstop.db"))
	ask := func(args ...string) (string, error) {
		var out bytes.Buffer
		err := run(t.Context(), args, &stdio{In: strings.NewReader(""), Out: &out, Err: &out})
		return out.String(), err
	}
	if _, err := ask("migrate", "up"); err != nil {
		t.Fatal(err)
	}
	got, err := ask("what-if", "alert_abs=8", "alert_delta_morning=5", "--days", "14")
	if err != nil || got != "alert_abs at 8 instead of 7: pain alerts 0 instead of 0 in 14 days.\nalert_delta_morning at 5 instead of 4: pain alerts 0 instead of 0 in 14 days.\n" {
		t.Errorf("says %q, %v", got, err)
	}
	for _, wrong := range [][2]string{{"alert_abs", "is not like alert_abs=8"}, {"alert=8", "is no threshold"}, {"alert_abs=5", "must be above amber_max 5"}} {
		if _, err := ask("what-if", wrong[0]); err == nil || !strings.Contains(err.Error(), wrong[1]) {
			t.Errorf("%s: %v, want %q", wrong[0], err, wrong[1])
		}
	}
}
