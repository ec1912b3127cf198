package bot

import (
	"slices"
	"time"

	"backstop/flows"
	"backstop/flows/protocol"
)

// nextOnCall is whoever comes next for an alert, in the order of the clinic file
// and round again, and where in that order they stand. Somebody who had the alert
// and let it lie is passed over, and so is whose day off it is, unless everybody
// else has one too.
func nextOnCall(clinic *flows.Clinic, alert alertContent, now time.Time) (who protocol.OnCall, rung int, ok bool) {
	chain, today := clinic.OnCall, protocol.DateOf(now, clinic.TimeZone)
	for _, offCounts := range []bool{true, false} {
		for ahead := range chain {
			who := chain[(alert.Rung+ahead)%len(chain)]
			dropped := alert.Dropped != "" && (who.SlackID == alert.Dropped || who.Name == alert.Dropped)
			if (offCounts && slices.Contains(who.DaysOff, today)) || (dropped && len(chain) > 1) {
				continue
			}
			return who, alert.Rung + ahead, true
		}
	}
	return protocol.OnCall{}, alert.Rung, false
}
