package flows

// Level is how urgently a human must act on an alert.
type Level string

// The levels, most urgent first.
const (
	P1  Level = "P1"  // an emergency: acknowledged within minutes, else phones ring
	P1b Level = "P1b" // needs a human today: on-call within half an hour
	P2  Level = "P2"  // a flare-up: contact within the working day
	P3  Level = "P3"  // for your information, within one working day
)

// MoreUrgentThan reports whether l needs a human sooner than other.
func (l Level) MoreUrgentThan(other Level) bool { return l.rank() < other.rank() }

func (l Level) rank() int {
	switch l {
	case P1:
		return 0
	case P1b:
		return 1
	case P2:
		return 2
	case P3:
		return 3
	}
	return 4
}
