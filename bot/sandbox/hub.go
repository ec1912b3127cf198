package sandbox

import "sync"

// hub tells whoever waits that something in the sandbox has changed.
type hub struct {
	mu      sync.Mutex
	version uint64
	wake    chan struct{}
}

func newHub() *hub { return &hub{wake: make(chan struct{})} }

func (h *hub) changed() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.version++
	close(h.wake)
	h.wake = make(chan struct{})
}

// next is closed at the next change.
func (h *hub) next() <-chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.wake
}

func (h *hub) at() uint64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.version
}
