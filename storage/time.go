package storage

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Time is an instant as the database keeps it: UTC, to the microsecond. The
// zero Time is NULL. It reads like the time.Time it holds.
type Time struct{ time.Time }

// At is the Time of t, cut to what the database keeps, so that a value written
// equals the value read back.
func At(t time.Time) Time {
	if t.IsZero() {
		return Time{}
	}
	return Time{t.UTC().Truncate(time.Microsecond)}
}

// Value gives the driver microseconds since 1970, or NULL.
func (t Time) Value() (driver.Value, error) {
	if t.IsZero() {
		return nil, nil
	}
	return t.UnixMicro(), nil
}

// Scan takes microseconds since 1970, or NULL.
func (t *Time) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		*t = Time{}
	case int64:
		*t = Time{time.UnixMicro(v).UTC()}
	default:
		return fmt.Errorf("time column holds %T, not microseconds", value)
	}
	return nil
}
