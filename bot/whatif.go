package bot

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"backstop/flows"
	"backstop/flows/protocol"
	"backstop/storage"
)

// Threshold is another value for one of the clinic's pain thresholds.
type Threshold struct {
	Key   string `json:"key"`   // "alert_abs", as in the clinic file below protocol.pain
	Value string `json:"value"` // "8"
}

// WhatIf is what another threshold would have meant on a clinic's own history.
type WhatIf struct {
	Threshold
	flows.Heard // of all patients together

	Was         string // the value that holds
	Days        int
	NeverUseful int // of those never told: called useful by a clinician
}

// whatIfDays is how far back a clinic's history is judged again.
const whatIfDays = 28

// WhatIf judges what the clinic's patients have answered in the last weeks once
// more, under other thresholds, each on its own. Its error names a threshold
// that does not exist or a value that is not allowed.
func (b *Bot) WhatIf(ctx context.Context, clinicID string, changes []Threshold, days int) ([]WhatIf, error) {
	clinic, err := b.clinic(clinicID)
	if err != nil {
		return nil, err
	}
	out := make([]WhatIf, len(changes))
	limits := make([]protocol.Pain, len(changes))
	for i, c := range changes {
		if limits[i], err = clinic.Protocol.Pain.With(c.Key, c.Value); err != nil {
			return nil, err
		}
		was, _ := clinic.Protocol.Pain.Value(c.Key)
		out[i] = WhatIf{Threshold: c, Was: strconv.FormatFloat(was, 'f', -1, 64), Days: days}
	}
	since := b.now().AddDate(0, 0, -days)
	recorded, err := b.store.AlertsSince(ctx, clinicID, since.Add(-flows.SameFlare))
	if err != nil {
		return nil, err
	}
	patients, err := b.everybody(ctx, clinicID)
	if err != nil {
		return nil, err
	}
	for _, p := range patients {
		moments, err := b.judged(ctx, clinic, p.ID)
		if err != nil {
			return nil, err
		}
		now := flows.PainAlerts(clinic.Protocol.Pain, clinic.Protocol.Flare, moments)
		for i := range out {
			h := flows.Compare(now, flows.PainAlerts(limits[i], clinic.Protocol.Flare, moments), since)
			out[i].add(h)
			for _, at := range h.Never {
				if calledUsefulAt(recorded, p.ID, at) {
					out[i].NeverUseful++
				}
			}
		}
	}
	return out, nil
}

func (w *WhatIf) add(h flows.Heard) {
	w.Alerts, w.Would, w.Same, w.Earlier = w.Alerts+h.Alerts, w.Would+h.Would, w.Same+h.Same, w.Earlier+h.Earlier
	w.Lower, w.New = w.Lower+h.Lower, w.New+h.New
	w.Later, w.Never = append(w.Later, h.Later...), append(w.Never, h.Never...)
}

// judged replays a patient's whole log and returns the moments at which the
// rules looked at their answers.
func (b *Bot) judged(ctx context.Context, clinic *flows.Clinic, patientID string) ([]flows.Judged, error) {
	const page = 500
	var out []flows.Judged
	p := flows.Patient{ID: patientID}
	for after := int64(0); ; {
		events, err := b.store.Events(ctx, clinic.ID, patientID, after, page)
		if err != nil {
			return nil, err
		}
		for _, logged := range events {
			event, err := flows.DecodeEvent(logged.Kind, logged.Payload)
			if err != nil {
				return nil, fmt.Errorf("judge patient %s at %d: %w", patientID, logged.Seq, err)
			}
			var moments []flows.Judged
			p, moments = flows.StepJudged(clinic, p, event, logged.At.Time)
			out, after = append(out, moments...), logged.Seq
		}
		if len(events) < page {
			return out, nil
		}
	}
}

// calledUsefulAt reports whether the alert that told of a patient's flare-up at a
// time was called useful.
func calledUsefulAt(alerts []storage.Alert, patientID string, at time.Time) bool {
	var told storage.Alert
	for _, a := range alerts {
		if a.PatientID == patientID && !a.OpenedAt.After(at) && a.OpenedAt.After(told.OpenedAt.Time) {
			told = a
		}
	}
	return at.Sub(told.OpenedAt.Time) < flows.SameFlare && contentOf(told).Useful == "yes"
}

// Say is the answer in a line.
func (w WhatIf) Say() string {
	line := fmt.Sprintf("%s at %s instead of %s: pain alerts %d instead of %d in %d days.", w.Key, w.Value, w.Was, w.Would, w.Alerts, w.Days)
	if w.Same+len(w.Later)+len(w.Never)+w.Earlier+w.New == 0 {
		return line
	}
	if len(w.Later)+len(w.Never)+w.Earlier+w.New == 0 {
		return line + fmt.Sprintf(" Every flare-up (%d) would have been heard of at the same time.", w.Same)
	}
	line += fmt.Sprintf(" Of the flare-ups (%d), %d would have been heard of at the same time", w.Same+w.Earlier+len(w.Later)+len(w.Never), w.Same)
	if w.Earlier > 0 {
		line += fmt.Sprintf(", %d earlier", w.Earlier)
	}
	if n := len(w.Later); n > 0 {
		line += fmt.Sprintf(", %d later (by up to %s)", n, roughly(slices.Max(w.Later)))
	}
	if n := len(w.Never); n > 0 {
		line += fmt.Sprintf(", %d not as flare-ups at all (%d of these were called useful)", n, w.NeverUseful)
	}
	line += "."
	if w.Lower > 0 {
		line += fmt.Sprintf(" %d of them would have come as a note (P3) at once.", w.Lower)
	}
	if w.New > 0 {
		line += fmt.Sprintf(" %d more would have been called flare-ups.", w.New)
	}
	return line
}

func roughly(d time.Duration) string {
	const day = 24 * time.Hour
	if d >= 2*day {
		return fmt.Sprintf("%d days", int((d+day/2)/day))
	}
	return fmt.Sprintf("%d h", int((d+time.Hour/2)/time.Hour))
}

// WhatIfMethod says how far the figures of a WhatIf can be trusted.
const WhatIfMethod = "The patients' own answers, judged again by the rules of today with that one number changed. What else would have been asked, and answered, nobody knows; red flags and words do not depend on it."

// nearby are the thresholds looked at when nobody names one: the pain that is a
// flare-up alert, a point up and a point down.
func nearby(clinic *flows.Clinic) []Threshold {
	var out []Threshold
	for _, by := range []float64{1, -1} {
		t := Threshold{Key: "alert_abs", Value: strconv.FormatFloat(clinic.Protocol.Pain.AlertAbs+by, 'f', -1, 64)}
		if _, err := clinic.Protocol.Pain.With(t.Key, t.Value); err == nil {
			out = append(out, t)
		}
	}
	return out
}
