package bot

import "time"

// Clock tells the bot's time. The demo's and the simulator's can be moved.
type Clock interface{ Now() time.Time }

// WallClock is the machine's own time.
type WallClock struct{}

// Now is the present moment.
func (WallClock) Now() time.Time { return time.Now() }

// now is the bot's time as the database keeps it: UTC, to the microsecond.
func (b *Bot) now() time.Time {
	return b.clock.Now().Add(time.Duration(b.off.Load())).UTC().Truncate(time.Microsecond)
}
