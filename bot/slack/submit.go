package slack

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"

	"backstop/bot"
)

// answer is what a dialog's submission is answered with.
type submissionAnswer struct {
	Action string            `json:"response_action"`
	Errors map[string]string `json:"errors,omitempty"`
	View   any               `json:"view,omitempty"`
}

// submission takes in a form. What is wrong stands at its fields; what there is
// to say takes the form's place; else the dialog closes.
func (h *Webhooks) submission(w http.ResponseWriter, r *http.Request, in interaction) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), deskTime)
	defer cancel()
	v := in.View
	pressed, err := h.desk.Submit(ctx, bot.Submission{
		Key: v.ID + "/" + v.Callback, Form: v.Callback, About: v.Private.About, Clinic: v.Private.Clinic, Team: in.team(), User: in.User.ID,
		Name: cmp.Or(in.User.Name, in.User.Username), Fields: v.fields(),
	})
	if err != nil {
		h.log.Error("slack form not stored", "form", v.Callback, "about", v.Private.About, "user", in.User.ID, "error", err)
		pressed = bot.Pressed{Say: notSaved}
	}
	reply := answerTo(v, pressed)
	if reply == nil {
		after, stop := done(w, r)
		defer stop()
		h.refreshHome(after, in)
		return
	}
	encoded, err := json.Marshal(reply)
	if err != nil {
		h.log.Error("slack form answer", "error", err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(encoded)                   // Slack may have hung up; the form was stored
	_ = http.NewResponseController(w).Flush() // a writer that cannot flush answers a little later
	after, stop := context.WithTimeout(context.WithoutCancel(r.Context()), afterTime)
	defer stop()
	h.refreshHome(after, in)
}

// answerTo is the answer that keeps the dialog open; nil closes it.
func answerTo(v view, pressed bot.Pressed) *submissionAnswer {
	switch {
	case len(pressed.Wrong) > 0:
		return wrongFields(v, pressed.Wrong)
	case pressed.Form != nil:
		return &submissionAnswer{Action: "update", View: modal(*pressed.Form)}
	case pressed.Say != "":
		return &submissionAnswer{Action: "update", View: modal(*saidForm(pressed))}
	}
	return nil
}

// wrongFields says at each field what is wrong with it. Slack refuses errors of
// blocks that are not there: those stand at the first field.
func wrongFields(v view, wrong bot.FieldErrors) *submissionAnswer {
	errs := map[string]string{}
	first := ""
	for block := range v.State.Values {
		if first == "" || block < first {
			first = block
		}
	}
	for _, f := range wrong {
		block, reason := f.Field, f.Reason
		if _, ok := v.State.Values[block]; !ok {
			block, reason = first, f.Field+": "+f.Reason
		}
		if errs[block] == "" {
			errs[block] = literal(reason, maxOption*2)
		}
	}
	if first == "" {
		return &submissionAnswer{Action: "update", View: modal(*saidForm(bot.Pressed{Say: wrong.Error()}))}
	}
	return &submissionAnswer{Action: "errors", Errors: errs}
}

// refreshHome shows somebody's home view anew after they did something.
func (h *Webhooks) refreshHome(ctx context.Context, in interaction) {
	h.showHome(ctx, in.team(), in.User.ID, in.View.Private.Clinic, "")
}
