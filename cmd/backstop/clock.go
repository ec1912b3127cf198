package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"backstop/bot"
	"backstop/flows/protocol"
)

// movableClock is the demo's clock: it runs like any other, and can be moved
// forward. It starts in the early afternoon of a working day.
type movableClock struct {
	bot *bot.Bot

	mu     sync.Mutex
	offset time.Duration
	held   time.Time // while the clock stands still; zero while it runs

	skipping sync.Mutex
}

func newMovableClock(clinic protocol.Clinic) *movableClock {
	const earlyAfternoon = protocol.Clock(14*60 + 10)
	now := time.Now()
	day := protocol.DateOf(now, clinic.TimeZone)
	start := protocol.At(day, earlyAfternoon, clinic.TimeZone)
	for range 14 { // not on a weekend or holiday, when answers would be the closed clinic's
		if clinic.OfficeOpen(start) {
			break
		}
		day = day.AddDays(1)
		start = protocol.At(day, earlyAfternoon, clinic.TimeZone)
	}
	return &movableClock{offset: start.Sub(now)}
}

// Now is the demo's time.
func (c *movableClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

func (c *movableClock) now() time.Time {
	if !c.held.IsZero() {
		return c.held
	}
	return time.Now().Add(c.offset)
}

// hold lets the clock stand still, but for being moved, until release.
func (c *movableClock) hold() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held = c.now()
}

// release lets the clock run on from where it stands.
func (c *movableClock) release() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.offset, c.held = time.Until(c.held), time.Time{}
}

// Skip moves the clock forward, stopping at everything that is due on the way
// until it has been worked off.
func (c *movableClock) Skip(to time.Time) error {
	if !c.skipping.TryLock() {
		return errors.New("the clock is being moved already")
	}
	defer c.skipping.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for {
		next, err := c.nextStop(ctx)
		if err != nil {
			return err
		}
		if next.IsZero() || next.After(to) {
			break
		}
		c.moveTo(next)
		if err := c.bot.ClockMoved(ctx); err != nil {
			return err
		}
	}
	c.moveTo(to)
	return c.bot.ClockMoved(ctx)
}

// nextStop is when something is due next or a text that waits may leave.
func (c *movableClock) nextStop(ctx context.Context) (time.Time, error) {
	next, err := c.bot.NextDueAt(ctx)
	if err != nil {
		return time.Time{}, err
	}
	text, err := c.bot.NextTextAt(ctx)
	if next.IsZero() || !text.IsZero() && text.Before(next) {
		next = text
	}
	return next, err
}

// moveTo moves the clock forward to a moment; it never goes back.
func (c *movableClock) moveTo(to time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	ahead := to.Sub(c.now())
	switch {
	case ahead <= 0:
	case c.held.IsZero():
		c.offset += ahead
	default:
		c.held = to
	}
}
