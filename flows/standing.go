package flows

import "time"

// Stuck reports T2: the last sessions in a row settled, but were amber in the
// evening, so that nothing moves on. at is when the last of them was.
func Stuck(clinic *Clinic, p Patient) (at time.Time, stuck bool) {
	t := &turn{clinic: clinic, p: p}
	done := t.doneHere()
	if !runOf(done, clinic.Protocol.Trend.AmberRuns, func(d Done) bool { return d.Rule == "R7d" }) {
		return time.Time{}, false
	}
	for _, d := range done {
		if d.Decision != "" {
			at = d.At
		}
	}
	return at, true
}

// unansweredAfter is how long a question may stand before it counts as not answered.
const unansweredAfter = 8 * time.Hour

// Unanswered is when a patient was last asked something, since a time, that they
// have left without an answer; false when there is nothing.
func Unanswered(p Patient, since, now time.Time) (asked time.Time, ok bool) {
	missed := append([]Question{p.Course.Missed}, p.Questions...)
	for _, q := range missed {
		standing := q.Closes.After(now) && now.Sub(q.At) < unansweredAfter
		if q.At.Before(since) || standing || p.Answered.At.After(q.At) {
			continue
		}
		if q.At.After(asked) {
			asked = q.At
		}
	}
	return asked, !asked.IsZero()
}
