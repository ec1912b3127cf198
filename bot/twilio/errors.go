package twilio

import (
	"context"
	"errors"
	"net/http"

	"backstop/bot"

	twilioclient "github.com/twilio/twilio-go/client"
)

// sendError sorts the error of a POST. What cannot be told apart from a send
// that went through is ambiguous, never permanent. The cause never quotes a
// response: Twilio's messages repeat phone numbers.
func sendError(err error, saw *seen) *bot.SendError {
	out := &bot.SendError{RetryAfter: saw.retryAfter, Err: cause(err)}
	var rest *twilioclient.TwilioRestError
	if errors.As(err, &rest) && rest.Code != 0 {
		out.Code = rest.Code
		out.Verdict, out.Reason = refusal(rest.Code, saw.status)
		return out
	}
	out.Verdict, out.Reason = unanswered(err, saw)
	return out
}

// refusal sorts an error with a code of Twilio's. An unknown code on a server
// error says nothing about whether the text was taken.
func refusal(code, status int) (bot.Verdict, string) {
	if known, ok := codes[code]; ok {
		return known.verdict, known.reason
	}
	switch {
	case status >= http.StatusInternalServerError:
		return bot.Ambiguous, "Twilio had an internal error"
	case status == http.StatusTooManyRequests:
		return bot.Retry, "Twilio asks us to slow down"
	}
	return bot.GiveUp, unknownReason
}

// unanswered sorts an exchange without a readable answer of Twilio's.
func unanswered(err error, saw *seen) (bot.Verdict, string) {
	switch {
	case saw.status == http.StatusTooManyRequests:
		return bot.Retry, "Twilio asks us to slow down"
	case saw.status >= 300 && saw.status < 400:
		return bot.Operator, "the address of Twilio's API answers with a redirect: check TWILIO_BASE_URL"
	case saw.status == http.StatusUnauthorized, saw.status == http.StatusForbidden,
		saw.status == http.StatusNotFound, saw.status == http.StatusProxyAuthRequired:
		return bot.Operator, "the address of Twilio's API refuses us: check the Twilio settings"
	case saw.status != 0:
		return bot.Ambiguous, "Twilio's answer could not be read"
	case !saw.connected.Load():
		return bot.Retry, "Twilio could not be reached"
	case errors.Is(err, context.DeadlineExceeded):
		return bot.Ambiguous, "Twilio did not answer in time"
	}
	return bot.Ambiguous, "the connection to Twilio broke before an answer came"
}

// errNoSID is an answer that says it worked but names nothing.
func errNoSID() *bot.SendError {
	return &bot.SendError{Verdict: bot.Ambiguous, Reason: "Twilio's answer named nothing"}
}

// cause keeps of an error what is safe to log: the kind of failure, without
// the address (it holds the account) and without Twilio's words (they hold
// phone numbers).
func cause(err error) error {
	var rest *twilioclient.TwilioRestError
	if errors.As(err, &rest) {
		return nil
	}
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}
