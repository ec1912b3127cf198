package storage

import (
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
