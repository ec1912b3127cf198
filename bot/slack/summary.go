package slack

import (
	"slices"
	"strings"

	"backstop/bot"
)

// summary is the text beside the blocks: what a notification, a lock screen
// and a screen reader's announcement say. It names no patient, quotes nobody
// and gives no number.
func summary(p bot.Post) string {
	if p.Overview != nil {
		return "Backstop: " + literal(p.Overview.Title, maxHeader)
	}
	if p.Card == nil {
		if p.Thread != "" {
			return "Backstop: news about an alert"
		}
		return "Backstop: a message for the clinic"
	}
	state := "open"
	if p.Card.State == acknowledged || p.Card.State == resolved {
		state = p.Card.State
	}
	return "Backstop alert, " + severityOf(p.Card.Level).words + " (" + state + ")"
}

// plainText is the whole of a post when Slack refuses its blocks, escaped. It
// says who and what, since nothing else will; a patient's words stay out of it.
func plainText(p bot.Post) string {
	parts := []string{summary(p)}
	if c := p.Card; c != nil {
		if mentions(*c) {
			parts[0] = here + " " + parts[0]
		}
		parts = append(parts, escaped(c.Patient, 60), escaped(c.Headline, 500), escaped(c.Reading, 200))
	} else {
		parts = append(parts, escaped(p.Line, 1000))
	}
	parts = append(parts, "(Slack did not take the full message: look the patient up in Backstop.)")
	parts = slices.DeleteFunc(parts, func(part string) bool { return part == "" })
	return strings.Join(parts, "\n")
}
