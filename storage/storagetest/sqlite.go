package storagetest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// sqliteURL writes a migrated database into the test's folder. It is not
// synced to disk: a test does not outlive a loss of power.
func sqliteURL(t testing.TB) string {
	t.Helper()
	template, err := sqliteTemplate()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "backstop.db")
	if err := os.WriteFile(path, template, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + path + "?synchronous=off"
}

// sqliteTemplate is a migrated database, as the bytes of its file.
var sqliteTemplate = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "backstop-template")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "template.db")
	if err := migrate(context.Background(), "sqlite:"+path+"?synchronous=off"); err != nil { // closing writes the log back
		return nil, err
	}
	return os.ReadFile(path)
})
