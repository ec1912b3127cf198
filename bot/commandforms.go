package bot

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"backstop/flows"
	"backstop/flows/reply"
	"backstop/storage"
)

// The forms that commands open.
const (
	formEnrol   = "enrol"
	formSession = "session"
	formFind    = "find"
)

func patientField(value string) Field {
	return Field{Name: "patient", Label: "Patient", Kind: FieldText, Value: value, Most: 80, Hint: "Name, initials, phone, or your own id."}
}

var languages = []Choice{{"en", "English"}, {"es", "Spanish"}}

// consentMethods are the ways somebody may have agreed; the last asks them.
var consentMethods = []Choice{
	{"written", "Signed in writing"},
	{"verbal", "Said so, in person or by phone"},
	{"web", "Ticked on a form of ours"},
	{consentAsk, "Not yet: ask by text"},
}

const consentAsk = "ask"

// askEnrol opens the form that takes a patient into care.
func (b *Bot) askEnrol(_ context.Context, clinic *flows.Clinic, _, _ string) (Pressed, error) {
	var ladder []Choice
	for _, s := range stages {
		ladder = append(ladder, Choice{string(s), stageName(s)})
	}
	return Pressed{Form: &Form{
		Name: formEnrol, Title: "Enrol a patient", Submit: "Enrol",
		Said: []Said{{Ours: "They agree to automatic texts about their back and homework, about " + strconv.Itoa(clinic.Protocol.Limits.PerWeekActive) +
			" a week; message and data rates may apply; STOP ends them at any time; texts are not watched around the clock and are not for emergencies. Texts are no condition of care."}},
		Fields: []Field{
			{Name: "name", Label: "Name", Kind: FieldText, Most: 80, Hint: "Texts use the first name at most."},
			{Name: "phone", Label: "Mobile phone", Kind: FieldText, Most: 30, Hint: "As you would write it."},
			{Name: "language", Label: "Language", Kind: FieldChoice, Value: clinic.Language, Choices: languages},
			{Name: "baseline", Label: "Usual back pain, 0 to 10", Kind: FieldNumber, Hint: "On an ordinary day; halves are fine."},
			{Name: "stage", Label: "Stage", Kind: FieldChoice, Value: string(flows.StageMobility), Choices: ladder},
			{Name: "unit", Label: "Unit", Kind: FieldChoice, Value: clinic.Unit, Choices: []Choice{{"lb", "lb"}, {"kg", "kg"}}},
			{Name: "consent", Label: "How did they agree to texts?", Kind: FieldChoice, Choices: consentMethods},
			{Name: "time_zone", Label: "Time zone", Kind: FieldText, Most: 60, Optional: true, Hint: "Empty: guessed from the number. Else like America/Chicago."},
			{Name: "external_id", Label: "Your own id", Kind: FieldText, Most: 80, Optional: true},
		},
	}}, nil
}

// enrol takes somebody into care; the dialog says what is wrong, field by field.
func (a *act) enrol(ctx context.Context) (Pressed, error) {
	n := NewPatient{Clinic: a.clinic.ID, ExternalID: a.fields["external_id"], Name: a.fields["name"], Phone: a.fields["phone"],
		TimeZone: a.fields["time_zone"], Language: a.fields["language"], Stage: a.fields["stage"], Unit: a.fields["unit"]}
	var wrong FieldErrors
	usual, err := strconv.ParseFloat(strings.TrimSpace(a.fields["baseline"]), 64)
	if err != nil {
		wrong.add("baseline", "a number from 0 to 10")
	} else {
		n.Baseline = &usual
	}
	switch a.fields["consent"] {
	case consentAsk:
	case "":
		wrong.add("consent", "say how they agreed")
	default:
		n.Consent = ConsentEvidence{Method: a.fields["consent"], At: a.now}
	}
	if n.Name == "" {
		wrong.add("name", "a name is missing")
	}
	_, enrolled, phone, err := a.bot.checkPatient(n, a.now)
	if more, ok := asFieldErrors(err); ok {
		for _, f := range more {
			if !slices.ContainsFunc(wrong, func(known FieldError) bool { return known.Field == f.Field }) {
				wrong = append(wrong, f)
			}
		}
	} else if err != nil {
		return Pressed{}, err
	}
	if len(wrong) > 0 {
		return Pressed{Wrong: wrong}, nil
	}
	row := storage.Patient{ClinicID: a.clinic.ID, ExternalID: n.ExternalID, Phone: phone, Name: strings.TrimSpace(n.Name)}
	p, created, err := a.bot.enrol(ctx, a.tx, row, enrolled, a.user, a.now)
	if err != nil {
		return Pressed{}, err
	}
	if !created {
		return Pressed{Wrong: FieldErrors{{Field: "external_id", Reason: "a patient of this clinic has this id already"}}}, nil
	}
	says := calledInSlack(a.clinic, p) + " is in care."
	if n.TimeZone == "" && p.Snapshot.TimeZone != a.clinic.TimeZone.String() {
		says += " Their number is of " + p.Snapshot.TimeZone + ": texts keep to the hours there."
	}
	if n.Consent.Method == "" {
		says += " They are asked by text whether texts are all right; nothing else leaves before they say yes."
	}
	return Pressed{Done: true, Say: says, Also: []Button{
		{ActionCommand, "plan " + p.ID, "What homework needs", false},
		{ActionCommand, "session " + p.ID, "Log a session", false},
	}}, nil
}

// askSession opens the form that logs a session. Where the name fits nobody, or
// several, the form asks whose it was.
func (b *Bot) askSession(ctx context.Context, clinic *flows.Clinic, user, args string) (Pressed, error) {
	if args == "" {
		return Pressed{Form: b.newSessionForm(clinic, patientField(""))}, nil
	}
	found, err := b.lookUp(ctx, clinic, args)
	if err == nil && len(found) == 1 {
		return b.sessionForm(ctx, clinic, user, found[0])
	}
	return Pressed{Form: b.newSessionForm(clinic, patientField(args))}, err
}

func (b *Bot) sessionForm(_ context.Context, clinic *flows.Clinic, _ string, p storage.Patient) (Pressed, error) {
	form := b.newSessionForm(clinic)
	form.About, form.Said = p.ID, []Said{whose(clinic, p)}
	return Pressed{Form: form}, nil
}

func (b *Bot) newSessionForm(clinic *flows.Clinic, first ...Field) *Form {
	local := b.now().In(clinic.TimeZone)
	return &Form{
		Name: formSession, Title: "Log a session", Submit: "Log",
		Fields: append(first,
			Field{Name: "day", Label: "Day", Kind: FieldDate, Value: local.Format(time.DateOnly)},
			Field{Name: "ended", Label: "Ended at", Kind: FieldTime, Value: local.Format("15:04")},
			Field{Name: "kind", Label: "Kind", Kind: FieldChoice, Value: "visit", Choices: []Choice{{"visit", "Visit"}, {"gym", "Gym"}}},
			Field{Name: "lifts", Label: "What was lifted", Kind: FieldLong, Optional: true, Most: 1000, Hint: "One lift a line: deadlift 3x5 @ 185 lb RPE 8"},
			Field{Name: "pain", Label: "Worst pain during, 0 to 10", Kind: FieldNumber, Optional: true, Hint: "As you saw it; halves are fine. It counts with what they answer in the evening, and a checkpoint is passed at 0."},
			Field{Name: "note", Label: "Note", Kind: FieldLong, Optional: true, Most: 1000, Hint: "For the record; the patient never sees it."},
		),
	}
}

// submitSession logs a session. Its dialog is its id, so that it counts once.
func (b *Bot) submitSession(ctx context.Context, clinic *flows.Clinic, s Submission) (Pressed, error) {
	var wrong FieldErrors
	ended, err := time.ParseInLocation("2006-01-02 15:04", s.Fields["day"]+" "+s.Fields["ended"], clinic.TimeZone)
	if err != nil {
		wrong.add("ended", "a day and a time")
	}
	lifts, err := liftsOf(s.Fields["lifts"], reply.Unit(clinic.Unit))
	if err != nil {
		wrong.add("lifts", "%s", err)
	}
	n := NewSession{Clinic: clinic.ID, ExternalID: "slack:" + s.Key, EndedAt: ended, Kind: s.Fields["kind"], Lifts: lifts, Note: s.Fields["note"]}
	if typed := strings.TrimSpace(s.Fields["pain"]); typed != "" {
		pain, err := strconv.ParseFloat(typed, 64)
		if err != nil || !isPain(pain) {
			wrong.add("pain", "a number from 0 to 10 in halves")
		}
		n.PainDuring = &pain
	}
	named, asked := s.Fields["patient"]
	if !asked {
		named = s.About
	}
	found, err := b.lookUp(ctx, clinic, named)
	switch {
	case err != nil:
		return Pressed{}, err
	case len(found) == 0:
		wrong.add("patient", "no patient of this clinic has this name, phone or id")
	case len(found) > 1:
		wrong.add("patient", "%s", several(clinic, found))
	default:
		n.Patient = found[0].ID
	}
	if len(wrong) > 0 {
		return Pressed{Wrong: wrong}, nil
	}
	_, _, err = b.LogSession(ctx, n, s.User)
	if more, ok := asFieldErrors(err); ok {
		for i := range more {
			if more[i].Field == "ended_at" {
				more[i].Field = "ended"
			}
		}
		return Pressed{Wrong: more}, nil
	}
	return Pressed{Done: true}, err
}

// several says which patients a name fits, so that the right one can be given.
func several(clinic *flows.Clinic, found []storage.Patient) string {
	var lines []string
	for _, p := range found[:min(3, len(found))] {
		lines = append(lines, patientLine(clinic, p))
	}
	return fmt.Sprintf("%d patients match (%s); give a phone or an id", len(found), strings.Join(lines, "; "))
}

// liftsOf reads what was lifted as people write it, a lift a line. A load
// without a unit is in the clinic's.
func liftsOf(typed string, unit reply.Unit) ([]reply.Lift, error) {
	var out []reply.Lift
	for line := range strings.Lines(typed) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		found := reply.Understand(reply.AskedHomework, line, reply.English).Lifts
		if len(found) == 0 {
			return nil, fmt.Errorf("%q cannot be read; write it like deadlift 3x5 @ 185 lb", line)
		}
		for _, l := range found {
			if l.Load > 0 && l.Unit == reply.UnitUnknown {
				l.Unit = unit
			}
			l.Doubt = ""
			out = append(out, l)
		}
	}
	return out, nil
}
