package storage_test

import (
	"testing"
	"time"

	"backstop/flows"
	"backstop/storage"
	"backstop/storage/storagetest"
)

// TestRowsWithIDsOfAnEarlierVersionAreKept changes what an earlier version stored,
// which gave a trip and a flare-up ids that nothing but the row itself says.
func TestRowsWithIDsOfAnEarlierVersionAreKept(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		put := func(until time.Time, peak float64) {
			in(t, s, func(tx *storage.Tx) error {
				return tx.PutTrip(ctx, storage.Trip{ClinicID: "main", PatientID: p.ID, Begins: "2026-12-04", At: storage.At(now),
					Detail: flows.Trip{Kind: "drive", Until: until}})
			})
			in(t, s, func(tx *storage.Tx) error {
				return tx.PutFlareUp(ctx, storage.FlareUp{ClinicID: "main", PatientID: p.ID, Key: "flare:1", Kind: flows.EpisodeFlare,
					OnsetAt: storage.At(now), Detail: flows.Episode{Peak: peak}})
			})
		}
		put(later(time.Hour), 5)
		for _, table := range []string{"trips", "flare_ups"} {
			if _, err := s.DB().ExecContext(ctx, "UPDATE "+table+" SET id = 'of its own'"); err != nil {
				t.Fatal(err)
			}
		}
		put(later(2*time.Hour), 8)
		if trips := must(s.Trips(ctx, "main", p.ID)); len(trips) != 1 || trips[0].ID != "of its own" || !trips[0].Detail.Until.Equal(later(2*time.Hour)) {
			t.Errorf("%+v", trips)
		}
		if flareUps := must(s.FlareUps(ctx, "main", p.ID, now)); len(flareUps) != 1 || flareUps[0].ID != "of its own" || flareUps[0].Detail.Peak != 8 {
			t.Errorf("%+v", flareUps)
		}
	})
}
