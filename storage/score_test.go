package storage_test

import (
	"testing"
	"time"

	"backstop/flows"
	"backstop/storage"
	"backstop/storage/storagetest"
)

func TestTripsAndScoresAreKept(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		other := storagetest.Patient(t, s, "main", "+15557654321")
		for _, until := range []time.Time{later(24 * time.Hour), later(48 * time.Hour)} {
			in(t, s, func(tx *storage.Tx) error {
				return tx.PutTrip(ctx, storage.Trip{ClinicID: "main", PatientID: p.ID, Begins: "2026-12-04", At: storage.At(now),
					Detail: flows.Trip{Kind: "drive", From: now, Until: until}})
			})
		}
		trips := must(s.Trips(ctx, "main", p.ID))
		if len(trips) != 1 || !trips[0].Detail.Until.Equal(later(48*time.Hour)) || trips[0].Detail.Kind != "drive" {
			t.Errorf("%+v", trips)
		}
		for i, answers := range [][]float64{{3, 2, 4}, {1}} {
			in(t, s, func(tx *storage.Tx) error {
				return tx.InsertScore(ctx, storage.Score{ClinicID: "main", PatientID: p.ID, Kind: flows.PEG,
					At: storage.At(later(time.Duration(i) * time.Hour)), Detail: flows.Score{Kind: flows.PEG, Answers: answers}})
			})
		}
		scores := must(s.Scores(ctx, "main", p.ID, later(time.Minute)))
		if len(scores) != 1 || len(scores[0].Detail.Answers) != 1 {
			t.Errorf("%+v", scores)
		}
		if n := len(must(s.Trips(ctx, "main", other.ID))) + len(must(s.Scores(ctx, "other", p.ID, time.Time{}))); n != 0 {
			t.Errorf("%d rows of somebody else", n)
		}
	})
}
