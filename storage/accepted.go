package storage

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// acceptance is what the provider said when it took a text, and what came of keeping it.
type acceptance struct {
	messageID, providerID, status string
	rank, segments                int
	at                            int64 // microseconds, as they are stored

	following string
	err       error
}

func newAcceptance(messageID, providerID, status string, segments int, at time.Time) *acceptance {
	return &acceptance{messageID: messageID, providerID: providerID, status: status,
		rank: DeliveryRank(status), segments: segments, at: at.UnixMicro()}
}

// acceptances lets those that come at the same time share a transaction of PostgreSQL:
// each is a single row, and beginning, ending and flushing a transaction cost more.
// Nothing waits for them but what comes after the text. One that comes alone is kept at once.
type acceptances struct {
	mu      sync.Mutex
	waiting []*waitingAcceptance
	leading bool
	began   time.Time // when some were kept last
}

type waitingAcceptance struct {
	*acceptance

	lead chan struct{} // closed when it is to keep those who wait
	done chan struct{} // closed when it was kept, or could not be
	undo error         // why not
}

const (
	acceptancesApart = 3 * time.Millisecond // between the beginnings of two transactions
	mostAcceptances  = 100                  // in one
)

// keep keeps one acceptance among those that wait.
func (g *acceptances) keep(ctx context.Context, r Reader, a *acceptance) (following string, err error) {
	w := &waitingAcceptance{acceptance: a, lead: make(chan struct{}), done: make(chan struct{})}
	g.mu.Lock()
	g.waiting = append(g.waiting, w)
	if !g.leading {
		g.leading = true
		close(w.lead)
	}
	g.mu.Unlock()
	select {
	case <-w.lead:
		g.keepAll(ctx, r)
	case <-w.done:
	}
	if w.undo != nil { // perhaps another one is to blame
		if err := r.markSent(ctx, a); err != nil {
			return "", err
		}
	}
	return a.following, a.err
}

// keepAll keeps those who wait, its caller first among them, and passes the lead on.
func (g *acceptances) keepAll(ctx context.Context, r Reader) {
	g.mu.Lock()
	rest := acceptancesApart - time.Since(g.began)
	g.mu.Unlock()
	time.Sleep(rest)

	g.mu.Lock()
	g.began = time.Now()
	var now, later []*waitingAcceptance
	var all []*acceptance
	for _, w := range g.waiting {
		twice := slices.ContainsFunc(now, func(other *waitingAcceptance) bool { return other.messageID == w.messageID })
		if twice || len(now) == mostAcceptances { // one statement changes a row once
			later = append(later, w)
			continue
		}
		now, all = append(now, w), append(all, w.acceptance)
	}
	g.waiting = later
	g.mu.Unlock()

	undone := errors.New("keeping acceptances panicked")
	defer func() { // nobody shall wait for ever
		g.mu.Lock()
		if g.leading = len(g.waiting) > 0; g.leading {
			close(g.waiting[0].lead)
		}
		g.mu.Unlock()
		for _, w := range now {
			w.undo = undone
			close(w.done)
		}
	}()
	undone = r.markSent(context.WithoutCancel(ctx), all...) // the others' time may be longer
}
