package flows

import "slices"

// TextUndelivered says that one text did not arrive, though the number is not
// known to be wrong.
type TextUndelivered struct {
	Kind   string `json:"kind"` // its key in flows/copy
	Class  Class  `json:"class"`
	Reason string `json:"reason"`
}

// textUndelivered makes a human's task of a text that somebody in pain did not
// get; any other leaves a line.
func (t *turn) textUndelivered(e TextUndelivered) {
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
