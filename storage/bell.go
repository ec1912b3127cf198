package storage

import (
	"context"
	"database/sql"

	"github.com/riverqueue/river/riverdriver"
)

// Bell tells the job queue of this process that jobs were committed here, so that
// it need not look often. The jobs of other processes it finds when it looks.
type Bell struct{ rung chan struct{} }

// NewBell makes a bell for one queue.
func NewBell() *Bell { return &Bell{rung: make(chan struct{}, 1)} }

// Ring has the queue look for jobs. It may be called at any time, by anybody.
func (b *Bell) Ring() {
	select {
	case b.rung <- struct{}{}:
	default: // it has not heard the last one yet
	}
}

// QueueDriverWith is River's driver for this database, with the bell in place of
// LISTEN and NOTIFY: neither lib/pq's driver nor SQLite's has a listener, and
// every NOTIFY takes a lock that commits queue at.
func (s *Store) QueueDriverWith(bell *Bell) riverdriver.Driver[*sql.Tx] {
	return hearing{s.QueueDriver(), bell}
}

type hearing struct {
	riverdriver.Driver[*sql.Tx]

	bell *Bell
}

func (hearing) SupportsListener() bool     { return true }
func (hearing) SupportsListenNotify() bool { return false }

func (h hearing) GetListener(*riverdriver.GetListenenerParams) riverdriver.Listener {
	return ear{h.bell}
}

// ear is a listener that hears the bell as a note of new jobs.
type ear struct{ bell *Bell }

func (e ear) WaitForNotification(ctx context.Context) (*riverdriver.Notification, error) {
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-e.bell.rung:
		return &riverdriver.Notification{Topic: "river_insert", Payload: `{"queue": "default"}`}, nil
	}
}

func (ear) Connect(context.Context) error          { return nil }
func (ear) Close(context.Context) error            { return nil }
func (ear) Listen(context.Context, string) error   { return nil }
func (ear) Unlisten(context.Context, string) error { return nil }
func (ear) Ping(context.Context) error             { return nil }
func (ear) Schema() string                         { return "" }
func (ear) SetAfterConnectExec(string)             {}
