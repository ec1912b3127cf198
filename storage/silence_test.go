package storage_test

import (
	"database/sql"
	"io"
	"net"
	"net/url"
	"os"
	"sync"
	"testing"
	"time"

	"backstop/storage"
	"backstop/storage/storagetest"
)

// blackHole is a wire to the server that swallows what comes, when told to: nothing
// gets through any more, and nobody is told.
type blackHole struct {
	to    string
	mu    sync.Mutex
	wires [][2]net.Conn // ours, the server's
}

// throughABlackHole is the address of a database over such a wire.
func throughABlackHole(t *testing.T, address string) (*blackHole, string) {
	t.Helper()
	u := must(url.Parse(address))
	tcp := must(url.Parse(os.Getenv("BACKSTOP_TEST_POSTGRES_TCP")))
	if tcp.Host == "" {
		t.Fatal("BACKSTOP_TEST_POSTGRES_TCP is not set: run the tests through scripts/with-postgres")
	}
	listener := must(net.Listen("tcp", "127.0.0.1:0"))
	h := &blackHole{to: tcp.Host}
	var serving sync.WaitGroup
	serving.Go(func() {
		for {
			ours, err := listener.Accept()
			if err != nil {
				return
			}
			serving.Go(func() { h.carry(ours) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		h.swallow()
		h.mu.Lock()
		for _, wire := range h.wires {
			_ = wire[0].Close()
		}
		h.mu.Unlock()
		serving.Wait()
	})
	tcp.Host, tcp.Path = listener.Addr().String(), u.Path
	return h, tcp.String()
}

func (h *blackHole) carry(ours net.Conn) {
	theirs, err := net.Dial("tcp", h.to)
	if err != nil {
		_ = ours.Close()
		return
	}
	h.mu.Lock()
	h.wires = append(h.wires, [2]net.Conn{ours, theirs})
	h.mu.Unlock()
	var both sync.WaitGroup
	both.Go(func() { _, _ = io.Copy(theirs, ours); _ = theirs.Close() })
	both.Go(func() { _, _ = io.Copy(ours, theirs) }) // and ours stays open: it hears of nothing
	both.Wait()
}

// swallow lets every wire there is fall silent, for good. New ones carry.
func (h *blackHole) swallow() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, wire := range h.wires {
		_ = wire[1].Close()
	}
}

// A network that swallows everything, or a server that hangs, closes no connection.
// Who waits on one is let go, and what comes next goes by new ones.
func TestAServerThatFallsSilentIsLeft(t *testing.T) {
	hole, address := throughABlackHole(t, storagetest.URL(t, storage.Postgres))
	s := storagetest.OpenURL(t, address+"&max_silence=1s")
	p := storagetest.Patient(t, s, "main", "+15551234567")
	lock := func(tx *storage.Tx) error {
		_, err := tx.LockPatient(t.Context(), "main", p.ID)
		return err
	}
	const connections = 6
	for name, atOnce := range map[string]int{"many wait at once": 8, "one after the other": 1} {
		t.Run(name, func(t *testing.T) {
			together := make(chan struct{}, connections)
			var warm sync.WaitGroup
			for range connections { // all of which fall silent
				warm.Go(func() {
					in(t, s, func(tx *storage.Tx) error {
						together <- struct{}{}
						for len(together) < connections {
							time.Sleep(time.Millisecond)
						}
						return nil
					})
				})
			}
			warm.Wait()
			hole.swallow()
			freed := make(chan error)
			for range atOnce {
				go func() { freed <- s.InTx(t.Context(), lock) }()
			}
			for range atOnce {
				select {
				case <-freed:
				case <-time.After(20 * time.Second):
					t.Fatal("somebody still waits for a server that fell silent 20 s ago")
				}
			}
			in(t, s, lock) // no other silent connection is tried
			if _, err := s.PatientByID(t.Context(), "main", p.ID); err != nil {
				t.Error(err)
			}
		})
	}
}

// A migration may take long, and another machine's is waited for.
func TestAMigrationMayBeSilentForLong(t *testing.T) {
	_, address := throughABlackHole(t, storagetest.URL(t, storage.Postgres))
	s := storagetest.OpenURL(t, address+"&max_silence=1s")
	other := must(sql.Open("postgres", address))
	defer other.Close()
	tx := must(other.Begin())
	if _, err := tx.Exec(`LOCK TABLE goose_db_version IN ACCESS EXCLUSIVE MODE`); err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(2500*time.Millisecond, func() { _ = tx.Rollback() })
	began := time.Now()
	if err := s.Migrate(t.Context()); err != nil {
		t.Errorf("waiting for another machine's migration: %v", err)
	}
	if waited := time.Since(began); waited < 2*time.Second {
		t.Errorf("it waited %s: that proves nothing", waited)
	}
}
