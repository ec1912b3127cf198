package flows

import (
	"strings"

	"backstop/flows/copy"
	"backstop/flows/reply"
)

// enrolled starts a patient's care. With written consent the welcome leaves;
// without it the one text that asks for consent does, and it has no health
// word in it, since the number's owner has not confirmed.
func (t *turn) enrolled(e Enrolled) {
	t.p.Name, t.p.Language, t.p.TimeZone = e.Name, e.Language, e.TimeZone
	t.p.Unit, t.p.Usual, t.p.Stage = e.Unit, e.Usual, e.Stage
	t.zone = t.clinic.zoneOf(e.TimeZone)
	t.enrolTraining(e)
	if e.Consent.State == ConsentGiven {
		t.setConsent(e.Consent, "", "")
		t.welcome()
		t.planRhythm()
		return
	}
	t.setConsent(Consent{State: ConsentAsked, Method: "text", At: t.now}, "", "")
	t.welcome()
}

// welcome tells what was agreed to, or asks for consent. At night it waits for
// the morning.
func (t *turn) welcome() {
	if t.quiet() {
		t.plan(DueWelcome, t.nextAllowed())
		return
	}
	switch t.p.Consent.State {
	case ConsentGiven:
		if !t.mayPrompt() {
			t.plan(DueWelcome, t.nextDayAllowed())
			return
		}
		t.prompt(copy.Consent, t.now.Add(answerUseful))
	case ConsentAsked:
		t.ask(reply.AskedConsent, t.now.Add(t.fresh()))
		t.send(copy.ConsentAsk, ClassConsent, t.now.Add(answerUseful))
	}
}

// optOut ends all texts at once. The carrier confirms its own keywords itself,
// and a second confirmation would break the one-confirmation rule (47 CFR
// 64.1200(a)(12)); other wordings get ours.
func (t *turn) optOut(e TextReceived) {
	if t.p.Consent.State == ConsentStopped || t.p.Consent.State == ConsentWrong {
		t.do(Note{Line: "Asked to stop once more; no text leaves.", Words: e.Text})
		return
	}
	t.cancelEverything("the patient opted out")
	t.giveUpScore()
	t.setConsent(Consent{State: ConsentStopped, Method: "text", At: t.now}, e.Text, e.Message)
	t.withdraw(MayStopKey, "The patient opted out.")
	t.do(Note{Line: "Opted out: no more texts.", Words: e.Text})
	if !carrierAnswers(e.Text, carrierStop) {
		t.say(copy.Stop, ClassOptOut)
	}
}

// carrierOptedOut keeps an opt-out that only the carrier knew of.
func (t *turn) carrierOptedOut() {
	if t.p.Consent.State == ConsentStopped || t.p.Consent.State == ConsentWrong {
		return
	}
	t.cancelEverything("the carrier says the patient opted out")
	t.setConsent(Consent{State: ConsentStopped, Method: byCarrier, At: t.now}, "", "")
	t.withdraw(MayStopKey, "The patient opted out.")
	t.note("The carrier says this phone opted out: no more texts.")
}

// optIn restores what consent covered before an opt-out. It never makes a
// consent that was not there.
func (t *turn) optIn(e TextReceived) {
	if t.p.Consent.State != ConsentStopped {
		if t.p.Consent.State == ConsentAsked || t.p.Consent.declined() {
			t.consentGiven(e)
			return
		}
		t.do(Note{Line: "Asked for texts to start; consent is as it was.", Words: e.Text})
		return
	}
	if t.p.Course.Began.IsZero() { // never welcomed: STOP was the answer to being asked
		t.consentGiven(e)
		return
	}
	t.setConsent(Consent{State: ConsentGiven, Method: "start", At: t.now}, e.Text, e.Message)
	t.do(Note{Line: "Opted back in.", Words: e.Text})
	if !carrierAnswers(e.Text, carrierStart) {
		t.say(copy.Restarted, ClassAnswer)
	}
	t.planRhythm()
}

// declined reports whether the patient said no when asked, and was told that
// START changes it.
func (c Consent) declined() bool { return c.State == ConsentNone && c.Method == declinedByText }

const declinedByText = "declined"

func (t *turn) consentGiven(e TextReceived) {
	t.close(t.asked(e.SentAt))
	t.setConsent(Consent{State: ConsentGiven, Method: "text", At: t.now}, e.Text, e.Message)
	t.do(Note{Line: "Agreed to texts.", Words: e.Text})
	t.say(copy.Consent, ClassAnswer)
	t.planRhythm()
}

// withoutConsent hears a text from a number that may not be texted: the answer
// to the opt-in question, or something a human should see.
func (t *turn) withoutConsent(e TextReceived, r reply.Reply) {
	if t.p.Consent.State == ConsentAsked && r.Yes != nil {
		if *r.Yes {
			t.consentGiven(e)
			return
		}
		t.setConsent(Consent{State: ConsentNone, Method: declinedByText, At: t.now}, e.Text, e.Message)
		t.do(Note{Line: "Declined texts.", Words: e.Text})
		t.say(copy.ConsentNo, ClassOptOut)
		return
	}
	if t.p.Consent.State == ConsentAsked && !says(r) && r.Intent != reply.IntentPainReport && t.askConsentAgain() {
		t.do(Note{Line: "No clear yes or no to texts; asked once more.", Words: e.Text})
		return
	}
	if says(r) || r.Intent == reply.IntentPainReport {
		t.raise(RaiseAlert{Key: "pain_report:" + t.day(), Level: P2, Headline: "Reports pain, but may not be texted",
			Words: e.Text, Told: t.say(copy.SafetyLine, ClassSafety), Why: "Opted out or not agreed: please phone."})
		return
	}
	t.do(Note{Line: "Texted without having agreed to texts; please phone if needed.", Words: e.Text})
}

// wrongPerson halts everything: the number belongs to somebody else.
func (t *turn) wrongPerson(e TextReceived) {
	known := t.p.Consent.State == ConsentWrong
	t.halted(e, "Wrong number", "The person at this number is not the patient. Nothing more will be texted until the number is corrected.")
	if !known {
		t.say(copy.Wrong, ClassOptOut)
	}
}

// halted stops all outreach to a number and tells the clinic.
func (t *turn) halted(e TextReceived, headline, why string) {
	if t.p.Consent.State == ConsentWrong {
		t.do(Note{Line: headline + ", once more.", Words: e.Text})
		return
	}
	t.cancelEverything(headline)
	t.setConsent(Consent{State: ConsentWrong, Method: "text", At: t.now}, e.Text, e.Message)
	t.raise(RaiseAlert{Key: "halted", Level: P3, Headline: headline, Words: e.Text, Why: why})
}

// numberFailed halts texts to a number that cannot be reached.
func (t *turn) numberFailed(e NumberFailed) {
	level, headline := P3, "Texts do not reach this phone"
	if t.hurts() {
		level, headline = P2, headline+", and the last report was pain"
	}
	t.cancelEverything("the number cannot be reached")
	if t.p.Consent.State == ConsentStopped {
		t.note("Texts do not reach this phone; its owner has opted out anyway.")
		return
	}
	t.setConsent(Consent{State: ConsentWrong, Method: byCarrier, At: t.now}, "", "")
	t.raise(RaiseAlert{Key: "halted", Level: level, Headline: headline, Trend: t.trend(),
		Why: e.Reason + ". Please phone and correct the number."})
}

// help answers HELP where the carrier has not done so already, and tells the clinicians.
func (t *turn) help(e TextReceived) {
	t.do(Note{Line: "Asked for help or who this is.", Words: e.Text})
	switch {
	case carrierAnswers(e.Text, carrierHelp):
	case t.p.Consent.State == ConsentGiven:
		t.say(copy.Help, ClassAnswer)
	case t.p.Consent.State == ConsentAsked:
		t.say(copy.HelpPrivate, ClassOptOut)
	}
}

// askConsentAgain asks once more for a clear yes or no.
func (t *turn) askConsentAgain() bool {
	q := t.questionOf(reply.AskedConsent)
	if q == nil || q.Reasked > 0 {
		return false
	}
	q.Reasked++
	t.send(copy.ConsentAgain, ClassConsent, t.now.Add(answerUseful))
	return true
}

// ContactCorrected says that a clinician has corrected the patient's number.
// Its owner is asked anew; what was agreed to on the old one counts only where
// it was written.
type ContactCorrected struct {
	By      string  `json:"by"`
	Consent Consent `json:"consent,omitzero"` // written consent for the new number; the zero value asks by text
}

func (t *turn) contactCorrected(e ContactCorrected) {
	t.withdraw("halted", "The number was corrected.")
	t.cancelEverything("the number was corrected")
	if t.p.Consent.State == ConsentStopped && e.Consent.State != ConsentGiven {
		t.note("The number was corrected. The patient has opted out, and is not asked again by text.")
		return
	}
	consent := e.Consent
	if consent.State != ConsentGiven {
		consent = Consent{State: ConsentAsked, Method: "text", At: t.now}
	}
	t.setConsent(consent, "", "")
	t.note("The number was corrected.")
	t.welcome()
	t.planRhythm()
}

func (t *turn) setConsent(c Consent, words, message string) {
	t.p.Consent = c
	t.do(RecordConsent{Consent: c, Words: words, Message: message})
}

// The words that Twilio answers by itself when they are the whole message.
var (
	carrierStop  = []string{"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"}
	carrierStart = []string{"START", "YES", "UNSTOP"}
	carrierHelp  = []string{"HELP", "INFO"}
)

func carrierAnswers(text string, words []string) bool {
	text = strings.TrimSpace(text)
	for _, w := range words {
		if strings.EqualFold(text, w) {
			return true
		}
	}
	return false
}

// hurts reports whether the last that was heard was pain over the line.
func (t *turn) hurts() bool {
	if t.p.Episode.Kind != EpisodeNone || t.p.RedFlag.Open() {
		return true
	}
	n := len(t.p.Readings)
	return n > 0 && t.p.Readings[n-1].Pain >= t.clinic.Protocol.Pain.WatchMinAbs && t.p.Readings[n-1].Pain > t.clinic.Baseline(t.p, t.now)
}
