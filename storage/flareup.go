package storage

import (
	"context"
	"time"

	"backstop/flows"
)

// FlareUp is a flare watch or a flare-up of a patient, open or over.
type FlareUp struct {
	ID        string
	ClinicID  string
	PatientID string
	Key       string // the episode's id, unique for the patient
	Kind      flows.EpisodeKind
	OnsetAt   Time
	SettledAt Time   // zero while it is open
	Outcome   string // "settled_48h", "near_flare", "clinician", ...; empty while it is open

	Detail flows.Episode `db:"-"` // peak, days off and the like: sealed
}

// PutFlareUp keeps an episode, or what became of it since, by its key.
func (t *Tx) PutFlareUp(ctx context.Context, f FlareUp) error {
	err := t.putNamed(ctx, []string{"flare_ups", f.PatientID, f.Key}, `
		SELECT id FROM flare_ups WHERE patient_id = $1 AND key = $2`,
		func(id string) (int64, error) {
			f.ID = id
			return t.putFlareUp(ctx, f)
		})
	return doing(err, "put flare-up %s of patient %s", f.Key, f.PatientID)
}

func (t *Tx) putFlareUp(ctx context.Context, f FlareUp) (int64, error) {
	s := t.sealer("flare_ups", f.ID, f.ClinicID)
	detail := s.sealJSON("detail", f.Detail)
	if s.err != nil {
		return 0, s.err
	}
	return t.exec(ctx, `
		INSERT INTO flare_ups (id, clinic_id, patient_id, key, kind, onset_at, settled_at, outcome, detail)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (patient_id, key) DO UPDATE
		SET kind = excluded.kind, onset_at = excluded.onset_at, settled_at = excluded.settled_at,
		    outcome = excluded.outcome, detail = excluded.detail
		WHERE flare_ups.id = excluded.id`,
		f.ID, f.ClinicID, f.PatientID, f.Key, f.Kind, f.OnsetAt, f.SettledAt, f.Outcome, detail)
}

// FlareUps reads a patient's episodes that began at or after a time, oldest first.
func (r Reader) FlareUps(ctx context.Context, clinicID, patientID string, since time.Time) ([]FlareUp, error) {
	var rows []struct {
		FlareUp
		Sealed []byte `db:"detail"`
	}
	err := r.all(ctx, &rows, `
		SELECT id, clinic_id, patient_id, key, kind, onset_at, settled_at, outcome, detail
		FROM flare_ups
		WHERE patient_id = $1 AND clinic_id = $2 AND onset_at >= $3
		ORDER BY onset_at, id`,
		patientID, clinicID, since.UnixMicro())
	if err != nil {
		return nil, doing(err, "flare-ups of patient %s", patientID)
	}
	flareUps := make([]FlareUp, len(rows))
	for i, row := range rows {
		s := r.sealer("flare_ups", row.ID, row.ClinicID)
		if s.openJSON("detail", row.Sealed, &row.FlareUp.Detail); s.err != nil {
			return nil, s.err
		}
		flareUps[i] = row.FlareUp
	}
	return flareUps, nil
}
