package slack

import (
	"strings"

	"backstop/bot"

	"github.com/slack-go/slack"
)

// Slack's limits, in characters
// (https://docs.slack.dev/reference/block-kit). Longer texts are cut.
const (
	maxSection = 3000
	maxField   = 2000
	maxHeader  = 150
	maxContext = 2000 // of ours: small print longer than this is no small print
	maxValue   = 2000

	maxElements = 25 // buttons in a block

	maxImageAlt = 2000
)

// blocks lays a post out.
func blocks(p bot.Post) []slack.Block {
	if p.Card != nil {
		return append(card(*p.Card), words(p.Words)...)
	}
	if p.Overview != nil {
		return overview(*p.Overview)
	}
	out := line(p.Line, p.Words, p.Calls)
	if len(p.Buttons) > 0 {
		out = append(out, slack.NewActionBlock("line", homeButtons(p.Buttons)...))
	}
	return out
}

// line is a thread's news: our words, and a patient's words below them.
func line(ours, patients string, calls []string) []slack.Block {
	var out []slack.Block
	if text := called(calls); text != "" {
		out = append(out, slack.NewSectionBlock(markdown(text), nil, nil))
	}
	if text := literal(ours, maxSection); text != "" {
		out = append(out, section(text))
	}
	out = append(out, words(patients)...)
	if len(out) == 0 {
		out = append(out, section("(nothing to show)"))
	}
	return out
}

// called mentions people, so that Slack tells them. Whoever is no Slack user is left out.
func called(users []string) string {
	var out []string
	for _, user := range users {
		if userID.FindString(user) == user && user != "" {
			out = append(out, "<@"+user+">")
		}
	}
	return strings.Join(out, " ")
}

// words shows what a patient typed. It stands alone in a plain_text block:
// nothing in it can mention, link or format.
func words(patients string) []slack.Block {
	const before, after = "“", "”"
	text := literal(patients, maxSection-units(before+after))
	if text == "" {
		return nil
	}
	return []slack.Block{section(before + text + after)}
}

func section(text string) slack.Block {
	return slack.NewSectionBlock(plainObject(text), nil, nil)
}

// plainObject shows a text as it is, emoji codes included.
func plainObject(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, text, false, false)
}

// markdown shows a text of ours with our formatting; whatever was put into it
// must have gone through escaped. It is verbatim: bare addresses stay text.
func markdown(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.MarkdownType, text, false, true)
}
