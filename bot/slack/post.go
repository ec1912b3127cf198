package slack

import (
	"context"
	"errors"
	"strings"

	"backstop/bot"

	"github.com/slack-go/slack"
)

// postEvent names our metadata. It holds opaque ids only: every app and member
// of the workspace can read it.
const postEvent = "backstop_post"

// Post shows a post. When Slack refuses its form, it is shown once more as
// plain text: an alert is never lost to formatting.
//
// Its error is a *bot.SendError; GiveUp on a reply means that its thread is gone.
func (c *Client) Post(ctx context.Context, p bot.Post) (bot.Posted, error) {
	at, err := c.post(ctx, p, dressed(p))
	if bare, ok := withoutPicture(p, err); ok {
		p = bare
		at, err = c.post(ctx, p, dressed(p))
	}
	if code, malformed := refusedForm(err); malformed {
		c.undress(p, code)
		at, err = c.post(ctx, p, plain(p, code))
	}
	if err != nil {
		return bot.Posted{}, err
	}
	return at, nil
}

func (c *Client) post(ctx context.Context, p bot.Post, message slack.MsgOption) (bot.Posted, error) {
	options := []slack.MsgOption{message, slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl()}
	if p.Thread != "" {
		options = append(options, slack.MsgOptionTS(p.Thread))
		if p.Broadcast {
			options = append(options, slack.MsgOptionBroadcast())
		}
	}
	ctx, connected := watched(ctx)
	api, err := c.in(ctx, p.Team)
	if err != nil {
		return bot.Posted{}, err
	}
	channel, ts, err := api.PostMessageContext(ctx, p.Channel, options...)
	if err != nil {
		return bot.Posted{}, sendError(err, connected.Load())
	}
	if channel == "" || ts == "" {
		return bot.Posted{}, &bot.SendError{Verdict: bot.Ambiguous, Reason: "Slack's answer named no message"}
	}
	return bot.Posted{Channel: channel, TS: ts}, nil
}

// Update replaces a post in place. Doing it twice does no harm, so its error,
// a *bot.SendError, is never ambiguous; GiveUp means that it cannot be updated
// any more and must be posted anew.
func (c *Client) Update(ctx context.Context, p bot.Post, at bot.Posted) error {
	err := c.update(ctx, p.Team, dressed(p), at)
	if bare, ok := withoutPicture(p, err); ok {
		p = bare
		err = c.update(ctx, p.Team, dressed(p), at)
	}
	if code, malformed := refusedForm(err); malformed {
		c.undress(p, code)
		err = c.update(ctx, p.Team, slack.MsgOptionCompose(slack.MsgOptionBlocks(), plain(p, code)), at) // no blocks: the old ones go
	}
	return err
}

func (c *Client) update(ctx context.Context, team string, message slack.MsgOption, at bot.Posted) error {
	ctx, connected := watched(ctx)
	api, err := c.in(ctx, team)
	if err != nil {
		return err
	}
	_, ts, _, err := api.UpdateMessageContext(ctx, at.Channel, at.TS, message)
	if err != nil {
		sorted := sendError(err, connected.Load())
		if sorted.Verdict == bot.Ambiguous {
			sorted.Verdict = bot.Retry
		}
		return sorted
	}
	if ts == "" {
		return &bot.SendError{Verdict: bot.Retry, Reason: "Slack's answer named no message"}
	}
	return nil
}

// withoutPicture is a card without its picture, when Slack refused the card's
// form: the file may be gone, or Slack is still looking at it.
func withoutPicture(p bot.Post, err error) (bot.Post, bool) {
	if _, malformed := refusedForm(err); !malformed || p.Card == nil || p.Card.Picture == "" {
		return p, false
	}
	card := *p.Card
	card.Picture = ""
	p.Card = &card
	return p, true
}

// undress tells that a post goes out as plain text, and Slack's word for why.
func (c *Client) undress(p bot.Post, code string) {
	c.log.Error("slack refused the form of a post, showing it as plain text", "post", p.ID, "error", code)
	c.degraded(p.ID, code)
}

// refusedForm reports whether Slack refused what a post looks like, or for a
// reason we do not know, and that nothing was shown.
func refusedForm(err error) (code string, ok bool) {
	var refused slack.SlackErrorResponse
	if !errors.As(err, &refused) {
		return "", false
	}
	known, ok := refusals[refused.Err]
	return refused.Err, !ok || known.form
}

// dressed is a post in blocks. The text beside them is what notifications and
// lock screens show, so it says nothing about a patient.
func dressed(p bot.Post) slack.MsgOption {
	return slack.MsgOptionCompose(
		slack.MsgOptionBlocks(blocks(p)...),
		slack.MsgOptionText(summary(p), true),
		slack.MsgOptionParse(false),
		tagged(p),
	)
}

// plain is a post without blocks: what must be known to act, in our own words.
func plain(p bot.Post, code string) slack.MsgOption {
	options := []slack.MsgOption{
		slack.MsgOptionText(plainText(p), false), // escaped already, but for the mention
		slack.MsgOptionParse(false),
	}
	if !strings.Contains(code, "metadata") {
		options = append(options, tagged(p))
	}
	return slack.MsgOptionCompose(options...)
}

// tagged puts a post's id into the message's metadata, where Find reads it back.
func tagged(p bot.Post) slack.MsgOption {
	return slack.MsgOptionMetadata(slack.SlackMetadata{EventType: postEvent, EventPayload: map[string]any{"post": p.ID}})
}
