package flows

import (
	"slices"
	"strconv"
	"time"
)

// TextUndelivered says that one text did not arrive, though the number is not
// known to be wrong.
type TextUndelivered struct {
	Kind   string `json:"kind"` // its key in flows/copy
	Class  Class  `json:"class"`
	Reason string `json:"reason"`

	InARow int       `json:"in_a_row,omitempty"` // texts that found the phone unreachable since one last arrived or came from it, this one too
	Since  time.Time `json:"since,omitzero"`     // when the first of them was written
}

// unreachedFor is how long a phone is unreachable at least before that is more
// than a flat battery or a day in the mountains.
const unreachedFor = 24 * time.Hour

// textUndelivered stops texts to a phone that is never reached. Before that it
// makes a human's task of a text that somebody in pain did not get; any
// other leaves a line.
func (t *turn) textUndelivered(e TextUndelivered) {
	if e.InARow >= t.clinic.Protocol.Limits.UnreachedMax && t.now.Sub(e.Since) >= unreachedFor && t.p.Consent.State == ConsentGiven {
		t.numberFailed(NumberFailed{Reason: "The last " + strconv.Itoa(e.InARow) + " texts did not arrive: " + e.Reason})
		return
	}
	line := "A text was not delivered: " + e.Reason + "."
	i := slices.IndexFunc(t.p.Alerts, isRedFlag)
	switch {
	case e.Class == ClassSafety && i >= 0:
		t.raise(RaiseAlert{Key: t.p.Alerts[i].Key, Level: t.p.Alerts[i].Level, Headline: "The advice did not reach the phone: please call now",
			Why: line})
	case t.hurts():
		t.raise(RaiseAlert{Key: "unreached", Level: P2, Headline: "A text did not arrive, and the last report was pain", Trend: t.trend(),
			Why: line + " Please phone."})
	default:
		t.note(line)
	}
}
