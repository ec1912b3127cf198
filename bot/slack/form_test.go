package slack_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"backstop/bot"
	"backstop/bot/sandbox"
)

// A form of every kind of field, and one beyond every limit, as Slack's own
// limits judge them (the stand-in refuses what Slack refuses).
func TestEveryFormIsTakenByTheStandIn(t *testing.T) {
	long := strings.Repeat("<!channel> `x` ", 400)
	var many []bot.Choice
	for i := range 150 {
		many = append(many, bot.Choice{Value: fmt.Sprint(i), Label: long})
	}
	var lines []bot.Said
	for range 150 {
		lines = append(lines, bot.Said{Ours: long, Words: long})
	}
	for name, f := range map[string]*bot.Form{
		"every field": {Name: "all", About: "id", Title: "All", Submit: "Send", Said: []bot.Said{{Ours: "ours", Words: "<@U1> theirs"}}, Fields: []bot.Field{
			{Name: "a", Label: "A", Hint: "h", Kind: bot.FieldText, Value: "v", Most: 20},
			{Name: "b", Label: "B", Kind: bot.FieldLong, Live: true, Optional: true},
			{Name: "c", Label: "C", Kind: bot.FieldNumber, Value: "1.5"},
			{Name: "d", Label: "D", Kind: bot.FieldChoice, Value: "x", Choices: []bot.Choice{{Value: "x", Label: "X"}, {Value: "y", Label: "Y"}}},
			{Name: "e", Label: "E", Kind: bot.FieldDate, Value: "2026-11-24"},
			{Name: "f", Label: "F", Kind: bot.FieldTime, Value: "17:30"},
		}, Link: &bot.Link{Label: "Go", URL: "https://example.com/x"}},
		"nothing": {Name: "none", Title: "None"},
		"beyond every limit": {Name: "big", Title: long, Submit: long, Said: lines, Fields: []bot.Field{
			{Name: "a", Label: long, Hint: long, Kind: bot.FieldChoice, Choices: many}, {Name: "b", Label: "B", Kind: bot.FieldText, Most: 90000},
		}, Link: &bot.Link{Label: long, URL: "https://example.com/"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newWorkspace(t, sandbox.Options{})
			s.desk.form = f
			if d := s.slack.Command(michael, channel, "/backstop", "x"); d.Err != nil || d.Status != http.StatusOK {
				t.Fatalf("answered %+v", d)
			}
			if _, ok := s.slack.Modal(michael); !ok {
				t.Fatalf("no dialog; whispered %+v", s.slack.Ephemerals(channel, michael))
			}
		})
	}
}

func TestHomeBeyondEveryLimitIsTakenByTheStandIn(t *testing.T) {
	s := newWorkspace(t, sandbox.Options{})
	long := strings.Repeat("<!channel> ", 400)
	home := &bot.Home{Title: long, Buttons: []bot.Button{{Action: "command", About: "enrol", Label: long, Strong: true}, {Action: "command", About: "find", Label: "x"}}}
	for range 12 {
		section := bot.HomeSection{Title: long, More: []bot.Button{{Action: "home", Label: "Overview"}, {Action: "home", About: "now/1", Label: "Next"}}}
		for range 9 {
			section.Rows = append(section.Rows, bot.HomeRow{Line: long, Button: &bot.Button{Action: "plan", About: long, Label: "Open"}})
		}
		home.Sections = append(home.Sections, section)
	}
	s.desk.home = home
	s.slack.OpenHome(michael)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if err := s.stand.Wait(ctx, func() bool { _, ok := s.slack.Home(michael); return ok }); err != nil {
		t.Fatal(err)
	}
}
