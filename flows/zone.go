package flows

import (
	"slices"
	"time"

	"backstop/flows/protocol"
)

// ZoneChanged says that the patient lives by another clock now.
type ZoneChanged struct {
	TimeZone string `json:"time_zone"` // IANA name
	By       string `json:"by"`
}

// zoneChanged moves what is due to the same time on the new clock.
func (t *turn) zoneChanged(e ZoneChanged) {
	if _, err := time.LoadLocation(e.TimeZone); err != nil || e.TimeZone == "" {
		t.note("There is no time zone " + e.TimeZone + ".")
		return
	}
	old := t.zone
	t.p.TimeZone, t.zone = e.TimeZone, t.clinic.zoneOf(e.TimeZone)
	for _, d := range slices.Clone(t.p.Agenda) {
		switch d.Kind {
		case DueWaiting, DueHandBack, DueResume: // so long from when it was said
		default:
			t.plan(d.Kind, sameClock(d.At, old, t.zone))
		}
	}
	t.note("Texts follow the clock of " + e.TimeZone + " now.")
}

// sameClock is the moment when the clock of another zone shows what this one's does.
func sameClock(at time.Time, from, to *time.Location) time.Time {
	local := at.In(from)
	return protocol.At(protocol.DateOf(at, from), protocol.Clock(local.Hour()*60+local.Minute()), to)
}
