package storage_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"backstop/flows"
	"backstop/flows/reply"
	"backstop/storage"
	"backstop/storage/seal"
	"backstop/storage/storagetest"
)

func snapshotPlace(p storage.Patient) seal.Place {
	return seal.Place{Table: "patients", Column: "snapshot", Row: p.ID, Clinic: p.ClinicID}
}

// written is the snapshot as it stands in the row.
func written(t *testing.T, s *storage.Store, p storage.Patient) string {
	t.Helper()
	var sealed []byte
	if err := s.DB().QueryRowContext(t.Context(), `SELECT snapshot FROM patients WHERE id = $1`, p.ID).Scan(&sealed); err != nil {
		t.Fatal(err)
	}
	return string(must(storagetest.Keys(t).Open(snapshotPlace(p), sealed)))
}

// newerVersion writes into a snapshot what this version knows nothing of.
func newerVersion(t *testing.T, s *storage.Store, p storage.Patient, pairs ...string) {
	t.Helper()
	text := written(t, s, p)
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(text, pairs[i]) {
			t.Fatalf("no %s in %s", pairs[i], text)
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	sealed := must(storagetest.Keys(t).Seal(snapshotPlace(p), []byte(text)))
	if _, err := s.DB().ExecContext(t.Context(), `UPDATE patients SET snapshot = $1 WHERE id = $2`, sealed, p.ID); err != nil {
		t.Fatal(err)
	}
}

// saves handles an event as this version does.
func saves(t *testing.T, s *storage.Store, p storage.Patient, change func(*flows.Patient)) {
	t.Helper()
	in(t, s, func(tx *storage.Tx) error {
		p, err := tx.LockPatient(t.Context(), p.ClinicID, p.ID)
		if err != nil {
			return err
		}
		change(&p.Snapshot)
		p, err = tx.SavePatient(t.Context(), p, storage.Event{At: storage.At(now), Kind: "noted", Payload: json.RawMessage(`{}`)})
		if err == nil { // and a second one in the same transaction
			_, err = tx.SavePatient(t.Context(), p, storage.Event{At: storage.At(now), Kind: "noted", Payload: json.RawMessage(`{}`)})
		}
		return err
	})
}

func TestWhatANewerVersionKeepsInASnapshotStays(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		p := storagetest.Patient(t, s, "main", "+15551234567")
		saves(t, s, p, func(f *flows.Patient) {
			f.Usual = 2
			f.Trip = flows.Trip{Kind: "drive", From: now}
			f.Session = flows.Session{ID: "visit-1", EndedAt: now}
			f.Agenda = []flows.Due{{Key: "a", Kind: flows.DueEvening, At: now}, {Key: "b", Kind: flows.DueH48, At: now}}
			f.Questions = []flows.Question{{Asked: reply.AskedEvening, At: now}}
		})
		newerVersion(t, s, p,
			`{"id":`, `{"mood":{"now":"fine"},"id":`,
			`"kind":"drive"`, `"kind":"drive","seats":2`,
			`"id":"visit-1"`, `"id":"visit-1","room":"A"`,
			`"key":"a"`, `"key":"a","twice":true`,
			`"key":"b"`, `"key":"b","twice":true`,
			`"asked":"evening"`, `"asked":"evening","loud":1`)
		saves(t, s, p, func(f *flows.Patient) {
			f.Usual = 3
			f.Trip.Away = true
			f.Agenda = f.Agenda[1:]
			f.Questions[0].Reasked = 1
		})
		got := written(t, s, p)
		for part, want := range map[string]int{
			`"mood":{"now":"fine"}`: 1, `"usual":3`: 1, `"away":true`: 1, `"seats":2`: 1, `"room":"A"`: 1,
			`"twice":true`: 1, // what was taken off the list went with all of it
			`"loud":1`:     0, // a question that this version put again is its own
		} {
			if n := strings.Count(got, part); n != want {
				t.Errorf("%s stands there %d times, want %d: %s", part, n, want, got)
			}
		}
		read := must(s.PatientByID(t.Context(), p.ClinicID, p.ID)).Snapshot
		if read.Usual != 3 || !read.Trip.Away || len(read.Agenda) != 1 || read.Agenda[0].Key != "b" || read.Session.ID != "visit-1" {
			t.Errorf("%+v", read)
		}

		saves(t, s, p, func(f *flows.Patient) {
			f.Trip = flows.Trip{}
			f.Session = flows.Session{ID: "visit-2", EndedAt: now.Add(time.Hour)}
		})
		if got := written(t, s, p); strings.Contains(got, "seats") || strings.Contains(got, "room") || !strings.Contains(got, "mood") {
			t.Errorf("what is gone left something behind: %s", got)
		}
	})
}
