package bot

import (
	"context"
	"slices"
	"sync"
	"time"

	"backstop/flows"
)

// Roster tells who is in a Slack channel.
type Roster interface {
	// Members lists the users of a workspace's channel.
	Members(ctx context.Context, team, channel string) ([]string, error)
}

const (
	rosterFor   = 5 * time.Minute  // how long a list of members is good
	rosterAgain = 10 * time.Second // how soon it is read again for somebody who is not on it
	rosterTime  = time.Second      // how long Slack may take to tell
)

// rosters remember who was in which channel.
type rosters struct {
	mu    sync.Mutex
	known map[string]roster
}

type roster struct {
	members []string
	read    time.Time
}

func (r *rosters) of(channel string) (roster, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	known, ok := r.known[channel]
	return known, ok
}

func (r *rosters) keep(channel string, list roster) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known == nil {
		r.known = map[string]roster{}
	}
	r.known[channel] = list
}

// inChannel reports whether somebody is in the clinic's channel, or in the one
// that stands in for it. Where Slack does not tell, whom the clinic file names may
// act: an alert must not wait for a list.
func (b *Bot) inChannel(ctx context.Context, clinic *flows.Clinic, user string) bool {
	if b.roster == nil {
		return true
	}
	for _, channel := range []string{clinic.Slack.Channel, clinic.Slack.Fallback} {
		if channel == "" {
			continue
		}
		members, err := b.membersOf(ctx, clinic.Slack.Team, channel, user)
		if err != nil {
			b.log.WarnContext(ctx, "who is in the channel is not known", "channel", channel, "error", err)
			return true
		}
		if slices.Contains(members, user) {
			return true
		}
	}
	return false
}

func (b *Bot) membersOf(ctx context.Context, team, channel, user string) ([]string, error) {
	now := b.now()
	if list, ok := b.rosters.of(channel); ok {
		age := now.Sub(list.read)
		if age < rosterAgain || (age < rosterFor && slices.Contains(list.members, user)) {
			return list.members, nil
		}
	}
	ctx, cancel := context.WithTimeout(ctx, rosterTime)
	defer cancel()
	members, err := b.roster.Members(ctx, team, channel)
	if err == nil {
		b.rosters.keep(channel, roster{members, now})
	}
	return members, err
}
