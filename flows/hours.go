package flows

import (
	"time"

	"backstop/flows/protocol"
)

// on is the moment when the patient's clock shows a time, so many days after another moment.
func (t *turn) on(day time.Time, plus int, clock protocol.Clock) time.Time {
	return protocol.At(protocol.DateOf(day, t.zone).AddDays(plus), clock, t.zone).UTC()
}

// eveningOf is when to ask on the day of a session: at the usual time, but not
// too soon after its end; false when that would be too late.
func (t *turn) eveningOf(ended time.Time) (time.Time, bool) {
	w := t.clinic.Protocol.Windows
	at := t.on(ended, 0, w.EveningSend)
	if soonest := ended.Add(w.EveningAfter); at.Before(soonest) {
		at = soonest.UTC()
	}
	return at, !at.After(t.on(ended, 0, w.EveningLatest))
}

// nextMorning is the morning question's time on the day after a moment.
func (t *turn) nextMorning(after time.Time) time.Time { return t.daysLater(after, 1) }

// daysLater is the morning question's time so many days after a moment.
func (t *turn) daysLater(after time.Time, days int) time.Time {
	return t.on(after, days, t.clinic.Protocol.Windows.MorningSend)
}

// morningCloses is when the morning answer after a session no longer counts as in time.
func (t *turn) morningCloses(s Session) time.Time {
	return t.on(s.EndedAt, 1, t.clinic.Protocol.Windows.MorningClose)
}

// closesOn and remindOn are the morning's end and its reminder on the day of a moment.
func (t *turn) closesOn(day time.Time) time.Time {
	return t.on(day, 0, t.clinic.Protocol.Windows.MorningClose)
}

func (t *turn) remindOn(day time.Time) time.Time {
	return t.on(day, 0, t.clinic.Protocol.Windows.MorningRemind)
}

// quietFrom is when the patient's quiet hours begin on the day of a moment.
func (t *turn) quietFrom(day time.Time) time.Time {
	return t.on(day, 0, t.clinic.Protocol.Windows.QuietFrom)
}

// quiet reports whether it is now a time at which no unsolicited text may leave.
func (t *turn) quiet() bool { return t.clinic.Quiet(t.now, t.zone) }

// nextAllowed is the first moment from now on at which an unsolicited text may leave.
func (t *turn) nextAllowed() time.Time { return t.clinic.NextAllowed(t.now, t.zone).UTC() }
