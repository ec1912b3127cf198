package protocol

import "time"

// Quiet reports whether a moment lies in the quiet hours of a zone. They run
// from the moment the clocks show quiet_from to the moment they show quiet_to,
// also in the nights in which clocks change.
func (w Windows) Quiet(t time.Time, zone *time.Location) bool {
	return !w.quietUntil(t, zone).IsZero()
}

// NextAllowed is the first moment, t or later, at which a text may leave that
// the patient did not ask for.
func (w Windows) NextAllowed(t time.Time, zone *time.Location) time.Time {
	if until := w.quietUntil(t, zone); !until.IsZero() {
		return until
	}
	return t
}

// quietUntil is the end of the quiet hours a moment lies in; zero when it does not.
func (w Windows) quietUntil(t time.Time, zone *time.Location) time.Time {
	today := DateOf(t, zone)
	nights := 1
	if w.QuietFrom < w.QuietTo {
		nights = 0
	}
	for _, back := range []int{0, -1} {
		begin := today.AddDays(back)
		from, to := At(begin, w.QuietFrom, zone), At(begin.AddDays(nights), w.QuietTo, zone)
		if !t.Before(from) && t.Before(to) {
			return to
		}
	}
	return time.Time{}
}

// quietAt reports whether a time of day lies in the quiet hours.
func (w Windows) quietAt(c Clock) bool {
	if w.QuietFrom < w.QuietTo {
		return c >= w.QuietFrom && c < w.QuietTo
	}
	return c >= w.QuietFrom || c < w.QuietTo
}

// Quiet reports whether a moment lies in the clinic's quiet hours, by the clocks of a patient's zone.
func (c Clinic) Quiet(t time.Time, zone *time.Location) bool {
	return c.Protocol.Windows.Quiet(t, zone)
}

// NextAllowed is the first moment, t or later, outside the quiet hours of a patient's zone.
func (c Clinic) NextAllowed(t time.Time, zone *time.Location) time.Time {
	return c.Protocol.Windows.NextAllowed(t, zone)
}
