package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"github.com/jmoiron/sqlx"
	"github.com/jmoiron/sqlx/reflectx"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"

	"backstop/storage/seal"
)

// Store is one database, open. Its methods read; InTx writes.
type Store struct {
	Reader

	write *sqlx.DB // on SQLite a single connection: writers queue here, not at the file's lock
	read  *sqlx.DB // the same as write on PostgreSQL and in memory

	breaks func(Moment) error // see Break; nil but in a simulation

	patience *patience // with a server; nil on SQLite

	together *together   // of SQLite's transactions; nil on PostgreSQL and in memory
	accepted acceptances // on PostgreSQL
}

// Open connects to "postgres://..." or "sqlite:PATH" ("sqlite::memory:" for a
// database of this Store alone) and checks that it answers. It does not
// migrate: see Migrate and Behind.
func Open(ctx context.Context, databaseURL string, keys *seal.Keys) (*Store, error) {
	if keys == nil {
		return nil, errors.New("open database: no keys")
	}
	var (
		s   *Store
		err error
	)
	switch scheme, rest, _ := strings.Cut(databaseURL, ":"); scheme {
	case "postgres", "postgresql":
		s, err = openPostgres(databaseURL)
	case "sqlite":
		s, err = openSQLite(rest)
	default:
		return nil, fmt.Errorf("open database: DATABASE_URL starts with %q; want postgres://... or sqlite:PATH", scheme+":")
	}
	if err != nil {
		return nil, fmt.Errorf("open database: %w", unmasked(err))
	}
	s.keys = keys
	if err := s.write.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s database: %w", s.engine, unmasked(err)), s.Close())
	}
	return s, nil
}

// unmasked drops the address from a parse error of net/url: it holds a password.
func unmasked(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return fmt.Errorf("DATABASE_URL is not an address: %w", u.Err)
	}
	return err
}

func newStore(engine Engine, write, read *sql.DB) *Store {
	s := &Store{Reader: Reader{engine: engine}}
	mapper := reflectx.NewMapperFunc("db", snake)
	s.write = sqlx.NewDb(write, string(engine))
	s.write.Mapper = mapper
	s.read = s.write
	if read != write {
		s.read = sqlx.NewDb(read, string(engine))
		s.read.Mapper = mapper
	}
	s.q = retrying{s.read}
	return s
}

// snake turns a field's name into its column's: ClinicID is clinic_id.
func snake(field string) string {
	var b strings.Builder
	runes := []rune(field)
	for i, r := range runes {
		if unicode.IsUpper(r) && i > 0 &&
			(unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// Close closes every connection.
func (s *Store) Close() error {
	err := s.write.Close()
	if s.read != s.write {
		err = errors.Join(err, s.read.Close())
	}
	return err
}

// DB is the pool that writes, for the job queue. On SQLite it is one
// connection: what holds it for long holds up everything.
func (s *Store) DB() *sql.DB { return s.write.DB }

// Engine says which database this is.
func (s *Store) Engine() Engine { return s.engine }

// QueueDriver is River's driver for this database.
func (s *Store) QueueDriver() riverdriver.Driver[*sql.Tx] {
	if s.engine == Postgres {
		return riverdatabasesql.New(s.write.DB)
	}
	return riversqlite.New(s.write.DB)
}
