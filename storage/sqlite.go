package storage

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"runtime"
	"strings"

	"modernc.org/sqlite"
)

// beginWrite begins a transaction that will write: it waits for the writer before
// it, and so never finds that what it has read is old.
const beginWrite = "BEGIN IMMEDIATE"

// openSQLite opens a file, or ":memory:". After a "?" the path may say
// synchronous=full|normal|off: full, the default, survives a loss of power as
// PostgreSQL does; normal survives a crash of the program only.
func openSQLite(rest string) (*Store, error) {
	path, query, _ := strings.Cut(rest, "?")
	path = strings.TrimPrefix(path, "//")
	options, err := url.ParseQuery(query)
	if err != nil {
		return nil, fmt.Errorf("DATABASE_URL: options of sqlite: %w", err)
	}
	synchronous := "full"
	for name := range options {
		if name != "synchronous" {
			return nil, fmt.Errorf("DATABASE_URL: sqlite has no option %q; it has synchronous", name)
		}
		synchronous = options.Get(name)
	}
	switch {
	case path == "":
		return nil, fmt.Errorf("DATABASE_URL: sqlite wants a path, as in sqlite:backstop.db")
	case synchronous != "full" && synchronous != "normal" && synchronous != "off":
		return nil, fmt.Errorf("DATABASE_URL: synchronous=%s; want full, normal or off", synchronous)
	case path == ":memory:":
		return openMemory()
	}

	// Made here, before SQLite would, so that nobody else on the machine may read
	// it; the log beside it takes over the mode.
	made, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := made.Close(); err != nil {
		return nil, err
	}

	pragmas := "?_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)&_pragma=synchronous(" + synchronous + ")" +
		"&_pragma=temp_store(memory)"
	file := "file:" + (&url.URL{Path: path}).EscapedPath() + pragmas
	writer, err := sqlite.NewConnector(file + "&_pragma=journal_mode(wal)&_pragma=cache_size(-32000)")
	if err != nil {
		return nil, err
	}
	reader, err := sqlite.NewConnector(file + "&_pragma=query_only(1)")
	if err != nil {
		return nil, err
	}
	write := sql.OpenDB(keeping{Connector: writer, begin: beginWrite})
	write.SetMaxOpenConns(1)
	read := sql.OpenDB(keeping{Connector: reader})
	read.SetMaxOpenConns(max(4, runtime.GOMAXPROCS(0)))
	read.SetMaxIdleConns(max(4, runtime.GOMAXPROCS(0)))
	s := newStore(SQLite, write, read)
	s.together = &together{}
	return s, nil
}

// openMemory opens a database that lives as long as its Store. It is its one
// connection, which the pool never lets go: inside a transaction, read through the
// Tx only.
func openMemory() (*Store, error) {
	connector, err := sqlite.NewConnector("file::memory:?_pragma=foreign_keys(1)")
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(keeping{Connector: connector, begin: beginWrite})
	db.SetMaxOpenConns(1)
	return newStore(SQLite, db, db), nil
}
