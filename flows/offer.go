package flows

import (
	"strings"
	"time"

	"backstop/flows/copy"
	"backstop/flows/reply"
)

// Offer is the separate consent to hear of the free 15-minute call. It is
// marketing, so nothing of it follows from the consent to check-ins.
type Offer struct {
	Asked  bool      `json:"asked,omitempty"` // once; silence is a no
	Agreed bool      `json:"agreed,omitempty"`
	Told   time.Time `json:"told,omitzero"` // when the offer was last sent
}

const (
	offerAfterDays = 28                  // in care before anybody is asked
	offerCalmFor   = 14 * 24 * time.Hour // without pain over the line
	offerEvery     = 90 * 24 * time.Hour
)

// offer asks for that consent, or sends the offer, when the back has been calm:
// never after a pain report or a red flag, never inside a clinical text.
func (t *turn) offer() {
	t.plan(DueOffer, t.atFiveIn(7))
	o := &t.p.Course.Offer
	switch {
	case t.clinic.BookingLink == "" || !t.atEase() || !t.mayPrompt():
	case !o.Asked:
		o.Asked = true
		t.prompt(copy.FreeCallAsk, t.quietFrom(t.now))
		t.keepFresh()
		t.p.Questions = append(t.p.Questions, Question{Asked: reply.AskedConsent, Session: aboutOffer, At: t.now, Closes: t.now.Add(t.fresh())})
	case o.Agreed && t.now.Sub(o.Told) >= offerEvery:
		o.Told = t.now
		t.prompt(copy.FreeCall, t.quietFrom(t.now))
	}
}

// aboutOffer marks the question for this consent.
const aboutOffer = "offer"

// atEase reports whether nothing has hurt for a while and nothing is open.
func (t *turn) atEase() bool {
	if t.p.RedFlag.Open() || t.p.Episode.Kind != EpisodeNone || len(t.p.Alerts) > 0 {
		return false
	}
	if t.now.Sub(t.p.Course.FlaggedAt) < offerCalmFor {
		return false
	}
	for _, past := range t.p.Course.Past {
		if t.now.Sub(past.Over) < offerCalmFor {
			return false
		}
	}
	for _, r := range t.p.Readings {
		if t.now.Sub(r.At) < offerCalmFor && r.Pain >= t.clinic.Protocol.Pain.WatchMinAbs {
			return false
		}
	}
	return true
}

// answersOffer deals with the answer, and with NO CALLS at any time. It reports
// whether the text was one.
func (t *turn) answersOffer(e TextReceived, asked Question, r reply.Reply) bool {
	if noCalls(e.Text) {
		t.agreeOffer(e, false)
		return true
	}
	if asked.Asked != reply.AskedConsent || asked.Session != aboutOffer || r.Yes == nil {
		return false
	}
	t.close(asked)
	t.agreeOffer(e, *r.Yes)
	return true
}

func (t *turn) agreeOffer(e TextReceived, yes bool) {
	t.p.Course.Offer.Asked, t.p.Course.Offer.Agreed = true, yes
	state, line, key := offersDeclined, "Declined to hear of the free call.", copy.FreeCallNo
	if yes {
		state, line, key = offersAgreed, "Agreed to hear of the free call.", copy.FreeCallYes
	}
	t.do(RecordConsent{Consent: Consent{State: state, Method: "text", At: t.now}, Words: e.Text, Message: e.Message})
	t.do(Note{Line: line, Words: e.Text})
	t.say(key, ClassAnswer)
}

// What the record of consents says of offers. A patient's consent to check-ins is
// never in these states.
const (
	offersAgreed   ConsentState = "offers_agreed"
	offersDeclined ConsentState = "offers_declined"
)

func noCalls(text string) bool {
	text = strings.ToUpper(strings.Trim(strings.TrimSpace(text), ".!"))
	return text == "NO CALLS" || text == "NO LLAMADAS"
}
