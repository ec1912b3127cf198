package storage

import "errors"

// Moment is a point of a transaction at which a database can fail.
type Moment int

// The moments.
const (
	AtStatement Moment = iota // nothing of the transaction will be kept
	BeforeCommit
	AfterCommit // it is kept, and the caller is told otherwise
)

// Break has the database fail: f is asked at every moment of every transaction,
// and its error is what the caller gets. f may panic, as a process that dies
// would. For simulations; nil ends it.
func (s *Store) Break(f func(Moment) error) { s.breaks = f }

// ErrLost is a connection lost on the way, for Break: what was not committed did
// not happen and runs again.
var ErrLost = errors.New("connection lost")

func (t *Tx) broken(m Moment) error {
	if t.breaks == nil {
		return nil
	}
	return t.breaks(m)
}

// WhenKept calls f once the database has kept the transaction, also where the
// caller is told that nobody knows: for a queue that stands in for one inside the
// database.
func (t *Tx) WhenKept(f func()) { t.kept = append(t.kept, f) }
