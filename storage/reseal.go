package storage

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// sealedTable says which columns of a table are sealed, and by what a row is found.
type sealedTable struct {
	name    string
	key     []string
	columns []string
	hashed  bool // has a phone_hash of its column phone
}

// sealedTables are all of them. The statements of Reseal are the only ones put
// together from names: one walk serves every table.
var sealedTables = []sealedTable{
	{"clinicians", []string{"clinic_id", "id"}, []string{"name", "phone"}, false},
	{"patients", []string{"id"}, []string{"phone", "name", "snapshot"}, true},
	{"events", []string{"patient_id", "seq"}, []string{"payload"}, false},
	{"consents", []string{"id"}, []string{"words"}, false},
	{"sessions", []string{"id"}, []string{"note"}, false},
	{"messages", []string{"id"}, []string{"phone", "body", "media"}, true},
	{"readings", []string{"id"}, []string{"answer"}, false},
	{"lifts", []string{"id"}, []string{"work"}, false},
	{"flare_ups", []string{"id"}, []string{"detail"}, false},
	{"trips", []string{"id"}, []string{"detail"}, false},
	{"scores", []string{"id"}, []string{"detail"}, false},
	{"alerts", []string{"id"}, []string{"outcome", "payload"}, false},
	{"posts", []string{"id"}, []string{"payload"}, false},
	{"calls", []string{"id"}, []string{"phone"}, false},
	{"audit", []string{"id"}, []string{"detail"}, false},
	{"slack_installs", []string{"team"}, []string{"token"}, false},
}

// resealed is how far Reseal got under a primary key.
type resealed struct {
	Primary uint32 `json:"primary"`
	Table   int    `json:"table"`
	After   []any  `json:"after"` // the key of the last row; none at a table's start
}

// Reseal seals up to batch more rows with the primary key, those that older
// keys sealed, and hashes their phones anew. It goes on where it stopped, also
// after a restart. Call it until done is true; only then may the old keys be
// dropped, and only once every machine seals with the new one.
func (s *Store) Reseal(ctx context.Context, batch int, now time.Time) (done bool, err error) {
	err = s.InTx(ctx, func(t *Tx) error {
		at, err := t.resealedTo(ctx)
		if err != nil {
			return err
		}
		if done = at.Table >= len(sealedTables); done {
			return nil
		}
		rows, err := t.resealRows(ctx, sealedTables[at.Table], at.After, batch)
		if err != nil {
			return fmt.Errorf("%s: %w", sealedTables[at.Table].name, err)
		}
		if len(rows) > 0 {
			at.After = rows[len(rows)-1]
		}
		if len(rows) < batch {
			at.Table, at.After = at.Table+1, nil
		}
		done = at.Table >= len(sealedTables)
		value, err := json.Marshal(at)
		if err != nil {
			return err
		}
		return t.SetCursor(ctx, "reseal", string(value), now)
	})
	return done, doing(err, "reseal")
}

func (t *Tx) resealedTo(ctx context.Context) (resealed, error) {
	fresh := resealed{Primary: t.keys.Primary()}
	value, err := t.Cursor(ctx, "reseal")
	if err != nil || value == "" {
		return fresh, err
	}
	var at resealed
	if err := json.Unmarshal([]byte(value), &at); err != nil {
		return fresh, err
	}
	if at.Primary != fresh.Primary {
		return fresh, nil
	}
	return at, nil
}

// resealRows seals the next rows of a table and returns their keys.
func (t *Tx) resealRows(ctx context.Context, table sealedTable, after []any, batch int) (keys [][]any, err error) {
	rows, err := t.sealedRows(ctx, table, after, batch)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if err := t.resealRow(ctx, table, row); err != nil {
			return nil, err
		}
		keys = append(keys, row.key)
	}
	return keys, nil
}

type sealedRow struct {
	key    []any
	clinic string
	hash   []byte
	cells  [][]byte
}

func (t *Tx) sealedRows(ctx context.Context, table sealedTable, after []any, batch int) (_ []sealedRow, err error) {
	hash := "''"
	if table.hashed {
		hash = "phone_hash"
	}
	where := ""
	if len(after) > 0 {
		where = fmt.Sprintf("WHERE (%s) > (%s)", strings.Join(table.key, ", "), placeholders(1, len(after)))
	}
	query := fmt.Sprintf("SELECT %s, clinic_id, %s, %s FROM %s %s ORDER BY %s LIMIT %d /*pg: FOR UPDATE */",
		strings.Join(table.key, ", "), hash, strings.Join(table.columns, ", "), table.name, where, strings.Join(table.key, ", "), batch)
	result, err := t.tx.QueryContext(ctx, t.engine.text(query), after...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, result.Close()) }()
	var rows []sealedRow
	for result.Next() {
		row := sealedRow{key: make([]any, len(table.key)), cells: make([][]byte, len(table.columns))}
		var into []any
		for i := range row.key {
			into = append(into, &row.key[i])
		}
		into = append(into, &row.clinic, &row.hash)
		for i := range row.cells {
			into = append(into, &row.cells[i])
		}
		if err := result.Scan(into...); err != nil {
			return nil, err
		}
		for i, k := range row.key {
			if text, ok := k.([]byte); ok {
				row.key[i] = string(text)
			}
		}
		rows = append(rows, row)
	}
	return rows, result.Err()
}

func (t *Tx) resealRow(ctx context.Context, table sealedTable, row sealedRow) error {
	id := fmt.Sprint(row.key[len(row.key)-1])
	if table.name == "events" {
		id = fmt.Sprint(row.key[0]) + "/" + id
	}
	s := t.sealer(table.name, id, row.clinic)
	changed := false
	var sets []string
	var args []any
	for i, column := range table.columns {
		cell := json.RawMessage(row.cells[i])
		current := t.keys.Current(cell)
		s.openRaw(column, &cell)
		if table.hashed && column == "phone" {
			hash := s.hash(string(cell))
			changed = changed || !bytes.Equal(hash, row.hash)
			args = append(args, hash)
			sets = append(sets, fmt.Sprintf("phone_hash = $%d", len(args)))
		}
		changed = changed || !current
		args = append(args, s.sealBytes(column, cell))
		sets = append(sets, fmt.Sprintf("%s = $%d", column, len(args)))
	}
	if s.err != nil || !changed {
		return s.err
	}
	query := fmt.Sprintf("UPDATE %s SET %s WHERE (%s) = (%s)",
		table.name, strings.Join(sets, ", "), strings.Join(table.key, ", "), placeholders(len(args)+1, len(row.key)))
	_, err := t.exec(ctx, query, append(args, row.key...)...)
	return err
}

func placeholders(from, n int) string {
	var names []string
	for i := range n {
		names = append(names, fmt.Sprintf("$%d", from+i))
	}
	return strings.Join(names, ", ")
}
