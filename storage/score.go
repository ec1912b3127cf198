package storage

import (
	"context"
	"time"

	"backstop/flows"
)

// Score is a questionnaire of a patient that has come to its end.
type Score struct {
	ID        string
	ClinicID  string
	PatientID string
	Kind      flows.ScoreKind
	At        Time

	Detail flows.Score `db:"-"` // the answers: sealed
}

// InsertScore keeps a questionnaire.
func (t *Tx) InsertScore(ctx context.Context, in Score) error {
	in.ID = orNewID(in.ID)
	s := t.sealer("scores", in.ID, in.ClinicID)
	detail := s.sealJSON("detail", in.Detail)
	if s.err != nil {
		return s.err
	}
	_, err := t.exec(ctx, `
		INSERT INTO scores (id, clinic_id, patient_id, kind, at, detail)
		VALUES ($1, $2, $3, $4, $5, $6)`,
		in.ID, in.ClinicID, in.PatientID, in.Kind, in.At, detail)
	return doing(err, "insert score of patient %s", in.PatientID)
}

// Scores reads a patient's questionnaires at or after a time, oldest first.
func (r Reader) Scores(ctx context.Context, clinicID, patientID string, since time.Time) ([]Score, error) {
	var rows []struct {
		Score
		Sealed []byte `db:"detail"`
	}
	err := r.all(ctx, &rows, `
		SELECT id, clinic_id, patient_id, kind, at, detail
		FROM scores
		WHERE patient_id = $1 AND clinic_id = $2 AND at >= $3
		ORDER BY at, id`,
		patientID, clinicID, since.UnixMicro())
	if err != nil {
		return nil, doing(err, "scores of patient %s", patientID)
	}
	scores := make([]Score, len(rows))
	for i, row := range rows {
		s := r.sealer("scores", row.ID, row.ClinicID)
		if s.openJSON("detail", row.Sealed, &row.Score.Detail); s.err != nil {
			return nil, s.err
		}
		scores[i] = row.Score
	}
	return scores, nil
}
