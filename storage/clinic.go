package storage

import (
	"context"
	"fmt"
	"time"
)

// Clinic is one clinic of the clinic file.
type Clinic struct {
	ID       string
	Name     string
	TimeZone string // IANA name
}

// Clinician is somebody who works at a clinic.
type Clinician struct {
	ID      string // as the clinic file names them; unique in the clinic
	SlackID string // empty when they are not in Slack
	Name    string
	Phone   string // E.164; empty when they are never rung
	OnCall  int    // 1 is rung first; 0 is never rung
}

// SyncClinic makes the database agree with the clinic file. Clinicians the file
// no longer names are kept, inactive, for what they did before.
func (s *Store) SyncClinic(ctx context.Context, c Clinic, clinicians []Clinician, now time.Time) error {
	err := s.InTx(ctx, func(t *Tx) error {
		if err := t.putClinic(ctx, c, now); err != nil {
			return err
		}
		if err := t.deactivateClinicians(ctx, c.ID, now); err != nil {
			return err
		}
		for _, clinician := range clinicians {
			if err := t.putClinician(ctx, c.ID, clinician, now); err != nil {
				return fmt.Errorf("clinician %s: %w", clinician.ID, err)
			}
		}
		return nil
	})
	return doing(err, "sync clinic %s", c.ID)
}

func (t *Tx) putClinic(ctx context.Context, c Clinic, now time.Time) error {
	_, err := t.exec(ctx, `
		INSERT INTO clinics (id, name, time_zone, updated_at)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (id) DO UPDATE
		SET name = excluded.name, time_zone = excluded.time_zone, updated_at = excluded.updated_at`,
		c.ID, c.Name, c.TimeZone, At(now))
	return err
}

func (t *Tx) deactivateClinicians(ctx context.Context, clinicID string, now time.Time) error {
	_, err := t.exec(ctx, `
		UPDATE clinicians SET active = FALSE, updated_at = $2
		WHERE clinic_id = $1 AND active`,
		clinicID, At(now))
	return err
}

func (t *Tx) putClinician(ctx context.Context, clinicID string, c Clinician, now time.Time) error {
	sealer := t.sealer("clinicians", c.ID, clinicID)
	name, phone := sealer.seal("name", c.Name), sealer.seal("phone", c.Phone)
	if sealer.err != nil {
		return sealer.err
	}
	_, err := t.exec(ctx, `
		INSERT INTO clinicians (clinic_id, id, slack_id, name, phone, on_call, active, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, TRUE, $7)
		ON CONFLICT (clinic_id, id) DO UPDATE
		SET slack_id = excluded.slack_id, name = excluded.name, phone = excluded.phone,
		    on_call = excluded.on_call, active = TRUE, updated_at = excluded.updated_at`,
		clinicID, c.ID, c.SlackID, name, phone, c.OnCall, At(now))
	return err
}

// Clinics lists every clinic.
func (r Reader) Clinics(ctx context.Context) ([]Clinic, error) {
	var clinics []Clinic
	err := r.all(ctx, &clinics, `SELECT id, name, time_zone FROM clinics ORDER BY id`)
	return clinics, doing(err, "list clinics")
}

// Clinicians lists the active clinicians of a clinic, the on-call ones in the
// order in which they are rung.
func (r Reader) Clinicians(ctx context.Context, clinicID string) ([]Clinician, error) {
	var clinicians []Clinician
	err := r.all(ctx, &clinicians, `
		SELECT id, slack_id, name, phone, on_call
		FROM clinicians
		WHERE clinic_id = $1 AND active
		ORDER BY on_call, id`,
		clinicID)
	for i := range clinicians {
		c := &clinicians[i]
		sealer := r.sealer("clinicians", c.ID, clinicID)
		sealer.open("name", &c.Name)
		sealer.open("phone", &c.Phone)
		if err == nil {
			err = sealer.err
		}
	}
	return clinicians, doing(err, "list clinicians of %s", clinicID)
}
