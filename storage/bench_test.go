package storage_test

import (
	"encoding/json"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/riverqueue/river"

	"backstop/storage"
	"backstop/storage/storagetest"
)

// BenchmarkInboundText is what an answered text writes: the patient found by
// phone and locked, the text stored, the snapshot saved with its event, an
// answer and a follow-up put, one job enqueued. Eight at once.
func BenchmarkInboundText(b *testing.B) {
	for _, engine := range storagetest.Engines {
		b.Run(string(engine), func(b *testing.B) {
			s := storagetest.Open(b, engine)
			client, err := river.NewClient(s.QueueDriver(), &river.Config{})
			if err != nil {
				b.Fatal(err)
			}
			var phones []string
			for i := range 64 {
				phones = append(phones, storagetest.Patient(b, s, "main", fmt.Sprintf("+1555123%04d", i)).Phone)
			}
			var n atomic.Int64
			b.SetParallelism(4)
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					i := n.Add(1)
					if err := inboundText(b, s, client, phones[i%int64(len(phones))], i); err != nil {
						b.Error(err)
						return
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "texts/s")
		})
	}
}

func inboundText[TTx any](b *testing.B, s *storage.Store, client *river.Client[TTx], phone string, n int64) error {
	ctx := b.Context()
	return s.InTx(ctx, func(tx *storage.Tx) error {
		patients, err := tx.LockPatientsByPhone(ctx, "main", phone)
		if err != nil {
			return err
		}
		p := patients[0]
		in, _, err := tx.InsertInbound(ctx, storage.Message{
			ClinicID: "main", PatientID: p.ID, Phone: phone, Number: "+15550001111", Body: "7 this morning", ProviderID: fmt.Sprintf("SM%032d", n), Segments: 1,
		}, now)
		if err != nil {
			return err
		}
		p.Snapshot.Texts++
		if p, err = tx.SavePatient(ctx, p, storage.Event{At: storage.At(now), Kind: "replied", Payload: json.RawMessage(`{"pain":7,"asked":"next_morning"}`)}); err != nil {
			return err
		}
		out, err := tx.InsertOutgoing(ctx, storage.Message{
			ClinicID: "main", PatientID: p.ID, Phone: phone, Number: "+15550001111", Class: "answer", Kind: "watch", InReplyTo: in,
			Body: "Thanks. Keep moving gently today and skip the lifts; we'll ask again tomorrow.", Segments: 1,
		}, now)
		if err != nil {
			return err
		}
		if err := tx.PutFollowUps(ctx, []storage.FollowUp{{ClinicID: "main", PatientID: p.ID, Key: "daily", Kind: "daily", DueAt: storage.At(now.AddDate(0, 0, 1))}}, now); err != nil {
			return err
		}
		_, err = client.InsertTx(ctx, any(tx.SQL()).(TTx), noteArgs{out}, nil)
		return err
	})
}
