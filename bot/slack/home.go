package slack

import (
	"context"
	"fmt"

	"github.com/slack-go/slack"
)

// showHome publishes the home view of one user.
func (h *Webhooks) showHome(ctx context.Context, team, user string) {
	open := ""
	if h.doors.OpenAlerts != nil {
		n, err := h.doors.OpenAlerts(ctx, team, user)
		if err != nil {
			h.log.Error("slack home: count open alerts", "user", user, "error", err)
		} else {
			open = openAlerts(n)
		}
	}
	_, err := h.client.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: user, View: home(open)})
	if err != nil {
		h.log.Warn("slack home not shown", "user", user, "error", innermost(err))
	}
}

func openAlerts(n int) string {
	switch n {
	case 0:
		return "No open alerts."
	case 1:
		return "1 open alert."
	}
	return fmt.Sprintf("%d open alerts.", n)
}

// home is the view itself: what is open, if that is known, and the help.
func home(open string) slack.HomeTabViewRequest {
	blocks := []slack.Block{slack.NewHeaderBlock(plainObject("Backstop"))}
	if open != "" {
		blocks = append(blocks, section(open))
	}
	blocks = append(blocks, slack.NewSectionBlock(markdown(Help), nil, nil))
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: blocks}}
}
