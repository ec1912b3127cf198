package twilio

import "backstop/bot"

// meaning is what an error code asks of us, and its plain words for the clinic.
type meaning struct {
	verdict bot.Verdict
	reason  string
}

// Reasons that several codes share.
const (
	ourMistake    = "the text was not in a form Twilio accepts: this is a fault of ours"
	notTextable   = "the number cannot receive texts"
	badService    = "the messaging service is not set up right at Twilio"
	badSender     = "our sending number is not set up right at Twilio"
	trialAccount  = "the Twilio account is a trial account and may not send this"
	accountClosed = "the Twilio account is closed, suspended or unpaid"
	notAboutThis  = "Twilio gave a reason that is not about an outgoing text"
	dailyLimit    = "the day's limit for texts to this carrier is used up"
	unknownReason = "Twilio refused it for a reason we do not know"
)

// codes sorts the error codes that sending texts and placing calls can give.
// The codes are Twilio's (https://www.twilio.com/docs/api/errors); the
// verdicts are ours. Two that concern one recipient or one text, and not the
// account, give up on that text in place of stopping everything: 30450 and
// 21621.
var codes = map[int]meaning{
	// The account and its credentials.
	10001: {bot.Operator, accountClosed},
	20003: {bot.Operator, "Twilio does not accept our credentials"},
	20005: {bot.Operator, accountClosed},
	20404: {bot.Operator, "Twilio does not know our account: check TWILIO_ACCOUNT_SID"},
	21222: {bot.Operator, "TWILIO_ACCOUNT_SID or TWILIO_API_KEY holds characters it cannot have"},
	21224: {bot.Operator, "TWILIO_AUTH_TOKEN or TWILIO_API_SECRET holds characters it cannot have"},
	23002: {bot.Operator, "phone number redaction is on at Twilio, which breaks its handling of STOP"},
	30002: {bot.Operator, accountClosed},

	// Twilio itself.
	14107: {bot.GiveUp, "more than 30 texts went back and forth within seconds: an automatic reply is probably answering us"},
	20409: {bot.Retry, "Twilio was changing the same thing at the same time"},
	20429: {bot.Retry, "Twilio asks us to slow down"},
	20500: {bot.Ambiguous, "Twilio had an internal error"},
	20503: {bot.Ambiguous, "Twilio was not available"},

	// The recipient.
	21211: {bot.NumberBad, "the number is not a valid phone number"},
	21408: {bot.GiveUp, "the number is in a country the Twilio account may not text"},
	21610: {bot.OptedOut, "the recipient opted out with STOP"},
	21612: {bot.NumberBad, "the number cannot be reached from our sending number"},
	21614: {bot.NumberBad, "the number is not a mobile number"},
	21635: {bot.NumberBad, "the number is a landline"},

	// The sender.
	21212: {bot.Operator, badSender},
	21601: {bot.Operator, badSender},
	21603: {bot.Operator, "no sending number is set"},
	21606: {bot.Operator, badSender},
	21608: {bot.Operator, trialAccount},
	21609: {bot.Operator, "Twilio cannot call our address back: check PUBLIC_URL"},
	21611: {bot.RetryLater, "too many texts wait at Twilio to leave from our number"},
	21621: {bot.GiveUp, "our sending number cannot send pictures"},
	21701: {bot.Operator, badService},
	21702: {bot.Operator, badService},
	21703: {bot.Operator, badService},
	21704: {bot.Operator, badService},
	21705: {bot.Operator, badService},

	// The text.
	21602: {bot.GiveUp, ourMistake},
	21604: {bot.GiveUp, ourMistake},
	21617: {bot.GiveUp, "the text is longer than 1,600 characters"},
	21618: {bot.GiveUp, "the carriers refuse the wording"},
	21619: {bot.GiveUp, ourMistake},
	21620: {bot.GiveUp, ourMistake},
	21623: {bot.GiveUp, ourMistake},
	21654: {bot.GiveUp, ourMistake},
	21656: {bot.GiveUp, ourMistake},
	21658: {bot.GiveUp, ourMistake},
	30045: {bot.GiveUp, ourMistake},
	35111: {bot.GiveUp, ourMistake},
	35112: {bot.GiveUp, ourMistake},
	35113: {bot.GiveUp, ourMistake},
	35114: {bot.GiveUp, ourMistake},
	35115: {bot.GiveUp, ourMistake},
	35116: {bot.GiveUp, ourMistake},
	35117: {bot.GiveUp, ourMistake},
	35125: {bot.RetryLater, "too many scheduled texts wait at Twilio"},
	90007: {bot.GiveUp, ourMistake},

	// On the way to the phone.
	30001: {bot.RetryLater, "too many texts wait at Twilio to leave from our number"},
	30003: {bot.RetryLater, "the phone could not be reached: off, without service, or blocking us"},
	30004: {bot.GiveUp, "the carrier or the phone blocks texts from us"},
	30005: {bot.NumberBad, "the number is unknown or no longer in service"},
	30006: {bot.NumberBad, "the number is a landline or cannot be reached by text"},
	30007: {bot.GiveUp, "the carrier filtered the text as unwanted"},
	30008: {bot.RetryLater, "the carrier did not say why it failed"},
	30010: {bot.GiveUp, ourMistake},
	30011: {bot.GiveUp, "the number cannot receive pictures"},
	30017: {bot.Retry, "the carrier's network is congested"},
	30019: {bot.GiveUp, "the picture is larger than the carrier allows"},
	30020: {bot.Retry, "Twilio could not schedule it"},
	30021: {bot.Retry, "Twilio's messaging service had a fault"},
	30022: {bot.Retry, "we sent faster than our registration allows"},
	30023: {bot.RetryLater, dailyLimit},
	30027: {bot.RetryLater, dailyLimit},
	30035: {bot.RetryLater, "our number is still being registered with the carriers"},
	30036: {bot.Retry, "it waited at Twilio longer than it was of use"},
	30410: {bot.RetryLater, "the carrier did not answer in time"},
	30450: {bot.GiveUp, "Twilio's fraud protection blocked the number: it can be put on the safe list at Twilio"},
	30610: {bot.RetryLater, "Twilio holds texts back in the recipient's quiet hours"},
	30640: {bot.GiveUp, "Twilio does not deliver to this number for legal reasons"},

	// The registration with the carriers.
	30018:  {bot.Operator, "our sender must be registered first for this country"},
	30024:  {bot.Operator, "our number is not set up at the carrier"},
	30032:  {bot.Operator, "our toll-free number is not verified"},
	30033:  {bot.Operator, "our campaign is suspended by the carriers"},
	30034:  {bot.Operator, "our number is not registered with the carriers"},
	572002: {bot.Operator, trialAccount},
	572005: {bot.Operator, trialAccount},
	572006: {bot.Operator, trialAccount},

	// Calls.
	21210: {bot.Operator, "our number may not place calls: it is not ours or not verified"},
	21214: {bot.NumberBad, "the number cannot be called"},
	21215: {bot.Operator, "the Twilio account may not call this country"},
	21216: {bot.NumberBad, "the Twilio account may not call this number"},
	21217: {bot.NumberBad, "the number does not look like a phone number"},
	21219: {bot.Operator, trialAccount},

	// Notices about inbound texts and quotas. They are not failures of a send,
	// and are here so that one of them in a report is not called unknown.
	30009: {bot.GiveUp, notAboutThis},
	30025: {bot.RetryLater, dailyLimit},
	30026: {bot.RetryLater, dailyLimit},
	30039: {bot.GiveUp, notAboutThis},
}

// VerdictOf sorts an error code. async tells whether it came in a delivery
// report: then the text has failed for certain, so nothing is ambiguous, and
// an unknown code is given up for a person to look at.
func VerdictOf(code int, async bool) (bot.Verdict, string) {
	known, ok := codes[code]
	switch {
	case !ok && async:
		return bot.GiveUp, "it was not delivered, for a reason we do not know"
	case !ok:
		return bot.GiveUp, unknownReason
	case async && known.verdict == bot.Ambiguous:
		return bot.RetryLater, known.reason
	}
	return known.verdict, known.reason
}

// Sort tells what a code in a delivery report asks of us, and why in plain
// words. Code 0, a failure without a code, is worth another try later.
func (c *Client) Sort(code int) (bot.Verdict, string) {
	if code == 0 {
		return bot.RetryLater, "the carrier did not say why it failed"
	}
	return VerdictOf(code, true)
}
