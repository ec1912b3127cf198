package storage

import (
	"context"

	"backstop/flows"
)

// Trip is a trip of a patient as it is known.
type Trip struct {
	ID        string
	ClinicID  string
	PatientID string
	Begins    string // the day, "2026-12-04"; a trip with the same is the same
	At        Time   // when this became known

	Detail flows.Trip `db:"-"` // where somebody is and when: sealed
}

// PutTrip keeps a trip, or what became known of it since, by the day it begins.
func (t *Tx) PutTrip(ctx context.Context, in Trip) error {
	err := t.putNamed(ctx, []string{"trips", in.PatientID, in.Begins}, `
		SELECT id FROM trips WHERE patient_id = $1 AND begins = $2`,
		func(id string) (int64, error) {
			in.ID = id
			return t.putTrip(ctx, in)
		})
	return doing(err, "put trip %s of patient %s", in.Begins, in.PatientID)
}

func (t *Tx) putTrip(ctx context.Context, in Trip) (int64, error) {
	s := t.sealer("trips", in.ID, in.ClinicID)
	detail := s.sealJSON("detail", in.Detail)
	if s.err != nil {
		return 0, s.err
	}
	return t.exec(ctx, `
		INSERT INTO trips (id, clinic_id, patient_id, begins, at, detail)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (patient_id, begins) DO UPDATE
		SET at = excluded.at, detail = excluded.detail
		WHERE trips.id = excluded.id`,
		in.ID, in.ClinicID, in.PatientID, in.Begins, in.At, detail)
}

// Trips reads a patient's trips, the first to begin first.
func (r Reader) Trips(ctx context.Context, clinicID, patientID string) ([]Trip, error) {
	var rows []struct {
		Trip
		Sealed []byte `db:"detail"`
	}
	err := r.all(ctx, &rows, `
		SELECT id, clinic_id, patient_id, begins, at, detail
		FROM trips
		WHERE patient_id = $1 AND clinic_id = $2
		ORDER BY begins, id`,
		patientID, clinicID)
	if err != nil {
		return nil, doing(err, "trips of patient %s", patientID)
	}
	trips := make([]Trip, len(rows))
	for i, row := range rows {
		s := r.sealer("trips", row.ID, row.ClinicID)
		if s.openJSON("detail", row.Sealed, &row.Trip.Detail); s.err != nil {
			return nil, s.err
		}
		trips[i] = row.Trip
	}
	return trips, nil
}
