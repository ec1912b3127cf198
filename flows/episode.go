package flows

import (
	"slices"
	"time"

	"backstop/flows/copy"
	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// openEpisode opens a flare watch or flare-up, or makes a watch a flare-up; a
// flare-up never becomes a watch again.
func (t *turn) openEpisode(kind EpisodeKind, a Answers) {
	ep := &t.p.Episode
	if ep.Kind == EpisodeNone {
		*ep = Episode{Kind: kind, ID: "flare:" + t.now.UTC().Format(time.RFC3339Nano), Onset: t.now, Before: t.atHome(),
			By: knownBy(a), Trigger: t.trigger(), Baseline: a.Baseline}
	}
	if kind == EpisodeFlare {
		ep.Kind = EpisodeFlare
	}
	ep.Settled = 0
	if a.Interference == reply.InterferenceSevere || ep.Worst == reply.InterferenceUnknown {
		ep.Worst = a.Interference
	}
	if latest := a.latest(); latest != nil {
		ep.Peak = max(ep.Peak, *latest)
	}
	t.do(RecordEpisode{Episode: *ep})
}

// resolves reports whether an answer settles the open episode, and closes it
// if so: a watch with one settled reading, a flare-up with as many in a row as
// the protocol asks for.
func (t *turn) resolves(h heard, a Answers) bool {
	ep := &t.p.Episode
	if ep.Kind == EpisodeNone || !h.any() || h.reply.Pain == nil || h.asked == reply.AskedEvening {
		return false
	}
	settled := *h.reply.Pain <= a.Baseline+t.clinic.Protocol.Pain.SettledDelta &&
		a.Interference != reply.InterferenceSome && a.Interference != reply.InterferenceSevere &&
		(h.reply.Flare == nil || !*h.reply.Flare)
	if !settled {
		return false
	}
	ep.Settled++
	if ep.Kind == EpisodeWatch {
		t.nearFlare(h, a)
		return true
	}
	if ep.Settled < t.clinic.Protocol.Flare.ResolvedDays {
		t.settling(h, a)
		return true
	}
	t.flareOver(h, a)
	return true
}

// endEpisode records how an episode ended and forgets it.
func (t *turn) endEpisode(resolution string) {
	n := len(t.p.Readings)
	t.p.Episode.Recovered = n > 0 && t.p.Readings[n-1].Pain == 0 && t.p.Readings[n-1].At.After(t.p.Episode.Onset)
	t.do(RecordEpisode{Episode: t.p.Episode, Resolved: t.now, Resolution: resolution})
	t.keepPast(t.p.Episode, resolution)
	t.p.Episode = Episode{}
}

// nearFlare closes a flare watch that settled: lifting resumes a little lighter.
func (t *turn) nearFlare(h heard, a Answers) {
	t.cancel("settled", DueDaily, DueH48)
	t.lighterOnce()
	told := t.answer(h, copy.NearFlare)
	if !t.openAlert(t.p.Episode.ID) {
		t.do(Note{Line: "Flare watch settled: " + t.reading(a) + ". Told: " + told, Words: h.words})
	}
	t.withdraw(t.p.Episode.ID, "settled: "+t.reading(a)+". Told: "+told)
	t.endEpisode("near_flare")
}

// nearFlareOf records the evening that was raised and settled by the morning
// without anybody having to do anything: the outcome the strength is for.
func (t *turn) nearFlareOf(h heard, a Answers) {
	limits := t.clinic.Protocol.Pain
	settled := a.Morning != nil && *a.Morning <= a.Baseline+limits.SettledDelta
	if h.asked != reply.AskedNextMorning || t.p.Episode.Kind != EpisodeNone || !settled || !a.raised(limits) {
		return
	}
	t.recordNear(*a.Evening)
}

// recordNear keeps a near-flare that nothing had to be done about.
func (t *turn) recordNear(peak float64) {
	ep := Episode{Kind: EpisodeWatch, ID: "near:" + t.p.Session.ID, Onset: t.p.Session.EndedAt, Peak: peak, Before: t.p.Stage}
	t.do(RecordEpisode{Resolved: t.now, Resolution: "near_flare", Episode: ep})
	t.keepPast(ep, "near_flare")
}

// fineInWords closes a raised evening whose morning was told in words alone: it
// is a near-flare too, but no ground for more load.
func (t *turn) fineInWords() {
	s := t.p.Session
	a := t.known()
	if t.p.Episode.Kind == EpisodeWatch && t.fineSince() {
		t.cancel("settled", DueDaily, DueH48)
		t.withdraw(t.p.Episode.ID, "settled, in words: no number was given.")
		t.endEpisode("near_flare")
		t.judged = append(t.judged, Judged{At: t.now, Closed: true, Over: true})
		return
	}
	if s.ID == "" || a.Morning != nil || !t.fineToday() || t.p.Episode.Kind != EpisodeNone || !a.raised(t.clinic.Protocol.Pain) {
		return
	}
	t.recordNear(*a.Evening)
}

// fineSince reports whether the patient has said today, and since the last number, that
// it is fine.
func (t *turn) fineSince() bool {
	s, n := t.p.Session, len(t.p.Readings)
	return t.fineToday() && (n == 0 || s.FlareAt.After(t.p.Readings[n-1].At)) && s.FlareAt.After(t.p.Episode.Onset)
}

// fineToday reports whether the patient has said today that it is fine. "No flare-up"
// the evening before says nothing of the morning.
func (t *turn) fineToday() bool {
	s := t.p.Session
	return s.Flare != nil && !*s.Flare && sameDay(s.FlareAt, t.now, t.zone)
}

// knownBy is what made an episode known.
func knownBy(a Answers) string {
	switch {
	case a.Flare != nil && *a.Flare:
		return "patient_word"
	case a.Interference == reply.InterferenceSevere:
		return "interference_rule"
	}
	return "pain_rule"
}

// trigger is what came before an episode, as far as anybody knows.
func (t *turn) trigger() string {
	const before = 48 * time.Hour
	s := t.p.Session
	switch {
	case t.p.Trip.Away, t.afterTravel() && t.now.Sub(s.EndedAt) < before, t.travelling(t.now):
		return "travel"
	case s.ID != "" && t.now.Sub(s.EndedAt) < before:
		return "lifting"
	}
	return ""
}

// keepAsking puts a check of an open episode on the agenda where none is: what
// could not leave today, or led to no decision, is asked tomorrow.
func (t *turn) keepAsking() {
	if t.p.Episode.Kind == EpisodeNone || t.p.Episode.Long || t.p.Consent.State != ConsentGiven || t.p.RedFlag.Open() {
		return
	}
	for _, d := range t.p.Agenda {
		switch d.Kind {
		case DueDaily, DueNextMorning, DueH48, DueClose:
			return
		}
	}
	t.planDaily()
}

// raised reports whether the evening was bad enough to be watched.
func (a Answers) raised(limits protocol.Pain) bool {
	return a.Evening != nil && *a.Evening >= limits.WatchMinAbs && *a.Evening >= a.Baseline+limits.RiseDelta
}

// noNumber reports whether nothing has been said about pain in a number.
func (a Answers) noNumber() bool { return a.Evening == nil && a.Morning == nil && a.H48 == nil }

// settling answers a good day of a flare-up that is not over yet.
func (t *turn) settling(h heard, a Answers) {
	told := t.answer(h, copy.Settling)
	t.do(Note{Line: "Flare-up settling: " + t.reading(a) + ". Told: " + told, Words: h.words})
	t.do(RecordEpisode{Episode: t.p.Episode})
	if h.reply.DaysOff == nil {
		t.askWorkdays(h)
	}
	t.planDaily()
}

// flareOver closes a flare-up. What may be lifted next is a clinician's
// decision, so the alert stays open until one resolves it.
func (t *turn) flareOver(h heard, a Answers) {
	t.cancel("settled", DueDaily)
	told := t.answer(h, copy.FlareOver)
	t.do(Note{Line: "Flare-up settled: " + t.reading(a) + ". Told: " + told, Words: h.words})
	over := t.p.Episode
	t.endEpisode(settledIn(t.now.Sub(over.Onset)))
	t.backFrom(over)
}

// settledIn names how long a flare-up took.
func settledIn(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d <= day:
		return "settled_24h"
	case d <= 2*day:
		return "settled_48h"
	case d <= 7*day:
		return "settled_7d"
	}
	return "longer"
}

// withdraw resolves an open alert whose ground is gone.
func (t *turn) withdraw(key, outcome string) { t.withdrawBy(key, outcome, "") }

// withdrawBy resolves an open alert that somebody has dealt with.
func (t *turn) withdrawBy(key, outcome, by string) {
	before := len(t.p.Alerts)
	t.p.Alerts = slices.DeleteFunc(t.p.Alerts, func(a OpenAlert) bool { return a.Key == key })
	if len(t.p.Alerts) < before {
		t.do(WithdrawAlert{Key: key, Outcome: outcome, By: by})
	}
}

// planDaily puts the next daily check on the agenda while an episode is open
// and the protocol's days of checks are not used up.
func (t *turn) planDaily() {
	if t.p.Episode.Checks >= t.clinic.Protocol.Flare.DailyChecksMax {
		t.flareLong()
		return
	}
	t.plan(DueDaily, t.nextMorning(t.now))
}

// flareLong hands an episode to a human when its daily checks are used up.
func (t *turn) flareLong() {
	ep := &t.p.Episode
	if ep.Long {
		return
	}
	ep.Long = true
	t.raise(RaiseAlert{Key: ep.ID, Level: P2, Headline: "Not settled after the daily checks: please decide", Trend: t.trend(),
		Why: "The daily checks are used up; nothing more is asked until the alert is resolved."})
	if t.delivered(ep.ID) && t.mayPrompt() {
		t.prompt(copy.FlareLong, t.quietFrom(t.now))
	}
}

// decidedByHuman ends an episode that a clinician has dealt with.
func (t *turn) decidedByHuman(e AlertResolved) {
	ep := t.p.Episode
	if ep.Kind == EpisodeNone || e.Key != ep.ID || !ep.Long && e.Outcome != "settled" && e.Outcome != "false_alarm" {
		return
	}
	t.cancel("a clinician has decided", DueDaily)
	t.endEpisode("clinician")
	if e.Outcome == "settled" || e.Outcome == "false_alarm" {
		t.backFrom(ep)
		return
	}
	t.p.Training.Suspended = true
	t.note("Homework waits until a stage is set by hand.")
}
