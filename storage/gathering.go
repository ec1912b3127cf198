package storage

import (
	"slices"
	"sync"
)

// gathering lets those who come while others are at work wait and be worked for
// together: the first of them leads, and passes the lead on to the next.
type gathering[M any] struct {
	mu      sync.Mutex
	waiting []*gathered[M]
	leading bool
}

type gathered[M any] struct {
	member M
	lead   chan struct{} // closed when it is to lead those who wait
	done   chan struct{} // closed when it has been worked for
}

// join returns when m has been worked for. Whoever leads takes the first of those who
// wait, m among them, works for them and dismisses them.
func (g *gathering[M]) join(m M, lead func()) {
	w := &gathered[M]{member: m, lead: make(chan struct{}), done: make(chan struct{})}
	g.mu.Lock()
	g.waiting = append(g.waiting, w)
	if !g.leading {
		g.leading = true
		close(w.lead)
	}
	g.mu.Unlock()
	select {
	case <-w.lead:
		lead()
	case <-w.done:
	}
	<-w.done
}

// take takes those who wait, in their order, at most so many of them; nobody who does
// not go with one taken before.
func (g *gathering[M]) take(most int, goes func(with, m M) bool) (taken []*gathered[M]) {
	g.mu.Lock()
	defer g.mu.Unlock()
	var stay []*gathered[M]
	for _, w := range g.waiting {
		apart := func(other *gathered[M]) bool { return !goes(other.member, w.member) }
		if len(taken) < most && !slices.ContainsFunc(taken, apart) {
			taken = append(taken, w)
		} else {
			stay = append(stay, w)
		}
	}
	g.waiting = stay
	return taken
}

// dismiss passes the lead on and lets those go who were taken, each after last.
func (g *gathering[M]) dismiss(taken []*gathered[M], last func(M)) {
	g.mu.Lock()
	if g.leading = len(g.waiting) > 0; g.leading {
		close(g.waiting[0].lead)
	}
	g.mu.Unlock()
	for _, w := range taken {
		last(w.member)
		close(w.done)
	}
}
