package sandbox

import (
	"context"
	"time"
)

// Ring makes the phone ring. It stops by itself, as no-answer, when the call's
// Timeout has passed.
func (t *Twilio) Ring(sid string) Delivery {
	unlock := t.onLine(sid)
	defer unlock()
	c, ok := t.move(sid, "queued", "ringing")
	if !ok {
		return Delivery{}
	}
	t.callback(sid, "initiated", "initiated")
	d := t.callback(sid, "ringing", "ringing")
	if rang := t.s.opt.Rang; rang != nil {
		t.s.background(func(context.Context) { rang(c) })
	}
	t.s.background(func(ctx context.Context) {
		timer := time.NewTimer(c.Timeout)
		defer timer.Stop()
		for {
			changed := t.s.hub.next()
			if now, ok := t.CallBySID(sid); !ok || now.Status != "ringing" {
				return
			}
			select {
			case <-timer.C:
				t.endCall(sid, "no-answer")
				return
			case <-changed:
			case <-ctx.Done():
				return
			}
		}
	})
	return d
}

// onLine waits until the call's earlier events have been told.
func (t *Twilio) onLine(sid string) (unlock func()) {
	t.mu.Lock()
	c, ok := t.callSID[sid]
	t.mu.Unlock()
	if !ok {
		return func() {}
	}
	c.line.Lock()
	return c.line.Unlock
}

// HangUp ends an answered call, or declines one that rings.
func (t *Twilio) HangUp(sid string) {
	c, _ := t.CallBySID(sid)
	if c.Status == "in-progress" {
		t.endCall(sid, "completed")
		return
	}
	t.endCall(sid, "busy")
}

// Busy, NoAnswer and FailCall end a call that was not answered.
func (t *Twilio) Busy(sid string) { t.endCall(sid, "busy") }

// NoAnswer lets a call ring out.
func (t *Twilio) NoAnswer(sid string) { t.endCall(sid, "no-answer") }

// FailCall ends a call that could not be connected.
func (t *Twilio) FailCall(sid string) { t.endCall(sid, "failed") }

// ExpireCalls ends, as no-answer, what has rung longer than its Timeout by the
// sandbox's clock: after the clock was skipped.
func (t *Twilio) ExpireCalls() {
	now := t.s.now()
	for _, c := range t.Calls() {
		if c.Status == "ringing" && now.Sub(c.Created) > c.Timeout {
			t.endCall(c.SID, "no-answer")
		}
	}
}

// endCall ends a call once; every ending reports as the completed event.
func (t *Twilio) endCall(sid, status string) {
	unlock := t.onLine(sid)
	defer unlock()
	t.mu.Lock()
	c, ok := t.callSID[sid]
	if !ok || c.over() {
		t.mu.Unlock()
		return
	}
	c.Status, c.Waiting = status, false
	c.Ended = t.s.now()
	if c.Started.IsZero() {
		c.Started = c.Ended
	}
	t.mu.Unlock()
	t.s.hub.changed()
	t.callback(sid, "completed", status)
}

func (t *Twilio) move(sid, from, to string) (Call, bool) {
	t.mu.Lock()
	c, ok := t.callSID[sid]
	if !ok || c.Status != from {
		t.mu.Unlock()
		return Call{}, false
	}
	c.Status = to
	done := c.copy()
	t.mu.Unlock()
	t.s.hub.changed()
	return done, true
}
