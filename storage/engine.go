package storage

import (
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"syscall"

	"github.com/lib/pq"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Engine is the database a Store runs on.
type Engine string

// The engines.
const (
	Postgres Engine = "postgres"
	SQLite   Engine = "sqlite"
)

// text is the query as the engine reads it. Row locks are written as comments,
// "/*pg: FOR UPDATE */": SQLite, where a transaction locks the database, reads
// past them; for PostgreSQL they are uncovered. After "--*/" the rest of a line is
// SQLite's alone.
func (e Engine) text(query string) string {
	if e != Postgres || !strings.Contains(query, "/*pg:") {
		return query
	}
	if known, ok := uncovered.Load(query); ok {
		return known.(string)
	}
	text := uncover.Replace(query)
	uncovered.Store(query, text)
	return text
}

var (
	uncover   = strings.NewReplacer("/*pg:", "", "*/", "")
	uncovered sync.Map // query -> text
)

// transient reports whether a transaction failed only because of others that
// ran beside it, so that it may be run again from its start.
func transient(err error) bool {
	if err == nil {
		return false // as nearly always: asked at every turn, it should cost nothing
	}
	var p *pq.Error
	if errors.As(err, &p) {
		return p.Code == "40001" || p.Code == "40P01" || p.Code == "55P03" || stale(err) // serialization, deadlock, lock not available
	}
	var s *sqlite.Error
	if errors.As(err, &s) {
		code := s.Code() & 0xff
		return code == sqlite3.SQLITE_BUSY || code == sqlite3.SQLITE_LOCKED
	}
	return false
}

// lost reports whether err says that the connection is gone, so that what was
// not committed did not happen.
func lost(err error) bool {
	if err == nil {
		return false
	}
	var p *pq.Error
	if errors.As(err, &p) {
		class := p.Code.Class()
		return class == "08" || readOnly(err) || p.Code == "57P01" || p.Code == "57P02" || p.Code == "57P03" // connection, shutdown, crash, starting up
	}
	for _, gone := range []error{ErrLost, driver.ErrBadConn, io.EOF, io.ErrUnexpectedEOF, syscall.ECONNRESET, syscall.EPIPE, net.ErrClosed} {
		if errors.Is(err, gone) {
			return true
		}
	}
	return false
}

// Unreachable reports whether err says that the database cannot be reached now,
// or is starting or stopping: waiting may help. It is false for what only a
// change of the settings mends.
func Unreachable(err error) bool {
	var network net.Error
	return lost(err) || errors.As(err, &network)
}

// readOnly reports whether the server takes no writes: it was the primary before
// a failover, or is not yet the one after. Its connections lead nowhere useful.
func readOnly(err error) bool {
	var p *pq.Error
	return errors.As(err, &p) && p.Code == "25006"
}

// missingTable reports whether err is a query of a table that does not exist.
func missingTable(err error) bool {
	var p *pq.Error
	if errors.As(err, &p) {
		return p.Code == "42P01"
	}
	var s *sqlite.Error
	return errors.As(err, &s) && s.Code() == sqlite3.SQLITE_ERROR && strings.Contains(s.Error(), "no such table")
}
