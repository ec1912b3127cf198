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

// openPostgres connects through lib/pq. The address may say pool_max_conns. A
// pooler between here and the server must pool sessions, not transactions:
// prepared statements and the lock of Migrate belong to a connection.
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
		u.RawQuery = q.Encode()
	}
	connector, err := pq.NewConnector(u.String())
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(keeping{Connector: connector})
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	db.SetConnMaxIdleTime(5 * time.Minute)
	db.SetConnMaxLifetime(10 * time.Minute) // proxies in front of managed databases cut older ones
	return newStore(Postgres, db, db), nil
}
