package storage_test

import (
	"testing"
	"time"

	"backstop/storage"
	"backstop/storage/storagetest"
)

// A rotation from end to end: new keys, everything sealed again in batches, the
// old keys dropped, everything still there.
func TestAfterResealingTheOldKeysAreNotNeeded(t *testing.T) {
	for _, engine := range storagetest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			ctx := t.Context()
			url := storagetest.URL(t, engine)
			old := storagetest.OpenURL(t, url)
			writeSecrets(t, old)
			for range 7 {
				storagetest.Patient(t, old, "main", "+15551110000")
			}

			rotated := must(storagetest.Keys(t).RotatePrimary())
			s := must(storage.Open(ctx, url, rotated))
			defer s.Close()
			calls, done := 0, false
			for ; !done && calls < 1000; calls++ {
				done = must(s.Reseal(ctx, 3, now))
			}
			if !done || calls < 10 {
				t.Fatalf("done %v after %d batches", done, calls)
			}
			if !must(s.Reseal(ctx, 3, now)) {
				t.Error("it began again")
			}

			only := must(storage.Open(ctx, url, must(rotated.DropOld())))
			defer only.Close()
			p := must(only.PatientByPhone(ctx, "main", secretPhone))
			if p.Name != secretName || p.Snapshot.Session.ID != secretWords {
				t.Errorf("%+v", p)
			}
			talk := must(only.Conversation(ctx, "main", p.ID, 10))
			if len(talk) != 2 || talk[0].Body != secretWords || talk[0].Phone != secretPhone {
				t.Errorf("%+v", talk)
			}
			if len(must(only.PatientsByPhone(ctx, "main", "+15551110000"))) != 7 {
				t.Error("not all are found by phone")
			}
			for what, err := range map[string]error{
				"events":     second(only.Events(ctx, "main", p.ID, 0, 10)),
				"consents":   second(only.Consents(ctx, "main", p.ID)),
				"sessions":   second(only.Sessions(ctx, "main", p.ID, time.Time{})),
				"readings":   second(only.Readings(ctx, "main", p.ID, time.Time{})),
				"lifts":      second(only.Lifts(ctx, "main", p.ID, time.Time{})),
				"flare-ups":  second(only.FlareUps(ctx, "main", p.ID, time.Time{})),
				"alerts":     second(only.AlertsOf(ctx, "main", p.ID, 10)),
				"posts":      second(only.QueuedPosts(ctx, later(time.Hour), 10)),
				"calls":      second(only.CallsOfAlert(ctx, "main", "")),
				"audit":      second(only.AuditTrail(ctx, "main", now, later(time.Hour), 10)),
				"clinicians": second(only.Clinicians(ctx, "main")),
			} {
				if err != nil {
					t.Errorf("%s: %v", what, err)
				}
			}
		})
	}
}

func second[V any](_ V, err error) error { return err }
