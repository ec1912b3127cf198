package storagetest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"testing"

	"backstop/storage"
	"backstop/storage/migrations"
	"backstop/storage/seal"
)

// ServerEnv names the environment variable with the address of a PostgreSQL
// server on which databases may be made and dropped.
const ServerEnv = "BACKSTOP_TEST_POSTGRES"

// postgresURL makes a database as a copy of a migrated one.
func postgresURL(t testing.TB) string {
	t.Helper()
	needServer(t)
	template, err := makeTemplate()
	if err != nil {
		t.Fatal(err)
	}
	return postgresCopy(t, template)
}

func needServer(t testing.TB) string {
	t.Helper()
	server := os.Getenv(ServerEnv)
	if server == "" {
		t.Fatal("no PostgreSQL to test on: run make test, or scripts/with-postgres go test ./...")
	}
	return server
}

// postgresCopy copies a database, which takes a tenth of a second, and drops
// the copy when the test ends.
func postgresCopy(t testing.TB, template string) string {
	t.Helper()
	server := needServer(t)
	name := "backstop_" + strings.ReplaceAll(storage.NewID(), "-", "")
	if err := onServer(server, `CREATE DATABASE `+name+` TEMPLATE `+template); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := onServer(server, `DROP DATABASE `+name+` WITH (FORCE)`); err != nil {
			t.Error(err)
		}
	})
	return onDatabase(server, name)
}

// makeTemplate makes the migrated database that tests copy. Its name is that of
// the schema, so that every package tested on a server shares one.
var makeTemplate = sync.OnceValues(func() (string, error) {
	ctx := context.Background()
	server := os.Getenv(ServerEnv)
	name := "backstop_template_" + schemaName()
	db, err := sql.Open("postgres", server)
	if err != nil {
		return "", err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return "", fmt.Errorf("connect to %s: %w", ServerEnv, err)
	}
	defer conn.Close()

	// One package makes it, the others wait. The lock goes with the connection.
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock(7265)`); err != nil {
		return "", err
	}
	var there bool
	err = conn.QueryRowContext(ctx, `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)`, name).Scan(&there)
	if err != nil || there {
		return name, err
	}
	draft := name + "_draft" // left over from a run that was killed, perhaps
	if _, err := conn.ExecContext(ctx, `DROP DATABASE IF EXISTS `+draft+` WITH (FORCE)`); err != nil {
		return "", err
	}
	if _, err := conn.ExecContext(ctx, `CREATE DATABASE `+draft); err != nil {
		return "", err
	}
	if err := migrate(ctx, onDatabase(server, draft)); err != nil {
		return "", err
	}
	_, err = conn.ExecContext(ctx, `ALTER DATABASE `+draft+` RENAME TO `+name)
	return name, err
})

func migrate(ctx context.Context, address string) error {
	keys, err := seal.New()
	if err != nil {
		return err
	}
	s, err := storage.Open(ctx, address, keys)
	if err != nil {
		return err
	}
	return errors.Join(s.Migrate(ctx), s.Close())
}

// schemaName is a short hash of our migrations and the job queue's version.
func schemaName() string {
	sum := sha256.New()
	_ = fs.WalkDir(migrations.Files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(migrations.Files, path)
		fmt.Fprintln(sum, path, string(text))
		return err
	})
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, dep := range info.Deps {
			if strings.Contains(dep.Path, "riverqueue") {
				fmt.Fprintln(sum, dep.Path, dep.Version)
			}
		}
	}
	return hex.EncodeToString(sum.Sum(nil))[:12]
}

func onServer(server, statement string) error {
	db, err := sql.Open("postgres", server)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(statement)
	return err
}

// onDatabase is the server's address with another database.
func onDatabase(server, name string) string {
	u, err := url.Parse(server)
	if err != nil {
		return server // opening it says what is wrong
	}
	u.Path = "/" + name
	return u.String()
}
