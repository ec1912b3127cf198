package slack

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"time"
)

// event is what we read of the Events API. slack-go's parser refuses events of
// a kind it does not know, and Slack takes an unanswered event for a failure.
type event struct {
	Type      string `json:"type"`
	Challenge string `json:"challenge"`
	AppID     string `json:"api_app_id"`
	TeamID    string `json:"team_id"`
	EventID   string `json:"event_id"`
	EventTime int64  `json:"event_time"` // Unix seconds
	Event     struct {
		Type string `json:"type"`
		User string `json:"user"`
		Tab  string `json:"tab"`
		View view   `json:"view"` // what the home tab shows now
		// Of tokens_revoked: whose tokens are void.
		Tokens struct {
			Bot []string `json:"bot"`
		} `json:"tokens"`
	} `json:"event"`
}

// at is the end of the second in which it happened; zero when Slack does not say.
func (e event) at() time.Time {
	if e.EventTime == 0 {
		return time.Time{}
	}
	return time.Unix(e.EventTime+1, 0)
}

// event answers every event Slack signed with 200, read or not: Slack stops
// sending events to an app whose answers fail.
func (h *Webhooks) event(w http.ResponseWriter, r *http.Request, body []byte) {
	var e event
	if err := json.Unmarshal(body, &e); err != nil {
		h.log.Warn("slack event not read", "error", "not the JSON of an event")
		w.WriteHeader(http.StatusOK)
		return
	}
	if e.Type == "url_verification" {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, e.Challenge) // Slack asks again when it did not hear
		return
	}
	if !h.ours(e.AppID, e.TeamID) {
		h.refuse(w, r, "another app or workspace")
		return
	}
	seen, err := h.seen(r.Context(), e.EventID)
	if err != nil {
		h.log.Error("slack event not stored", "event", e.EventID, "error", err)
		w.WriteHeader(http.StatusServiceUnavailable) // Slack brings it again
		return
	}
	ctx, cancel := done(w, r)
	defer cancel()
	if !seen {
		h.act(ctx, e)
	}
}

func (h *Webhooks) seen(ctx context.Context, id string) (bool, error) {
	if h.doors.Seen == nil || id == "" {
		return false, nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), deskTime)
	defer cancel()
	return h.doors.Seen(ctx, "slack event:"+id)
}

// act does what an event asks for. Messages are not among them: what
// clinicians write to each other never reaches a patient.
func (h *Webhooks) act(ctx context.Context, e event) {
	kind := e.Event.Type
	if e.Type == "app_rate_limited" {
		kind = e.Type
	}
	switch kind {
	case "app_home_opened":
		if e.Event.Tab == "home" {
			h.showHome(ctx, e.TeamID, e.Event.User, e.Event.View.Private.Clinic, "")
		}
	case "app_uninstalled", "app_rate_limited", "tokens_revoked":
		if kind == "tokens_revoked" && len(e.Event.Tokens.Bot) == 0 {
			return // a person's, of whom we keep none
		}
		h.log.Error("slack took the app away", "event", kind, "team", e.TeamID)
		if h.doors.Lost != nil {
			h.doors.Lost(ctx, kind, e.TeamID, e.at())
		}
	}
}
