package bot

import (
	"context"
	"fmt"
	"slices"
	"time"

	"backstop/flows"
	"backstop/storage"
)

// digestRows is how many rows of a list a digest shows: it is read on a phone,
// between two patients.
const digestRows = 5

// digest is what a clinic's people should know this morning; nil when there is
// nothing. It covers what has happened since the last one.
func (b *Bot) digest(ctx context.Context, clinic *flows.Clinic, since, now time.Time) (*Overview, error) {
	alerts, err := b.store.UnresolvedAlerts(ctx, clinic.ID)
	if err != nil {
		return nil, err
	}
	patients, err := b.everybody(ctx, clinic.ID)
	if err != nil {
		return nil, err
	}
	isQuestion := func(a storage.Alert) bool { return a.Key == questionKey }
	toRead := slices.DeleteFunc(slices.Clone(alerts), func(a storage.Alert) bool { return !isQuestion(a) })
	open := slices.DeleteFunc(alerts, isQuestion)
	lists := []digestList{
		{title: "Open alerts", rows: lines(needsYou(clinic, open, patients))},
		{title: "Texts to read and answer", rows: lines(needsYou(clinic, toRead, patients))},
	}
	wrote := map[string]bool{} // whoever did is not silent
	for _, a := range toRead {
		wrote[a.PatientID] = true
	}
	more, err := b.ofPatients(ctx, clinic, patients, wrote, since, now)
	if err != nil {
		return nil, err
	}
	lists = append(lists, more...)
	out := &Overview{Title: "This morning, " + now.In(clinic.TimeZone).Format("Mon Jan 2")}
	for _, l := range lists {
		if len(l.rows) > 0 {
			out.Parts = append(out.Parts, l.part())
		}
	}
	monthly, err := b.monthly(ctx, clinic, now)
	if err != nil {
		return nil, err
	}
	if monthly != nil {
		out.Parts = append(out.Parts, *monthly)
	}
	if len(out.Parts) == 0 {
		return nil, nil
	}
	budget, err := b.budget(ctx, clinic, now)
	out.Foot = append(out.Foot, budget)
	if monthly != nil {
		out.Foot = append(out.Foot, WhatIfMethod)
	}
	return out, err
}

// questionKey is the key of alerts about texts that only a human can read or answer.
const questionKey = "question"

// digestList is one list of a digest, whole.
type digestList struct {
	title string
	rows  []string
}

func (l digestList) part() Part {
	p := Part{Title: fmt.Sprintf("%s (%d)", l.title, len(l.rows)), Lines: l.rows[:min(digestRows, len(l.rows))]}
	if left := len(l.rows) - len(p.Lines); left > 0 {
		p.More = fmt.Sprintf("and %d more", left)
	}
	return p
}

func lines(p part) []string {
	out := make([]string, len(p.rows))
	for i, row := range p.rows {
		out[i] = row.Line
	}
	return out
}

// ofPatients are the lists that come from the patients themselves.
func (b *Bot) ofPatients(ctx context.Context, clinic *flows.Clinic, patients []storage.Patient, wrote map[string]bool, since, now time.Time) ([]digestList, error) {
	silent := digestList{title: "Did not answer"}
	stuck := digestList{title: "Stuck"}
	near := digestList{title: "Near-flares that settled"}
	best := digestList{title: "Personal bests"}
	for _, p := range patients {
		who := calledInSlack(clinic, p)
		if asked, ok := flows.Unanswered(p.Snapshot, since, now); ok && mayBeAsked(p) && !wrote[p.ID] {
			silent.rows = append(silent.rows, who+" · asked "+asked.In(clinic.TimeZone).Format("Mon 15:04"))
		}
		if at, is := flows.Stuck(clinic, p.Snapshot); is && !at.Before(dayBefore(since, clinic.TimeZone)) {
			stuck.rows = append(stuck.rows, fmt.Sprintf("%s · %s, the last %d sessions settled but were amber", who, stageName(p.Snapshot.Stage), clinic.Protocol.Trend.AmberRuns))
		}
		for _, past := range p.Snapshot.Course.Past {
			if past.Resolution == "near_flare" && !past.Over.Before(since) {
				near.rows = append(near.rows, who+" · raised "+past.Onset.In(clinic.TimeZone).Format("Mon")+", settled "+past.Over.In(clinic.TimeZone).Format("Mon"))
			}
		}
		says, err := b.bestSince(ctx, clinic, p, since)
		if err != nil {
			return nil, err
		}
		if says != "" {
			best.rows = append(best.rows, who+" · "+says)
		}
	}
	return []digestList{silent, stuck, near, best}, nil
}

// mayBeAsked reports whether a patient's silence says anything: who stopped
// texts, or is paused, is not asked.
func mayBeAsked(p storage.Patient) bool {
	return p.Snapshot.Consent.State == flows.ConsentGiven && !p.Snapshot.Paused
}

// dayBefore is the beginning of the day before a moment: what is decided on a
// session is decided the morning after it.
func dayBefore(at time.Time, zone *time.Location) time.Time {
	y, m, d := at.In(zone).Date()
	return time.Date(y, m, d-1, 0, 0, 0, 0, zone)
}
