package storage

import "context"

// LiftsOfSession reads the lifts that were logged with a session, in the order
// in which they were.
func (r Reader) LiftsOfSession(ctx context.Context, clinicID, patientID, sessionID string) ([]Lift, error) {
	var rows []struct {
		Lift
		Sealed []byte `db:"work"`
	}
	err := r.all(ctx, &rows, `
		SELECT id, clinic_id, patient_id, session_id, message_id, at, work
		FROM lifts
		WHERE patient_id = $1 AND clinic_id = $2 AND session_id = $3 AND message_id = ''
		ORDER BY id`,
		patientID, clinicID, sessionID)
	if err != nil {
		return nil, doing(err, "lifts of session %s", sessionID)
	}
	lifts := make([]Lift, len(rows))
	for i, row := range rows {
		s := r.sealer("lifts", row.ID, row.ClinicID)
		if s.openJSON("work", row.Sealed, &row.Lift.Work); s.err != nil {
			return nil, s.err
		}
		lifts[i] = row.Lift
	}
	return lifts, nil
}
