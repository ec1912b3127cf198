package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"time"

	"github.com/jmoiron/sqlx"

	"backstop/storage/seal"
)

// Reader reads. A Store is one outside of transactions, a Tx inside its own.
type Reader struct {
	q      querier
	keys   *seal.Keys
	engine Engine

	snapshots *snapshots // nil but in a simulation
}

type querier interface {
	GetContext(ctx context.Context, dest any, query string, args ...any) error
	SelectContext(ctx context.Context, dest any, query string, args ...any) error
}

// inside reads within a transaction.
func (r Reader) inside(tx *sqlx.Tx) Reader {
	r.q = tx
	return r
}

func (r Reader) get(ctx context.Context, dest any, query string, args ...any) error {
	return r.q.GetContext(ctx, dest, r.engine.text(query), args...)
}

func (r Reader) all(ctx context.Context, dest any, query string, args ...any) error {
	return r.q.SelectContext(ctx, dest, r.engine.text(query), args...)
}

// Tx is one transaction: what it writes happens together or not at all.
type Tx struct {
	Reader

	tx     *sqlx.Tx
	ends   []func(committed bool)
	kept   []func()
	breaks func(Moment) error // see Store.Break
}

// AtEnd calls f when the transaction has ended, after the transaction's own
// work. committed is false too when nobody knows whether the commit happened.
func (t *Tx) AtEnd(f func(committed bool)) { t.ends = append(t.ends, f) }

func (t *Tx) ended(committed bool) {
	for _, f := range t.ends {
		f(committed)
	}
}

func (t *Tx) keeps() {
	for _, f := range t.kept {
		f()
	}
}

// SQL is the transaction itself, to enqueue jobs in it.
func (t *Tx) SQL() *sql.Tx { return t.tx.Tx }

// exec returns how many rows the statement touched.
func (t *Tx) exec(ctx context.Context, query string, args ...any) (int64, error) {
	if err := t.broken(AtStatement); err != nil {
		return 0, err
	}
	result, err := t.tx.ExecContext(ctx, t.engine.text(query), args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// attempts of a transaction that met others on its way.
const attempts = 5

// InTx runs f in a transaction and commits it, or rolls it back when f returns
// an error or panics. When the database gave up because of other transactions
// (deadlock, busy) or the connection was lost on the way, f runs again from its
// start, so it must touch nothing but the Tx. A connection lost during the
// commit itself is an error: it may have happened. On SQLite transactions that
// wait for each other share a commit, and f may run in another goroutine.
func (s *Store) InTx(ctx context.Context, f func(*Tx) error) error {
	for attempt := 1; ; attempt++ {
		var err error
		if s.together != nil && s.breaks == nil {
			err = s.together.once(ctx, s, f)
		} else {
			err = s.once(ctx, f)
		}
		var unsure *commitError
		again := transient(err) || errors.Is(err, errTogether) || lost(err) && !errors.As(err, &unsure)
		if err == nil || !again || attempt == attempts || ctx.Err() != nil {
			return err
		}
		if errors.Is(err, ErrLost) {
			continue // nobody to wait for in a simulation
		}
		pause := time.Duration(attempt*attempt) * 5 * time.Millisecond
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause/2 + rand.N(pause)):
		}
	}
}

func (s *Store) once(ctx context.Context, f func(*Tx) error) error {
	tx, err := s.write.BeginTxx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	t := &Tx{Reader: s.inside(tx), tx: tx, breaks: s.breaks}
	committed := false
	defer func() {
		_ = tx.Rollback() // says nothing after a commit
		t.ended(committed)
	}()
	if err := f(t); err != nil {
		return err
	}
	if err := t.broken(BeforeCommit); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return &commitError{err}
	}
	t.keeps()
	if err := t.broken(AfterCommit); err != nil {
		return &commitError{err}
	}
	committed = true
	return nil
}

type commitError struct{ error }

func (e *commitError) Error() string { return "commit: " + e.error.Error() }
func (e *commitError) Unwrap() error { return e.error }

// retrying reads outside of transactions. A connection that was lost while it
// lay idle costs a try; each try takes one such out of the pool.
type retrying struct{ *sqlx.DB }

func (r retrying) GetContext(ctx context.Context, dest any, query string, args ...any) error {
	return r.again(func() error { return r.DB.GetContext(ctx, dest, query, args...) })
}

func (r retrying) SelectContext(ctx context.Context, dest any, query string, args ...any) error {
	return r.again(func() error {
		reflect.ValueOf(dest).Elem().SetZero() // of the rows a try before had read
		return r.DB.SelectContext(ctx, dest, query, args...)
	})
}

func (r retrying) again(read func() error) error {
	err := read()
	for range r.Stats().MaxOpenConnections {
		if !lost(err) {
			break
		}
		err = read()
	}
	return err
}
