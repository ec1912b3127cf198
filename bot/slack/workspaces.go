package slack

import (
	"context"

	"backstop/bot"

	"github.com/slack-go/slack"
)

// notInstalled says why nothing can be shown in a workspace.
const notInstalled = "the Slack app is not installed in this workspace"

// in is the API of one workspace. With a plain bot token there is one alone;
// else each has the token its installation gave. The token is read anew for
// every call: another machine may have been the one that it was installed through.
func (c *Client) in(ctx context.Context, team string) (*slack.Client, error) {
	if c.tokens == nil {
		return c.one, nil
	}
	token, err := c.tokens(ctx, team)
	switch {
	case err != nil:
		return nil, &bot.SendError{Verdict: bot.Retry, Reason: "the workspace's token could not be read", Err: err}
	case token == "":
		return nil, &bot.SendError{Verdict: bot.Operator, Reason: notInstalled}
	}
	return c.with(token), nil
}

func (c *Client) with(token string) *slack.Client {
	return slack.New(token, slack.OptionHTTPClient(c.http), slack.OptionAPIURL(c.apiURL))
}
