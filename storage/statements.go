package storage

import (
	"context"
	"database/sql/driver"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/lib/pq"
)

// maxStatements bounds what one connection keeps prepared. Ours and the job
// queue's together are some two hundred.
const maxStatements = 400

// keeping makes every connection keep the statements it has prepared: the
// database parses and plans each text once, and PostgreSQL answers in one round
// trip instead of two. It works below database/sql, so the job queue gains too.
type keeping struct {
	driver.Connector

	begin   string // how a transaction begins; empty where the driver's own way is as short
	forgets bool   // with a connection its server forgets what was prepared on it
}

func (k keeping) Connect(ctx context.Context) (driver.Conn, error) {
	var line *impatientConn
	c, err := k.Connector.Connect(context.WithValue(ctx, dialled{}, &line))
	if err != nil {
		return nil, err
	}
	raw, ok := c.(rawConn)
	if !ok {
		return nil, errors.Join(errors.New("driver lacks what is needed to keep statements"), c.Close())
	}
	return &keptConn{rawConn: raw, keeping: k, line: line, statements: map[string]*keptStatement{}}, nil
}

// rawConn is what both drivers' connections can do.
type rawConn interface {
	driver.Conn
	driver.ConnPrepareContext
	driver.ConnBeginTx
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

type rawStatement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

type keptConn struct {
	rawConn

	keeping    keeping
	line       *impatientConn // nil where no network parts us from the database
	statements map[string]*keptStatement
	useless    bool // the server behind it takes no writes any more
}

// IsValid keeps a connection to a server that takes no writes from being used
// again: the next one may reach the new primary.
func (c *keptConn) IsValid() bool { return !c.useless && c.rawConn.IsValid() }

type keptStatement struct {
	rawStatement

	busy bool // rows of it are being read
}

// CheckNamedValue lets the driver convert arguments as it would without us.
func (c *keptConn) CheckNamedValue(v *driver.NamedValue) error {
	if checker, ok := c.rawConn.(driver.NamedValueChecker); ok {
		return checker.CheckNamedValue(v)
	}
	return driver.ErrSkip
}

// BeginTx tells database/sql of a connection that was lost while it lay idle:
// nothing has happened yet, so another one may be taken.
func (c *keptConn) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	if c.keeping.begin != "" {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		return keptTx{c}, c.run(c.keeping.begin)
	}
	ctx, err := c.bounded(ctx)
	if err != nil {
		return nil, err
	}
	tx, err := c.rawConn.BeginTx(ctx, opts)
	if lost(err) {
		return nil, driver.ErrBadConn
	}
	return tx, err
}

// keptTx is a transaction whose beginning and end are kept as well: SQLite's
// driver reads them anew each time.
type keptTx struct{ c *keptConn }

func (t keptTx) Commit() error {
	err := t.c.run("COMMIT")
	if err != nil {
		_ = t.c.run("ROLLBACK") // database/sql takes a transaction to be over now
	}
	return err
}

func (t keptTx) Rollback() error { return t.c.run("ROLLBACK") }

// run runs a statement that nobody may interrupt: whether it happened must be known.
func (c *keptConn) run(statement string) error {
	_, err := c.ExecContext(context.Background(), statement, nil)
	return err
}

// unheard is how long after the end of its context a statement is given up: whoever
// asks the context for the reason hears it.
const unheard = 100 * time.Millisecond

// bounded is ctx for a statement. lib/pq starts a goroutine beside every statement
// whose context can end: what ends at a time is given up by the connection instead,
// and with it the connection, of which the server learns when it next says something.
// Nothing is interrupted before that time.
func (c *keptConn) bounded(ctx context.Context) (context.Context, error) {
	if c.line == nil {
		return ctx, nil
	}
	deadline, ok := ctx.Deadline()
	if !ok {
		c.unbounded()
		return ctx, nil
	}
	c.line.end = deadline.Add(unheard)
	return context.WithoutCancel(ctx), ctx.Err()
}

// unbounded forgets when the statement before was to end.
func (c *keptConn) unbounded() {
	if c.line != nil {
		c.line.end = time.Time{}
	}
}

// ResetSession is called when a connection is taken again.
func (c *keptConn) ResetSession(ctx context.Context) error {
	c.unbounded()
	return c.rawConn.ResetSession(ctx)
}

// ExecContext runs a statement kept from before, or keeps it.
func (c *keptConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	ctx, err := c.bounded(ctx)
	if err != nil {
		return nil, err
	}
	s, err := c.statement(ctx, query, args)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.rawConn.ExecContext(ctx, query, args)
	}
	result, err := s.ExecContext(ctx, args)
	c.learn(query, err)
	return result, err
}

// QueryContext runs a statement kept from before, or keeps it.
func (c *keptConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	ctx, err := c.bounded(ctx)
	if err != nil {
		return nil, err
	}
	s, err := c.statement(ctx, query, args)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.rawConn.QueryContext(ctx, query, args)
	}
	rows, err := s.QueryContext(ctx, args)
	if err != nil {
		c.learn(query, err)
		return nil, err
	}
	s.busy = true
	return &keptRows{Rows: rows, statement: s}, nil
}

// single reports whether a text without arguments surely is one short statement
// that comes again and again.
func single(query string) bool {
	switch query {
	case beginWrite, "COMMIT", "ROLLBACK", saveOne, undoOne, keepOne:
		return true
	}
	return strings.HasPrefix(strings.TrimSpace(query), "SELECT") && !strings.Contains(query, ";")
}

// statement returns the kept statement of a text, or nil when it is not to be
// kept: a text without arguments may hold several statements, one whose rows
// are still being read cannot run again.
func (c *keptConn) statement(ctx context.Context, query string, args []driver.NamedValue) (*keptStatement, error) {
	if s, ok := c.statements[query]; ok {
		if s.busy {
			return nil, nil
		}
		return s, nil
	}
	if len(args) == 0 && !single(query) || len(c.statements) >= maxStatements {
		return nil, nil
	}
	prepared, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	raw, ok := prepared.(rawStatement)
	if !ok {
		return nil, prepared.Close()
	}
	s := &keptStatement{rawStatement: raw}
	c.statements[query] = s
	return s, nil
}

// learn gives up a connection to a server that takes no writes, and drops a
// statement whose plan a migration, or a proxy that hands connections around,
// took away. The transaction is lost; transient and lost say that it may run again.
func (c *keptConn) learn(query string, err error) {
	if err == nil {
		return
	}
	c.useless = c.useless || readOnly(err)
	if !stale(err) {
		return
	}
	if s, ok := c.statements[query]; ok {
		delete(c.statements, query)
		_ = s.Close() // the database has forgotten it, or will with the connection
	}
}

// stale reports whether a prepared statement does not fit the database any more:
// "cached plan must not change result type", or no such statement.
func stale(err error) bool {
	var p *pq.Error
	return errors.As(err, &p) && (p.Code == "0A000" && p.Routine == "RevalidateCachedQuery" || p.Code == "26000")
}

// Close closes what was kept, where the connection's end does not, then the connection.
func (c *keptConn) Close() error {
	var errs []error
	if !c.keeping.forgets { // where it does, each would ask the server, which may not be there any more
		for _, s := range c.statements {
			errs = append(errs, s.Close())
		}
	}
	clear(c.statements)
	c.unbounded() // the server is told
	err := c.rawConn.Close()
	if err != nil {
		return errors.Join(slices.Insert(errs, 0, err)...)
	}
	return nil
}

// keptRows says when the last of its rows was read.
type keptRows struct {
	driver.Rows

	statement *keptStatement
}

func (r *keptRows) Close() error {
	r.statement.busy = false
	return r.Rows.Close()
}
