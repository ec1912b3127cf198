package bot

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"backstop/flows"
	"backstop/flows/lift"
	"backstop/storage"
)

// What a clinician may change about a patient's care, by the field's name.
const (
	doNothing = "nothing"
	doApprove = "approve"
	doPause   = "pause"
	doResume  = "resume"
	doConfirm = "confirm"
	doSnooze  = "snooze"
	doOptOut  = "opt_out"
)

// patientFields are what can be changed now.
func patientFields(clinic *flows.Clinic, p storage.Patient) []Field {
	s := p.Snapshot
	do := []Choice{{doNothing, "Nothing else"}}
	if s.Training.Asked.Stage != "" {
		do = append(do, Choice{doApprove, "Approve the step to " + stageName(s.Training.Asked.Stage)})
	}
	if confirm := toConfirm(clinic, s); confirm != "" {
		do = append(do, Choice{doConfirm, "Confirm: " + confirm})
	}
	if s.Paused {
		do = append(do, Choice{doResume, "Resume check-ins"})
	} else {
		do = append(do, Choice{doPause, "Pause check-ins for a week"})
	}
	do = append(do, Choice{doSnooze, "Known pain: no alert for a week up to the number below"})
	if s.Consent.State == flows.ConsentGiven || s.Consent.State == flows.ConsentAsked {
		do = append(do, Choice{doOptOut, "Opt out: the patient wants no more texts"})
	}
	var ladder []Choice
	for _, stage := range stages {
		ladder = append(ladder, Choice{string(stage), stageName(stage)})
	}
	return []Field{
		{Name: "do", Label: "Do", Kind: FieldChoice, Value: doNothing, Choices: do},
		{Name: "up_to", Label: "Known pain up to, 0 to 10", Kind: FieldNumber, Optional: true, Hint: "For the known pain alone. Anything worse, and every red flag, still calls you."},
		{Name: "stage", Label: "Stage", Kind: FieldChoice, Value: string(s.Stage), Choices: ladder},
		{Name: "load", Label: "Next load of the main lift", Kind: FieldNumber, Optional: true, Hint: "In " + string(s.Unit) + ". Empty: as the protocol says."},
	}
}

// toConfirm is what a clinician has to see for themselves before the patient
// leaves the stage; empty when that is nothing, or has been confirmed.
func toConfirm(clinic *flows.Clinic, s flows.Patient) string {
	stage, ok := clinic.Protocol.Stage(string(s.Stage))
	if !ok || s.Training.Ticked == s.Stage {
		return ""
	}
	return stage.Exit.Confirm
}

// snoozeFor and pauseFor are how long what is chosen here holds.
const (
	snoozeFor = 7 * 24 * time.Hour
	pauseFor  = 7 * 24 * time.Hour
)

// changePatient does what was chosen. Stages and steps are a clinician's alone.
func (a *act) changePatient(ctx context.Context) (Pressed, error) {
	p, err := a.tx.LockPatient(ctx, a.clinic.ID, a.about)
	if err != nil {
		return Pressed{}, err
	}
	events, wrong := a.chosen(p)
	if len(wrong) > 0 {
		return Pressed{Wrong: wrong}, nil
	}
	if slices.ContainsFunc(events, isDecision) && !mayDecide(a.clinic, a.user) {
		return Pressed{Say: onlyClinicians}, nil
	}
	for _, event := range events {
		if p, err = a.tx.LockPatient(ctx, a.clinic.ID, a.about); err != nil {
			return Pressed{}, err
		}
		if err := a.bot.step(ctx, a.tx, p, event, a.now); err != nil {
			return Pressed{}, err
		}
		kind, _, err := flows.EncodeEvent(event)
		if err != nil {
			return Pressed{}, err
		}
		if err := a.audit(ctx, actionOf(kind), p.ID); err != nil {
			return Pressed{}, err
		}
	}
	return Pressed{Done: true}, nil
}

// isDecision reports whether an event is for a clinician to decide. An opt-out is the
// patient's own: whoever hears it has to keep it.
func isDecision(e flows.Event) bool { _, optOut := e.(flows.OptedOut); return !optOut }

// actionOf is what the audit record calls an event of a kind.
func actionOf(kind string) string { return strings.ReplaceAll(kind, "_", " ") }

// chosen are the events that what was entered asks for.
func (a *act) chosen(p storage.Patient) (events []flows.Event, wrong FieldErrors) {
	if stage := flows.Stage(a.fields["stage"]); stage != p.Snapshot.Stage && slices.Contains(stages, stage) {
		events = append(events, flows.StageSet{Stage: stage, By: a.user})
	}
	if typed := strings.TrimSpace(a.fields["load"]); typed != "" {
		load, err := strconv.ParseFloat(typed, 64)
		if err != nil || load <= 0 || load > 1000 {
			wrong.add("load", "a load in %s", p.Snapshot.Unit)
		}
		events = append(events, flows.PlanChanged{Load: lift.Load{Value: load, Unit: p.Snapshot.Unit}, By: a.user})
	}
	switch a.fields["do"] {
	case doApprove:
		events = append(events, flows.StepApproved{Stage: p.Snapshot.Training.Asked.Stage, By: a.user})
	case doConfirm:
		events = append(events, flows.ExitConfirmed{Stage: p.Snapshot.Stage, By: a.user})
	case doPause:
		events = append(events, flows.Paused{By: a.user, Until: a.now.Add(pauseFor)})
	case doResume:
		events = append(events, flows.Resumed{By: a.user})
	case doOptOut:
		events = append(events, flows.OptedOut{By: a.user})
	case doSnooze:
		upTo, err := strconv.ParseFloat(strings.TrimSpace(a.fields["up_to"]), 64)
		if err != nil || upTo < 0 || upTo > 10 {
			wrong.add("up_to", "a number from 0 to 10")
		}
		events = append(events, flows.SymptomSnoozed{By: a.user, UpTo: upTo, Until: a.now.Add(snoozeFor)})
	}
	return events, wrong
}
