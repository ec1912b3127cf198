package api

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"backstop/bot"
	"backstop/flows"
	"backstop/flows/reply"
	"backstop/storage"
)

// Patient is a patient as the API shows one.
type Patient struct {
	ID         string      `json:"id"`
	Clinic     string      `json:"clinic"`
	ExternalID string      `json:"external_id,omitempty"`
	Name       string      `json:"name"`
	Phone      string      `json:"phone"` // E.164
	TimeZone   string      `json:"time_zone"`
	Language   reply.Lang  `json:"language"`
	Baseline   float64     `json:"baseline"` // usual back pain as entered, 0-10
	Stage      flows.Stage `json:"stage"`
	Unit       reply.Unit  `json:"unit"`
	Consent    Consent     `json:"consent"`
	Paused     bool        `json:"paused"`
	CreatedAt  time.Time   `json:"created_at"`
}

// Consent is whether a patient may be texted, and how and when that came about.
type Consent struct {
	State  string    `json:"state"` // none, asked, given, stopped, wrong
	Method string    `json:"method,omitempty"`
	At     time.Time `json:"at,omitzero"`
}

// PatientOf shows a patient as they are kept.
func PatientOf(p storage.Patient) Patient {
	s := p.Snapshot
	state := string(s.Consent.State)
	if s.Consent.State == flows.ConsentNone {
		state = "none"
	}
	return Patient{ID: p.ID, Clinic: p.ClinicID, ExternalID: p.ExternalID, Name: p.Name, Phone: p.Phone,
		TimeZone: s.TimeZone, Language: s.Language, Baseline: s.Usual, Stage: s.Stage, Unit: s.Unit,
		Consent: Consent{State: state, Method: s.Consent.Method, At: s.Consent.At}, Paused: s.Paused, CreatedAt: p.CreatedAt.Time}
}

// The longest texts that are taken.
const (
	mostWord = 60
	mostLine = 200
	mostNote = 4000
)

// readPatient reads who is to be enrolled. What is wrong with the values
// themselves is for the desk to say.
func readPatient(o *object) bot.NewPatient {
	consent := o.object("consent")
	n := bot.NewPatient{
		Clinic:     o.text("clinic", mostWord),
		ExternalID: o.text("external_id", mostLine),
		Name:       o.text("name", mostLine),
		Phone:      o.text("phone", mostWord),
		TimeZone:   o.text("time_zone", mostWord),
		Language:   o.text("language", mostWord),
		Baseline:   o.number("baseline"),
		Stage:      o.text("stage", mostWord),
		Unit:       o.text("unit", mostWord),
		Consent:    bot.ConsentEvidence{Method: consent.text("method", mostWord), At: consent.moment("at")},
		Training:   readTraining(o.object("training")),
	}
	if n.Consent.Method == "" && !n.Consent.At.IsZero() {
		consent.refuse("method", "how the patient agreed is missing, like written, verbal or web")
	}
	consent.done()
	o.done()
	return n
}

// enrol takes a patient into care, once for each external id.
func (a *API) enrol(ctx context.Context, r *http.Request, token storage.Token) (answer, error) {
	o, err := body(r)
	if err != nil {
		return answer{}, err
	}
	n := readPatient(o)
	if n.Clinic, err = clinicOf(token, n.Clinic); err != nil {
		return answer{}, err
	}
	if len(*o.wrong) > 0 {
		return answer{}, alsoWrong(*o.wrong, a.desk.CheckPatient(n))
	}
	p, created, err := a.desk.Enrol(ctx, n, by(token))
	if err != nil {
		return answer{}, err
	}
	where := http.Header{"Location": {"/api/v1/patients/" + p.ID}}
	return answer{status: madeOrKnown(created), header: where, body: PatientOf(p)}, nil
}

// patient shows a patient, by our id, and leaves a line that it was looked at.
func (a *API) patient(ctx context.Context, r *http.Request, token storage.Token) (answer, error) {
	id := r.PathValue("id")
	if uuid.Validate(id) != nil {
		return answer{}, storage.ErrNotFound
	}
	p, err := a.records.PatientByID(ctx, token.ClinicID, id)
	if err != nil {
		return answer{}, err
	}
	err = a.records.InTx(ctx, func(tx *storage.Tx) error {
		return tx.Audit(ctx, storage.AuditEntry{ClinicID: p.ClinicID, At: storage.At(time.Now()), Actor: by(token), Action: "view", Subject: p.ID})
	})
	if err != nil {
		return answer{}, err
	}
	return answer{status: http.StatusOK, body: PatientOf(p)}, nil
}

func madeOrKnown(created bool) int {
	if created {
		return http.StatusCreated
	}
	return http.StatusOK
}

// alsoWrong adds what the desk finds wrong to what could not be read: a field
// is named once, for the first reason.
func alsoWrong(wrong bot.FieldErrors, err error) bot.FieldErrors {
	var more bot.FieldErrors
	if errors.As(err, &more) {
		for _, m := range more {
			if !slices.ContainsFunc(wrong, func(f bot.FieldError) bool { return f.Field == m.Field }) {
				wrong = append(wrong, m)
			}
		}
	}
	return wrong
}
