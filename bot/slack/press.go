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
		Kind     string `json:"type"`
		Value    string `json:"value"`
	} `json:"actions"`
	View        view   `json:"view"`
	Trigger     string `json:"trigger_id"`
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
		if action.ActionID == linkAction {
			continue // Slack opens the page by itself
		}
		where := cmp.Or(i.Container.MessageTS, i.Container.ViewID)
		press := bot.Press{
			Key:     strings.Join([]string{where, action.ActionID, action.ActionTS, i.User.ID}, "/"),
			Action:  action.ActionID,
			About:   action.Value,
			Team:    i.team(),
			Channel: i.Container.ChannelID,
			Clinic:  i.View.Private.Clinic,
			User:    i.User.ID,
			Name:    cmp.Or(i.User.Name, i.User.Username),
		}
		if name, about, ok := strings.Cut(action.ActionID, ":"); ok {
			press.Action, press.About = name, about
		}
		if i.inDialog() { // a field that tells what it makes while it is typed into
			press.Fields = i.View.fields()
			if action.Kind != "button" {
				press.Action, press.About = i.View.Callback+"."+action.ActionID, i.View.Private.About
			}
		}
		out = append(out, press)
	}
	return out
}

// linkAction is a button that leads to a page.
const linkAction = "link"

// inDialog reports whether something was pressed or typed in a dialog.
func (i interaction) inDialog() bool { return i.View.Type == "modal" }

// dialog is the dialog something was pressed in; empty elsewhere.
func (i interaction) dialog() string {
	if i.inDialog() {
		return i.View.ID
	}
	return ""
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
	if in.Type == "view_submission" {
		h.submission(w, r, in)
		return
	}
	var came []bot.Pressed
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), deskTime)
	defer cancel()
	for _, press := range in.presses() {
		pressed, err := h.desk.Press(ctx, press)
		if err != nil {
			h.log.Error("slack press not stored", "action", press.Action, "about", press.About, "user", press.User, "error", err)
			pressed.Say = notSaved
		}
		came = append(came, pressed)
	}
	after, stop := done(w, r)
	defer stop()
	for _, pressed := range came {
		h.tell(after, in, pressed)
	}
}

// tell shows the one who pressed what came of it: what there is to say as a note
// in the channel; where no channel is, as a dialog.
func (h *Webhooks) tell(ctx context.Context, in interaction, pressed bot.Pressed) {
	say, form := pressed.Say, pressed.Form
	if say != "" && form == nil && in.Container.ChannelID == "" {
		say, form = "", saidForm(pressed)
	}
	if form != nil {
		if err := h.openForm(ctx, *form, in.team(), in.Trigger, in.dialog()); err != nil {
			h.log.Warn("slack dialog not opened", "form", form.Name, "user", in.User.ID, "error", err)
			say = strings.TrimSpace(pressed.Say + " " + tooLate)
		}
	}
	notice := ""
	switch {
	case say == "":
	case in.Container.ChannelID == "":
		notice = say
	default:
		h.whisper(ctx, in.team(), in.ResponseURL, in.Container.ChannelID, in.User.ID, say)
	}
	switch {
	case pressed.Home != nil:
		h.publish(ctx, in.team(), in.User.ID, pressed.Home, notice)
	case pressed.Done, notice != "":
		h.showHome(ctx, in.team(), in.User.ID, in.View.Private.Clinic, notice)
	}
}

// saidForm is a dialog that only says something.
func saidForm(pressed bot.Pressed) *bot.Form {
	return &bot.Form{Name: "said", Clinic: pressed.Clinic, Title: "Backstop", Said: []bot.Said{{Ours: pressed.Say}}, Link: pressed.Link, Also: pressed.Also}
}

// tooLate is said when Slack did not let us open a dialog.
const tooLate = "Slack did not open the form in time. Please press again."

func readInteraction(body []byte) (interaction, error) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return interaction{}, err
	}
	var in interaction
	err = json.Unmarshal([]byte(form.Get("payload")), &in)
	return in, err
}
