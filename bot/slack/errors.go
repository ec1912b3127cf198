package slack

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"backstop/bot"

	"github.com/slack-go/slack"
)

// maxRetryAfter bounds what a Retry-After header can ask for.
const maxRetryAfter = time.Hour

// sendError sorts the error of a call. What cannot be told apart from a post
// that went through is ambiguous.
func sendError(err error, connected bool) *bot.SendError {
	var (
		refused slack.SlackErrorResponse
		limited *slack.RateLimitedError
		status  slack.StatusCodeError
		notANum *strconv.NumError
		syntax  *json.SyntaxError
	)
	out := &bot.SendError{Err: innermost(err)}
	switch {
	case errors.As(err, &refused):
		known, ok := refusals[refused.Err]
		if !ok {
			known = refusal{verdict: bot.GiveUp, reason: "Slack refused it for a reason we do not know"}
		}
		out.Verdict, out.Reason = known.verdict, known.reason
		out.Err = refused
	case errors.As(err, &limited):
		out.Verdict, out.Reason = bot.Retry, slowDown
		out.RetryAfter = min(max(limited.RetryAfter, time.Second), maxRetryAfter)
	case errors.As(err, &notANum): // a Retry-After that is no whole number
		out.Verdict, out.Reason, out.RetryAfter = bot.Retry, slowDown, time.Second
	case errors.As(err, &status):
		out.Verdict, out.Reason = httpStatus(status.Code)
	case errors.As(err, &syntax):
		out.Verdict, out.Reason = bot.Ambiguous, "Slack's answer could not be read"
	case !connected:
		out.Verdict, out.Reason = bot.Retry, "Slack could not be reached"
	default:
		out.Verdict, out.Reason = bot.Ambiguous, "the connection to Slack broke before an answer came"
	}
	return out
}

func httpStatus(code int) (bot.Verdict, string) {
	switch {
	case code == http.StatusTooManyRequests:
		return bot.Retry, slowDown
	case code == http.StatusServiceUnavailable:
		return bot.Retry, "Slack is not available"
	case code >= http.StatusInternalServerError, code == http.StatusRequestTimeout:
		return bot.Ambiguous, "Slack had an internal error"
	}
	return bot.Operator, "the address of Slack's API does not answer as Slack does: check SLACK_API_URL"
}

// innermost leaves the address out of network errors.
func innermost(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}
