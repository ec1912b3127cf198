package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nyaruka/phonenumbers"

	"backstop/flows"
	"backstop/flows/reply"
	"backstop/storage"
)

// NewPatient is somebody to enrol. Empty fields take the clinic's defaults
// where there are any.
type NewPatient struct {
	Clinic     string          `json:"clinic"`      // may be empty where there is only one
	ExternalID string          `json:"external_id"` // the clinic's own id; the same again is the same patient
	Name       string          `json:"name"`
	Phone      string          `json:"phone"`     // as people write it; read as a number of the clinic's country
	TimeZone   string          `json:"time_zone"` // IANA name
	Language   string          `json:"language"`  // "en" or "es"
	Baseline   *float64        `json:"baseline"`  // usual back pain, 0-10; required
	Stage      string          `json:"stage"`     // "S0" to "S6" or "CHECKPOINT"; default S1
	Unit       string          `json:"unit"`      // "kg" or "lb"
	Consent    ConsentEvidence `json:"consent"`
	Training   NewTraining     `json:"training"`
}

// ConsentEvidence says how and when a patient agreed to texts. Without a method
// the patient is asked by text.
type ConsentEvidence struct {
	Method string    `json:"method"` // "written", "verbal", "web", ...; empty: ask by text
	At     time.Time `json:"at"`     // when they agreed; required with a method
}

// read is the consent that the evidence gives: the zero value without a method.
func (c ConsentEvidence) read(now time.Time, wrong *FieldErrors) flows.Consent {
	if c.Method == "" {
		return flows.Consent{}
	}
	switch {
	case c.At.IsZero():
		wrong.add("consent.at", "when the patient agreed is missing")
	case c.At.After(now.Add(time.Minute)):
		wrong.add("consent.at", "lies in the future")
	}
	return flows.Consent{State: flows.ConsentGiven, Method: c.Method, At: c.At.UTC()}
}

// FieldErrors says what is wrong with each field of something handed in.
type FieldErrors []FieldError

// FieldError is one wrong field.
type FieldError struct {
	Field  string `json:"field"`
	Reason string `json:"reason"`
}

func (e FieldErrors) Error() string {
	parts := make([]string, len(e))
	for i, f := range e {
		parts[i] = f.Field + ": " + f.Reason
	}
	return strings.Join(parts, "; ")
}

func (e *FieldErrors) add(field, reason string, args ...any) {
	*e = append(*e, FieldError{Field: field, Reason: fmt.Sprintf(reason, args...)})
}

var stages = []flows.Stage{flows.StageCalm, flows.StageMobility, flows.StageHinge, flows.StageLight,
	flows.StageCheckpoint, flows.StageBuild, flows.StageHeavy, flows.StageTravel}

// Enrol takes a patient into care, once for each external id: created is false
// for one that is known. Wrong fields are reported together, as FieldErrors.
func (b *Bot) Enrol(ctx context.Context, n NewPatient, by string) (p storage.Patient, created bool, err error) {
	now := b.now()
	clinic, enrolled, phone, err := b.checkPatient(n, now)
	if err != nil {
		return storage.Patient{}, false, err
	}
	row := storage.Patient{ClinicID: clinic.ID, ExternalID: n.ExternalID, Phone: phone, Name: strings.TrimSpace(n.Name)}
	err = b.store.InTx(ctx, func(tx *storage.Tx) error {
		p, created, err = b.enrol(ctx, tx, row, enrolled, by, now)
		return err
	})
	if err != nil {
		return storage.Patient{}, false, fmt.Errorf("enrol patient: %w", err)
	}
	return p, created, nil
}

// enrol takes somebody into care whose fields have been checked.
func (b *Bot) enrol(ctx context.Context, tx *storage.Tx, row storage.Patient, enrolled flows.Enrolled, by string, now time.Time) (p storage.Patient, created bool, err error) {
	p, created, err = tx.InsertPatient(ctx, row, now)
	if err != nil || !created {
		return p, created, err
	}
	if err := b.audit(ctx, tx, p.ClinicID, by, "enrol", p.ID); err != nil {
		return p, false, err
	}
	if err := b.numberTheShared(ctx, tx, p, now); err != nil {
		return p, false, err
	}
	if p, err = tx.LockPatient(ctx, p.ClinicID, p.ID); err != nil {
		return p, false, err
	}
	if err := b.step(ctx, tx, p, enrolled, now); err != nil {
		return p, false, err
	}
	p, err = tx.PatientByID(ctx, p.ClinicID, p.ID)
	return p, true, err
}

// CheckPatient says everything that is wrong with somebody to enrol, as
// FieldErrors, and changes nothing.
func (b *Bot) CheckPatient(n NewPatient) error {
	_, _, _, err := b.checkPatient(n, b.now())
	return err
}

// checkPatient reads every field and reports all that are wrong.
func (b *Bot) checkPatient(n NewPatient, now time.Time) (*flows.Clinic, flows.Enrolled, string, error) {
	var wrong FieldErrors
	clinic, err := b.clinicNamed(n.Clinic)
	if err != nil {
		wrong.add("clinic", "%s", err)
		return nil, flows.Enrolled{}, "", wrong
	}
	e := flows.Enrolled{Name: firstName(n.Name), Language: reply.Lang(n.Language), TimeZone: n.TimeZone,
		Unit: reply.Unit(n.Unit), Stage: flows.Stage(n.Stage)}
	phone, err := phoneNumber(n.Phone, clinic.Country)
	if err != nil {
		wrong.add("phone", "%s", err)
	}
	if e.TimeZone == "" {
		e.TimeZone = guessZone(phone, clinic)
	}
	if _, err := time.LoadLocation(e.TimeZone); err != nil || e.TimeZone == "Local" {
		wrong.add("time_zone", "not an IANA time zone like America/Chicago")
	}
	if e.Language == "" {
		e.Language = reply.Lang(clinic.Language)
	}
	if e.Language != reply.English && e.Language != reply.Spanish {
		wrong.add("language", "not one of en, es")
	}
	if e.Unit == "" {
		e.Unit = reply.Unit(clinic.Unit)
	}
	if e.Unit != reply.Kilogram && e.Unit != reply.Pound {
		wrong.add("unit", "not one of kg, lb")
	}
	if e.Stage == "" {
		e.Stage = flows.StageMobility
	}
	if !slices.Contains(stages, e.Stage) {
		wrong.add("stage", "not one of S0, S1, S2, S3, CHECKPOINT, S4, S5, S6")
	}
	switch {
	case n.Baseline == nil:
		wrong.add("baseline", "the usual back pain, 0 to 10, is missing")
	case !isPain(*n.Baseline):
		wrong.add("baseline", "not a pain from 0 to 10 in halves")
	default:
		e.Usual = *n.Baseline
	}
	n.Training.into(&e, now, &wrong)
	e.Consent = n.Consent.read(now, &wrong)
	if len(wrong) > 0 {
		return nil, flows.Enrolled{}, "", wrong
	}
	return clinic, e, phone, nil
}

// isPain reports whether a number is a pain as patients rate it: 0 to 10, halves allowed.
func isPain(n float64) bool { return n >= 0 && n <= 10 && n*2 == float64(int(n*2)) }

// clinicNamed is the clinic with an id, or the only one where none is named.
func (b *Bot) clinicNamed(id string) (*flows.Clinic, error) {
	if id == "" && len(b.clinics) == 1 {
		return b.first, nil
	}
	if id == "" {
		return nil, fmt.Errorf("which clinic? the clinic file has %d", len(b.clinics))
	}
	return b.clinic(id)
}

// guessZone is the time zone a number's area lies in: the clinic's own where
// that is among them, or where nothing is known. A number says where it was
// given out, not where its owner lives, so the guess is shown to whoever enrols.
func guessZone(phone string, clinic *flows.Clinic) string {
	own := clinic.TimeZone.String()
	zones, err := phonenumbers.GetTimezonesForPrefix(phone)
	if err != nil || slices.Contains(zones, own) || len(zones) == 0 {
		return own
	}
	for _, zone := range zones {
		if _, err := time.LoadLocation(zone); err == nil && strings.Contains(zone, "/") && !strings.HasPrefix(zone, "Etc/") {
			return zone
		}
	}
	return own
}

// phoneNumber reads a number as people of a country write it, to E.164.
func phoneNumber(raw, country string) (string, error) {
	if strings.TrimSpace(raw) == "" {
		return "", fmt.Errorf("a phone number is missing")
	}
	number, err := phonenumbers.Parse(raw, country)
	if err != nil || !phonenumbers.IsValidNumber(number) {
		return "", fmt.Errorf("not a valid phone number; write it like +13125550142")
	}
	return phonenumbers.Format(number, phonenumbers.E164), nil
}

// asFieldErrors finds what is wrong with fields in an error.
func asFieldErrors(err error) (FieldErrors, bool) {
	var wrong FieldErrors
	return wrong, errors.As(err, &wrong)
}
