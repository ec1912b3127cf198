package bot

import (
	"context"

	"backstop/flows"
	"backstop/storage"
)

// approvalOf is the key of the alert that asks for a step to a stage.
func approvalOf(stage flows.Stage) string { return "approval:" + string(stage) }

// approve is a clinician's yes to the step that an alert asks for. It closes the alert.
func (a *act) approve(ctx context.Context) (Pressed, error) {
	alert, p, err := a.alertAndPatient(ctx)
	if err != nil {
		return Pressed{}, err
	}
	asked := p.Snapshot.Training.Asked.Stage
	switch {
	case alert.State == storage.AlertResolved:
		return Pressed{Say: already(a.clinic, alert)}, nil
	case !mayDecide(a.clinic, a.user):
		return Pressed{Say: onlyClinicians}, nil
	case p.ID == "" || alert.Key != approvalOf(asked):
		return Pressed{Say: "No step waits for an approval any more."}, nil
	}
	if err := a.audit(ctx, actionOf("step_approved"), p.ID); err != nil {
		return Pressed{}, err
	}
	return Pressed{Done: true}, a.bot.step(ctx, a.tx, p, flows.StepApproved{Stage: asked, By: a.user}, a.now)
}
