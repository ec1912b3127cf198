package flows

import (
	"slices"
	"strings"

	"backstop/flows/copy"
	"backstop/flows/reply"
)

// redFlagKey is the episode of a red flag: one open alert for each category, so
// that a new kind of emergency calls again although another is being dealt with.
func redFlagKey(flag reply.RedFlag) string { return redFlagKeys + string(flag) }

const redFlagKeys = "red_flag:"

// redFlag answers a text that describes an emergency or something a doctor must
// see today: everything automatic stops, a human is called, the advice leaves.
// Consent does not matter: the text answers the patient's own.
func (t *turn) redFlag(e TextReceived, r reply.Reply) {
	now := tierOf(r.RedFlag) == tierNow
	level := P1b
	if now {
		level = P1
	}
	stops := r.Intent == reply.IntentStop
	if !t.p.RedFlag.Open() || moreSerious(r.RedFlag, t.p.RedFlag.Category) {
		t.p.RedFlag = OpenRedFlag{Category: r.RedFlag, At: t.now}
	}
	t.cancelEverything("a red flag was reported")
	t.giveUpScore()
	t.p.Course.FlaggedAt = t.now
	t.p.Training.Suspended = true
	headline := "Red flag: " + flagName(r.RedFlag)
	if e.Shared {
		headline += ", from a shared phone: ask who it is"
	}
	if r.Pain != nil && !e.Shared {
		t.do(RecordReading{At: e.SentAt, Kind: reply.AskedNone, Message: e.Message, Pain: r.Pain,
			Interference: r.Interference, Flare: r.Flare})
	}
	t.raise(RaiseAlert{Key: redFlagKey(r.RedFlag), Level: level, Headline: headline, Words: e.Text,
		Trend: t.trend(), Told: t.adviceTold(r, stops),
		Why: "Read as " + flagName(r.RedFlag), Because: because(r)})
	if stops {
		t.optOut(e) // its single confirmation carries the emergency line
		return
	}
	for _, flag := range advisable(r) {
		t.advise(flag, redFlagKey(r.RedFlag))
	}
}

// advisable is what to advise on: the most serious category, and a crisis of
// mental health besides it, which needs words of its own.
func advisable(r reply.Reply) []reply.RedFlag {
	flags := []reply.RedFlag{r.RedFlag}
	if r.RedFlag != reply.MentalHealthCrisis && slices.Contains(r.RedFlags, reply.MentalHealthCrisis) {
		flags = append(flags, reply.MentalHealthCrisis)
	}
	return flags
}

// advise gives the advice of one category, not again within the protocol's
// time. Advice that says somebody is being alerted waits a moment for the
// delivery of the alert.
func (t *turn) advise(flag reply.RedFlag, alert string) {
	t.p.Advised = slices.DeleteFunc(t.p.Advised, func(a Advice) bool {
		return t.now.Sub(a.At) >= t.clinic.Protocol.Limits.AdviceRepeat
	})
	if slices.ContainsFunc(t.p.Advised, func(a Advice) bool { return a.Category == flag }) {
		return
	}
	t.p.Advised = append(t.p.Advised, Advice{Category: flag, At: t.now})
	alerted, plain := copy.RedFlag(flag, true), copy.RedFlag(flag, false)
	if alerted == plain {
		t.say(plain, ClassSafety)
		return
	}
	t.sayDelivered(alert, alerted, plain, ClassSafety, adviceWaits)
}

// alertResolved is a clinician's word that an alert is dealt with. Resolving a
// red flag clears it; homework stays suspended until a stage is set by hand.
func (t *turn) alertResolved(e AlertResolved) {
	t.p.Alerts = slices.DeleteFunc(t.p.Alerts, func(a OpenAlert) bool { return a.Key == e.Key })
	t.decidedByHuman(e)
	t.approvalClosed(e.Key)
	t.returnCleared(e.Key)
	if e.Key == MayStopKey {
		t.planRhythm()
	}
	if strings.HasPrefix(e.Key, redFlagKeys) && !slices.ContainsFunc(t.p.Alerts, isRedFlag) {
		t.p.RedFlag = OpenRedFlag{}
		t.note("The red flag was cleared; check-ins go on. Homework waits until a stage is set by hand.")
		t.planRhythm()
	}
}

// adviceTold says for the clinician what the patient hears.
func (t *turn) adviceTold(r reply.Reply, stops bool) string {
	if stops {
		return "They also asked to stop: they get the one confirmation, with the emergency line. Please phone."
	}
	var said []string
	for _, flag := range advisable(r) {
		said = append(said, t.text(copy.RedFlag(flag, false)))
	}
	return strings.Join(said, " / ")
}

func isRedFlag(a OpenAlert) bool { return strings.HasPrefix(a.Key, redFlagKeys) }

// moreSerious reports whether a red flag comes before another.
func moreSerious(a, b reply.RedFlag) bool {
	return slices.Index(reply.RedFlagOrder, a) < slices.Index(reply.RedFlagOrder, b)
}

// because quotes the words that led to a red flag.
func because(r reply.Reply) string {
	var words []string
	for _, b := range r.Because {
		if strings.HasPrefix(b.Finding, "red_flag") && b.Words != "" && !slices.Contains(words, b.Words) {
			words = append(words, b.Words)
		}
	}
	return strings.Join(words, ", ")
}

// flagName is a category in a clinician's words.
func flagName(flag reply.RedFlag) string {
	switch flag {
	case reply.ChestPain:
		return "chest pain or breathing"
	case reply.VascularAAA:
		return "sudden tearing pain, aneurysm"
	case reply.OtherEmergency:
		return "another emergency"
	case reply.MentalHealthCrisis:
		return "crisis, self-harm"
	case reply.CaudaEquina:
		return "bladder, bowel, saddle area or both legs"
	case reply.NeuroDeficit:
		return "new weakness or numbness"
	case reply.TraumaFracture:
		return "injury, possible fracture"
	case reply.Infection:
		return "fever or infection"
	case reply.Cancer:
		return "cancer warning signs"
	case reply.NoRedFlag:
	}
	return "a red flag"
}
