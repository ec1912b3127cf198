package bot

import (
	"context"

	"backstop/flows"
	"backstop/storage"
)

// optOut ends all texts to the patient of an alert whose words may have asked for that.
// Everybody of the clinic may: who hears an opt-out has to keep it. It closes the alert.
func (a *act) optOut(ctx context.Context) (Pressed, error) {
	alert, p, err := a.alertAndPatient(ctx)
	if err != nil {
		return Pressed{}, err
	}
	switch {
	case alert.State == storage.AlertResolved:
		return Pressed{Say: already(a.clinic, alert)}, nil
	case p.ID == "" || alert.Key != flows.MayStopKey:
		return Pressed{Say: "Nobody is asked about an opt-out here."}, nil
	}
	if err := a.audit(ctx, actionOf("opted_out"), p.ID); err != nil {
		return Pressed{}, err
	}
	return Pressed{Done: true}, a.bot.step(ctx, a.tx, p, flows.OptedOut{By: a.user}, a.now)
}
