package slack

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"backstop/bot"

	"github.com/slack-go/slack"
)

// Help is what /backstop says when it knows no better.
func Help() string {
	lines := []string{"Backstop texts patients after their sessions and brings what needs you here."}
	for _, c := range bot.CommandsHelp() {
		lines = append(lines, "• `"+escaped(c.Usage, 100)+"` "+escaped(c.Does, 200))
	}
	lines = append(lines,
		"• An alert waits for *Acknowledge*: press it when you take it, so that nobody else is called. *Resolve* closes it for everybody.",
		"• What you write in an alert's thread stays among you: the patient never sees it.")
	return strings.Join(lines, "\n")
}

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
	say := h.say(r.Context(), typed)
	if say == "" { // a dialog opened
		w.WriteHeader(http.StatusOK)
		return
	}
	answer, err := json.Marshal(privately(say))
	if err != nil {
		h.log.Error("slack command answer", "error", err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(answer) // Slack may have hung up; there is nobody left to tell
}

// say is the answer in words; empty when a dialog is the answer.
func (h *Webhooks) say(ctx context.Context, typed slack.SlashCommand) string {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), deskTime)
	defer cancel()
	out, err := h.desk.Command(ctx, bot.Command{Text: typed.Text, Team: typed.TeamID, Channel: typed.ChannelID, User: typed.UserID})
	if err != nil {
		h.log.Error("slack command", "user", typed.UserID, "error", err)
		return commandFailed
	}
	switch {
	case out.Form != nil:
		if err := h.openForm(ctx, *out.Form, typed.TeamID, typed.TriggerID, ""); err != nil {
			h.log.Warn("slack dialog not opened", "form", out.Form.Name, "user", typed.UserID, "error", err)
			return tooLate
		}
		return named(escaped(out.Say, maxSection))
	case out.Say != "":
		return named(escaped(out.Say, maxSection))
	}
	return Help()
}
