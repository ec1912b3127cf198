package storage_test

import (
	"errors"
	"testing"
	"time"

	"backstop/flows"
	"backstop/flows/reply"
	"backstop/storage"
	"backstop/storage/storagetest"
)

func TestASessionIsStoredOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		var first storage.Session
		for i, want := range []struct {
			external string
			created  bool
		}{{"appt-1", true}, {"appt-1", false}, {"", true}, {"", true}} {
			in(t, s, func(tx *storage.Tx) error {
				got, created, err := tx.InsertSession(ctx, storage.Session{
					ClinicID: "main", PatientID: p.ID, ExternalID: want.external, Kind: "visit", EndedAt: storage.At(now), Note: "heavy day",
				}, now)
				if created != want.created || got.Note != "heavy day" {
					t.Errorf("%d: %v %+v", i, created, got)
				}
				if i == 0 {
					first = got
				} else if want.external != "" && got.ID != first.ID {
					t.Errorf("%d: another session", i)
				}
				return err
			})
		}
		if got := must(s.Sessions(ctx, "main", p.ID, now)); len(got) != 3 || got[0].Note != "heavy day" {
			t.Errorf("%+v", got)
		}
		if got := must(s.SessionByExternalID(ctx, "main", "appt-1")); got.ID != first.ID {
			t.Errorf("%+v", got)
		}
		if _, err := s.SessionByExternalID(ctx, "other", "appt-1"); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("%v", err)
		}
	})
}

func TestReadingsLiftsAndFlareUpsAreKept(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		pain, rpe := 6.5, 8.0
		in(t, s, func(tx *storage.Tx) error {
			for i := range 3 {
				err := tx.InsertReading(ctx, storage.Reading{
					ClinicID: "main", PatientID: p.ID, Kind: reply.AskedEvening, At: storage.At(later(time.Duration(i) * time.Hour)),
					Answer: storage.Answer{Pain: &pain, Interference: reply.InterferenceSome},
				})
				if err != nil {
					return err
				}
			}
			return tx.InsertLift(ctx, storage.Lift{
				ClinicID: "main", PatientID: p.ID, At: storage.At(now),
				Work: storage.Work{Lift: reply.Lift{Exercise: "deadlift", Sets: 3, Reps: []int{5}, Load: 225, Unit: reply.Pound, RPE: &rpe}, LoadKg: 102, Source: "patient"},
			})
		})
		readings := must(s.Readings(ctx, "main", p.ID, later(time.Hour)))
		if len(readings) != 2 || *readings[0].Answer.Pain != 6.5 || readings[0].Answer.Interference != reply.InterferenceSome || readings[0].At.Time != later(time.Hour) {
			t.Errorf("%+v", readings)
		}
		lifts := must(s.Lifts(ctx, "main", p.ID, time.Time{}))
		if len(lifts) != 1 || lifts[0].Work.Exercise != "deadlift" || lifts[0].Work.LoadKg != 102 || *lifts[0].Work.RPE != 8 || lifts[0].Work.Reps[0] != 5 {
			t.Errorf("%+v", lifts)
		}

		for _, f := range []storage.FlareUp{
			{Kind: flows.EpisodeWatch, Detail: flows.Episode{Peak: 5}},
			{Kind: flows.EpisodeFlare, Detail: flows.Episode{Peak: 8}, SettledAt: storage.At(later(72 * time.Hour)), Outcome: "settled"},
		} {
			f.ClinicID, f.PatientID, f.Key, f.OnsetAt = "main", p.ID, "flare:1", storage.At(now)
			in(t, s, func(tx *storage.Tx) error { return tx.PutFlareUp(ctx, f) })
		}
		flareUps := must(s.FlareUps(ctx, "main", p.ID, now))
		if len(flareUps) != 1 || flareUps[0].Kind != flows.EpisodeFlare || flareUps[0].Detail.Peak != 8 || flareUps[0].Outcome != "settled" {
			t.Errorf("%+v", flareUps)
		}
	})
}

func TestConsentIsRecordedInItsExactWords(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		p := storagetest.Patient(t, s, "main", "+15551234567")
		in(t, s, func(tx *storage.Tx) error {
			for i, words := range []string{"YES please", "stop texting me!!"} {
				err := tx.InsertConsent(ctx, storage.Consent{
					ClinicID: "main", PatientID: p.ID, At: storage.At(later(time.Duration(i) * time.Hour)),
					Action: "given", Method: "text", Words: words, Actor: "patient", PolicyVersion: "1",
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
		if got := must(s.Consents(ctx, "main", p.ID)); len(got) != 2 || got[0].Words != "YES please" || got[1].Words != "stop texting me!!" {
			t.Errorf("%+v", got)
		}
	})
}

func TestATokenIsShownOnceAndEndsWhenRevoked(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		secret, token, err := s.CreateToken(ctx, "main", "scheduler", now)
		if err != nil {
			t.Fatal(err)
		}
		found := must(s.FindToken(ctx, secret, later(time.Minute)))
		if found.ID != token.ID || found.ClinicID != "main" || found.Name != "scheduler" {
			t.Errorf("%+v", found)
		}
		for _, wrong := range []string{"", secret + "x", secret[:len(secret)-1], token.ID} {
			if _, err := s.FindToken(ctx, wrong, now); !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("%q: %v", wrong, err)
			}
		}
		if list := must(s.Tokens(ctx)); len(list) != 1 || list[0].LastUsedAt.Time != later(time.Minute) {
			t.Errorf("%+v", list)
		}
		if err := s.RevokeToken(ctx, token.ID, later(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if _, err := s.FindToken(ctx, secret, later(time.Hour)); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("revoked: %v", err)
		}
		if err := s.RevokeToken(ctx, token.ID, later(time.Hour)); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("revoked twice: %v", err)
		}
	})
}

func TestTheAuditTrailIsRead(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		in(t, s, func(tx *storage.Tx) error {
			return errors.Join(
				tx.Audit(ctx, storage.AuditEntry{ClinicID: "main", At: storage.At(now), Actor: "U1", Action: "view", Subject: "p1", Detail: "the page of Sam"}),
				tx.Audit(ctx, storage.AuditEntry{ClinicID: "other", At: storage.At(now), Actor: "U2", Action: "view", Subject: "p2"}),
			)
		})
		if trail := must(s.AuditTrail(ctx, "main", now, later(time.Hour), 10)); len(trail) != 1 || trail[0].Detail != "the page of Sam" {
			t.Errorf("%+v", trail)
		}
	})
}

func TestADeliveryIsNewOnlyOnce(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		first := func(key string) (first bool) {
			in(t, s, func(tx *storage.Tx) (err error) {
				first, err = tx.FirstTime(ctx, key, now)
				return err
			})
			return first
		}
		if !first("Ev1") || first("Ev1") || !first("Ev2") {
			t.Error("not new exactly once")
		}
		in(t, s, func(tx *storage.Tx) error {
			n, err := tx.ForgetSeen(ctx, later(time.Second))
			if n != 2 {
				t.Errorf("forgot %d", n)
			}
			return err
		})
		if !first("Ev1") {
			t.Error("not forgotten")
		}
	})
}

func TestACursorIsKept(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		if got := must(s.Cursor(ctx, "sweep")); got != "" {
			t.Errorf("%q before it was set", got)
		}
		for _, value := range []string{"1", "2"} {
			in(t, s, func(tx *storage.Tx) error { return tx.SetCursor(ctx, "sweep", value, now) })
			if got := must(s.Cursor(ctx, "sweep")); got != value {
				t.Errorf("%q, want %q", got, value)
			}
		}
	})
}

func TestAClinicAgreesWithItsFile(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		ctx := t.Context()
		c := storage.Clinic{ID: "main", Name: "Main Street", TimeZone: "America/New_York"}
		people := []storage.Clinician{
			{ID: "michael", Name: "Dr. Michael", SlackID: "U1", Phone: "+15559990000", OnCall: 2},
			{ID: "ana", Name: "Ana", SlackID: "U2", Phone: "+15559990001", OnCall: 1},
		}
		for _, list := range [][]storage.Clinician{people, people[:1], people} {
			if err := s.SyncClinic(ctx, c, list, now); err != nil {
				t.Fatal(err)
			}
			if got := must(s.Clinicians(ctx, "main")); len(got) != len(list) {
				t.Errorf("%+v, want %+v", got, list)
			}
		}
		got := must(s.Clinicians(ctx, "main"))
		if got[0] != people[1] || got[1] != people[0] {
			t.Errorf("%+v", got)
		}
		if clinics := must(s.Clinics(ctx)); len(clinics) != 1 || clinics[0] != c {
			t.Errorf("%+v", clinics)
		}
	})
}
