package slack_test

import (
	"fmt"
	"strings"
	"testing"

	"backstop/bot"
)

// A digest of hundreds, and of lines far too long, is one message that Slack
// takes, and what is left out is said.
func TestAnOverviewOfHundredsFitsSlacksLimits(t *testing.T) {
	var o bot.Overview
	o.Title = strings.Repeat("This morning ", 40)
	for part := range 60 {
		p := bot.Part{Title: fmt.Sprintf("Part %d", part), More: "and more"}
		for range 400 {
			p.Lines = append(p.Lines, strings.Repeat("P2 · A.R. <!channel> & ", 30))
		}
		o.Parts = append(o.Parts, p)
	}
	o.Foot = []string{strings.Repeat("x", 9000)}
	f := newFakeSlack(t)
	client := newClient(t, f)
	_, blocks := sent(t, f, func(p bot.Post) error { _, err := client.Post(t.Context(), p); return err }, bot.Post{ID: "p", Channel: "C1", Overview: &o})
	if wrong := wrongWith(blocks); len(wrong) > 0 {
		t.Errorf("Slack would refuse it: %v", wrong[:min(5, len(wrong))])
	}
	if !strings.Contains(blocks, "… and more") || strings.Contains(blocks, "<!channel>") {
		t.Error("what was left out is not said, or a line mentions the channel")
	}
}

// An overview without anything in it is still a message Slack takes.
func TestAnEmptyOverviewIsAMessage(t *testing.T) {
	f := newFakeSlack(t)
	client := newClient(t, f)
	_, blocks := sent(t, f, func(p bot.Post) error { _, err := client.Post(t.Context(), p); return err },
		bot.Post{ID: "p", Channel: "C1", Overview: &bot.Overview{Parts: []bot.Part{{}}}})
	if wrong := wrongWith(blocks); len(wrong) > 0 {
		t.Errorf("Slack would refuse it: %v", wrong)
	}
}
