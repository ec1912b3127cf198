package flows_test

import (
	"testing"
	"time"

	"backstop/flows"
)

// A reminder that still waits to leave when its answer comes is called back, and
// nothing else is.
func TestAnAnswerCallsItsReminderBack(t *testing.T) {
	for after, want := range map[time.Duration]bool{2 * time.Minute: true, 30 * time.Minute: false} {
		s := newStage(t)
		at := func(day, hour, minute int) time.Time {
			return time.Date(2026, 11, day, hour, minute, 0, 0, s.zone)
		}
		s.now = at(23, 14, 0)
		s.enrol("usual 1 stage S5 consent written")
		s.session("")
		s.said, s.bodies = nil, nil
		for _, clock := range []time.Time{at(23, 19, 0), at(24, 8, 30), at(24, 11, 0)} {
			s.until(clock)
			s.said, s.bodies = nil, nil
		}
		s.now = s.now.Add(after)
		_, effects := flows.Step(s.clinic, s.p, flows.TextReceived{Message: "m", Text: "1", SentAt: s.now}, s.now)
		called := false
		for _, effect := range effects {
			if c, ok := effect.(flows.CancelTexts); ok {
				called = c.Questions
			}
		}
		if called != want {
			t.Errorf("%s after the reminder: called back %v", after, called)
		}
	}
}
