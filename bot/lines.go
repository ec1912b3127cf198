package bot

import (
	"context"
	"sync"
	"time"

	"backstop/storage"
)

// Silent lines about a patient have no job: there are as many of them as texts,
// and Slack takes one a second in a channel. They wait in the table of posts; a
// free hand shows one at once while its channel has room, else the sweep does in
// its turn. A line that Slack did not take gets a job, as every other post has.

// channels remembers which channels have no room just now, so that nobody asks
// the database in vain, and in which of them a hand is showing what waits.
type channels struct {
	mu      sync.Mutex
	full    map[string]time.Time // until when
	showing map[string]bool
}

// hold remembers that a channel has no room until a time.
func (c *channels) hold(channel string, until time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.full == nil {
		c.full = map[string]time.Time{}
	}
	c.full[channel] = until
}

// haveRoom reports whether a channel may have room. A clock that was set back
// does not close one for long.
func (c *channels) haveRoom(channel string, now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	until, ok := c.full[channel]
	return !ok || !now.Before(until) || until.Sub(now) > longestInLine
}

// begin reports whether nobody shows what waits in a channel yet; whoever gets
// true ends it.
func (c *channels) begin(channel string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.showing == nil {
		c.showing = map[string]bool{}
	}
	was := c.showing[channel]
	c.showing[channel] = true
	return !was
}

func (c *channels) end(channel string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.showing, channel)
}

// forget is what a process that dies does.
func (c *channels) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.full, c.showing = nil, nil
}

// showInTurn has a silent line shown that the transaction has stored, unless another
// one of its channel is being shown: there is room for one at a time.
func (b *Bot) showInTurn(ctx context.Context, tx *storage.Tx, channel, clinicID, id string) {
	if !b.channels.haveRoom(channel, b.now()) {
		return
	}
	b.after(ctx, tx, func(ctx context.Context) {
		if b.channels.begin(channel) {
			defer b.channels.end(channel)
			b.showLine(ctx, clinicID, id)
		}
	})
}

// showLine shows a post that may have no job. When it has to be come back to, it
// gets one.
func (b *Bot) showLine(ctx context.Context, clinicID, id string) {
	_, err := b.show(ctx, clinicID, id, func(tx *storage.Tx, wait time.Duration) error {
		return b.enqueueIn(ctx, tx, wait, postJob{ClinicID: clinicID, PostID: id}, priorityNormal)
	})
	if err != nil { // it waits, or stays marked: the sweep finds it
		b.log.ErrorContext(ctx, "show post", "post", id, "error", err)
	}
}

// linesAtOnce is how many posts of a channel are looked at one after the other:
// more than a channel has room for at a time, even if some wait for their parent.
const linesAtOnce = 20

// sweepLines has what waits in each channel shown, in its order, as far as there
// is room. It returns how many it looked at.
func (b *Bot) sweepLines(ctx context.Context) (int, error) {
	posts, err := b.store.FirstInLine(ctx, linesAtOnce)
	if err != nil {
		return 0, err
	}
	waiting := map[string][]storage.Post{}
	var order []string
	for _, p := range posts {
		if len(waiting[p.Channel]) == 0 {
			order = append(order, p.Channel)
		}
		waiting[p.Channel] = append(waiting[p.Channel], p)
	}
	for _, channel := range order {
		if !b.channels.haveRoom(channel, b.now()) || !b.channels.begin(channel) {
			continue
		}
		taken := b.byHand(ctx, func(ctx context.Context) {
			defer b.channels.end(channel)
			for _, p := range waiting[channel] {
				if !b.channels.haveRoom(channel, b.now()) {
					return
				}
				b.showLine(ctx, p.ClinicID, p.ID)
			}
		})
		if !taken {
			b.channels.end(channel)
		}
	}
	return len(posts), nil
}
