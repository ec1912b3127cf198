package bot

import (
	"context"
	"sync/atomic"

	"backstop/storage"
)

// hands carry out at once what a transaction has decided, without the way
// through the queue. What they take is marked in that very transaction, as a
// worker would mark it, so that what dies meanwhile leaves nothing to chance:
// the mark is found and settled. What finds no free hand goes through the queue.
type hands struct {
	all   int
	free  chan struct{} // nil until the bot has started
	taken atomic.Int64  // how often one was taken
}

// handsPerWorker is how many providers' answers are waited for at a time: a hand
// waits for the network, a worker for the database.
const handsPerWorker = 4

// open lets hands be taken.
func (h *hands) open(count int) {
	h.all, h.free = count, make(chan struct{}, count)
	for range count {
		h.free <- struct{}{}
	}
}

// close takes every hand, and so waits for what is under way, at most until ctx
// ends. Nothing is handed over from then on.
func (h *hands) close(ctx context.Context) error {
	for range h.all {
		select {
		case <-h.free:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// busy reports whether a hand is at work.
func (h *hands) busy() bool { return len(h.free) < h.all }

// after has something carried out once the transaction has committed, and
// reports whether a hand was free for it. What is carried out may take as long
// as a job.
func (b *Bot) after(ctx context.Context, tx *storage.Tx, do func(context.Context)) bool {
	if !b.hands.take() {
		return false
	}
	tx.AtEnd(func(committed bool) {
		if !committed {
			b.hands.free <- struct{}{}
			return
		}
		b.carryBy(ctx, do)
	})
	return true
}

// byHand has something carried out at once, and reports whether a hand was free for it.
func (b *Bot) byHand(ctx context.Context, do func(context.Context)) bool {
	if !b.hands.take() {
		return false
	}
	b.carryBy(ctx, do)
	return true
}

func (h *hands) take() bool {
	select {
	case <-h.free:
		h.taken.Add(1)
		return true
	default:
		return false
	}
}

// carryBy carries something out with a hand that was taken, and frees it then.
func (b *Bot) carryBy(ctx context.Context, do func(context.Context)) {
	h := &b.hands
	if b.steps != nil {
		b.steps.hand(b.now(), do)
		h.free <- struct{}{}
		return
	}
	go func() {
		defer func() { h.free <- struct{}{} }()
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), jobTimeout)
		defer cancel()
		do(ctx)
	}()
}
