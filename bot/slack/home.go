package slack

import (
	"context"

	"backstop/bot"

	"github.com/slack-go/slack"
)

// showHome publishes the overview of one user's home view, of the clinic they
// look at; empty for their first.
func (h *Webhooks) showHome(ctx context.Context, team, user, clinic, notice string) {
	home, err := h.desk.HomeOf(ctx, team, user, clinic)
	if err != nil {
		h.log.Error("slack home not read", "user", user, "error", err)
		return
	}
	h.publish(ctx, team, user, home, notice)
}

// publish shows a home view, with a notice on top unless that is empty. Without a
// view, it says who Backstop works for.
func (h *Webhooks) publish(ctx context.Context, team, user string, home *bot.Home, notice string) {
	if home == nil {
		home = &bot.Home{Title: "Backstop", Sections: []bot.HomeSection{{Title: "You are not on the list",
			Empty: "Backstop shows patients only to the clinicians whom its clinic file names, and who are in the clinic's channel."}}}
	}
	api, err := h.client.in(ctx, team)
	if err == nil {
		_, err = api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: user, View: homeView(*home, notice)})
	}
	if err != nil {
		h.log.Warn("slack home not shown", "user", user, "error", innermost(err))
	}
}

// homeView lays the caseload out: at most 100 blocks, cut at the end of a part.
func homeView(home bot.Home, notice string) slack.HomeTabViewRequest {
	blocks := []slack.Block{slack.NewHeaderBlock(plainObject(literal(home.Title, maxHeader)))}
	if text := literal(notice, maxSaid); text != "" {
		blocks = append(blocks, section(text))
	}
	if len(home.Buttons) > 0 {
		blocks = append(blocks, slack.NewActionBlock("home", homeButtons(home.Buttons)...))
	}
	if len(home.Others) > 0 {
		blocks = append(blocks, slack.NewActionBlock("clinics", homeButtons(home.Others[:min(len(home.Others), maxElements)])...))
	}
	for i, s := range home.Sections {
		part := homePart(s, i)
		if len(blocks)+len(part)+1 > maxBlocks {
			break
		}
		blocks = append(blocks, slack.NewDividerBlock())
		blocks = append(blocks, part...)
	}
	blocks = append(blocks, slack.NewContextBlock("", markdown(shortHelp)))
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab, PrivateMetadata: private{Clinic: home.Clinic}.encode(), Blocks: slack.Blocks{BlockSet: blocks}}
}

const shortHelp = "Type */backstop* anywhere for everything else. What you write in an alert's thread stays among you: the patient never sees it."

func homePart(s bot.HomeSection, at int) []slack.Block {
	out := []slack.Block{slack.NewSectionBlock(markdown("*"+escaped(s.Title, 200)+"*"), nil, nil)}
	for _, row := range s.Rows {
		text := literal(row.Line, maxRow)
		if text == "" {
			continue
		}
		block := slack.NewSectionBlock(plainObject(text), nil, nil)
		if row.Button != nil {
			block.Accessory = slack.NewAccessory(homeButton(*row.Button))
		}
		out = append(out, block)
	}
	if len(s.Rows) == 0 {
		if empty := literal(s.Empty, maxContext); empty != "" {
			out = append(out, slack.NewContextBlock("", plainObject(empty)))
		}
	}
	if len(s.More) > 0 {
		out = append(out, slack.NewActionBlock("more-"+string(rune('a'+at)), homeButtons(s.More)...))
	}
	return out
}

func homeButtons(buttons []bot.Button) []slack.BlockElement {
	var out []slack.BlockElement
	for _, b := range buttons {
		button := homeButton(b)
		// Slack wants each action of a block once: the value tells them apart.
		button.ActionID = b.Action + ":" + b.About
		out = append(out, button)
	}
	return out
}

func homeButton(b bot.Button) *slack.ButtonBlockElement {
	value := literal(b.About, maxRow)
	if value == "" {
		value = "-"
	}
	button := slack.NewButtonBlockElement(b.Action, value, plainObject(literal(b.Label, maxOption)))
	if b.Strong {
		button.Style = slack.StylePrimary
	}
	return button
}
