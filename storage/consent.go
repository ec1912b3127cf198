package storage

import "context"

// Consent is one entry of the append-only record of consent: what happened,
// how, and in whose exact words.
type Consent struct {
	ID            string
	ClinicID      string
	PatientID     string
	At            Time
	Action        string // "asked", "given", "stopped", ...
	Method        string // "written", "text", "start", "carrier", ...
	Words         string // exactly as written
	ProviderID    string // of the text that said so; empty otherwise
	PolicyVersion string
	Actor         string // who: the patient, a clinician, the carrier
}

// InsertConsent appends to the record.
func (t *Tx) InsertConsent(ctx context.Context, c Consent) error {
	c.ID = orNewID(c.ID)
	s := t.sealer("consents", c.ID, c.ClinicID)
	words := s.seal("words", c.Words)
	if s.err != nil {
		return s.err
	}
	_, err := t.exec(ctx, `
		INSERT INTO consents (id, clinic_id, patient_id, at, action, method, words, provider_id, policy_version, actor)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		c.ID, c.ClinicID, c.PatientID, c.At, c.Action, c.Method, words, c.ProviderID, c.PolicyVersion, c.Actor)
	return doing(err, "insert consent of patient %s", c.PatientID)
}

// Consents reads a patient's record of consent, oldest first.
func (r Reader) Consents(ctx context.Context, clinicID, patientID string) ([]Consent, error) {
	var consents []Consent
	err := r.all(ctx, &consents, `
		SELECT id, clinic_id, patient_id, at, action, method, words, provider_id, policy_version, actor
		FROM consents
		WHERE patient_id = $1 AND clinic_id = $2
		ORDER BY at, id`,
		patientID, clinicID)
	if err != nil {
		return nil, doing(err, "consents of patient %s", patientID)
	}
	for i := range consents {
		s := r.sealer("consents", consents[i].ID, consents[i].ClinicID)
		if s.open("words", &consents[i].Words); s.err != nil {
			return nil, s.err
		}
	}
	return consents, nil
}
