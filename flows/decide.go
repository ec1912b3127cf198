package flows

import (
	"fmt"
	"strconv"

	"backstop/flows/protocol"
	"backstop/flows/reply"
)

// Answers is what is known about the back after a session.
type Answers struct {
	Baseline     float64            `json:"baseline"`               // B: usual pain, 0-10
	Evening      *float64           `json:"evening"`                // Ps: worst during or since the session
	Morning      *float64           `json:"morning"`                // Pm: the next morning; also any reading without a session
	H48          *float64           `json:"h48"`                    // P48: two days after
	Interference reply.Interference `json:"interference,omitempty"` // the latest, if no older than a day
	Flare        *bool              `json:"flare"`                  // what the patient says, if no older than a day
	RedFlag      reply.RedFlag      `json:"red_flag,omitempty"`
	WindowOpen   bool               `json:"window_open"` // the morning answer can still come
}

// Verdict is a decision, the rule that made it, and that rule in words.
type Verdict struct {
	Decision Decision `json:"decision"`
	Rule     string   `json:"rule"`
	Because  string   `json:"because"`
}

// Decide applies the decision rules, first match wins.
//
// The bands follow the pain-monitoring model (Thomeé 1997; Silbernagel 2007)
// and the measurement error of the 0-10 scale (Childs 2005); their exact
// combination is policy and awaits clinical sign-off. All comparisons use the
// values as given, half points included.
func Decide(limits protocol.Pain, a Answers) Verdict {
	rise := a.Baseline + limits.RiseDelta
	raised := func(pain *float64) bool { return pain != nil && *pain >= rise }

	switch tierOf(a.RedFlag) {
	case tierNow:
		return verdict(Emergency, "R0", "the text describes an emergency (%s)", a.RedFlag)
	case tierSameDay:
		return verdict(UrgentSameDay, "R1", "the text describes something a doctor must see today (%s)", a.RedFlag)
	case tierNone:
	}

	flare := a.Flare != nil && *a.Flare
	latest := a.latest()
	mild := a.Interference == reply.InterferenceNone && latest != nil && *latest <= a.Baseline+limits.SettledDelta
	if a.Interference == reply.InterferenceSevere {
		return verdict(AlertFlare, "R2a", "the back stops work or basic things")
	}
	if flare && !mild {
		return verdict(AlertFlare, "R2b", "the patient calls it a flare-up")
	}
	for _, pain := range []*float64{a.Evening, a.Morning, a.H48} {
		if raised(pain) && *pain >= limits.AlertAbs {
			return verdict(AlertFlare, "R2c", "pain %s is %s or more and well above the usual %s", num(*pain), num(limits.AlertAbs), num(a.Baseline))
		}
	}
	if raised(a.H48) && *a.H48 >= limits.WatchMinAbs {
		return verdict(AlertFlare, "R2d", "pain %s has not settled after two days (usual %s)", num(*a.H48), num(a.Baseline))
	}
	if raised(a.Morning) && *a.Morning >= limits.WatchMinAbs && a.Interference == reply.InterferenceSome {
		return verdict(AlertFlare, "R2e", "morning pain %s is above the usual %s and gets in the way", num(*a.Morning), num(a.Baseline))
	}
	if a.Morning != nil && *a.Morning >= a.Baseline+limits.AlertDeltaMorning {
		return verdict(AlertFlare, "R2f", "morning pain %s is %s or more above the usual %s", num(*a.Morning), num(limits.AlertDeltaMorning), num(a.Baseline))
	}

	if flare {
		return verdict(FlareWatch, "R3a", "the patient calls it a flare-up, but it is mild and nothing is in the way")
	}
	if raised(a.Morning) && a.H48 == nil && (*a.Morning >= limits.WatchMinAbs || a.Interference == reply.InterferenceSome) {
		return verdict(FlareWatch, "R3b", "morning pain %s is above the usual %s; the next day tells", num(*a.Morning), num(a.Baseline))
	}
	if a.Morning == nil && raised(a.Evening) && *a.Evening > limits.AmberMax {
		return verdict(FlareWatch, "R3c", "evening pain %s is over %s and no morning answer came", num(*a.Evening), num(limits.AmberMax))
	}

	if a.Baseline > limits.BaselineMaxAuto {
		return verdict(ClinicianManaged, "R4", "usual pain %s is over %s: a clinician sets the homework", num(a.Baseline), num(limits.BaselineMaxAuto))
	}
	if a.Morning == nil {
		if a.WindowOpen {
			return verdict(Await, "R5a", "the morning answer can still come")
		}
		return verdict(Hold, "R5b", "no morning answer: nothing is raised without one")
	}

	if raised(a.Morning) {
		return verdict(Hold, "R6", "morning pain %s was %s or more above the usual %s", num(*a.Morning), num(limits.RiseDelta), num(a.Baseline))
	}
	if *a.Morning > limits.AmberMax {
		return verdict(Regress, "R7a", "morning pain %s is over %s", num(*a.Morning), num(limits.AmberMax))
	}
	if a.Evening == nil {
		return verdict(Hold, "R7b", "no answer about the session itself")
	}
	if *a.Evening > limits.AmberMax {
		return verdict(Regress, "R7c", "pain after the session was %s, over %s", num(*a.Evening), num(limits.AmberMax))
	}
	if *a.Evening <= limits.GreenMax || (*a.Evening <= a.Baseline && *a.Evening <= limits.GreenUsualMax) {
		return verdict(Progress, "R8", "pain %s after the session is green and the morning settled at %s", num(*a.Evening), num(*a.Morning))
	}
	return verdict(Hold, "R7d", "pain %s after the session is amber; it settled by the morning", num(*a.Evening))
}

// latest is the newest pain known: two days after, else the morning, else the evening.
func (a Answers) latest() *float64 {
	switch {
	case a.H48 != nil:
		return a.H48
	case a.Morning != nil:
		return a.Morning
	}
	return a.Evening
}

func verdict(d Decision, rule, because string, args ...any) Verdict {
	return Verdict{Decision: d, Rule: rule, Because: fmt.Sprintf(because, args...)}
}

// num writes a pain number as people do: 3, 2.5.
func num(pain float64) string { return strconv.FormatFloat(pain, 'f', -1, 64) }
