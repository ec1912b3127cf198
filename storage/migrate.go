package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/rivermigrate"

	"backstop/storage/migrations"
)

// Status says which migrations a database has had: ours, and the job queue's.
type Status struct {
	Engine Engine      `json:"engine"`
	Ours   []Migration `json:"ours"`
	Queue  []Migration `json:"queue"`
}

// Migration is one step of the schema.
type Migration struct {
	Version int64  `json:"version"`
	Name    string `json:"name"`
	Applied bool   `json:"applied"`
}

// Pending counts the migrations that are still to be applied.
func (s Status) Pending() int {
	n := 0
	for _, m := range s.Ours {
		if !m.Applied {
			n++
		}
	}
	for _, m := range s.Queue {
		if !m.Applied {
			n++
		}
	}
	return n
}

// BehindError says how far a database is behind this program. It is ErrBehind.
type BehindError struct{ Pending int }

func (e *BehindError) Error() string {
	return fmt.Sprintf("database lacks %d migration(s); run: backstop migrate up", e.Pending)
}

// Is makes errors.Is(err, ErrBehind) true.
func (e *BehindError) Is(target error) bool { return target == ErrBehind }

// Behind returns a *BehindError when migrations are missing. A database that is
// ahead, as in a deploy with two versions side by side, is not behind.
func (s *Store) Behind(ctx context.Context) error {
	status, err := s.MigrationStatus(ctx)
	if err != nil {
		return err
	}
	if n := status.Pending(); n > 0 {
		return &BehindError{Pending: n}
	}
	return nil
}

// Migrate applies what is missing. Several machines may do so at once: on
// PostgreSQL one works and the others wait for it, however long that takes.
func (s *Store) Migrate(ctx context.Context) (err error) {
	defer s.patience.endless()()
	unlock, err := s.lockMigrations(ctx)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	defer func() { err = errors.Join(err, unlock()) }()

	ours, err := s.ours()
	if err != nil {
		return err
	}
	if _, err := ours.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	queue, err := s.queue()
	if err != nil {
		return err
	}
	if _, err := queue.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("migrate the job queue: %w", err)
	}
	return nil
}

// MigrationStatus reads which migrations were applied. It changes nothing.
func (s *Store) MigrationStatus(ctx context.Context) (Status, error) {
	status := Status{Engine: s.engine}
	ours, err := s.ours()
	if err != nil {
		return status, err
	}
	applied, err := s.applied(ctx)
	if err != nil {
		return status, doing(err, "read migrations")
	}
	for _, source := range ours.ListSources() {
		status.Ours = append(status.Ours, Migration{Version: source.Version, Name: source.Path, Applied: applied[source.Version]})
	}

	queue, err := s.queue()
	if err != nil {
		return status, err
	}
	existing, err := queue.ExistingVersions(ctx)
	if err != nil {
		return status, fmt.Errorf("read migrations of the job queue: %w", err)
	}
	known := map[int]bool{}
	for _, m := range existing {
		known[m.Version] = true
	}
	for _, m := range queue.AllVersions() {
		status.Queue = append(status.Queue, Migration{Version: int64(m.Version), Name: m.Name, Applied: known[m.Version]})
	}
	return status, nil
}

func (s *Store) applied(ctx context.Context) (map[int64]bool, error) {
	var versions []int64
	err := s.all(ctx, &versions, `SELECT version_id FROM goose_db_version WHERE is_applied`)
	if err != nil && !missingTable(err) {
		return nil, err
	}
	applied := map[int64]bool{}
	for _, v := range versions {
		applied[v] = true
	}
	return applied, nil
}

func (s *Store) ours() (*goose.Provider, error) {
	dialect := goose.DialectSQLite3
	if s.engine == Postgres {
		dialect = goose.DialectPostgres
	}
	p, err := goose.NewProvider(dialect, s.write.DB, migrations.Files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	return p, nil
}

func (s *Store) queue() (*rivermigrate.Migrator[*sql.Tx], error) {
	m, err := rivermigrate.New(s.QueueDriver(), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, fmt.Errorf("read migrations of the job queue: %w", err)
	}
	return m, nil
}

// migrationLock names the advisory lock; any constant of our own does.
const migrationLock = 0x6261636b73746f70

// lockMigrations keeps other machines from migrating. A file of SQLite has one
// machine, and its single writing connection is the lock.
func (s *Store) lockMigrations(ctx context.Context) (unlock func() error, err error) {
	if s.engine == SQLite {
		return func() error { return nil }, nil
	}
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, migrationLock); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return func() error {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		_, err := conn.ExecContext(ctx, `SELECT pg_advisory_unlock($1)`, migrationLock)
		return errors.Join(err, conn.Close())
	}, nil
}
