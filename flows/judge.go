package flows

import (
	"slices"
	"time"

	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// Judged is one moment at which the rules looked at what a patient has answered,
// or at which a clinician closed the alert they had raised.
type Judged struct {
	At      time.Time
	Answers Answers
	Pain    *float64 // told in the text that led to it; nil when there was none
	Text    bool     // a text led to it, not only the time
	Flare   bool     // that text calls it a flare-up
	Evening bool     // it answers the question about the session itself, which settles nothing
	Snoozed bool     // a known symptom: it raises no alert unless it stops work or basic things

	Closed bool // a clinician resolved the alert, or the patient took the answer back: Answers are empty
	Over   bool // and with it the episode
}

// StepJudged is Step, and the moments at which the rules judged on the way.
func StepJudged(clinic *Clinic, before Patient, event Event, now time.Time) (Patient, []Judged) {
	t := step(clinic, before, event, now)
	if e, ok := event.(AlertResolved); ok && e.Key == before.Episode.ID && e.Key != "" {
		t.judged = append(t.judged, Judged{At: now, Closed: true, Over: t.p.Episode.Kind == EpisodeNone})
	}
	return t.p, t.judged
}

// judge keeps what is judged now.
func (t *turn) judge(h heard, a Answers) {
	flare := h.reply.Flare != nil && *h.reply.Flare
	t.judged = append(t.judged, Judged{At: t.now, Answers: a, Pain: h.reply.Pain, Text: h.any(), Flare: flare,
		Evening: h.asked == reply.AskedEvening, Snoozed: t.snoozed(a.latest()) && !flare})
}

// PainAlert is an alert that pain or a word of a flare raised.
type PainAlert struct {
	At    time.Time // when a clinician was first told, at any level
	Flare time.Time // when they were told of a flare-up (P2); zero when never
}

// PainAlerts are the alerts that these moments raise under given thresholds. It
// judges the same answers anew: what other questions would have been asked under
// other thresholds, and what would have been answered to them, nobody knows.
func PainAlerts(limits protocol.Pain, flare protocol.Flare, moments []Judged) []PainAlert {
	var out []PainAlert
	var kind EpisodeKind
	var settled int
	open := false // the newest alert
	for _, m := range moments {
		if m.Closed {
			open = false
			if m.Over {
				kind = EpisodeNone
			}
			continue
		}
		if kind != EpisodeNone && m.settles(limits) {
			settled++
			if kind == EpisodeWatch || settled >= flare.ResolvedDays {
				kind, open = EpisodeNone, false
			}
			continue
		}
		v := Decide(limits, m.Answers)
		if !needsHuman(v.Decision) || m.Snoozed && m.Answers.Interference != reply.InterferenceSevere {
			continue
		}
		news := kind == EpisodeNone || v.Decision == AlertFlare && kind == EpisodeWatch || m.Text
		if kind == EpisodeFlare && v.Decision == AlertFlare && !m.Text {
			continue // nothing new was said
		}
		settled = 0
		if kind == EpisodeNone {
			open = false // an alert of an episode before is another one
		}
		if news && !open {
			out, open = append(out, PainAlert{At: m.At}), true
		}
		if v.Decision == FlareWatch {
			if kind == EpisodeNone {
				kind = EpisodeWatch
			}
			continue
		}
		kind = EpisodeFlare
		if last := &out[len(out)-1]; open && last.Flare.IsZero() {
			last.Flare = m.At
		}
	}
	return out
}

// settles reports whether an answer counts towards the end of an episode.
func (m Judged) settles(limits protocol.Pain) bool {
	a := m.Answers
	return m.Pain != nil && !m.Evening && !m.Flare && *m.Pain <= a.Baseline+limits.SettledDelta &&
		a.Interference != reply.InterferenceSome && a.Interference != reply.InterferenceSevere
}

// Heard compares when clinicians are told of flare-ups under two sets of
// thresholds: alerts as they are, and as they would be.
type Heard struct {
	Alerts, Would int             // pain alerts
	Same, Earlier int             // flare-ups told at the same time, or earlier
	Later         []time.Duration // flare-ups told later, and by how much
	Never         []time.Time     // when those are told now that would not be told at all
	Lower         int             // of Later and Never: told at that time, but as a note (P3)
	New           int             // flare-ups told that are not told now
}

// How much earlier, and later, an alert may be that tells of the same flare-up.
const (
	SameFlare = 72 * time.Hour
	laterBy   = 7 * 24 * time.Hour
)

// Compare compares one patient's alerts since a time.
func Compare(now, would []PainAlert, since time.Time) Heard {
	var h Heard
	taken := map[int]bool{}
	var moved []PainAlert // flare-ups that are not told at the same time
	for _, a := range now {
		if a.At.Before(since) {
			continue
		}
		h.Alerts++
		same := slices.IndexFunc(would, func(w PainAlert) bool { return w.Flare.Equal(a.Flare) })
		switch {
		case a.Flare.IsZero():
		case same >= 0:
			taken[same] = true
			h.Same++
		default:
			moved = append(moved, a)
		}
	}
	for _, a := range moved {
		i := likeliest(would, taken, a.Flare)
		if (i < 0 || would[i].Flare.After(a.Flare)) && toldAsNote(would, a.Flare) {
			h.Lower++
		}
		switch {
		case i < 0:
			h.Never = append(h.Never, a.Flare)
			continue
		case would[i].Flare.After(a.Flare):
			h.Later = append(h.Later, would[i].Flare.Sub(a.Flare))
		default:
			h.Earlier++
		}
		taken[i] = true
	}
	for i, a := range would {
		if !a.At.Before(since) {
			h.Would++
			if !a.Flare.IsZero() && !taken[i] {
				h.New++
			}
		}
	}
	return h
}

// likeliest is the flare-up nearest to a time that tells of the same one; -1 for none.
func likeliest(alerts []PainAlert, taken map[int]bool, at time.Time) int {
	best := -1
	for i, a := range alerts {
		if a.Flare.IsZero() || taken[i] || a.Flare.Before(at.Add(-SameFlare)) || a.Flare.After(at.Add(laterBy)) {
			continue
		}
		if best < 0 || a.Flare.Sub(at).Abs() < alerts[best].Flare.Sub(at).Abs() {
			best = i
		}
	}
	return best
}

// toldAsNote reports whether an alert told of something by a time that is no
// flare-up then.
func toldAsNote(alerts []PainAlert, at time.Time) bool {
	return slices.ContainsFunc(alerts, func(a PainAlert) bool {
		return !a.At.After(at) && a.At.After(at.Add(-SameFlare)) && (a.Flare.IsZero() || a.Flare.After(at))
	})
}
