package slack

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"backstop/bot"

	"github.com/slack-go/slack"
)

// NeededScopes are the bot scopes of docs/slack-manifest.yaml and no more: to post,
// to read back our own posts, to see the channel and who is in it, to attach
// pictures, and the command.
var NeededScopes = []string{
	"channels:history", "channels:read", "chat:write", "commands", "files:write",
	"groups:history", "groups:read",
}

// Identity is whom a token speaks for, and what it may do.
type Identity struct {
	Team, TeamID  string
	User, UserID  string // of the bot
	Granted       []string
	MissingScopes []string // of NeededScopes
}

// Scopes asks Slack who we are in a workspace and what we may do. Its error is a *bot.SendError.
func (c *Client) Scopes(ctx context.Context, team string) (Identity, error) {
	ctx, connected := watched(ctx)
	api, err := c.in(ctx, team)
	if err != nil {
		return Identity{}, err
	}
	who, err := api.AuthTestContext(ctx)
	if err != nil {
		return Identity{}, sendError(err, connected.Load())
	}
	if who.TeamID == "" {
		return Identity{}, errNotOK
	}
	found := Identity{Team: who.Team, TeamID: who.TeamID, User: who.User, UserID: who.UserID}
	for scope := range strings.SplitSeq(who.Header.Get("X-OAuth-Scopes"), ",") {
		if scope = strings.TrimSpace(scope); scope != "" {
			found.Granted = append(found.Granted, scope)
		}
	}
	for _, scope := range NeededScopes {
		if !slices.Contains(found.Granted, scope) {
			found.MissingScopes = append(found.MissingScopes, scope)
		}
	}
	return found, nil
}

// Check tells whether we can post to a workspace's channel; nil when we can. Its error is
// a *bot.SendError that says what to do.
func (c *Client) Check(ctx context.Context, team, channel string) error {
	ctx, connected := watched(ctx)
	api, err := c.in(ctx, team)
	if err != nil {
		return err
	}
	info, err := api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: channel})
	switch {
	case err != nil:
		return sendError(err, connected.Load())
	case info.ID == "":
		return errNotOK
	case info.IsArchived:
		return &bot.SendError{Verdict: bot.Operator, Reason: badChannel}
	case !info.IsMember && !info.IsIM:
		return &bot.SendError{Verdict: bot.Operator, Reason: fmt.Sprintf("%s (/invite @Backstop in #%s)", notInvited, info.Name)}
	}
	return nil
}
