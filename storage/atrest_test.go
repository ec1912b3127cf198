package storage_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"backstop/flows"
	"backstop/flows/reply"
	"backstop/storage"
	"backstop/storage/storagetest"
)

// Everything that identifies a patient or says how they feel carries one of
// these; no cell of any table may hold one.
const (
	secretPhone = "+15551239876"
	secretName  = "Zebulon"
	secretWords = "quokka"
)

func TestNothingThatIdentifiesAPatientStandsInTheClear(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, s *storage.Store) {
		writeSecrets(t, s)
		var tables []string
		list := `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`
		if s.Engine() == storage.Postgres {
			list = `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`
		}
		rows := must(s.DB().Query(list))
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				t.Fatal(err)
			}
			tables = append(tables, name)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
		filled := 0
		for _, table := range tables {
			if n := searchTable(t, s, table); n > 0 {
				filled++
			} else if !strings.HasPrefix(table, "river_") {
				t.Errorf("no row in %s: write one, so that it is searched", table)
			}
		}
		if filled < 18 {
			t.Errorf("searched %d tables", filled)
		}
	})
}

func searchTable(t *testing.T, s *storage.Store, table string) (rows int) {
	t.Helper()
	result := must(s.DB().Query(`SELECT * FROM ` + table))
	defer result.Close()
	columns := must(result.Columns())
	for ; result.Next(); rows++ {
		cells := make([]any, len(columns))
		for i := range cells {
			cells[i] = new(any)
		}
		if err := result.Scan(cells...); err != nil {
			t.Fatal(err)
		}
		for i, cell := range cells {
			text := fmt.Sprint(*cell.(*any))
			if bytes, ok := (*cell.(*any)).([]byte); ok {
				text = string(bytes)
			}
			for _, secret := range []string{secretPhone, secretPhone[2:], secretName, secretWords} {
				if strings.Contains(strings.ToLower(text), strings.ToLower(secret)) {
					t.Errorf("%s.%s holds %q in the clear", table, columns[i], secret)
				}
			}
		}
	}
	if err := result.Err(); err != nil {
		t.Fatal(err)
	}
	return rows
}

func writeSecrets(t *testing.T, s *storage.Store) {
	t.Helper()
	ctx := t.Context()
	payload := json.RawMessage(`{"said":"` + secretWords + ` from ` + secretName + ` at ` + secretPhone + `"}`)
	err := s.SyncClinic(ctx, storage.Clinic{ID: "main", Name: "Main"}, []storage.Clinician{{ID: "m", Name: secretName, Phone: secretPhone}}, now)
	if err != nil {
		t.Fatal(err)
	}
	in(t, s, func(tx *storage.Tx) error {
		p, _, err := tx.InsertPatient(ctx, storage.Patient{
			ClinicID: "main", Phone: secretPhone, Name: secretName, Snapshot: flows.Patient{Name: secretName, Session: flows.Session{ID: secretWords}},
		}, now)
		if err != nil {
			return err
		}
		if p, err = tx.SavePatient(ctx, p, storage.Event{At: storage.At(now), Kind: "replied", Payload: payload}); err != nil {
			return err
		}
		_, _, err = tx.InsertSession(ctx, storage.Session{ClinicID: "main", PatientID: p.ID, EndedAt: storage.At(now), Note: secretWords}, now)
		if err != nil {
			return err
		}
		if err = tx.PutFollowUps(ctx, []storage.FollowUp{{ClinicID: "main", PatientID: p.ID, Key: "evening", DueAt: storage.At(now)}}, now); err != nil {
			return err
		}
		message := storage.Message{ClinicID: "main", PatientID: p.ID, Phone: secretPhone, Body: secretWords, Media: payload, ProviderID: "SM1"}
		if _, _, err = tx.InsertInbound(ctx, message, now); err != nil {
			return err
		}
		out, err := tx.InsertOutgoing(ctx, message, now)
		if err != nil {
			return err
		}
		if _, _, err = tx.ApplyDelivery(ctx, storage.DeliveryReport{MessageID: out, ProviderID: "SM2", Status: "sent", At: storage.At(now)}); err != nil {
			return err
		}
		for _, key := range []string{"open", "resolved"} {
			a, _, err := tx.OpenAlert(ctx, storage.Alert{ClinicID: "main", PatientID: p.ID, Key: key, OpenedAt: storage.At(now), Payload: payload})
			if err != nil {
				return err
			}
			if key == "open" {
				continue
			}
			if _, _, err = tx.ResolveAlert(ctx, "main", a.ID, "U1", secretWords, now); err != nil {
				return err
			}
		}
		if _, err = tx.InsertPost(ctx, storage.Post{ClinicID: "main", Kind: "note", Payload: payload}, now); err != nil {
			return err
		}
		if _, err = tx.InsertCall(ctx, storage.Call{ClinicID: "main", Phone: secretPhone}, now); err != nil {
			return err
		}
		if _, err = tx.FirstTime(ctx, "Ev1", now); err != nil {
			return err
		}
		return errors.Join(
			tx.InsertConsent(ctx, storage.Consent{ClinicID: "main", PatientID: p.ID, At: storage.At(now), Words: secretWords}),
			tx.InsertReading(ctx, storage.Reading{ClinicID: "main", PatientID: p.ID, At: storage.At(now), Answer: storage.Answer{Interference: secretWords}}),
			tx.InsertLift(ctx, storage.Lift{ClinicID: "main", PatientID: p.ID, At: storage.At(now), Work: storage.Work{Lift: reply.Lift{Exercise: secretWords}}}),
			tx.PutFlareUp(ctx, storage.FlareUp{ClinicID: "main", PatientID: p.ID, Key: "k", OnsetAt: storage.At(now), Detail: flows.Episode{ID: secretWords}}),
			tx.PutTrip(ctx, storage.Trip{ClinicID: "main", PatientID: p.ID, Begins: "2026-12-04", At: storage.At(now), Detail: flows.Trip{Kind: secretWords}}),
			tx.InsertScore(ctx, storage.Score{ClinicID: "main", PatientID: p.ID, At: storage.At(now), Detail: flows.Score{Kind: secretWords}}),
			tx.Audit(ctx, storage.AuditEntry{ClinicID: "main", At: storage.At(now), Detail: secretWords}),
			tx.PutSlackInstall(ctx, storage.SlackInstall{Team: "T1", ClinicID: "main", Token: secretWords, BotUser: "U9", InstalledBy: "U1", InstalledAt: storage.At(now)}),
			tx.SetCursor(ctx, "sweep", "1", now),
			paced(ctx, tx, now),
		)
	})
	if _, _, err := s.CreateToken(ctx, "main", "scheduler", now); err != nil {
		t.Fatal(err)
	}
}

func paced(ctx context.Context, tx *storage.Tx, now time.Time) error {
	_, err := tx.Pace(ctx, "account", time.Second, time.Second, false, now)
	return err
}
