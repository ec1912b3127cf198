package storage_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backstop/storage"
	"backstop/storage/storagetest"
)

func TestAWrongAddressSaysWhatIsWrongButNotThePassword(t *testing.T) {
	for name, c := range map[string]struct{ url, says string }{
		"another engine":    {"mysql://u:hunter2@h/d", `starts with "mysql:"`},
		"nothing":           {"", "want postgres://"},
		"no path":           {"sqlite:", "wants a path"},
		"unknown option":    {"sqlite:x.db?mode=ro", `no option "mode"`},
		"wrong synchronous": {"sqlite:x.db?synchronous=maybe", "want full, normal or off"},
		"no such folder":    {"sqlite:/nowhere/x.db", "/nowhere/x.db"},
		"no server":         {"postgres://u:hunter2@127.0.0.1:1/d?sslmode=disable", "refused"},
		"no address":        {"postgres://u:hunter2%zz@h/d", "not an address"},
		"wrong pool":        {"postgres://u:hunter2@h/d?pool_max_conns=lots", "pool_max_conns=lots"},
		"wrong silence":     {"postgres://u:hunter2@h/d?max_silence=long", "max_silence=long"},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := storage.Open(t.Context(), c.url, storagetest.Keys(t))
			if err == nil {
				_ = s.Close()
				t.Fatal("opened")
			}
			if !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("says %q, want %q in it and no password", err, c.says)
			}
		})
	}
}

func TestADatabaseFileIsItsOwnersAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "backstop.db")
	s := storagetest.OpenURL(t, "sqlite:"+path)
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{path, path + "-wal", path + "-shm"} {
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", file, info.Mode())
		}
	}
}

func TestADatabaseInMemoryBelongsToItsStore(t *testing.T) {
	a := storagetest.OpenURL(t, "sqlite::memory:")
	b := storagetest.OpenURL(t, "sqlite::memory:")
	if err := a.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	storagetest.Patient(t, a, "main", "+15551234567")
	if err := b.Behind(t.Context()); err == nil {
		t.Error("a second database in memory has the first one's tables")
	}
}

func TestWithTheWrongKeysNothingOpens(t *testing.T) {
	for _, engine := range storagetest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			url := storagetest.URL(t, engine)
			p := storagetest.Patient(t, storagetest.OpenURL(t, url), "main", "+15551234567")
			other, err := storagetest.Keys(t).RotatePrimary()
			if err != nil {
				t.Fatal(err)
			}
			if other, err = other.DropOld(); err != nil {
				t.Fatal(err)
			}
			s, err := storage.Open(t.Context(), url, other)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if _, err := s.PatientByID(t.Context(), "main", p.ID); err == nil || !strings.Contains(err.Error(), "does not open") {
				t.Errorf("read with the wrong keys: %v", err)
			}
		})
	}
}
