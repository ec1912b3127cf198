package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"backstop/bot/api"
	"backstop/flows/reply"
	"backstop/storage"
)

// chart is what is known about a patient, as 'patient show' shows it.
type chart struct {
	Patient  api.Patient    `json:"patient"`
	Consents []chartConsent `json:"consents"`
	Agenda   []chartDue     `json:"agenda"`
	Sessions []chartSession `json:"sessions"`
	Readings []chartReading `json:"readings"`
	Lifts    []chartLift    `json:"lifts"`
	FlareUps []chartFlareUp `json:"flare_ups"`
	Trips    []chartTrip    `json:"trips"`
	Scores   []chartScore   `json:"scores"`
	Alerts   []chartAlert   `json:"alerts"`
	Texts    []chartText    `json:"texts"` // the newest first
}

type (
	chartConsent struct {
		At     time.Time `json:"at"`
		Action string    `json:"action"`
		Method string    `json:"method"`
		Words  string    `json:"words,omitempty"`
	}
	chartDue struct {
		At   time.Time `json:"at"`
		Kind string    `json:"kind"`
	}
	chartSession struct {
		ID         string    `json:"id"`
		ExternalID string    `json:"external_id,omitempty"`
		EndedAt    time.Time `json:"ended_at"`
		Kind       string    `json:"kind"`
		Note       string    `json:"note,omitempty"`
	}
	chartReading struct {
		At           time.Time          `json:"at"`
		Kind         reply.Asked        `json:"kind"`
		Pain         *float64           `json:"pain"`
		Interference reply.Interference `json:"interference,omitempty"`
		Flare        *bool              `json:"flare,omitempty"`
		DaysOff      *float64           `json:"days_off,omitempty"`
	}
	chartLift struct {
		At time.Time `json:"at"`
		reply.Lift
		Source string `json:"source,omitempty"`
	}
	chartFlareUp struct {
		Onset   time.Time `json:"onset"`
		Settled time.Time `json:"settled,omitzero"`
		Kind    string    `json:"kind"`
		Peak    float64   `json:"peak"`
		Outcome string    `json:"outcome,omitempty"`
	}
	chartTrip struct {
		From  time.Time `json:"from"`
		Until time.Time `json:"until"` // home again, as far as is known
		Kind  string    `json:"kind"`
	}
	chartScore struct {
		At      time.Time `json:"at"`
		Kind    string    `json:"kind"`
		Answers []float64 `json:"answers"` // each 0-10
		Mean    float64   `json:"mean"`
	}
	chartAlert struct {
		At             time.Time `json:"at"`
		Level          string    `json:"level"`
		State          string    `json:"state"`
		AcknowledgedBy string    `json:"acknowledged_by,omitempty"`
		ResolvedBy     string    `json:"resolved_by,omitempty"`
	}
	chartText struct {
		At        time.Time `json:"at"`
		Direction string    `json:"direction"`
		State     string    `json:"state"`
		Reason    string    `json:"reason,omitempty"`
		Body      string    `json:"body"`
	}
)

// readChart reads a patient's chart since a time, and their last texts.
func readChart(ctx context.Context, store *storage.Store, p storage.Patient, since time.Time, texts int) (chart, error) {
	c := chart{Patient: api.PatientOf(p)}
	consents, err := store.Consents(ctx, p.ClinicID, p.ID)
	if err != nil {
		return c, err
	}
	c.Consents = each(consents, func(x storage.Consent) chartConsent {
		return chartConsent{x.At.Time, x.Action, x.Method, x.Words}
	})
	agenda, err := store.Agenda(ctx, p.ClinicID, p.ID)
	if err != nil {
		return c, err
	}
	c.Agenda = each(agenda, func(x storage.FollowUp) chartDue { return chartDue{x.DueAt.Time, x.Kind} })
	sessions, err := store.Sessions(ctx, p.ClinicID, p.ID, since)
	if err != nil {
		return c, err
	}
	c.Sessions = each(sessions, func(x storage.Session) chartSession {
		return chartSession{x.ID, x.ExternalID, x.EndedAt.Time, x.Kind, x.Note}
	})
	readings, err := store.Readings(ctx, p.ClinicID, p.ID, since)
	if err != nil {
		return c, err
	}
	c.Readings = each(readings, func(x storage.Reading) chartReading {
		return chartReading{x.At.Time, x.Kind, x.Answer.Pain, x.Answer.Interference, x.Answer.Flare, x.Answer.DaysOff}
	})
	lifts, err := store.Lifts(ctx, p.ClinicID, p.ID, since)
	if err != nil {
		return c, err
	}
	c.Lifts = each(lifts, func(x storage.Lift) chartLift { return chartLift{x.At.Time, x.Work.Lift, x.Work.Source} })
	flareUps, err := store.FlareUps(ctx, p.ClinicID, p.ID, since)
	if err != nil {
		return c, err
	}
	c.FlareUps = each(flareUps, func(x storage.FlareUp) chartFlareUp {
		return chartFlareUp{x.OnsetAt.Time, x.SettledAt.Time, string(x.Kind), x.Detail.Peak, x.Outcome}
	})
	trips, err := store.Trips(ctx, p.ClinicID, p.ID)
	if err != nil {
		return c, err
	}
	c.Trips = each(trips, func(x storage.Trip) chartTrip { return chartTrip{x.Detail.From, x.Detail.Until, x.Detail.Kind} })
	scores, err := store.Scores(ctx, p.ClinicID, p.ID, since)
	if err != nil {
		return c, err
	}
	c.Scores = each(scores, func(x storage.Score) chartScore {
		return chartScore{x.At.Time, string(x.Kind), x.Detail.Answers, x.Detail.Mean()}
	})
	alerts, err := store.AlertsOf(ctx, p.ClinicID, p.ID, 20)
	if err != nil {
		return c, err
	}
	c.Alerts = each(alerts, func(x storage.Alert) chartAlert {
		return chartAlert{x.OpenedAt.Time, string(x.Level), string(x.State), x.AcknowledgedBy, x.ResolvedBy}
	})
	messages, err := store.Conversation(ctx, p.ClinicID, p.ID, texts)
	if err != nil {
		return c, err
	}
	c.Texts = each(messages, func(x storage.Message) chartText {
		return chartText{x.CreatedAt.Time, string(x.Direction), string(x.State), x.Reason, x.Body}
	})
	return c, nil
}

// each is a list made of another, never nil.
func each[A, B any](list []A, f func(A) B) []B {
	out := make([]B, len(list))
	for i, a := range list {
		out[i] = f(a)
	}
	return out
}

// print writes the chart for a person, in the patient's own time.
func (c chart) print(out io.Writer) error {
	zone, err := time.LoadLocation(c.Patient.TimeZone)
	if err != nil {
		zone = time.UTC
	}
	at := func(t time.Time) string { return t.In(zone).Format("2006-01-02 15:04") }
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	p := c.Patient
	fmt.Fprintf(w, "%s\t%s\n", orDash(p.Name), p.ID)
	fmt.Fprintf(w, "clinic\t%s, external id %s\n", p.Clinic, orDash(p.ExternalID))
	fmt.Fprintf(w, "phone\t%s, %s, %s\n", p.Phone, p.Language, p.TimeZone)
	fmt.Fprintf(w, "stage\t%s, usual pain %s, %s\n", p.Stage, pain(&p.Baseline), p.Unit)
	paused := ""
	if p.Paused {
		paused = ", paused"
	}
	fmt.Fprintf(w, "consent\t%s %s%s\n", p.Consent.State, p.Consent.Method, paused)

	section(w, "Consents", c.Consents, func(x chartConsent) []string { return []string{at(x.At), x.Action, x.Method, line(x.Words)} })
	section(w, "Agenda", c.Agenda, func(x chartDue) []string { return []string{at(x.At), x.Kind} })
	section(w, "Sessions", c.Sessions, func(x chartSession) []string {
		return []string{at(x.EndedAt), orDash(x.Kind), orDash(x.ExternalID), line(x.Note)}
	})
	section(w, "Readings", c.Readings, func(x chartReading) []string {
		return []string{at(x.At), string(x.Kind), pain(x.Pain), string(x.Interference)}
	})
	section(w, "Lifts", c.Lifts, func(x chartLift) []string { return []string{at(x.At), liftText(x.Lift), x.Source} })
	section(w, "Flare-ups", c.FlareUps, func(x chartFlareUp) []string {
		return []string{at(x.Onset), x.Kind, "peak " + pain(&x.Peak), x.Outcome}
	})
	section(w, "Trips", c.Trips, func(x chartTrip) []string { return []string{at(x.From), x.Kind} })
	section(w, "Questionnaires", c.Scores, func(x chartScore) []string {
		return []string{at(x.At), x.Kind, strconv.FormatFloat(x.Mean, 'f', 1, 64)}
	})
	section(w, "Alerts", c.Alerts, func(x chartAlert) []string {
		return []string{at(x.At), x.Level, x.State, x.AcknowledgedBy + x.ResolvedBy}
	})
	section(w, "Texts, newest first", c.Texts, func(x chartText) []string {
		return []string{at(x.At), x.Direction, x.State, line(x.Body)}
	})
	return w.Flush()
}

func section[A any](w io.Writer, title string, list []A, columns func(A) []string) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", title)
	for _, a := range list {
		fmt.Fprintf(w, "  %s\n", strings.Join(columns(a), "\t"))
	}
}

// line is free text on one line, with nothing in it that moves a terminal.
func line(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return ' '
		}
		return r
	}, text)
}

// liftText writes a lift as people do: deadlift 3x5 @ 185 lb.
func liftText(l reply.Lift) string {
	var parts []string
	if l.Exercise != "" {
		parts = append(parts, l.Exercise)
	}
	reps := strings.Trim(strings.ReplaceAll(fmt.Sprint(l.Reps), " ", ","), "[]")
	switch {
	case l.Sets > 0 && reps != "":
		parts = append(parts, fmt.Sprintf("%dx%s", l.Sets, reps))
	case reps != "":
		parts = append(parts, reps)
	case l.Sets > 0:
		parts = append(parts, fmt.Sprintf("%d sets", l.Sets))
	}
	if l.Load > 0 {
		parts = append(parts, "@", pain(&l.Load), string(l.Unit))
	}
	if l.Bodyweight {
		parts = append(parts, "bodyweight")
	}
	if l.RPE != nil {
		parts = append(parts, "RPE", pain(l.RPE))
	}
	return strings.Join(parts, " ")
}

// printLine writes a value on a line of its own.
func printLine(w io.Writer, value any) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	return out.Encode(value)
}
