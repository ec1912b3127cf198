package storage

import (
	"database/sql"
	"errors"
	"fmt"
)

// Errors that callers decide on.
var (
	ErrNotFound = errors.New("not found")                       // no such row in this clinic
	ErrConflict = errors.New("changed by somebody else")        // the row moved on since it was read
	ErrState    = errors.New("not in a state that allows this") // e.g. sending a text that was cancelled
	ErrBehind   = errors.New("database is behind this program") // see Store.Behind
)

// doing says what was tried when err is not nil, and turns the driver's "no
// rows" into ErrNotFound.
func doing(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	return fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), err)
}

// changedOne wants that an update touched its one row, else the reason.
func changedOne(n int64, err, reason error) error {
	if err == nil && n == 0 {
		return reason
	}
	return err
}
