package slack

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/slack-go/slack"
)

// Command is a /backstop somebody typed.
type Command struct {
	Text    string // what stood behind the command, as Slack escaped it
	Team    string
	Channel string
	User    string
	Trigger string // opens a dialog within three seconds
}

// Help is what /backstop says when it knows no better.
const Help = "Backstop texts patients after their sessions and brings what needs you here.\n" +
	"• An alert waits for *Acknowledge*: press it when you take it, so that nobody else is called.\n" +
	"• *Resolve* closes it for everybody.\n" +
	"• What you write in an alert's thread stays among you: the patient never sees it."

const commandFailed = "That did not work just now. Please try again."

// command answers a slash command to its sender alone.
func (h *Webhooks) command(w http.ResponseWriter, r *http.Request, _ []byte) {
	typed, err := slack.SlashCommandParse(r)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if !h.ours(typed.APIAppID, typed.TeamID) {
		h.refuse(w, r, "another app or workspace")
		return
	}
	answer, err := json.Marshal(privately(h.say(r.Context(), typed)))
	if err != nil {
		h.log.Error("slack command answer", "error", err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(answer) // Slack may have hung up; there is nobody left to tell
}

func (h *Webhooks) say(ctx context.Context, typed slack.SlashCommand) string {
	if h.doors.Command == nil {
		return Help
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), deskTime)
	defer cancel()
	words, err := h.doors.Command(ctx, Command{
		Text: typed.Text, Team: typed.TeamID, Channel: typed.ChannelID, User: typed.UserID, Trigger: typed.TriggerID,
	})
	if err != nil {
		h.log.Error("slack command", "user", typed.UserID, "error", err)
		return commandFailed
	}
	if words == "" {
		return Help
	}
	return named(escaped(words, maxSection))
}
