package flows

import (
	"slices"

	"backstop/flows/copy"
)

// MayStopKey is the key of the alert about words that may be an opt-out.
const MayStopKey = "may_stop"

// mayStop reports whether a clinician has yet to say whether the patient wants no more
// texts. Until then nothing leaves that was not asked for.
func (p Patient) mayStop() bool {
	return slices.ContainsFunc(p.Alerts, func(a OpenAlert) bool { return a.Key == MayStopKey })
}

// mayWantNoMore asks a clinician about a text that sounds like an opt-out to no rule but
// resembles those that are one, and tells the patient the word for it. Any reasonable
// wording counts, within ten business days at most (47 CFR 64.1200(a)(10)).
func (t *turn) mayWantNoMore(e TextReceived) {
	t.raise(RaiseAlert{Key: MayStopKey, Level: P3, Headline: "May want no more texts", Words: e.Text, Told: t.say(copy.MayStop, ClassAnswer),
		Why: "It sounds like an opt-out, and the bot is not sure. Until you decide, only answers are texted."})
	t.do(CancelTexts{Reason: "the patient may want no more texts"})
}

// staysIn takes the patient's own answer for a no to that question.
func (t *turn) staysIn() {
	if t.p.mayStop() {
		t.withdraw(MayStopKey, "The patient goes on answering.")
		t.planRhythm()
	}
}

// optedOutBy ends all texts at the word of the clinic: the patient said so on the phone,
// at the desk, or in words that only a human could read. Nothing is texted to confirm it:
// a confirmation may follow the patient's own words by five minutes at most (47 CFR
// 64.1200(a)(12)).
func (t *turn) optedOutBy(e OptedOut) {
	t.withdrawBy(MayStopKey, "opted out", e.By)
	if t.p.Consent.State == ConsentStopped || t.p.Consent.State == ConsentWrong {
		return
	}
	t.cancelEverything("the patient asked the clinic for no more texts")
	t.giveUpScore()
	t.setConsent(Consent{State: ConsentStopped, Method: byClinic, At: t.now}, "", "")
	t.note("Opted out at the clinic: no more texts.")
}

// byClinic is the method of an opt-out that the patient told the clinic.
const byClinic = "clinic"
