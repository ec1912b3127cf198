package main

import (
	"log/slog"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"backstop/bot"
	"backstop/flows"
	"backstop/flows/protocol"
	"backstop/storage"
	"backstop/storage/storagetest"
)

// standingClock is a clock at which it is always the same time.
type standingClock time.Time

func (c standingClock) Now() time.Time { return time.Time(c) }

// gathered are the values of a registry: name, and state where it has one, to value.
func gathered(t *testing.T, registry *prometheus.Registry) map[string]float64 {
	t.Helper()
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]float64{}
	for _, family := range families {
		for _, m := range family.GetMetric() {
			name := family.GetName()
			for _, label := range m.GetLabel() {
				name += "/" + label.GetValue()
			}
			values[name] = m.GetGauge().GetValue()
		}
	}
	return values
}

func TestTheBacklogIsMeasured(t *testing.T) {
	for _, engine := range storagetest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			term := newTerminal(t, engine)
			store := term.store()
			later := time.Now().Add(24 * time.Hour)
			clinics, err := protocol.Parse("example.yaml", protocol.Example)
			if err != nil {
				t.Fatal(err)
			}
			clinic := clinics[0]
			if err := store.SyncClinic(t.Context(), storage.Clinic{ID: clinic.ID, Name: clinic.Name, TimeZone: clinic.TimeZone.String()}, nil, later); err != nil {
				t.Fatal(err)
			}
			err = store.InTx(t.Context(), func(tx *storage.Tx) error {
				p, _, err := tx.InsertPatient(t.Context(), storage.Patient{ClinicID: clinic.ID, Phone: "+13125550171"}, later)
				if err != nil {
					return err
				}
				return tx.PutFollowUps(t.Context(), []storage.FollowUp{{ClinicID: clinic.ID, PatientID: p.ID,
					Key: "daily", Kind: "daily", DueAt: storage.At(later.Add(-90 * time.Second))}}, later)
			})
			if err != nil {
				t.Fatal(err)
			}
			fail(t, store)

			b, err := bot.New(bot.Config{Store: store, Clinics: []*flows.Clinic{{Clinic: clinic}}, Clock: standingClock(later)})
			if err != nil {
				t.Fatal(err)
			}
			registry := prometheus.NewRegistry()
			registry.MustRegister(backlog{bot: b, store: store, log: slog.New(slog.DiscardHandler)})
			got := gathered(t, registry)
			for name, want := range map[string]float64{
				"backstop_overdue_seconds": 90, "backstop_jobs/discarded": 1, "backstop_jobs/cancelled": 1,
				"backstop_jobs/retryable": 1, "backstop_jobs/scheduled": 1, "backstop_jobs/running": 0,
			} {
				if value, ok := got[name]; !ok || value < want || value > want+0.1 {
					t.Errorf("%s is %v (%v), want %v; all: %v", name, value, ok, want, got)
				}
			}
			if err := store.Close(); err != nil {
				t.Fatal(err)
			}
			if left := gathered(t, registry); len(left) != 0 {
				t.Errorf("without a database it still tells %v", left)
			}
		})
	}
}
