package slack

import (
	"regexp"
	"strings"
)

// userID is what Slack calls a person. Real ones hold a digit, which tells
// them from a name in capitals.
var userID = regexp.MustCompile(`\b[UW][A-Z0-9]{4,20}\b`)

// person shows a Slack user by name; whoever is none (a phone that pressed a
// key) is shown as written.
func person(who string) string {
	if name := named(escaped(who, 80)); name != "" {
		return name
	}
	return "somebody"
}

// named turns the user ids in an escaped text of ours into what Slack shows as
// names.
func named(text string) string {
	return userID.ReplaceAllStringFunc(text, func(id string) string {
		if !strings.ContainsAny(id, "0123456789") {
			return id
		}
		return "<@" + id + ">"
	})
}
