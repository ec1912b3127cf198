package bot

import (
	"context"
	"encoding/json"
	"fmt"

	"backstop/flows"
	"backstop/storage"
)

// render makes what the channel is to show from what is known now.
func (b *Bot) render(ctx context.Context, p storage.Post) (Post, error) {
	clinic, err := b.clinic(p.ClinicID)
	if err != nil {
		return Post{}, err
	}
	out := Post{ID: p.ID, Team: clinic.Slack.Team, Channel: p.Channel, Thread: p.ThreadTS}
	var content postContent
	if len(p.Payload) > 0 {
		if err := json.Unmarshal(p.Payload, &content); err != nil {
			return Post{}, fmt.Errorf("read post %s: %w", p.ID, err)
		}
	}
	out.Line, out.Words, out.Calls, out.Overview = content.Line, content.Words, content.Calls, content.Overview
	switch p.Kind {
	case postCard:
		if out.Card, err = b.card(ctx, clinic, p); err == nil {
			out.Card.Picture, out.Card.PictureSays = content.Picture, content.PictureSays
		}
	case postRelay:
		err = b.relayLine(ctx, clinic, p, &out, content.Line)
	case postFlood:
		out.Overview, err = b.flood(ctx, clinic, p)
	}
	if err != nil || content.Parent == "" {
		return out, err
	}
	parent, err := parentOf(ctx, b.store.Reader, p.ClinicID, content.Parent)
	if err != nil {
		return Post{}, err
	}
	if p.Channel == clinic.Slack.Fallback && p.Channel != parent.Channel { // moved: the thread's channel takes nothing
		return out, nil
	}
	out.Channel, out.Thread, out.Broadcast = parent.Channel, parent.TS, content.Broadcast
	return out, nil
}

func (b *Bot) card(ctx context.Context, clinic *flows.Clinic, p storage.Post) (*Card, error) {
	a, err := b.store.AlertByID(ctx, p.ClinicID, p.AlertID)
	if err != nil {
		return nil, err
	}
	var patient storage.Patient
	if a.PatientID != "" {
		if patient, err = b.store.PatientByID(ctx, a.ClinicID, a.PatientID); err != nil {
			return nil, err
		}
	}
	return cardOf(clinic, a, patient)
}
