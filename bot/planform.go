package bot

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"backstop/flows"
	"backstop/flows/lift"
	"backstop/flows/protocol"
	"backstop/storage"
)

const formPlan = "plan"

var gearChoices = []Choice{{protocol.Bar, "Bar"}, {protocol.TrapBar, "Trap bar"}, {protocol.Kettlebell, "Kettlebell"}}

// planForm is a patient's homework: what comes next, on which days, and what must
// be known before any lifting is suggested by text.
func (b *Bot) planForm(_ context.Context, clinic *flows.Clinic, user string, p storage.Patient) (Pressed, error) {
	if !mayDecide(clinic, user) {
		return Pressed{Say: onlyClinicians}, nil
	}
	s := p.Snapshot
	gate, unit := s.Training.Gate, string(s.Unit)
	said := []Said{whose(clinic, p)}
	if s.Training.CheckIns {
		said = append(said, Said{Ours: "This patient gets no homework by text, as was said when they were enrolled."})
	}
	var days []Choice
	var chosen []string
	for day := time.Sunday; day <= time.Saturday; day++ {
		days = append(days, Choice{strings.ToLower(day.String()), day.String()})
		if slices.Contains(s.Training.Choices.LiftDays, day) {
			chosen = append(chosen, strings.ToLower(day.String()))
		}
	}
	examined := ""
	if !gate.ExaminedAt.IsZero() {
		examined = gate.ExaminedAt.In(clinic.TimeZone).Format(time.DateOnly)
	}
	return Pressed{Form: &Form{Name: formPlan, About: p.ID, Title: "Homework", Submit: "Save", Said: said, Fields: []Field{
		{Name: "load", Label: "Next load of the main lift", Kind: FieldNumber, Optional: true, Hint: "In " + unit + ". Empty: as the protocol says."},
		{Name: "sets", Label: "Sets", Kind: FieldNumber, Optional: true, Hint: "Empty: as it is."},
		{Name: "reps", Label: "Reps", Kind: FieldNumber, Optional: true, Hint: "Empty: as it is."},
		{Name: "days", Label: "Lift days", Kind: FieldSome, Optional: true, Value: strings.Join(chosen, ","), Choices: days, Hint: "None: as they are."},
		{Name: "examined", Label: "Examined on", Kind: FieldDate, Optional: true, Value: examined, Hint: "Lifting homework needs a recent examination."},
		{Name: "facts", Label: "Known", Kind: FieldSome, Optional: true, Value: factsOf(gate), Choices: []Choice{{"adult", "Adult"}, {"override", "Lifting is all right in spite of what is named below"}}},
		{Name: "excluded", Label: "What speaks against lifting", Kind: FieldText, Optional: true, Most: 200, Value: strings.Join(gate.Excluded, ", "), Hint: "Like osteoporosis, pregnancy; with commas between them."},
		{Name: "gear", Label: "What they have", Kind: FieldSome, Optional: true, Value: strings.Join(gate.Gear, ","), Choices: gearChoices},
		{Name: "bodyweight", Label: "Body weight", Kind: FieldNumber, Optional: true, Value: loadShown(gate.Bodyweight), Hint: "In " + unit + "."},
		{Name: "target", Label: "Load of the checkpoint", Kind: FieldNumber, Optional: true, Value: loadShown(gate.Target), Hint: "In " + unit + ". Empty: as the protocol says."},
	}}}, nil
}

func factsOf(g flows.Gate) string {
	var facts []string
	if g.Adult {
		facts = append(facts, "adult")
	}
	if g.Override {
		facts = append(facts, "override")
	}
	return strings.Join(facts, ",")
}

func loadShown(l lift.Load) string {
	if !l.Known() {
		return ""
	}
	return strconv.FormatFloat(l.Value, 'f', -1, 64)
}

// changePlan takes the homework as it was entered.
func (a *act) changePlan(ctx context.Context) (Pressed, error) {
	if !mayDecide(a.clinic, a.user) {
		return Pressed{Say: onlyClinicians}, nil
	}
	p, err := a.tx.LockPatient(ctx, a.clinic.ID, a.about)
	if err != nil {
		return Pressed{}, err
	}
	event, wrong := a.plan(p)
	if len(wrong) > 0 {
		return Pressed{Wrong: wrong}, nil
	}
	if err := a.audit(ctx, "plan changed", p.ID); err != nil {
		return Pressed{}, err
	}
	return Pressed{Done: true}, a.bot.step(ctx, a.tx, p, event, a.now)
}

// plan reads what was entered. What the form does not ask about stays.
func (a *act) plan(p storage.Patient) (e flows.PlanChanged, wrong FieldErrors) {
	unit := p.Snapshot.Unit
	number := func(field string, most float64, what string) float64 {
		typed := strings.TrimSpace(a.fields[field])
		if typed == "" {
			return 0
		}
		n, err := strconv.ParseFloat(typed, 64)
		if err != nil || n <= 0 || n > most {
			wrong.add(field, "%s", what)
		}
		return n
	}
	whole := func(field string) int {
		n := number(field, 30, "a whole number up to 30")
		if n != float64(int(n)) {
			wrong.add(field, "a whole number up to 30")
		}
		return int(n)
	}
	load := func(field string) lift.Load {
		if n := number(field, 1000, "a number in "+string(unit)); n > 0 {
			return lift.Load{Value: n, Unit: unit}
		}
		return lift.Load{}
	}
	e = flows.PlanChanged{Load: load("load"), Sets: whole("sets"), Reps: whole("reps"), By: a.user}
	for _, name := range listed(a.fields["days"]) {
		if day, ok := weekdayNamed(name); ok {
			e.Choices.LiftDays = append(e.Choices.LiftDays, day)
		}
	}
	gate := p.Snapshot.Training.Gate
	gate.ExaminedAt = time.Time{}
	if typed := a.fields["examined"]; typed != "" {
		day, err := time.ParseInLocation(time.DateOnly, typed, a.clinic.TimeZone)
		switch {
		case err != nil:
			wrong.add("examined", "a day")
		case day.After(a.now):
			wrong.add("examined", "lies in the future")
		default:
			gate.ExaminedAt = day.UTC()
		}
	}
	facts := listed(a.fields["facts"])
	gate.Adult, gate.Override = slices.Contains(facts, "adult"), slices.Contains(facts, "override")
	gate.Excluded, gate.Gear = listed(a.fields["excluded"]), listed(a.fields["gear"])
	gate.Bodyweight, gate.Target = load("bodyweight"), load("target")
	e.Gate = &gate
	return e, wrong
}

// listed are the parts of what stands with commas between them.
func listed(typed string) []string {
	var out []string
	for part := range strings.SplitSeq(typed, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
