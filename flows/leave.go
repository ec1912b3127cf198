package flows

import "time"

// Leave says whether a text that was decided earlier may leave now.
type Leave struct {
	Go        bool
	HoldUntil time.Time // not now, but then
	Cancel    string    // never: why, in words the clinic can read
}

// MayLeave judges a text again just before it is sent, since the patient may
// have opted out, or the night may have come, while it waited in the queue.
func MayLeave(clinic *Clinic, p Patient, class Class, expires, now time.Time) Leave {
	if !expires.IsZero() && !now.Before(expires) {
		return Leave{Cancel: "its time of use had passed"}
	}
	zone := clinic.zoneOf(p.TimeZone)
	quiet := clinic.Quiet(now, zone)
	switch class {
	case ClassSafety:
		if p.Consent.State == ConsentWrong {
			return Leave{Cancel: "the number belongs to somebody else"}
		}
		return Leave{Go: true}
	case ClassOptOut:
		return Leave{Go: true}
	case ClassAnswer:
		if p.Consent.State != ConsentGiven {
			return Leave{Cancel: "the patient has not agreed to texts"}
		}
		return Leave{Go: true}
	case ClassConsent:
		if p.Consent.State != ConsentAsked {
			return Leave{Cancel: "consent is no longer being asked for"}
		}
	case ClassCheck, ClassHomework:
		switch {
		case p.Consent.State != ConsentGiven:
			return Leave{Cancel: "the patient has not agreed to texts"}
		case p.Paused:
			return Leave{Cancel: "a clinician has paused the patient"}
		case p.mayStop():
			return Leave{Cancel: "the patient may want no more texts"}
		case p.Taken.By != "":
			return Leave{Cancel: "a clinician is texting with the patient"}
		case p.RedFlag.Open():
			return Leave{Cancel: "a red flag is open"}
		}
	}
	if quiet {
		next := clinic.NextAllowed(now, zone).UTC()
		if !expires.IsZero() && !next.Before(expires) {
			return Leave{Cancel: "its time of use would pass during the patient's quiet hours"}
		}
		return Leave{HoldUntil: next}
	}
	return Leave{Go: true}
}
