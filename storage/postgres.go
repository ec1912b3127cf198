package storage

import (
	"database/sql"
	"fmt"
	"net/url"
	"runtime"
	"strconv"
	"time"

	"github.com/lib/pq"
)

// openPostgres connects through lib/pq. The address may say pool_max_conns and
// max_silence. A pooler between here and the server must pool sessions, not
// transactions: prepared statements and the lock of Migrate belong to a connection.
func openPostgres(address string) (*Store, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	q := u.Query()
	conns := max(16, 4*runtime.GOMAXPROCS(0))
	if text := q.Get("pool_max_conns"); text != "" {
		conns, err = strconv.Atoi(text)
		if err != nil || conns < 1 {
			return nil, fmt.Errorf("DATABASE_URL: pool_max_conns=%s is not a number of connections", text)
		}
		q.Del("pool_max_conns")
	}
	patience := &patience{}
	patience.lasts(30 * time.Second) // longer than a statement of the daily work takes
	if text := q.Get("max_silence"); text != "" {
		lasts, err := time.ParseDuration(text)
		if err != nil || lasts <= 0 {
			return nil, fmt.Errorf("DATABASE_URL: max_silence=%s is not a time like 60s", text)
		}
		patience.lasts(lasts)
		q.Del("max_silence")
	}
	u.RawQuery = q.Encode()
	connector, err := pq.NewConnector(u.String())
	if err != nil {
		return nil, err
	}
	connector.Dialer(patience)
	db := sql.OpenDB(keeping{Connector: connector, forgets: true})
	patience.ended = func() { // where one was swallowed, those that lie idle were: nobody shall wait on them in turn
		db.SetMaxIdleConns(0)
		db.SetMaxIdleConns(conns)
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	db.SetConnMaxIdleTime(5 * time.Minute)
	db.SetConnMaxLifetime(10 * time.Minute) // proxies in front of managed databases cut older ones
	s := newStore(Postgres, db, db)
	s.patience = patience
	return s, nil
}
