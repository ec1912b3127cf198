package slack

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"backstop/bot"

	"github.com/slack-go/slack"
)

// Looking for a post: how far Slack's clock may be behind ours, and how many
// messages of a busy channel are read before giving up.
const (
	clockMargin  = 2 * time.Minute
	findPageSize = 200
	findPages    = 20
)

// errTooMany says that a channel held more messages than Find reads.
var errTooMany = errors.New("too many messages since then")

// Find looks for a post of ours by its id among the channel's (or the
// thread's) messages since a time: chat.postMessage has no idempotency key, so
// this is how a post whose answer was lost is found again.
func (c *Client) Find(ctx context.Context, p bot.Post, since time.Time) (bot.Posted, bool, error) {
	read := c.history
	if p.Thread != "" {
		read = c.replies
	}
	oldest := timestamp(since.Add(-clockMargin))
	cursor := ""
	for range findPages {
		messages, next, err := read(ctx, p, oldest, cursor)
		if err != nil {
			return bot.Posted{}, false, fmt.Errorf("find post %s: %w", p.ID, err)
		}
		for _, m := range messages {
			if m.Metadata.EventType == postEvent && m.Metadata.EventPayload["post"] == p.ID && m.Timestamp != "" {
				return bot.Posted{Channel: p.Channel, TS: m.Timestamp}, true, nil
			}
		}
		if next == "" {
			return bot.Posted{}, false, nil
		}
		cursor = next
	}
	return bot.Posted{}, false, fmt.Errorf("find post %s: %w", p.ID, errTooMany)
}

func (c *Client) history(ctx context.Context, p bot.Post, oldest, cursor string) ([]slack.Message, string, error) {
	ctx, connected := watched(ctx)
	api, err := c.in(ctx, p.Team)
	if err != nil {
		return nil, "", err
	}
	page, err := api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
		ChannelID: p.Channel, Oldest: oldest, Cursor: cursor, Limit: findPageSize, Inclusive: true, IncludeAllMetadata: true,
	})
	if err != nil {
		return nil, "", sendError(err, connected.Load())
	}
	if !page.Ok {
		return nil, "", errNotOK
	}
	return page.Messages, page.ResponseMetaData.NextCursor, nil
}

func (c *Client) replies(ctx context.Context, p bot.Post, oldest, cursor string) ([]slack.Message, string, error) {
	ctx, connected := watched(ctx)
	api, err := c.in(ctx, p.Team)
	if err != nil {
		return nil, "", err
	}
	messages, _, next, err := api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
		ChannelID: p.Channel, Timestamp: p.Thread, Oldest: oldest, Cursor: cursor, Limit: findPageSize, Inclusive: true, IncludeAllMetadata: true,
	})
	if err != nil {
		return nil, "", sendError(err, connected.Load())
	}
	if len(messages) == 0 {
		return nil, "", errNotOK // a thread always holds its parent
	}
	return messages, next, nil
}

// errNotOK says that Slack's answer was neither a list nor an error.
var errNotOK = &bot.SendError{Verdict: bot.Ambiguous, Reason: "Slack's answer could not be read"}

// timestamp writes a time as Slack does: seconds and microseconds.
func timestamp(at time.Time) string {
	micros := at.UnixMicro()
	return strconv.FormatInt(micros/1e6, 10) + "." + fmt.Sprintf("%06d", micros%1e6)
}
