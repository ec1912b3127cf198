package storage

import (
	"context"
	"errors"
	"time"
)

// acceptance is what the provider said when it took a text, and what came of keeping it.
type acceptance struct {
	messageID, providerID, status string
	rank, segments                int
	at                            int64 // microseconds, as they are stored

	following string
	err       error
	undone    error // why it could not be kept with others
}

func newAcceptance(messageID, providerID, status string, segments int, at time.Time) *acceptance {
	return &acceptance{messageID: messageID, providerID: providerID, status: status,
		rank: DeliveryRank(status), segments: segments, at: at.UnixMicro()}
}

// acceptances lets those that come at the same time share a transaction of PostgreSQL:
// each is a single row, and beginning, ending and flushing a transaction cost more.
// Nothing waits for them but what comes after the text. One that comes alone is kept at once.
type acceptances struct {
	gathering[*acceptance]

	began time.Time // when some were kept last; the leader's
}

const (
	acceptancesApart = 3 * time.Millisecond // between the beginnings of two transactions
	mostAcceptances  = 100                  // in one
)

// keep keeps one acceptance among those that wait.
func (g *acceptances) keep(ctx context.Context, r Reader, a *acceptance) (following string, err error) {
	g.join(a, func() { g.keepAll(ctx, r) })
	if a.undone != nil { // perhaps another one is to blame
		if err := r.markSent(ctx, a); err != nil {
			return "", err
		}
	}
	return a.following, a.err
}

// keepAll keeps those who wait, its caller among them.
func (g *acceptances) keepAll(ctx context.Context, r Reader) {
	time.Sleep(acceptancesApart - time.Since(g.began))
	g.began = time.Now()
	taken := g.take(mostAcceptances, func(with, a *acceptance) bool {
		return with.messageID != a.messageID // one statement changes a row once
	})
	undone := errors.New("keeping acceptances panicked")
	defer func() { // nobody shall wait for ever
		g.dismiss(taken, func(a *acceptance) { a.undone = undone })
	}()
	all := make([]*acceptance, len(taken))
	for i, w := range taken {
		all[i] = w.member
	}
	undone = r.markSent(context.WithoutCancel(ctx), all...) // the others' time may be longer
}
