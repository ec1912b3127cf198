package storage_test

import (
	"database/sql"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"backstop/storage"
	"backstop/storage/storagetest"
)

// Tables that stay small whatever the number of patients: reading them whole is fine.
var small = regexp.MustCompile(`(?i)\b(FROM|UPDATE) (clinics|clinicians|api_tokens|cursors|goose_db_version)\b`)

// MessageCounts reads every message: it serves reports, not requests.
var forReports = regexp.MustCompile(`GROUP BY direction, state`)

// Every statement in the source, on both engines: it must parse, and must find
// its rows by an index, so that its cost does not grow with the patients.
func TestEveryStatementFindsItsRowsByAnIndex(t *testing.T) {
	queries := statementsInSource(t)
	if len(queries) < 80 {
		t.Fatalf("found only %d statements", len(queries))
	}
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		conn := must(s.DB().Conn(t.Context()))
		defer conn.Close()
		for where, query := range queries {
			plan, err := explain(t, conn, s.Engine(), query)
			if err != nil {
				t.Errorf("%s: %v\n%s", where, err, query)
				continue
			}
			if scansTable(s.Engine(), plan) && !small.MatchString(query) && !forReports.MatchString(query) {
				t.Errorf("%s reads a whole table:\n%s\n%s", where, query, plan)
			}
		}
	})
}

// What a subquery has found is read whole.
var fromSubquery = regexp.MustCompile(`SCAN (due|waiting|said|\(subquery-\d+\))`)

func scansTable(engine storage.Engine, plan string) bool {
	if engine == storage.Postgres {
		return strings.Contains(plan, "Seq Scan")
	}
	for line := range strings.Lines(plan) {
		if strings.Contains(line, "SCAN ") && !strings.Contains(line, "SCAN CONSTANT ROW") && !strings.Contains(line, "INDEX") && !fromSubquery.MatchString(line) {
			return true
		}
	}
	return false
}

func explain(t *testing.T, conn *sql.Conn, engine storage.Engine, query string) (string, error) {
	t.Helper()
	ctx := t.Context()
	if engine == storage.SQLite {
		return read(conn.QueryContext(ctx, `EXPLAIN QUERY PLAN `+query, make([]any, arguments(query))...))
	}
	query = strings.NewReplacer("/*pg:", "", "*/", "").Replace(query)
	for _, setup := range []string{
		`SET enable_seqscan = off`, `SET plan_cache_mode = force_generic_plan`, `DEALLOCATE ALL`, `PREPARE q AS ` + query,
	} {
		if _, err := conn.ExecContext(ctx, setup); err != nil {
			return "", err
		}
	}
	execute := `EXECUTE q`
	if n := arguments(query); n > 0 {
		execute += `(` + strings.TrimSuffix(strings.Repeat("NULL,", n), ",") + `)`
	}
	return read(conn.QueryContext(ctx, `EXPLAIN `+execute))
}

// read joins the last column of every row.
func read(rows *sql.Rows, err error) (string, error) {
	if err != nil {
		return "", err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return "", err
	}
	var plan strings.Builder
	for rows.Next() {
		cells := make([]any, len(columns))
		var last string
		for i := range cells {
			cells[i] = new(any)
		}
		cells[len(cells)-1] = &last
		if err := rows.Scan(cells...); err != nil {
			return "", err
		}
		fmt.Fprintln(&plan, last)
	}
	return plan.String(), rows.Err()
}

var placeholder = regexp.MustCompile(`\$(\d+)`)

func arguments(query string) (n int) {
	for _, m := range placeholder.FindAllStringSubmatch(query, -1) {
		i, _ := strconv.Atoi(m[1])
		n = max(n, i)
	}
	return n
}

var statement = regexp.MustCompile(`^\s*(?:/\*pg:[^*]*\*/\s*)?(SELECT|INSERT|UPDATE|DELETE|WITH)\s`)

// statementsInSource are the raw string literals of this package that hold SQL,
// by where they stand.
func statementsInSource(t *testing.T) map[string]string {
	t.Helper()
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	files := token.NewFileSet()
	found := map[string]string{}
	for _, source := range sources {
		if strings.HasSuffix(source, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(files, source, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING || !strings.HasPrefix(lit.Value, "`") {
				return true
			}
			query := strings.Trim(lit.Value, "`")
			if !statement.MatchString(query) || strings.Contains(query, "pg_advisory") {
				return true
			}
			for i := 1; strings.Contains(query, "?"); i++ { // written for sqlx.In
				query = strings.Replace(query, "?", fmt.Sprintf("$%d", i), 1)
			}
			found[files.Position(lit.Pos()).String()] = query
			return true
		})
	}
	return found
}

// Without statistics a statement that looks a phone up could read everybody in the
// clinic, in the order it wants them in. PostgreSQL gathers its own; SQLite has none.
func TestAPhoneIsFoundByItsHash(t *testing.T) {
	queries := statementsInSource(t)
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		for i := range 300 {
			storagetest.Patient(t, s, "main", fmt.Sprintf("+1555123%04d", i))
		}
		conn := must(s.DB().Conn(t.Context()))
		defer conn.Close()
		if s.Engine() == storage.Postgres {
			if _, err := conn.ExecContext(t.Context(), `ANALYZE patients`); err != nil {
				t.Fatal(err)
			}
		}
		found := 0
		for where, query := range queries {
			if !strings.Contains(query, "FROM patients") || !strings.Contains(query, "phone_hash IN") {
				continue
			}
			found++
			plan, err := explain(t, conn, s.Engine(), query)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(plan, "patients_phone") {
				t.Errorf("%s does not look the hash up:\n%s\n%s", where, query, plan)
			}
		}
		if found < 2 {
			t.Errorf("found only %d statements that look a phone up", found)
		}
	})
}
