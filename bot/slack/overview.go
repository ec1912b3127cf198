package slack

import (
	"strings"

	"backstop/bot"

	"github.com/slack-go/slack"
)

// maxParts keeps an overview far below Slack's 50 blocks, and short enough to be
// read on a phone.
const maxParts = 15

// overview lays an overview out: a title, a section for each list, small print.
// A list that is too long for a section ends where its last whole line fits.
func overview(o bot.Overview) []slack.Block {
	title := literal(o.Title, maxHeader)
	if title == "" {
		title = "Backstop"
	}
	out := []slack.Block{slack.NewHeaderBlock(plainObject(title))}
	for _, p := range o.Parts[:min(maxParts, len(o.Parts))] {
		if text := listed(p); text != "" {
			out = append(out, slack.NewSectionBlock(markdown(text), nil, nil))
		}
	}
	var foot []string
	for _, line := range o.Foot {
		if text := escaped(line, 500); text != "" {
			foot = append(foot, text)
		}
	}
	if text := strings.Join(foot, "\n"); text != "" && units(text) <= maxContext {
		out = append(out, slack.NewContextBlock("", markdown(text)))
	}
	return out
}

// listed is one list: its title, a line each, and what is left out.
func listed(p bot.Part) string {
	const line, cutOff = 300, "\n• … and more"
	text := ""
	if title := escaped(p.Title, maxHeader); title != "" {
		text = "*" + title + "*"
	}
	more := ""
	if p.More != "" {
		more = "\n" + escaped(p.More, line)
	}
	for _, l := range p.Lines {
		next := "\n• " + escaped(strings.ReplaceAll(l, "\n", " "), line)
		if units(text+next+more+cutOff) > maxSection {
			return text + cutOff
		}
		text += next
	}
	return strings.TrimPrefix(text+more, "\n")
}
