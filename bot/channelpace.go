package bot

import (
	"context"
	"time"

	"backstop/storage"
)

// Slack takes about one message a second in a channel, with short bursts, and
// fifty changes a minute (https://docs.slack.dev/apis/web-api/rate-limits).
const (
	channelBurst = 3 * time.Second
	changePace   = 1200 * time.Millisecond
	// longestInLine bounds how long a post waits before it looks again.
	longestInLine = time.Minute
)

// inChannelLine takes a post's place in the line of its channel, and says how
// long to wait when there is none yet. An emergency waits for nobody; the others
// come in the order in which they were stored.
func (b *Bot) inChannelLine(ctx context.Context, tx *storage.Tx, p storage.Post, now time.Time) (time.Duration, error) {
	if b.paces.perChannel <= 0 {
		return 0, nil
	}
	urgent, err := urgentPost(ctx, tx, p)
	if err != nil {
		return 0, err
	}
	interval := b.channelInterval(p)
	wait, err := tx.Pace(ctx, channelLine(p), interval, channelBurst, urgent, now)
	if err != nil || wait == 0 {
		return 0, err
	}
	if p.TS == "" {
		b.channels.hold(p.Channel, now.Add(wait))
	}
	before, err := tx.PostsBefore(ctx, p)
	return min(wait+time.Duration(before)*interval, max(wait, longestInLine)), err
}

// channelInterval is how far apart calls like the post's next one are kept.
func (b *Bot) channelInterval(p storage.Post) time.Duration {
	interval := time.Duration(float64(time.Second) / b.paces.perChannel)
	if p.TS != "" {
		return max(interval, changePace)
	}
	return interval
}

// channelLine names the line: new messages and changes each have one.
func channelLine(p storage.Post) string {
	if p.TS != "" {
		return "slack change:" + p.Channel
	}
	return "slack:" + p.Channel
}

// slowDown keeps the whole line of a channel for as long as Slack asked one of
// it to wait.
func (b *Bot) slowDown(ctx context.Context, tx *storage.Tx, p storage.Post, wait time.Duration) error {
	if b.paces.perChannel <= 0 || wait <= 0 {
		return nil
	}
	return tx.HoldPace(ctx, channelLine(p), b.now().Add(wait+channelBurst))
}

// urgentPost reports whether a post belongs to an emergency: its card, and what
// its escalation says.
func urgentPost(ctx context.Context, tx *storage.Tx, p storage.Post) (bool, error) {
	if p.Kind != postCard {
		return contentOfPost(p).Urgent, nil
	}
	a, err := tx.AlertByID(ctx, p.ClinicID, p.AlertID)
	return urgencyOf(a.Level) == priorityUrgent, err
}
