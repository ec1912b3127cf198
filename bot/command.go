package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"backstop/flows"
	"backstop/storage"
)

// CommandHelp is one line of the help of /backstop.
type CommandHelp struct{ Usage, Does string }

// command is one thing /backstop can do.
type command struct {
	name, args, does string
	run              func(b *Bot, ctx context.Context, clinic *flows.Clinic, user, args string) (Pressed, error)
}

// commands in the order of the help.
func commands() []command {
	return []command{
		{"enrol", "", "take a patient into care", (*Bot).askEnrol},
		{"session", "[patient]", "log a session that has ended", (*Bot).askSession},
		{"find", "patient", "look somebody up by name, initials, phone or id: approve, set the stage, pause, snooze, text, call", (*Bot).find},
		{"plan", "patient", "change the homework: load, sets, days, equipment, what must be known first", (*Bot).askPlan},
		{"due", "", "what leaves today, and to whom", (*Bot).sayDue},
		{"cancel", "patient", "take back a session that did not take place", (*Bot).askCancel},
		{"phone", "patient", "another phone number for a patient", (*Bot).askPhone},
		{"discharge", "patient", "end a patient's care", (*Bot).askDischarge},
		{"report", "", "the last 30 days in numbers", (*Bot).report},
		{"what-if", "[threshold value]", "what another threshold would have meant, like what-if alert_abs 8", (*Bot).askWhatIf},
	}
}

// CommandsHelp lists what /backstop can do.
func CommandsHelp() []CommandHelp {
	var out []CommandHelp
	for _, c := range commands() {
		out = append(out, CommandHelp{strings.TrimSpace("/backstop " + c.name + " " + c.args), c.does})
	}
	return out
}

// Command answers /backstop. Without a Say, a Form or wrong words, the help is the answer.
func (b *Bot) Command(ctx context.Context, c Command) (Pressed, error) {
	clinic, why := b.clinicFor(ctx, place{team: c.Team, channel: c.Channel}, c.User)
	if why != "" {
		b.log.WarnContext(ctx, "command refused", "why", why, "team", c.Team, "channel", c.Channel, "user", c.User)
		return Pressed{Say: why}, nil
	}
	out, err := b.command(ctx, clinic, c.User, c.Text)
	return out.of(clinic), err
}

func (b *Bot) command(ctx context.Context, clinic *flows.Clinic, user, typed string) (Pressed, error) {
	name, args, _ := strings.Cut(strings.TrimSpace(typed), " ")
	name = strings.ToLower(name)
	i := slices.IndexFunc(commands(), func(c command) bool { return c.name == name })
	if i < 0 {
		return Pressed{}, nil
	}
	out, err := commands()[i].run(b, ctx, clinic, user, strings.TrimSpace(unescaped.Replace(args)))
	if err != nil {
		return Pressed{}, fmt.Errorf("command %s: %w", name, err)
	}
	return out, nil
}

// unescaped undoes Slack's three entities.
var unescaped = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// sayDue lists what is due today.
func (b *Bot) sayDue(ctx context.Context, clinic *flows.Clinic, _, _ string) (Pressed, error) {
	all, err := b.caseload(ctx, clinic)
	if err != nil {
		return Pressed{}, err
	}
	for _, p := range all {
		if p.name == homeDue {
			return Pressed{Say: p.say()}, nil
		}
	}
	return Pressed{}, nil
}

// say is a part of the caseload in words, the first rows of it.
func (s part) say() string {
	if len(s.rows) == 0 {
		return s.empty
	}
	const most = 30
	lines := []string{s.heading()}
	for _, row := range s.rows[:min(most, len(s.rows))] {
		lines = append(lines, "• "+row.Line)
	}
	if len(s.rows) > most {
		lines = append(lines, fmt.Sprintf("and %d more in the Home tab.", len(s.rows)-most))
	}
	return strings.Join(lines, "\n")
}

// lookUp finds patients by our id, the clinic's own id, a phone, a name or initials.
func (b *Bot) lookUp(ctx context.Context, clinic *flows.Clinic, typed string) ([]storage.Patient, error) {
	typed = strings.ToLower(strings.TrimSpace(typed))
	if p, err := b.store.PatientByID(ctx, clinic.ID, typed); err == nil {
		return []storage.Patient{p}, nil
	}
	if phone, err := phoneNumber(typed, clinic.Country); err == nil {
		return b.store.PatientsByPhone(ctx, clinic.ID, phone)
	}
	all, err := b.everybody(ctx, clinic.ID)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(p storage.Patient) bool {
		return strings.ToLower(p.ID) != typed && (p.ExternalID == "" || strings.ToLower(p.ExternalID) != typed) &&
			!strings.Contains(strings.ToLower(p.Name), typed) &&
			strings.ReplaceAll(strings.ToLower(initials(p.Name)), ".", "") != strings.ReplaceAll(typed, ".", "") &&
			!strings.EqualFold(calledInSlack(clinic, p), typed)
	}), nil
}

// patientLine is a patient in one line, as much as Slack may show.
func patientLine(clinic *flows.Clinic, p storage.Patient) string {
	line := calledInSlack(clinic, p)
	if p.ExternalID != "" {
		line += " (" + p.ExternalID + ")"
	}
	return line + " · " + stageName(p.Snapshot.Stage) + " · phone ending " + lastDigits(p.Phone)
}

// report is the last 30 days of a clinic in numbers.
func (b *Bot) report(ctx context.Context, clinic *flows.Clinic, _, _ string) (Pressed, error) {
	const days = 30
	now := b.now()
	since := now.AddDate(0, 0, -days)
	patients, err := b.everybody(ctx, clinic.ID)
	if err != nil {
		return Pressed{}, err
	}
	active := 0
	for _, p := range patients {
		if p.Snapshot.Consent.State == flows.ConsentGiven && !p.Snapshot.Paused {
			active++
		}
	}
	counts, err := b.store.MessageCounts(ctx, clinic.ID, since, now)
	if err != nil {
		return Pressed{}, err
	}
	in, out, lost := int64(0), int64(0), int64(0)
	for _, c := range counts {
		switch {
		case c.Direction == storage.Inbound:
			in += c.Count
		case c.State == storage.MessageFailed || c.State == storage.MessageUndelivered:
			lost += c.Count
		default:
			out += c.Count
		}
	}
	alerts, err := b.store.AlertsSince(ctx, clinic.ID, since)
	if err != nil {
		return Pressed{}, err
	}
	lines := []string{
		fmt.Sprintf("The last %d days at %s", days, clinic.Name),
		fmt.Sprintf("• Patients: %d, with texts on: %d", len(patients), active),
		fmt.Sprintf("• Texts received: %d, sent: %d, not delivered: %d", in, out, lost),
		"• " + alertsInWords(alerts),
	}
	return Pressed{Say: strings.Join(lines, "\n")}, nil
}

// alertsInWords counts alerts by level, and says how soon they were taken and
// how many were called useful.
func alertsInWords(alerts []storage.Alert) string {
	levels := map[flows.Level]int{}
	var waits []time.Duration
	for _, a := range alerts {
		levels[a.Level]++
		if !a.AcknowledgedAt.IsZero() {
			waits = append(waits, a.AcknowledgedAt.Sub(a.OpenedAt.Time))
		}
	}
	line := fmt.Sprintf("Alerts: %d (P1 %d, P1b %d, P2 %d, P3 %d)", len(alerts), levels[flows.P1], levels[flows.P1b], levels[flows.P2], levels[flows.P3])
	if len(waits) > 0 {
		slices.Sort(waits)
		line += fmt.Sprintf("; half of those taken were taken within %s", waits[len(waits)/2].Round(time.Minute))
	}
	if useful, answered := calledUseful(alerts); answered > 0 {
		line += fmt.Sprintf("; %d of %d called useful", useful, answered)
	}
	return line
}
