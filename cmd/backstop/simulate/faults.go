package simulate

import "time"

// Faults is how much goes wrong.
type Faults string

// The levels of faults.
const (
	NoFaults    Faults = "none"
	LightFaults Faults = "light"
	HeavyFaults Faults = "heavy"
)

// chances are how likely each fault is: of one call, one text or one day.
type chances struct {
	cutAfter, cutBefore, refused     float64 // of a call of Twilio or Slack: taken, and the answer lost; lost; 429 or 503
	lostWebhook, duplicate, callback float64 // of an inbound text: never brought, brought again; of a callback: lost
	reordered                        float64 // of a text: its callbacks come last first, one of them twice
	broken                           float64 // of a call: 503, taken or not
	crash                            float64 // of a call: the process dies before or after it; of a commit: likewise
	database                         float64 // of a transaction: a statement fails, the connection is lost, nobody knows whether it was committed
	twilioDown, slackDown            float64 // of a day: an outage of up to an hour
	clockJump                        float64 // of a day: the machine's clock is set by up to two seconds
	clockWrong                       float64 // of a day: it is hours ahead or behind, until somebody notices
	badNumber, unreachable           float64 // of a patient; of a text
}

func (f Faults) chances() chances {
	light := chances{
		cutAfter: 0.002, cutBefore: 0.002, refused: 0.005, lostWebhook: 0.003, duplicate: 0.01, callback: 0.01, reordered: 0.01,
		broken: 0.002, database: 0.0005,
		crash: 0.0005, twilioDown: 0.01, slackDown: 0.02, clockJump: 0.02, clockWrong: 0.002, badNumber: 0.005, unreachable: 0.005,
	}
	switch f {
	case LightFaults:
		return light
	case HeavyFaults:
		return chances{
			cutAfter: 0.02, cutBefore: 0.02, refused: 0.04, lostWebhook: 0.03, duplicate: 0.1, callback: 0.1, reordered: 0.1,
			broken: 0.02, database: 0.005,
			crash: 0.005, twilioDown: 0.1, slackDown: 0.2, clockJump: 0.2, clockWrong: 0.02, badNumber: 0.01, unreachable: 0.02,
		}
	default:
		return chances{}
	}
}

// outage is when a provider answers nothing.
type outage struct{ from, to time.Time }

func (o outage) holds(at time.Time) bool { return !at.Before(o.from) && at.Before(o.to) }

// mostWrong is how far a clock is wrong at most.
const mostWrong = 4 * time.Hour
