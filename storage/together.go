package storage

import (
	"context"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"
)

// together lets transactions that wait for SQLite's single writer share one
// transaction of the database, and so one flush to the disk. Each keeps a
// savepoint of its own: what one does is undone without the others. None has
// happened before the common commit has.
type together struct{ gathering[*member] }

// member is one transaction that waits for its turn.
type member struct {
	ctx context.Context
	f   func(*Tx) error

	tx     *Tx
	err    error
	thrown any // what f panicked with
}

// What keeps a member's work apart from the others'.
const (
	saveOne = "SAVEPOINT one"
	undoOne = "ROLLBACK TO one"
	keepOne = "RELEASE one"
)

// mostTogether bounds how long the first of them waits for the last.
const mostTogether = 32

// once runs f among those who wait.
func (g *together) once(ctx context.Context, s *Store, f func(*Tx) error) error {
	m := &member{ctx: ctx, f: f}
	g.join(m, func() { g.run(s) })
	if m.thrown != nil {
		panic(m.thrown)
	}
	return m.err
}

// run runs the first of those who wait, its caller among them.
func (g *together) run(s *Store) {
	tx, err := s.write.BeginTxx(context.Background(), nil) // here more gather
	taken := g.take(mostTogether, func(_, _ *member) bool { return true })
	if err != nil {
		err = fmt.Errorf("begin: %w", err)
	} else {
		err = s.runMembers(tx, taken)
	}
	g.dismiss(taken, func(m *member) {
		if m.err == nil && m.thrown == nil {
			m.err = err
		}
		if m.tx != nil {
			kept := m.err == nil && m.thrown == nil
			if kept {
				m.tx.keeps()
			}
			m.tx.ended(kept)
		}
	})
}

// errTogether says that what others did took a transaction along. Nothing of it
// happened; it may be run again.
var errTogether = errors.New("undone with the transactions beside it")

// runMembers runs transactions one after the other and commits them. Its error
// is that of all who have none of their own.
func (s *Store) runMembers(tx *sqlx.Tx, members []*gathered[*member]) error {
	defer func() { _ = tx.Rollback() }() // says nothing after a commit
	for _, w := range members {
		m := w.member
		if m.err = m.ctx.Err(); m.err != nil {
			continue
		}
		m.tx = &Tx{Reader: s.inside(tx), tx: tx}
		if len(members) == 1 { // with nobody to save from it
			m.call()
			if m.err != nil || m.thrown != nil {
				return nil // rolled back
			}
			break
		}
		if err := m.run(tx); err != nil {
			return fmt.Errorf("%w: %w", errTogether, err)
		}
	}
	if err := tx.Commit(); err != nil {
		return &commitError{err}
	}
	return nil
}

// run runs one transaction between its savepoint and its release. Its error says
// that the whole transaction of the database is lost.
func (m *member) run(tx *sqlx.Tx) error {
	ctx := context.WithoutCancel(m.ctx)
	if _, err := tx.ExecContext(ctx, saveOne); err != nil {
		return err
	}
	m.call()
	if m.err != nil || m.thrown != nil {
		if _, err := tx.ExecContext(ctx, undoOne); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, keepOne)
	return err
}

// call runs what the transaction does. Once its caller has gone, nothing of it stays.
func (m *member) call() {
	defer func() { m.thrown = recover() }()
	if m.err = m.f(m.tx); m.err == nil {
		m.err = m.ctx.Err()
	}
}
