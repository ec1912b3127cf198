package storage

import (
	"context"
	"strings"

	"github.com/google/uuid"
)

// NewID makes an id: a UUIDv7, so that ids sort by the time they were made.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }

func orNewID(id string) string {
	if id == "" {
		return NewID()
	}
	return id
}

// namedID is the id of the one row that is called so: always the same for the same
// names, so that the row can be sealed without being looked for.
func namedID(names ...string) string {
	return uuid.NewSHA1(uuid.NameSpaceOID, []byte(strings.Join(names, "\x00"))).String()
}

// putNamed puts a row under the id that its names give it: the table's, and what else
// nothing else in the table is called. A row that an earlier version stored has an id of
// its own, which binds its ciphertext: put touches nothing then, and is called again with
// the id that find has for the names after the table's.
func (t *Tx) putNamed(ctx context.Context, names []string, find string, put func(id string) (int64, error)) error {
	n, err := put(namedID(names...))
	if err != nil || n > 0 {
		return changedOne(n, err, ErrConflict)
	}
	var id string
	if err := t.get(ctx, &id, find, names[1], names[2]); err != nil {
		return err
	}
	n, err = put(id)
	return changedOne(n, err, ErrConflict)
}
