package storagetest

import (
	"io"
	"net"
	"net/url"
	"os"
	"sync"
	"testing"
)

// BlackHole is a wire to the PostgreSQL server that swallows what comes, when told to: nothing
// gets through any more, and nobody is told.
type BlackHole struct {
	to    string
	mu    sync.Mutex
	wires [][2]net.Conn // ours, the server's
}

// ThroughABlackHole is the address of a database over such a wire.
func ThroughABlackHole(t testing.TB, address string) (*BlackHole, string) {
	t.Helper()
	tcp, err := url.Parse(OverTCP(t, address))
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h := &BlackHole{to: tcp.Host}
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
		h.Swallow()
		h.mu.Lock()
		for _, wire := range h.wires {
			_ = wire[0].Close()
		}
		h.mu.Unlock()
		serving.Wait()
	})
	tcp.Host = listener.Addr().String()
	return h, tcp.String()
}

// OverTCP is the address of the same PostgreSQL database over TCP.
func OverTCP(t testing.TB, address string) string {
	t.Helper()
	ours, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	tcp, err := url.Parse(os.Getenv("BACKSTOP_TEST_POSTGRES_TCP"))
	if err != nil || tcp.Host == "" {
		t.Fatalf("BACKSTOP_TEST_POSTGRES_TCP: %v: run the tests through scripts/with-postgres", err)
	}
	tcp.Path = ours.Path
	return tcp.String()
}

func (h *BlackHole) carry(ours net.Conn) {
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

// Swallow lets every wire there is fall silent, for good. New ones carry.
func (h *BlackHole) Swallow() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, wire := range h.wires {
		_ = wire[1].Close()
	}
}
