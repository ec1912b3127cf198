package bot

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"backstop/flows"
	"backstop/flows/lift"
	"backstop/storage"
)

// Home is the caseload as a clinician thinks of it. It holds values, not layout.
type Home struct {
	Title    string
	Clinic   string   // whose it is; comes back with its buttons
	Buttons  []Button // what can be started from here
	Others   []Button // to the other clinics its reader works at
	Sections []HomeSection
}

// HomeSection is one part of the caseload, or one page of it.
type HomeSection struct {
	Title string
	Rows  []HomeRow
	Empty string // said when there is no row
	More  []Button
}

// HomeRow is one patient or alert.
type HomeRow struct {
	Line   string  // in our words
	Button *Button // may be nil
}

// Button is a button outside of alerts.
type Button struct {
	Action string
	About  string
	Label  string
	Strong bool
}

// The parts of the home view, by the names their pages go under.
const (
	homeNow     = "now"
	homeFlare   = "flare"
	homeWaiting = "waiting"
	homeDue     = "due"
	homeBest    = "best"
)

// How many rows the overview shows of each part, and a page of one.
const (
	homeFew  = 5
	homePage = 20
)

// HomeOf is the overview of a Slack user: of the clinic named where they may see
// it, else of the first they work at. It is nil for somebody the clinic file does
// not name.
func (b *Bot) HomeOf(ctx context.Context, team, user, clinicID string) (*Home, error) {
	clinic, why := b.clinicFor(ctx, place{team: team, clinic: clinicID}, user)
	if why != "" && clinicID != "" { // they work somewhere else now
		clinic, why = b.clinicFor(ctx, place{team: team}, user)
	}
	if why != "" {
		return nil, nil
	}
	return b.homeOf(ctx, clinic, team, user, "")
}

// homeOf is the overview of a clinic, or one page of a part ("waiting/2").
func (b *Bot) homeOf(ctx context.Context, clinic *flows.Clinic, team, user, page string) (*Home, error) {
	all, err := b.caseload(ctx, clinic)
	if err != nil {
		return nil, err
	}
	part, number, _ := strings.Cut(page, "/")
	for _, s := range all {
		if s.name == part {
			n, _ := strconv.Atoi(number)
			return s.page(clinic, n), nil
		}
	}
	home := &Home{Title: clinic.Name, Clinic: clinic.ID, Buttons: []Button{
		{ActionCommand, "enrol", "Enrol a patient", true},
		{ActionCommand, "session", "Log a session", false},
		{ActionCommand, "find", "Look somebody up", false},
		{ActionCommand, "report", "Report", false},
		{ActionCommand, "what-if", "What if", false},
	}}
	for _, s := range all {
		section := HomeSection{Title: s.heading(), Empty: s.empty, Rows: s.rows[:min(homeFew, len(s.rows))]}
		if len(s.rows) > homeFew {
			section.More = []Button{{ActionHome, s.name + "/0", fmt.Sprintf("Show all %d", len(s.rows)), false}}
		}
		home.Sections = append(home.Sections, section)
	}
	for _, other := range b.clinicsOf(team, user) {
		if other != clinic {
			home.Others = append(home.Others, Button{ActionClinic, other.ID, other.Name, false})
		}
	}
	return home, nil
}

// part is one part of the caseload, whole.
type part struct {
	name, title, empty string
	rows               []HomeRow
}

func (s part) heading() string { return fmt.Sprintf("%s (%d)", s.title, len(s.rows)) }

// page is one page of a part alone.
func (s part) page(clinic *flows.Clinic, n int) *Home {
	last := max(0, (len(s.rows)-1)/homePage)
	n = min(max(n, 0), last)
	section := HomeSection{Title: fmt.Sprintf("%s, page %d of %d", s.heading(), n+1, last+1), Empty: s.empty,
		Rows: s.rows[n*homePage : min((n+1)*homePage, len(s.rows))]}
	section.More = append(section.More, Button{ActionHome, "", "Overview", false})
	if n > 0 {
		section.More = append(section.More, Button{ActionHome, fmt.Sprintf("%s/%d", s.name, n-1), "Previous page", false})
	}
	if n < last {
		section.More = append(section.More, Button{ActionHome, fmt.Sprintf("%s/%d", s.name, n+1), "Next page", false})
	}
	return &Home{Title: clinic.Name, Clinic: clinic.ID, Sections: []HomeSection{section}}
}

// caseload sorts a clinic's patients into the parts of the home view.
func (b *Bot) caseload(ctx context.Context, clinic *flows.Clinic) ([]part, error) {
	now := b.now()
	alerts, err := b.store.UnresolvedAlerts(ctx, clinic.ID)
	if err != nil {
		return nil, err
	}
	patients, err := b.everybody(ctx, clinic.ID)
	if err != nil {
		return nil, err
	}
	flare := part{name: homeFlare, title: "Flare watch", empty: "Nobody is in a flare-up or watched for one."}
	waiting := part{name: homeWaiting, title: "Waiting for an answer", empty: "Nobody has been asked anything."}
	due := part{name: homeDue, title: "Due today", empty: "Nothing is due today."}
	best := part{name: homeBest, title: "Personal bests this week", empty: "None yet this week."}
	for _, p := range patients {
		who, zone := calledInSlack(clinic, p), zoneOf(clinic, p)
		button := &Button{ActionPlan, p.ID, "Open", false}
		if e := p.Snapshot.Episode; e.Kind != flows.EpisodeNone {
			flare.rows = append(flare.rows, HomeRow{fmt.Sprintf("%s · %s since %s, peak %g, %s", who, episodeName(e.Kind),
				e.Onset.In(clinic.TimeZone).Format("Mon Jan 2"), e.Peak, stageName(p.Snapshot.Stage)), button})
		}
		if at := askedAt(p, now); !at.IsZero() {
			waiting.rows = append(waiting.rows, HomeRow{who + " · asked " + at.In(clinic.TimeZone).Format("Mon 15:04"), button})
		}
		if next, ok := dueToday(p, zone, now); ok {
			due.rows = append(due.rows, HomeRow{who + " · " + dueName(next.Kind) + " at " + next.At.In(zone).Format("15:04 MST"), button})
		}
		says, err := b.bestSince(ctx, clinic, p, now.AddDate(0, 0, -7))
		if err != nil {
			return nil, err
		}
		if says != "" {
			best.rows = append(best.rows, HomeRow{who + " · " + says, button})
		}
	}
	return []part{needsYou(clinic, alerts, patients), flare, waiting, due, best}, nil
}

// needsYou are the alerts nobody has resolved, the most urgent first.
func needsYou(clinic *flows.Clinic, alerts []storage.Alert, patients []storage.Patient) part {
	known := map[string]storage.Patient{}
	for _, p := range patients {
		known[p.ID] = p
	}
	slices.SortStableFunc(alerts, func(a, b storage.Alert) int {
		if a.State != b.State {
			return cmp.Compare(b.State, a.State) // open before acknowledged
		}
		switch {
		case a.Level.MoreUrgentThan(b.Level):
			return -1
		case b.Level.MoreUrgentThan(a.Level):
			return 1
		}
		return 0
	})
	out := part{name: homeNow, title: "Needs you now", empty: "No alerts are open."}
	for _, a := range alerts {
		row := HomeRow{Line: alertLine(clinic, a, known[a.PatientID])}
		if a.State == storage.AlertAcknowledged {
			row.Line += " · " + nameOf(clinic, a.AcknowledgedBy) + " has it"
			row.Button = &Button{ActionResolve, a.ID, "Resolve", false}
		} else {
			row.Line += " · open since " + a.OpenedAt.In(clinic.TimeZone).Format("Mon 15:04")
			row.Button = &Button{ActionAcknowledge, a.ID, "Acknowledge", true}
		}
		out.rows = append(out.rows, row)
	}
	return out
}

// alertLine is an alert in one line.
func alertLine(clinic *flows.Clinic, a storage.Alert, p storage.Patient) string {
	return fmt.Sprintf("%s · %s · %s", a.Level, calledInSlack(clinic, p), headlineOf(a))
}

// everybody reads all patients of a clinic.
func (b *Bot) everybody(ctx context.Context, clinicID string) ([]storage.Patient, error) {
	const page = 500
	var all []storage.Patient
	for after := ""; ; {
		some, err := b.store.ListPatients(ctx, clinicID, after, page)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
		if len(some) < page {
			return all, nil
		}
		after = some[len(some)-1].ID
	}
}

// askedAt is when a patient was asked what they may still answer; zero for nothing.
func askedAt(p storage.Patient, now time.Time) time.Time {
	var last time.Time
	for _, q := range p.Snapshot.Questions {
		if q.Closes.After(now) && q.At.After(last) {
			last = q.At
		}
	}
	return last
}

// dueToday is the next thing on a patient's agenda that falls on their today.
func dueToday(p storage.Patient, zone *time.Location, now time.Time) (flows.Due, bool) {
	for _, d := range p.Snapshot.Agenda {
		if dueName(d.Kind) != "" && d.At.After(now) && sameDay(d.At, now, zone) {
			return d, true
		}
	}
	return flows.Due{}, false
}

// bestSince says which estimated maximum since a time is above all before it.
func (b *Bot) bestSince(ctx context.Context, clinic *flows.Clinic, p storage.Patient, from time.Time) (string, error) {
	if p.Snapshot.Stage != flows.StageBuild && p.Snapshot.Stage != flows.StageHeavy {
		return "", nil // no loads worth a record are lifted anywhere else
	}
	lifts, err := b.store.Lifts(ctx, p.ClinicID, p.ID, time.Time{})
	if err != nil {
		return "", err
	}
	before, since := 0.0, 0.0
	for _, l := range lifts {
		w := l.Work.Lift
		if w.Unit != p.Snapshot.Unit || len(w.Reps) == 0 || (w.Exercise != "" && w.Exercise != "deadlift") {
			continue
		}
		e1rm, ok := lift.E1RM(clinic.Protocol.Lift, lift.Set{Load: lift.Load{Value: w.Load, Unit: w.Unit}, Reps: slices.Max(w.Reps), RPE: w.RPE})
		switch {
		case !ok:
		case l.At.Before(from):
			before = max(before, e1rm)
		default:
			since = max(since, e1rm)
		}
	}
	if before == 0 || since <= before*1.01 {
		return "", nil
	}
	return fmt.Sprintf("estimated maximum %.0f %s, before %.0f", since, p.Snapshot.Unit, before), nil
}

func episodeName(k flows.EpisodeKind) string {
	if k == flows.EpisodeFlare {
		return "flare-up"
	}
	return "flare watch"
}
