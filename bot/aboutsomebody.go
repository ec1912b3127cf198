package bot

import (
	"context"
	"fmt"
	"strings"

	"backstop/flows"
	"backstop/storage"
)

// about opens a command's form for the patient that was named. Nobody named, or
// nobody found by a form: it asks whom. Several that fit are listed.
func (b *Bot) about(ctx context.Context, clinic *flows.Clinic, user, command, named string) (Pressed, error) {
	if named == "" {
		return Pressed{Form: &Form{Name: formFind, About: command, Title: "Look somebody up", Submit: "Look up", Fields: []Field{patientField("")}}}, nil
	}
	found, err := b.lookUp(ctx, clinic, named)
	if err != nil {
		return Pressed{}, err
	}
	switch len(found) {
	case 0:
		return Pressed{Say: "No patient of this clinic has this name, phone or id."}, nil
	case 1:
		return aboutForms[command](b, ctx, clinic, user, found[0])
	}
	lines := []string{fmt.Sprintf("%d patients match. Give a phone or an id:", len(found))}
	for _, p := range found[:min(len(found), 15)] {
		lines = append(lines, "• "+patientLine(clinic, p))
	}
	return Pressed{Say: strings.Join(lines, "\n")}, nil
}

// aboutForms are the commands about one patient, by their names.
var aboutForms = map[string]func(b *Bot, ctx context.Context, clinic *flows.Clinic, user string, p storage.Patient) (Pressed, error){
	"find":      (*Bot).openPatient,
	"session":   (*Bot).sessionForm,
	"plan":      (*Bot).planForm,
	"cancel":    (*Bot).cancelForm,
	"phone":     (*Bot).phoneForm,
	"discharge": (*Bot).dischargeForm,
}

func (b *Bot) find(ctx context.Context, clinic *flows.Clinic, user, args string) (Pressed, error) {
	return b.about(ctx, clinic, user, "find", args)
}

func (b *Bot) askPlan(ctx context.Context, clinic *flows.Clinic, user, args string) (Pressed, error) {
	return b.about(ctx, clinic, user, "plan", args)
}

func (b *Bot) askCancel(ctx context.Context, clinic *flows.Clinic, user, args string) (Pressed, error) {
	return b.about(ctx, clinic, user, "cancel", args)
}

func (b *Bot) askPhone(ctx context.Context, clinic *flows.Clinic, user, args string) (Pressed, error) {
	return b.about(ctx, clinic, user, "phone", args)
}

func (b *Bot) askDischarge(ctx context.Context, clinic *flows.Clinic, user, args string) (Pressed, error) {
	return b.about(ctx, clinic, user, "discharge", args)
}

// submitFind opens what was asked for about whom was looked up.
func (b *Bot) submitFind(ctx context.Context, clinic *flows.Clinic, s Submission) (Pressed, error) {
	command := s.About
	if aboutForms[command] == nil {
		command = "find"
	}
	named := strings.TrimSpace(s.Fields["patient"])
	if named == "" {
		return Pressed{Wrong: FieldErrors{{Field: "patient", Reason: "a name, a phone or an id"}}}, nil
	}
	out, err := b.about(ctx, clinic, s.User, command, named)
	if err == nil && out.Say != "" {
		return Pressed{Wrong: FieldErrors{{Field: "patient", Reason: out.Say}}}, nil
	}
	return out, err
}

// whose says at the head of a form whom it is about.
func whose(clinic *flows.Clinic, p storage.Patient) Said { return Said{Ours: patientLine(clinic, p)} }
