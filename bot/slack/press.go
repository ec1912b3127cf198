package slack

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"backstop/bot"
)

// interaction is what we read of an interaction. slack-go's own type also
// decodes the message the button hangs on, and then refuses the whole press
// over a block it does not know.
type interaction struct {
	Type  string `json:"type"`
	AppID string `json:"api_app_id"`
	Team  *struct {
		ID string `json:"id"`
	} `json:"team"`
	User struct {
		ID       string `json:"id"`
		Name     string `json:"name"`
		Username string `json:"username"`
		TeamID   string `json:"team_id"`
	} `json:"user"`
	Container struct {
		MessageTS string `json:"message_ts"`
		ViewID    string `json:"view_id"`
		ChannelID string `json:"channel_id"`
	} `json:"container"`
	Actions []struct {
		ActionID string `json:"action_id"`
		ActionTS string `json:"action_ts"`
		Value    string `json:"value"`
	} `json:"actions"`
	ResponseURL string `json:"response_url"`
}

func (i interaction) team() string {
	if i.Team != nil {
		return i.Team.ID
	}
	return i.User.TeamID
}

// presses are the buttons in an interaction. What names a press is the message
// it hangs on, the button, the moment and the person, so that Slack's
// repetitions of one press are one press.
func (i interaction) presses() []bot.Press {
	if i.Type != "block_actions" {
		return nil
	}
	var out []bot.Press
	for _, action := range i.Actions {
		where := cmp.Or(i.Container.MessageTS, i.Container.ViewID)
		out = append(out, bot.Press{
			Key:     strings.Join([]string{where, action.ActionID, action.ActionTS, i.User.ID}, "/"),
			Action:  action.ActionID,
			AlertID: action.Value,
			Team:    i.team(),
			Channel: i.Container.ChannelID,
			User:    i.User.ID,
			Name:    cmp.Or(i.User.Name, i.User.Username),
		})
	}
	return out
}

const notSaved = "That could not be saved. Please press again."

// interaction stores what was pressed, answers Slack, and tells the one who
// pressed what is for them alone. The message itself changes later.
func (h *Webhooks) interaction(w http.ResponseWriter, r *http.Request, body []byte) {
	in, err := readInteraction(body)
	if err != nil {
		h.log.Error("slack interaction not read", "error", innermost(err))
		w.WriteHeader(http.StatusOK)
		return
	}
	if !h.ours(in.AppID, in.team()) {
		h.refuse(w, r, "another app or workspace")
		return
	}
	var notes []string
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), deskTime)
	defer cancel()
	for _, press := range in.presses() {
		pressed, err := h.desk.Press(ctx, press)
		if err != nil {
			h.log.Error("slack press not stored", "action", press.Action, "alert", press.AlertID, "user", press.User, "error", err)
			pressed.Say = notSaved
		}
		if pressed.Say != "" {
			notes = append(notes, pressed.Say)
		}
	}
	after, stop := done(w, r)
	defer stop()
	for _, words := range notes {
		h.whisper(after, in.ResponseURL, in.Container.ChannelID, in.User.ID, words)
	}
}

func readInteraction(body []byte) (interaction, error) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return interaction{}, err
	}
	var in interaction
	err = json.Unmarshal([]byte(form.Get("payload")), &in)
	return in, err
}
