package flows

import (
	"slices"
	"time"

	"backstop/flows/copy"
)

// unpromised are the texts that say a check comes in the morning, and what is said
// in their place when none could leave: the patient is asked to text instead.
var unpromised = map[copy.Key]copy.Key{
	copy.Watch:                copy.WatchFull,
	copy.ThanksEveningWorried: copy.ThanksWorriedFull,
	copy.Settling:             copy.SettlingFull,
	copy.ThanksEvening:        copy.ThanksEveningFull,
	copy.ThanksEveningSore:    copy.ThanksEveningFull,
	copy.HomeworkDone:         copy.HomeworkDoneFull,
	copy.TravelHome:           copy.TravelHomeFull,
}

// promise is the text to say: one that promises a check only where it can be kept.
func (t *turn) promise(key copy.Key) copy.Key {
	instead, promises := unpromised[key]
	switch {
	case !promises || t.p.Taken.By != "" || t.p.Consent.State != ConsentGiven: // nothing is said
		return key
	case key == copy.Settling && t.p.Episode.Checks >= t.clinic.Protocol.Flare.DailyChecksMax:
		return instead // the alert asks a clinician to decide
	case t.p.Paused && !t.resumesBy(t.nextMorning(t.now)):
		t.note("Told to text in the morning: texts are paused, no check can leave.")
		return instead
	case !t.room(t.nextMorning(t.now), 0, 0):
		t.note("Told to text in the morning: the week's texts are used up, no check can leave.")
		return instead
	}
	return key
}

// resumesBy reports whether a pause is over by a time.
func (t *turn) resumesBy(at time.Time) bool {
	return slices.ContainsFunc(t.p.Agenda, func(d Due) bool { return d.Kind == DueResume && !d.At.After(at) })
}

// promised is when the check comes that the patient was told of: in an open
// flare watch or flare-up, after an evening that was answered, or after the way
// home from a trip; the zero time for none.
func (t *turn) promised() time.Time {
	open := t.p.Episode.Kind != EpisodeNone
	for _, d := range t.p.Agenda { // the soonest first
		switch d.Kind {
		case DueDaily, DueH48:
			if open {
				return d.At
			}
		case DueNextMorning:
			if open || t.p.Session.Evening != nil {
				return d.At
			}
		case DueTravelCheck:
			if !t.p.Trip.Until.After(t.now) {
				return d.At
			}
		}
	}
	return time.Time{}
}
