package slack

import (
	"context"

	"backstop/bot"

	"github.com/slack-go/slack"
)

var _ bot.Roster = (*Client)(nil)

// memberPages bounds how many members of a channel are read: a thousand a page.
const memberPages = 10

// Members lists the users of a workspace's channel. Its error is a *bot.SendError.
func (c *Client) Members(ctx context.Context, team, channel string) ([]string, error) {
	ctx, connected := watched(ctx)
	api, err := c.in(ctx, team)
	if err != nil {
		return nil, err
	}
	var all []string
	cursor := ""
	for range memberPages {
		some, next, err := api.GetUsersInConversationContext(ctx, &slack.GetUsersInConversationParameters{ChannelID: channel, Cursor: cursor, Limit: 1000})
		if err != nil {
			return nil, sendError(err, connected.Load())
		}
		all = append(all, some...)
		if next == "" {
			break
		}
		cursor = next
	}
	if len(all) == 0 {
		return nil, errNotOK // we are in it ourselves
	}
	return all, nil
}
