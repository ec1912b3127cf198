package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"text/tabwriter"
	"time"

	"backstop/bot"
	"backstop/bot/api"
	"backstop/storage"
)

// patientCmd is about patients.
type patientCmd struct {
	Add       patientAddCmd       `cmd:"" help:"Take a patient into care."`
	List      patientListCmd      `cmd:"" help:"List the patients of a clinic."`
	Show      patientShowCmd      `cmd:"" help:"Show a patient: consent, agenda, sessions, readings, lifts, alerts, texts."`
	Phone     patientPhoneCmd     `cmd:"" help:"Correct a patient's number."`
	Pause     patientPauseCmd     `cmd:"" help:"Stop what a patient did not ask for."`
	Resume    patientResumeCmd    `cmd:"" help:"End a pause."`
	Discharge patientDischargeCmd `cmd:"" help:"End a patient's care; checks go on for a year."`
}

// actor is what the record of who did what calls somebody at the command line.
const actor = "cli"

type patientAddCmd struct {
	deskSettings

	Clinic     string   `help:"The clinic; may be left out where the clinic file has one." placeholder:"ID"`
	ExternalID string   `name:"external-id" help:"The clinic's own id; the same again is the same patient." placeholder:"ID"`
	Name       string   `help:"At most the first word is ever texted."`
	Phone      string   `help:"As people write it; read as a number of the clinic's country."`
	TimeZone   string   `help:"Like America/Chicago; the clinic's where left out." placeholder:"ZONE"`
	Language   string   `help:"en or es; the clinic's where left out." placeholder:"LANG"`
	Baseline   *float64 `help:"Usual back pain, 0 to 10." placeholder:"PAIN"`
	Stage      string   `help:"S0 to S6 or CHECKPOINT; S1 where left out."`
	Unit       string   `help:"kg or lb; the clinic's where left out."`
	Consent    string   `help:"How the patient agreed to texts: written, verbal, web. They are asked by text where left out." placeholder:"METHOD"`
	ConsentAt  *moment  `help:"When they agreed: now, or like 2026-03-02T17:30:00-06:00." placeholder:"TIME"`
	JSON       bool     `help:"As JSON."`

	trainingFlags
}

// trainingFlags are what lifting homework by text needs to be known.
type trainingFlags struct {
	CheckInsOnly bool     `name:"check-ins-only" help:"No homework by text at all."`
	Adult        bool     `help:"Lifting homework is for adults."`
	ExaminedAt   *moment  `help:"When the clinician examined the patient: now, or like 2026-03-02T17:30:00-06:00." placeholder:"TIME"`
	Excluded     []string `help:"What speaks against lifting, like osteoporosis." placeholder:"WHY"`
	Override     bool     `help:"A clinician allows lifting all the same."`
	Gear         []string `help:"What the patient has: bar, trap_bar, kettlebell."`
	Bodyweight   float64  `help:"In the patient's unit." placeholder:"WEIGHT"`
	Last         float64  `help:"The working load of the main lift, of somebody who lifts already." placeholder:"WEIGHT"`
	LiftDays     []string `name:"lift-days" help:"Like tuesday,friday; the protocol's where left out." placeholder:"DAY"`
	Letter       string   `help:"The step within S3: a to d."`
}

func (f trainingFlags) training() bot.NewTraining {
	n := bot.NewTraining{CheckInsOnly: f.CheckInsOnly, Adult: f.Adult, Excluded: f.Excluded, Override: f.Override, Gear: f.Gear,
		Bodyweight: f.Bodyweight, Last: f.Last, LiftDays: f.LiftDays, Letter: f.Letter}
	if f.ExaminedAt != nil {
		n.ExaminedAt = f.ExaminedAt.Time
	}
	return n
}

// Help shows an example.
func (patientAddCmd) Help() string {
	return `Example:
  backstop patient add --external-id MRN-1042 --name "Alex Rivera" --phone "(312) 555-0171" \
    --baseline 2 --stage S3 --consent written --consent-at now`
}

// Run enrols a patient, once for each external id.
func (c *patientAddCmd) Run(ctx context.Context, std *stdio) (err error) {
	n := bot.NewPatient{Clinic: c.Clinic, ExternalID: c.ExternalID, Name: c.Name, Phone: c.Phone, TimeZone: c.TimeZone,
		Language: c.Language, Baseline: c.Baseline, Stage: c.Stage, Unit: c.Unit, Consent: bot.ConsentEvidence{Method: c.Consent}, Training: c.training()}
	if c.ConsentAt != nil {
		if c.Consent == "" {
			return errors.New("--consent: how the patient agreed is missing, like written, verbal or web")
		}
		n.Consent.At = c.ConsentAt.Time
	}
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	p, created, err := d.bot.Enrol(ctx, n, actor)
	if err != nil {
		return asFlags(err)
	}
	if c.JSON {
		return printJSON(std.Out, api.PatientOf(p))
	}
	did := "enrolled"
	if !created {
		did = "known already; nothing was changed"
	}
	_, err = fmt.Fprintf(std.Out, "%s: %s, consent %s\n", p.ID, did, api.PatientOf(p).Consent.State)
	return err
}

type patientListCmd struct {
	deskSettings

	Clinic string `help:"The clinic; may be left out where the clinic file has one." placeholder:"ID"`
	JSON   bool   `help:"As JSON Lines, one patient a line."`
}

// Help shows an example.
func (patientListCmd) Help() string {
	return "Example:\n  backstop patient list --clinic northside --json"
}

// Run lists patients in the order in which they came.
func (c *patientListCmd) Run(ctx context.Context, std *stdio) (err error) {
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	clinic, err := clinicNamed(d.clinics, c.Clinic)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(std.Out, 0, 0, 2, ' ', 0)
	if !c.JSON {
		fmt.Fprintln(w, "ID\tEXTERNAL ID\tNAME\tSTAGE\tUSUAL PAIN\tCONSENT\tENROLLED")
	}
	const page = 500
	for after := ""; ; {
		patients, err := d.store.ListPatients(ctx, clinic.ID, after, page)
		if err != nil {
			return err
		}
		for _, row := range patients {
			p := api.PatientOf(row)
			after = p.ID
			if c.JSON {
				if err := printLine(std.Out, p); err != nil {
					return err
				}
				continue
			}
			consent := p.Consent.State
			if p.Paused {
				consent += ", paused"
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", p.ID, orDash(p.ExternalID), orDash(p.Name), p.Stage,
				pain(&p.Baseline), consent, p.CreatedAt.In(clinic.TimeZone).Format(time.DateOnly))
		}
		if len(patients) < page {
			return w.Flush()
		}
	}
}

type patientShowCmd struct {
	deskSettings

	Patient string `arg:"" help:"Our id, the clinic's own id, or the phone number."`
	Clinic  string `help:"The clinic; may be left out where the clinic file has one." placeholder:"ID"`
	Days    int    `default:"28" help:"How far back sessions, readings and lifts are shown."`
	Texts   int    `default:"20" help:"How many of the last texts are shown."`
	JSON    bool   `help:"As JSON."`
}

// Help shows an example.
func (patientShowCmd) Help() string {
	return "Example:\n  backstop patient show MRN-1042 --days 90\nThat a patient was looked at is kept in the audit record."
}

// Run shows a patient, and leaves a line that they were looked at.
func (c *patientShowCmd) Run(ctx context.Context, std *stdio) (err error) {
	if c.Days < 0 || c.Texts < 0 {
		return errors.New("--days and --texts want a number that is not negative")
	}
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	clinic, err := clinicNamed(d.clinics, c.Clinic)
	if err != nil {
		return err
	}
	p, err := d.bot.FindPatient(ctx, clinic.ID, c.Patient)
	if err != nil {
		return asFlags(err)
	}
	now := time.Now()
	err = d.store.InTx(ctx, func(tx *storage.Tx) error {
		return tx.Audit(ctx, storage.AuditEntry{ClinicID: p.ClinicID, At: storage.At(now), Actor: actor, Action: "view", Subject: p.ID})
	})
	if err != nil {
		return err
	}
	chart, err := readChart(ctx, d.store, p, now.AddDate(0, 0, -c.Days), c.Texts)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(std.Out, chart)
	}
	return chart.print(std.Out)
}

// pain writes a pain number as people do: 3, 2.5.
func pain(n *float64) string {
	if n == nil {
		return "-"
	}
	return strconv.FormatFloat(*n, 'f', -1, 64)
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
