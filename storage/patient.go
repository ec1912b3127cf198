package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"backstop/flows"
	"backstop/storage/seal"
)

// Patient is a patient's row: who they are, and the snapshot the flows decide on.
type Patient struct {
	ID         string
	ClinicID   string
	ExternalID string // the clinic's own id; empty when it gave none
	Phone      string // E.164
	Name       string // as the clinic gave it
	Seq        int64  // how many events made the snapshot
	CreatedAt  Time
	UpdatedAt  Time

	Snapshot flows.Patient `db:"-"`

	newer json.RawMessage // the snapshot as it was read, where a newer version keeps more in it
	kept  identity        // as the row has it; the zero value where that is not known
}

// identity is how a clinic knows a patient, and how we reach them. It hardly ever changes.
type identity struct{ externalID, phone, name string }

func (p Patient) identity() identity { return identity{p.ExternalID, p.Phone, p.Name} }

// patientRow is a patient as it is read, still sealed.
type patientRow struct {
	Patient
	SealedSnapshot []byte `db:"snapshot"`
}

func (r Reader) openPatient(row patientRow) (Patient, error) {
	p := row.Patient
	s := r.sealer("patients", p.ID, p.ClinicID)
	s.open("phone", &p.Phone)
	s.open("name", &p.Name)
	if snapshot, known := r.snapshots.find(p.ID, row.SealedSnapshot); known {
		p.Snapshot = snapshot
	} else {
		p.newer = s.openNewer("snapshot", row.SealedSnapshot, &p.Snapshot)
	}
	p.kept = p.identity()
	return p, s.err
}

func (r Reader) openPatients(rows []patientRow) ([]Patient, error) {
	patients := make([]Patient, len(rows))
	for i, row := range rows {
		p, err := r.openPatient(row)
		if err != nil {
			return nil, err
		}
		patients[i] = p
	}
	return patients, nil
}

// InsertPatient stores a new patient at Seq 0. If the clinic already has one
// with this external id, that one is returned, unchanged, and created is false.
// ID and Snapshot.ID are made when empty.
func (t *Tx) InsertPatient(ctx context.Context, p Patient, now time.Time) (_ Patient, created bool, err error) {
	p.ID = orNewID(p.ID)
	p.Snapshot.ID = p.ID
	p.Seq, p.CreatedAt, p.UpdatedAt = 0, At(now), At(now)
	s := t.sealer("patients", p.ID, p.ClinicID)
	hash, phone, name := s.hash(p.Phone), s.seal("phone", p.Phone), s.seal("name", p.Name)
	snapshot := s.sealJSON("snapshot", p.Snapshot)
	if s.err != nil {
		return Patient{}, false, s.err
	}
	n, err := t.exec(ctx, `
		INSERT INTO patients (id, clinic_id, external_id, phone_hash, phone, name,
		                      time_zone, language, consent, stage, paused, snapshot,
		                      seq, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, $13, $13)
		ON CONFLICT (clinic_id, external_id) WHERE external_id <> '' DO NOTHING`,
		p.ID, p.ClinicID, p.ExternalID, hash, phone, name,
		p.Snapshot.TimeZone, p.Snapshot.Language, p.Snapshot.Consent.State, p.Snapshot.Stage, p.Snapshot.Paused, snapshot,
		p.CreatedAt)
	if err != nil {
		return Patient{}, false, doing(err, "insert patient")
	}
	if n == 0 {
		p, err = t.PatientByExternalID(ctx, p.ClinicID, p.ExternalID)
		return p, false, err
	}
	p.kept = p.identity()
	return p, true, nil
}

// LockPatient reads a patient and keeps others from changing them until the
// transaction ends.
func (t *Tx) LockPatient(ctx context.Context, clinicID, id string) (Patient, error) {
	var row patientRow
	err := t.get(ctx, &row, `
		SELECT id, clinic_id, external_id, phone, name, snapshot, seq, created_at, updated_at
		FROM patients
		WHERE id = $1 AND clinic_id = $2
		/*pg: FOR NO KEY UPDATE */`,
		id, clinicID)
	if err != nil {
		return Patient{}, doing(err, "lock patient %s", id)
	}
	return t.openPatient(row)
}

// LockPatientsByPhone locks everybody in a clinic who has this phone (E.164):
// couples share one. The oldest patient comes first; there may be none.
func (t *Tx) LockPatientsByPhone(ctx context.Context, clinicID, phone string) ([]Patient, error) {
	hashes, err := t.keys.Hashes(clinicID, phone)
	if err != nil {
		return nil, err
	}
	var rows []patientRow
	err = t.all(ctx, &rows, `
		SELECT id, clinic_id, external_id, phone, name, snapshot, seq, created_at, updated_at
		FROM patients
		WHERE clinic_id = $1 AND phone_hash IN ($2, $3, $4)
		ORDER BY id || '' -- by no index: one that has them in order has the whole clinic
		/*pg: FOR NO KEY UPDATE */`,
		clinicID, hashes[0], hashes[1], hashes[2])
	if err != nil {
		return nil, doing(err, "lock patients by phone")
	}
	return t.openPatients(rows)
}

// hashes above are written out one by one; this breaks when their number changes.
var _ = [1]struct{}{}[seal.MaxKeys-3]

// SavePatient stores what an event made of a patient, and appends the event, at
// p.Seq+1. It returns the patient at its new Seq, or ErrConflict when somebody
// else saved the patient since it was read.
func (t *Tx) SavePatient(ctx context.Context, p Patient, e Event) (Patient, error) {
	s := t.sealer("patients", p.ID, p.ClinicID)
	snapshot, newer := s.sealNewer("snapshot", p.newer, p.Snapshot)
	if s.err != nil {
		return Patient{}, s.err
	}
	e.PatientID, e.ClinicID, e.Seq = p.ID, p.ClinicID, p.Seq+1
	payload, err := t.sealEvent(e)
	if err != nil {
		return Patient{}, err
	}
	args := []any{
		p.ID, p.ClinicID, p.Seq,
		p.Snapshot.TimeZone, p.Snapshot.Language, p.Snapshot.Consent.State, p.Snapshot.Stage, p.Snapshot.Paused,
		snapshot, e.At,
	}
	if t.engine == Postgres { // there the event is kept by the same statement
		args = append(args, e.Kind, payload)
	}
	n, err := t.exec(ctx, `
		/*pg: WITH saved AS ( */
		UPDATE patients
		SET time_zone = $4, language = $5, consent = $6, stage = $7, paused = $8,
		    snapshot = $9, seq = seq + 1, updated_at = $10
		WHERE id = $1 AND clinic_id = $2 AND seq = $3
		/*pg: RETURNING id, seq, clinic_id, updated_at)
		INSERT INTO events (patient_id, seq, clinic_id, at, kind, payload)
		SELECT id, seq, clinic_id, updated_at, $11, CAST($12 AS BYTEA) FROM saved */`,
		args...)
	if err = changedOne(n, err, ErrConflict); err == nil && t.engine != Postgres {
		err = t.appendEvent(ctx, e, payload)
	}
	if err == nil && p.identity() != p.kept {
		err = t.saveIdentity(ctx, p)
	}
	if err != nil {
		return Patient{}, doing(err, "save patient %s at %d", p.ID, p.Seq)
	}
	t.snapshots.keep(p.ID, snapshot, p.Snapshot)
	p.Seq, p.UpdatedAt, p.kept, p.newer = e.Seq, e.At, p.identity(), newer
	return p, nil
}

// saveIdentity stores who a patient is now.
func (t *Tx) saveIdentity(ctx context.Context, p Patient) error {
	s := t.sealer("patients", p.ID, p.ClinicID)
	hash, phone, name := s.hash(p.Phone), s.seal("phone", p.Phone), s.seal("name", p.Name)
	if s.err != nil {
		return s.err
	}
	_, err := t.exec(ctx, `
		UPDATE patients SET external_id = $3, phone_hash = $4, phone = $5, name = $6
		WHERE id = $1 AND clinic_id = $2`,
		p.ID, p.ClinicID, p.ExternalID, hash, phone, name)
	return err
}

// PatientByID reads a patient of a clinic.
func (r Reader) PatientByID(ctx context.Context, clinicID, id string) (Patient, error) {
	var row patientRow
	err := r.get(ctx, &row, `
		SELECT id, clinic_id, external_id, phone, name, snapshot, seq, created_at, updated_at
		FROM patients
		WHERE id = $1 AND clinic_id = $2`,
		id, clinicID)
	if err != nil {
		return Patient{}, doing(err, "patient %s", id)
	}
	return r.openPatient(row)
}

// PatientByExternalID reads a patient by the clinic's own id.
func (r Reader) PatientByExternalID(ctx context.Context, clinicID, externalID string) (Patient, error) {
	if externalID == "" {
		return Patient{}, fmt.Errorf("patient without external id: %w", ErrNotFound)
	}
	var row patientRow
	err := r.get(ctx, &row, `
		SELECT id, clinic_id, external_id, phone, name, snapshot, seq, created_at, updated_at
		FROM patients
		WHERE clinic_id = $1 AND external_id = $2 AND external_id <> ''`, // for the partial index
		clinicID, externalID)
	if err != nil {
		return Patient{}, doing(err, "patient with external id %s", externalID)
	}
	return r.openPatient(row)
}

// PatientsByPhone reads everybody in a clinic who has this phone (E.164), the
// oldest patient first. There may be none.
func (r Reader) PatientsByPhone(ctx context.Context, clinicID, phone string) ([]Patient, error) {
	hashes, err := r.keys.Hashes(clinicID, phone)
	if err != nil {
		return nil, err
	}
	var rows []patientRow
	err = r.all(ctx, &rows, `
		SELECT id, clinic_id, external_id, phone, name, snapshot, seq, created_at, updated_at
		FROM patients
		WHERE clinic_id = $1 AND phone_hash IN ($2, $3, $4)
		ORDER BY id || '' -- by no index: one that has them in order has the whole clinic`,
		clinicID, hashes[0], hashes[1], hashes[2])
	if err != nil {
		return nil, doing(err, "patients by phone")
	}
	return r.openPatients(rows)
}

// PatientByPhone reads the one patient of a clinic who has this phone. When
// several share it the error is ErrShared.
func (r Reader) PatientByPhone(ctx context.Context, clinicID, phone string) (Patient, error) {
	patients, err := r.PatientsByPhone(ctx, clinicID, phone)
	switch {
	case err != nil:
		return Patient{}, err
	case len(patients) == 0:
		return Patient{}, fmt.Errorf("patient by phone: %w", ErrNotFound)
	case len(patients) > 1:
		return Patient{}, fmt.Errorf("patient by phone: %w", ErrShared)
	}
	return patients[0], nil
}

// ErrShared says that several patients share a phone.
var ErrShared = errors.New("several patients share this phone")

// ListPatients lists a clinic's patients by id, which is the order in which
// they came: up to limit of them after the id given, "" for the first page.
func (r Reader) ListPatients(ctx context.Context, clinicID, after string, limit int) ([]Patient, error) {
	var rows []patientRow
	err := r.all(ctx, &rows, `
		SELECT id, clinic_id, external_id, phone, name, snapshot, seq, created_at, updated_at
		FROM patients
		WHERE clinic_id = $1 AND id > $2
		ORDER BY id
		LIMIT $3`,
		clinicID, after, limit)
	if err != nil {
		return nil, doing(err, "list patients of %s", clinicID)
	}
	return r.openPatients(rows)
}
