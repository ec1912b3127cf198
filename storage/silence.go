package storage

import (
	"context"
	"errors"
	"net"
	"os"
	"sync/atomic"
	"time"
)

// patience is how long a server may say nothing while somebody waits for it. A
// network that swallows everything, or a server that hangs, closes no connection:
// whoever waits on one would wait until the kernel gives up, a quarter of an hour or
// for ever, whatever deadline a context has. lib/pq dials through it.
type patience struct {
	limit atomic.Int64 // nanoseconds; 0 for none
	ended func()       // told, by the way, of every connection on which it has ended
}

func (p *patience) lasts(limit time.Duration) { p.limit.Store(int64(limit)) }

// endless takes the limit away, for what may take long, until it is given back.
func (p *patience) endless() (giveBack func()) {
	if p == nil { // SQLite, which no network parts from us
		return func() {}
	}
	was := p.limit.Swap(0)
	return func() { p.limit.Store(was) }
}

// dialWithin bounds the dialling of a connection; connect_timeout in the address may
// make it shorter.
const dialWithin = 10 * time.Second

// Dial opens a connection.
func (p *patience) Dial(network, address string) (net.Conn, error) {
	return p.DialTimeout(network, address, dialWithin)
}

// DialTimeout opens a connection within a time.
func (p *patience) DialTimeout(network, address string, within time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	return p.DialContext(ctx, network, address)
}

// DialContext opens a connection.
func (p *patience) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	dialer := net.Dialer{Timeout: dialWithin}
	c, err := dialer.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	impatient := &impatientConn{Conn: c, patience: p}
	if wanted, ok := ctx.Value(dialled{}).(**impatientConn); ok {
		*wanted = impatient
	}
	return impatient, nil
}

// dialled is the key under which a context says who wants to know the connection.
type dialled struct{}

// impatientConn gives up what takes longer than the patience, or than the statement
// under way may. Nothing is read from one that lies idle.
type impatientConn struct {
	net.Conn

	patience *patience
	end      time.Time // of the statement under way; the zero time for none
}

func (c *impatientConn) Read(b []byte) (int, error) {
	if err := c.SetReadDeadline(c.until()); err != nil {
		return 0, err
	}
	n, err := c.Conn.Read(b)
	c.patience.heed(err)
	return n, err
}

func (c *impatientConn) Write(b []byte) (int, error) {
	if err := c.SetWriteDeadline(c.until()); err != nil {
		return 0, err
	}
	n, err := c.Conn.Write(b)
	c.patience.heed(err)
	return n, err
}

func (p *patience) heed(err error) {
	if errors.Is(err, os.ErrDeadlineExceeded) {
		p.ended()
	}
}

// until is when what begins now is given up; the zero time for never.
func (c *impatientConn) until() time.Time {
	limit := time.Duration(c.patience.limit.Load())
	if limit == 0 {
		return c.end
	}
	until := time.Now().Add(limit)
	if !c.end.IsZero() && c.end.Before(until) {
		return c.end
	}
	return until
}
