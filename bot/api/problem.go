package api

import (
	"net/http"
	"strconv"
	"strings"

	"backstop/bot"
)

// problem is an error as problem details (RFC 9457).
type problem struct {
	Type     string           `json:"type"`
	Title    string           `json:"title"`
	Status   int              `json:"status"`
	Detail   string           `json:"detail"`
	Instance string           `json:"instance"`
	Errors   []bot.FieldError `json:"errors,omitempty"`
}

func (p *problem) Error() string { return p.Title + ": " + p.Detail }

// plain is a problem that its status describes.
func plain(status int, detail string) *problem {
	return &problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail}
}

// wrongFieldsType points at the description of the one problem that has more to
// say than its status.
const wrongFieldsType = "/api/v1/openapi.json#/components/schemas/WrongFields"

func wrongFields(fields bot.FieldErrors) *problem {
	p := &problem{Type: wrongFieldsType, Title: "Some fields are wrong", Status: http.StatusUnprocessableEntity,
		Detail: "Nothing was changed. Mend the fields that errors names and send it again."}
	for _, f := range fields {
		p.Errors = append(p.Errors, bot.FieldError{Field: f.Field, Reason: unquoted(f.Reason)})
	}
	return p
}

// unquoted takes a value that a reason begins with out of it: callers keep the
// errors they are given in logs, and the value may be a name in the wrong field.
func unquoted(reason string) string {
	quoted, err := strconv.QuotedPrefix(reason)
	if err != nil {
		return reason
	}
	return strings.TrimSpace(reason[len(quoted):])
}
