package flows

import (
	"slices"
	"time"

	"backstop/flows/copy"
)

// Waiting is a text that may claim something only once its alert has been
// delivered, and what is said instead when that takes too long.
type Waiting struct {
	Alert     string    `json:"alert"` // the key of the alert it waits for
	Delivered copy.Key  `json:"delivered"`
	Otherwise copy.Key  `json:"otherwise"`
	Class     Class     `json:"class"`
	Until     time.Time `json:"until"`
}

const (
	// adviceWaits is how long red-flag advice waits for its alert's delivery.
	adviceWaits = 5 * time.Second
	// receiptWaits is how long any other text does.
	receiptWaits = time.Minute
)

// sayDelivered says that an alert has reached a human, as soon as it is true;
// when it does not become true in time, the other text leaves instead.
func (t *turn) sayDelivered(alert string, delivered, otherwise copy.Key, class Class, wait time.Duration) {
	if t.delivered(alert) {
		t.say(delivered, class)
		return
	}
	w := Waiting{Alert: alert, Delivered: delivered, Otherwise: otherwise, Class: class, Until: t.now.Add(wait).UTC()}
	if slices.ContainsFunc(t.p.Waiting, func(o Waiting) bool { return o.Alert == w.Alert && o.Delivered == w.Delivered }) {
		return // it will be said once
	}
	t.p.Waiting = append(t.p.Waiting, w)
	t.planWaiting()
}

// delivered reports whether a human can see an open alert.
func (t *turn) delivered(key string) bool {
	return slices.ContainsFunc(t.p.Alerts, func(a OpenAlert) bool { return a.Key == key && a.Delivered })
}

// alertDelivered remembers that a human can see an alert, and lets the texts go that waited for it.
func (t *turn) alertDelivered(e AlertDelivered) {
	for i := range t.p.Alerts {
		if t.p.Alerts[i].Key == e.Key {
			t.p.Alerts[i].Delivered = true
		}
	}
	t.p.Waiting = slices.DeleteFunc(t.p.Waiting, func(w Waiting) bool {
		if w.Alert == e.Key {
			t.say(w.Delivered, w.Class)
			return true
		}
		return false
	})
	t.planWaiting()
}

// waitedLong lets those texts go, in their other wording, that have waited long enough.
func (t *turn) waitedLong() {
	t.p.Waiting = slices.DeleteFunc(t.p.Waiting, func(w Waiting) bool {
		if t.now.Before(w.Until) {
			return false
		}
		t.say(w.Otherwise, w.Class)
		return true
	})
	t.planWaiting()
}

// planWaiting keeps one follow-up on the agenda for the first text that gives up waiting.
func (t *turn) planWaiting() {
	if len(t.p.Waiting) == 0 {
		t.cancel("said", DueWaiting)
		return
	}
	first := t.p.Waiting[0].Until
	for _, w := range t.p.Waiting[1:] {
		if w.Until.Before(first) {
			first = w.Until
		}
	}
	t.plan(DueWaiting, first)
}
